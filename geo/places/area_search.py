"""Finds the area that a typed code or name means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from geo.places.areas import SUMMED, Area, Areas, Level
from geo.places.gazetteer import Ambiguous, Found, Gazetteer, Unknown
from geo.places.place import Place
from geo.places.spelling import clean, fold

_ALIKE, _SOMEWHAT_ALIKE = 0.8, 0.6  # of difflib: 1 is equal
_MOST_ALIKE = 3
_LEVEL_WORDS = {
    "gemeente": Level.MUNICIPALITY,
    "stad": Level.MUNICIPALITY,
    "commune": Level.MUNICIPALITY,
    "eerstelijnszone": Level.PRIMARY_CARE_ZONE,
    "arrondissement": Level.ARRONDISSEMENT,
    "provincie": Level.PROVINCE,
    "province": Level.PROVINCE,
    "gewest": Level.REGION,
    "region": Level.REGION,
}
_JOINING_WORDS = frozenset({"d", "de", "du", "van"})
_REGION_NAMES = {"02000": ("vlaanderen", "flandre", "flanders"), "04000": ("brussel", "bruxelles", "brussels")}
_FIRST = (
    Level.MUNICIPALITY,
    Level.REGION,
    Level.PROVINCE,
    Level.ARRONDISSEMENT,
    Level.PRIMARY_CARE_ZONE,
    Level.PARTNERSHIP,
)
"""Of areas with one name the first is meant, and the others are told."""


@dataclass(frozen=True, slots=True)
class Option:
    """An area or a place that may be meant; `code` can be given back instead of the name."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Meant:
    """The text means `area`, because `place` lies in it where it names one; `others` have that name too."""

    area: Area
    place: Place | None = None
    others: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """The text fits several areas (`is_ambiguous`) or none; `options` are the choices or what comes near it."""

    text: str
    options: tuple[Option, ...]
    is_ambiguous: bool


def area_meant(text: str, areas: Areas, gazetteer: Gazetteer) -> Meant | Unclear:
    """Return the area of a code or name; of a smaller or older place, a station or a postcode its municipality.

    Parameters
    ----------
    text : str
        A code as of `Areas.by_code`, the name of an area in Dutch or French ("Antwerpen", "provincie Antwerpen"),
        or anything that the gazetteer finds, its ids included. Empty means everything.
    areas : Areas
        All areas that may be meant.
    gazetteer : Gazetteer
        The names of places.
    """
    by_code = areas.by_code(text.strip())
    if by_code is not None:
        return Meant(by_code)
    all_areas = tuple(area for level in _FIRST for area in areas.at(level))
    named = _named(fold(clean(text)), all_areas)
    if named:
        others = (area for area in named[1:] if set(area.nis_codes) != set(named[0].nis_codes))
        return Meant(named[0], others=tuple(_of_area(area) for area in others))
    place = gazetteer.by_id(text.strip())
    if place is not None:
        return _in_municipality(place, (), areas)
    return _by_gazetteer(clean(text), all_areas, areas, gazetteer)


def _named(name: str, areas: Iterable[Area]) -> list[Area]:
    """Return the areas with a folded name, those meant first; each set of codes once."""
    head, _, rest = name.partition(" ")
    level = _LEVEL_WORDS.get(head)
    words = rest.split()
    without = " ".join(words[1:] if words and words[0] in _JOINING_WORDS else words)
    found: dict[str, Area] = {}
    for area in areas:
        own = _names(area)
        if name and (name in own or (area.level is level and without in own)):
            found.setdefault(area.code, area)
    return list(found.values())


def _names(area: Area) -> set[str]:
    known = _REGION_NAMES.get(area.code, ()) if area.level is Level.REGION else ()
    return {fold(area.name_nl), fold(area.name_fr), *known} - {""}


def _by_gazetteer(text: str, in_order: tuple[Area, ...], areas: Areas, gazetteer: Gazetteer) -> Meant | Unclear:
    """Return the municipality of what the gazetteer finds, unless the name of a larger area comes as near."""
    found = gazetteer.resolve(text)
    if isinstance(found, Ambiguous):
        return Unclear(text, tuple(_of_place(place) for place in found.choices), is_ambiguous=True)
    if isinstance(found, Unknown):
        near = (*_alike(text, in_order, _SOMEWHAT_ALIKE), *(_of_place(place) for place in found.suggestions))
        return Unclear(text, near, is_ambiguous=False)
    rivals = () if _has_name(found, text, gazetteer) else _alike(text, in_order, _ALIKE)
    if rivals:
        return Unclear(text, (_of_place(found.place), *rivals), is_ambiguous=True)
    return _in_municipality(found.place, found.alternatives, areas)


def _in_municipality(place: Place, others: Iterable[Place], areas: Areas) -> Meant | Unclear:
    area = areas.by_code(place.nis_code) if place.nis_code else None
    if area is None:
        return Unclear(place.name_nl, (), is_ambiguous=False)
    is_itself = place.id == f"{Level.MUNICIPALITY}:{area.code}"
    return Meant(area, None if is_itself else place, tuple(_of_place(other) for other in others))


def _has_name(found: Found, text: str, gazetteer: Gazetteer) -> bool:
    """Whether the place carries exactly this name."""
    wanted = fold(text)
    return any(place_id == found.place.id and fold(name) == wanted for name, place_id in gazetteer.names)


def _alike(text: str, areas: Iterable[Area], cutoff: float) -> tuple[Option, ...]:
    """Return the areas larger than a municipality whose names come near a text, best first."""
    by_name: dict[str, list[Area]] = {}
    for area in areas:
        for name in _names(area) if area.level in SUMMED[1:] else ():
            by_name.setdefault(name, []).append(area)
    near = get_close_matches(fold(text), by_name, n=_MOST_ALIKE, cutoff=cutoff)
    return tuple(dict.fromkeys(_of_area(area) for name in near for area in by_name[name]))


def _of_area(area: Area) -> Option:
    return Option(area.code, area.name_nl, area.level.value.replace("_", " "))


def _of_place(place: Place) -> Option:
    inside = "" if place.municipality_nl in place.name_nl else f" ({place.municipality_nl})"
    return Option(place.id, f"{place.name_nl}{inside}", place.kind.value.replace("_", " "))
