"""The field table: the one source for the decoder, the JSON Schemas, the starters of `briefgen new` and the reference.

Nothing else in the project lists fields, kinds or choices. Terms: EDTF (ISO 8601-2), ISO 3166-1, BCP 47; posts,
organisations and memberships as in Popolo.
"""

from __future__ import annotations

from typing import Literal

from briefgen.frozen import dataclass

Type = Literal[
    "text",  # words, one line or several
    "id",  # the id of a record of the kinds in `to`
    "edtf",  # a date of MODEL.md's EDTF subset
    "word",  # one of `choices`
    "kind",  # one of KINDS for that record type; site.yaml may add more
    "cite",  # a cite slot: article -> words
    "positions",  # a list of {party: cite}
    "delegations",  # party -> roster
    "says",  # a list of {article: words}
    "names",  # language tag -> text
    "notes",  # text, or field -> text
    "changes",  # date -> text
    "country",  # ISO 3166-1 alpha-2
    "latlon",  # "32.8872, 13.1913", WGS84 degrees
    "integer",
    "percent",
    "flag",  # true or false
    "url",  # http, https or mailto
    "see",  # urls, or authority -> id
    "image",  # file, credit, licence
    "language",  # BCP 47 tag
    "rights",  # us-gov, cc-…, permission, press, unknown
    "kinds",  # record type -> list of words
]
Cardinality = Literal["one", "many"]
Class = Literal["fact", "label"]

RECORD_KINDS = ("actor", "meeting", "event", "place", "topic", "comparison")

KINDS: dict[str, tuple[str, ...]] = {
    "actor": (
        "person", "state", "government", "ministry", "office", "council", "military-command", "embassy", "armed-force",
        "authority", "legislature", "group", "private-military-company", "international-organisation", "commission",
        "committee",
    ),
    "event": (
        "statement", "speech", "announcement", "conference", "talks", "military-operation", "military-development",
        "political-change", "situation",
    ),
    "place": ("country", "region", "city", "capital"),
    "comparison": (
        "naming", "conflict", "translation", "framing", "omission", "between-meetings", "internal", "undated",
        "ambiguity", "artefact", "attribution", "independence", "arithmetic",
    ),
}  # fmt: skip

FORMATS = ("virtual", "in-person", "hybrid")
RIGHTS = ("us-gov", "permission", "press", "unknown")

