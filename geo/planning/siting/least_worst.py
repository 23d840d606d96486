"""Choose sites so that the worst distance is as short as possible (p-center).

The worst distance is one of the distances. Between what every group has at best and what a greedy choice gives,
distances are tried by halving: can `count` sites bring every group within it? Each try is a set covering problem over
the groups that matter, to which those left too far by its answer are added until none is or it is impossible (Hakimi
1965; Minieka 1970, doi 10.1137/1012016). A try that is impossible raises the bound, one that succeeds is a better
choice. Where a try takes too much work, better choices are looked for above it first, and then it is tried with more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.arrays import Flags, Floats
from geo.planning.siting.most_saved import SiteChoice
from geo.solver.attempts import solve_unless_stopped
from geo.solver.control import SearchControl, Step
from geo.solver.effort import Effort
from geo.solver.program import Program

_CLOSE = 0.01
_EFFORT, _FIRST_TRY = 12_000_000, 1_500_000
_AT_A_TIME = 40  # groups that are taken into the model together


def least_worst(distance: Floats, base: Floats, count: int, control: SearchControl) -> SiteChoice:
    """Return at most `count` sites for which the farthest group has the shortest way.

    Parameters
    ----------
    distance : float64[n, m]
        From each group to each candidate, in metres, weighed or not.
    base : float64[n]
        To what is there already; infinite without.

    Notes
    -----
    `value` and `bound` are distances.

    Raises
    ------
    CancelledError
        The search was told to stop before it began; later on, the best choice by then is returned.
    """
    control.check(Step.PREPARE)
    open_to = np.minimum(distance, base[:, None]) if distance.size else base[:, None]
    least = float(open_to.min(axis=1).max(initial=0.0))
    sites = _farthest_first(open_to, base, count)
    worst = _worst(open_to, base, sites)
    low = least if count > 0 else worst
    rows: list[int] = [int(base.argmax())] if len(base) else []
    tried, most, left = low, float(_FIRST_TRY), float(_EFFORT)
    while low < worst and left > 0 and control.may_go_on(Step.PROVE):
        if low < tried and tried >= worst * (1 - _CLOSE):
            tried, most = low, 2 * most
        middle = tried + (worst - tried) / 2
        middle = tried if middle >= worst else middle  # neighbours among numbers have no middle
        effort = Effort(min(most, left))
        left -= effort.left
        found, is_impossible = _within(_Ways(open_to, base, count, rows), middle, effort, control)
        left += effort.left
        if found is not None:
            sites, worst = found, _worst(open_to, base, found)
        elif is_impossible:
            beyond = open_to[open_to > middle]
            tried = low = min(worst, float(beyond.min(initial=worst)), float(base[base > middle].min(initial=worst)))
        else:
            tried = middle
    return SiteChoice(tuple(sites), worst, min(low, worst))


def _worst(open_to: Floats, base: Floats, sites: list[int]) -> float:
    nearest = np.minimum(base, open_to[:, sites].min(axis=1, initial=np.inf))
    return float(nearest.max(initial=0.0))


def _farthest_first(open_to: Floats, base: Floats, count: int) -> list[int]:
    """Return sites, each the one that serves best whoever has the longest way yet."""
    sites: list[int] = []
    nearest = base.copy()
    for _ in range(count):
        site = int(open_to[int(nearest.argmax())].argmin())
        if site in sites:
            break
        sites.append(site)
        nearest = np.minimum(nearest, open_to[:, site])
    return sites


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """Distances, the number of sites, and the groups of the model, which grow from try to try."""

    open_to: Floats
    base: Floats
    count: int
    rows: list[int]


def _within(ways: _Ways, reach: float, effort: Effort, control: SearchControl) -> tuple[list[int] | None, bool]:
    """Return sites that bring every group within reach, or None and whether that is proven impossible."""
    open_to, base, rows = ways.open_to, ways.base, ways.rows
    while effort.left > 0 and control.may_go_on(Step.PROVE):
        needy = [row for row in rows if base[row] > reach]
        sites, is_impossible = _cover(open_to[needy] <= reach, ways.count, effort, control) if needy else ([], False)
        if sites is None:
            return None, is_impossible
        nearest = np.minimum(base, open_to[:, sites].min(axis=1, initial=np.inf))
        if nearest.max(initial=0.0) <= reach:
            return sites, False
        rows += _scattered(open_to, nearest, reach)
    return None, False


def _scattered(open_to: Floats, nearest: Floats, reach: float) -> list[int]:
    """Return groups that are too far, the farthest first, that have few candidates in common."""
    chosen: list[int] = []
    taken = np.zeros(open_to.shape[1], dtype=np.bool_)
    for row in np.argsort(-nearest, kind="stable")[: int((nearest > reach).sum())]:
        near = open_to[row] <= reach
        if not (near & taken).any():
            chosen.append(int(row))
            taken |= near
        if len(chosen) == _AT_A_TIME:
            break
    return chosen


def _cover(is_near: Flags, count: int, effort: Effort, control: SearchControl) -> tuple[list[int] | None, bool]:
    """Return at most `count` candidates that touch every row, or None and whether that is proven impossible.

    Any will do: few are looked for because that leads the solver, but it may stop at the first choice it finds.
    """
    rows, columns = np.nonzero(is_near)
    if len(np.unique(rows)) < len(is_near):
        return None, True
    useful, column = np.unique(columns, return_inverse=True)
    every = np.arange(len(useful))
    program = Program(
        cost=np.ones(len(useful)),
        starts=np.append(np.searchsorted(rows, np.arange(len(is_near) + 1)), len(rows) + len(useful)).astype(np.int64),
        column=np.concatenate((column, every)).astype(np.int64),
        factor=np.ones(len(column) + len(useful)),
        low=np.append(np.ones(len(is_near)), -np.inf),
        high=np.append(np.full(len(is_near), np.inf), float(count)),
        most=np.ones(len(useful)),
        is_whole=np.ones(len(useful), dtype=np.bool_),
        gap=1.0,
    )
    solved = solve_unless_stopped(effort.bound(program), control)
    effort.spend(program, solved)
    if solved.x is None:
        return None, solved.is_impossible
    return [int(site) for site in useful[solved.x > 0.5]], False
