"""Find the area that a typed code or name means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from geo.places.areas import SUMMED_LEVELS, Area, AreaLevel, Areas
from geo.places.gazetteer import AmbiguousName, Gazetteer, Match, UnknownName
from geo.places.place import Place
from geo.places.spelling import clean_text, fold_name

_ALIKE, _SOMEWHAT_ALIKE = 0.8, 0.6  # of difflib: 1 is equal
_MOST_ALIKE = 3
_LEVEL_WORDS = {
    "gemeente": AreaLevel.MUNICIPALITY,
    "stad": AreaLevel.MUNICIPALITY,
    "commune": AreaLevel.MUNICIPALITY,
    "eerstelijnszone": AreaLevel.PRIMARY_CARE_ZONE,
    "arrondissement": AreaLevel.ARRONDISSEMENT,
    "provincie": AreaLevel.PROVINCE,
    "province": AreaLevel.PROVINCE,
    "gewest": AreaLevel.REGION,
    "region": AreaLevel.REGION,
}
_JOINING_WORDS = frozenset({"d", "de", "du", "van"})
_REGION_NAMES = {"02000": ("vlaanderen", "flandre", "flanders"), "04000": ("brussel", "bruxelles", "brussels")}
_LEVEL_ORDER = (
    AreaLevel.MUNICIPALITY,
    AreaLevel.REGION,
    AreaLevel.PROVINCE,
    AreaLevel.ARRONDISSEMENT,
    AreaLevel.PRIMARY_CARE_ZONE,
    AreaLevel.PARTNERSHIP,
)
"""Levels in the order in which areas of one name are meant.

The first is meant, and the others are told.
"""


@dataclass(frozen=True, slots=True)
class Option:
    """An area or a place that may be meant.

    `code` can be given back instead of the name.
    """

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class AreaMatch:
    """The area that a text means.

    `place` lies in it where the text names one; `others` have that name too.
    """

    area: Area
    place: Place | None = None
    others: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class NoAreaMatch:
    """A text that fits no single area.

    It fits several (`is_ambiguous`) or none; `options` are the choices or what comes near it.
    """

    text: str
    options: tuple[Option, ...]
    is_ambiguous: bool


def find_area(text: str, areas: Areas, gazetteer: Gazetteer) -> AreaMatch | NoAreaMatch:
    """Return the area of a code or name.

    Of a smaller or older place, a station or a postcode its municipality.

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
        return AreaMatch(by_code)
    all_areas = tuple(area for level in _LEVEL_ORDER for area in areas.at(level))
    named = _areas_with_name(fold_name(clean_text(text)), all_areas)
    if named:
        others = (area for area in named[1:] if set(area.nis_codes) != set(named[0].nis_codes))
        return AreaMatch(named[0], others=tuple(_area_option(area) for area in others))
    place = gazetteer.by_id(text.strip())
    if place is not None:
        return _match_municipality(place, (), areas)
    return _search_gazetteer(clean_text(text), all_areas, areas, gazetteer)


def _areas_with_name(name: str, areas: Iterable[Area]) -> list[Area]:
    """Return the areas with a folded name, those meant first; each set of codes once."""
    head, _, rest = name.partition(" ")
    level = _LEVEL_WORDS.get(head)
    words = rest.split()
    without = " ".join(words[1:] if words and words[0] in _JOINING_WORDS else words)
    found: dict[str, Area] = {}
    for area in areas:
        own = _folded_names(area)
        if name and (name in own or (area.level is level and without in own)):
            found.setdefault(area.code, area)
    return list(found.values())


def _folded_names(area: Area) -> set[str]:
    known = _REGION_NAMES.get(area.code, ()) if area.level is AreaLevel.REGION else ()
    return {fold_name(area.name_nl), fold_name(area.name_fr), *known} - {""}


def _search_gazetteer(
    text: str, in_order: tuple[Area, ...], areas: Areas, gazetteer: Gazetteer
) -> AreaMatch | NoAreaMatch:
    """Return the municipality of what the gazetteer finds, unless the name of a larger area comes as near."""
    found = gazetteer.resolve(text)
    if isinstance(found, AmbiguousName):
        return NoAreaMatch(text, tuple(_place_option(place) for place in found.choices), is_ambiguous=True)
    if isinstance(found, UnknownName):
        near = (
            *_similar_areas(text, in_order, _SOMEWHAT_ALIKE),
            *(_place_option(place) for place in found.suggestions),
        )
        return NoAreaMatch(text, near, is_ambiguous=False)
    rivals = () if _has_name(found, text, gazetteer) else _similar_areas(text, in_order, _ALIKE)
    if rivals:
        return NoAreaMatch(text, (_place_option(found.place), *rivals), is_ambiguous=True)
    return _match_municipality(found.place, found.alternatives, areas)


def _match_municipality(place: Place, others: Iterable[Place], areas: Areas) -> AreaMatch | NoAreaMatch:
    area = areas.by_code(place.nis_code) if place.nis_code else None
    if area is None:
        return NoAreaMatch(place.name_nl, (), is_ambiguous=False)
    is_itself = place.id == f"{AreaLevel.MUNICIPALITY}:{area.code}"
    return AreaMatch(area, None if is_itself else place, tuple(_place_option(other) for other in others))


def _has_name(found: Match, text: str, gazetteer: Gazetteer) -> bool:
    """Whether the place carries exactly this name."""
    wanted = fold_name(text)
    return any(place_id == found.place.id and fold_name(name) == wanted for name, place_id in gazetteer.names)


def _similar_areas(text: str, areas: Iterable[Area], cutoff: float) -> tuple[Option, ...]:
    """Return the areas larger than a municipality whose names come near a text, best first."""
    by_name: dict[str, list[Area]] = {}
    for area in areas:
        for name in _folded_names(area) if area.level in SUMMED_LEVELS[1:] else ():
            by_name.setdefault(name, []).append(area)
    near = get_close_matches(fold_name(text), by_name, n=_MOST_ALIKE, cutoff=cutoff)
    return tuple(dict.fromkeys(_area_option(area) for name in near for area in by_name[name]))


def _area_option(area: Area) -> Option:
    return Option(area.code, area.name_nl, area.level.value.replace("_", " "))


def _place_option(place: Place) -> Option:
    inside = "" if place.municipality_nl in place.name_nl else f" ({place.municipality_nl})"
    return Option(place.id, f"{place.name_nl}{inside}", place.kind.value.replace("_", " "))
