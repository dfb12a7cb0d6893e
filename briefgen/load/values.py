"""Single values by the type their field has in the table. Nothing here looks beyond the scalar handed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

import iso3166

from briefgen import edtf
from briefgen.addresses import safe_address
from briefgen.diagnostic import Diagnostic, error, instead
from briefgen.load.fields import RIGHTS, Field
from briefgen.load.invisible import hidden_in
from briefgen.load.yaml_tree import Scalar
from briefgen.model import Value

ID = re.compile(r"[a-z0-9-]+")
LONGEST_ID = 100  # characters; file systems take 255 bytes with ".html"
# Names of devices, which Windows keeps for itself in every folder and with every ending.
DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LATLON = re.compile(r"(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)")


class Fault(NamedTuple):
    """What is wrong with a scalar, before it is known where it stands; `better` is what was probably meant, or ""."""

    code: str
    message: str
    better: str = ""


Reporter = Callable[[Diagnostic], None]


def nearest(word: str, words: Iterable[str], at_least: int = 60) -> str:
    """The one of `words` that an editor probably meant, or ""; `at_least` is the likeness in per cent."""
    from rapidfuzz import fuzz, process  # 4 ms, for those who made a slip

    found = process.extractOne(word, list(words), scorer=fuzz.ratio, score_cutoff=at_least)
    return found[0] if found else ""


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """A further sentence for a message, or ""."""
    guess = nearest(word, words)
    return f" Did you mean “{guess}”?" if guess else ""


def is_id(text: str) -> bool:
    """Whether a text may be the id of a record, and so the name of a file."""
    return bool(ID.fullmatch(text)) and len(text) <= LONGEST_ID and not DEVICES.fullmatch(text)


def read_scalar(report: Reporter, row: Field, node: Scalar) -> Value | None:
    """The value of a scalar for its field, or None and a finding."""
    reader = _READERS.get(row.type)
    if reader is None:
        return Value(" ".join(node.text.split()) if row.type == "text" else node.text, node.span)
    read = reader(row, node.text.strip())
    if isinstance(read, Fault):
        report(error(read.code, read.message, node.span, fix=instead(node.span, read.better)))
        return None
    return Value(read, node.span)


def _id(row: Field, text: str) -> str | Fault:
    if len(text) > LONGEST_ID:
        return Fault("bad-id", f"An id has at most {LONGEST_ID} characters, and this one has {len(text)}.")
    if DEVICES.fullmatch(text):
        return Fault("bad-id", f"“{text}” cannot be an id: Windows can have no file of that name.")
    if ID.fullmatch(text):
        return text
    better = "-".join(re.findall(r"[a-z0-9]+", text.casefold()))
    return Fault("bad-id", f"“{text}” cannot be an id: ids are small letters a-z, digits and hyphens.", better)


def _date(row: Field, text: str) -> str | Fault:
    read = edtf.parse(text)
    return Fault("bad-date", read) if isinstance(read, str) else text


def _word(row: Field, text: str) -> str | Fault:
    if text in row.choices:
        return text
    message = f"“{text}” is not one of: {', '.join(row.choices)}.{did_you_mean(text, row.choices)}"
    return Fault("bad-choice", message, nearest(text, row.choices))


def _country(row: Field, text: str) -> str | Fault:
    if text in iso3166.countries_by_alpha2:
        return text
    known = iso3166.countries_by_alpha3.get(text.upper()) or iso3166.countries_by_name.get(text.upper())
    better = text.upper() if text.upper() in iso3166.countries_by_alpha2 else known.alpha2 if known else ""
    return Fault("bad-country", f"“{text}” is not a country code of two letters (ISO 3166-1), such as LY.", better)


def _latlon(row: Field, text: str) -> str | Fault:
    found = _LATLON.fullmatch(text)
    if found and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180:
        return f"{found[1]}, {found[2]}"
    return Fault("bad-coordinates", f"“{text}” is not a latitude and a longitude in degrees, such as 32.8872, 13.1913.")


def _integer(row: Field, text: str) -> str | Fault:
    if re.fullmatch(r"[0-9]{1,12}", text):
        return str(int(text))
    return Fault("bad-number", f"“{text}” is not a whole number.")


def _percent(row: Field, text: str) -> str | Fault:
    found = re.fullmatch(r"([0-9]{1,3}) ?%?", text)
    if found and int(found[1]) <= 100:
        return found[1]
    return Fault("bad-number", f"“{text}” is not a share such as 40 %.")


def _flag(row: Field, text: str) -> str | Fault:
    if text.lower() in ("true", "yes", "false", "no"):
        return "true" if text.lower() in ("true", "yes") else "false"
    return Fault("bad-choice", f"“{text}” is neither true nor false.", "true")


def _url(row: Field, text: str) -> str | Fault:
    if re.match(r"https?://[^\s/]+", text) and not re.search(r"[\s<>\"]", text) and not hidden_in(text):
        return text
    better = f"https://{text}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text) else ""
    return Fault("bad-address", f"“{text}” is not a web address: it begins with https:// or http://.", better)


def _see(row: Field, text: str) -> str | Fault:
    return text if safe_address(text) and text.lower().startswith("mailto:") else _url(row, text)


def _language(row: Field, text: str) -> str | Fault:
    if LANGUAGE.fullmatch(text):
        return text
    return Fault("bad-language", f"“{text}” is not a language tag such as en, ar or zh-Hant.")


def _rights(row: Field, text: str) -> str | Fault:
    if text in RIGHTS or re.fullmatch(r"cc-[a-z0-9.-]+|cc0", text):
        return text
    message = f"“{text}” is not one of: {', '.join(RIGHTS)} or a licence such as cc-by-4.0."
    return Fault("bad-choice", message, nearest(text, (*RIGHTS, "cc-by-4.0")))


_READERS: dict[str, Callable[[Field, str], str | Fault]] = {
    "id": _id,
    "edtf": _date,
    "word": _word,
    "country": _country,
    "latlon": _latlon,
    "integer": _integer,
    "percent": _percent,
    "flag": _flag,
    "url": _url,
    "see": _see,
    "language": _language,
    "rights": _rights,
}
