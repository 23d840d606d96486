"""Municipalities that resemble each other, for comparison."""

from __future__ import annotations

import numpy as np

from geo.arrays import Floats, Rows64
from geo.messages import N_
from geo.store.dataset import Dataset

PEER_COUNT = 8
PEERS_DEFINITION = N_(
    "Peers are the eight municipalities of the same region that resemble this one most in three things: the number of "
    "children of the chosen ages and the inhabitants per km² (both as logarithms), and births in deprived families. "
    "Each is counted in standard deviations; what is not known of one of the two municipalities is left out and the "
    "rest is averaged."
)


def find_peers(dataset: Dataset, children: Floats) -> Rows64:
    """Return int64[k, 8]: the peers of each municipality, most alike first.

    By their positions; see `PEERS_DEFINITION`.

    `children` is float64[k]. With fewer than nine municipalities in a region the row ends in -1.
    """
    towns = [dataset.municipalities.by_nis[code] for code in dataset.demand.nis_codes]
    density = np.array([town.population / max(town.area_km2, 1e-6) for town in towns])
    need = np.array([dataset.need.deprivation_pct.get(town.nis_code, np.nan) for town in towns])
    apart = _pairwise_difference(np.column_stack([np.log1p(children), np.log1p(density), need]))
    region = np.array([town.region_code for town in towns])
    apart[region[:, None] != region] = np.inf
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :PEER_COUNT]
    found = np.full((len(towns), PEER_COUNT), -1, dtype=np.int64)
    found[:, : nearest.shape[1]] = np.where(np.isfinite(np.take_along_axis(apart, nearest, axis=1)), nearest, -1)
    return found


def _pairwise_difference(features: Floats) -> Floats:
    """Return float64[k, k]: root of the mean squared difference over what is known of both, in standard deviations."""
    known = np.isfinite(features)
    total = np.zeros((len(features), len(features)))
    counted = np.zeros_like(total)
    for column, has in zip(features.T, known.T, strict=True):
        spread = column[has].std() if has.any() else 0.0
        scaled = np.where(has, column / spread if spread > 0 else 0.0, 0.0)
        both = has[:, None] & has
        total += np.where(both, (scaled[:, None] - scaled) ** 2, 0.0)
        counted += both
    difference: Floats = np.sqrt(total / np.maximum(counted, 1))
    return difference
