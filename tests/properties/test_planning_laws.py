"""Laws of plans: for all services, children and requests in tiny Flanders."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.planning import Objective
from geo.planning import search as planning_search
from geo.planning.plan import PlanStatus
from geo.planning.siting.local_search import greedy, improved
from geo.planning.siting.price_bound import bounded
from geo.planning.siting.savings import savings_of
from geo.solver.control import SearchControl
from tests.support import tiny_plan
from tests.support.tiny_demand import TODAY, house
from tests.support.tiny_flanders import SQUARES, location

steps = st.integers(-5, 5).map(lambda number: 100.0 * number)
spots = st.tuples(st.sampled_from(sorted(SQUARES)), steps, steps)
some_squares = st.frozensets(st.sampled_from(sorted(SQUARES)), max_size=2)
EVERY = 1e-9


@st.composite
def services(draw):
    return [house(f"house-{at}", location(*where)) for at, where in enumerate(draw(st.lists(spots, max_size=3)))]


@st.composite
def requests(draw, objectives=tuple(Objective)):
    kept = draw(some_squares)
    forbidden = draw(some_squares) - kept
    return tiny_plan.ask(
        objective=draw(st.sampled_from(objectives)),
        sites=draw(st.integers(max(1, len(kept)), 4)),
        share=draw(st.sampled_from([0.3, 0.8, 1.0])),
        need_weight=draw(st.sampled_from([0.0, 0.5, 1.0])),
        reach_m=draw(st.sampled_from([300.0, 500.0, 1_000.0, 1_414.3])),
        kept=frozenset(tiny_plan.site(square) for square in kept),
        forbidden=frozenset(tiny_plan.site(square) for square in forbidden),
        demand_outside=draw(st.booleans()),
    )


def is_better(objective, one, other):
    """Whether one value is clearly better than another."""
    slack = EVERY * max(1.0, abs(other))
    return one > other + slack if objective is Objective.MOST_REACHED else one < other - slack


def solve(book, request):
    return planning_search.solve(book, request, today=TODAY)


@given(services(), requests(), st.data())
def test_no_sites_anybody_names_are_better(offer, request, data):
    book = tiny_plan.book(*offer)
    plan = solve(book, request)
    offered = [each.id for each in plan.problem.candidates if each.id not in request.kept]
    count = min(len(offered), max(len(plan.places), request.sites) - len(request.kept))
    others = data.draw(st.lists(st.sampled_from(offered), unique=True, max_size=count)) if offered else []
    tried = planning_search.evaluate(book, request, [*request.kept, *others], today=TODAY)
    if request.objective is Objective.FEWEST_SITES:
        enough = min(request.share * plan.problem.weight[plan.problem.is_asked].sum(), weighed(plan))
        assume(weighed(tried) >= enough)
    assert plan.proof.status is PlanStatus.OPTIMAL
    assert not is_better(request.objective, tried.proof.value, plan.proof.value)


def weighed(plan):
    """The weighed children who are reached."""
    problem = plan.problem
    return float(problem.weight[problem.is_asked & (plan.after_m <= plan.request.reach_m)].sum())


@given(services(), requests())
def test_the_objective_worked_out_anew_is_that_of_the_plan(offer, request):
    book = tiny_plan.book(*offer)
    plan = solve(book, request)
    again = planning_search.evaluate(book, request, [each.id for each in plan.places], today=TODAY)
    assert again.proof.value == plan.proof.value == plan.proof.bound
    assert (again.after, again.gains) == (plan.after, plan.gains)


@given(services(), requests([each for each in Objective if each is not Objective.FEWEST_SITES]))
def test_more_sites_are_never_worse(offer, request):
    book = tiny_plan.book(*offer)
    fewer, more = solve(book, request), solve(book, replace(request, sites=request.sites + 1))
    assert not is_better(request.objective, fewer.proof.value, more.proof.value)


@given(services(), requests())
def test_kept_sites_are_always_in_and_forbidden_ones_never(offer, request):
    chosen = {each.id for each in solve(tiny_plan.book(*offer), request).places}
    assert request.kept <= chosen
    assert not request.forbidden & chosen


@given(services(), requests())
def test_closing_and_opening_again_changes_nothing(offer, request):
    assume(offer)
    book = tiny_plan.book(*offer)
    plan = solve(book, request)
    closed = solve(book, replace(request, closed=frozenset({offer[0].id})))
    again = solve(book, replace(closed.request, closed=frozenset()))
    assert (again.places, again.after, again.gains) == (plan.places, plan.after, plan.gains)
    assert closed.before == plan.before
    assert closed.closed.reached <= plan.before.reached + EVERY


@given(services(), requests())
def test_children_are_never_worse_off_while_nothing_closes(offer, request):
    plan = solve(tiny_plan.book(*offer), request)
    assert plan.losers == ()
    assert all(row.gain >= 0 for row in plan.gains)
    children = sum(row.gain for row in plan.gains)
    reached = plan.problem.children[plan.after_m <= request.reach_m].sum()
    before = plan.problem.children[plan.problem.before_m <= request.reach_m].sum()
    assert abs(children - (reached - before)) < 1e-6
    assert (plan.after_m <= plan.problem.base_m).all()


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_a_bound_is_no_less_than_greedy_or_exchange(seed, count):
    random = np.random.default_rng(seed)
    savings = savings_of(random.uniform(0, 5, 20), np.maximum(random.uniform(-3, 5, (20, 8)), 0))
    first = greedy(savings, count)
    better = improved(savings, first, SearchControl())
    assert savings.value(first) <= savings.value(better) * (1 + EVERY)
    assert bounded(savings, count, better, SearchControl()).value >= savings.value(better) * (1 - EVERY)
