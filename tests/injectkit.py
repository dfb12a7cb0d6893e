"""A site of payloads: every one of them in every field that takes text, in articles of all kinds, in prose, and in site.yaml.

What a page of it holds is judged by `FAULTS`, which runs in the page: whatever the templates do not write.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from briefgen.load.filenames import fault_of
from tests.kit import MiniSite

SITE = "content/site.yaml"

# Run in a page, and gives what should not be there. Our own elements and attributes are listed, all others are faults.
FAULTS = """(own) => {
  const bad = [];
  const say = (what, node) => bad.push(`${what}: ${(node.outerHTML || node.textContent || '').slice(0, 160)}`);
  const root = document.querySelector('briefgen-preview')?.shadowRoot;
  const NEVER = 'iframe,frame,frameset,object,embed,applet,base,template,math,foreignObject,animate,set,audio,video,marquee,'
    + 'xmp,plaintext,isindex,style,dialog,portal,xss,textarea';
  if (document.querySelectorAll('noscript').length > (document.getElementById('q') ? 1 : 0)) bad.push('element: noscript');
  document.querySelectorAll(NEVER).forEach(e => say('element', e));
  const ADDRESSES = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'srcset', 'srcdoc', 'background', 'ping', 'cite'];
  for (const e of document.querySelectorAll('*')) {
    if (e.localName.includes('-') && e.localName !== own) say('element', e);
    for (const {name, value, localName} of e.attributes) {
      if (/^on/i.test(name)) say('handler', e);
      if (name === 'srcdoc' || (name === 'style' && !/^(anchor-name: --peek;)?$/.test(value))) say(name, e);
      if (!/^[a-z:-]+[0-9]?$/i.test(name)) say('attribute', e);
      if (ADDRESSES.includes(localName) && !(localName === 'data' && e.localName !== 'object')) {
        let to; try { to = new URL(value, document.baseURI); } catch { say('address', e); continue; }
        if (!['http:', 'https:', 'mailto:', 'file:'].includes(to.protocol)) say('scheme', e);
        const named = e.localName === 'a' || ['canonical', 'alternate'].includes(e.rel);
        if (!named && to.protocol !== location.protocol) say('host', e);
      }
    }
  }
  const OURS = /(^|\\/)((site|search)\\.js|(search|cards)\\/[^\\/]*\\.js|__briefgen__\\/preview\\.js)$/;
  for (const e of document.scripts) {
    if (e.type === 'application/ld+json') { try { JSON.parse(e.textContent); } catch { say('data', e); } }
    else if (e.textContent || !OURS.test(e.getAttribute('src'))) say('script', e);
  }
  const metas = [...document.querySelectorAll('meta[http-equiv]')];
  const known = e => ['content-security-policy', 'refresh'].includes(e.httpEquiv.toLowerCase());
  metas.filter((e, n) => n > 1 || !known(e)).forEach(e => say('meta', e));
  const PLACES = 'form:not(#search), meta:not(head meta), title:not(head title, svg title), '
    + 'link:not(head link, briefgen-preview link, body > link[data-briefgen])';
  document.querySelectorAll(PLACES).forEach(e => say('place', e));
  const comments = document.createNodeIterator(document, NodeFilter.SHOW_COMMENT);
  for (let one; (one = comments.nextNode());) say('comment', one);
  if (window.pwned !== undefined) bad.push(`ran: ${window.pwned}`);
  return bad;
}"""


def j(value: object) -> str:
    """A value as YAML in one line."""
    return json.dumps(value, ensure_ascii=False)


def said(number: int, payload: str) -> str:
    """Words of an article that hold a payload, the same on the page and in the file."""
    return f"Statement {number} says {payload} and ends"


def article(number: int, payload: str) -> str:
    """An article about one payload: plain and shown in full, in Markdown, or press text of which the quoted words are shown."""
    kind = number % 3
    front = {
        "title": f"{payload} title {number}",
        "publisher": f"{payload} press",
        "url": f"https://example.org/?q={_address(payload)}",
        "archive_url": f"https://example.org/{_address(payload)}",
        "rights": ("us-gov", "cc-by-4.0", "press")[kind],
        "format": "markdown" if kind == 1 else "plain",
        "furniture": [f"{payload} furniture"],
        "notes": f"{_note(payload)} note",
        "changed": {"2020-07-05": _note(payload)},
    }
    head = "".join(f"{name}: {j(value)}\n" for name, value in front.items())
    return f"---\n{head}---\n{_markdown(number, payload) if kind == 1 else _plain(number, payload)}"


def _address(payload: str) -> str:
    """As much of a payload as an address may hold."""
    return "".join(c for c in payload if not c.isspace() and c not in '<>"\u2028\u2029')


def _note(payload: str) -> str:
    """A payload in prose, without what is refused there: links into the site that lead nowhere."""
    return payload.replace("](x", "](https://example.org/x").replace("](\\\\/", "](https://")


def _plain(number: int, payload: str) -> str:
    named = f"{payload} begins this and person {number} was named.\n\nThe group sent {payload} envoy, Delegate{number}."
    return f"{said(number, payload)}.\n\n{named}\n\n{payload} furniture\n"


def _markdown(number: int, payload: str) -> str:
    payload = _note(payload)
    cell = payload.replace("|", "\\|").replace("\n", " ")
    return f"""\
