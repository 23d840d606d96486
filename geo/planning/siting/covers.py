"""Turn savings into covering constraints: sets of candidates, each with what is lost while none of it is open."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from geo.arrays import Flags, Floats, Rows32, Rows64
from geo.planning.siting.savings import PairedSavings

_SEED = 20_130_319  # any; the same each time, so that the same question gives the same model
_AT_A_TIME = 4_000_000  # members of sets that are compared at a time


@dataclass(frozen=True, slots=True, eq=False)
class Covers:
    """Sets of candidates: set k is ``column[starts[k]:starts[k + 1]]``; `loss` float64[sets] while none of it is open.

    What a choice saves is ``loss.sum()`` less the losses of the sets it does not touch.
    """

    candidates: int
    starts: Rows64
    column: Rows64
    loss: Floats


def covers_of(savings: PairedSavings, most_terms: int) -> Covers | None:
    """Return the sets of savings, groups with the same set put together; None when they have too many members.

    Notes
    -----
    With the savings of a group in falling order s_1 > s_2 > …, its worth is s_1 less ``s_k - s_{k+1}`` for each k for
    which none of its first k candidates is open. Sets with the same key, a sum of random numbers, are compared member
    by member before they are put together.
    """
    order = np.lexsort((-savings.saving, savings.row))
    row, column, saving = savings.row[order], savings.candidate[order], savings.saving[order]
    start = np.searchsorted(row, row, side="left")
    following = np.zeros_like(saving)
    following[:-1] = np.where(row[1:] == row[:-1], saving[1:], 0.0)
    loss = (saving - following) * savings.weight[row]
    last = np.flatnonzero(loss > 0)
    begins, ends = start[last], last + 1
    for seed in count(_SEED):
        _, first, number = np.unique(
            _keys(column, begins, ends, (savings.candidates, seed)), return_index=True, return_inverse=True
        )
        sizes = ends[first] - begins[first]
        if int(sizes.sum()) > most_terms:
            return None
        if _are_same(column, (begins, ends), first[number], savings.candidates):
            break
    return Covers(
        candidates=savings.candidates,
        starts=np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        column=column[_members(begins[first], sizes)].astype(np.int64),
        loss=np.bincount(number, weights=loss[last], minlength=len(first)).astype(np.float64),
    )


def _keys(column: Rows32, begins: Rows64, ends: Rows64, drawn: tuple[int, int]) -> npt.NDArray[np.uint64]:
    """Return uint64[sets]: the sum of a number per candidate; `drawn` are how many numbers, and their seed."""
    candidates, seed = drawn
    numbers = np.random.default_rng(seed).integers(0, 2**64, candidates, dtype=np.uint64, endpoint=False)
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(numbers[column], dtype=np.uint64)))
    return sums[ends] - sums[begins]


def _are_same(column: Rows32, sets: tuple[Rows64, Rows64], like: Rows64, candidates: int) -> bool:
    """Return whether every set, where it begins and ends in `column`, has the members of the set it is taken for."""
    begins, ends = sets
    sizes = ends - begins
    twice = np.flatnonzero(like != np.arange(len(like)))
    if (sizes[twice] != sizes[like[twice]]).any():
        return False
    shared, at = np.unique(like[twice], return_inverse=True)
    step = max(1, _AT_A_TIME // max(1, candidates))
    for first in range(0, len(shared), step):
        some = shared[first : first + step]
        holds: Flags = np.zeros((len(some), candidates), dtype=np.bool_)
        holds[np.repeat(np.arange(len(some)), sizes[some]), column[_members(begins[some], sizes[some])]] = True
        compared = np.flatnonzero((at >= first) & (at < first + step))
        own = twice[compared]
        members = column[_members(begins[own], sizes[own])]
        if not holds[np.repeat(at[compared] - first, sizes[own]), members].all():
            return False
    return True


def _members(begins: Rows64, sizes: Rows64) -> Rows64:
    """Return the positions of the members of sets, one set after the other."""
    before = np.cumsum(sizes) - sizes
    found: Rows64 = np.repeat(begins - before, sizes) + np.arange(int(sizes.sum()))
    return found
