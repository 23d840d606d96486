"""Choosing sites among numbers: the vector worked out by hand, every choice tried, and another program's optimum."""

import itertools
import math

import numpy as np
import pulp
import pytest
from spopt.locate import LSCP, MCLP, PCenter, PMedian

from geo.planning.siting import covers as siting_covers
from geo.planning.siting import fewest_sites
from geo.planning.siting import least_worst as siting_least_worst
from geo.planning.siting import most_saved as siting_most_saved
from geo.planning.siting.covers import covers_of
from geo.planning.siting.fewest_sites import fewest
from geo.planning.siting.least_worst import least_worst
from geo.planning.siting.local_search import greedy, improved
from geo.planning.siting.most_saved import most_saved
from geo.planning.siting.price_bound import bounded
from geo.planning.siting.savings import MatrixSavings, PairedSavings, savings_of
from geo.solver import attempts
from geo.solver.control import CancelledError, Progress, SearchControl
from geo.solver.program import Solved

CHILDREN = np.array([100.0, 200.0, 50.0, 80.0])
KM = np.array([[0.5, 2.5, 2.0, 9.0], [1.0, 1.1, 3.0, 9.0], [3.0, 0.9, 9.0, 7.0], [8.0, 6.0, 7.0, 0.7]])
S1, S2, N1, N2 = range(4)
NOBODY = np.full(4, math.inf)


def within(metres, reach, base=None):
    base = np.full(len(metres), math.inf) if base is None else base
    return ((metres <= reach) & (base > reach)[:, None]).astype(float)


def shorter(metres, base=None):
    """Savings against what is there, or against the farthest candidate."""
    base = metres.max(axis=1) if base is None else np.minimum(base, metres.max(axis=1))
    return base, np.maximum(base[:, None] - metres, 0.0)


# --- the vector of field-notes 5.3 ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "sites", "reached"), [(1, {S1}, 300), (2, {S1, N2}, 380), (3, {S1, S2, N2}, 430)])
def test_most_children_reached(count, sites, reached):
    found = most_saved(savings_of(CHILDREN, within(KM, 1.2)), count, SearchControl())
    assert (set(found.sites), found.value, found.bound) == (sites, reached, reached)


def test_most_children_reached_beside_sites_that_stand():
    base = KM[:, [S1, S2]].min(axis=1)
    found = most_saved(savings_of(CHILDREN, within(KM, 1.2, base)), 1, SearchControl())
    assert found.sites == (N2,)
    assert CHILDREN[base <= 1.2].sum() + found.value == 430


def test_fewest_sites_for_all():
    found = fewest(savings_of(CHILDREN, within(KM, 1.2)), CHILDREN.sum(), SearchControl())
    assert (set(found.sites), found.value, found.bound) == ({S1, S2, N2}, 3, 3)


@pytest.mark.parametrize(("share", "count"), [(0.69, 1), (0.70, 2), (0.88, 2), (0.89, 3), (1.0, 3)])
def test_fewest_sites_for_a_share(share, count):
    found = fewest(savings_of(CHILDREN, within(KM, 1.2)), share * 430, SearchControl())
    assert (found.value, found.bound) == (count, count)


def test_more_than_all_candidates_reach_is_as_much_as_they_reach():
    found = fewest(savings_of(CHILDREN, within(KM, 0.8)), 430.0, SearchControl())
    assert set(found.sites) == {S1, N2}


@pytest.mark.parametrize(("count", "sites", "person_km"), [(1, {S2}, 995), (2, {S1, N2}, 456)])
def test_least_mean_distance(count, sites, person_km):
    base, saved = shorter(KM)
    found = most_saved(savings_of(CHILDREN, saved), count, SearchControl())
    assert set(found.sites) == sites
    assert CHILDREN @ base - found.value == pytest.approx(person_km)
    assert found.bound == found.value


def test_least_worst_distance():
    found = least_worst(KM, NOBODY, 2, SearchControl())
    assert (set(found.sites), found.value, found.bound) == ({S2, N2}, 2.5, 2.5)


# --- beside another program, and beside trying everything ---------------------------------------------------------


def land(seed, groups=40, candidates=14):
    random = np.random.default_rng(seed)
    homes, sites = random.uniform(0, 10, (groups, 2)), random.uniform(0, 10, (candidates, 2))
    metres = np.hypot(homes[:, None, 0] - sites[:, 0], homes[:, None, 1] - sites[:, 1])
    return random.integers(1, 100, groups).astype(float), metres


