"""What every candidate saves every group of children: as pairs where few have any, as a matrix where many do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from geo.arrays import Floats, Rows32, Rows64

_DENSE = 0.15  # from this share of pairs on, a matrix is smaller and quicker than a list of pairs
_PAIR = 5  # cells of a matrix that one pair costs as much as
_BLOCK = 128  # rows at a time, so that what is worked on stays in the processor's cache


class Savings(ABC):
    """What each of m candidates would save each of n groups of children (`weight` float64[n]).

    Choosing sites Y is worth ``sum_i weight_i * max(saving_ij for j in Y, or 0)``. For most children reached a saving
    is 1 or 0; for the least mean distance it is the metres by which the way becomes shorter.
    """

    weight: Floats
    candidates: int

    @abstractmethod
    def worth(self, floor: Floats) -> Floats:
        """Return float64[m]: what each candidate saves beyond a floor float64[n], over all groups."""

    @abstractmethod
    def column(self, candidate: int) -> Floats:
        """Return float64[n]: what one candidate saves each group."""

    @abstractmethod
    def limited_to(self, candidates: Rows64, floor: Floats) -> Savings:
        """Return what some candidates, renumbered in the order given, save beyond a floor float64[n].

        Groups that gain nothing by any of them may be left out.
        """

    @abstractmethod
    def pairs(self) -> PairedSavings:
        """Return the same savings as pairs."""

    @abstractmethod
    def merged(self, group: Rows64) -> MatrixSavings:
        """Return the savings of groups put together: the mean by weight, for a group number int64[n] from 0."""

    @abstractmethod
    def nearest(self) -> tuple[Rows64, Floats]:
        """Return, per group, the candidate that saves most and what it saves."""

    @property
    @abstractmethod
    def size(self) -> int:
        """What looking at all savings once costs, in cells of a matrix."""

    @property
    def most(self) -> float:
        """What all candidates together save."""
        return float(self.weight @ self.nearest()[1])

    def best(self, sites: Iterable[int]) -> Floats:
        """Return float64[n]: what the best of some sites saves each group."""
        found = np.zeros(len(self.weight))
        for site in sites:
            np.maximum(found, self.column(site), out=found)
        return found

    def value(self, sites: Iterable[int]) -> float:
        """Return what a choice of sites is worth."""
        return float(self.weight @ self.best(sites))


@dataclass(frozen=True, eq=False)
class MatrixSavings(Savings):
    """Savings as a matrix float64[n, m] of numbers from 0."""

    weight: Floats
    matrix: Floats

    @property
    def candidates(self) -> int:  # type: ignore[override]
        """The number of candidates."""
        return int(self.matrix.shape[1])

    @property
    def size(self) -> int:
        """What looking at all savings once costs, in cells of a matrix."""
        return int(self.matrix.size)

    def worth(self, floor: Floats) -> Floats:
        """Return float64[m]: what each candidate saves beyond a floor float64[n], over all groups."""
        buffer = np.empty((_BLOCK, self.candidates))
        total = np.zeros(self.candidates)
        for first in range(0, len(self.matrix), _BLOCK):
            part = self.matrix[first : first + _BLOCK]
            beyond = buffer[: len(part)]
            np.subtract(part, floor[first : first + _BLOCK, None], out=beyond)
            np.maximum(beyond, 0.0, out=beyond)
            total += self.weight[first : first + _BLOCK] @ beyond
        return total

    def column(self, candidate: int) -> Floats:
        """Return float64[n]: what one candidate saves each group."""
        found: Floats = self.matrix[:, candidate]
        return found

    def limited_to(self, candidates: Rows64, floor: Floats) -> Savings:
        """Return what some candidates, renumbered in the order given, save beyond a floor float64[n]."""
        return savings_of(self.weight, np.maximum(self.matrix[:, candidates] - floor[:, None], 0.0))

    def pairs(self) -> PairedSavings:
        """Return the same savings as pairs."""
        return PairedSavings.of(self.weight, self.matrix)

    def merged(self, group: Rows64) -> MatrixSavings:
        """Return the savings of groups put together."""
        order = np.argsort(group, kind="stable")
        first = np.searchsorted(group[order], np.arange(int(group.max()) + 1))
        weight = np.add.reduceat(self.weight[order], first)
        total = np.add.reduceat(self.matrix[order] * self.weight[order, None], first, axis=0)
        return MatrixSavings(weight, total / np.maximum(weight, 1e-300)[:, None])

    def nearest(self) -> tuple[Rows64, Floats]:
        """Return, per group, the candidate that saves most and what it saves."""
        at = self.matrix.argmax(axis=1)
        return at, self.matrix[np.arange(len(at)), at]


@dataclass(frozen=True, eq=False)
class PairedSavings(Savings):
    """Savings as pairs sorted by row, then candidate: `row`, `candidate` int32[pairs], `saving` float64[pairs] > 0."""

    weight: Floats
    candidates: int
    row: Rows32
    candidate: Rows32
    saving: Floats

    @property
    def size(self) -> int:
        """What looking at all savings once costs, in cells of a matrix."""
        return _PAIR * len(self.row)

    @classmethod
    def of(cls, weight: Floats, matrix: Floats) -> Self:
        """Return the savings of a matrix float64[n, m]; what is 0 is no pair."""
        row, candidate = np.nonzero(matrix)
        found = matrix[row, candidate]
        return cls(weight, matrix.shape[1], row.astype(np.int32), candidate.astype(np.int32), found)

    def worth(self, floor: Floats) -> Floats:
        """Return float64[m]: what each candidate saves beyond a floor float64[n], over all groups."""
        _, row, saving, weight, candidate = self._sorted
        beyond = np.maximum(saving - floor[row], 0.0) * weight
        return np.bincount(candidate, weights=beyond, minlength=self.candidates).astype(np.float64)

    def column(self, candidate: int) -> Floats:
        """Return float64[n]: what one candidate saves each group."""
        starts, row, saving, _, _ = self._sorted
        found = np.zeros(len(self.weight))
        pairs = slice(int(starts[candidate]), int(starts[candidate + 1]))
        found[row[pairs]] = saving[pairs]
        return found

    def pairs(self) -> PairedSavings:
        """Return the savings themselves."""
        return self

    def limited_to(self, candidates: Rows64, floor: Floats) -> Savings:
        """Return what some candidates, renumbered in the order given, save beyond a floor float64[n]."""
        number = np.full(self.candidates, -1, dtype=np.int32)
        number[candidates] = np.arange(len(candidates), dtype=np.int32)
        more = self.saving - floor[self.row]
        kept = (number[self.candidate] >= 0) & (more > 0)
        return PairedSavings(self.weight, len(candidates), self.row[kept], number[self.candidate[kept]], more[kept])

    def merged(self, group: Rows64) -> MatrixSavings:
        """Return the savings of groups put together."""
        size = int(group.max(initial=-1)) + 1
        weight = np.bincount(group, weights=self.weight, minlength=size).astype(np.float64)
        at = group[self.row] * self.candidates + self.candidate
        total = np.bincount(at, weights=self.saving * self.weight[self.row], minlength=size * self.candidates)
        matrix = total.reshape(size, self.candidates)
        return MatrixSavings(weight, matrix / np.maximum(weight, 1e-300)[:, None])

    def nearest(self) -> tuple[Rows64, Floats]:
        """Return, per group, the candidate that saves most and what it saves; candidate 0 where none saves any."""
        at, most = np.zeros(len(self.weight), dtype=np.int64), np.zeros(len(self.weight))
        order = np.lexsort((-self.saving, self.row))
        row, first = np.unique(self.row[order], return_index=True)
        at[row], most[row] = self.candidate[order[first]], self.saving[order[first]]
        return at, most

    @cached_property
    def _sorted(self) -> tuple[Rows64, Rows32, Floats, Floats, Rows32]:
        """Return where each candidate starts, and its rows, savings and weights, by candidate."""
        order = np.argsort(self.candidate, kind="stable")
        counts = np.bincount(self.candidate, minlength=self.candidates)
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        row = self.row[order]
        return starts, row, self.saving[order], self.weight[row], self.candidate[order]


def savings_of(weight: Floats, matrix: Floats) -> Savings:
    """Return savings float64[n, m], numbers from 0, in the form that suits them, without groups that gain nothing."""
    gains = (matrix.max(axis=1, initial=0.0) > 0) & (weight > 0)
    is_dense = np.count_nonzero(matrix) >= _DENSE * matrix.size
    if not gains.all():
        weight, matrix = weight[gains], matrix[gains]
    return MatrixSavings(weight, matrix) if is_dense else PairedSavings.of(weight, matrix)
