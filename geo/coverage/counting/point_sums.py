"""Sums per demand point of what a coverage measure counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

import numpy as np

from geo.arrays import Flags, Floats, Rows32
from geo.coverage.supply import Supply
from geo.store.demand import Demand


@dataclass(frozen=True, kw_only=True, eq=False)
class PointSums:
    """Sums over children, float64[n] at the n demand points.

    A value of an area is `value` over `weight`, both summed.

    `low` and `high` are like `value` at the bounds; `high` may be infinite. `weight` are the children of whom
    something can be said. `reached` are the children who are reached at all, `possible` those who may be. `distances`
    holds pairs of distance and children, for percentiles. `bears` is bool[s, k]: the record says something about the
    municipality. `dependants` is float64[s, k]: children with this service alone in reach. `destinations` is
    float64[k, k]: children of one municipality whose nearest service stands in another.
    """

    demand: Demand
    value: Floats
    low: Floats
    high: Floats
    weight: Floats
    reached: Floats
    possible: Floats
    bears: Flags
    dependants: Floats
    destinations: Floats
    distances: list[tuple[Floats, Floats]] = field(default_factory=list)

    @classmethod
    def empty(cls, demand: Demand, supply: Supply) -> Self:
        """Return point sums in which nothing is counted yet.

        What serves a municipality already bears on it.
        """
        points, towns = len(demand), len(demand.nis_codes)
        return cls(
            demand=demand,
            value=np.zeros(points),
            low=np.zeros(points),
            high=np.zeros(points),
            weight=np.zeros(points),
            reached=np.zeros(points),
            possible=np.zeros(points),
            bears=supply.serves.copy(),
            dependants=np.zeros((len(supply.rows), towns)),
            destinations=np.zeros((towns, towns)),
        )

    def add_share(self, part: slice, children: Floats, holds: Flags, sure: Flags, possible: Flags) -> None:
        """Count the children of a slice for whom something holds.

        As far as known, surely and possibly.
        """
        self.value[part] += children * holds
        self.low[part] += children * sure
        self.high[part] += children * possible
        self.weight[part] += children

    def add_amount(self, part: slice, children: Floats, amounts: tuple[Floats, Floats, Floats]) -> None:
        """Count an amount per child, with its bounds, which may be infinite."""
        for sums, amount in zip((self.value, self.low, self.high), amounts, strict=True):
            sums[part] += np.where(children > 0, children * np.where(children > 0, amount, 0.0), 0.0)
        self.weight[part] += children

    def add_distance(self, part: slice, children: Floats, amounts: tuple[Floats, Floats, Floats]) -> None:
        """Count the distance of each child.

        Children without any service have none and do not weigh.
        """
        known = np.where(np.isfinite(amounts[0]), children, 0.0)
        self.add_amount(part, known, amounts)
        whole = np.full(len(self.demand), np.inf)
        whole[part] = amounts[0]
        weights = np.zeros(len(self.demand))
        weights[part] = known
        self.distances.append((whole, weights))

    def mark_bearing(self, part: slice, children: Floats, touched: Flags) -> None:
        """Mark the services that touch the points of a slice.

        `touched` is bool[b, s]; only points where children live count.
        """
        towns = self.demand.municipality[part]
        lived = children > 0
        for town in np.unique(towns[lived]):
            self.bears[:, town] |= touched[lived & (towns == town)].any(axis=0)

    def add_destinations(self, origin: Rows32, where: Rows32, children: Floats) -> None:
        """Count children by home municipality and destination.

        The destination is where their nearest service stands (-1: outside all).
        """
        inside = where >= 0
        np.add.at(self.destinations, (origin[inside], where[inside]), children[inside])
