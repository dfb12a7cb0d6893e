"""Pages of records: meetings, profiles, indexes, timeline, differences; and that nothing of a draft is on any page."""

from __future__ import annotations

from briefgen.pages.sections import TITLES
from briefgen.pages.views import Link
from tests.pagekit import labels, pages, small, texts, view, views_of


def names(links: tuple[Link, ...]) -> list[str]:
    return [link.text for link in links]


def test_every_record_and_article_that_is_no_draft_has_its_page() -> None:
    briefing = small()
    open_ids = {r.id for r in briefing.records.values() if not r.draft} | {
        a.id for a in briefing.articles.values() if not a.record.draft
    }
    folders = ("actors", "meetings", "events", "places", "topics", "comparisons", "articles")
    made = {url.split("/")[1][:-5] for url in pages() if url.split("/")[0] in folders}
    assert made == open_ids | {"old-lna"}
    assert {"index.html", "404.html", "people.html", "timeline.html", "differences.html", "pages/method.html"} <= pages().keys()


def test_nothing_of_a_draft_is_on_any_page() -> None:
    for page in pages().values():
        for text in texts(page.view):
            assert not any(word in text.lower() for word in ("shadow", "ghost", "hidden page", "never shown")), (page.url, text)


def test_no_unpublished_words_are_on_any_page() -> None:
    secret = ("Secret words", "Nobody may print", "alone stands in this", "Quiet words", "and its talks")
    for page in pages().values():
        for text in texts(page.view):
            assert not any(words in text for words in secret), (page.url, text)


def test_who_joined_left_and_stayed() -> None:
    (change,) = view("meetings/july.html").changes
    assert (change.party.text, change.since.text, change.relation, change.side) == (
        "United States",
        "The June talks",
        "the same party",
        1,
    )
    assert (names(change.joined), names(change.left), names(change.stayed)) == (["Bo Best"], ["Dee Dunn"], ["Ann Able"])
    assert [(s.person.text, str(s.post[0].value)) for s in change.vacated] == [("Dee Dunn", "Major")]
    assert view("meetings/june.html").changes == ()


FAMILY = """
//- content/articles/a.md
---
title: A
rights: us-gov
---
On May 1, 2020, Minister Tom sat for the ministry.

On May 3, 2020, Minister Tom and Clerk Ann sat for the government, and envoys of the east came.

On May 5, 2020, Minister Tom sat for the ministry. Envoys came.
//- content/actors/all.yaml
gov: {name: Government, kind: government}
moi: {name: Ministry, kind: ministry, part_of: gov}
east: {name: East, kind: government}
tom: Tom
ann: Ann
//- content/meetings/m1.yaml
date: {2020-05-01: {a: "On May 1, 2020"}}
//- content/delegations/m1.yaml
from: a
moi: {tom: Minister}
//- content/meetings/m2.yaml
date: {2020-05-03: {a: "On May 3, 2020"}}
//- content/delegations/m2.yaml
from: a
gov: {tom: Minister, ann: Clerk}
east: envoys of the east
//- content/meetings/m3.yaml
date: {2020-05-05: {a: "On May 5, 2020"}}
//- content/delegations/m3.yaml
from: a
moi: {tom: Minister}
east: Envoys came
"""


def test_the_last_meeting_of_a_party_is_else_that_of_the_nearest_whole_or_part() -> None:
    views = views_of(FAMILY)
    (second,) = (c for c in views["meetings/m2.html"].changes if c.party.text == "Government")
    assert (second.since.text, second.relation) == ("m1", "which is part of Government")
    assert second.as_part == Link("../actors/moi.html", "Ministry")
    assert (names(second.joined), names(second.left), names(second.stayed)) == (["Ann"], [], ["Tom"])
    third, east = views["meetings/m3.html"].changes
    assert (third.since.text, third.as_part) == ("m1", None)  # the same party goes before the nearer date
    assert (east.since.text, east.unnamed, east.joined, east.left) == ("m2", True, (), ())


def test_a_part_of_a_whole_is_labelled_as_such() -> None:
    later = FAMILY.replace("//- content/delegations/m1.yaml\nfrom: a\nmoi:", "//- content/delegations/m1.yaml\nfrom: a\ngov:")
    third = views_of(later.replace("gov: {tom: Minister, ann: Clerk}", "gov: {ann: Clerk}"))["meetings/m3.html"].changes[0]
    assert (third.since.text, third.relation) == ("m2", "of which Ministry is part")
    assert (names(third.joined), names(third.left)) == (["Tom"], ["Ann"])