def solved(model):
    return model.solve(pulp.PULP_CBC_CMD(msg=False), results=False)


SEEDS = range(3)


@pytest.mark.filterwarnings("ignore:.*PuLP 4:DeprecationWarning")  # spopt speaks to PuLP as version 3 did
@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_optimum_as_spopt(seed):
    children, metres = land(seed)
    for count in (1, 4):
        ours = most_saved(savings_of(children, within(metres, 2.0)), count, SearchControl())
        theirs = solved(MCLP.from_cost_matrix(metres, children, 2.0, count))
        assert ours.value == ours.bound == pytest.approx(theirs.problem.objective.value())
        base, saved = shorter(metres)
        ours = most_saved(savings_of(children, saved), count, SearchControl())
        theirs = solved(PMedian.from_cost_matrix(metres, children, count))
        assert children @ base - ours.value == pytest.approx(theirs.problem.objective.value())
        assert ours.bound == ours.value
        ours = least_worst(metres, np.full(len(metres), math.inf), count, SearchControl())
        theirs = solved(PCenter.from_cost_matrix(metres, count))
        assert ours.value == ours.bound == pytest.approx(theirs.problem.objective.value())
    reach = float(metres.min(axis=1).max()) + 0.5
    theirs = solved(LSCP.from_cost_matrix(metres, reach))
    assert fewest(savings_of(children, within(metres, reach)), children.sum(), SearchControl()).value == pytest.approx(
        theirs.problem.objective.value()
    )


@pytest.mark.parametrize("seed", range(3, 9))
def test_the_best_of_all_choices(seed):
    children, metres = land(seed, groups=25, candidates=9)
    base = np.where(np.arange(25) % 3 == 0, metres.mean(axis=1), math.inf)
    _, saved = shorter(metres, base)
    for matrix in (within(metres, 3.0, base), saved):
        savings = savings_of(children, matrix)
        found = most_saved(savings, 3, SearchControl())
        tried = max(savings.value(choice) for choice in itertools.combinations(range(9), 3))
        assert found.value == pytest.approx(tried)
        assert found.bound == found.value
        assert savings.value(found.sites) == found.value
    worst = min(
        float(np.minimum(base, metres[:, choice].min(axis=1)).max()) for choice in itertools.combinations(range(9), 3)
    )
    assert least_worst(metres, base, 3, SearchControl()).value == worst


@pytest.mark.parametrize("seed", range(9, 21))
def test_the_best_of_all_choices_when_prices_leave_candidates_out(seed, monkeypatch):
    """As large problems go: what is sure is taken, what is worth too little left out, the rest solved."""
    monkeypatch.setattr(siting_most_saved, "_AT_ONCE", 0)
    children, metres = land(seed, groups=60, candidates=14)
    _, saved = shorter(metres)
    for matrix in (within(metres, 2.5), saved):
        for count in (1, 3, 5):
            savings = savings_of(children, matrix)
            found = most_saved(savings, count, SearchControl())
            tried = max(savings.value(choice) for choice in itertools.combinations(range(14), count))
            assert found.value == pytest.approx(tried)
            assert found.bound == found.value


@pytest.mark.parametrize("many", [0, 35_000])
@pytest.mark.parametrize("seed", range(3, 9))
def test_the_fewest_of_all_choices(seed, many, monkeypatch):
    monkeypatch.setattr(fewest_sites, "_MANY", many)
    children, metres = land(seed, groups=60, candidates=12)
    savings = savings_of(children, within(metres, 2.5))
    for share in (0.6, 0.9):
        needed = share * savings.value(range(12))
        found = fewest(savings, needed, SearchControl())
        least = next(
            count
            for count in range(1, 13)
            if any(savings.value(choice) >= needed for choice in itertools.combinations(range(12), count))
        )
        assert (found.value, found.bound, len(found.sites)) == (least, least, least)
        assert savings.value(found.sites) >= needed * (1 - 1e-9)


def test_the_sites_stand_in_the_order_in_which_each_adds_most():
    children, metres = land(20)
    savings = savings_of(children, within(metres, 2.5))
    sites = most_saved(savings, 5, SearchControl()).sites
    added = np.diff([savings.value(sites[:count]) for count in range(6)])
    assert (np.diff(added) <= 1e-9).all()


