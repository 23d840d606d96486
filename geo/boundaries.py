"""Tells in which municipality a point lies."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import shapely

from geo.parquet_tables import columns_of


class Boundaries:
    """The municipalities as polygons in EPSG:3812; loading takes a moment, so only who needs it loads it.

    Parameters
    ----------
    nis_codes : list of str
        NIS code of each municipality.
    shapes : list of bytes
        Their polygons as WKB, in the same order.
    """

    def __init__(self, nis_codes: list[str], shapes: list[bytes]) -> None:
        self._nis_codes = nis_codes
        self._tree = shapely.STRtree(shapely.from_wkb(shapes))

    @classmethod
    def from_parquet(cls, path: Path) -> Self:
        """Return the municipalities of `data/boundaries/municipalities.parquet`."""
        columns = columns_of(path, ("nis_code", "geometry"))
        return cls(columns["nis_code"], columns["geometry"])

    def municipality_at(self, x: float, y: float) -> str:
        """Return the NIS code of the municipality that holds a point (EPSG:3812 metres), empty outside them all."""
        found = self._tree.query(shapely.Point(x, y), predicate="intersects")
        return self._nis_codes[int(found.min())] if len(found) else ""