# Words with a meaning of their own under a record or a party, so never ids.
RESERVED = frozenset(("all", "about", "by", "cite", "draft", "from", "members", "name", "notes", "org", "post", "rank", "was"))


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the table.

    `of` are the record types that take it, `only` narrows actors to "person" or "organisation"; `to` are the record
    types an id may name; `example` is YAML as an editor would write it.
    """

    name: str
    of: tuple[str, ...]
    type: Type
    cardinality: Cardinality
    cls: Class
    doc: str
    example: str
    choices: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    only: Literal["", "person", "organisation"] = ""
    required: bool = False


_ALL = RECORD_KINDS
_HAPPENING = ("meeting", "event")
_SEEN = ("actor", "meeting", "event", "place", "topic")

FIELDS: tuple[Field, ...] = (
    # names
    Field("name", _ALL, "text", "one", "label", "What the site calls it. Names in texts link by themselves.", "name: Khalifa Haftar"),
    Field("short", _ALL, "text", "one", "label", "A short form; links everywhere.", "short: GNA"),
    Field("sort", _ALL, "text", "one", "label", "Where it stands in an index; by default the name without a leading al-.", "sort: Sarraj"),
    Field("names", _ALL, "names", "many", "label", "The name in other languages, by language tag.", "names: {ar: خليفة حفتر}"),
    Field("aka", _ALL, "text", "many", "label", "Other spellings and names; they link everywhere.", "aka: [Haftar, Hifter]"),
    Field("named", _ALL, "cite", "many", "fact", "What one article calls it: evidence, and a link in that article only.", "named: {freenews: Government of national unity}"),
    # what it is
    Field("kind", ("actor", "event", "place", "comparison"), "kind", "one", "label", "What it is; an actor without a kind is a person.", "kind: ministry"),
    Field("country", ("actor", "place"), "country", "one", "label", "ISO 3166-1 code of two letters.", "country: LY"),
    Field("at", ("actor", "place"), "latlon", "one", "label", "Latitude and longitude in degrees (WGS84).", 'at: "32.8872, 13.1913"'),
    Field("geonames", ("actor", "place"), "integer", "one", "label", "The GeoNames number.", "geonames: 2210247"),
    Field("image", _SEEN, "image", "one", "label", "A picture in content/static/, with credit and licence.", "image: {file: talks.jpg, credit: U.S. Embassy, licence: public domain}"),
    Field("see", _SEEN, "see", "many", "label", "Addresses elsewhere, or an authority and its id.", "see: {state.gov: norland-richard-b}"),
    Field("part_of", ("actor", "place", "topic"), "id", "many", "label", "What it belongs to.", "part_of: gna", to=("actor", "place", "topic")),
    # facts about actors
    Field("rank", ("actor",), "text", "one", "fact", "The rank, in the source's words.", "rank: {Field Marshal: {palpress: Field Marshal Khalifa Haftar}}", only="person"),
    Field("roles", ("actor",), "text", "many", "fact", "Posts and functions.", "roles: {President of Egypt: {freenews: Egyptian President Abdel Fattah al-Sisi}}"),
    Field("org", ("actor",), "id", "many", "fact", "Organisations a person belongs to.", "org: {us-nsc: {mirage-lna: National Security Council Senior Director}}", to=("actor",), only="person"),
    Field("leader", ("actor",), "id", "one", "fact", "Who leads an organisation.", "leader: {fayez-al-sarraj: {palpress: headed by Fayez al-Sarraj}}", to=("actor",), only="organisation"),
    # facts about meetings and events
    Field("date", _HAPPENING, "edtf", "one", "fact", "When it happened (EDTF).", "date: {2020-07-01: On July 1}"),
    Field("format", _HAPPENING, "word", "one", "fact", "How the parties met.", "format: {virtual: met virtually}", choices=FORMATS),
    Field("host", _HAPPENING, "id", "one", "fact", "Who hosted it.", "host: {us-embassy-libya: The American embassy in Libya said that it held a meeting}", to=("actor",)),
    Field("by", ("event",), "id", "one", "fact", "Who spoke or acted.", "by: {us-state-department: announced in a statement on its website}", to=("actor",)),
    Field("place", _HAPPENING, "id", "many", "fact", "Where it happened.", "place: {berlin: held in Berlin on January 19}", to=("place", "actor")),
    Field("participants", _HAPPENING, "id", "many", "fact", "Who took part, where there are no delegations.", "participants: {un: the EU and the UN}", to=("actor",)),
    Field("follows", _HAPPENING, "id", "many", "fact", "The meeting or event it came after.", "follows: {us-gna-2020-06-24: this meeting follows U.S. engagement}", to=("meeting", "event")),
    Field("topics", _HAPPENING, "id", "many", "fact", "What it was about.", "topics: {ddr: discussions on militia demobilization}", to=("topic",)),
    Field("outcome", _HAPPENING, "text", "many", "fact", "What came of it.", "outcome: {A call for a ceasefire: {freenews: a call by its participants for a ceasefire}}"),
    Field("positions", _HAPPENING, "positions", "many", "fact", "What each party said; `all` is every delegation or participant.", "positions:\n  - lna: briefed the U.S. delegation\n    about: [ddr]"),
    Field("delegations", ("meeting",), "delegations", "many", "fact", "Who sat where; usually in a file of its own.", "delegations:\n  lna:\n    aoun-al-farjani: Head of the LNA Command Apparatus, General"),
    # comparisons
    Field("about", ("comparison",), "id", "many", "label", "The records it concerns.", "about: [us-lna-2020-07-01]", to=_ALL),
    Field("says", ("comparison",), "says", "many", "fact", "The passages set side by side.", "says:\n  - mirage-lna: must not be tolerated\n  - mem-monitor: should not be tolerated", required=True),
    # the editors' hand
    Field("notes", _ALL, "notes", "many", "label", "The editors' voice: text, or a field and text. Inline Markdown.", "notes: {name: The articles spell it in two ways.}"),
    Field("was", _ALL, "text", "many", "label", "Old ids; their addresses redirect here.", "was: [haftar]"),
    Field("changed", _ALL, "changes", "many", "label", "What was corrected, by date.", "changed: {2020-07-05: The rank was corrected.}"),
    Field("draft", _ALL, "flag", "one", "label", "`true` keeps it out of everything that is published.", "draft: true"),
    Field("from", _ALL, "id", "one", "label", "The article that bare words are taken from.", "from: mirage-lna", to=("article",)),
    # articles
    Field("title", ("article",), "text", "one", "label", "The headline.", "title: U.S.-LNA Discussion on Militia Demobilization", required=True),
    Field("publisher", ("article",), "text", "one", "label", "Who published it.", "publisher: Mirage News"),
    Field("url", ("article",), "url", "one", "label", "Where it stands.", "url: https://www.example.org/article"),
    Field("archive_url", ("article",), "url", "one", "label", "A copy in an archive.", "archive_url: https://web.archive.org/…"),
    Field("published", ("article",), "edtf", "one", "label", "When it was published (EDTF).", "published: 2020-07-02"),
    Field("language", ("article",), "language", "one", "label", "The language of the text; by default the site's.", "language: en"),
    Field("translated_from", ("article",), "language", "one", "label", "The language it was translated from.", "translated_from: ar"),
    Field("based_on", ("article",), "id", "one", "label", "The event (a statement) it rests on; rights are never inherited.", "based_on: state-statement-us-lna", to=("event",)),
    Field("rights", ("article",), "rights", "one", "label", "us-gov, cc-…, permission: shown in full; press, unknown: excerpts.", "rights: us-gov"),
    Field("show", ("article",), "word", "one", "label", "Overrides what `rights` say.", "show: excerpts", choices=("full", "excerpts", "link")),
    Field("furniture", ("article",), "text", "many", "label", "Paragraphs that begin so are page furniture: never citable.", 'furniture: ["/Public Release."]'),
    Field("format", ("article",), "word", "one", "label", "`plain` paragraphs, or Markdown (the default).", "format: plain", choices=("plain", "markdown")),
    Field("notes", ("article",), "notes", "many", "label", "The editors' voice about this source.", "notes: Republished from the State Department."),
    Field("was", ("article",), "text", "many", "label", "Old ids; their addresses redirect here.", "was: [mirage-1]"),
    Field("changed", ("article",), "changes", "many", "label", "What was corrected, by date.", "changed: {2020-07-05: The address was corrected.}"),
    Field("draft", ("article",), "flag", "one", "label", "`true` keeps it out of everything that is published.", "draft: true"),
    # editors' pages
    Field("title", ("page",), "text", "one", "label", "The page's title.", "title: Background"),
    Field("order", ("page",), "integer", "one", "label", "Where it stands among the pages.", "order: 1"),
    Field("draft", ("page",), "flag", "one", "label", "`true` keeps it out of everything that is published.", "draft: true"),
    # the site
    Field("name", ("site",), "text", "one", "label", "The name of the briefing.", "name: Militia talks in Libya, 2020", required=True),
    Field("description", ("site",), "text", "one", "label", "One sentence about it.", "description: The U.S. talks with both Libyan sides"),
    Field("url", ("site",), "url", "one", "label", "Where it is published.", "url: https://example.github.io/libya-briefing/"),
    Field("language", ("site",), "language", "one", "label", "The language of the briefing.", "language: en"),
    Field("editors", ("site",), "text", "many", "label", "Who edits it.", "editors: [Desk North Africa]"),
    Field("citations", ("site",), "word", "one", "label", "`warn` turns missing citations into warnings.", "citations: required", choices=("required", "warn")),
    Field("excerpt_limit", ("site",), "percent", "one", "label", "The share of a press text that may be published.", "excerpt_limit: 40 %"),
    Field("excerpt_run", ("site",), "integer", "one", "label", "The longest unbroken run of published words.", "excerpt_run: 25"),
    Field("kinds", ("site",), "kinds", "many", "label", "Further kinds of this site's own.", "kinds: {actors: [militia]}"),
)  # fmt: skip

BY_KIND: dict[str, dict[str, Field]] = {
    kind: {f.name: f for f in FIELDS if kind in f.of} for kind in (*RECORD_KINDS, "article", "page", "site")
}

# Folder of content/ -> record type, for files that hold `id -> record`.
FOLDERS = {"actors": "actor", "events": "event", "places": "place", "topics": "topic", "comparisons": "comparison"}
