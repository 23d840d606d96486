"""Groups municipalities so that the fewest are left over and, of those answers, children are nearest to the middle."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from geo.network_blocks import Blocks, Positions, Puzzle, sparse_matrix
from geo.network_choice import EXACT, MOST_CHOSEN_FROM, Bound, Choice, Pool
from geo.network_clock import Clock
from geo.network_columns import bound_by_list, bound_by_prices, complete_below, glance
from geo.network_greedy import greedy_groups
from geo.network_groups import all_groups
from geo.network_prices import first_prices
from geo.network_search import improved, packed

MOST_LISTED = 60_000
"""Sets looked at when all groups of a part are listed; beyond it, groups are found by prices."""
_FEW = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Groups of positions in the puzzle, those left over, and how good that is.

    `spread` is the child-kilometres of all groups; `bound` what no answer that leaves over as few can go below;
    `fewest_left` a number of municipalities below which no answer can leave over.
    """

    groups: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    spread: float
    bound: float
    fewest_left: int


def solve(puzzle: Puzzle, *, time_limit_s: float = 15.0) -> Answer:
    """Return the best grouping found, with the bound that tells how far it can be from the best there is."""
    parts = sorted(_parts(puzzle), key=len)
    clock = Clock(time.monotonic() + time_limit_s)
    answers = []
    for at, towns in enumerate(parts):
        share = len(towns) / sum(len(part) for part in parts[at:])
        answers.append(_solve_part(puzzle, towns, clock.part(share)))
    return Answer(
        groups=tuple(sorted(group for answer in answers for group in answer.groups)),
        left=tuple(sorted(town for answer in answers for town in answer.left)),
        spread=sum(answer.spread for answer in answers),
        bound=sum(answer.bound for answer in answers),
        fewest_left=sum(answer.fewest_left for answer in answers),
    )


def _parts(puzzle: Puzzle) -> list[Positions]:
    """Return the municipalities that no group can join with others, apart."""
    together = puzzle.block[:, None] == puzzle.block
    is_wide = (together & (puzzle.km > puzzle.across)).any(axis=1)
    can_meet = puzzle.borders & (puzzle.km <= puzzle.across) & ~is_wide & ~is_wide[:, None]
    count, part = connected_components(sparse.csr_array(can_meet | together), directed=False)
    return [np.flatnonzero(part == number) for number in range(count)]


def _solve_part(puzzle: Puzzle, towns: Positions, clock: Clock) -> Answer:
    blocks = Blocks.of(puzzle, towns)
    if not blocks.near.diagonal().all():
        return Answer(groups=(), left=tuple(towns.tolist()), spread=0.0, bound=0.0, fewest_left=len(towns))
    pool = Pool(blocks)
    greedy = greedy_groups(blocks)
    pool.add(greedy)
    listed, is_complete = all_groups(blocks, most=MOST_LISTED, clock=clock.part(0.3))
    find = _by_list if is_complete else _by_prices
    choice, bound = find(pool, pool.choice(greedy), listed, clock)
    return _told(puzzle, blocks, choice, bound)


def _by_list(pool: Pool, choice: Choice, listed: Sequence[int], clock: Clock) -> tuple[Choice, float]:
    """Return the best choice among all groups, and the bound."""
    costs = pool.blocks.costs(listed)
    bound = bound_by_list(pool, listed, costs)
    choice, _floor = pool.best(choice, bound, clock.part(0.25), most=_FEW)
    choice = packed(pool, choice, bound, clock.part(0.2))
    choice = improved(pool, choice, bound, clock.part(0.4))
    worth = costs - sparse_matrix(listed, len(pool.blocks)) @ bound.prices
    gap = choice.total - bound.value
    pool.add(listed[at] for at in np.flatnonzero(worth <= gap * (1 + EXACT) + EXACT).tolist())
    return pool.best(choice, bound, clock)


def _by_prices(pool: Pool, choice: Choice, _: Sequence[int], clock: Clock) -> tuple[Choice, float]:
    """Return the best choice among groups found by prices, and the bound."""
    bound = Bound(*first_prices(pool.blocks))
    glance(pool, bound, clock.part(0.25))
    choice, _floor = pool.best(choice, bound, clock.part(0.1), most=_FEW)
    choice = packed(pool, choice, bound, clock.part(0.2))
    choice = improved(pool, choice, bound, clock.part(0.6))
    bound = bound_by_prices(pool, bound, clock.part(0.5))
    choice, _floor = pool.best(choice, bound, clock.part(0.5), most=_FEW)
    gap = choice.total - bound.value
    if complete_below(pool, bound, clock, gap=gap * (1 + EXACT), most=MOST_CHOSEN_FROM):
        return pool.best(choice, bound, clock)
    return choice, bound.value


def _told(puzzle: Puzzle, blocks: Blocks, choice: Choice, bound: float) -> Answer:
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
