"""The stress content: names of 200 characters, a delegation of 300, a thousand years, and whatever else breaks a layout.

No file of it is kept: `files()` makes all of it, the same at every call, without a clock and without chance. Every fact is
cited, so it builds without an error. By hand: `python -m tests.stress.make FOLDER` writes a project that `briefgen` takes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefgen.source import Snapshot
from tests.kit import theme

Json = dict[str, Any]

GIVEN = (
    "Abelard", "Benedikta", "Cosimo", "Dorothea", "Eskandar", "Feodora", "Gwendolyn", "Hyacinthe", "Isidor", "Jacinta",
    "Kasimir", "Leopoldine", "Melchior", "Nepomuk", "Ottilie", "Prokop", "Quirina", "Roderick", "Sieglinde", "Theophil",
)  # fmt: skip
FAMILY = (
    "Aldersgate", "Brandywine", "Castelnuovo", "Donnersmarck", "Ellingwood", "Featherstone", "Guldenstern", "Hohenfels",
    "Iversholm", "Jablonowski", "Kirkpatrick", "Lichtenberg", "Montefiore", "Nordenskiold", "Oppenheim", "Pfefferkorn",
    "Quattlebaum", "Rasmussen", "Schwarzenberg", "Trevelyan", "Uhlenbeck", "Vandermolen", "Wolkonskaja", "Xenopoulos",
    "Youghal", "Zollikofer",
)  # fmt: skip
LONG = (
    "Joint Preparatory Commission for the Harmonisation of Procedures concerning the Verification of Demobilisation, "
    "Disarmament, Reintegration and Return of Auxiliary Formations in the Coastal and Inland Provinces (Second Term)"
)
UNBROKEN = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschafts"
    "vorstandsversammlungsprotokollführungsausschuss"
)
WORDY = ("harbour", "council", "delegates", "interim", "provision", "coastal", "inspectors", "agreed", "protocol", "evening")
SCRIPTS = {
    "khalid-hebrew": ("Mordechai ben Abraham", {"he": "מרדכי בן אברהם", "ar": "مردخاي بن إبراهيم"}),
    "abd-al-rahman": (
        "Abd al-Rahman ibn Muhammad al-Qurashi",
        {"ar": "عبد الرحمن بن محمد بن عبد الله بن أحمد القرشي التميمي الطرابلسي", "zh": "阿卜杜勒·拉赫曼·伊本·穆罕默德·古莱希"},
    ),
    "arabic-only": ("خليفة بلقاسم عمر حفتر الفرجاني", {"en": "A name in Latin letters"}),
    "hebrew-only": ("יוסף בן־מתתיהו הכהן", {}),
    "chinese-only": ("歐陽司馬諸葛東方不敗獨孤求敗", {"ja": "オウヨウ・シバ・ショカツ"}),
    "thai-only": ("กรุงเทพมหานครอมรรัตนโกสินทร์มหินทรายุธยา", {}),
}
SIX = "six parties met: the Assembly, the Council, the commission, the board, the league and the guild"
PARTIES = ("assembly", "council", "long-body", "unbroken-body", "arabic-body", "small-body")


def person(number: int) -> str:
    """The name of the nth of 500 delegates; no two are alike."""
    return f"{GIVEN[number % 20]} {FAMILY[number // 20]}"


def post(number: int) -> str:
    """The post of the nth delegate."""
    return f"Deputy Assistant Secretary for District {number + 1}"


def _roster(party: str, first: int, last: int) -> str:
    line = ", ".join(f"{post(n)} {person(n)}" for n in range(first, last))
    return f"{party} was represented by {line}."


def _article(title: str, body: str, **front: str) -> str:
    head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in {"title": title, **front}.items())
    return f"---\n{head}\n---\n\n{body}\n"


def _talks() -> str:
    paragraphs = [
        "On May 4, 2021 the Assembly and the Council met in the Great Hall of the Harbour.",
        _roster("The Assembly", 0, 300),
        _roster("The Council", 300, 500),
        "On June 7, 2021 six parties met: the Assembly, the Council, the commission, the board, the league and the guild.",
        *(f"The guild said in point {n} that the {WORDY[n % 10]} of district {n} must stay open to all." for n in range(1, 201)),
        *(f"On {_day(n)} the Assembly met envoys of the guild in sitting {n}." for n in range(1, 81)),
        *(f"The Assembly held in sitting {n} that item {n} of the agenda is settled for now." for n in range(1, 81)),
    ]
    return "\n\n".join(paragraphs)


def _day(sitting: int) -> str:
    return f"{('January', 'February', 'March', 'April')[(sitting - 1) // 20]} {(sitting - 1) % 20 + 1}, 2022"


def _chronicle() -> str:
    lines = [f"In {year} the harbour of the year {year} was closed to ships." for year in range(1021, 2022, 25)]
    lines += [f"On March 3, 2021 incident {n} was reported from the pier." for n in range(1, 25)]
    return "\n\n".join([*lines, "The long quarrel began in 1640 and lasted until 1812.", "No year is given for the founding."])


def _forty() -> str:
    return "\n\n".join(
        f"Report {n} names Mordechai ben Abraham envoy for the {WORDY[n % 10]} question in sitting {n}." for n in range(1, 41)
    )


def _hub() -> str:
    return "\n\n".join(f"The commission supports body number {n} of the register." for n in range(1, 61))


def _wide() -> str:
    head = "| " + " | ".join(f"Column with a long head {n}" for n in range(1, 15)) + " |"
    rule = "|" + "---|" * 14
    rows = [
        "| " + " | ".join(f"cell {r}.{c} {UNBROKEN[:40] if (r, c) == (2, 3) else ''}" for c in range(1, 15)) + " |"
        for r in range(1, 9)
    ]
    deep = "\n".join("  " * n + f"- level {n + 1} of a deep list about the {WORDY[n]}" for n in range(10))
    numbered = "\n".join(f"{n}. item {n} of a long list" for n in range(95, 125))
    url = "https://example.org/" + "a-very-long-path-without-any-break/" * 6
    return "\n\n".join(
        [
            "The table follows below this line.", "\n".join([head, rule, *rows]), "## A heading inside the article " + UNBROKEN,
            deep, numbered, f"See <{url}> and {UNBROKEN} for more.", "    " + "code that does not wrap, " * 12,
            "> A quotation inside\n>\n> > a quotation inside\n> >\n> > > a quotation.", "The table ends above this line.",
        ]
    )  # fmt: skip


def _long_article() -> str:
    paragraphs = []
    for n in range(200):
        words = " ".join(f"{WORDY[(n + i) % 10]} {WORDY[(n * 3 + i * 7) % 10]}" for i in range(44))
        paragraphs.append(f"Chapter {n} opens with point {n} of the record. It goes on about {words}.")
    return "\n\n".join(paragraphs)


ARABIC = (
    "اجتمع مجلس الساحل يوم الثلاثاء مع وفد من United Nations Support Mission (UNSMIL) في طرابلس.\n\n"
    "وقال المتحدث إن المجلس يرفض كل تدخل أجنبي في شؤون البلاد، وأكد أن 5+5 محادثات مستمرة.\n\n"
    "كلمات أخرى لا يقتبسها أحد هنا، فهي لا تظهر في أي صفحة من صفحات هذا الموقع."
)


def _articles() -> dict[str, str]:
    ours = {"publisher": "The Register", "published": "2021-06-08", "language": "en", "rights": "us-gov"}
    long_title = f"{LONG}: an article whose title is as long as the name of the body it reports on"
    return {
        "talks": _article("Two hundred against three hundred", _talks(), **ours),
        "chronicle": _article("A thousand years of the harbour", _chronicle(), **ours),
        "forty": _article("Forty reports", _forty(), **{**ours, "based_on": "incident-1"}),
        "hub": _article(long_title, _hub(), **{**ours, "publisher": UNBROKEN}),
        "wide": _article(f"A wide table in {UNBROKEN}", _wide(), **ours),
        "long": _article("Twenty thousand words", _long_article(), **ours),
        "arabic": _article("مجلس الساحل يجتمع مع وفد", ARABIC, publisher="وكالة الأنباء", language="ar", rights="us-gov"),
        "arabic-press": _article("مجلس الساحل يجتمع مع وفد مرة أخرى", ARABIC, publisher="صحيفة", language="ar", rights="press"),
        "linked": _article("Only a link", "The Assembly and the Council met.", rights="press", show="link"),
        "one-word": _article("One", "The board met.", rights="us-gov"),
    }


def _actors() -> Json:
    bodies: Json = {
        "assembly": {"name": "The Assembly", "kind": "legislature", "aka": ["Great Assembly of the Provinces"], "country": "LY"},
        "council": {"name": "The Council", "kind": "council", "part_of": "assembly"},
        "long-body": {"name": LONG, "short": "JPCHPVDDRRAF", "aka": ["commission"], "kind": "commission"},
        "unbroken-body": {"name": UNBROKEN, "aka": ["board"], "kind": "committee"},
        "arabic-body": {"name": "مجلس الساحل", "aka": ["league"], "kind": "council", "names": {"en": "Council of the Coast"}},
        "small-body": {"name": "Guild", "aka": ["guild"], "kind": "group"},
        "nothing-body": {"name": "A body of which nothing is known", "kind": "office"},
    }
    people: Json = {f"delegate-{n + 1}": person(n) for n in range(500)}
    people["delegate-2"] = {"name": person(1), "see": ["https://example.org/" + "x" * 300], "notes": "A note about " + UNBROKEN}
    envoy = {
        f"envoy for the {word} question": {"forty": [_reported(n) for n in range(1, 41) if WORDY[n % 10] == word]} for word in WORDY
    }
    envoy["envoy"] = {"forty": [_reported(n) for n in range(1, 41)]}
    scripts: Json = {key: {"name": name, "names": names} for key, (name, names) in SCRIPTS.items()}
    scripts["khalid-hebrew"] |= {"roles": envoy, "aka": [f"Spelling {n} of the name" for n in range(1, 25)]}
    scripts["arabic-only"] |= {"named": {"arabic": "المتحدث"}}
    bodies["arabic-body"]["named"] = {"arabic": "مجلس الساحل", "arabic-press": "المجلس"}
    register: Json = {
        f"body-{n}": {"name": f"Body number {n}", "aka": [f"body number {n}"], "kind": "office"} for n in range(1, 61)
    }
    deep: Json = {f"unit-{n}": {"name": f"Unit of level {n}", "kind": "office", "part_of": f"unit-{n - 1}"} for n in range(1, 10)}
    return bodies | people | scripts | register | {"unit-0": {"name": "Unit of level 0", "kind": "ministry"}} | deep


def _reported(number: int) -> str:
    return f"names Mordechai ben Abraham envoy for the {WORDY[number % 10]} question in sitting {number}"


def _meetings() -> Iterator[tuple[str, Json]]:
    yield "great-hall", {
        "name": "Three hundred face two hundred", "from": "talks", "date": {"2021-05-04": "On May 4, 2021"},
        "topics": {f"topic-{n}": "met in the Great Hall" for n in range(1, 13)},
        "delegations": {
            "assembly": {f"delegate-{n + 1}": post(n) for n in range(300)},
            "council": {f"delegate-{n + 1}": post(n) for n in range(300, 500)},
        },
    }  # fmt: skip
    yield "six-parties", {
        "name": f"Meeting of six parties about {LONG}", "from": "talks",
        "date": {"2021-06-07": "On June 7, 2021", "2021-06": {"one-word": "The board met"}},
        "follows": {"great-hall": "the Assembly, the Council"},
        "delegations": dict.fromkeys(PARTIES, SIX),
        "positions": [{"small-body": _point(n), "about": [f"topic-{n % 12 + 1}"]} for n in range(1, 201)],
        "notes": {"delegations": f"All six are named in one sentence. {UNBROKEN}"},
        "changed": {f"2021-07-{n:02}": f"Correction number {n}: {LONG}." for n in range(1, 21)},
    }  # fmt: skip
    yield "empty-meeting", {"name": "A meeting of which nothing is known"}
    for n in range(1, 81):
        words = f"the Assembly met envoys of the guild in sitting {n}"
        yield f"sitting-{n}", {
            "name": f"Sitting {n}", "from": "talks",
            "date": {f"2022-{(n - 1) // 20 + 1:02}-{(n - 1) % 20 + 1:02}": f"On {_day(n)}"},
            "delegations": {"assembly": words, "small-body": words},
            "positions": [{"assembly": f"held in sitting {n} that item {n} of the agenda is settled"}],
        }  # fmt: skip


def _point(number: int) -> str:
    return f"said in point {number} that the {WORDY[number % 10]} of district {number} must stay open to all"


def _events() -> Json:
    closed: Json = {
        f"closed-{year}": {
            "name": f"The harbour is closed, {year}",
            "kind": "situation",
            "date": {str(year): {"chronicle": f"In {year} the harbour of the year {year}"}},
        }
        for year in range(1021, 2022, 25)
    }
    incidents: Json = {
        f"incident-{n}": {
            "name": f"Incident {n} on the pier", "kind": "statement", "from": "chronicle",
            "date": {"2021-03-03": f"On March 3, 2021 incident {n} was reported"},
            "outcome": [f"incident {n} was reported from the pier"],
        }
        for n in range(1, 25)
    }  # fmt: skip
    odd: Json = {
        "quarrel": {"name": "The long quarrel", "date": {"1640/1812": {"chronicle": "began in 1640 and lasted until 1812"}}},
        "founding": {"name": f"The founding of {LONG}", "kind": "political-change"},
        "some-day": {"name": "Some day between", "date": {"1640-01-02..1812-05-06": {"chronicle": "The long quarrel"}}},
        "last-century": {"name": "In that century", "date": {"17XX~": {"chronicle": "The long quarrel began"}}},
        "since": {"name": "Since then", "date": {"1640/..": {"chronicle": "quarrel began in 1640"}}},
    }
    return closed | incidents | odd


def _comparisons() -> Json:
    return {
        "twelve-sides": {
            "name": f"Twelve passages: {LONG}", "kind": "naming", "about": ["six-parties", "small-body"],
            "says": [{"talks": _point(n)} for n in range(1, 13)], "notes": f"A note. {UNBROKEN}",
        },
        "one-side": {"name": "One passage", "kind": "undated", "says": [{"one-word": "The board met"}]},
        "two-directions": {
            "name": "Right to left beside left to right: مجلس الساحل", "kind": "translation", "about": ["arabic-body"],
            "says": [
                {"arabic": "اجتمع مجلس الساحل يوم الثلاثاء مع وفد"},
                {"talks": "six parties met"},
                {"arabic-press": "يرفض كل تدخل أجنبي"},
            ],
        },
        **{f"point-{n}": {"name": f"Point {n}", "about": ["small-body"], "says": [{"talks": _point(n)}]} for n in range(20, 60)},
    }  # fmt: skip


def _records() -> dict[str, object]:
    topics: Json = {f"topic-{n}": f"Topic {n}" for n in range(1, 13)}
    topics["topic-1"] = {"name": UNBROKEN + " question", "notes": "The longest."}
    topics |= {f"sub-{n}": {"name": f"Question of level {n}", "part_of": f"sub-{n - 1}" if n else "topic-1"} for n in range(8)}
    places: Json = {
        "harbour": {"name": "Harbour", "kind": "city", "at": "-32.887212, 113.191300", "geonames": "2210247"},
        "long-place": {"name": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " + LONG, "part_of": "harbour"},
    }
    hub = [{f"long-body supports body-{n}": {"hub": f"supports body number {n} of"}} for n in range(1, 61)]
    return {
        "site.yaml": {"name": f"Stress: {LONG}"},
        "actors/all.yaml": _actors(),
        "events/all.yaml": _events(),
        "topics/all.yaml": topics,
        "places/all.yaml": places,
        "comparisons/all.yaml": _comparisons(),
        "relations.yaml": hub,
        **{f"meetings/{key}.yaml": value for key, value in _meetings()},
    }


def _prose() -> dict[str, str]:
    lists = "\n".join("  " * n + f"- level {n + 1} [[assembly]]" for n in range(8))
    index = f"## Bottom line\n\n{UNBROKEN} [@one-word: The board met]. {LONG}.\n\n## Key points\n\n- One point only."
    return {
        "index.md": f"---\ntitle: A briefing of extremes with a title that goes on, {UNBROKEN}\n---\n\n{index}\n",
        "pages/long.md": f"---\ntitle: A page of the editors\n---\n\n{_wide()}\n\n{lists}\n",
        "pages/empty.md": "---\ntitle: A page without words\n---\n",
        **{f"pages/more-{n}.md": f"---\ntitle: Further page {n}\n---\n\nWords.\n" for n in range(1, 7)},
    }


@lru_cache
def files() -> dict[str, str]:
    """The whole content: path below content/ -> text."""
    records = {path: json.dumps(value, ensure_ascii=False, indent=1) + "\n" for path, value in _records().items()}
    return records | _prose() | {f"articles/{key}.md": text for key, text in _articles().items()}


def snapshot(**changed: str) -> Snapshot:
    """The content as a build takes it; `changed` are lines that take the place of the whole site.yaml, by field."""
    content = {f"content/{path}": text.encode() for path, text in files().items()}
    if changed:
        content["content/site.yaml"] = json.dumps({"name": f"Stress: {LONG}", **changed}, ensure_ascii=False).encode()
    return Snapshot(content, *theme())


def main(folder: Path) -> None:
    """Write the content below `folder`."""
    for path, text in files().items():
        target = folder / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
