"""Makes what people type and what maps print comparable: one spelling per name, and the ways to read a typed text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from geo.models import PlaceKind

MAX_LENGTH = 100
"""Characters of a typed text that are read; the rest is ignored."""

_MOST_WORDS = 6

_SEPARATORS = re.compile(r"[\W_]+")
_QUALIFIED = re.compile(r"^(?P<head>.+?)\s*(?:[(,;/|]|\s[-–—]\s|\s(?:in|à)\s)\s*(?P<within>.+?)\)?$", re.IGNORECASE)
_POSTCODE = re.compile(r"^b?(\d{4})$")

_SPELLINGS = {
    "st": "sint",
    "ste": "sint",
    "saint": "sint",
    "sainte": "sint",
    "sinte": "sint",
    "olv": "onze lieve vrouw",
}
_EXONYMS = {
    "antwerp": "antwerpen",
    "bruessel": "brussel",
    "brussels": "brussel",
    "bxl": "brussel",
    "ghent": "gent",
    "loewen": "leuven",
    "lowen": "leuven",
    "mechlin": "mechelen",
    "ostend": "oostende",
}
_OLD_SPELLINGS = (("ae", "aa"), ("x", "ks"), ("ck", "k"), ("uy", "ui"), ("gh", "g"))
_STATION_WORDS = frozenset(
    {"station", "treinstation", "spoorwegstation", "gare", "railway", "train", "trein", "bahnhof", "nmbs", "sncb"}
)
_PLACE_WORDS = frozenset(
    {"gemeente", "stad", "deelgemeente", "district", "dorp", "commune", "ville", "village", "municipality", "city"}
)
_CENTRE_WORDS = frozenset({"centrum", "centre", "center", "stad", "ville", "city"})
_JOINING_WORDS = frozenset({"de", "du", "d", "van", "of", "the", "het", "te", "la"})
_STATION = frozenset({PlaceKind.STATION})


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a typed text.

    `name` is folded; `kinds` restricts what may carry it (empty: anything); `within` is the folded name of the
    municipality that the text puts it in ("Deurne (Diest)"), or empty. `strictly` says that the reading only holds
    when that is so ("Gent Mariakerke").
    """

    name: str
    kinds: frozenset[PlaceKind] = frozenset()
    within: str = ""
    strictly: bool = False


@dataclass(frozen=True, slots=True)
class Readings:
    """All ways to read a text: `meant` first, then `fallbacks`, which ignore a part of what was typed."""

    meant: tuple[Reading, ...]
    fallbacks: tuple[Reading, ...]


def clean(text: str) -> str:
    """Return `text` on one line, without control and direction marks, at most `MAX_LENGTH` characters long."""
    visible = "".join(" " if unicodedata.category(c) in ("Cc", "Cf") else c for c in text[: 4 * MAX_LENGTH])
    return " ".join(visible.split())[:MAX_LENGTH].strip()


def fold(text: str) -> str:
    """Return `text` in one spelling: small letters without accents, words parted by one space, saints as "sint".

    Apostrophes, hyphens, dots and every other sign part words. Letters of any script survive.

    >>> fold("St.-Jans-Molenbeek"), fold("'s-Gravenwezel"), fold("O.L.V.-Waver"), fold("Liège")
    ('sint jans molenbeek', 's gravenwezel', 'onze lieve vrouw waver', 'liege')
    """
    text = text.casefold()
    if not text.isascii():
        letters = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in letters)
    words = _SEPARATORS.sub(" ", text).split()
    folded = " ".join([_SPELLINGS.get(word, word) for word in words])
    return folded.replace("o l v ", "onze lieve vrouw ") if folded.startswith("o l v ") else folded


def compact(name: str) -> str:
    """Return a folded name without spaces, so that "sint niklaas" and "sintniklaas" are one."""
    return name.replace(" ", "")


def split_postcode(name: str) -> tuple[str, str, str] | None:
    """Return what stands before the last postcode of a folded text, the postcode, and what stands after; or None."""
    words = name.split()
    for position in range(len(words) - 1, -1, -1):
        match = _POSTCODE.match(words[position])
        if match:
            before = words[:position]
            if before and before[-1] == "b":
                before = before[:-1]
            return " ".join(before), match[1], " ".join(words[position + 1 :])
    return None


def readings(text: str) -> Readings:
    """Return the ways to read a cleaned text: as it stands, with its station or town words, with its qualifier."""
    whole = fold(text)
    meant = [Reading(whole), *_without_common_words(whole)]
    fallbacks = [Reading(reading.name) for reading in meant if reading.kinds]
    qualified = _QUALIFIED.match(text)
    if qualified:
        head, within = fold(qualified["head"]), fold(qualified["within"])
        meant += [Reading(r.name, r.kinds, within) for r in (Reading(head), *_without_common_words(head))]
        fallbacks.append(Reading(within))
    meant += _halves(whole)
    for respelt in (_native, _modern):
        meant += [replace(r, name=respelt(r.name), within=respelt(r.within)) for r in meant]
        fallbacks += [Reading(respelt(r.name)) for r in fallbacks]
    return Readings(_named(meant), _named(fallbacks))


def _halves(name: str) -> Iterator[Reading]:
    """Yield the readings of a short text as a place beside its municipality, in either order."""
    words = name.split()
    for split in range(1, len(words) if len(words) <= _MOST_WORDS else 1):
        one, other = " ".join(words[:split]), " ".join(words[split:])
        yield Reading(other, within=one, strictly=True)
        yield Reading(one, within=other, strictly=True)


def _named(found: list[Reading]) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(reading for reading in found if reading.name))


def _native(name: str) -> str:
    return " ".join(_EXONYMS.get(word, word) for word in name.split())


def _modern(name: str) -> str:
    """Return a folded name as Dutch has been spelled since 1946: Oudenaerde, Merxem, Eeckeren, Ruysbroeck."""
    for old, new in _OLD_SPELLINGS:
        name = name.replace(old, new)
    return name


def _without_common_words(name: str) -> Iterator[Reading]:
    """Yield the readings of a folded name without the words that only say what sort of place it is."""
    words = name.split()
    rest = [word for word in words if word not in _STATION_WORDS]
    if len(rest) < len(words):
        yield Reading(" ".join(rest), _STATION)
        yield Reading(" ".join(_without_joining(rest)), _STATION)
    if words and words[0] in _PLACE_WORDS:
        yield Reading(" ".join(words[1:]))
        yield Reading(" ".join(_without_joining(words[1:])))
    if len(words) > 1 and words[-1] in _CENTRE_WORDS:
        yield Reading(" ".join(words[:-1]))


def _without_joining(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] in _JOINING_WORDS else words
