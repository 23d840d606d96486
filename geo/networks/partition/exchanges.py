"""Improves an answer: two or three groups that touch are taken apart and put together again in the best way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from geo.networks.partition.bitsets import bits
from geo.networks.partition.blocks import Blocks
from geo.networks.partition.groups import all_groups
from geo.networks.partition.lp_bounds import LpBound
from geo.networks.partition.pool import EXACT, GroupChoice, Pool
from geo.solver.control import SearchControl, Step

_LOOKED_AT = 4_000
_STEPS = 20_000
_WORK = 1_000_000
_TRIALS, _NOISE, _SEED = 100, 1.0, 2025


def improved(pool: Pool, choice: GroupChoice, bound: LpBound, control: SearchControl) -> GroupChoice:
    """Return the choice after exchanges between two neighbours, or three, until none helps or the work is done."""
    tried: set[tuple[int, ...]] = set()
    work, is_better = 0, True
    while is_better and choice.total > bound.value * (1 + EXACT):
        is_better = False
        for pieces in _touching(pool.blocks, choice.groups):
            is_there = set(pieces) <= set(_pieces(pool.blocks, choice.groups))
            if not is_there or pieces in tried:
                continue
            if work > _WORK or not control.may_go_on(Step.IMPROVE, work / _WORK):
                return choice
            tried.add(pieces)
            found, done = _remade(pool, choice, pieces, bound)
            work += done
            if found:
                choice, is_better = found, True
    return choice


def packed(pool: Pool, choice: GroupChoice, bound: LpBound, control: SearchControl) -> GroupChoice:
    """Return a better choice from taking the most worthwhile groups that still fit, in many slightly other orders."""
    names = list(pool.cost)
    if not names:
        return choice
    worth = pool.worths(bound.prices)
    scale = max(float(np.median(worth)), 1.0)
    draw = np.random.default_rng(_SEED)
    for trial in range(_TRIALS):
        if not control.may_go_on(Step.IMPROVE, trial / _TRIALS):
            break
        noise = draw.exponential(_NOISE * scale * trial / _TRIALS, size=len(names)) if trial else 0.0
        taken, groups = 0, []
        for at in np.argsort(worth + noise, kind="stable").tolist():
            if not names[at] & taken:
                taken |= names[at]
                groups.append(names[at])
        found = pool.choice(groups)
        choice = found if found.total < choice.total else choice
    return choice


def _pieces(blocks: Blocks, groups: Sequence[int]) -> list[int]:
    """Return the groups, and each block in none of them as one more."""
    placed = 0
    for group in groups:
        placed |= group
    return sorted([*groups, *(1 << at for at in range(len(blocks)) if not placed >> at & 1)])


def _touching(blocks: Blocks, groups: Sequence[int]) -> list[tuple[int, ...]]:
    """Return each two pieces that touch, then each three; first those with a block left over."""
    pieces, whole = _pieces(blocks, groups), set(groups)
    around = [_around(blocks, piece) for piece in pieces]
    pairs = [(at, to) for to, piece in enumerate(pieces) for at in range(to) if around[at] & piece]
    threes = {
        tuple(sorted((*pair, third)))
        for pair in pairs
        for third, piece in enumerate(pieces)
        if third not in pair and (around[pair[0]] | around[pair[1]]) & piece
    }
    found = [tuple(pieces[at] for at in names) for names in [*pairs, *sorted(threes)]]
    return sorted(found, key=lambda some: (len(some), set(some) <= whole))


def _around(blocks: Blocks, group: int) -> int:
    found = 0
    for at in bits(group):
        found |= blocks.joined_masks[at]
    return found


def _remade(pool: Pool, choice: GroupChoice, pieces: tuple[int, ...], bound: LpBound) -> tuple[GroupChoice | None, int]:
    """Return the choice with some pieces put together anew, None when that is not cheaper, and the work it took."""
    region = sum(pieces)
    listed = all_groups(pool.blocks, most=_LOOKED_AT, within=region)
    pool.add(listed.groups)
    kept = [group for group in choice.groups if group not in pieces]
    old = [group for group in choice.groups if group in pieces]
    limit = pool.choice(old).total - pool.choice([]).total + pool.blocks.penalty * _size(pool.blocks, region)
    mix = _Mix(pool, listed.groups, bound)
    parts = mix.best(region, limit * (1 - EXACT))
    work = listed.seen + mix.steps
    return (None if parts is None else pool.choice([*kept, *parts])), work


def _size(blocks: Blocks, group: int) -> float:
    return float(sum(int(blocks.size[at]) for at in bits(group)))


class _Mix:
    """Puts blocks together from listed groups; a block may be left over at its penalty."""

    def __init__(self, pool: Pool, listed: Sequence[int], bound: LpBound) -> None:
        blocks, self._prices = pool.blocks, bound.prices.tolist()
        self._loose = (blocks.penalty * blocks.size - bound.prices).tolist()
        self._from: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for group in listed:
            worth = pool.cost[group] - sum(self._prices[at] for at in bits(group))
            self._from[group & -group].append((worth, group))
        for groups in self._from.values():
            groups.sort()

    def best(self, region: int, limit: float) -> list[int] | None:
        """Return groups of blocks of a region that cost less than a limit, the cheapest met."""
        self._limit = limit - sum(self._prices[at] for at in bits(region))
        self.steps, self._found = 0, None
        self._go(region, 0.0, [])
        return self._found

    _found: list[int] | None

    def _go(self, left: int, worth: float, taken: list[int]) -> None:
        self.steps += 1
        if not left:
            self._limit, self._found = worth, taken
            return
        lowest = left & -left
        for more, group in self._from[lowest]:
            if worth + more >= self._limit or self.steps > _STEPS:
                break
            if group & ~left == 0:
                self._go(left & ~group, worth + more, [*taken, group])
        loose = worth + self._loose[lowest.bit_length() - 1]
        if loose < self._limit and self.steps <= _STEPS:
            self._go(left & ~lowest, loose, taken)
