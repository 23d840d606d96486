"""Municipalities that border each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse.csgraph import connected_components

from geo.arrays import Flags
from geo.places.boundaries import MunicipalityLookup, Polygons

BORDER_M = 10.0
"""Metres of shared border from which two municipalities are neighbours.

Less is a corner in which they only touch.
"""


@dataclass(frozen=True, slots=True)
class Bridge:
    """Two municipalities that count as neighbours across a gap.

    `gap_m` metres of other land lie between them.
    """

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
    def from_boundaries(cls, boundaries: MunicipalityLookup) -> Adjacency:
        """Measure which municipalities are neighbours."""
        codes = tuple(sorted(boundaries.nis_codes))
        polygons = boundaries.polygons_of(codes)
        borders = _borders_between(polygons)
        bridges = _bridge_gaps(borders, codes, polygons)
        return cls(nis_codes=codes, borders=borders, bridges=bridges)

    def borders_among(self, nis_codes: Sequence[str]) -> Flags:
        """Return bool[n, n]: which of some municipalities are neighbours.

        Unknown ones have none.
        """
        position = {code: at for at, code in enumerate(self.nis_codes)}
        at = np.array([position.get(code, -1) for code in nis_codes], dtype=np.int64)
        found = self.borders[np.ix_(at, at)] if len(self.nis_codes) else np.zeros((len(at), len(at)), dtype=np.bool_)
        found[at < 0] = False
        found[:, at < 0] = False
        return found


def _borders_between(polygons: Polygons) -> Flags:
    one, other = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    later = one < other
    one, other = one[later], other[later]
    lines = shapely.intersection(shapely.boundary(polygons[one]), shapely.boundary(polygons[other]))
    is_border = shapely.length(lines) >= BORDER_M
    borders = np.zeros((len(polygons), len(polygons)), dtype=np.bool_)
    borders[one[is_border], other[is_border]] = True
    return borders | borders.T


def _bridge_gaps(borders: Flags, codes: Sequence[str], polygons: Polygons) -> tuple[Bridge, ...]:
    """Connect isolated components to the nearest municipality, shortest gap first, and return the bridges."""
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
