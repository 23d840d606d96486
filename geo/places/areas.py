"""Areas: sets of municipalities, by level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from geo.messages import N_
from geo.places.municipalities import Municipality


class AreaLevel(StrEnum):
    """Levels of areas, from small to large.

    `all` is Flanders and Brussels together.
    """

    MUNICIPALITY = "municipality"
    PARTNERSHIP = "partnership"
    PRIMARY_CARE_ZONE = "primary_care_zone"
    ARRONDISSEMENT = "arrondissement"
    PROVINCE = "province"
    REGION = "region"
    ALL = "all"


LEVEL_NAMES = {
    AreaLevel.MUNICIPALITY: N_("Municipality"),
    AreaLevel.PARTNERSHIP: N_("Partnership"),
    AreaLevel.PRIMARY_CARE_ZONE: N_("Primary care zone"),
    AreaLevel.ARRONDISSEMENT: N_("Arrondissement"),
    AreaLevel.PROVINCE: N_("Province"),
    AreaLevel.REGION: N_("Region"),
    AreaLevel.ALL: N_("Flanders and Brussels"),
}

SUMMED_LEVELS = (
    AreaLevel.MUNICIPALITY,
    AreaLevel.PRIMARY_CARE_ZONE,
    AreaLevel.ARRONDISSEMENT,
    AreaLevel.PROVINCE,
    AreaLevel.REGION,
    AreaLevel.ALL,
)
"""Levels of which every municipality lies in exactly one."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area as a set of municipalities of 2025.

    `code` is a REFNIS code, a zone code, or names a partnership.
    """

    code: str
    level: AreaLevel
    name_nl: str
    name_fr: str
    nis_codes: tuple[str, ...]

    def name(self, language: str) -> str:
        """Return its name in French, or in Dutch for every other language."""
        return self.name_fr if language == "fr" else self.name_nl


_EVERYWHERE = ("", "Vlaanderen en Brussel", "La Flandre et Bruxelles")


def containing_area(municipality: Municipality, level: AreaLevel) -> tuple[str, str, str]:
    """Return code and names of the area around a municipality.

    Its Dutch and French name, at a level of `SUMMED_LEVELS`.
    """
    it = municipality
    names = {
        AreaLevel.MUNICIPALITY: (it.nis_code, it.name_nl, it.name_fr),
        AreaLevel.PRIMARY_CARE_ZONE: (it.primary_care_zone_code, it.primary_care_zone_name, it.primary_care_zone_name),
        AreaLevel.ARRONDISSEMENT: (it.arrondissement_code, it.arrondissement_nl, it.arrondissement_fr),
        AreaLevel.PROVINCE: (it.province_code, it.province_nl, it.province_fr),
        AreaLevel.REGION: (it.region_code, it.region_nl, it.region_fr),
        AreaLevel.ALL: _EVERYWHERE,
    }
    return names[level]


def areas_at(municipalities: Iterable[Municipality], level: AreaLevel) -> tuple[Area, ...]:
    """Return the areas of a level, by code.

    A level of `SUMMED_LEVELS`; each area with its municipalities.
    """
    members: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for municipality in municipalities:
        members[containing_area(municipality, level)].append(municipality.nis_code)
    return tuple(Area(code, level, nl, fr, tuple(members[code, nl, fr])) for code, nl, fr in sorted(members))


class Areas:
    """All areas of some municipalities, with the partnerships that join some of them.

    Parameters
    ----------
    municipalities : iterable of Municipality
        Those of 2025.
    partnerships : iterable of Area
        Areas of the level `partnership`, by name.
    """

    def __init__(self, municipalities: Iterable[Municipality], partnerships: Iterable[Area] = ()) -> None:
        self._municipalities = tuple(municipalities)
        self.partnerships = tuple(partnerships)

    @cached_property
    def _by_level(self) -> dict[AreaLevel, tuple[Area, ...]]:
        by_level = {level: areas_at(self._municipalities, level) for level in SUMMED_LEVELS}
        return by_level | {AreaLevel.PARTNERSHIP: self.partnerships}

    @cached_property
    def _by_code(self) -> dict[str, Area]:
        small_to_large = [area for level in SUMMED_LEVELS for area in self.at(level)]
        summed = {area.code.lower(): area for area in small_to_large}
        return summed | {area.code: area for area in self.partnerships}

    def at(self, level: AreaLevel) -> tuple[Area, ...]:
        """Return the areas of a level, by code; partnerships by name."""
        return self._by_level[level]

    def by_code(self, code: str) -> Area | None:
        """Return the largest area that has a code.

        Empty means everything.
        """
        return self._by_code.get(code) or self._by_code.get(code.lower())

    def by_choice(self) -> dict[str, Area]:
        """Return every area by code, in the order of choices.

        Everything first, municipalities last and by name.
        """
        larger = [area for level in reversed(SUMMED_LEVELS[1:]) for area in self.at(level)]
        towns = sorted(self.at(AreaLevel.MUNICIPALITY), key=lambda area: area.name_nl)
        found: dict[str, Area] = {}
        for area in (*larger, *self.partnerships, *towns):
            found.setdefault(area.code, area)  # Brussels is a region and an arrondissement with one code
        return found
