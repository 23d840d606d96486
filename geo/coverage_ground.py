"""What coverage stands on: services, municipalities, children and need, read once per version of the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, Self

import numpy as np

from geo.demand import Demand
from geo.directory import Directory
from geo.municipalities import Municipality
from geo.need import Need
from geo.search_index import Flags, index_of
from geo.surroundings import NEIGHBOUR_M

DEMAND, NEED = "demand.parquet", "need.parquet"


class HasMunicipalities(Protocol):
    """The municipalities, as far as measuring needs them."""

    @property
    def by_nis(self) -> Mapping[str, Municipality]:
        """Each municipality by NIS code."""

    def __iter__(self) -> Iterator[Municipality]:
        """Yield them by NIS code."""

    def areas(self, nis_code: str) -> tuple[str, ...]:
        """REFNIS codes of what contains a municipality, near to far."""

    def names(self, language: str = "nl") -> dict[str, str]:
        """Names of municipalities, provinces and regions by code."""


class Source(Protocol):
    """Loaded data, such as `store.Dataset`."""

    @property
    def directory(self) -> Directory:
        """The services."""

    @property
    def municipalities(self) -> HasMunicipalities:
        """The municipalities."""

    @property
    def data_version(self) -> str:
        """The version of the data."""

    @property
    def data_dir(self) -> Path:
        """The folder the tables stand in."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """Everything that a coverage request is measured on; k municipalities in the order of `demand.nis_codes`."""

    directory: Directory
    municipalities: HasMunicipalities
    demand: Demand
    need: Need
    data_version: str

    @classmethod
    def of(cls, source: Source) -> Self:
        """Return the ground of loaded data, with the tables of children and need beside it."""
        return cls(
            directory=source.directory,
            municipalities=source.municipalities,
            demand=Demand.from_parquet(source.data_dir / DEMAND, source.municipalities.by_nis),
            need=Need.from_parquet(source.data_dir / NEED),
            data_version=source.data_version,
        )

    @cached_property
    def speaks_of(self) -> Flags:
        """bool[services, k]: for the municipality, its province or its region, or standing in it."""
        index = index_of(self.directory)
        speaks = np.zeros((len(self.directory), len(self.demand.nis_codes)), dtype=np.bool_)
        for at, nis_code in enumerate(self.demand.nis_codes):
            for code in self.municipalities.areas(nis_code):
                speaks[index.rows_serving(code), at] = True
        for row, service in enumerate(self.directory.services):
            for place in service.locations:
                if place.nis_code in self.demand.position:
                    speaks[row, self.demand.position[place.nis_code]] = True
        return speaks

    @cached_property
    def is_around(self) -> Flags:
        """bool[k, k]: whether the centres of two municipalities lie within 12 km; each is around itself."""
        towns = [self.municipalities.by_nis[code] for code in self.demand.nis_codes]
        x, y = np.array([town.x for town in towns]), np.array([town.y for town in towns])
        near: Flags = np.hypot(x[:, None] - x, y[:, None] - y) <= NEIGHBOUR_M
        return near
