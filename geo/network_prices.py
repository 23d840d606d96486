"""Prices of blocks: what placing each may cost at least, from a small linear programme."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from geo.network_blocks import Blocks, Floats, Positions, sparse_matrix


def first_prices(blocks: Blocks) -> tuple[float, Floats]:
    """Return what a relaxed problem costs at least, and float64[m]: its price per block, in child-kilometres.

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
    limits = sparse.vstack([open_first, _enough(blocks, block, heart), _through_neighbours(blocks, index)])
    places = sparse.csr_array((np.ones(len(block)), (block, np.arange(len(block)))), shape=(len(blocks), len(block)))
    answer = linprog(  # type: ignore[call-overload]  # takes sparse matrices, which its types do not say
        np.concatenate([blocks.way[heart, block], blocks.penalty * blocks.size]),
        A_ub=sparse.hstack([limits, sparse.csr_array((limits.shape[0], len(blocks)))]),
        b_ub=np.zeros(limits.shape[0]),
        A_eq=with_slack(places),
        b_eq=np.ones(len(blocks)),
        bounds=(0, None),
        method="highs",
    )
    if answer.status != 0:
        return 0.0, np.zeros(len(blocks))
    prices: Floats = np.minimum(np.asarray(answer.eqlin.marginals), blocks.penalty * blocks.size)
    return float(answer.fun), prices


def _rows(rows: Positions, columns: Positions, value: float, width: int) -> sparse.csr_array:
    """Return a sparse matrix with one value per row, rows numbered in the order they come."""
    return sparse.csr_array((np.full(len(rows), value), (np.arange(len(rows)), columns)), shape=(len(rows), width))


def _enough(blocks: Blocks, block: Positions, heart: Positions) -> sparse.csr_array:
    """Return per heart: what it lacks, as far as it is open, less what comes; never more of one than it lacks."""
    lacks = np.maximum(blocks.enough - blocks.weight[blocks.home[heart]], 0.0)
    is_own = block == blocks.home[heart]
    comes = np.where(is_own, lacks, -np.minimum(blocks.weight[block], lacks))
    return sparse.csr_array((comes, (heart, np.arange(len(block)))), shape=(len(blocks.home), len(block)))


def _through_neighbours(blocks: Blocks, index: Positions) -> sparse.csr_array:
    """Return for each block not joined with a heart's own: its part less the parts of its neighbours."""
    is_apart = (index >= 0) & ~blocks.joined[:, blocks.home]
    is_apart[blocks.home, np.arange(len(blocks.home))] = False
    block, heart = np.nonzero(is_apart)
    row, neighbour = np.nonzero(blocks.joined[block] & (index[:, heart].T >= 0))
    rows = np.concatenate([np.arange(len(block)), row])
    columns = np.concatenate([index[block, heart], index[neighbour, heart[row]]])
    values = np.concatenate([np.ones(len(block)), -np.ones(len(row))])
    return sparse.csr_array((values, (rows, columns)), shape=(len(block), int(index.max()) + 1))


def master_prices(blocks: Blocks, groups: Sequence[int], costs: Floats) -> tuple[float, Floats]:
    """Return what the cheapest mixture of groups costs that places every block once, and its price per block."""
    size = len(blocks)
    answer = linprog(  # type: ignore[call-overload]  # takes sparse matrices, which its types do not say
        np.concatenate([costs, blocks.penalty * blocks.size]),
        A_eq=with_slack(sparse_matrix(groups, size).T),
        b_eq=np.ones(size),
        bounds=(0, None),
        method="highs",
    )
    prices: Floats = np.minimum(np.asarray(answer.eqlin.marginals), blocks.penalty * blocks.size)
    return float(answer.fun), prices


def with_slack(places: sparse.csr_array | sparse.csc_array) -> sparse.csc_array:
    """Return a matrix with a column more for each row, for what is left over."""
    slack = sparse.eye_array(places.shape[0])
    return sparse.csc_array(sparse.hstack([places, slack]))
