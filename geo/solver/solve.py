"""Solve a program, in a process of its own as soon as it takes long."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from geo.solver.child_process import in_a_process
from geo.solver.control import Step, Watch
from geo.solver.highs import run
from geo.solver.program import Program, Solved

AT_ONCE_S = 1.0
"""What takes no longer than this is solved without a process of its own."""
_LARGE = 100_000  # terms of the matrix from which on a first try is not worth it


def solve(program: Program, watch: Watch) -> Solved:
    """Return the optimum of a program, or what is known when the time of the watch is over.

    Raises
    ------
    CancelledError
        The watch was told to stop; a process that was working is ended at once.
    """
    if not watch.look(Step.PROVE):
        return Solved(None, -np.inf)
    found = _solved(program, watch)
    if not (found.is_done or _is_proven(program, found)):
        watch.note_late()
    return found


def _solved(program: Program, watch: Watch) -> Solved:
    first = Solved(None, -np.inf)
    if len(program.column) <= _LARGE or watch.left_s <= AT_ONCE_S:
        first = run(program, min(AT_ONCE_S, watch.left_s))
        if first.is_done or watch.left_s <= AT_ONCE_S or _is_proven(program, first):
            return first
    later = in_a_process(program, watch)
    bound = max(first.bound, later.bound)
    if later.x is None and not later.is_done:
        return replace(first, bound=bound)
    return replace(later, bound=bound)


def _is_proven(program: Program, solved: Solved) -> bool:
    """Whether it is as good as proven; never where it matters that an answer does not depend on when time was over."""
    if solved.x is None or not np.isfinite(solved.bound) or program.most_nodes is not None:
        return False
    value = float(program.cost @ solved.x)
    return value - solved.bound <= max(1e-6, program.gap) * max(1.0, abs(value))