def test_what_came_before_and_after() -> None:
    (before,) = view("meetings/july.html").before
    assert before.happening.link.text == "The June talks"
    assert before.evidenced.label == "This meeting followed it"
    assert before.evidenced.facts[0].evidence.marks
    (after,) = view("meetings/june.html").after
    assert (after.happening.link.text, after.evidenced.label) == ("The July talks", "It followed this meeting")
    assert view("meetings/july.html").after == ()
    by_date = views_of(FAMILY)["meetings/m2.html"]
    assert [(s.happening.link.text, s.happening.note) for s in by_date.before] == [("m1", "The meeting before this, by date")]
    assert [(s.happening.link.text, s.happening.note) for s in by_date.after] == [("m3", "The next meeting, by date")]


def test_positions_by_party_and_who_holds_them() -> None:
    joint, own = view("meetings/july.html").positions
    assert (joint.party, joint.joint, joint.side) == (Link("", "All delegations"), True, 0)
    assert (own.party.text, own.joint, own.side) == ("National Army", False, 2)
    (position,) = own.positions
    assert (names(position.topics), labels(position), str(position.note)) == (["Peace"], set(), "An aim.")
    assert [p.joint for p in view("actors/lna.html").positions] == [False, True]
    assert [p.joint for p in view("actors/us.html").positions] == [True]
    assert [p.where.text for p in view("topics/peace.html").positions] == ["The July talks"]


def test_articles_that_report_a_meeting_by_origin() -> None:
    meeting = view("meetings/july.html")
    assert meeting.origins == "2 articles, 1 origin"
    (group,) = meeting.reports
    assert (group.origin.text, group.label, [c.outlet for c in group.articles]) == (
        "The statement",
        "2 articles, 1 origin",
        ["The Wire", "The Post"],
    )


def test_a_profile_knows_seats_and_those_across_the_table() -> None:
    able = view("actors/ann-able.html")
    assert [(s.meeting.text, s.date, s.party.text, str(s.seat.post[0].value)) for s in able.services] == [
        ("The June talks", "24 June 2020", "United States", "Ambassador"),
        ("The July talks", "1 July 2020", "United States", "Ambassador"),
    ]
    assert [(m.person.text, m.party.text, names(m.meetings)) for m in able.met] == [
        ("Cy Cole", "Government", ["The June talks"]),
        ("Aoun Farj", "National Army", ["The July talks"]),
    ]


def test_an_organisation_knows_who_sat_for_it_who_leads_it_and_its_parts() -> None:
    us = view("actors/us.html")
    assert [(s.person.text, names(s.meetings)) for s in us.sat] == [
        ("Ann Able", ["The June talks", "The July talks"]),
        ("Dee Dunn", ["The June talks"]),
        ("Bo Best", ["The July talks"]),
    ]
    assert [(h.link.text, h.note) for h in us.meetings] == [
        ("The June talks", "sent a delegation"),
        ("The July talks", "sent a delegation"),
        ("The statement", "spoke or acted"),
    ]
    assert [p.link.text for p in view("actors/gna.html").parts] == ["Ministry"]
    assert labels(view("actors/gna.html").parts[0].fact) == {"editors"}
    (led,) = view("actors/aoun-farj.html").leads
    assert (led.link.text, len(led.fact.evidence.marks)) == ("National Army", 2)


def test_relations_stand_on_both_ends() -> None:
    (outgoing,) = view("actors/us.html").outgoing
    (incoming,) = view("actors/lna.html").incoming
    assert (outgoing.subject, outgoing.verb, outgoing.object.text) == (Link("", "United States"), "meets with", "National Army")
    assert (incoming.subject.text, incoming.object, incoming.by) == ("United States", Link("", "National Army"), None)


def test_names_in_other_scripts_carry_language_and_direction() -> None:
    (name,) = view("actors/lna.html").head.names
    assert (name.text, name.lang, name.dir, name.language) == ("الجيش", "ar", "rtl", "Arabic")


