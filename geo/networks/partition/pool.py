"""Chooses, among groups found, those that place the most at the least cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from geo.arrays import Floats
from geo.networks.partition.bitsets import bits, sparse_matrix
from geo.networks.partition.blocks import Blocks
from geo.networks.partition.lp_bounds import LpBound, fractional_cover_cost, program_of, with_slack
from geo.solver.attempts import solve_unless_stopped
from geo.solver.control import SearchControl, Step

MOST_CHOSEN_FROM = 8_000
"""Groups among which one choice is made."""
EXACT = 1e-6
"""Answers whose costs differ by less than this share are equally good."""
_MOST_NODES = 2_000
_FIRST_CHOICE = 1_500


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """Groups that do not overlap; `total` is their cost with the penalties of what is left over."""

    groups: list[int]
    total: float


@dataclass(slots=True)
class Pool:
    """Groups with their child-kilometres, each once."""

    blocks: Blocks
    cost: dict[int, float] = field(default_factory=dict)
    _rows: sparse.csr_array | None = None
    _mixed: dict[int, None] = field(default_factory=dict)

    def add(self, groups: Iterable[int]) -> int:
        """Add groups; return how many are new."""
        new = [group for group in dict.fromkeys(groups) if group not in self.cost]
        self.cost |= dict(zip(new, self.blocks.costs(new).tolist(), strict=True))
        return len(new)

    def worths(self, prices: Floats) -> Floats:
        """Return float64[g]: the child-kilometres of each group less the prices of its blocks."""
        worths: Floats = np.array(list(self.cost.values())) - self._holds() @ prices
        return worths

    def master(self, start: LpBound, control: SearchControl) -> LpBound | None:
        """Return what the cheapest mixture of these groups costs, and its prices; None when that takes too long."""
        if not self._mixed:
            order = np.argsort(self.worths(start.prices), kind="stable")[:_FIRST_CHOICE]
            self._mixed = dict.fromkeys(order.tolist())
        return fractional_cover_cost(
            self.blocks, self._holds(), np.array(list(self.cost.values())), self._mixed, control
        )

    def choice(self, groups: Sequence[int]) -> GroupChoice:
        """Return some groups of the pool, which do not overlap, as a choice."""
        size = self.blocks.size
        left = float(size.sum()) - sum(float(size[at]) for group in groups for at in bits(group))
        return GroupChoice(list(groups), sum(self.cost[group] for group in groups) + self.blocks.penalty * left)

    def best(
        self, before: GroupChoice, bound: LpBound, control: SearchControl, *, most: int = MOST_CHOSEN_FROM
    ) -> tuple[GroupChoice, float]:
        """Return the cheapest choice, `before` unless a cheaper one is found, and what none of the pool goes below.

        Only groups that can be in a cheaper answer are chosen from; when there are over `most`, those that save most,
        and then the second value is only that of `bound`.
        """
        if not control.may_go_on(Step.PROVE):
            return before, bound.value
        worth, limit = self.worths(bound.prices), (before.total - bound.value) * (1 + EXACT) + EXACT
        order = np.argsort(worth, kind="stable")[: int((worth <= limit).sum())]
        names, blocks = list(self.cost), self.blocks
        groups = list(dict.fromkeys([*(names[at] for at in order[:most].tolist()), *before.groups]))
        once, count = np.ones(len(blocks)), len(groups) + len(blocks)
        program = program_of(
            np.concatenate([[self.cost[group] for group in groups], blocks.penalty * blocks.size]),
            with_slack(sparse_matrix(groups, len(blocks)).T),
            once,
            once,
        )
        is_whole = np.ones(count, dtype=np.bool_)
        whole = replace(program, most=np.ones(count), is_whole=is_whole, gap=EXACT / 10, most_nodes=_MOST_NODES)
        solved = solve_unless_stopped(whole, control)
        chosen = (
            [] if solved.x is None else [name for name, share in zip(groups, solved.x, strict=False) if share > 0.5]
        )
        after = self.choice(chosen)
        floor = min(solved.bound, before.total) if len(order) <= most else bound.value
        return (after if after.total < before.total else before), max(floor, bound.value)

    def _holds(self) -> sparse.csr_array:
        """Return float64[g, m]: 1 where a group has a block."""
        known = 0 if self._rows is None else self._rows.shape[0]
        if self._rows is None or known < len(self.cost):
            new = sparse_matrix(list(self.cost)[known:], len(self.blocks))
            self._rows = new if self._rows is None else sparse.csr_array(sparse.vstack([self._rows, new]))
        return self._rows
