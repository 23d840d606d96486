"""Solves integer programs with HiGHS, in a process of its own as soon as that takes long, so that it can be stopped."""

from __future__ import annotations

import pickle  # only between this program and the child it starts itself
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geo.errors import GeoError
from geo.watch import Step, Watch

if TYPE_CHECKING:
    from scipy import sparse

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]

AT_ONCE_S = 1.0
"""What takes no longer than this is solved without a process of its own."""
_LOOK_S = 0.05
_GRACE_S = 2.0  # for a solver that looks at its clock too seldom
_LARGE = 100_000  # terms of the matrix from which on a first try is not worth it


@dataclass(frozen=True, eq=False, kw_only=True)
class Program:
    """Minimise ``cost @ x`` so that every row ``low <= A x <= high``, ``0 <= x <= most``, whole where it must be.

    The search ends once the best answer is proven to be within a part `gap` of the optimum, or `most_nodes` branches
    were looked at. A is given by rows: `starts` int64[rows + 1], `column` int64[terms], `factor` float64[terms].
    """

    cost: Floats
    starts: Positions
    column: Positions
    factor: Floats
    low: Floats
    high: Floats
    most: Floats
    is_whole: npt.NDArray[np.bool_]
    gap: float = 1e-9
    most_nodes: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """`x` is the best answer found, None without any; no answer costs less than `bound` (minus infinity: unknown).

    `is_impossible` says that there is none, `is_done` that more time would change nothing: the end was reached, or all
    branches that were allowed. `prices` float64[rows] say by how much the least cost rises with each row; only without
    whole numbers.
    """

    x: Floats | None
    bound: float
    is_impossible: bool = False
    is_done: bool = False
    prices: Floats | None = None


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
    later = _in_a_process(program, watch)
    bound = max(first.bound, later.bound)
    if later.x is None and not later.is_done:
        return replace(first, bound=bound)
    return replace(later, bound=bound)


def run(program: Program, limit_s: float) -> Solved:
    """Return what HiGHS makes of a program in at most some seconds; it cannot be stopped meanwhile."""
    from scipy import sparse  # noqa: PLC0415  (heavy, and most commands do without)

    shape = (len(program.low), len(program.cost))
    matrix = sparse.csr_array((program.factor, program.column, program.starts), shape=shape)
    return (_mixed if program.is_whole.any() else _linear)(program, matrix, max(limit_s, 0.01))


_OPTIMAL, _IMPOSSIBLE, _OTHER = 0, 2, 4  # of scipy.optimize, where a limit of branches has no status of its own


def _mixed(program: Program, matrix: sparse.csr_array, limit_s: float) -> Solved:
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

    options: Any = {"time_limit": limit_s, "mip_rel_gap": program.gap}
    if program.most_nodes is not None:
        options["node_limit"] = program.most_nodes
    answer = milp(
        program.cost,
        integrality=program.is_whole.astype(np.uint8),
        bounds=Bounds(np.zeros(len(program.cost)), program.most),
        constraints=LinearConstraint(matrix, program.low, program.high),
        options=options,
    )
    bound = -np.inf if answer.mip_dual_bound is None else float(answer.mip_dual_bound)
    found = None if answer.x is None else np.asarray(answer.x, dtype=np.float64)
    is_done = answer.status in (_OPTIMAL, _IMPOSSIBLE) or (program.most_nodes is not None and answer.status == _OTHER)
    return Solved(found, bound, is_impossible=answer.status == _IMPOSSIBLE, is_done=is_done)


def _linear(program: Program, matrix: sparse.csr_array, limit_s: float) -> Solved:
    from scipy import sparse  # noqa: PLC0415
    from scipy.optimize import linprog  # noqa: PLC0415

    same = program.low == program.high
    at_most, at_least = np.flatnonzero((program.high < np.inf) & ~same), np.flatnonzero((program.low > -np.inf) & ~same)
    answer = linprog(  # type: ignore[call-overload]  # takes sparse matrices, which its types do not say
        program.cost,
        A_ub=sparse.vstack((matrix[at_most], -matrix[at_least]), format="csr"),
        b_ub=np.concatenate((program.high[at_most], -program.low[at_least])),
        A_eq=matrix[np.flatnonzero(same)],
        b_eq=program.low[same],
        bounds=np.column_stack((np.zeros(len(program.cost)), program.most)),
        method="highs",
        options={"time_limit": limit_s},
    )
    if answer.status != _OPTIMAL:
        is_impossible = answer.status == _IMPOSSIBLE
        return Solved(None, -np.inf, is_impossible=is_impossible, is_done=is_impossible)
    prices = np.zeros(len(program.low))
    prices[same] = answer.eqlin.marginals
    prices[at_most] += answer.ineqlin.marginals[: len(at_most)]
    prices[at_least] -= answer.ineqlin.marginals[len(at_most) :]
    return Solved(np.asarray(answer.x, dtype=np.float64), float(answer.fun), is_done=True, prices=prices)


def _is_proven(program: Program, solved: Solved) -> bool:
    """Whether it is as good as proven; never where it matters that an answer does not depend on when time was over."""
    if solved.x is None or not np.isfinite(solved.bound) or program.most_nodes is not None:
        return False
    value = float(program.cost @ solved.x)
    return value - solved.bound <= max(1e-6, program.gap) * max(1.0, abs(value))


def _in_a_process(program: Program, watch: Watch) -> Solved:
    """Solve in a Python of its own that is killed when the watch says stop."""
    command = [sys.executable, "-m", "geo.program_process"]
    folder = Path(__file__).resolve().parents[1]
    patient = replace(watch, limit_s=watch.limit_s + _GRACE_S)
    sent = pickle.dumps((program, time.monotonic() + watch.left_s))
    said: list[tuple[bytes, bytes]] = []
    ended = threading.Event()  # and not the end of the thread: an interrupted join takes that for over

    def talk() -> None:
        try:
            with suppress(OSError, ValueError):  # an impatient second interrupt closes the pipes meanwhile
                said.append(child.communicate(sent))
        finally:
            ended.set()

    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=folder) as child:  # noqa: S603  (ourselves)
        talker = threading.Thread(target=talk, daemon=True)
        try:
            talker.start()
            while not ended.is_set() and patient.look(Step.PROVE):
                ended.wait(_LOOK_S)
            is_late = not ended.is_set()
        finally:
            if child.poll() is None:
                child.kill()
            if talker.ident is not None:
                ended.wait()
    if is_late:
        return Solved(None, -np.inf)
    answer, complaint = said[0] if said else (b"", b"")
    if child.returncode != 0:
        reason = (complaint.decode(errors="replace").strip().splitlines() or [""])[-1]
        raise GeoError(f"The solver ended without an answer (status {child.returncode}): {reason}")
    found: Solved = pickle.loads(answer)  # noqa: S301  (from our own child)
    return found
