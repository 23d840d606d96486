"""Solve a program: a short attempt here, a child process when that takes too long.

Both attempts run the same program from its beginning, and HiGHS takes the same steps each time; so the clock decides
where an answer is found and never which. What bounds the search is `Program.most_nodes`; the clock is the last guard.
"""

from __future__ import annotations

import os

import numpy as np

from geo.solver.child_process import solve_in_child
from geo.solver.control import CancelledError, SearchControl, Step
from geo.solver.highs import run
from geo.solver.program import Program, Solved

AT_ONCE_S = 1.0
"""What takes no longer than this is solved without a process of its own, on a machine with nothing else to do."""
_MOST_PATIENCE = 4.0  # times as long on a busy one, where starting a process takes longer too
_LARGE = 100_000  # terms of the matrix from which on a first attempt is not worth it


def solve(program: Program, control: SearchControl) -> Solved:
    """Return the optimum of a program, or what its work or the last guard allows to know.

    Raises
    ------
    CancelledError
        The search was told to stop; a process that was working is ended at once.
    """
    if not control.check(Step.PROVE):
        return Solved(None, -np.inf)
    found = _attempted(program, control)
    if not found.is_done:
        control.mark_cut_short()
    return found


def solve_unless_stopped(program: Program, control: SearchControl) -> Solved:
    """Return what `solve` does; nothing when the search was told to stop."""
    try:
        return solve(program, control)
    except CancelledError:
        return Solved(None, -np.inf)


def _attempted(program: Program, control: SearchControl) -> Solved:
    if len(program.column) <= _LARGE or control.left_s <= AT_ONCE_S:
        limit_s = min(AT_ONCE_S * _patience(), control.left_s)
        first = run(program, limit_s)
        if first.is_done or control.left_s <= 0:
            return first
    return solve_in_child(program, control)


def _patience() -> float:
    """Return how many times longer than alone a program takes among all that wants to run now."""
    return min(_MOST_PATIENCE, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))
