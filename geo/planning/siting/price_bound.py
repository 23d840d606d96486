"""Lagrangian bound of p-median, by subgradient steps.

Every group i is given a price p_i for which it may be bought off. ``sum_i w_i p_i`` plus the `count` largest
``worth_j = sum_i w_i max(saving_ij - p_i, 0)`` is at least the worth of any choice: it relaxes "each group uses one
site" (Cornuéjols, Fisher and Nemhauser 1977, doi 10.1287/mnsc.23.8.789). At the best prices it is as good as the model
without whole numbers, and it says of each candidate whether a better choice can hold it, or must. The number of steps
is fixed by the size of the problem.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.arrays import Floats, Rows64
from geo.planning.siting.local_search import EXACT, TwoBest, improved
from geo.planning.siting.savings import PairedSavings, Savings
from geo.solver.control import SearchControl, Step

_COARSE = 2_000  # groups from which on prices are first looked for on merged groups
_FEWEST_STEPS, _MOST_CELLS = 100, 6_000_000_000  # of savings, looked at once a step
_SMOOTH, _FIRST_STEP, _LAST_STEP, _PATIENCE = 0.7, 1.5, 1e-3, 10


@dataclass(frozen=True, slots=True, eq=False)
class PriceBound:
    """No choice is worth more than `value`. `price` float64[n] and `worth` float64[m] are what proves it.

    `sites` is the best choice met on the way.
    """

    value: float
    price: Floats
    worth: Floats
    sites: list[int]

    def candidates_worth(self, count: int, value: float) -> Rows64:
        """Return the candidates, in order, that a choice of `count` sites worth at least `value` may hold."""
        if count >= len(self.worth):
            return np.arange(len(self.worth))
        last = np.partition(self.worth, -count)[-count]
        return np.flatnonzero(self.value - last + self.worth >= value * (1 - EXACT))

    def candidates_sure(self, count: int, value: float) -> Rows64:
        """Return the candidates, in order, that every choice of at most `count` sites worth at least `value` holds."""
        falling = np.sort(self.worth)[::-1]
        following = falling[count] if count < len(falling) else 0.0
        return np.flatnonzero(self.value - self.worth + following < value * (1 - EXACT))


def bounded(savings: Savings, count: int, sites: list[int], control: SearchControl, *, steps: int = 250) -> PriceBound:
    """Return a bound on the worth of `count` sites, by prices that come down where sites overlap.

    Notes
    -----
    The prices are improved by a smoothed subgradient; large problems begin with the prices of merged groups.
    """
    steps = min(steps, max(_FEWEST_STEPS, _MOST_CELLS // max(1, savings.size)))
    start = TwoBest.of(savings, sites).second
    if len(savings.weight) > _COARSE:
        group, most = savings.nearest()
        _, group = np.unique(group, return_inverse=True)
        merged = savings.merged(group)
        found = _descend(merged, count, sites, control, (TwoBest.of(merged, sites).second, steps))
        sites = _better(savings, sites, found.sites, control)
        share = found.price - merged.nearest()[1]
        start = np.maximum(most + share[group], 0.0)
        steps //= 3
    return _descend(savings, count, sites, control, (start, steps))


def _descend(
    savings: Savings, count: int, sites: list[int], control: SearchControl, begin: tuple[Floats, int]
) -> PriceBound:
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
                sites = _better(savings, sites, np.argsort(-best[1], kind="stable")[:count].tolist(), control)
                value = savings.value(sites)
        if step < _LAST_STEP or lowest <= value * (1 + EXACT) or not control.may_go_on(Step.BOUND):
            break
        slope = np.ones(len(weight))
        for site in chosen:
            slope -= savings.column(int(site)) > price
        direction = _smoothed(direction, slope)
        size = float(weight @ direction**2)
        if number + 1 < steps and size > 0:
            price = np.maximum(price - step * (total - value) / size * direction, 0.0)
    return PriceBound(max(lowest, value), best[0], best[1], sites)


def _smoothed(before: Floats | None, slope: Floats) -> Floats:
    return slope if before is None else _SMOOTH * before + (1 - _SMOOTH) * slope


def _better(savings: Savings, sites: list[int], others: list[int], control: SearchControl) -> list[int]:
    """Return the better of two choices, the second one improved if it comes near."""
    if set(others) == set(sites) or savings.value(others) < 0.9 * savings.value(sites):
        return sites
    tried = improved(savings, others, control)
    return tried if savings.value(tried) > savings.value(sites) * (1 + EXACT) else sites
