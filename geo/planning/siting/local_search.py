"""Greedy start, exchanges and shakes for a choice of sites.

Greedy takes the site that adds most, again and again. Exchanges put one site elsewhere while that helps (Teitz and Bart
1968, doi 10.1287/opre.16.5.955); shakes do so from choices changed at random, with a fixed seed. They prove nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.arrays import Floats, Rows64
from geo.planning.siting.savings import Savings
from geo.solver.control import SearchControl, Step

EXACT = 1e-9
"""Differences below this part of a value come from rounding and are none."""
_ROUNDS = 30
_MOST_EXCHANGES = 6_000_000_000  # cells of savings looked at while sites are left out
_SEED, _MOST_TRIES, _WORK = 2013, 30, 80_000_000


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


def improved(savings: Savings, sites: Sequence[int], control: SearchControl) -> list[int]:
    """Return the sites after exchanging one at a time for a better one, for as long as that helps."""
    return _exchanged(savings, sites, control)[0]


def _exchanged(savings: Savings, sites: Sequence[int], control: SearchControl) -> tuple[list[int], int]:
    """Return improved sites, and the cells of savings that were looked at."""
    kept, looked = list(sites), 0
    two = TwoBest.of(savings, kept)
    best = float(savings.weight @ two.best)
    for _ in range(_ROUNDS):
        before = best
        for at in range(len(kept)):
            if not control.may_go_on(Step.IMPROVE):
                return kept, looked
            others = two.without(at)
            looked += savings.size
            site = int(savings.worth(others).argmax())
            value = float(savings.weight @ np.maximum(others, savings.column(site)))
            if value > best * (1 + EXACT):
                kept[at], best = site, value
                two = TwoBest.of(savings, kept)
        if best <= before * (1 + EXACT):
            break
    return kept, looked


def shaken(savings: Savings, sites: Sequence[int], control: SearchControl) -> list[int]:
    """Return the best of the sites and of what comes of exchanging some of them at random and improving the rest.

    The number of tries follows from the size, so that the same question has the same answer.
    """
    best, value = list(sites), savings.value(sites)
    random = np.random.default_rng(_SEED)
    size = len(savings.weight) * savings.candidates * max(1, len(best))
    for _ in range(min(_MOST_TRIES, _WORK // max(size, 1))):
        if not control.may_go_on(Step.IMPROVE) or savings.candidates <= len(best):
            break
        kept = random.permutation(best)[: max(1, (2 * len(best)) // 3)]
        others = np.setdiff1d(np.arange(savings.candidates), kept)
        tried = improved(
            savings, [*kept.tolist(), *random.permutation(others)[: len(best) - len(kept)].tolist()], control
        )
        if savings.value(tried) > value * (1 + EXACT):
            best, value = tried, savings.value(tried)
    return best


def fewer(savings: Savings, sites: Sequence[int], needed: float, control: SearchControl) -> list[int]:
    """Return sites that still save what is needed after leaving out one at a time and exchanging the others."""
    kept, looked = list(sites), 0
    while len(kept) > 1 and looked < _MOST_EXCHANGES and control.may_go_on(Step.IMPROVE):
        two = TwoBest.of(savings, kept)
        lost = np.bincount(two.owner, weights=savings.weight * (two.best - two.second), minlength=len(kept))
        least = int(lost.argmin())
        tried = kept[:least] + kept[least + 1 :]
        if savings.value(tried) < needed:
            tried, more = _exchanged(savings, tried, control)
            looked += more
        if savings.value(tried) < needed:
            break
        kept = tried
    return kept


@dataclass(frozen=True, slots=True, eq=False)
class TwoBest:
    """What the best and the second best of some sites save each group, and the position of the best among them."""

    best: Floats
    second: Floats
    owner: Rows64

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
