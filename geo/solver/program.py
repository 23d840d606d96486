"""Integer programs and their answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.arrays import Floats, Rows64


@dataclass(frozen=True, eq=False, kw_only=True)
class Program:
    """Minimise ``cost @ x`` so that every row ``low <= A x <= high``, ``0 <= x <= most``, whole where it must be.

    The search ends once the best answer is proven to be within a part `gap` of the optimum, or `most_nodes` branches
    were looked at. A is given by rows: `starts` int64[rows + 1], `column` int64[terms], `factor` float64[terms].
    """

    cost: Floats
    starts: Rows64
    column: Rows64
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
    branches that were allowed; `nodes` branches were looked at. `prices` float64[rows] say by how much the least cost
    rises with each row; only without whole numbers.
    """

    x: Floats | None
    bound: float
    is_impossible: bool = False
    is_done: bool = False
    nodes: int = 0
    prices: Floats | None = None
