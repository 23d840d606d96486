"""Chooses, among groups found, those that place the most at the least cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from geo.network_blocks import Blocks, Floats, bits, sparse_matrix
from geo.network_clock import Clock
from geo.network_prices import master_prices, with_slack

MOST_CHOSEN_FROM = 8_000
"""Groups among which one choice is made."""
EXACT = 1e-6
"""Answers whose costs differ by less than this share are equally good."""
_SHORTEST_S = 0.3
_FEWEST, _PER_SECOND = 1_500, 1_500


@dataclass(frozen=True, slots=True)
class Bound:
    """No answer costs less than `value`; a group of an answer costing c is worth c − value or less at `prices`."""

    value: float
    prices: Floats


@dataclass(frozen=True, slots=True)
class Choice:
    """Groups that do not overlap; `total` is their cost with the penalties of what is left over."""

    groups: list[int]
    total: float


@dataclass(slots=True)
class Pool:
    """Groups with their child-kilometres, each once."""

    blocks: Blocks
    cost: dict[int, float] = field(default_factory=dict)

    def add(self, groups: Iterable[int]) -> int:
        """Add groups; return how many are new."""
        new = [group for group in dict.fromkeys(groups) if group not in self.cost]
        self.cost |= dict(zip(new, self.blocks.costs(new).tolist(), strict=True))
        return len(new)

    def worths(self, prices: Floats) -> Floats:
        """Return float64[g]: the child-kilometres of each group less the prices of its blocks."""
        holds = sparse_matrix(list(self.cost), len(self.blocks))
        worths: Floats = np.array(list(self.cost.values())) - holds @ prices
        return worths

    def master(self) -> tuple[float, Floats]:
        """Return what the cheapest mixture of these groups costs, and its prices."""
        return master_prices(self.blocks, list(self.cost), np.array(list(self.cost.values())))

    def choice(self, groups: Sequence[int]) -> Choice:
        """Return some groups of the pool, which do not overlap, as a choice."""
        size = self.blocks.size
        left = float(size.sum()) - sum(float(size[at]) for group in groups for at in bits(group))
        return Choice(list(groups), sum(self.cost[group] for group in groups) + self.blocks.penalty * left)

    def best(self, before: Choice, bound: Bound, clock: Clock, *, most: int = MOST_CHOSEN_FROM) -> tuple[Choice, float]:
        """Return the cheapest choice, `before` unless a cheaper one is found, and what none of the pool goes below.

        Only groups that can be in a cheaper answer are chosen from; when there are over `most`, or too many for the
        time, those that save most, and then the second value is only that of `bound`.
        """
        if not clock.left_s:
            return before, bound.value
        most = min(most, max(_FEWEST, int(clock.left_s * _PER_SECOND)))
        worth, limit = self.worths(bound.prices), (before.total - bound.value) * (1 + EXACT) + EXACT
        order = np.argsort(worth, kind="stable")[: int((worth <= limit).sum())]
        names, blocks = list(self.cost), self.blocks
        groups = list(dict.fromkeys([*(names[at] for at in order[:most].tolist()), *before.groups]))
        places = with_slack(sparse_matrix(groups, len(blocks)).T)
        answer = milp(
            np.concatenate([[self.cost[group] for group in groups], blocks.penalty * blocks.size]),
            constraints=LinearConstraint(places, 1, 1),
            bounds=Bounds(0, 1),
            integrality=np.ones(len(groups) + len(blocks), dtype=np.int64),
            options={"time_limit": max(_SHORTEST_S, clock.left_s), "mip_rel_gap": EXACT / 10},
        )
        chosen = (
            [] if answer.x is None else [name for name, share in zip(groups, answer.x, strict=False) if share > 0.5]
        )
        after = self.choice(chosen)
        floor = bound.value
        if answer.mip_dual_bound is not None and len(order) <= most:
            floor = min(float(answer.mip_dual_bound), before.total)
        return (after if after.total < before.total else before), max(floor, bound.value)
