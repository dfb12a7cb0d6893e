"""An invented briefing as values: who and what there is, what was met about, and the articles that report it.

Half of the pages are articles of about 400 words, 35 % are actors, 15 % meetings with two delegations of five. The same values
for the same number of pages and seed. Nobody in it is real. The prose is dull on purpose; what counts is that names stand
inside it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_ONSETS = ["B", "D", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "T", "V", "Z", "Br", "Dr", "Gr", "Kl", "Tr", "St"]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea"]
_CODAS = ["l", "n", "r", "s", "t", "m", "nd", "rk", "st", "lm"]
_POSTS = (
    "Ambassador", "Secretary General", "Deputy Minister", "Special Envoy", "Legal Adviser", "Chief of Staff", "Head of Mission",
    "First Counsellor", "Military Attaché", "Director for Regional Affairs", "Economic Adviser", "Head of Protocol",
)  # fmt: skip
_FIELDS = (
    "Transport", "Fisheries", "Water", "Ports", "Energy", "Health", "Labour", "Trade", "Culture", "Roads", "Forests", "Mining",
)  # fmt: skip
_BODIES = (("Ministry of {} of {}", "ministry"), ("Council for {} of {}", "council"), ("Commission on {} of {}", "commission"))
TOPICS = {
    "ceasefire": "Ceasefire", "prisoners": "Exchange of prisoners", "border-posts": "Border posts", "fuel": "Fuel deliveries",
    "monitoring": "Monitoring mission", "salaries": "Public salaries", "harbours": "Reopened harbours", "elections": "Elections",
}  # fmt: skip
PHRASES = {
    "ceasefire": "a lasting end to the fighting along the coastal road",
    "prisoners": "the return of everyone held since the winter",
    "border-posts": "the shared staffing of both crossing points",
    "fuel": "regular deliveries to hospitals and bakeries",
    "monitoring": "observers who may travel without notice",
    "salaries": "the payment of teachers and nurses on both sides",
    "harbours": "the safe passage of merchant ships",
    "elections": "a vote that all parties can accept",
}
_SENTENCES = (
    "People who know the region said that the roads had been quiet since {day}, and that traders had begun to come back.",
    "{name} told reporters in the evening that much of the work was done by small groups which met without any announcement.",
    "Nobody at the table expected quick results, and most of those present had been through several rounds before.",
    "According to {name}, the harvest had been poor, and prices in the towns along the river had doubled within one season.",
    "A draft that was handed round on {day} spoke of shared patrols, but the paragraphs on command were left open.",
    "Diplomats pointed to earlier rounds in which a text had been agreed and then taken back overnight.",
    "{name} described the mood as calm, adding that both sides had kept to the rules on phones and photographs.",
    "Local papers carried the story on their inner pages, below reports on flooding and on the price of bread.",
    "Engineers asked for access to the pumping stations, which had stood idle for the better part of a year.",
    "Families of those missing waited outside with pictures, and {name} came out twice to speak with them.",
    "The host country paid for rooms and interpreters, while the security of the hall remained with the guard of the province.",
    "It was the first time that maps were exchanged, although their scales differed and some villages had two names.",
    "{name} and {name} were seen walking in the garden for more than an hour, each with one interpreter.",
    "Observers warned against reading too much into seating plans, flags or the order in which statements were read.",
)


class Sizes(NamedTuple):
    """How much of everything: all of it follows from the number of pages."""

    articles: int
    people: int
    bodies: int
    meetings: int


def sizes(pages: int) -> Sizes:
    """Half articles, 35 % actors (a quarter of them organisations), 15 % meetings; enough people for ten seats at least."""
    actors = max(16, round(pages * 0.35))
    bodies = max(4, actors // 4)
    return Sizes(max(4, pages // 2), actors - bodies, bodies, max(1, round(pages * 0.15)))


class Person(NamedTuple):
    """Somebody invented."""

    id: str
    name: str


class Body(NamedTuple):
    """An organisation invented."""

    id: str
    name: str
    kind: str


class Round(NamedTuple):
    """A meeting, the article that reports it, and who sat there with which post."""

    id: str
    article: str
    day: date
    sides: tuple[tuple[Body, tuple[tuple[Person, str], ...]], ...]
    topics: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the meeting is called, no other so."""
        return f"Talks of {day_name(self.day)} {self.day.year} ({self.id[2:]})"


class Said(NamedTuple):
    """The words of an article that introduce somebody."""

    article: str
    words: str


class Article(NamedTuple):
    """What was published: the keys of its front matter, its text, and the meeting that it reports."""

    id: str
    head: dict[str, str]
    paragraphs: tuple[str, ...]
    held: Round | None

    @property
    def text(self) -> str:
        """The text as Markdown."""
        return "\n\n".join(self.paragraphs) + "\n"


class World(NamedTuple):
    """Everybody and everything; `rounds` are the meetings, `said` says by actor where the words stand that introduce them."""

    people: tuple[Person, ...]
    bodies: tuple[Body, ...]
    rounds: tuple[Round, ...]
    articles: tuple[Article, ...] = ()
    said: Mapping[str, Said] = {}  # never changed


