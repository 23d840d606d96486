"""The municipalities that networks are made of, in blocks that stay together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]

_SLACK = 1e-9
"""Numbers are compared with this relative slack, so that sums in another order give the same answer."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Puzzle:
    """What is to be grouped: n municipalities.

    `children` is float64[n]; `km` is float64[n, n], symmetric, kilometres between centres; `borders` is bool[n, n],
    symmetric: who may be joined directly; `block` is int64[n], numbered from 0 without holes: those with the same
    number stay together. A group is feasible when it is whole blocks, hangs together, counts `min_children` or more
    and no two members are more than `max_km` apart.
    """

    children: Floats
    km: Floats
    borders: Flags
    block: Positions
    min_children: float
    max_km: float

    def spread(self, members: Sequence[int] | Positions) -> float:
        """Return the child-kilometres of a group: the children times the way to the centre of its best member."""
        rows = np.asarray(members, dtype=np.int64)
        return float((self.children[rows] @ self.km[np.ix_(rows, rows)]).min())

    def heart(self, members: Sequence[int] | Positions) -> int:
        """Return the member whose centre is nearest to all children; the first of those that are equally good."""
        rows = np.asarray(members, dtype=np.int64)
        return int(rows[int((self.children[rows] @ self.km[np.ix_(rows, rows)]).argmin())])

    def span_km(self, members: Sequence[int] | Positions) -> float:
        """Return the kilometres between the two members farthest apart."""
        rows = np.asarray(members, dtype=np.int64)
        return float(self.km[np.ix_(rows, rows)].max(initial=0.0))

    @property
    def enough(self) -> float:
        """The children from which a group has enough."""
        return self.min_children * (1 - _SLACK)

    @property
    def across(self) -> float:
        """The kilometres up to which a group is small enough."""
        return self.max_km * (1 + _SLACK) + _SLACK


@dataclass(frozen=True, kw_only=True, eq=False)
class Blocks:
    """Some blocks of a puzzle that hang together: m blocks of k municipalities.

    `towns` is int64[k], positions in the puzzle; `home` is int64[k], the block of each; `weight` is float64[m], the
    children of each block; `size` is int64[m], its municipalities; `way` is float64[k, m]: the child-kilometres from
    all of a block to the centre of a municipality; `near` is bool[m, m]: together no more than the kilometres across;
    `joined` is bool[m, m]: near, and neighbours. Sets of blocks are whole numbers of which bit b stands for block b.
    """

    towns: Positions
    home: Positions
    weight: Floats
    size: Positions
    way: Floats
    near: Flags
    joined: Flags
    enough: float
    penalty: float

    @classmethod
    def of(cls, puzzle: Puzzle, towns: Positions) -> Blocks:
        """Return whole blocks, numbered anew in the order of their first municipality."""
        numbers = {block: at for at, block in enumerate(dict.fromkeys(puzzle.block[towns].tolist()))}
        home = np.array([numbers[block] for block in puzzle.block[towns].tolist()], dtype=np.int64)
        belongs = np.zeros((len(towns), len(numbers)))
        belongs[np.arange(len(towns)), home] = 1.0
        km, children = puzzle.km[np.ix_(towns, towns)], puzzle.children[towns]
        is_far = (belongs.T @ (km > puzzle.across) @ belongs) > 0
        touches = (belongs.T @ puzzle.borders[np.ix_(towns, towns)] @ belongs) > 0
        return cls(
            towns=towns,
            home=home,
            weight=children @ belongs,
            size=belongs.sum(axis=0).astype(np.int64),
            way=(km * children) @ belongs,
            near=~is_far,
            joined=touches & ~is_far & ~np.eye(len(numbers), dtype=np.bool_),
            enough=puzzle.enough,
            penalty=float(children.sum() * min(puzzle.across, km.max())) + 1.0,
        )

    def __len__(self) -> int:
        """Return the number of blocks."""
        return len(self.weight)

    @cached_property
    def joined_masks(self) -> list[int]:
        """Per block the set of those it is joined with."""
        return masks(self.joined)

    @cached_property
    def near_masks(self) -> list[int]:
        """Per block the set of those near it."""
        return masks(self.near)

    def costs(self, groups: Sequence[int]) -> Floats:
        """Return float64[g]: the child-kilometres of each set of blocks to the best of its municipalities."""
        costs = np.empty(len(groups))
        for start in range(0, len(groups), 20_000):
            some = groups[start : start + 20_000]
            used = np.array(list(bits(reduce(or_, some))), dtype=np.int64)
            hearts = np.flatnonzero(np.isin(self.home, used))
            chosen = matrix(some, len(self))
            way: Floats = self.way[np.ix_(hearts, used)]
            ways: Floats = chosen[:, used] @ way.T
            ways[~(chosen[:, self.home[hearts]] > 0)] = np.inf
            costs[start : start + 20_000] = ways.min(axis=1)
        return costs

    def members(self, group: int) -> Positions:
        """Return the positions in the puzzle of the municipalities of a set of blocks."""
        return self.towns[[bool(group >> block & 1) for block in self.home.tolist()]]


def masks(flags: Flags) -> list[int]:
    """Return the rows of bool[., m] as whole numbers."""
    return [int.from_bytes(row.tobytes(), "little") for row in np.packbits(flags, axis=1, bitorder="little")]


def matrix(groups: Sequence[int], blocks: int) -> Floats:
    """Return float64[g, m]: 1 where a set holds a block."""
    width = (blocks + 7) // 8
    packed = np.frombuffer(b"".join(group.to_bytes(width, "little") for group in groups), dtype=np.uint8)
    holds = np.unpackbits(packed.reshape(len(groups), width), axis=1, bitorder="little", count=blocks)
    return holds.astype(np.float64)


def sparse_matrix(groups: Sequence[int], blocks: int) -> sparse.csr_array:
    """Return the same as `matrix`, in little memory."""
    parts = [sparse.csr_array(matrix(groups[at : at + 20_000], blocks)) for at in range(0, len(groups), 20_000)]
    return sparse.csr_array(sparse.vstack(parts)) if parts else sparse.csr_array((0, blocks))


def bits(group: int) -> Iterator[int]:
    """Yield the numbers in a set, small first."""
    while group:
        lowest = group & -group
        yield lowest.bit_length() - 1
        group ^= lowest
