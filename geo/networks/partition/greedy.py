"""A quick first answer: neighbours merge, the smallest first, as long as some group has too few children."""

from __future__ import annotations

from collections.abc import Iterable

from geo.networks.partition.bitsets import bits
from geo.networks.partition.blocks import Blocks
from geo.solver.control import SearchControl, Step


def greedy_groups(blocks: Blocks, control: SearchControl | None = None) -> list[int]:
    """Return feasible groups that do not overlap; blocks in none of them could not be placed this way.

    Again and again the group with the fewest children, of those with too few, merges with the neighbour that adds
    the fewest child-kilometres; where none fits within the kilometres across, it is set aside.

    Raises
    ------
    CancelledError
        The control was told to stop.
    """
    weight = {1 << at: float(blocks.weight[at]) for at in range(len(blocks)) if blocks.near[at, at]}
    aside: set[int] = set()
    while small := [group for group in weight if group not in aside and weight[group] < blocks.enough]:
        if control:
            control.check(Step.PREPARE, 1 - len(weight) / len(blocks))
        group = min(small, key=lambda each: (weight[each], each))
        fitting = _fitting(blocks, group, weight)
        if not fitting:
            aside.add(group)
            continue
        costs = blocks.costs([group, *fitting, *(group | other for other in fitting)])
        added = costs[1 + len(fitting) :] - costs[1 : 1 + len(fitting)]
        other = fitting[int(added.argmin())]
        aside.discard(other)
        del weight[group], weight[other]
        weight[group | other] = _weight(blocks, group | other)
    return [group for group in weight if group not in aside]


def _weight(blocks: Blocks, group: int) -> float:
    return float(sum(blocks.weight[at] for at in bits(group)))


def _fitting(blocks: Blocks, group: int, others: Iterable[int]) -> list[int]:
    """Return the others that border a group and are near all of it."""
    near, around = -1, 0
    for at in bits(group):
        near &= blocks.near_masks[at]
        around |= blocks.joined_masks[at]
    return [other for other in others if other != group and other & around and not other & ~near]
