"""The municipalities that networks are made of, in blocks that stay together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

import numpy as np

from geo.arrays import Flags, Floats, Rows64
from geo.networks.partition.bitsets import bits, masks, matrix
from geo.networks.partition.puzzle import Puzzle


@dataclass(frozen=True, kw_only=True, eq=False)
class Blocks:
    """Some blocks of a puzzle that hang together: m blocks of k municipalities.

    `towns` is int64[k], positions in the puzzle; `home` is int64[k], the block of each; `weight` is float64[m], the
    children of each block; `size` is int64[m], its municipalities; `way` is float64[k, m]: the child-kilometres from
    all of a block to the centre of a municipality; `near` is bool[m, m]: together no more than the kilometres across;
    `joined` is bool[m, m]: near, and neighbours. Sets of blocks are whole numbers of which bit b stands for block b.
    """

    towns: Rows64
    home: Rows64
    weight: Floats
    size: Rows64
    way: Floats
    near: Flags
    joined: Flags
    enough: float
    penalty: float

    @classmethod
    def of(cls, puzzle: Puzzle, towns: Rows64) -> Blocks:
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

    def members(self, group: int) -> Rows64:
        """Return the positions in the puzzle of the municipalities of a set of blocks."""
        return self.towns[[bool(group >> block & 1) for block in self.home.tolist()]]