# --- its parts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_a_bound_is_never_below_a_choice_and_keeps_the_best_candidates(seed):
    children, metres = land(seed, candidates=10)
    _, saved = shorter(metres)
    savings = savings_of(children, saved)
    proof = bounded(savings, 3, improved(savings, greedy(savings, 3), SearchControl()), SearchControl())
    best = max(itertools.combinations(range(10), 3), key=savings.value)
    assert proof.value >= savings.value(best) * (1 - 1e-12)
    assert proof.value <= 1.1 * savings.value(best)
    assert set(best) <= set(proof.candidates_worth(3, savings.value(proof.sites)))
    assert set(proof.candidates_sure(3, savings.value(proof.sites))) <= set(best)


@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_and_matrix_say_the_same(seed):
    children, metres = land(seed)
    _, saved = shorter(metres)
    pairs, matrix = PairedSavings.of(children, saved), MatrixSavings(children, saved)
    floor = np.random.default_rng(seed).uniform(0, 3, len(children))
    assert pairs.worth(floor) == pytest.approx(matrix.worth(floor))
    assert pairs.column(3) == pytest.approx(matrix.column(3))
    assert (pairs.nearest()[0] == matrix.nearest()[0]).all()
    group = np.arange(len(children)) // 4
    assert pairs.merged(group).matrix == pytest.approx(matrix.merged(group).matrix)
    some = np.array([7, 2, 11])
    beyond = [each.limited_to(some, floor) for each in (pairs, matrix)]
    for sites in ([0], [1, 2], [0, 1, 2]):
        more = children @ np.maximum(pairs.best(some[sites]) - floor, 0.0)
        assert [each.value(sites) for each in beyond] == pytest.approx([more, more])


def test_groups_with_the_same_candidates_share_a_set():
    saved = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [3.0, 0.0, 2.0]])
    covers = covers_of(savings_of(np.array([10.0, 20.0, 5.0, 1.0]), saved).pairs(), 100)
    sets = {
        frozenset(covers.column[covers.starts[at] : covers.starts[at + 1]].tolist()): float(loss)
        for at, loss in enumerate(covers.loss)
    }
    assert sets == {frozenset({0, 1}): 30, frozenset({1}): 5, frozenset({0}): 1, frozenset({0, 2}): 2}
    assert covers_of(savings_of(np.ones(4), saved).pairs(), 5) is None


def test_sites_that_add_nothing_are_left_out():
    found = most_saved(savings_of(CHILDREN, within(KM, 1.2)), 4, SearchControl())
    assert len(found.sites) == 3


def test_nobody_to_serve_needs_no_site():
    empty = savings_of(CHILDREN, np.zeros((4, 4)))
    assert most_saved(empty, 3, SearchControl()).sites == ()
    assert fewest(empty, 100.0, SearchControl()).sites == ()
    assert least_worst(KM, np.zeros(4), 2, SearchControl()).value == 0.0


@pytest.mark.parametrize("at_once", [0, 40_000])
def test_without_an_answer_of_the_solver_nothing_is_proven_by_it(monkeypatch, at_once):
    """A solver that was too late knows no bound: then nobody may be promised more than all candidates give."""
    monkeypatch.setattr(siting_most_saved, "_AT_ONCE", at_once)
    monkeypatch.setattr(siting_most_saved, "_STEPS", (1,))
    monkeypatch.setattr(siting_most_saved, "solve_unless_stopped", lambda *_: Solved(None, -math.inf))
    children, metres = land(4, groups=60)
    for matrix in (within(metres, 1.5), shorter(metres)[1]):
        savings = PairedSavings.of(children, matrix)
        found = most_saved(savings, 3, SearchControl())
        best = max(savings.value(choice) for choice in itertools.combinations(range(14), 3))
        assert best <= found.bound * (1 + 1e-9)
        assert found.bound <= savings.value(range(14))
        assert found.value == best or found.value < found.bound


def test_the_order_is_that_of_looking_at_all_that_wait_each_time():
    children, metres = land(5, groups=50, candidates=30)
    savings = savings_of(children, within(metres, 2.0))
    waiting, slowly, reached = list(range(30)), [], np.zeros(len(savings.weight))
    while waiting:
        added = [float(savings.weight @ np.maximum(savings.column(site) - reached, 0.0)) for site in waiting]
        slowly.append(waiting.pop(int(np.argmax(added))))
        reached = np.maximum(reached, savings.column(slowly[-1]))
    assert siting_most_saved.in_order(savings, range(30)) == tuple(slowly)


