"""Records and articles as things of schema.org. Every property is checked against its domain and range in the tests.

What schema.org cannot say without changing it is left out: dates that are one day in a span, what an event follows, relations
between actors, who acted where nobody spoke. A kind is the editors' label, so only kinds that name a part of a state by
themselves make a GovernmentOrganization: to call an armed force or an authority one would take a side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen import edtf, urls
from briefgen.model import Article, Cite, Record, Value
from briefgen.pages import html
from briefgen.pages.entries import Said
from briefgen.pages.facets import speakers
from briefgen.pages.heads import see_link
from briefgen.pages.sheet import Sheet
from briefgen.pages.site import is_person, title_of
from briefgen.pages.sources import language_of, passage_url, site_language
from briefgen.pages.talks import cites_of

Node = dict[str, object]

_STATE_ORGANS = frozenset(("government", "ministry", "embassy"))
_PLACES = {"country": "Country", "city": "City", "capital": "City"}
_SPOKEN = frozenset(("statement", "speech", "announcement"))
_MODES = {"virtual": "Online", "in-person": "Offline", "hybrid": "Mixed"}


def node(type_: str | list[str], id_: str = "", **properties: object) -> Node:
    """A node of the graph without what is empty; a list of one is that one."""
    return {"@type": type_, **({"@id": id_} if id_ else {}), **_properties(**properties)}


# ---------------------------------------------------------------- addresses


def address(sheet: Sheet, url: str) -> str:
    """A page: absolute where the site has an address, else relative to this one."""
    return urls.absolute(sheet.site.base_url, url) or sheet.href(url)


def identity(sheet: Sheet, record_id: str) -> str:
    """What a record stands for, as opposed to the page about it."""
    return f"{address(sheet, sheet.site.url(record_id))}#this"


def website_id(sheet: Sheet) -> str:
    """The site."""
    return f"{address(sheet, urls.HOME)}#site"


def _ref(sheet: Sheet, record_id: str) -> Node:
    """Another record, with what a program needs to know that does not follow links."""
    what = sheet.site.types.get(record_id)
    return node(_type(*what), id_=identity(sheet, record_id), name=sheet.site.name(record_id)) if what else {}


def _refs(sheet: Sheet, values: Iterable[Value]) -> list[Node]:
    return [found for v in values if (found := _ref(sheet, v.text))]


# ---------------------------------------------------------------- records


def described(sheet: Sheet) -> Iterator[Node]:
    """The record or article that a page is about, if any."""
    article, record = sheet.site.articles.get(sheet.own), sheet.site.records.get(sheet.own)
    if article:
        yield _article(sheet, article)
    elif record:
        thing = node(_type(record.kind, record.text("kind")), id_=identity(sheet, record.id), name=record.name)
        yield thing | _named(sheet, record) | _own(sheet, record)


def _type(of: str, kind: str) -> str | list[str]:
    match of:
        case "actor" if kind == "state":  # it is a country on the map, and it sits at tables
            return ["Country", "Organization"]
        case "actor" if kind in ("", "person"):
            return "Person"
        case "actor":
            return "GovernmentOrganization" if kind in _STATE_ORGANS else "Organization"
        case "place":
            return _PLACES.get(kind, "Place")
    return {"topic": "DefinedTerm", "comparison": "Collection"}.get(of, "Event")


def _named(sheet: Sheet, record: Record) -> Node:
    """Other names, a picture, and the same thing in authority files."""
    others: list[object] = [v.text for name in ("short", "aka") for v in record.all(name)]
    others += [{"@value": v.text, "@language": v.key} for v in record.all("names")]
    authorities = [*record.all("see"), *(v._replace(key="geonames") for v in record.all("geonames"))]
    same = [link.href for v in authorities if v.key and (link := see_link(sheet.site.say, v)).href]
    return _properties(alternateName=others, sameAs=same, image=_image(sheet, record))


def _image(sheet: Sheet, record: Record) -> Node | None:
    given = {v.key: v.text for v in record.all("image")}
    if "file" not in given:
        return None
    return node("ImageObject", contentUrl=address(sheet, urls.static_url(given["file"])), creditText=given.get("credit", ""))


def _properties(**properties: object) -> Node:
    filled = {name: value for name, value in properties.items() if value not in ("", None, [])}
    return {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in filled.items()}


def _own(sheet: Sheet, record: Record) -> Node:
    """What only this type of record has."""
    match record.kind:
        case "actor":
            return _person(sheet, record) if is_person(record) else _organisation(sheet, record)
        case "meeting" | "event":
            return _happening(sheet, record)
        case "place":
            return _place(sheet, record)
        case "comparison":
            return _properties(about=_refs(sheet, record.all("about")), hasPart=list(_quotations(sheet, record.says)))
    return {}


def _person(sheet: Sheet, record: Record) -> Node:
    return _properties(
        honorificPrefix=[v.text for v in record.all("rank")],
        jobTitle=[v.text for v in record.all("roles")],
        affiliation=_refs(sheet, record.all("org")),
    )


def _organisation(sheet: Sheet, record: Record) -> Node:
    leaders = [node("OrganizationRole", roleName="leader", member=one) for one in _refs(sheet, record.all("leader"))]
    above = [v for v in record.all("part_of") if sheet.site.types.get(v.text, ("", ""))[0] == "actor"]
    point = _point(record) if record.text("kind") == "state" else None
    return _properties(member=leaders, parentOrganization=_refs(sheet, above), geo=point)


def _place(sheet: Sheet, record: Record) -> Node:
    country = record.text("country")
    return _properties(
        geo=_point(record),
        address=node("PostalAddress", addressCountry=country) if country else None,
        containedInPlace=_refs(sheet, (v for v in record.all("part_of") if _lies_in(sheet, v.text))),
    )


def _lies_in(sheet: Sheet, record_id: str) -> bool:
    of, kind = sheet.site.types.get(record_id, ("", ""))
    return of == "place" or kind == "state"


def _point(record: Record) -> Node | None:
    latitude, _, longitude = record.text("at").partition(",")
    return node("GeoCoordinates", latitude=latitude.strip(), longitude=longitude.strip()) if longitude else None


# ---------------------------------------------------------------- meetings and events


def _happening(sheet: Sheet, record: Record) -> Node:
    spoke = record.all("by") if record.text("kind") in _SPOKEN else ()
    reporting = dict.fromkeys(c.article for c in cites_of(record))
    places = (v for v in record.all("place") if _lies_in(sheet, v.text))
    return _dates(record) | _properties(
        eventAttendanceMode=[f"https://schema.org/{_MODES[v.text]}EventAttendanceMode" for v in record.all("format")],
        location=_refs(sheet, places),
        organizer=_refs(sheet, record.all("host")),
        performer=_refs(sheet, spoke),
        attendee=_attendees(sheet, record),
        about=_refs(sheet, record.all("topics")),
        subjectOf=[{"@id": identity(sheet, a)} for a in reporting if a in sheet.site.articles],
        recordedIn=list(_said(sheet, record)),
    )


def _attendees(sheet: Sheet, record: Record) -> list[Node]:
    ids = [v.text for v in record.all("participants")]
    for delegation in record.delegations:
        ids += [delegation.party, *(m.person for m in delegation.members)]
    return [found for one in dict.fromkeys(ids) if (found := _ref(sheet, one))]


def _dates(record: Record) -> Node:
    """When it began and ended; nothing where one of its dates is a span of uncertainty, for which ISO 8601 has no form."""
    spans = [_span(v.text) for v in record.all("date")]
    starts = [span[0] for span in spans if span]
    if len(starts) < len(spans):
        return {}
    ends = [span[1] for span in spans if span and span[1]] if len(spans) == 1 else []
    return _properties(startDate=list(dict.fromkeys(starts)), endDate=ends)


def _span(text: str) -> tuple[str, str] | None:
    """First and last day (month, year) of what lasted, the last "" where it is open or the same."""
    date = edtf.parse(text)
    if isinstance(date, str) or date.form == "one-day" or date.start is None or not date.start.exact:
        return None
    if date.form == "date":
        return date.text, ""
    start, _, end = date.text.partition("/")
    return start, end if date.end and date.end.exact else ""


def exact_date(text: str) -> str:
    """A plain day, month or year, else nothing."""
    date = edtf.parse(text)
    return "" if isinstance(date, str) else edtf.iso(date)


# ---------------------------------------------------------------- words


def _said(sheet: Sheet, record: Record) -> Iterator[Node]:
    """What was said at a meeting or event."""
    for position in record.positions:
        yield from _quotations(sheet, position.cites, speakers(Said(record, position)))


def _quotations(sheet: Sheet, cites: Iterable[Cite], said_by: Iterable[str] = ()) -> Iterator[Node]:
    """The words of sources; `spokenByCharacter` is whom the article has say them, not who wrote them."""
    site = sheet.site
    voices: list[object] = [{"@id": identity(sheet, one)} for one in said_by if site.url(one)]
    for passage in site.passages(cites):
        imprint = site.imprints[passage.article]
        if imprint.show != "link":
            yield node(
                "Quotation",
                id_=address(sheet, passage_url(passage, imprint.show)),
                text=" … ".join(site.words_of(passage)),
                inLanguage=imprint.lang or site_language(site),
                spokenByCharacter=voices,
                isPartOf={"@id": identity(sheet, passage.article)},
            )


def _article(sheet: Sheet, article: Article) -> Node:
    record = article.record
    source, based_on = record.text("translated_from"), record.text("based_on")
    publisher = record.text("publisher")
    return node(
        "NewsArticle",
        id_=identity(sheet, article.id),
        headline=title_of(article),
        url=html.safe_url(record.text("url")),
        publisher=node("Organization", name=publisher) if publisher else None,
        datePublished=_published(record),
        inLanguage=language_of(sheet.site, article),
        translationOfWork=node("CreativeWork", inLanguage=source) if source else None,
        # A statement is an event here, and schema.org wants a work or an address: the address of its page.
        isBasedOn=address(sheet, sheet.site.url(based_on)) if sheet.site.url(based_on) else "",
    )


def _published(record: Record) -> list[str]:
    """Its dates of publication, or none where one cannot be said."""
    dates = [exact_date(v.text) for v in record.all("published")]
    return dates if all(dates) else []
