"""Finds a good choice of sites quickly, and how good a choice can be at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.siting_savings import Floats, PairedSavings, Positions, Savings
from geo.watch import Step, Watch

EXACT = 1e-9
"""Differences below this part of a value come from rounding and are none."""
_ROUNDS = 30
_SEED, _MOST_TRIES, _WORK = 2013, 30, 80_000_000
_COARSE = 2_000  # groups from which on prices are first looked for on merged groups
_SMOOTH, _FIRST_STEP, _LAST_STEP, _PATIENCE = 0.7, 1.5, 1e-3, 10


def greedy(savings: Savings, count: int) -> list[int]:
    """Return at most `count` sites, each the one that adds most to those before it; none that adds nothing."""
    sites: list[int] = []
    reached = np.zeros(len(savings.weight))
    for _ in range(count):
        added = savings.worth(reached)
        site = int(added.argmax()) if len(added) else -1
        if site < 0 or added[site] <= 0:
            break
        sites.append(site)
        reached = np.maximum(reached, savings.column(site))
    return sites


def improved(savings: Savings, sites: Sequence[int], watch: Watch) -> list[int]:
    """Return the sites after exchanging one at a time for a better one, for as long as that helps."""
    kept = list(sites)
    two = TwoBest.of(savings, kept)
    best = float(savings.weight @ two.best)
    for _ in range(_ROUNDS):
        before = best
        for at in range(len(kept)):
            if not watch.look(Step.IMPROVE):
                return kept
            others = two.without(at)
            site = int(savings.worth(others).argmax())
            value = float(savings.weight @ np.maximum(others, savings.column(site)))
            if value > best * (1 + EXACT):
                kept[at], best = site, value
                two = TwoBest.of(savings, kept)
        if best <= before * (1 + EXACT):
            break
    return kept


def shaken(savings: Savings, sites: Sequence[int], watch: Watch) -> list[int]:
    """Return the best of the sites and of what comes of exchanging some of them at random and improving the rest.

    The number of tries follows from the size, so that the same question has the same answer.
    """
    best, value = list(sites), savings.value(sites)
    random = np.random.default_rng(_SEED)
    size = len(savings.weight) * savings.candidates * max(1, len(best))
    for _ in range(min(_MOST_TRIES, _WORK // max(size, 1))):
        if not watch.look(Step.IMPROVE) or savings.candidates <= len(best):
            break
        kept = random.permutation(best)[: max(1, (2 * len(best)) // 3)]
        others = np.setdiff1d(np.arange(savings.candidates), kept)
        tried = improved(
            savings, [*kept.tolist(), *random.permutation(others)[: len(best) - len(kept)].tolist()], watch
        )
        if savings.value(tried) > value * (1 + EXACT):
            best, value = tried, savings.value(tried)
    return best


def fewer(savings: Savings, sites: Sequence[int], needed: float, watch: Watch) -> list[int]:
    """Return sites that still save what is needed after leaving out one at a time and exchanging the others."""
    kept = list(sites)
    while len(kept) > 1 and watch.look(Step.IMPROVE):
        two = TwoBest.of(savings, kept)
        lost = np.bincount(two.owner, weights=savings.weight * (two.best - two.second), minlength=len(kept))
        least = int(lost.argmin())
        tried = kept[:least] + kept[least + 1 :]
        if savings.value(tried) < needed:
            tried = improved(savings, tried, watch)
        if savings.value(tried) < needed:
            break
        kept = tried
    return kept


@dataclass(frozen=True, slots=True, eq=False)
class TwoBest:
    """What the best and the second best of some sites save each group, and the position of the best among them."""

    best: Floats
    second: Floats
    owner: Positions

    @classmethod
    def of(cls, savings: Savings, sites: Sequence[int]) -> TwoBest:
        """Return the two best of some sites."""
        best, second = np.zeros(len(savings.weight)), np.zeros(len(savings.weight))
        owner = np.zeros(len(savings.weight), dtype=np.int64)
        for at, site in enumerate(sites):
            column = savings.column(site)
            second = np.maximum(second, np.minimum(best, column))
            owner[column > best] = at
            best = np.maximum(best, column)
        return cls(best, second, owner)

    def without(self, at: int) -> Floats:
        """Return float64[n]: what the best saves when the one at a position is gone."""
        return np.where(self.owner == at, self.second, self.best)


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """No choice is worth more than `value`. `price` float64[n] and `worth` float64[m] are what proves it.

    `sites` is the best choice met on the way.
    """

    value: float
    price: Floats
    worth: Floats
    sites: list[int]

    def candidates_worth(self, count: int, value: float) -> Positions:
        """Return the candidates, in order, that a choice of `count` sites worth at least `value` may hold."""
        if count >= len(self.worth):
            return np.arange(len(self.worth))
        last = np.partition(self.worth, -count)[-count]
        return np.flatnonzero(self.value - last + self.worth >= value * (1 - EXACT))

    def candidates_sure(self, count: int, value: float) -> Positions:
        """Return the candidates, in order, that every choice of at most `count` sites worth at least `value` holds."""
        falling = np.sort(self.worth)[::-1]
        following = falling[count] if count < len(falling) else 0.0
        return np.flatnonzero(self.value - self.worth + following < value * (1 - EXACT))


def bounded(savings: Savings, count: int, sites: list[int], watch: Watch, *, steps: int = 250) -> Bound:
    """Return a bound on the worth of `count` sites, by prices that come down where sites overlap.

    Notes
    -----
    Every group i is given a price p_i for which it may be bought off: ``sum_i w_i p_i`` plus the `count` largest
    ``worth_j = sum_i w_i max(saving_ij - p_i, 0)`` is at least the worth of any choice (Lagrangian relaxation of
    "each group uses one site"; Cornuéjols, Fisher and Nemhauser 1977, doi 10.1287/mnsc.23.8.789). The prices are
    improved by a smoothed subgradient; large problems begin with the prices of merged groups.
    """
    start = TwoBest.of(savings, sites).second
    if len(savings.weight) > _COARSE:
        group, most = savings.nearest()
        _, group = np.unique(group, return_inverse=True)
        merged = savings.merged(group)
        found = _descend(merged, count, sites, watch, (TwoBest.of(merged, sites).second, steps))
        sites = _better(savings, sites, found.sites, watch)
        share = found.price - merged.nearest()[1]
        start = np.maximum(most + share[group], 0.0)
        steps //= 3
    return _descend(savings, count, sites, watch, (start, steps))


def _descend(savings: Savings, count: int, sites: list[int], watch: Watch, begin: tuple[Floats, int]) -> Bound:
    price, steps = begin
    weight, lowest, step, idle = savings.weight, np.inf, _FIRST_STEP, 0
    value = savings.value(sites)
    best = (price, savings.worth(price))
    direction: Floats | None = None
    for number in range(steps):
        worth = savings.worth(price)
        chosen = np.argpartition(-worth, count - 1)[:count] if count < len(worth) else np.arange(len(worth))
        total = float(weight @ price + worth[chosen].sum())
        if total < lowest * (1 - 1e-7):
            lowest, best, idle = total, (price, worth), 0
        else:
            idle += 1
        if idle >= _PATIENCE:
            step, idle, price, direction = step / 2, 0, best[0], None
            if len(weight) <= _COARSE or isinstance(savings, PairedSavings):
                sites = _better(savings, sites, np.argsort(-best[1], kind="stable")[:count].tolist(), watch)
                value = savings.value(sites)
        if step < _LAST_STEP or lowest <= value * (1 + EXACT) or not watch.look(Step.BOUND):
            break
        slope = np.ones(len(weight))
        for site in chosen:
            slope -= savings.column(int(site)) > price
        direction = _smoothed(direction, slope)
        size = float(weight @ direction**2)
        if number + 1 < steps and size > 0:
            price = np.maximum(price - step * (total - value) / size * direction, 0.0)
    return Bound(max(lowest, value), best[0], best[1], sites)


def _smoothed(before: Floats | None, slope: Floats) -> Floats:
    return slope if before is None else _SMOOTH * before + (1 - _SMOOTH) * slope


def _better(savings: Savings, sites: list[int], others: list[int], watch: Watch) -> list[int]:
    """Return the better of two choices, the second one improved if it comes near."""
    if set(others) == set(sites) or savings.value(others) < 0.9 * savings.value(sites):
        return sites
    tried = improved(savings, others, watch)
    return tried if savings.value(tried) > savings.value(sites) * (1 + EXACT) else sites
