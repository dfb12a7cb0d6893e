"""What would go wrong on GitHub Pages, though it works from a disk.

Nothing is asked of GitHub: the repository and the sizes are given. No errors, because a site may stand elsewhere; and an
address that is given for this one build (`base_url`) is taken as right. Source of the limits: "GitHub Pages limits" (a
published site may be no larger than 1 GB) and "About large files on GitHub" (a file may be no larger than 100 MB).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlsplit

from briefgen.diagnostic import Diagnostic, Fix, info, warning
from briefgen.link.briefing import Briefing
from briefgen.outputs import Outputs
from briefgen.source import whole_file

_SITE = "content/site.yaml"
_HOST = ".github.io"


class Limits(NamedTuple):
    """In bytes: from where on a whole site and a single file are too large; the site's leaves room to react."""

    site: int = 950_000_000
    file: int = 100_000_000


class Target(NamedTuple):
    """Where the site goes: the repository as "owner/name" ("" where none is known), and the address given for this build."""

    repository: str = ""
    base_url: str = ""


def check_hosting(
    briefing: Briefing,
    outputs: Mapping[str, bytes],
    target: Target,
    limits: Limits = Limits(),  # noqa: B008  # frozen
) -> Iterator[Diagnostic]:
    """All findings about the address and the sizes of a site, bytes by path; none where errors left no site."""
    if outputs and not target.base_url:
        yield from _address(briefing, target.repository)
    yield from _sizes(outputs, frozenset(briefing.static), limits)


def _address(briefing: Briefing, repository: str) -> Iterator[Diagnostic]:
    wanted = pages_address(repository)
    given = briefing.site.all("url")
    if not given:
        yield _missing(wanted)
    elif wanted and _on_pages(given[0].text) and _plain(given[0].text) != _plain(wanted):
        message = f"GitHub Pages shows {repository} at {wanted}, but `url` says {given[0].text}."
        yield warning("other-address", message, given[0].span, fix=Fix(given[0].span, wanted))


def _missing(wanted: str) -> Diagnostic:
    what = "site.yaml has no `url`: there is no sitemap, no page names its address, and 404.html works at the top of a host only."
    if wanted:
        return warning("no-address", what, whole_file(_SITE), help=f"url: {wanted}")
    return info("no-address", what, whole_file(_SITE))


def pages_address(repository: str) -> str:
    """Where GitHub Pages shows a repository "owner/name" that has no domain of its own; "" for none."""
    owner, _, name = repository.partition("/")
    if not owner or not name:
        return ""
    host = f"{owner.lower()}{_HOST}"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def _on_pages(url: str) -> bool:
    return (urlsplit(url).hostname or "").endswith(_HOST)


def _plain(url: str) -> tuple[str, str]:
    """Host and path; Pages reads neither the scheme nor capitals."""
    return (urlsplit(url).hostname or "", urlsplit(url).path.strip("/").lower())


def _sizes(outputs: Mapping[str, bytes], static: frozenset[str], limits: Limits) -> Iterator[Diagnostic]:
    contents = Outputs.of(outputs).contents
    sizes = list(map(attrgetter("size"), contents.values()))  # of 17,000 files, at every save
    if max(sizes, default=0) > limits.file:
        for path in sorted(path for path, content in contents.items() if content.size > limits.file):
            message = f"“{path}” has {_shown(contents[path].size)}. GitHub takes no file above {_shown(limits.file)}."
            where = f"content/static/{path}" if path in static else f"site/{path}"
            yield warning("file-too-large", message, whole_file(where))
    total = sum(sizes)
    if total > limits.site:
        largest = max(contents, key=lambda path: contents[path].size)
        message = f"The site has {_shown(total)}, and GitHub Pages shows no site above 1 GB. The largest file is “{largest}”."
        yield warning("site-too-large", message, whole_file(_SITE))


def _shown(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
