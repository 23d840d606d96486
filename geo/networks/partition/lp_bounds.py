"""Prices of blocks: what placing each may cost at least, from a small linear programme."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from geo.arrays import Floats, Rows64
from geo.networks.partition.blocks import Blocks
from geo.solver.attempts import solve_unless_stopped
from geo.solver.control import SearchControl, Step
from geo.solver.program import Program

CLOSE = 1e-7
"""A part of the penalty below which a group is not worth the while."""
_NEW_PER_ROUND, _MOST_TERMS = 1_000, 100_000


@dataclass(frozen=True, slots=True)
class LpBound:
    """No answer costs less than `value`; a group of an answer costing c is worth c − value or less at `prices`."""

    value: float
    prices: Floats


def first_prices(blocks: Blocks, control: SearchControl) -> LpBound:
    """Return what a relaxed problem costs at least, with float64[m] its price per block, in child-kilometres.

    Every block goes, in parts if need be, to hearts near it or is left over; a heart that is open for a part takes
    its own block for that part, needs enough children for it, and takes a block that it does not border only as far
    as it takes a neighbour of that block.
    """
    block, heart = np.nonzero(blocks.near[:, blocks.home])
    index = np.full((len(blocks), len(blocks.home)), -1)
    index[block, heart] = np.arange(len(block))
    is_own = block == blocks.home[heart]
    own = index[blocks.home[heart], heart]
    others = np.flatnonzero(~is_own)
    open_first = _rows(others, others, 1.0, len(block)) + _rows(others, own[others], -1.0, len(block))
    limits = sparse.vstack(
        [open_first, _children_still_needed(blocks, block, heart), _through_neighbours(blocks, index)]
    )
    places = sparse.csr_array((np.ones(len(block)), (block, np.arange(len(block)))), shape=(len(blocks), len(block)))
    rows = limits.shape[0]
    nobody = sparse.csr_array((rows, len(blocks)))
    solved = solve_unless_stopped(
        program_of(
            np.concatenate([blocks.way[heart, block], blocks.penalty * blocks.size]),
            sparse.csr_array(sparse.vstack([sparse.hstack([limits, nobody]), with_slack(places)])),
            np.concatenate([np.full(rows, -np.inf), np.ones(len(blocks))]),
            np.concatenate([np.zeros(rows), np.ones(len(blocks))]),
        ),
        control,
    )
    if solved.prices is None:
        return LpBound(0.0, np.zeros(len(blocks)))
    return LpBound(solved.bound, np.minimum(solved.prices[rows:], blocks.penalty * blocks.size))


def _rows(rows: Rows64, columns: Rows64, value: float, width: int) -> sparse.csr_array:
    """Return a sparse matrix with one value per row, rows numbered in the order they come."""
    return sparse.csr_array((np.full(len(rows), value), (np.arange(len(rows)), columns)), shape=(len(rows), width))


def _children_still_needed(blocks: Blocks, block: Rows64, heart: Rows64) -> sparse.csr_array:
    """Return per heart: what it lacks, as far as it is open, less what comes; never more of one than it lacks."""
    lacks = np.maximum(blocks.enough - blocks.weight[blocks.home[heart]], 0.0)
    is_own = block == blocks.home[heart]
    comes = np.where(is_own, lacks, -np.minimum(blocks.weight[block], lacks))
    return sparse.csr_array((comes, (heart, np.arange(len(block)))), shape=(len(blocks.home), len(block)))


def _through_neighbours(blocks: Blocks, index: Rows64) -> sparse.csr_array:
    """Return for each block not joined with a heart's own: its part less the parts of its neighbours."""
    is_apart = (index >= 0) & ~blocks.joined[:, blocks.home]
    is_apart[blocks.home, np.arange(len(blocks.home))] = False
    block, heart = np.nonzero(is_apart)
    row, neighbour = np.nonzero(blocks.joined[block] & (index[:, heart].T >= 0))
    rows = np.concatenate([np.arange(len(block)), row])
    columns = np.concatenate([index[block, heart], index[neighbour, heart[row]]])
    values = np.concatenate([np.ones(len(block)), -np.ones(len(row))])
    return sparse.csr_array((values, (rows, columns)), shape=(len(block), int(index.max()) + 1))


def fractional_cover_cost(
    blocks: Blocks, holds: sparse.csr_array, costs: Floats, chosen: dict[int, None], control: SearchControl
) -> LpBound | None:
    """Return what the cheapest mixture of groups costs that places every block once; None when that takes too much.

    `holds` is float64[g, m], which group has which block, and `costs` float64[g]. The mixture is one of the `chosen`
    groups, to which those that would make it cheaper are added until there are none.
    """
    while control.may_go_on(Step.BOUND):
        order = list(chosen)
        chosen_holds = holds[order]
        if chosen_holds.nnz > _MOST_TERMS:
            break
        solved = solve_unless_stopped(
            program_of(
                np.concatenate([costs[order], blocks.penalty * blocks.size]),
                with_slack(chosen_holds.T),
                np.ones(len(blocks)),
                np.ones(len(blocks)),
            ),
            control,
        )
        if solved.prices is None:
            return None
        prices: Floats = np.minimum(solved.prices, blocks.penalty * blocks.size)
        worth = costs - holds @ prices
        cheap = np.argsort(worth, kind="stable")[:_NEW_PER_ROUND]
        new = [at for at in cheap.tolist() if worth[at] < -CLOSE * blocks.penalty and at not in chosen]
        if not new:
            return LpBound(solved.bound, prices)
        chosen |= dict.fromkeys(new)
    return None


def program_of(cost: Floats, rows: sparse.csr_array | sparse.csc_array, low: Floats, high: Floats) -> Program:
    """Return a program of shares that are 0 or more."""
    matrix = sparse.csr_array(rows)
    return Program(
        cost=cost,
        starts=matrix.indptr.astype(np.int64),
        column=matrix.indices.astype(np.int64),
        factor=matrix.data,
        low=low,
        high=high,
        most=np.full(len(cost), np.inf),
        is_whole=np.zeros(len(cost), dtype=np.bool_),
    )


def with_slack(places: sparse.csr_array | sparse.csc_array) -> sparse.csc_array:
    """Return a matrix with a column more for each row, for what is left over."""
    slack = sparse.eye_array(places.shape[0])
    return sparse.csc_array(sparse.hstack([places, slack]))
