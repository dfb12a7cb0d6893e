"""Of very many delegations each party has a page of its own, and an edit makes the pages of those again that it is about."""

from __future__ import annotations

from briefgen.compile import Known, compile_site
from briefgen.pages.delegations import TOGETHER
from briefgen.source import Snapshot
from tests.kit import MiniSite, site
from tests.pagekit import views_of

PARTIES = ("east", "north")


def talks(number: int) -> str:
    """So many meetings, each with a delegation of two parties: one with a named member, one without."""
    found = ["//- content/articles/s.md", "---", "title: S", "rights: us-gov", "---"]
    found += [
        f"On day {n} the East was represented by Deputy Clerk Ann Able. It met envoys number {n} of the North.\n"
        for n in range(number)
    ]
    found += ["//- content/actors/a.yaml", "ann: Ann Able"]
    found += [f"{one}: {{name: The {one.title()}, aka: [{one.title()}], kind: group}}" for one in PARTIES]
    for n in range(number):
        found += [f"//- content/meetings/m{n:02}.yaml", f"name: Talks {n}", "from: s", "delegations:"]
        found += ["  east: {ann: Clerk}", f"  north: {{s: envoys number {n} of the North}}"]
    return "\n".join(found)


def site_of(files: dict[str, str]) -> Snapshot:
    """Files as a build takes them."""
    return MiniSite(files, ()).snapshot()


MANY = talks(TOGETHER // 2 + 1)


def test_as_many_as_one_page_may_have_stand_together() -> None:
    views = views_of(talks(TOGETHER // 2))
    assert len(views["delegations.html"].tables) == len(PARTIES)
    assert views["delegations.html"].parties == ()
    assert not [url for url in views if url.startswith("delegations/")]


def test_one_more_gives_each_party_a_page_of_its_own() -> None:
    views = views_of(MANY)
    index = views["delegations.html"]
    assert (index.tables, index.sources, index.people) == ((), (), 1)
    assert [(p.page.href, p.page.text, p.meetings, p.people) for p in index.parties] == [
        ("delegations/east.html", "The East", 31, 1),
        ("delegations/north.html", "The North", 31, 0),
    ]
    assert sorted(url for url in views if url.startswith("delegations/")) == [f"delegations/{p}.html" for p in PARTIES]


def test_the_page_of_a_party_says_what_stood_in_its_table() -> None:
    east, north = (views_of(MANY)[f"delegations/{p}.html"] for p in PARTIES)
    (table,) = east.tables
    assert [c.meeting.href for c in table.columns] == [f"../meetings/m{n:02}.html" for n in range(31)]
    assert [(r.person.href, [str(c.post[0].value) for c in r.cells]) for r in table.parties[0].rows] == [
        ("../actors/ann.html", ["Clerk"] * 31)
    ]
    assert [one.words[0].value.striptags() for one in north.tables[0].unnamed] == [
        f"envoys number {n} of the North" for n in range(31)
    ]
    assert (east.people, north.people, len(north.sources)) == (1, 0, 31)
    assert [crumb.href for crumb in east.site.crumbs] == ["../index.html", "../delegations.html"]


def test_every_link_leads_somewhere_and_the_sitemap_has_the_pages() -> None:
    built = compile_site(site(MANY + "\n//- content/site.yaml\nname: T\nurl: https://example.org/t/").snapshot())
    assert [d.code for d in built.diagnostics if d.severity != "info"] == []
    assert all(f"/delegations/{p}.html".encode() in built.outputs["sitemap.xml"] for p in PARTIES)
    assert b"Delegations: The East" in built.outputs["delegations/east.html"]


def test_a_new_post_at_one_table_makes_the_page_of_that_party_again_and_not_the_other() -> None:
    files, known = dict(site(MANY).files), Known()
    before = compile_site(site_of(files), known=known).outputs
    path = "content/meetings/m07.yaml"
    files[path] = files[path].replace("ann: Clerk", "ann: Deputy Clerk")
    after = compile_site(site_of(files), known=known).outputs
    changed = {url for url in after if after[url] != before.get(url)}
    assert changed >= {"delegations/east.html", "meetings/m07.html"}
    assert not changed & {"delegations.html", "delegations/north.html"}
    assert after == compile_site(site_of(files)).outputs
