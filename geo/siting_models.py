"""Chooses sites that together save most (MCLP and p-median), or the fewest that save enough (LSCP)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.siting_rows import Covers, covers_of
from geo.siting_savings import PairedSavings, Positions, Savings
from geo.siting_search import EXACT, bounded, fewer, greedy, improved, shaken
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


def most_saved(savings: Savings, count: int, watch: Watch, *, remains_of: float | None = None) -> Choice:
    """Return at most `count` sites that together save most; fewer when more would add nothing.

    With `remains_of`, what counts is how little remains of it: then a gap is a part of that, not of what is saved.

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
    gap = (bound - value) / (bound if remains_of is None else max(remains_of - value, EXACT))
    choice = _proven(savings, sites, covers, left, watch.for_gap(gap))
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
        found = shaken(reduced, np.searchsorted(left, sites).tolist(), watch)
        sites = sorted(int(left[site]) for site in found)
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
    """Return the fewest sites that save at least `needed`; `value` is their number, `bound` the least possible one.

    Notes
    -----
    Location set covering (Toregas and others 1971) for a part of the demand. A greedy choice is thinned out by leaving
    out and exchanging sites. The program without whole numbers rules out what is too few for certain; HiGHS looks for
    a choice between the two: ``min sum y_j`` with ``z_P + sum_{j in P} y_j >= 1`` and losses ``sum loss_P z_P`` of at
    most what may be missed. Asking for more than all candidates save gives all that is possible.
    """
    watch.look(Step.PREPARE)
    everything = greedy(savings, savings.candidates)
    needed = min(needed, savings.value(everything)) * (1 - EXACT)
    if needed <= 0:
        return Choice((), 0.0, 0.0)
    shorter = replace(watch, limit_s=min(watch.limit_s, watch.elapsed_s + watch.left_s / 4))
    best = fewer(savings, _first_enough(savings, everything, needed), needed, shorter)
    covers, least = covers_of(savings.pairs(), _TOO_LARGE), 1
    if covers is not None and watch.look(Step.BOUND):
        program = _fewest_program(covers, needed, (1, len(best)))
        least = max(1, _whole(solve(replace(program, is_whole=np.zeros_like(program.is_whole)), watch).bound))
    if covers is not None and least < len(best) and watch.look(Step.PROVE):
        solved = solve(_fewest_program(covers, needed, (least, len(best) - 1)), watch)
        found = [] if solved.x is None else np.flatnonzero(solved.x[: savings.candidates] > 0.5).tolist()
        best = found if found and savings.value(found) >= needed else best
        least = max(least, len(best) if solved.is_impossible else _whole(solved.bound))
    best = improved(savings, best, watch)
    return Choice(in_order(savings, best), float(len(best)), float(min(least, len(best))))


def _whole(bound: float) -> int:
    """Return the least whole number that is not below a bound, with the accuracy of the solver."""
    return math.ceil(bound - 1e-6) if math.isfinite(bound) else 0


def _fewest_program(covers: Covers, needed: float, between: tuple[int, int]) -> Program:
    """Return the program for fewest sites; only numbers of sites `between` two, both included, are looked at."""
    sets, candidates, total = len(covers.loss), covers.candidates, float(covers.loss.sum())
    scale = 1e4 / total
    missed = candidates + np.arange(sets)
    rows = (np.repeat(np.arange(sets), np.diff(covers.starts)), np.arange(sets), np.full(sets, sets))
    row = np.concatenate((*rows, np.full(candidates, sets + 1)))
    column = np.concatenate((covers.column, missed, missed, np.arange(candidates)))
    factor = np.concatenate((np.ones(len(covers.column) + sets), covers.loss * scale, np.ones(candidates)))
    order = np.argsort(row, kind="stable")
    low, high = between
    return Program(
        cost=np.concatenate((np.ones(candidates), np.zeros(sets))),
        starts=np.concatenate(([0], np.cumsum(np.bincount(row, minlength=sets + 2)))).astype(np.int64),
        column=column[order],
        factor=factor[order],
        low=np.concatenate((np.ones(sets), [-np.inf, float(low)])),
        high=np.concatenate((np.full(sets, np.inf), [(total - needed) * scale, float(high)])),
        most=np.ones(candidates + sets),
        is_whole=np.arange(candidates + sets) < candidates,
    )


def _first_enough(savings: Savings, sites: Sequence[int], needed: float) -> list[int]:
    """Return the first so many sites that save enough."""
    reached = np.zeros(len(savings.weight))
    for count, site in enumerate(sites, start=1):
        reached = np.maximum(reached, savings.column(site))
        if float(savings.weight @ reached) >= needed:
            return list(sites[:count])
    return list(sites)
