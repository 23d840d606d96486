"""Gathers the groups among which the best answer lies, with prices that say how good it can be."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.arrays import Floats
from geo.networks.partition.bitsets import sparse_matrix
from geo.networks.partition.blocks import Blocks
from geo.networks.partition.lp_bounds import CLOSE, LpBound, fractional_cover_cost
from geo.networks.partition.pool import Pool
from geo.networks.partition.priced_groups import Priced, Wanted, priced_groups
from geo.solver.control import SearchControl, Step

MOST_PRICED = 30_000
"""Sets looked at around one heart before its search is cut short."""
_GLANCE = 1_500
_GLANCES = (0.05, 0.1, 0.2, 0.4, 0.8)
_ENOUGH = 3_000
_ROUNDS = 80
_MOST_SEEN = 600_000
_FIRST_CHOICE = 2_000
_STEADY = 0.7


def bound_by_list(pool: Pool, listed: Sequence[int], costs: Floats, control: SearchControl) -> LpBound:
    """Add the groups of a complete list that matter most to the pool; return the bound of the cheapest mixture."""
    blocks, holds = pool.blocks, sparse_matrix(listed, len(pool.blocks))
    per_child = costs / np.maximum(holds @ blocks.weight, 1e-9)
    chosen = dict.fromkeys(np.argsort(per_child, kind="stable")[:_FIRST_CHOICE].tolist())
    found = fractional_cover_cost(blocks, holds, costs, chosen, control)
    pool.add(listed[at] for at in chosen)
    return found or LpBound(0.0, np.zeros(len(blocks)))


def add_promising_groups(pool: Pool, bound: LpBound, control: SearchControl) -> None:
    """Add the groups that look good around each heart at the prices of a bound, ever more of them."""
    blocks, hearts = pool.blocks, len(pool.blocks.home)
    cost_of_a_group = bound.value / max(1.0, blocks.weight.sum() // max(blocks.enough, 1.0))
    for at, share in enumerate(_GLANCES):
        wanted = Wanted(below=share * cost_of_a_group, only_better=False, most=_GLANCE)
        for heart in range(hearts):
            if not control.may_go_on(Step.IMPROVE, (at + heart / hearts) / len(_GLANCES)):
                return
            pool.add(priced_groups(blocks, heart, bound.prices, wanted=wanted).groups)
        if len(pool.cost) > _ENOUGH:
            return


def bound_by_prices(pool: Pool, bound: LpBound, control: SearchControl) -> LpBound:
    """Add groups that lower the cheapest mixture until none does or the work is done; return the best bound met.

    Column generation: prices of the mixture, drawn towards those of the best bound so that they do not swing.
    """
    blocks, best, steady, seen = pool.blocks, bound, _STEADY, 0
    wanted = Wanted(below=-CLOSE * blocks.penalty, only_better=True, most=MOST_PRICED)
    for _ in range(_ROUNDS):
        own = pool.master(best, control)
        if own is None or own.value - best.value <= CLOSE * max(own.value, 1.0):
            break
        prices = steady * best.prices + (1 - steady) * own.prices
        found = []
        for heart in range(len(blocks.home)):
            if seen > _MOST_SEEN or not control.may_go_on(Step.BOUND, seen / _MOST_SEEN):
                return best
            found.append(priced_groups(blocks, heart, prices, wanted=wanted))
            seen += found[-1].seen
        value = _bound(blocks, prices, found)
        best = LpBound(value, prices) if value > best.value else best
        is_new = pool.add(group for each in found for group in each.groups)
        if not (is_new or steady):
            break
        steady = _STEADY if is_new else (steady / 2 if steady > 0.1 else 0.0)
    return best


def _bound(blocks: Blocks, prices: Floats, found: Sequence[Priced]) -> float:
    """Return the prices of all, less what the most worthwhile group of each heart saves at most."""
    most = len(found)
    if blocks.enough > 0:
        most = min(most, int(blocks.weight.sum() // blocks.enough))
    savings = sorted(min(each.least, 0.0) for each in found)[:most]
    return float(prices.sum()) + sum(savings)


def complete_below(pool: Pool, bound: LpBound, control: SearchControl, *, gap: float, most: int) -> bool:
    """Add every group that an answer at most `gap` above the bound can have; whether that could be done."""
    wanted = Wanted(below=gap, only_better=False, most=most)
    room, hearts = most, len(pool.blocks.home)
    for heart in range(hearts):
        if not control.may_go_on(Step.PROVE, heart / hearts):
            return False
        found = priced_groups(pool.blocks, heart, bound.prices, wanted=wanted)
        room -= pool.add(found.groups)
        if not found.is_complete or room < 0:
            return False
    return True
