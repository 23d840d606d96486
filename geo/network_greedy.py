"""A quick first answer: neighbours merge, the smallest first, as long as some group has too few children."""

from __future__ import annotations

from geo.network_blocks import Blocks, bits


def greedy_groups(blocks: Blocks) -> list[int]:
    """Return feasible groups that do not overlap; blocks in none of them could not be placed this way.

    Again and again the group with the fewest children, of those with too few, merges with the neighbour that adds
    the fewest child-kilometres; where none fits within the kilometres across, it is set aside.
    """
    groups = [1 << at for at in range(len(blocks)) if blocks.near[at, at]]
    aside: set[int] = set()
    while small := [group for group in groups if group not in aside and _weight(blocks, group) < blocks.enough]:
        group = min(small, key=lambda each: (_weight(blocks, each), each))
        fitting = [other for other in groups if other != group and _fits(blocks, group, other)]
        if not fitting:
            aside.add(group)
            continue
        costs = blocks.costs([group, *fitting, *(group | other for other in fitting)])
        added = costs[1 + len(fitting) :] - costs[1 : 1 + len(fitting)]
        other = fitting[int(added.argmin())]
        aside.discard(other)
        groups = [each for each in groups if each not in (group, other)] + [group | other]
    return [group for group in groups if group not in aside]


def _weight(blocks: Blocks, group: int) -> float:
    return float(sum(blocks.weight[at] for at in bits(group)))


def _fits(blocks: Blocks, group: int, other: int) -> bool:
    """Whether two groups border each other and stay near together."""
    is_near = all(other & ~blocks.near_masks[at] == 0 for at in bits(group))
    return is_near and any(other & blocks.joined_masks[at] for at in bits(group))
