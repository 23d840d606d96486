"""Ways to read a typed place name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from geo.places.place import PlaceKind
from geo.places.spelling import fold_name

_MOST_WORDS = 6
_QUALIFIED = re.compile(r"^(?P<head>.+?)\s*(?:[(,;/|]|\s[-–—]\s|\s(?:in|à)\s)\s*(?P<within>.+?)\)?$", re.IGNORECASE)
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
    """All ways to read a text.

    `meant` first, then `fallbacks`, which ignore a part of what was typed.
    """

    meant: tuple[Reading, ...]
    fallbacks: tuple[Reading, ...]


def readings_of(text: str) -> Readings:
    """Return the ways to read a cleaned text.

    As it stands, with its station or town words, with its qualifier.
    """
    whole = fold_name(text)
    meant = [Reading(whole), *_without_common_words(whole)]
    fallbacks = [Reading(reading.name) for reading in meant if reading.kinds]
    qualified = _QUALIFIED.match(text)
    if qualified:
        head, within = fold_name(qualified["head"]), fold_name(qualified["within"])
        meant += [Reading(r.name, r.kinds, within) for r in (Reading(head), *_without_common_words(head))]
        fallbacks.append(Reading(within))
    meant += _split_readings(whole)
    for respelt in (_native_name, _modern_spelling):
        meant += [replace(r, name=respelt(r.name), within=respelt(r.within)) for r in meant]
        fallbacks += [Reading(respelt(r.name)) for r in fallbacks]
    return Readings(_unique_readings(meant), _unique_readings(fallbacks))


def _split_readings(name: str) -> Iterator[Reading]:
    """Yield the readings of a short text as a place beside its municipality, in either order."""
    words = name.split()
    for split in range(1, len(words) if len(words) <= _MOST_WORDS else 1):
        one, other = " ".join(words[:split]), " ".join(words[split:])
        yield Reading(other, within=one, strictly=True)
        yield Reading(one, within=other, strictly=True)


def _unique_readings(found: list[Reading]) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(reading for reading in found if reading.name))


def _native_name(name: str) -> str:
    return " ".join(_EXONYMS.get(word, word) for word in name.split())


def _modern_spelling(name: str) -> str:
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
        yield Reading(" ".join(_drop_joining_word(rest)), _STATION)
    if words and words[0] in _PLACE_WORDS:
        yield Reading(" ".join(words[1:]))
        yield Reading(" ".join(_drop_joining_word(words[1:])))
    if len(words) > 1 and words[-1] in _CENTRE_WORDS:
        yield Reading(" ".join(words[:-1]))


def _drop_joining_word(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] in _JOINING_WORDS else words