def test_a_country_leads_to_its_state_or_is_called_by_its_name() -> None:
    countries = {url: next(f for f in view(f"actors/{url}.html").statements if f.name == "country") for url in ("us", "lna")}
    assert str(countries["us"].facts[0].value) == "United States"
    assert str(countries["lna"].facts[0].value) == "Libya"
    assert [(g.heading, g.link and g.link.href) for g in view("organisations.html").groups] == [
        ("Libya", None),
        ("United States", "actors/us.html"),
        ("International and others", None),
    ]


def test_mentions_show_sentences_of_full_texts_and_quoted_words_of_others() -> None:
    held = {g.article.text: g for g in view("actors/lna.html").mentions}
    assert [str(m.words) for m in held["Talks, it is said"].mentions] == ["<b>forces of Marshal Farj</b>, called the <b>LNA</b>"]
    assert held["Talks, it is said"].hidden == 2
    assert (held["Only linked"].mentions, held["Only linked"].hidden) == ((), 1)
    wire = held["Talks held"]
    assert (len(wire.mentions), wire.hidden) == (4, 0)
    assert wire.mentions[2].href == "../articles/wire.html#p2"
    assert str(wire.mentions[2].words).startswith("The <b>LNA</b>&#39;s aim is")


def test_delegations_are_people_by_meetings() -> None:
    table = view("delegations.html").tables[0]
    assert [c.meeting.text for c in table.columns] == ["The June talks", "The July talks"]
    rows = {(p.party.text, r.person.text): [c.present for c in r.cells] for p in table.parties for r in p.rows}
    assert rows[("United States", "Ann Able")] == [True, True]
    assert rows[("United States", "Dee Dunn")] == [True, False]
    assert rows[("National Army", "Aoun Farj")] == [False, True]
    east = next(p for p in views_of(FAMILY)["delegations.html"].tables[0].parties if p.party.text == "East")
    assert [[str(f.value) for f in cell] for cell in east.unnamed] == [[], ["envoys of the east"], ["Envoys came"]]


def test_the_timeline_is_in_order_and_says_how_precise_it_is() -> None:
    (year,) = view("timeline.html").years
    assert [(e.happening.link.text, e.precision, e.meeting) for e in year.entries] == [
        ("The June talks", "known to the day", True),
        ("The July talks", "known to the day", True),
        ("The statement", "one day in this span, inferred by the editors", False),
    ]


def test_where_the_sources_differ() -> None:
    page = view("differences.html")
    assert [(d.record.text, d.field.name) for d in page.disputed] == [("Aoun Farj", "rank")]
    (group,) = page.groups
    assert (group.heading, [c.link.href for c in group.comparisons]) == ("Different accounts", ["comparisons/ranks.html"])
    comparison = group.comparisons[0]
    assert [(str(q.words), q.outlet) for q in comparison.quotes] == [
        ('General <a class="name" href="actors/aoun-farj.html">Aoun Farj</a>', "The Wire"),
        ("Marshal Farj", "The Post"),
    ]
    assert str(comparison.note) == "Not the same."
    assert [c.link.text for c in view("meetings/july.html").comparisons] == ["General or marshal"]
    assert (view("index.html").conflicts, view("index.html").disputed) == (1, 1)


def test_people_stand_under_the_party_they_last_sat_for() -> None:
    assert [(g.heading, [a.link.text for a in g.actors]) for g in view("people.html").groups] == [
        ("Government", ["Cy Cole"]),
        ("National Army", ["Aoun Farj"]),
        ("United States", ["Ann Able", "Bo Best", "Dee Dunn"]),
    ]
    (cole,) = view("people.html").groups[0].actors
    assert ([str(f.value) for f in cole.posts], cole.meetings, cole.mentions) == (["Minister"], 1, 1)


def test_a_state_with_coordinates_is_a_place_too() -> None:
    assert [(g.heading, [(p.link.text, p.link.href) for p in g.places]) for g in view("places.html").groups] == [
        ("Libya", [("Tripoli", "places/tripoli.html")]),
        ("United States", [("United States", "actors/us.html")]),
    ]


def test_an_old_id_leads_to_the_new_page() -> None:
    redirect = view("actors/old-lna.html")
    assert redirect.to == Link("lna.html", "National Army")
    assert redirect.site.canonical == "https://example.org/talks/actors/lna.html"


