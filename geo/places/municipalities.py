"""The municipalities of 2025."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from geo.parquet import read_columns

BRUSSELS_NIS = "04000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """One municipality on 1 January 2025.

    `lon`, `lat` (EPSG:4326 degrees) and `x`, `y` (EPSG:3812 metres) are a point inside it, weighted by where people
    live; `area_km2` is the area inside the boundary. `province_code` is `04000` (the region) in Brussels.
    """

    nis_code: str
    name_nl: str
    name_fr: str
    arrondissement_code: str
    arrondissement_nl: str
    arrondissement_fr: str
    province_code: str
    province_nl: str
    province_fr: str
    region_code: str
    region_nl: str
    region_fr: str
    primary_care_zone_code: str
    primary_care_zone_name: str
    lon: float
    lat: float
    x: float
    y: float
    population: int
    area_km2: float


COLUMNS = tuple(field.name for field in fields(Municipality))


@dataclass(frozen=True, slots=True)
class Municipalities:
    """All municipalities by NIS code, sorted by it."""

    by_nis: dict[str, Municipality]

    @classmethod
    def from_rows(cls, rows: Iterable[Municipality]) -> Self:
        """Return the municipalities of some rows in any order."""
        return cls({row.nis_code: row for row in sorted(rows, key=lambda row: row.nis_code)})

    @classmethod
    def from_parquet(cls, path: Path) -> Self:
        """Return the municipalities of `data/municipalities.parquet`."""
        columns = read_columns(path, COLUMNS)
        return cls.from_rows(
            Municipality(**dict(zip(COLUMNS, row, strict=True))) for row in zip(*columns.values(), strict=True)
        )

    def __iter__(self) -> Iterator[Municipality]:
        """Yield the municipalities by NIS code."""
        return iter(self.by_nis.values())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.by_nis)

    def areas(self, nis_code: str) -> tuple[str, ...]:
        """Return the REFNIS codes of what contains a municipality.

        Near to far: itself, its province, its region.

        Brussels has no province, so its region comes once. An unknown code is only itself.
        """
        municipality = self.by_nis.get(nis_code)
        if municipality is None:
            return (nis_code,) if nis_code else ()
        return tuple(dict.fromkeys((nis_code, municipality.province_code, municipality.region_code)))

    def area_name(self, code: str, language: str = "nl") -> str:
        """Return the name of a municipality, province or region.

        In Dutch or French; the code when it is unknown.
        """
        return self.names(language).get(code, code)

    def names(self, language: str = "nl") -> dict[str, str]:
        """Return the names of municipalities, provinces and regions by code.

        In Dutch or French.
        """
        names: dict[str, str] = {}
        for row in self:
            french = language == "fr"
            names[row.region_code] = row.region_fr if french else row.region_nl
            names.setdefault(row.province_code, row.province_fr if french else row.province_nl)
            names[row.nis_code] = row.name_fr if french else row.name_nl
        return names


NEIGHBOUR_M = 12_000
"""Metres within which a municipality counts as around a place.

To its centre.
"""