def test_without_time_the_gap_is_told():
    children, metres = land(1, groups=300, candidates=60)
    _, saved = shorter(metres)
    found = most_saved(savings_of(children, saved), 6, SearchControl(limit_s=0.0))
    assert len(found.sites) == 6
    assert found.bound >= found.value


def test_what_took_too_much_work_to_know_is_tried_again_with_more(monkeypatch):
    metres, allowed = land(4)[1], []

    def often_too_much(program, control):
        allowed.append(program.most_nodes)
        return Solved(None, -math.inf) if len(allowed) % 3 else attempts.solve(program, control)

    proven = least_worst(metres, np.full(len(metres), math.inf), 3, SearchControl())
    monkeypatch.setattr(siting_least_worst, "solve_unless_stopped", often_too_much)
    found = least_worst(metres, np.full(len(metres), math.inf), 3, SearchControl())
    assert (found.value, found.bound) == (proven.value, proven.value)
    assert len(allowed) > 3


def test_the_work_of_a_search_for_the_worst_distance_has_an_end(monkeypatch):
    metres, asked = land(4)[1], []
    monkeypatch.setattr(siting_least_worst, "solve_unless_stopped", lambda *_: asked.append(1) or Solved(None, 0.0))
    found = least_worst(metres, np.full(len(metres), math.inf), 3, SearchControl(limit_s=math.inf))
    assert found.bound < found.value
    assert asked


def stopped_after(looks):
    """A control that says stop once it was asked so often."""
    asked = itertools.count()
    return SearchControl(should_stop=lambda: next(asked) >= looks)


@pytest.mark.parametrize("looks", [1, 2, 5, 30])
def test_a_search_that_is_stopped_gives_the_best_by_then_and_a_bound_that_holds(looks):
    children, metres = land(1, groups=300, candidates=60)
    _, saved = shorter(metres)
    reach = savings_of(children, within(metres, 2.0))
    for search, is_more in (
        (lambda control: most_saved(savings_of(children, saved), 6, control), True),
        (lambda control: most_saved(reach, 6, control), True),
        (lambda control: fewest(reach, 0.9 * reach.most, control), False),
        (lambda control: least_worst(metres, np.full(300, math.inf), 6, control), False),
    ):
        best = search(SearchControl(limit_s=600.0))
        control = stopped_after(looks)
        found = search(control)
        assert found.sites
        low, high = (found.value, found.bound) if is_more else (found.bound, found.value)
        assert low <= best.value * (1 + 1e-9)
        assert best.value <= high * (1 + 1e-9)


def test_a_search_that_is_stopped_before_it_began_says_so():
    children, metres = land(1)
    savings = savings_of(children, within(metres, 2.0))
    for search in (
        lambda control: most_saved(savings, 3, control),
        lambda control: fewest(savings, 100.0, control),
        lambda control: least_worst(metres, np.full(len(metres), math.inf), 3, control),
    ):
        with pytest.raises(CancelledError):
            search(stopped_after(0))


def test_sets_with_the_same_key_are_told_apart(monkeypatch):
    """The first numbers that are drawn give all sets of a size the same key."""
    savings = savings_of(np.array([10.0, 20.0, 5.0]), np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0]]))
    draw, seeds = np.random.default_rng, []

    class Alike:
        def integers(self, _low, _high, size, **_):
            return np.ones(size, dtype=np.uint64)

    def drawn(seed):
        seeds.append(seed)
        return Alike() if len(seeds) == 1 else draw(seed)

    monkeypatch.setattr(siting_covers.np.random, "default_rng", drawn)
    covers = covers_of(savings.pairs(), 100)
    assert sorted(covers.loss) == [5.0, 10.0, 20.0]
    assert len(seeds) == 2


def test_progress_is_told_in_order():
    children, metres = land(1, groups=300, candidates=60)
    _, saved = shorter(metres)
    told: list[Progress] = []
    most_saved(savings_of(children, saved), 6, SearchControl(on_progress=told.append))
    assert told[0].step == "prepare"
    assert [each.elapsed_s for each in told] == sorted(each.elapsed_s for each in told)
    assert all(0 <= each.part <= 1 for each in told)
