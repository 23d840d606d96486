"""Plans on the shipped data: three that stay as they are, the optimum of a plain model, and every objective everywhere.

The files under `planning/` hold a request and what was found, with its gap. Change one only with the data or with the
definition, and say why.
"""

import datetime as dt
import itertools
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import LinearConstraint, milp

from geo.ages import AgeGroup
from geo.coverage import Measure
from geo.directory import ServiceType
from geo.planning import Objective, PlanRequest, assumptions, search
from geo.planning.plan import PlanStatus
from geo.solver import Ended
from tests.support import shipped

TODAY = dt.date(2026, 1, 1)
SCENARIOS = sorted((Path(__file__).parent / "planning").glob("*.json"))
PATIENCE_S = 600.0  # the work decides: this is for a machine with very much else to do
PROVINCES = ("10000", "20001", "30000", "40000", "70000", "04000")


@pytest.fixture(scope="module")
def book():
    return shipped.book()


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario(book, path):
    known = json.loads(path.read_text(encoding="utf-8"))
    plan = search.solve(book, PlanRequest.from_json(known["request"]), today=TODAY)
    assert [each.candidate.id for each in plan.sites] == [each["id"] for each in known["sites"]]
    assert [each.candidate.name_nl for each in plan.sites] == [each["name"] for each in known["sites"]]
    assert [each.children_added for each in plan.sites] == pytest.approx(
        [each["children_added"] for each in known["sites"]], abs=0.06
    )
    assert plan.proof.value == pytest.approx(known["value"], abs=1e-3)
    assert plan.proof.gap == known["gap"] == 0.0
    assert plan.before.reached == pytest.approx(known["reached_before"], abs=0.06)
    assert plan.after.reached == pytest.approx(known["reached_after"], abs=0.06)
    assert plan.after.mean_m == pytest.approx(known["mean_after_m"], abs=0.06)


def test_there_are_three_scenarios():
    assert len(SCENARIOS) == 3


def test_a_plain_model_has_the_same_optimum(book):
    """Most children within 3.75 km in Oost-Vlaanderen, every sector and candidate written out."""
    request = PlanRequest(area="40000", sites=4, ages=frozenset({AgeGroup.FROM_3_TO_5}))
    plan = search.solve(book, request, today=TODAY)
    problem = plan.problem
    rows = problem.is_asked & (problem.base_m > request.reach_m)
    near = sparse.csr_array((problem.distance_m(problem.candidates, rows) <= request.reach_m).astype(float))
    homes, sites = near.shape
    matrix = sparse.vstack(
        [
            sparse.hstack([near, -sparse.eye_array(homes)]),
            sparse.csr_array(np.concatenate((np.ones(sites), np.zeros(homes)))[None, :]),
        ]
    )
    answer = milp(
        np.concatenate((np.zeros(sites), -problem.children[rows])),
        integrality=np.ones(sites + homes),
        bounds=(0, 1),
        constraints=LinearConstraint(
            matrix, np.concatenate((np.zeros(homes), [4.0])), np.append(np.full(homes, np.inf), 4.0)
        ),
    )
    assert answer.status == 0
    assert plan.after.reached - plan.before.reached == pytest.approx(-answer.fun, rel=1e-6)
    assert plan.proof.status is PlanStatus.OPTIMAL


def test_the_quick_numbers_are_those_of_coverage(book):
    request = PlanRequest(area="70000", sites=3, closed=frozenset({"huis-van-het-kind-hasselt"}))
    plan = search.solve(book, request, today=TODAY)
    for outcome, is_after in ((plan.before, False), (plan.after, True)):
        reach = plan.report(Measure.REACH, after=is_after).row_of(plan.area)
        nearest = plan.report(Measure.NEAREST, after=is_after).row_of(plan.area)
        assert (outcome.children, outcome.reached) == pytest.approx((reach.children, reach.children_reached))
        assert (outcome.mean_m, outcome.p90_m) == pytest.approx((nearest.value, nearest.p90_m))


@pytest.mark.parametrize("area", PROVINCES)
@pytest.mark.parametrize("objective", Objective)
def test_every_objective_in_every_province(book, objective, area):
    request = PlanRequest(area=area, objective=objective, sites=3)
    plan = search.solve(book, request, today=TODAY, time_limit_s=PATIENCE_S)
    assert plan.proof.gap is not None
    assert plan.proof.gap <= (0.1 if objective is Objective.FEWEST_SITES else 0.05)
    assert len({each.id for each in plan.places}) == len(plan.places) > 0
    assert {each.nis_code for each in plan.places} <= set(plan.area.nis_codes)
    assert plan.after.reached >= plan.before.reached
    assert plan.losers == ()


