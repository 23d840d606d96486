"""Ask HiGHS through scipy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.solver.program import Program, Solved

if TYPE_CHECKING:
    from scipy import sparse


def run(program: Program, limit_s: float) -> Solved:
    """Return what HiGHS makes of a program in at most some seconds; it cannot be stopped meanwhile."""
    from scipy import sparse  # noqa: PLC0415  (heavy, and most commands do without)

    shape = (len(program.low), len(program.cost))
    matrix = sparse.csr_array((program.factor, program.column, program.starts), shape=shape)
    return (_mixed if program.is_whole.any() else _linear)(program, matrix, max(limit_s, 0.01))


_OPTIMAL, _LATE, _IMPOSSIBLE = 0, 1, 2  # of scipy.optimize; all other ends, a limit of branches too, need no clock


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
    return Solved(
        found,
        bound,
        is_impossible=answer.status == _IMPOSSIBLE,
        is_done=answer.status != _LATE,
        nodes=max(0, int(answer.mip_node_count or 0)),
    )


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
        return Solved(None, -np.inf, is_impossible=is_impossible, is_done=answer.status != _LATE)
    prices = np.zeros(len(program.low))
    prices[same] = answer.eqlin.marginals
    prices[at_most] += answer.ineqlin.marginals[: len(at_most)]
    prices[at_least] -= answer.ineqlin.marginals[len(at_most) :]
    return Solved(np.asarray(answer.x, dtype=np.float64), float(answer.fun), is_done=True, prices=prices)
