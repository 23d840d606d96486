"""Choose the fewest sites that save enough (LSCP).

Location set covering (Toregas and others 1971, doi 10.1287/opre.19.6.1363) for a part of the demand: ``min sum_j y_j``
with ``z_P + sum_{j in P} y_j >= 1`` and losses ``sum_P loss_P z_P`` of at most what may be missed. Without whole
numbers it proves what is too few, and leads to a choice that is thinned out by leaving out and exchanging sites. HiGHS
then looks for a better one and raises the bound; in a large problem first among the candidates of which, without whole
numbers, any part is open.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from geo.arrays import Rows64
from geo.planning.siting.covers import Covers, covers_of
from geo.planning.siting.local_search import EXACT, fewer, improved
from geo.planning.siting.most_saved import SiteChoice, in_order
from geo.planning.siting.savings import Savings
from geo.solver.attempts import solve_unless_stopped
from geo.solver.control import SearchControl, Step
from geo.solver.program import Program

_MOST_RELAXED = 300_000  # members of sets up to which the model without whole numbers is solved
_MANY = 35_000  # members from which on few candidates are looked at first
_MOST_WHOLE = 35_000  # members up to which all candidates are: the first branch alone takes HiGHS some 20 seconds
_MOST_NODES, _EFFORT = 2_000, 4e18  # the time of a branch, and of the first above all, grows steeply with the terms
_NEARLY_ONE = 0.999


def fewest(savings: Savings, needed: float, control: SearchControl) -> SiteChoice:
    """Return the fewest sites that save at least `needed`; `value` is their number, `bound` the least possible one.

    Asking for more than all candidates save gives all that is possible.

    Raises
    ------
    CancelledError
        The search was told to stop before it began; later on, the best choice by then is returned.
    """
    control.check(Step.PREPARE)
    every = np.arange(savings.candidates)
    needed = min(needed, savings.most) * (1 - EXACT)
    if needed <= 0:
        return SiteChoice((), 0.0, 0.0)
    covers, least, part = covers_of(savings.pairs(), _MOST_RELAXED), 1, np.zeros(savings.candidates)
    if covers is not None and control.may_go_on(Step.BOUND):
        program = _fewest_program(covers, needed, least)
        relaxed = solve_unless_stopped(replace(program, is_whole=np.zeros_like(program.is_whole)), control)
        least = max(least, _whole(relaxed.bound))
        part = part if relaxed.x is None else relaxed.x[: savings.candidates]
    enough = _enough(savings, np.flatnonzero(part > _NEARLY_ONE).tolist(), needed)
    best = fewer(savings, enough, needed, control)
    if covers is not None and len(covers.column) > _MANY and least < len(best):
        few = np.union1d(np.flatnonzero(part > 1 - _NEARLY_ONE), best)
        best, _ = _fewest_of(savings, few, needed, (best, least), control)
    if covers is not None and least < len(best):
        best, least = _fewest_of(savings, every, needed, (best, least), control)
    best = improved(savings, best, control)
    return SiteChoice(in_order(savings, best), float(len(best)), float(min(least, len(best))))


def _enough(savings: Savings, sites: list[int], needed: float) -> list[int]:
    """Return the sites and those that each add most to the ones before, until they save what is needed."""
    enough = list(sites)
    reached = savings.best(enough)
    while float(savings.weight @ reached) < needed:
        enough.append(int(savings.worth(reached).argmax()))
        reached = np.maximum(reached, savings.column(enough[-1]))
    return enough


def _fewest_of(
    savings: Savings,
    candidates: Rows64,
    needed: float,
    known: tuple[list[int], int],
    control: SearchControl,
) -> tuple[list[int], int]:
    """Return fewest sites among some candidates, and the least number of them that there can be.

    `known` is the best choice so far and a bound, which both stand when nothing better is found.
    """
    best, least = known
    pairs = savings.limited_to(candidates, np.zeros(len(savings.weight))).pairs()
    covers = covers_of(pairs, _MOST_WHOLE)
    if covers is None or not control.may_go_on(Step.PROVE):
        return known
    program = _fewest_program(covers, needed, least)
    nodes = max(1, min(_MOST_NODES, int(_EFFORT / len(program.column) ** 4)))
    solved = solve_unless_stopped(replace(program, most_nodes=nodes), control)
    found = [] if solved.x is None else candidates[solved.x[: len(candidates)] > 0.5].tolist()
    is_better = 0 < len(found) < len(best) and savings.value(found) >= needed
    return found if is_better else best, max(least, _whole(solved.bound))


def _whole(bound: float) -> int:
    """Return the least whole number that is not below a bound, with the accuracy of the solver."""
    return math.ceil(bound - 1e-6) if math.isfinite(bound) else 0


def _fewest_program(covers: Covers, needed: float, least: int) -> Program:
    """Return the program for fewest sites, when it is known that at least so many are needed."""
    sets, candidates, total = len(covers.loss), covers.candidates, float(covers.loss.sum())
    scale = 1e4 / total
    missed = candidates + np.arange(sets)
    rows = (np.repeat(np.arange(sets), np.diff(covers.starts)), np.arange(sets), np.full(sets, sets))
    row = np.concatenate((*rows, np.full(candidates, sets + 1)))
    column = np.concatenate((covers.column, missed, missed, np.arange(candidates)))
    factor = np.concatenate((np.ones(len(covers.column) + sets), covers.loss * scale, np.ones(candidates)))
    order = np.argsort(row, kind="stable")
    return Program(
        cost=np.concatenate((np.ones(candidates), np.zeros(sets))),
        starts=np.concatenate(([0], np.cumsum(np.bincount(row, minlength=sets + 2)))).astype(np.int64),
        column=column[order],
        factor=factor[order],
        low=np.concatenate((np.ones(sets), [-np.inf, float(least)])),
        high=np.concatenate((np.full(sets, np.inf), [(total - needed) * scale, np.inf])),
        most=np.ones(candidates + sets),
        is_whole=np.arange(candidates + sets) < candidates,
    )
