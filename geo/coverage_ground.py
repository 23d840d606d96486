"""What coverage stands on: services, municipalities, children and need, read once per version of the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, Self, TypeVar

import numpy as np
from pyarrow import ArrowException

from geo.demand import Demand
from geo.directory import Directory
from geo.errors import DataError
from geo.municipalities import Municipality
from geo.need import Need
from geo.search_index import Flags, index_of
from geo.store import FILE_MISSING, UNREADABLE
from geo.surroundings import NEIGHBOUR_M

Table = TypeVar("Table")
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
        """Return the ground of loaded data, with the tables of children and need beside it.

        Raises DataError where one of the two tables is missing or cannot be read.
        """
        towns = source.municipalities.by_nis
        return cls(
            directory=source.directory,
            municipalities=source.municipalities,
            demand=_read(source.data_dir / DEMAND, lambda path: Demand.from_parquet(path, towns)),
            need=_read(source.data_dir / NEED, Need.from_parquet),
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


def _read(path: Path, read: Callable[[Path], Table]) -> Table:
    """Return what `read` makes of a table, or say what is wrong with it."""
    try:
        return read(path)
    except FileNotFoundError as error:
        raise DataError(path.name, [FILE_MISSING.at(path.name)]) from error
    except DataError:
        raise
    except (ArrowException, OSError, KeyError, TypeError, ValueError) as error:
        raise DataError(path.name, [UNREADABLE.at(path.name, reason=str(error).split("\n")[0])]) from error
