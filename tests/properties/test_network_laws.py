"""What holds for every grouping, and that small ones are the best there are."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.networks.partition.blocks import Blocks
from geo.networks.partition.greedy import greedy_groups
from geo.networks.partition.puzzle import Puzzle
from geo.networks.partition.solve import Answer, partition
from geo.solver.control import SearchControl

WIDTH = 3


def grid(children, *, min_children, max_km, height, block=None, width=WIDTH):
    """Squares of 1 km in rows; neighbours share a side."""
    at = np.arange(width * height)
    x, y = at % width, at // width
    steps = np.abs(x[:, None] - x) + np.abs(y[:, None] - y)
    return Puzzle(
        children=np.array(children, dtype=np.float64),
        km=np.hypot(x[:, None] - x, y[:, None] - y).astype(np.float64),
        borders=steps == 1,
        block=np.arange(len(at)) if block is None else np.array(block, dtype=np.int64),
        min_children=min_children,
        max_km=max_km,
    )


@st.composite
def puzzles(draw, height=3, width=WIDTH):
    count = width * height
    joined = draw(st.sampled_from([None, (0, 1), (0, 8 % count), (3, 4)]))
    block = np.arange(count)
    if joined:
        block[max(joined)] = block[min(joined)]
    return grid(
        draw(st.lists(st.integers(0, 9), min_size=count, max_size=count)),
        min_children=draw(st.integers(0, 25)),
        max_km=draw(st.sampled_from([0.5, 1.0, 1.5, 2.0, 2.3, 2.9])),
        height=height,
        width=width,
        block=np.unique(block, return_inverse=True)[1],
    )


def hangs_together(puzzle, members):
    members, reached = set(members), set()
    frontier = {min(members)}
    while frontier:
        reached |= frontier
        frontier = {
            other
            for at in frontier
            for other in members
            if puzzle.borders[at, other] or puzzle.block[at] == puzzle.block[other]
        } - reached
    return reached == members


def is_feasible(puzzle, members):
    blocks = set(puzzle.block[list(members)].tolist())
    is_whole = all(at in members for at in range(len(puzzle.block)) if puzzle.block[at] in blocks)
    is_enough = puzzle.children[list(members)].sum() >= puzzle.min_children
    is_small = all(puzzle.km[one, other] <= puzzle.max_km for one in members for other in members)
    return is_whole and is_enough and is_small and hangs_together(puzzle, members)


def spread_of(puzzle, members):
    """Worked out the long way: for each member as heart, children times kilometres."""
    return min(sum(puzzle.children[at] * puzzle.km[at, heart] for at in members) for heart in members)


def best_by_hand(puzzle):
    """The fewest left over and then the least spread, by trying everything."""
    count = len(puzzle.children)
    spread = {
        sum(1 << at for at in members): spread_of(puzzle, members)
        for size in range(1, count + 1)
        for members in combinations(range(count), size)
        if is_feasible(puzzle, members)
    }
    best = {0: (0, 0.0)}
    for some in range(1, 1 << count):
        lowest = some & -some
        left, cost = best[some & ~lowest]
        answers = [(left + 1, cost)]
        part = some
        while part:
            if part & lowest and part in spread:
                left, cost = best[some & ~part]
                answers.append((left, cost + spread[part]))
            part = (part - 1) & some
        best[some] = min(answers)
    return best[(1 << count) - 1]


def penalised(puzzle, groups):
    placed = {at for group in groups for at in group}
    return len(puzzle.children) - len(placed), sum(puzzle.spread(group) for group in groups)


@settings(max_examples=30)
@given(puzzles())
def test_every_grouping_keeps_the_rules(puzzle):
    answer = partition(puzzle)
    named = [at for group in answer.groups for at in group] + list(answer.left)
    assert sorted(named) == list(range(len(puzzle.children)))
    assert all(is_feasible(puzzle, group) for group in answer.groups)
    assert answer.spread == pytest.approx(sum(spread_of(puzzle, group) for group in answer.groups))
    assert 0 <= answer.bound <= answer.spread + 1e-9
    assert 0 <= answer.fewest_left <= len(answer.left)


@settings(max_examples=15)
@given(puzzles())
def test_no_other_grouping_is_better(puzzle):
    answer = partition(puzzle)
    left, spread = best_by_hand(puzzle)
    assert len(answer.left) == left
    assert answer.spread == pytest.approx(spread, abs=1e-6)
    assert answer.fewest_left == left
    assert answer.bound == pytest.approx(answer.spread, rel=1e-5, abs=1e-5)


@settings(max_examples=15)
@given(puzzles(), st.sampled_from([2, 10]))
def test_groups_found_by_prices_are_as_good(puzzle, most):
    """With a shorter list than there are groups the solver goes by prices; the answer is the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.networks.partition.solve.MOST_LISTED", most)
        answer = partition(puzzle)
    left, spread = best_by_hand(puzzle)
    assert len(answer.left) >= left
    assert all(is_feasible(puzzle, group) for group in answer.groups)
    if len(answer.left) == left:
        assert answer.spread >= spread - 1e-6
        assert answer.bound <= spread + 1e-4
    assert answer.fewest_left <= left


@settings(max_examples=12)
@given(puzzles(height=4, width=4))
def test_the_answer_is_never_worse_than_the_quick_one(puzzle):
    answer = partition(puzzle, SearchControl(limit_s=2.0))
    blocks = Blocks.of(puzzle, np.arange(len(puzzle.children)))
    quick = [blocks.members(group).tolist() for group in greedy_groups(blocks)]
    assert all(is_feasible(puzzle, group) for group in quick)
    left, spread = penalised(puzzle, answer.groups)
    assert (left, spread - 1e-6) <= penalised(puzzle, quick)


@settings(max_examples=15)
@given(puzzles(), st.permutations(range(9)))
def test_the_order_of_municipalities_does_not_matter(puzzle, order):
    order = np.array(order)
    again = Puzzle(
        children=puzzle.children[order],
        km=puzzle.km[np.ix_(order, order)],
        borders=puzzle.borders[np.ix_(order, order)],
        block=np.unique(puzzle.block[order], return_inverse=True)[1],
        min_children=puzzle.min_children,
        max_km=puzzle.max_km,
    )
    one, other = partition(puzzle), partition(again)
    assert len(one.left) == len(other.left)
    assert one.spread == pytest.approx(other.spread, abs=1e-6)


def test_without_a_least_number_everybody_stays_alone():
    answer = partition(grid([1] * 9, min_children=0, max_km=5, height=3))
    assert answer == Answer(groups=tuple((at,) for at in range(9)), left=(), spread=0.0, bound=0.0, fewest_left=0)


def test_where_nothing_is_enough_everybody_is_left_over():
    answer = partition(grid([1] * 9, min_children=100, max_km=5, height=3))
    assert (answer.groups, answer.left, answer.fewest_left) == ((), tuple(range(9)), 9)


def test_no_municipalities_give_no_networks():
    nothing = Puzzle(
        children=np.zeros(0),
        km=np.zeros((0, 0)),
        borders=np.zeros((0, 0), dtype=np.bool_),
        block=np.zeros(0, dtype=np.int64),
        min_children=1,
        max_km=1,
    )
    assert partition(nothing) == Answer(groups=(), left=(), spread=0.0, bound=0.0, fewest_left=0)
