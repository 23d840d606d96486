"""Turns savings into sets of candidates of which one must be open, each with what is lost while none is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.planning.siting.savings import Floats, PairedSavings, Positions

_SEED = 20_130_319  # any; the same each time, so that the same question gives the same model


@dataclass(frozen=True, slots=True, eq=False)
class Covers:
    """Sets of candidates: set k is ``column[starts[k]:starts[k + 1]]``; `loss` float64[sets] while none of it is open.

    What a choice saves is ``loss.sum()`` less the losses of the sets it does not touch.
    """

    candidates: int
    starts: Positions
    column: Positions
    loss: Floats


def covers_of(savings: PairedSavings, most_terms: int) -> Covers | None:
    """Return the sets of savings, groups with the same set put together; None when they have too many members.

    Notes
    -----
    With the savings of a group in falling order s_1 > s_2 > …, its worth is s_1 less ``s_k - s_{k+1}`` for each k for
    which none of its first k candidates is open. Sets are told apart by sums of random 64-bit numbers, one per
    candidate; two of a million sets are taken for one with a probability of less than 1 in 10^7.
    """
    order = np.lexsort((-savings.saving, savings.row))
    row, column, saving = savings.row[order], savings.candidate[order], savings.saving[order]
    start = np.searchsorted(row, row, side="left")
    following = np.zeros_like(saving)
    following[:-1] = np.where(row[1:] == row[:-1], saving[1:], 0.0)
    loss = (saving - following) * savings.weight[row]
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(_names(savings.candidates)[column], dtype=np.uint64)))
    last = np.flatnonzero(loss > 0)
    _, first, number = np.unique(sums[last + 1] - sums[start[last]], return_index=True, return_inverse=True)
    ends, begins = last[first] + 1, start[last[first]]
    sizes = ends - begins
    if int(sizes.sum()) > most_terms:
        return None
    members = np.repeat(begins - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes) + np.arange(int(sizes.sum()))
    return Covers(
        candidates=savings.candidates,
        starts=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        column=column[members].astype(np.int64),
        loss=np.bincount(number, weights=loss[last], minlength=len(first)).astype(np.float64),
    )


def _names(candidates: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.random.default_rng(_SEED).integers(0, 2**64, candidates, dtype=np.uint64, endpoint=False)
