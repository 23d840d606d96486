"""Where children live: one point per statistical sector."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np

from geo.ages import CHILD_AGES, AgeGroup
from geo.arrays import Floats, Rows32, Rows64
from geo.errors import DataError, DataProblem
from geo.messages import N_, Message
from geo.parquet import read_columns

COLUMNS = {group: f"children_{group.value.replace('-', '_')}" for group in CHILD_AGES}
_BAD_NUMBER = N_("{value} is no number of children; expected 0 or more.")
_UNKNOWN_MUNICIPALITY = N_("{value} is no municipality of 2025.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandPoint:
    """One statistical sector and its children.

    A point in EPSG:3812 metres and its children per group of `CHILD_AGES` (estimates, not whole).
    """

    sector: str
    nis_code: str
    submunicipality_code: str
    x: float
    y: float
    children: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Demand:
    """All n demand points, and the k municipalities they lie in.

    `nis_codes` are the k municipalities, sorted; `municipality` is int32[n], the position of each point in it;
    `submunicipality` is int32[n], an arbitrary number per deelgemeente; `x`, `y` are float64[n] in EPSG:3812 metres;
    `children` is float64[n, 4], in the order of `CHILD_AGES`.

    Source: `data/demand.parquet`. The split of a municipality's children over its sectors is an estimate; sums per
    municipality equal the official counts of 2022.
    """

    nis_codes: tuple[str, ...]
    sectors: tuple[str, ...]
    municipality: Rows32
    submunicipality: Rows32
    x: Floats
    y: Floats
    children: Floats

    @classmethod
    def from_points(cls, points: Iterable[DemandPoint], nis_codes: Iterable[str]) -> Self:
        """Return the demand of some points in any order.

        Raises DataError where one lies in no known municipality.
        """
        rows = sorted(points, key=lambda point: point.sector)
        columns: dict[str, list[object]] = {
            "sector": [row.sector for row in rows],
            "nis_code": [row.nis_code for row in rows],
            "submunicipality_code": [row.submunicipality_code for row in rows],
            "x": [row.x for row in rows],
            "y": [row.y for row in rows],
        }
        for at, name in enumerate(COLUMNS.values()):
            columns[name] = [row.children[at] for row in rows]
        return cls._from_columns(columns, nis_codes)

    @classmethod
    def from_parquet(cls, path: Path, nis_codes: Iterable[str]) -> Self:
        """Return the demand of `data/demand.parquet` over the municipalities of the same date."""
        names = ("sector", "nis_code", "submunicipality_code", "x", "y", *COLUMNS.values())
        return cls._from_columns(read_columns(path, names), nis_codes)

    @classmethod
    def _from_columns(cls, columns: dict[str, list[object]], nis_codes: Iterable[str]) -> Self:
        codes = tuple(sorted(nis_codes))
        children = np.array([columns[name] for name in COLUMNS.values()], dtype=np.float64).T
        problems = [*_unknown_municipalities(columns["nis_code"], codes), *_bad_numbers(children)]
        if problems:
            raise DataError("demand.parquet", problems)
        return cls(
            nis_codes=codes,
            sectors=tuple(str(sector) for sector in columns["sector"]),
            municipality=np.searchsorted(codes, [str(code) for code in columns["nis_code"]]).astype(np.int32),
            submunicipality=_number_codes(columns["submunicipality_code"]),
            x=np.array(columns["x"], dtype=np.float64),
            y=np.array(columns["y"], dtype=np.float64),
            children=children.reshape(-1, len(CHILD_AGES)),
        )

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.x)

    def of(self, groups: Iterable[AgeGroup]) -> Floats:
        """Return float64[n]: the children of some age groups together at each point."""
        chosen = [CHILD_AGES.index(group) for group in sorted(groups)]
        total: Floats = self.children[:, chosen].sum(axis=1)
        return total

    def per_municipality(self, values: Floats) -> Floats:
        """Return float64[k]: the sum per municipality of float64[n] values at the points."""
        return np.bincount(self.municipality, weights=values, minlength=len(self.nis_codes)).astype(np.float64)

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of each municipality in `nis_codes`."""
        return {code: at for at, code in enumerate(self.nis_codes)}

    def sectors_around(self, x: float, y: float, municipality: int) -> Rows64:
        """Return the points of the deelgemeente that a place lies in.

        The place (EPSG:3812 metres) lies in a municipality.

        That is the deelgemeente of the nearest sector of the municipality; nothing where it has no sector.
        """
        own = np.flatnonzero(self.municipality == municipality)
        if not len(own):
            return own
        nearest = own[np.hypot(self.x[own] - x, self.y[own] - y).argmin()]
        same: Rows64 = own[self.submunicipality[own] == self.submunicipality[nearest]]
        return same

    def reach_of_locality(self, x: float, y: float, nis_code: str) -> float:
        """Return the metres to the farthest sector of the place's deelgemeente.

        So far may a service stand from the middle of the deelgemeente that stands for it.
        """
        own = self.sectors_around(x, y, self.position.get(nis_code, -1))
        return float(np.hypot(self.x[own] - x, self.y[own] - y).max(initial=0.0))

    def reach_of_municipality(self, x: float, y: float, nis_code: str) -> float:
        """Return the metres to the farthest sector of a municipality.

        From a point; 0 where it has none.
        """
        own = self._points_in(nis_code)
        return float(np.hypot(self.x[own] - x, self.y[own] - y).max(initial=0.0))

    def _points_in(self, nis_code: str) -> Rows32:
        at = self.position.get(nis_code, -1)
        return np.flatnonzero(self.municipality == at).astype(np.int32)


def _number_codes(codes: Sequence[object]) -> Rows32:
    numbers = {code: number for number, code in enumerate(dict.fromkeys(codes))}
    return np.array([numbers[code] for code in codes], dtype=np.int32)


def _unknown_municipalities(codes: Sequence[object], known: tuple[str, ...]) -> list[DataProblem]:
    names = set(known)
    return [
        DataProblem(
            code="unknown-municipality",
            message=Message(_UNKNOWN_MUNICIPALITY, {"value": repr(code)}),
            resource="demand.parquet",
            row=row,
            field="nis_code",
        )
        for row, code in enumerate(codes, start=1)
        if code not in names
    ]


def _bad_numbers(children: Floats) -> list[DataProblem]:
    wrong = np.argwhere(~(np.isfinite(children) & (children >= 0)))
    fields = list(COLUMNS.values())
    return [
        DataProblem(
            code="bad-number",
            message=Message(_BAD_NUMBER, {"value": float(children[row, at])}),
            resource="demand.parquet",
            row=int(row) + 1,
            field=fields[at],
        )
        for row, at in wrong
    ]