def test_404_has_absolute_links_and_every_other_page_relative_ones() -> None:
    assert [n.href for n in view("404.html").site.nav[:2]] == ["/talks/index.html", "/talks/meetings.html"]
    assert view("404.html").site.root == "/talks/"
    assert view("404.html", "https://example.org").site.root == "/"
    assert view("actors/us.html").site.root == "../"
    assert view("actors/us.html").site.canonical == "https://example.org/talks/actors/us.html"
    for url, page in pages().items():
        if url not in ("404.html", "actors/old-lna.html"):
            assert not any(t.startswith("/") for t in texts(page.view)), url


def test_navigation_marks_where_one_is_and_leaves_out_what_is_empty() -> None:
    assert [n.text for n in view("meetings/july.html").site.nav if n.current] == ["Meetings"]
    assert [c.text for c in view("meetings/july.html").site.crumbs] == ["Briefing", "Meetings"]
    assert [n.text for n in view("actors/us.html").site.nav if n.current] == ["Organisations"]
    assert [n.text for n in view("pages/method.html").site.more if n.current] == ["Method"]
    bare = views_of("//- content/index.md\nA word.\n")
    assert set(bare) & set(TITLES) == {"index.html", "articles.html"}
    assert [n.text for n in bare["index.html"].site.nav] == ["Briefing", "Articles"]
    assert bare["index.html"].differences == ""


RICH = """
//- content/static/talks.jpg
x
//- content/articles/a.md
---
title: A
rights: us-gov
---
In May 2020 Clerk Ann Able of the Bureau sat there. Tom led the Bureau. Ann led the Bureau.
//- content/actors/all.yaml
bureau:
  name: Bureau
  kind: office
  country: XK
  leader: {tom: {a: Tom led the Bureau}, ann: {a: Ann led the Bureau}}
  image: {file: talks.jpg, credit: The desk, licence: CC0}
  see: {wikidata: Q1, paper: file 7}
  geonames: 42
  changed: {2020-07-05: The name was corrected., 2020-07-09: And again.}
tom: Tom
ann:
  name: Ann
  org: {bureau: {a: Ann Able of the Bureau}}
  see: ["https://example.org/ann"]
//- content/meetings/m.yaml
name: M
date: {2020-05: {a: In May 2020}}
//- content/delegations/m.yaml
from: a
bureau: {ann: {post: Clerk, org: {bureau: of the Bureau}}}
//- content/events/all.yaml
long: {name: Long, date: {2020-05/..: {a: In May 2020}}}
unsure: {name: Not so sure, date: {2020~: {a: In May 2020}}}
never: {name: Without a date, host: {bureau: {a: Tom led the Bureau}}}
"""


def test_picture_addresses_and_corrections() -> None:
    head = views_of(RICH)["actors/bureau.html"].head
    assert (head.image.src, head.image.alt, head.image.credit, head.image.licence) == ("../talks.jpg", "Bureau", "The desk", "CC0")
    assert head.see == (
        Link("https://www.wikidata.org/wiki/Q1", "wikidata: Q1"),
        Link("", "paper: file 7"),
        Link("https://www.geonames.org/42", "geonames: 42"),
    )
    assert [(c.date, c.iso, str(c.text)) for c in head.changed] == [
        ("9 July 2020", "2020-07-09", "And again."),
        ("5 July 2020", "2020-07-05", "The name was corrected."),
    ]
    assert views_of(RICH)["actors/ann.html"].head.see == (Link("https://example.org/ann", "https://example.org/ann"),)


def test_people_of_an_organisation_by_their_own_field_and_by_the_roster() -> None:
    views = views_of(RICH)
    (ann,) = views["actors/bureau.html"].people
    assert (ann.link.text, len(ann.fact.evidence.marks)) == ("Ann", 2)
    assert labels(views["actors/tom.html"].leads[0].fact) == {"differ"}
    assert views["actors/bureau.html"].facts[0].differs


def test_precision_in_words_and_what_has_no_date() -> None:
    views = views_of(RICH)
    assert views["meetings/m.html"].precision == "known to the month"
    assert views["events/long.html"].precision == "lasted over this span"
    assert views["events/never.html"].precision == "undated"
    years = views["timeline.html"].years
    assert [(y.heading, [e.happening.link.text for e in y.entries]) for y in years] == [
        ("2020", ["Not so sure", "Long", "M"]),
        ("Undated", ["Without a date"]),
    ]
    assert years[0].entries[0].precision == "approximate"
