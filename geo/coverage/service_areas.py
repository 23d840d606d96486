"""Which services speak of which municipality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from geo.directory.directory import Directory
from geo.places.municipalities import Municipality

Table = TypeVar("Table")


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
