"""Lists the groups of blocks that can be a network: all that matter, or those that given prices make worthwhile."""

from __future__ import annotations

from dataclasses import dataclass

from geo.networks.partition.bitsets import bits
from geo.networks.partition.blocks import Blocks
from geo.solver.control import SearchControl, Step

_LOOK = 256


@dataclass(frozen=True, slots=True)
class Listed:
    """Groups found, how many sets were `seen` for them, and whether these are all there are."""

    groups: list[int]
    seen: int
    is_complete: bool


def all_groups(blocks: Blocks, *, most: int, within: int = -1, control: SearchControl | None = None) -> Listed:
    """Return the feasible groups that cannot be split into two feasible ones.

    `most` sets are looked at, while a control has time left; `within` is the set of blocks that they may have, all of
    them unless it is given.

    Splitting never adds child-kilometres (each part has a best member no farther than the one they shared), so some
    best answer has no group that can be split. And where a group can be split, every larger one can be: what is
    added hangs on to one of both parts. So larger ones need not be looked at.
    """
    joined, near, weight = blocks.joined_masks, blocks.near_masks, blocks.weight.tolist()
    found: list[int] = []
    seen = 0
    for first in bits(within & (1 << len(blocks)) - 1):
        later = near[first] & -(2 << first) & within
        stack = [(1 << first, joined[first] & later, later, weight[first])]
        while stack:
            group, frontier, allowed, total = stack.pop()
            seen += 1
            if total >= blocks.enough:
                found.append(group)
            if seen > most or (control and seen % _LOOK == 0 and not control.may_go_on(Step.PREPARE, seen / most)):
                return Listed(found, seen, is_complete=False)
            while frontier:
                lowest = frontier & -frontier
                frontier ^= lowest
                allowed &= ~lowest
                at = lowest.bit_length() - 1
                sum_with = total + weight[at]
                if sum_with < 2 * blocks.enough or not _can_be_split(group | lowest, blocks, sum_with):
                    still = allowed & near[at]
                    stack.append((group | lowest, (frontier | joined[at]) & still, still, sum_with))
    return Listed(found, seen, is_complete=True)


def _can_be_split(group: int, blocks: Blocks, total: float) -> bool:
    """Whether some branch of a tree through the group can be cut off with enough children on both sides."""
    joined, weight = blocks.joined_masks, blocks.weight
    root = (group & -group).bit_length() - 1
    parent, order, stack, left = {root: -1}, [], [root], group & ~(1 << root)
    while stack:
        at = stack.pop()
        order.append(at)
        new = joined[at] & left
        left &= ~new
        for other in bits(new):
            parent[other] = at
            stack.append(other)
    branch = {at: float(weight[at]) for at in order}
    for at in reversed(order[1:]):
        if branch[at] >= blocks.enough and total - branch[at] >= blocks.enough:
            return True
        branch[parent[at]] += branch[at]
    return False
