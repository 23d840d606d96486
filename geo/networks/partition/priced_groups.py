"""Search for the group of municipalities that pays best at given prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.arrays import Floats
from geo.networks.partition.bitsets import bits, masks
from geo.networks.partition.blocks import Blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Groups worth less than `below`; `only_better` ones than those before; after looking at `most` sets, no more."""

    below: float
    only_better: bool
    most: int


@dataclass(frozen=True, slots=True)
class Priced:
    """The groups found for one municipality as heart, and what is known of the others.

    The worth of a group is its child-kilometres to the heart less the prices of its blocks. No group is worth less
    than `least`. `seen` sets were looked at; `is_complete` when these were all.
    """

    groups: list[int]
    least: float
    seen: int
    is_complete: bool


def priced_groups(blocks: Blocks, heart: int, prices: Floats, *, wanted: Wanted) -> Priced:
    """Return the feasible groups around a heart whose worth is below a limit.

    Parameters
    ----------
    blocks : Blocks
        What the groups are made of.
    heart : int
        Position in `blocks.towns`.
    prices : float64[m]
        Child-kilometres that placing each block may cost.
    wanted : Wanted
        Which groups, and how long to look.
    """
    search = _Search.around(blocks, heart, prices)
    found: list[int] = []
    below, least, seen = wanted.below, wanted.below, 0
    stack = [search.start()]
    while stack:
        seen += 1
        if seen > wanted.most:
            least = min(least, *(node[3] + node[5] for node in stack))
            return Priced([search.named(each) for each in found], least, seen, is_complete=False)
        group, frontier, allowed, worth, total, hope, rest = stack.pop()
        if total >= blocks.enough and worth < below:
            found.append(group)
            least = min(least, worth)
            below = least if wanted.only_better else below
        promising: list[_Node] = []
        while frontier:
            lowest = frontier & -frontier
            frontier ^= lowest
            allowed &= ~lowest
            at = lowest.bit_length() - 1
            hope -= search.gain[at]
            rest -= search.weight[at]
            still = allowed & search.near[at]
            hope_with, rest_with = hope, rest
            for gone in bits(allowed & ~still):
                hope_with -= search.gain[gone]
                rest_with -= search.weight[gone]
            worth_with, total_with = worth + search.worth[at], total + search.weight[at]
            if worth_with + hope_with < below and total_with + rest_with >= blocks.enough:
                reach = (frontier | search.joined[at]) & still
                promising.append((group | lowest, reach, still, worth_with, total_with, hope_with, rest_with))
            if worth + hope >= below or total + rest < blocks.enough:
                break
        stack.extend(reversed(promising))
    return Priced([search.named(group) for group in found], least, seen, is_complete=True)


_Node = tuple[int, int, int, float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Search:
    """The blocks near a heart, numbered by worth: its own block first, then what helps most."""

    order: list[int]
    worth: list[float]
    gain: list[float]
    weight: list[float]
    joined: list[int]
    near: list[int]

    @classmethod
    def around(cls, blocks: Blocks, heart: int, prices: Floats) -> _Search:
        own = int(blocks.home[heart])
        worth = blocks.way[heart] - prices
        others = np.flatnonzero(blocks.near[own] & (np.arange(len(blocks)) != own))
        order = np.concatenate([[own], others[np.argsort(worth[others], kind="stable")]]).astype(np.int64)
        square = np.ix_(order, order)
        return cls(
            order=order.tolist(),
            worth=worth[order].tolist(),
            gain=np.minimum(worth[order], 0.0).tolist(),
            weight=blocks.weight[order].tolist(),
            joined=masks(blocks.joined[square]),
            near=masks(blocks.near[square]),
        )

    def start(self) -> _Node:
        """Return the heart's own block, what borders it, what is allowed; worth and children; both as still hoped."""
        allowed = (1 << len(self.order)) - 2
        hope, rest = sum(self.gain[1:]), sum(self.weight[1:])
        return 1, self.joined[0] & allowed, allowed, self.worth[0], self.weight[0], hope, rest

    def named(self, group: int) -> int:
        """Return a set in the numbering of the blocks."""
        return sum(1 << self.order[at] for at in bits(group))
