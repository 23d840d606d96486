"""Budgets of siting, beside spopt with its own solver."""

from __future__ import annotations

import datetime as dt
import math
import time
import warnings
from dataclasses import replace

import numpy as np
import pulp
from spopt.locate import MCLP

from benchmarks.report import BudgetRow, median_of, row_at_most, row_beside
from benchmarks.stage import DATA, Stage
from geo import store
from geo.directory import ServiceType
from geo.planning import Objective, Plan, PlanRequest, search
from geo.planning.candidates import CandidateBook
from geo.planning.choices import CandidateKind
from geo.planning.siting.most_saved import most_saved
from geo.planning.siting.savings import savings_of
from geo.solver.control import SearchControl

TODAY = dt.date(2026, 11, 24)
EVERYWHERE = PlanRequest(sites=10)
PROVINCE = PlanRequest(area="30000", sites=10)
CANDIDATE_COUNT = 300


def time_sites(stage: Stage) -> list[BudgetRow]:
    """Time the siting of ten services, also beside spopt.

    In all of Flanders and Brussels, and in a province.
    """
    book = CandidateBook.of(store.load(DATA))
    rows = []
    for name, request, most in (
        ("Flanders and Brussels, 1,119 candidates", EVERYWHERE, 10.0),
        ("West-Vlaanderen, 246 candidates", PROVINCE, 2.0),
    ):
        for objective in (Objective.MOST_REACHED, Objective.LEAST_MEAN, Objective.LEAST_WORST):
            rows += _time_requests(book, replace(request, objective=objective), name, most, stage.times(3))
    shops = replace(EVERYWHERE, types=frozenset({ServiceType.PARENTING_SHOP}))  # few doors: the hardest there is
    for objective in (Objective.LEAST_MEAN, Objective.LEAST_WORST):
        rows += _time_requests(book, replace(shops, objective=objective), "parenting shops, 1,119 candidates", 10.0, 1)
    moved = search.solve(book, EVERYWHERE, today=TODAY)
    took = [_time_evaluation(book, moved) for _ in range(stage.times(9))]
    rows.append(row_at_most("sites moved by hand, their numbers", 1000 * median_of(took), "ms", most=100))
    return [*rows, _time_beside_spopt(book, stage)]


def _time_requests(book: CandidateBook, request: PlanRequest, name: str, most: float, times: int) -> list[BudgetRow]:
    took, gaps = [], []
    for _ in range(times):
        search.cached_problem.cache_clear()
        started = time.perf_counter()
        plan = search.solve(book, request, today=TODAY)
        took.append(time.perf_counter() - started)
        gaps.append(100 * (plan.proof.gap or 0.0))
    what = f"10 sites by {request.objective.value}, {name}"
    return [
        row_at_most(what, median_of(took), "s", most=most, worst=max(took)),
        row_at_most(f"{what}: gap", max(gaps), "%", most=1.0),
    ]


def _time_evaluation(book: CandidateBook, plan: Plan) -> float:
    ids = [each.id for each in plan.places]
    search.evaluate_cached.cache_clear()
    started = time.perf_counter()
    moved = search.evaluate(book, plan.request, ["point:3.2_51.0", *ids[1:]], today=TODAY)
    assert moved.sites
    assert moved.gains
    assert moved.after.reached
    return time.perf_counter() - started


def _time_beside_spopt(book: CandidateBook, stage: Stage) -> BudgetRow:
    """Compare ten sites among 300 for most children reached: the model made, solved, and the objectives equal."""
    request = replace(EVERYWHERE, candidates=CandidateKind.SUBMUNICIPALITY)
    problem = search.cached_problem(book, request)
    largest = sorted(problem.candidates, key=lambda each: each.id)
    chosen = [largest[at] for at in np.linspace(0, len(largest) - 1, CANDIDATE_COUNT).astype(int)]
    metres, weight = problem.distance_m(chosen), problem.weight
    ours = []
    for _ in range(stage.times(5)):
        started = time.perf_counter()
        found = most_saved(savings_of(weight, (metres <= request.reach_m).astype(float)), 10, SearchControl())
        ours.append(time.perf_counter() - started)
    started = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # spopt speaks to PuLP as version 3 did
        model = MCLP.from_cost_matrix(metres, weight, request.reach_m, 10)
        model.solve(pulp.PULP_CBC_CMD(msg=False), results=False)
    theirs = time.perf_counter() - started
    if not math.isclose(model.problem.objective.value(), found.value, rel_tol=1e-9):
        raise RuntimeError(f"spopt found {model.problem.objective.value()}, we {found.value}")
    name = f"10 sites among {CANDIDATE_COUNT} for {len(weight):,} points"
    return row_beside(name, median_of(ours), "s", reference=("spopt with CBC", theirs), most=1 / 20)