@pytest.mark.parametrize("objective", Objective)
def test_a_type_without_any_door(book, objective):
    request = PlanRequest(
        area="20001", objective=objective, sites=2, types=frozenset({ServiceType.FAMILY_CARE_CENTRE}), reach_m=10_000.0
    )
    plan = search.solve(book, request, today=TODAY, time_limit_s=PATIENCE_S)
    assert (plan.before.reached, plan.before.mean_m) == (0, None)
    assert plan.proof.gap <= (0.12 if objective is Objective.FEWEST_SITES else 0.05)
    assert plan.after.reached > 0


@pytest.mark.parametrize("kind", [ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PARENTING_SHOP])
@pytest.mark.parametrize("objective", Objective)
def test_without_time_nothing_is_called_proven_that_is_not_best(book, objective, kind):
    request = PlanRequest(area="30000", types=frozenset({kind}), sites=5, objective=objective)
    best = search.solve(book, request, today=TODAY).proof
    assert best.status is PlanStatus.OPTIMAL
    proof = search.solve(book, request, today=TODAY, time_limit_s=0.0).proof
    assert 0.0 <= proof.gap <= 1.0
    assert np.isfinite(proof.bound)
    is_best = proof.value == pytest.approx(best.value)
    assert proof.status is (PlanStatus.OPTIMAL if proof.gap == 0.0 else PlanStatus.NOT_PROVEN)
    assert is_best or proof.status is PlanStatus.NOT_PROVEN
    far, near = (proof.bound, best.value) if objective is Objective.MOST_REACHED else (best.value, proof.bound)
    assert far >= near * (1 - 1e-9), "a bound is never on the wrong side of the best"


# --- the work decides, not the clock -------------------------------------------------------------------------------


def numbers(plan):
    """Everything a reader sees of a plan."""
    proof = plan.proof
    told = [str(each) for each in plan.assumptions]
    return (plan.places, proof.value, proof.bound, proof.gap, proof.status, plan.ended, told, plan.gains, plan.tour)


@contextmanager
def a_busy_machine():
    """Twice as many processes as there are processors, which do nothing but keep them busy."""
    spinning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        yield
    finally:
        for each in spinning:
            each.kill()
            each.wait()


SMALL = [*({"objective": objective, "sites": 5} for objective in Objective), {"sites": 5, "tour_m": 40_000.0}]


@pytest.mark.parametrize("asked", SMALL, ids=[*Objective, "tour"])
def test_a_busy_machine_gives_the_same_plan(book, asked):
    request = PlanRequest(area="70000", **asked)
    idle = search.solve(book, request, today=TODAY, time_limit_s=PATIENCE_S)
    with a_busy_machine():
        busy = search.solve(book, request, today=TODAY, time_limit_s=PATIENCE_S)
    assert busy.ended is Ended.DONE
    assert numbers(busy) == numbers(idle)


@pytest.mark.parametrize("at_once_s", [0.02, 1e9], ids=["in a process", "at once"])
@pytest.mark.parametrize("asked", SMALL, ids=[*Objective, "tour"])
def test_a_clock_that_races_gives_the_same_plan(book, monkeypatch, asked, at_once_s):
    """A thousand seconds between one look at the clock and the next; the last guard stands beyond them all."""
    request, limit_s = PlanRequest(area="70000", **asked), 1e12
    monkeypatch.setattr("geo.solver.attempts.AT_ONCE_S", 1e9)
    monkeypatch.setattr("geo.solver.control.time.perf_counter", lambda: 0.0)
    still = search.solve(book, request, today=TODAY, time_limit_s=limit_s)
    ticks = itertools.count(step=1000.0)
    monkeypatch.setattr("geo.solver.attempts.AT_ONCE_S", at_once_s)
    monkeypatch.setattr("geo.solver.control.time.perf_counter", lambda: next(ticks))
    raced = search.solve(book, request, today=TODAY, time_limit_s=limit_s)
    assert raced.proof.seconds >= 1000
    assert numbers(raced) == numbers(still)


def test_a_plan_that_the_last_guard_cut_short_says_so(book):
    request = PlanRequest(area="70000", objective=Objective.FEWEST_SITES)
    whole = search.solve(book, request, today=TODAY, time_limit_s=PATIENCE_S)
    plan = search.solve(book, request, today=TODAY, time_limit_s=0.0)
    assert (plan.ended, plan.proof.status) == (Ended.TIME, PlanStatus.NOT_PROVEN)
    assert plan.assumptions[0].template == assumptions.LATE
    assert (whole.ended, whole.proof.status) == (Ended.DONE, PlanStatus.OPTIMAL)
    assert assumptions.LATE not in [each.template for each in whole.assumptions]


def test_a_plan_that_was_stopped_says_so(book):
    request, looks = PlanRequest(area="10000"), itertools.count()
    plan = search.solve(book, request, today=TODAY, should_stop=lambda: next(looks) > 0)
    assert plan.was_stopped
    assert plan.assumptions[0].template == assumptions.STOPPED
    assert len(plan.places) == request.sites
