"""Propose sites for new services, with proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from geo.arrays import Floats, Rows64
from geo.errors import RequestError
from geo.messages import N_, Message
from geo.planning import assumptions, tours
from geo.planning.candidates import Candidate, CandidateBook
from geo.planning.choices import Objective
from geo.planning.plan import Plan, PlanStatus, Proof
from geo.planning.problem import SitingProblem, problem_of
from geo.planning.request import PlanRequest
from geo.planning.siting.fewest_sites import fewest
from geo.planning.siting.least_worst import least_worst
from geo.planning.siting.most_saved import SiteChoice, in_order, most_saved
from geo.planning.siting.savings import Savings, savings_of
from geo.solver.control import LIMIT_S, Ended, Progress, SearchControl

UNREACHABLE = N_("There is no place from which all children can be reached")
PLAN_TOLERANCE = 1e-7
"""A gap up to this part comes from rounding and is none."""


def solve(  # noqa: PLR0913  (the options of one search)
    book: CandidateBook,
    request: PlanRequest,
    *,
    today: dt.date,
    time_limit_s: float = LIMIT_S,
    should_stop: Callable[[], bool] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Plan:
    """Return the best sites for a request, or the best found, with what a better plan could still gain.

    Parameters
    ----------
    book : CandidateBook
        Services, municipalities, children, need, and the names of places.
    request : PlanRequest
        What is asked. With the data version it alone decides the plan: the search is bounded by its work, and the time
        limit is the last guard.
    today : date
        Decides which records count as fresh in the coverage reports; it changes no site.
    time_limit_s : float
        After this the best plan found is returned, and says that it was cut short.
    should_stop : callable or None
        Asked all the time, mostly many times a second and rarely a second apart; when it says yes, the best plan found
        is returned, and says that it was stopped.
    on_progress : callable or None
        Told what is being done; called in the thread of the caller.

    Raises
    ------
    RequestError
        The request names an area, a candidate or a service that does not exist, or nothing can be chosen.
    CancelledError
        When `should_stop` said so before anything was found.
    """
    control = SearchControl(limit_s=time_limit_s, should_stop=should_stop, on_progress=on_progress)
    asked = cached_problem(book, request)
    if request.tour_m:
        return _solve_tour(asked, today, control)
    task = _Task.of(asked)
    found = _SOLVERS[request.objective](task, control)
    places = _order_sites(asked, [*task.kept, *(int(task.free[site]) for site in found.sites)])
    return _make_plan(asked, today, places, _Search(found.bound, control.elapsed_s, control.ended))


def evaluate(book: CandidateBook, request: PlanRequest, sites: Iterable[str], *, today: dt.date) -> Plan:
    """Return the plan of given sites, at once.

    The same as `solve`, for sites that somebody gave by id (any candidate or `point:LON_LAT`).

    The number of sites of the request does not bind them.

    Raises
    ------
    RequestError
        A site is not known.
    """
    return evaluate_cached(book, request, tuple(dict.fromkeys(sites)), today)


@lru_cache(maxsize=8)
def evaluate_cached(book: CandidateBook, request: PlanRequest, sites: tuple[str, ...], today: dt.date) -> Plan:
    """Return what `evaluate` says, from a cache.

    The last few are kept, since a screen asks again for what it shows already.
    """
    places = tuple(book.candidate(site) for site in sites)
    return _make_plan(cached_problem(book, request), today, places, None)


@lru_cache(maxsize=8)
def cached_problem(book: CandidateBook, request: PlanRequest) -> SitingProblem:
    """Return the siting problem of a request, from a cache.

    The last few are kept, for sites that are moved by hand.
    """
    return problem_of(book, request)


@dataclass(frozen=True, eq=False)
class _Task:
    """What is left to choose once the kept sites stand.

    `kept` and `free` are positions of candidates, `base_m` float64[a] the distance of the groups that count to what
    is there by then, `distance_m` float64[a, free].
    """

    problem: SitingProblem
    kept: list[int]
    free: Rows64
    weight: Floats
    factor: Floats
    base_m: Floats
    distance_m: Floats

    @classmethod
    def of(cls, problem: SitingProblem) -> _Task:
        """Return the task of a problem."""
        rows = problem.is_asked
        kept = [problem.number_of[each] for each in sorted(problem.request.kept)]
        free = np.setdiff1d(np.arange(len(problem.candidates)), kept)
        base = problem.base_m[rows]
        if kept:
            away = problem.distance_m([problem.candidates[at] for at in kept], rows)
            base = np.minimum(base, away.min(axis=1))
        distance = problem.distance_m([problem.candidates[at] for at in free], rows)
        return cls(problem, kept, free, problem.weight[rows], problem.factor[rows], base, distance)

    @property
    def count(self) -> int:
        """How many sites may still be chosen."""
        return self.problem.request.sites - len(self.kept)

    def within_reach(self) -> Savings:
        """Return what counts for most children reached: 1 for each group that a candidate newly reaches."""
        reach = self.problem.request.reach_m
        return savings_of(self.weight, ((self.distance_m <= reach) & (self.base_m > reach)[:, None]).astype(np.float64))

    @property
    def reached(self) -> float:
        """Weighed children who are within reach already."""
        return float(self.weight[self.base_m <= self.problem.request.reach_m].sum())


def _most_reached(task: _Task, control: SearchControl) -> SiteChoice:
    found = most_saved(task.within_reach(), task.count, control)
    return SiteChoice(found.sites, task.reached + found.value, task.reached + found.bound)


def _fewest_sites(task: _Task, control: SearchControl) -> SiteChoice:
    needed = task.problem.request.share * float(task.weight.sum()) - task.reached
    found = fewest(task.within_reach(), needed, control)
    return SiteChoice(found.sites, found.value + len(task.kept), found.bound + len(task.kept))


def _least_mean(task: _Task, control: SearchControl) -> SiteChoice:
    longest = task.distance_m.max(axis=1, initial=0.0)
    base = np.minimum(task.base_m, longest)  # what has no door yet cannot do worse than its farthest candidate
    if not task.count:
        base = task.base_m
    saved = savings_of(task.weight, np.maximum(base[:, None] - task.distance_m, 0.0))
    total, weight = float(task.weight @ base), float(task.weight.sum())
    found = most_saved(saved, task.count, control)
    return SiteChoice(found.sites, (total - found.value) / weight, (total - found.bound) / weight)


def _least_worst(task: _Task, control: SearchControl) -> SiteChoice:
    factor = task.factor[:, None]
    found = least_worst(task.distance_m * factor, task.base_m * task.factor, task.count, control)
    return SiteChoice(found.sites, found.value, found.bound)


_SOLVERS: dict[Objective, Callable[[_Task, SearchControl], SiteChoice]] = {
    Objective.MOST_REACHED: _most_reached,
    Objective.FEWEST_SITES: _fewest_sites,
    Objective.LEAST_MEAN: _least_mean,
    Objective.LEAST_WORST: _least_worst,
}


def _solve_tour(problem: SitingProblem, today: dt.date, control: SearchControl) -> Plan:
    """Return a plan whose sites are the stops of one round."""
    request, task = problem.request, _Task.of(problem)
    depot = problem.book.candidate(request.depot) if request.depot else None
    asked = tours.TourLimits(
        places=problem.candidates,
        kept=tuple(task.kept),
        depot=depot,
        stops=request.sites,
        longest_m=request.tour_m,
    )
    rows, reach = problem.is_asked, request.reach_m
    away = problem.distance_m(problem.candidates, rows) <= reach
    savings = savings_of(task.weight, (away & (problem.base_m[rows] > reach)[:, None]).astype(np.float64))
    reached = float(task.weight[problem.base_m[rows] <= reach].sum())
    found = tours.find_best_tour(savings, asked, control)
    places = _order_sites(problem, found.sites)
    plan = _make_plan(problem, today, places, _Search(reached + found.bound, control.elapsed_s, control.ended))
    length, order = tours.shortest_tour([*([depot] if depot else []), *places])
    stops = [*([depot] if depot else []), *places]
    return tours.with_tour(plan, tuple(stops[at] for at in order), length)


def _order_sites(problem: SitingProblem, sites: Sequence[int]) -> tuple[Candidate, ...]:
    """Return sites in the order in which each adds most."""
    places = [problem.candidates[site] for site in sorted(sites)]
    request, rows = problem.request, problem.is_asked
    distance = problem.distance_m(places, rows)
    if request.objective in (Objective.MOST_REACHED, Objective.FEWEST_SITES):
        saved = ((distance <= request.reach_m) & (problem.base_m[rows] > request.reach_m)[:, None]).astype(np.float64)
    else:
        base = np.minimum(problem.base_m[rows], distance.max(axis=1, initial=0.0))
        saved = np.maximum(base[:, None] - distance, 0.0)
    return tuple(places[at] for at in in_order(savings_of(problem.weight[rows], saved), range(len(places))))


@dataclass(frozen=True, slots=True)
class _Search:
    """What a search says of the sites it found: a bound, its seconds, and what ended it."""

    bound: float
    seconds: float
    ended: Ended


def _make_plan(problem: SitingProblem, today: dt.date, places: tuple[Candidate, ...], search: _Search | None) -> Plan:
    """Return the plan of some places, found by a search or given."""
    value = _objective_value(problem, places)
    objective = problem.request.objective
    bound, seconds, ended = (None, 0.0, Ended.DONE) if search is None else (search.bound, search.seconds, search.ended)
    gap = None if bound is None else _gap_of(problem, value, bound)
    status = PlanStatus.GIVEN if gap is None else PlanStatus.OPTIMAL if gap <= PLAN_TOLERANCE else PlanStatus.NOT_PROVEN
    if status is PlanStatus.OPTIMAL:
        bound, gap = value, 0.0
    cut_short = [] if status is PlanStatus.OPTIMAL else assumptions.cut_short(ended)
    return Plan(
        problem=problem,
        today=today,
        places=places,
        proof=Proof(objective, value, bound, gap, status, seconds),
        assumptions=(*cut_short, *assumptions.assumptions_of(problem, places)),
        ended=ended,
    )


def _objective_value(problem: SitingProblem, places: Sequence[Candidate]) -> float:
    """Return the objective of some places, worked out anew from their distances."""
    rows, objective = problem.is_asked, problem.request.objective
    nearest = np.minimum(problem.base_m[rows], problem.distance_m(places, rows).min(axis=1, initial=np.inf))
    weight = problem.weight[rows]
    if objective is Objective.FEWEST_SITES:
        return float(len(places))
    if objective is Objective.MOST_REACHED:
        return float(weight[nearest <= problem.request.reach_m].sum())
    if objective is Objective.LEAST_MEAN:
        return float(weight @ nearest / weight.sum())
    return float((nearest * problem.factor[rows]).max())


def _gap_of(problem: SitingProblem, value: float, bound: float) -> float:
    """Return how much better a plan could still be, as a part; see `Proof`. Without any bound: all of it."""
    if not np.isfinite(bound):
        return 1.0
    if problem.request.objective is Objective.MOST_REACHED:
        rows = problem.is_asked
        before = float(problem.weight[rows][problem.base_m[rows] <= problem.request.reach_m].sum())
        return max(0.0, (bound - value) / (bound - before)) if bound > before else 0.0
    if not np.isfinite(value):
        raise RequestError(Message(UNREACHABLE))
    return max(0.0, (value - bound) / value) if value > 0 else 0.0
