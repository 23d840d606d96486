"""Chooses sites that together save most (MCLP and p-median), or the fewest that save enough (LSCP)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo.siting_rows import Covers, covers_of
from geo.siting_savings import PairedSavings, Positions, Savings
from geo.siting_search import EXACT, bounded, greedy, improved
from geo.siting_solver import Program, solve
from geo.siting_watch import Step, Watch

_AT_ONCE = 40_000  # members of sets up to which the whole model goes straight to the solver
_TOO_LARGE = 2_000_000  # members from which on no model is built; the bound by prices stands
_ROUNDS = 4
_ROUNDING = 1e-8  # as accurate as the solver is


@dataclass(frozen=True, slots=True)
class Choice:
    """Chosen candidates, in the order in which each adds most, what they are worth, and what no choice can beat.

    `value` equals `bound` when the choice is proven. Which of the two is larger depends on the model.
    """

    sites: tuple[int, ...]
    value: float
    bound: float


def most_saved(savings: Savings, count: int, watch: Watch) -> Choice:
    """Return at most `count` sites that together save most; fewer when more would add nothing.

    Notes
    -----
    A greedy choice is improved by exchanging sites. Prices (`siting_search.bounded`) then prove of most candidates
    that no better choice holds them, and the rest goes to HiGHS as ``min sum loss_P z_P`` with
    ``z_P + sum_{j in P} y_j >= 1`` and ``sum y_j <= count``: z_P says that no site of the set P is open. Groups with
    the same set share it, also where it is only the beginning of a list of nearest sites (Church 2003, COBRA). MCLP:
    Church and ReVelle 1974; p-median: Hakimi 1964.
    """
    watch.look(Step.PREPARE)
    count = min(count, savings.candidates)
    if count <= 0:
        return Choice((), 0.0, 0.0)
    sites = improved(savings, greedy(savings, count), watch)
    value = savings.value(sites)
    if len(sites) < count or not len(savings.weight):
        return Choice(in_order(savings, sites), value, value)
    covers = covers_of(savings, _AT_ONCE) if isinstance(savings, PairedSavings) else None
    if covers is not None:
        return _proven(savings, sites, covers, np.arange(savings.candidates), watch)
    reduced, left, bound, sites = _reduced(savings, count, sites, watch)
    value = savings.value(sites)
    covers = None if bound <= value * (1 + EXACT) else covers_of(reduced.pairs(), _TOO_LARGE)
    if covers is None:
        return _choice(savings, sites, bound)
    choice = _proven(savings, sites, covers, left, watch)
    return _choice(savings, choice.sites, min(bound, choice.bound))


def _reduced(
    savings: Savings, count: int, sites: list[int], watch: Watch
) -> tuple[Savings, Positions, float, list[int]]:
    """Return what is left of the candidates when prices have proven what they can, a bound, and the best sites."""
    left, bound = np.arange(savings.candidates), math.inf
    reduced = savings
    for _ in range(_ROUNDS):
        proof = bounded(reduced, count, np.searchsorted(left, sites).tolist(), watch)
        sites = sorted(int(left[site]) for site in proof.sites)
        value = savings.value(sites)
        bound = min(bound, max(proof.value, value))
        kept = np.union1d(left[proof.candidates_worth(count, value)], sites)
        is_smaller = len(kept) <= 0.8 * len(left)
        left, reduced = kept, savings.limited_to(kept)
        if not is_smaller or bound <= value * (1 + EXACT) or not watch.look(Step.BOUND):
            break
    return reduced, left, bound, sites


def _proven(savings: Savings, sites: list[int], covers: Covers, left: Positions, watch: Watch) -> Choice:
    """Return the optimum over the candidates that are left, or the sites when nothing better is found in time."""
    sets, total = len(covers.loss), float(covers.loss.sum())
    candidates, count = len(left), len(sites)
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
    solved = solve(program, watch)
    found = sites if solved.x is None else left[np.flatnonzero(solved.x[:candidates] > 0.5)].tolist()
    return _choice(savings, max((list(sites), found), key=savings.value), total - solved.bound / scale)


def _choice(savings: Savings, sites: Sequence[int], bound: float) -> Choice:
    """Return a choice; a bound that only rounding holds apart from its value is the value."""
    value = savings.value(sites)
    return Choice(in_order(savings, sites), value, value if bound <= value * (1 + _ROUNDING) else bound)


def in_order(savings: Savings, sites: Sequence[int]) -> tuple[int, ...]:
    """Return sites so that each adds most to those before it; the least number first among equals."""
    waiting, ordered = sorted(sites), []
    reached = np.zeros(len(savings.weight))
    while waiting:
        added = [float(savings.weight @ np.maximum(savings.column(site) - reached, 0.0)) for site in waiting]
        site = waiting.pop(int(np.argmax(added)))
        ordered.append(site)
        reached = np.maximum(reached, savings.column(site))
    return tuple(ordered)


def fewest(savings: Savings, needed: float, watch: Watch) -> Choice:
    """Return the fewest sites that save at least `needed`, and of those choices one that saves most.

    `value` is the number of sites, `bound` a number below which it is impossible.

    Notes
    -----
    Location set covering (Toregas and others 1971) for a share of the demand: the smallest number for which the most
    that can be saved suffices, found by halving between a greedy choice and what one set of prices rules out.
    Asking for more than all candidates save gives all that is possible.
    """
    watch.look(Step.PREPARE)
    everything = greedy(savings, savings.candidates)
    needed = min(needed, savings.value(everything)) * (1 - EXACT)
    if needed <= 0:
        return Choice((), 0.0, 0.0)
    best = _first_enough(savings, everything, needed)
    impossible = _ruled_out(savings, best, needed, watch)
    low = impossible + 1
    while low < len(best) and watch.look(Step.PROVE):
        middle = (low + len(best)) // 2
        found = most_saved(savings, middle, watch)
        if found.value >= needed:
            best = list(found.sites)
        else:
            low = middle + 1
            impossible = max(impossible, middle if found.bound < needed else 0)
    most = most_saved(savings, len(best), watch).sites if watch.look(Step.PROVE) else in_order(savings, best)
    return Choice(most, float(len(most)), float(min(impossible + 1, len(most))))


def _first_enough(savings: Savings, sites: Sequence[int], needed: float) -> list[int]:
    """Return the first so many sites that save enough."""
    reached = np.zeros(len(savings.weight))
    for count, site in enumerate(sites, start=1):
        reached = np.maximum(reached, savings.column(site))
        if float(savings.weight @ reached) >= needed:
            return list(sites[:count])
    return list(sites)


def _ruled_out(savings: Savings, sites: list[int], needed: float, watch: Watch) -> int:
    """Return a number of sites that cannot save enough: the prices of one bound hold for every number."""
    proof = bounded(savings, len(sites), sites, watch)
    most = float(savings.weight @ proof.price) + np.cumsum(-np.sort(-proof.worth))
    return int(np.searchsorted(most, needed))
