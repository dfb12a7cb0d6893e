"""What the tests of pages share: a small site with every kind of thing in it, and its views by URL."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from briefgen.link import Briefing, link
from briefgen.load import load
from briefgen.pages import Page, view_pages
from tests.kit import english, site

SMALL = """
//- content/site.yaml
name: Talks
description: A small briefing.
url: https://example.org/talks/
editors: [The desk]
//- content/index.md
---
title: Two talks
---
The LNA [met the other side](https://example.org/). [@wire: met virtually] The GNA's view is on [[gna|its page]]. GNA again.
//- content/pages/method.md
---
title: Method
order: 2
---
How it is done.
//- content/pages/hidden.md
---
title: Hidden page
draft: true
---
Never shown.
//- content/articles/wire.md
---
title: Talks held
publisher: The Wire
url: https://example.org/wire
published: 2020-07-02
based_on: statement
rights: us-gov
furniture: [Share this]
---
Talks held

On July 1, the LNA and the United States met virtually. General Aoun Farj of the LNA spoke (GNA aside). The LNA's aim is peace.

The United States was represented by Ambassador Ann Able and Colonel Bo Best. The LNA was represented by General Aoun Farj.

On June 24, the GNA met the United States. The GNA was represented by Minister Cy Cole. The United States was represented by
Ambassador Ann Able and Major Dee Dunn.

Share this page
//- content/articles/paper.md
---
title: Talks, it is said
publisher: The Post
url: https://example.org/paper
language: en
translated_from: ar
based_on: statement
rights: press
format: plain
---
Secret words begin here. The forces of Marshal Farj, called the LNA, met the Americans on Wednesday. Nobody may print this
end of the LNA.

The LNA alone stands in this unquoted paragraph.
//- content/articles/linked.md
---
title: Only linked
rights: press
show: link
format: plain
---
Quiet words about the LNA and its talks on July 1.
//- content/articles/ghost.md
---
title: Ghost article
rights: us-gov
draft: true
format: plain
---
The ghost says the LNA won.
//- content/actors/all.yaml
us:
  name: United States
  kind: state
  country: US
  at: "39.7, -98.5"
gna: {name: Government, short: GNA, kind: government, country: LY}
moi:
  name: Ministry
  kind: ministry
  part_of: gna
lna:
  name: National Army
  short: LNA
  kind: armed-force
  country: LY
  names: {ar: الجيش}
  was: [old-lna]
  named: {paper: the forces of Marshal Farj}
  leader:
    aoun-farj: {wire: General Aoun Farj of the LNA, paper: "forces of Marshal Farj, called the LNA"}
aoun-farj:
  name: Aoun Farj
  aka: [Farj]
  rank:
    General: {wire: General Aoun Farj}
    Marshal: {paper: Marshal Farj}
  roles:
    speaker of the army: {wire: Aoun Farj of the LNA spoke}
  notes: {rank: The ranks differ.}
ann-able: Ann Able
bo-best: Bo Best
cy-cole: Cy Cole
dee-dunn: Dee Dunn
shadow: {name: Shadow Person, draft: true}
//- content/topics/all.yaml
peace: Peace
//- content/places/all.yaml
tripoli: {name: Tripoli, kind: capital, country: LY}
//- content/meetings/june.yaml
name: The June talks
from: wire
date: {2020-06-24: On June 24}
//- content/delegations/june.yaml
from: wire
us: {ann-able: Ambassador, dee-dunn: Major}
gna: {cy-cole: Minister}
//- content/meetings/july.yaml
name: The July talks
from: wire
date: {2020-07-01: [On July 1, {paper: on Wednesday}]}
format: {virtual: met virtually}
follows: {june: "On June 24, the GNA met the United States"}
topics: {peace: The LNA's aim is peace}
positions:
  - lna: The LNA's aim is peace
    about: [peace]
    notes: An aim.
  - all: {paper: met the Americans}
//- content/delegations/july.yaml
from: wire
us: {ann-able: Ambassador, bo-best: Colonel}
lna: {aoun-farj: General}
//- content/events/all.yaml
statement:
  name: The statement
  kind: statement
  date: {..2020-07-02: {linked: talks on July 1}}
  by: {us: {wire: the United States met virtually}}
//- content/comparisons/all.yaml
ranks:
  name: General or marshal
  kind: conflict
  about: [aoun-farj, july]
  says:
    - wire: General Aoun Farj
    - paper: Marshal Farj
  notes: Not the same.
//- content/relations.yaml
- us meets-with lna:
    cite: [{wire: the LNA and the United States met virtually}]
- us knows shadow: {wire: the LNA and the United States met virtually}
"""


def briefing_of(text: str) -> Briefing:
    """A mini-site, linked; what the rules find in it does not matter to its pages."""
    return link(load(site(text).snapshot())[0])


@lru_cache
def small() -> Briefing:
    """The briefing of the small site."""
    return briefing_of(SMALL)


@lru_cache
def pages(base_url: str = "") -> dict[str, Page]:
    """Its pages by URL."""
    return {p.url: p for p in view_pages(small(), english(), base_url)}


def view(url: str, base_url: str = "") -> Any:
    """The view of one page of the small site."""
    return pages(base_url)[url].view


def views_of(text: str) -> dict[str, Any]:
    """The views of any mini-site, by URL."""
    return {p.url: p.view for p in view_pages(briefing_of(text), english())}


def texts(value: object) -> list[str]:
    """Every string in a view, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [t for one in value for t in texts(one)]
    names = getattr(value, "__dataclass_fields__", ())
    return [t for name in names for t in texts(getattr(value, name))]


def labels(fact: Any) -> set[str]:
    """The codes of a fact's labels."""
    return {label.code for label in fact.labels}