@lru_cache(maxsize=1)
def world(pages: int, seed: int = 1) -> World:
    """Everything for so many pages."""
    chance = random.Random(seed)
    size = sizes(pages)
    empty = _world(size, chance)
    reported = {r.article: r for r in empty.rounds}
    said: dict[str, Said] = {}
    articles = tuple(_article(n, size, empty, reported.get(article_id(n)), said, chance) for n in range(size.articles))
    return empty._replace(articles=articles, said=said)


def article_id(n: int) -> str:
    """The id of the n-th article, from 0."""
    return f"report-{n + 1:05}"


# ---------------------------------------------------------------- who and what there is


def _world(size: Sizes, chance: random.Random) -> World:
    words = _words(chance)
    people = tuple(Person(f"p-{n + 1:05}", f"{next(words)} {next(words)}") for n in range(size.people))
    bodies = tuple(_body(n, next(words), chance) for n in range(size.bodies))
    return World(people, bodies, tuple(_round(n, people, bodies, chance) for n in range(size.meetings)))


def _words(chance: random.Random) -> Iterator[str]:
    """Invented names, none twice."""
    seen: set[str] = set()
    while True:
        parts = [chance.choice(_VOWELS), chance.choice(_CODAS).lower(), chance.choice(_VOWELS), chance.choice(_CODAS)]
        word = chance.choice(_ONSETS) + "".join(parts) + (chance.choice(_VOWELS) if chance.random() < 0.5 else "")
        if word not in seen:
            seen.add(word)
            yield word


def _body(n: int, where: str, chance: random.Random) -> Body:
    form, kind = chance.choice(_BODIES)
    return Body(f"o-{n + 1:05}", form.format(chance.choice(_FIELDS), where), kind)


def _round(n: int, people: tuple[Person, ...], bodies: tuple[Body, ...], chance: random.Random) -> Round:
    sitting = chance.sample(people, 10)
    first, second = chance.sample(bodies, 2)
    posts = [chance.choice(_POSTS) for _ in sitting]
    seats = tuple(zip(sitting, posts, strict=True))
    day = date(2001, 1, 3) + timedelta(days=3 * n % 8600)
    topics = tuple(chance.sample(sorted(TOPICS), 2))
    return Round(f"m-{n + 1:05}", article_id(n), day, ((first, seats[:5]), (second, seats[5:])), topics)


# ---------------------------------------------------------------- articles


def _article(n: int, size: Sizes, world: World, held: Round | None, said: dict[str, Said], chance: random.Random) -> Article:
    day = held.day if held else date(2001, 1, 4) + timedelta(days=n % 8600)
    press = chance.random() < 0.3
    head = {
        "title": f"Talks on {TOPICS[held.topics[0]].lower()}" if held else f"Notes from the region, number {n + 1}",
        "publisher": f"{chance.choice(('Morning', 'Evening', 'Weekly', 'National'))} {chance.choice(('Post', 'Herald', 'Wire'))}",
        "url": f"https://example.org/{article_id(n)}",
        "published": day.isoformat(),
        "language": "en",
        "rights": "press" if press else "us-gov",
    }
    paragraphs = [*(_report(held) if held else ()), *_introductions(n, size, world, said)]
    while sum(len(p.split()) for p in paragraphs) < 380:
        paragraphs.append(_filler(world, day, chance))
    return Article(article_id(n), head, tuple(paragraphs), held)


def _report(one: Round) -> Iterator[str]:
    (first, _), (second, _) = one.sides
    topics = " and ".join(PHRASES[t] for t in one.topics)
    yield (
        f"On {day_name(one.day)}, {one.day.year}, the {first.name} and the {second.name} "
        f"held a round of talks that took place online. The discussion turned to {topics}."
    )
    for body, seats in one.sides:
        *most, last = (f"{post} {person.name}" for person, post in seats)
        yield f"The {body.name} was represented by {', '.join(most)} and {last}."
    yield " ".join(f"The {body.name} affirmed {PHRASES[t]}." for (body, _), t in zip(one.sides, one.topics, strict=True))


def _introductions(n: int, size: Sizes, world: World, said: dict[str, Said]) -> Iterator[str]:
    """Each article says who some of the people and bodies are; the actors' facts rest on that."""
    for k in range(n, len(world.people), size.articles):
        person, body = world.people[k], world.bodies[k % len(world.bodies)]
        said[person.id] = Said(article_id(n), f"{person.name} of the {body.name}")
        subject = _FIELDS[k % 12].lower()
        yield f"Among those who followed events was {said[person.id].words}, who has written on {subject} for years."
    for k in range(n, len(world.bodies), size.articles):
        body, person = world.bodies[k], world.people[k % len(world.people)]
        said[body.id] = Said(article_id(n), f"The {body.name}, headed by {person.name}")
        yield f"{said[body.id].words}, was set up three years ago."


def _filler(world: World, day: date, chance: random.Random) -> str:
    chosen = chance.sample(_SENTENCES, 4)
    return " ".join(_filled(s, world, day, chance) for s in chosen)


def _filled(sentence: str, world: World, day: date, chance: random.Random) -> str:
    sentence = sentence.replace("{day}", day_name(day - timedelta(days=chance.randrange(1, 20))))
    while "{name}" in sentence:
        sentence = sentence.replace("{name}", chance.choice(world.people).name, 1)
    return sentence


def day_name(day: date) -> str:
    """A day as the articles say it."""
    return f"{day:%B} {day.day}"
