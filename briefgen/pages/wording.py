"""The words that pages print: names of fields, kinds, languages, rights, and the labels of caution. Nothing is computed here."""

from __future__ import annotations

from briefgen.pages.views import Label

FIELDS = {
    "kind": "Kind",
    "country": "Country",
    "part_of": "Part of",
    "rank": "Rank",
    "roles": "Roles",
    "org": "Organisation",
    "leader": "Led by",
    "date": "Date",
    "format": "Format",
    "host": "Host",
    "by": "By",
    "place": "Place",
    "participants": "Participants",
    "follows": "Follows",
    "topics": "Topics",
    "outcome": "Outcome",
    "named": "Called",
    "post": "Post",
    "positions": "Position",
    "delegations": "Delegation",
    "relations": "Relation",
    "says": "Comparison",
    "prose": "Quoted in",
}

# Kinds of comparisons as headings, in the order a reader needs them: what is disputed first, the state of the texts last.
COMPARISONS = {
    "conflict": "Different accounts",
    "framing": "Framing",
    "naming": "Names",
    "translation": "Translation and wording",
    "attribution": "Who is said to speak",
    "omission": "Left out by some",
    "ambiguity": "Ambiguous words",
    "between-meetings": "Between the meetings",
    "undated": "Dates not given",
    "internal": "Within one text",
    "arithmetic": "Figures",
    "independence": "Common origin",
    "artefact": "The state of the texts",
}

WORDING = Label("wording", "editors’ wording", "The value does not stand in the words of the source: it is the editors’ wording.")
READING = Label("reading", "editors’ reading", "The editors read the words so and say why in the note.")
INFERRED = Label("inferred", "inferred", "No source prints this span: the editors inferred it from the words cited.")
YEAR = Label("year", "year: editors’", "No cited words print the year: it is the editors’.")
UNCHECKED = Label("unchecked", "date words not checked", "The words are not in English: nobody checked them against the date.")
EDITORS = Label("editors", "the editors’", "The editors say so; no source is cited for it.")
UNCITED = Label("uncited", "no source", "No source is cited for this.")
DIFFER = Label("differ", "sources differ", "The sources differ; all values are shown and none is preferred.")

RIGHTS = {
    "us-gov": "A work of the United States government.",
    "permission": "Published by permission.",
    "press": "The text is its publisher’s.",
    "unknown": "The rights are not known.",
}

SHOWN = {
    "full": "Shown in full.",
    "excerpts": "Only the quoted words are shown.",
    "link": "Its words are not shown.",
}

LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew",
    "it": "Italian", "ku": "Kurdish", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}  # fmt: skip


def field_label(name: str) -> str:
    """How a field is headed."""
    return FIELDS.get(name, in_words(name.replace("_", "-")).capitalize())


def in_words(kind: str) -> str:
    """A kind or verb in words: armed-force, armed force."""
    return kind.replace("-", " ")


def heading(kind: str) -> str:
    """A kind as the heading over several: Military operations. Kinds that do not count (naming) stay as they are."""
    words = in_words(kind).capitalize()
    if words.endswith(("s", "ing", "nce", "ity", "us", "ed")):
        return words if not words.endswith("conference") else f"{words}s"
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def language(tag: str) -> str:
    """A language by its tag, in English; the tag itself where it is not among those known here."""
    return LANGUAGES.get(tag.lower().split("-")[0], tag)


def count(number: int, one: str, many: str = "") -> str:
    """`1 article`, `3 articles`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def times(number: int) -> str:
    """How often words stand in an article, as a sentence; nothing for once."""
    return "" if number < 2 else f"Stands {'twice' if number == 2 else f'{number} times'} in the article."
