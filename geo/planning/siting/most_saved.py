"""Choose the sites that together save most (MCLP and p-median).

MCLP (Church and ReVelle 1974) and p-median (Hakimi 1964) are one model on savings: ``min sum_P loss_P z_P`` with
``z_P + sum_{j in P} y_j >= 1`` and ``sum_j y_j <= count``, where z_P says that no site of the set P is open. Groups
with the same set share it, also where it is only the beginning of a list of nearest sites (COBRA; Church 2003). HiGHS
proves the optimum. Where the model is too large, as that of p-median mostly is, prices (`price_bound`) first prove of
most candidates that no better choice holds them.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.arrays import Rows64
from geo.planning.siting.covers import Covers, covers_of
from geo.planning.siting.local_search import EXACT, greedy, improved, shaken
from geo.planning.siting.price_bound import bounded
from geo.planning.siting.savings import PairedSavings, Savings
from geo.solver.attempts import solve_unless_stopped
from geo.solver.control import SearchControl, Step
from geo.solver.effort import Effort
from geo.solver.program import Program

_AT_ONCE = 40_000  # members of sets up to which the whole model goes straight to the solver
_EFFORT = 8_000_000
TOO_LARGE = 2_000_000  # members from which on no model is built; the bound by prices stands
_STEPS = (250, 2000, 2000, 2000)  # of each round of prices: few while there are many candidates
_ROUNDING = 1e-8  # as accurate as the solver is


@dataclass(frozen=True, slots=True)
class SiteChoice:
    """Chosen candidates, in the order in which each adds most, what they are worth, and what no choice can beat.

    `value` equals `bound` when the choice is proven. Which of the two is larger depends on the model.
    """

    sites: tuple[int, ...]
    value: float
    bound: float


def most_saved(savings: Savings, count: int, control: SearchControl) -> SiteChoice:
    """Return at most `count` sites that together save most; fewer when more would add nothing.

    Raises
    ------
    CancelledError
        The search was told to stop before it began; later on, the best choice by then is returned.
    """
    control.check(Step.PREPARE)
    count = min(count, savings.candidates)
    if count <= 0:
        return SiteChoice((), 0.0, 0.0)
    sites = improved(savings, greedy(savings, count), control)
    value = savings.value(sites)
    if len(sites) < count or not len(savings.weight):
        return SiteChoice(in_order(savings, sites), value, value)
    covers = covers_of(savings, _AT_ONCE) if isinstance(savings, PairedSavings) else None
    if covers is not None:
        whole = _Left(savings, np.arange(savings.candidates), [], sites, savings.most)
        return _proven(savings, whole, covers, control)
    left = _reduced(savings, count, sites, control)
    sites, value = left.sites, savings.value(left.sites)
    covers = None if left.bound <= value * (1 + EXACT) else covers_of(left.savings.pairs(), TOO_LARGE)
    if covers is None:
        return _choice(savings, sites, left.bound)
    return _proven(savings, left, covers, control)


@dataclass(frozen=True, slots=True, eq=False)
class _Left:
    """What is left of a problem: every choice worth at least the best one, `sites`, holds all that are `sure`.

    The others of it are `candidates`; `savings` is what these save beyond those. No choice is worth more than `bound`.
    """

    savings: Savings
    candidates: Rows64
    sure: list[int]
    sites: list[int]
    bound: float

    @property
    def open_sites(self) -> list[int]:
        """The positions among the candidates of the sites that are not sure."""
        return [int(at) for at in np.searchsorted(self.candidates, np.setdiff1d(self.sites, self.sure))]

    def with_sites(self, open_sites: Sequence[int]) -> list[int]:
        """Return what is sure together with sites given by their positions among the candidates."""
        return sorted([*self.sure, *(int(self.candidates[at]) for at in open_sites)])


def _reduced(savings: Savings, count: int, sites: list[int], control: SearchControl) -> _Left:
    """Return what is left when prices have proven what they can, with the best choice met on the way."""
    left = _Left(savings, np.arange(savings.candidates), [], sites, savings.most)
    for steps in _STEPS:
        free = count - len(left.sure)
        proof = bounded(left.savings, free, left.open_sites, control, steps=steps)
        sites, given = left.with_sites(proof.sites), savings.value(left.sure)
        value = savings.value(sites)
        bound = min(left.bound, max(proof.value + given, value))
        found = left.candidates[proof.candidates_sure(free, value - given)]
        sure = [*left.sure, *np.intersect1d(found, sites).tolist()]
        kept = np.union1d(left.candidates[proof.candidates_worth(free, value - given)], sites)
        kept = np.setdiff1d(kept, sure)
        is_smaller = len(sure) > len(left.sure) or len(kept) <= 0.8 * len(left.candidates)
        left = _Left(savings.limited_to(kept, savings.best(sure)), kept, sure, sites, bound)
        if len(sure) == count:
            return replace(left, bound=value)
        if steps == _STEPS[0]:
            left = replace(left, sites=left.with_sites(shaken(left.savings, left.open_sites, control)))
        is_settled = steps == _STEPS[-1] and not is_smaller
        if is_settled or bound <= savings.value(left.sites) * (1 + EXACT) or not control.may_go_on(Step.BOUND):
            break
    return left


def _proven(savings: Savings, left: _Left, covers: Covers, control: SearchControl) -> SiteChoice:
    """Return the optimum over what is left, or its sites when nothing better is found."""
    sets, total = len(covers.loss), float(covers.loss.sum())
    candidates, count = len(left.candidates), len(left.open_sites)
    terms = np.concatenate((covers.column, np.arange(candidates), candidates + np.arange(sets)))
    rows = np.concatenate((np.repeat(np.arange(sets), np.diff(covers.starts)), np.full(candidates, sets)))
    rows = np.concatenate((rows, np.arange(sets)))
    order = np.argsort(rows, kind="stable")
    scale = 1e4 / total
    program = Program(
        cost=np.concatenate((np.zeros(candidates), covers.loss * scale)),
        starts=np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=sets + 1)))).astype(np.int64),
        column=terms[order],
        factor=np.ones(len(terms)),
        low=np.concatenate((np.ones(sets), [-np.inf])),
        high=np.concatenate((np.full(sets, np.inf), [float(count)])),
        most=np.ones(candidates + sets),
        is_whole=np.arange(candidates + sets) < candidates,
    )
    solved = solve_unless_stopped(Effort(_EFFORT).bound(program), control)
    found = left.sites if solved.x is None else left.with_sites(np.flatnonzero(solved.x[:candidates] > 0.5).tolist())
    bound = min(left.bound, savings.value(left.sure) + total - solved.bound / scale)
    return _choice(savings, max((left.sites, found), key=savings.value), bound)


def _choice(savings: Savings, sites: Sequence[int], bound: float) -> SiteChoice:
    """Return a choice; a bound that only rounding holds apart from its value is the value."""
    value = savings.value(sites)
    return SiteChoice(in_order(savings, sites), value, value if bound <= value * (1 + _ROUNDING) else bound)


def in_order(savings: Savings, sites: Sequence[int]) -> tuple[int, ...]:
    """Return sites so that each adds most to those before it; the least number first among equals."""
    ordered: list[int] = []
    reached = np.zeros(len(savings.weight))

    def added(site: int) -> float:
        return float(savings.weight @ np.maximum(savings.column(site) - reached, 0.0))

    waiting = [(-added(site), site) for site in sites]
    heapq.heapify(waiting)
    while waiting:
        _, site = heapq.heappop(waiting)
        now = (-added(site), site)  # what a site adds only becomes less, so that the first that stays first is the one
        if waiting and now > waiting[0]:
            heapq.heappush(waiting, now)
            continue
        ordered.append(site)
        reached = np.maximum(reached, savings.column(site))
    return tuple(ordered)
