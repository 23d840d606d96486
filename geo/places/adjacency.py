"""Tells which municipalities border each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.parquet import columns_of

BORDER_M = 10.0
"""Metres of shared border from which two municipalities are neighbours; less is a corner in which they only touch."""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bridge:
    """Two municipalities that count as neighbours although `gap_m` metres of other land lie between them."""

    nis_code: str
    other: str
    gap_m: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Adjacency:
    """Which of k municipalities are neighbours.

    `nis_codes` are the k municipalities, sorted. `borders` is bool[k, k], symmetric, False on the diagonal: sharing
    at least `BORDER_M` of border, anywhere, so also where only an exclave does, or `bridges`. A bridge leads from
    municipalities that border no other (Voeren, between Wallonia and the Netherlands) to the nearest that does.
    """

    nis_codes: tuple[str, ...]
    borders: Flags
    bridges: tuple[Bridge, ...] = ()

    @classmethod
    def from_parquet(cls, path: Path) -> Adjacency:
        """Return the neighbours in `data/boundaries/municipalities.parquet` (EPSG:3812); each file is measured once."""
        status = path.stat()
        return _measured(path, status.st_mtime_ns, status.st_size)

    @classmethod
    def from_shapes(cls, nis_codes: Sequence[str], shapes: Sequence[object]) -> Adjacency:
        """Return the neighbours among shapely polygons in EPSG:3812, in the order of their codes."""
        order = np.argsort(np.array(nis_codes, dtype=np.str_), kind="stable")
        polygons = np.array(shapes, dtype=object)[order]
        codes = tuple(nis_codes[at] for at in order.tolist())
        borders = _borders(polygons)
        bridges = _bridge(borders, codes, polygons)
        return cls(nis_codes=codes, borders=borders, bridges=bridges)

    def among(self, nis_codes: Sequence[str]) -> Flags:
        """Return bool[n, n]: which of some municipalities are neighbours; unknown ones have none."""
        position = {code: at for at, code in enumerate(self.nis_codes)}
        at = np.array([position.get(code, -1) for code in nis_codes], dtype=np.int64)
        found = self.borders[np.ix_(at, at)] if len(self.nis_codes) else np.zeros((len(at), len(at)), dtype=np.bool_)
        found[at < 0] = False
        found[:, at < 0] = False
        return found


@lru_cache(maxsize=4)
def _measured(path: Path, changed_ns: int, size: int) -> Adjacency:
    import shapely  # noqa: PLC0415  (only who asks for networks needs polygons)

    columns = columns_of(path, ("nis_code", "geometry"))
    return Adjacency.from_shapes(columns["nis_code"], list(shapely.from_wkb(columns["geometry"])))


def _borders(polygons: npt.NDArray[Any]) -> Flags:
    import shapely  # noqa: PLC0415  (only who asks for networks needs polygons)

    one, other = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    later = one < other
    one, other = one[later], other[later]
    lines = shapely.intersection(shapely.boundary(polygons[one]), shapely.boundary(polygons[other]))
    is_border = shapely.length(lines) >= BORDER_M
    borders = np.zeros((len(polygons), len(polygons)), dtype=np.bool_)
    borders[one[is_border], other[is_border]] = True
    return borders | borders.T


def _bridge(borders: Flags, codes: tuple[str, ...], polygons: npt.NDArray[Any]) -> tuple[Bridge, ...]:
    """Join what hangs together with nothing else to the nearest municipality, shortest gap first; return how."""
    import shapely  # noqa: PLC0415  (only who asks for networks needs polygons)
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  (as heavy as the polygons)

    bridges = []
    count, part = connected_components(borders, directed=False)
    while count > 1:
        small = part != np.bincount(part).argmax()
        inside, outside = np.flatnonzero(small), np.flatnonzero(~small)
        gaps = shapely.distance(polygons[inside][:, None], polygons[outside])
        one, other = np.unravel_index(int(gaps.argmin()), gaps.shape)
        here, there = int(inside[one]), int(outside[other])
        borders[here, there] = borders[there, here] = True
        bridges.append(Bridge(codes[here], codes[there], float(gaps[one, other])))
        count, part = connected_components(borders, directed=False)
    return tuple(bridges)