The speaker made statement {number} and sat down.

{payload}

- {payload}
- x
  > {payload}

# {payload}

```
{payload}
```

    {payload}

| a | b |
|---|---|
| {cell} | c |

`{payload}`

[see {payload}](https://example.org/ "{payload}")

[x](https://example.org/{_address(payload)})

![{payload}](https://example.org/a.png)
"""


def records(number: int, payload: str) -> dict[str, str]:
    """The files of one payload: a record of every kind, with the payload wherever it takes text."""
    p, n, src = payload, number, f"a-{number}"
    cite = {src: f"made statement {n} and sat down" if n % 3 == 1 else said(n, p)}
    both = {"aka": [f"{p} aka K"], "notes": _note(p), "changed": {"2020-07-05": _note(p)}, "was": [f"old-K-{n}"]}
    seen = {"image": {"file": file_name(p), "credit": p, "licence": p, "alt": p}, "see": {p: p, "wikidata": p}}

    def of(sort: str, **fields: object) -> dict[str, object]:
        text = j(
            {"name": f"{p} K", "sort": f"{p} sort", "short": f"{p} short K", "names": {"ar": f"{p} names K"}, **both, **fields}
        )
        loaded: dict[str, object] = json.loads(text.replace(" K", f" {sort}").replace("old-K", f"old-{sort}"))
        return loaded

    actor = of("actor", kind="militia", **seen, roles={f"{p} role": cite}, named={src: f"person {n}"} if n % 3 != 1 else {})
    actor = {k: v for k, v in actor.items() if v}
    group = of("group", kind=" ".join(p.split()), roles={f"{p} role": cite})
    person = {k: v for k, v in of("person", rank={p: {src: said(n, p)}} if n % 3 != 1 else {}).items() if v}
    event = of("event", kind="speech", **seen, outcome={f"{p} outcome": cite}, by={f"actor-{n}": cite}, date={"2020-07-01": cite})
    event["positions"] = [{f"actor-{n}": cite, "notes": _note(p)}]
    place = of("place", kind="city", at="32.1, 13.1", **seen)
    topic = of("topic", **seen)
    comparison = of("comparison", kind="naming", about=[f"actor-{n}"], says=[cite, cite])
    meeting = of("meeting", **seen, outcome={f"{p} outcome": cite}, topics={f"topic-{n}": cite}, place={f"place-{n}": cite})
    seats = {"members": {f"seat-{n}": {"post": {f"{p} envoy": {src: f"{p} envoy"}}, "notes": _note(p)}}} if n % 3 != 1 else {}
    meeting |= {
        "date": {"2020-07-01": cite},
        "delegations": {f"actor-{n}": cite, f"group-{n}": {"cite": cite, "notes": _note(p)} | seats},
        "positions": [{f"actor-{n}": cite, "about": [f"topic-{n}"], "notes": _note(p)}, {"all": cite}],
    }
    return {
        f"content/articles/{src}.md": article(n, p),
        f"content/static/{file_name(p)}": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0 9 9"/></svg>',
        f"content/actors/{n}.yaml": j(
            {f"actor-{n}": actor, f"group-{n}": group, f"person-{n}": person, f"seat-{n}": f"Delegate{n}"}
        ),
        f"content/events/{n}.yaml": j({f"event-{n}": event}),
        f"content/places/{n}.yaml": j({f"place-{n}": place}),
        f"content/topics/{n}.yaml": j({f"topic-{n}": topic}),
        f"content/comparisons/{n}.yaml": j({f"comparison-{n}": comparison}),
        f"content/meetings/meeting-{n}.yaml": j(meeting),
        f"content/relations/{n}.yaml": j(
            [{f"actor-{n} works-with group-{n}": {"cite": cite, "notes": _note(p)}}, {f"group-{n} {_verb(p)} actor-{n}": cite}]
        ),
        f"content/pages/page-{n}.md": f"---\ntitle: {j(p)}\n---\n{_markdown(n, p)}\n[[actor-{n}|{p.translate(_NO_BRACKETS)}]]\n",
    }


_NO_BRACKETS = str.maketrans("[]|\u2028\u2029", "     ")


def file_name(payload: str) -> str:
    """The name of a picture: as much of a payload as may be one (`load/filenames.py`)."""
    plain = "".join(c for c in payload if not fault_of(f"x{c}x") and c not in "/%")
    return " ".join(plain.split()).strip(". ")[:80] + ".svg"


def _verb(payload: str) -> str:
    return payload.replace(" ", "-").replace("\t", "-").replace("\u2028", "-").replace("\u2029", "-")


def site_of(payloads: Sequence[str], first: int = 1) -> MiniSite:
    """A site with each payload in all fields, numbered from `first`; the site's own fields hold the first of them."""
    own = payloads[0]
    site = {
        "name": own, "description": " ".join(payloads[:10]), "editors": list(payloads[:5]), "url": "https://example.org/desk/",
        "citations": "warn", "excerpt_limit": "100 %", "excerpt_run": "1000",
        "kinds": {"actors": [*(" ".join(p.split()) for p in payloads), "militia"]},
    }  # fmt: skip
    files = {SITE: j(site), "content/index.md": f"---\ntitle: {j(own)}\n---\n{_markdown(0, own)}\n"}
    for number, payload in enumerate(payloads, first):
        files |= records(number, payload)
    return MiniSite(files, ())
