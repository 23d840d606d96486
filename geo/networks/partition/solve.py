"""Groups municipalities so that the fewest are left over and, of those answers, children are nearest to the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from geo.arrays import Rows64
from geo.networks.partition.bitsets import sparse_matrix
from geo.networks.partition.blocks import Blocks
from geo.networks.partition.column_generation import (
    add_promising_groups,
    bound_by_list,
    bound_by_prices,
    complete_below,
)
from geo.networks.partition.exchanges import improved, packed
from geo.networks.partition.greedy import greedy_groups
from geo.networks.partition.groups import all_groups
from geo.networks.partition.lp_bounds import first_prices
from geo.networks.partition.pool import EXACT, MOST_CHOSEN_FROM, GroupChoice, Pool
from geo.networks.partition.puzzle import Puzzle
from geo.solver.control import Ended, SearchControl

MOST_LISTED = 60_000
"""Sets looked at when all groups of a part are listed; beyond it, groups are found by prices."""
_FEW = 1_500
_FIRST = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Groups of positions in the puzzle, those left over, and how good that is.

    `spread` is the child-kilometres of all groups; `bound` what no answer that leaves over as few can go below;
    `fewest_left` a number of municipalities below which no answer can leave over; `ended` what ended the search: DONE
    too when it has the best there is.
    """

    groups: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    spread: float
    bound: float
    fewest_left: int
    ended: Ended = Ended.DONE


def partition(puzzle: Puzzle, control: SearchControl | None = None) -> Answer:
    """Return the best grouping found, with the bound that tells how far it can be from the best there is.

    Raises
    ------
    CancelledError
        The control was told to stop before there was any answer; later on, the best there is by then is returned.
    """
    control = control or SearchControl()
    parts = sorted(_parts(puzzle), key=len)
    ends = np.cumsum([0, *(len(part) for part in parts)]) / max(1, len(puzzle.children))
    spans = list(zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True))
    first, rest = control.stage(0.0, _FIRST), control.stage(_FIRST, 1.0)
    begun = [_Part.of(puzzle, towns, first.stage(*span)) for towns, span in zip(parts, spans, strict=True)]
    answers = [
        part.solve(rest.stage(begin, end, share=(end - begin) / (1 - begin)))
        for part, (begin, end) in zip(begun, spans, strict=True)
    ]
    left = tuple(sorted(town for answer in answers for town in answer.left))
    spread, bound = sum(answer.spread for answer in answers), sum(answer.bound for answer in answers)
    fewest = sum(answer.fewest_left for answer in answers)
    is_best = fewest == len(left) and spread - bound <= EXACT * spread
    return Answer(
        groups=tuple(sorted(group for answer in answers for group in answer.groups)),
        left=left,
        spread=spread,
        bound=bound,
        fewest_left=fewest,
        ended=Ended.DONE if is_best else control.ended,
    )


def _parts(puzzle: Puzzle) -> list[Rows64]:
    """Return the municipalities that no group can join with others, apart."""
    together = puzzle.block[:, None] == puzzle.block
    is_wide = (together & (puzzle.km > puzzle.across)).any(axis=1)
    can_meet = puzzle.borders & (puzzle.km <= puzzle.across) & ~is_wide & ~is_wide[:, None]
    count, part = connected_components(sparse.csr_array(can_meet | together), directed=False)
    return [np.flatnonzero(part == number) for number in range(count)]


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Municipalities that hang together, with a first choice of groups; None where a block alone is too wide."""

    puzzle: Puzzle
    blocks: Blocks
    first: list[int] | None

    @classmethod
    def of(cls, puzzle: Puzzle, towns: Rows64, control: SearchControl) -> _Part:
        blocks = Blocks.of(puzzle, towns)
        return cls(puzzle, blocks, greedy_groups(blocks, control) if blocks.near.diagonal().all() else None)

    def solve(self, control: SearchControl) -> Answer:
        """Return the best choice found, and how good it is."""
        towns = self.blocks.towns
        if self.first is None:
            return Answer(groups=(), left=tuple(towns.tolist()), spread=0.0, bound=0.0, fewest_left=len(towns))
        pool = Pool(self.blocks)
        pool.add(self.first)
        listed = all_groups(self.blocks, most=MOST_LISTED, control=control.stage(0.0, 0.1, share=0.3))
        find = _by_list if listed.is_complete else _by_prices
        choice, bound = find(pool, pool.choice(self.first), listed.groups, control.stage(0.1, 1.0))
        return _told(self.puzzle, self.blocks, choice, bound)


def _by_list(
    pool: Pool, choice: GroupChoice, listed: Sequence[int], control: SearchControl
) -> tuple[GroupChoice, float]:
    """Return the best choice among all groups, and the bound."""
    costs = pool.blocks.costs(listed)
    bound = bound_by_list(pool, listed, costs, control.stage(0.0, 0.1, share=0.5))
    choice, _floor = pool.best(choice, bound, control.stage(0.1, 0.4, share=0.4), most=_FEW)
    choice = packed(pool, choice, bound, control.stage(0.4, 0.5, share=0.3))
    choice = improved(pool, choice, bound, control.stage(0.5, 0.7, share=0.6))
    worth = costs - sparse_matrix(listed, len(pool.blocks)) @ bound.prices
    gap = choice.total - bound.value
    pool.add(listed[at] for at in np.flatnonzero(worth <= gap * (1 + EXACT) + EXACT).tolist())
    return pool.best(choice, bound, control.stage(0.7, 1.0))


def _by_prices(pool: Pool, choice: GroupChoice, _: Sequence[int], control: SearchControl) -> tuple[GroupChoice, float]:
    """Return the best choice among groups found by prices, and the bound."""
    bound = first_prices(pool.blocks, control.stage(0.0, 0.1, share=0.5))
    add_promising_groups(pool, bound, control.stage(0.1, 0.2, share=0.5))
    choice, _floor = pool.best(choice, bound, control.stage(0.2, 0.3, share=0.4), most=_FEW)
    choice = packed(pool, choice, bound, control.stage(0.3, 0.35, share=0.3))
    choice = improved(pool, choice, bound, control.stage(0.35, 0.6, share=0.6))
    bound = bound_by_prices(pool, bound, control.stage(0.6, 0.85, share=0.7))
    choice, _floor = pool.best(choice, bound, control.stage(0.85, 0.9, share=0.5), most=_FEW)
    gap = choice.total - bound.value
    if complete_below(pool, bound, control.stage(0.9, 0.95), gap=gap * (1 + EXACT), most=MOST_CHOSEN_FROM):
        return pool.best(choice, bound, control.stage(0.95, 1.0))
    return choice, bound.value


def _told(puzzle: Puzzle, blocks: Blocks, choice: GroupChoice, bound: float) -> Answer:
    groups = [blocks.members(group) for group in choice.groups]
    left = sorted(set(blocks.towns.tolist()) - {int(town) for group in groups for town in group})
    spread = sum(puzzle.spread(group) for group in groups)
    fewest = np.ceil((bound - blocks.penalty + 1.0) / blocks.penalty - EXACT)
    return Answer(
        groups=tuple(tuple(group.tolist()) for group in groups),
        left=tuple(left),
        spread=spread,
        bound=float(np.clip(bound - blocks.penalty * len(left), 0.0, spread)),
        fewest_left=int(np.clip(fewest, 0, len(left))),
    )
