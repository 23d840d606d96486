"""A plan: numbered sites, gains, losses and proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from geo.arrays import Floats
from geo.coverage import CoverageReport, CoverageRequest, Measure, measuring
from geo.coverage.row import CoverageRow
from geo.directory import Service
from geo.messages import Message
from geo.places import Area
from geo.planning.candidates import Candidate
from geo.planning.carried_out import dataset_after
from geo.planning.choices import Objective
from geo.planning.problem import SitingProblem
from geo.planning.request import PlanRequest
from geo.solver.control import Ended
from geo.store import Dataset


class PlanStatus(StrEnum):
    """Proof of a plan: optimal, not proven in time, or given."""

    OPTIMAL = "optimal"
    NOT_PROVEN = "not_proven"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Proof:
    """How good a plan is by its objective.

    `value` and `bound` (which no plan can beat) are children, weighed by need if asked, for the most reached; sites
    for the fewest; metres, likewise weighed, for distances. `bound` is None for given sites. `gap` is the part by
    which a better plan could still be better: of the newly reached children, of the sites, of the distance.
    """

    objective: Objective
    value: float
    bound: float | None
    gap: float | None
    status: PlanStatus
    seconds: float


@dataclass(frozen=True, slots=True)
class ProposedSite:
    """One new site; each adds most to those before it.

    1 is the one that adds most.

    Of the children who count: `children_alone` would be newly reached by this site alone, `children_only` by it and
    no other site, `children_added` by it on top of those before it; `children_nearest` have it as their nearest.
    """

    number: int
    candidate: Candidate
    is_kept: bool
    children_alone: float
    children_only: float
    children_added: float
    children_nearest: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Children who count, children in reach, metres to the nearest known door.

    Distances are over those who have any: mean, the least within which nine in ten have one, the longest; None
    without any.
    """

    children: float
    reached: float
    mean_m: float | None
    p90_m: float | None
    worst_m: float | None


@dataclass(frozen=True, slots=True)
class Gain:
    """One municipality where reach or distance differs from today.

    `reached_closed` is when services have closed and no new one is there yet. `children_farther` have a longer way
    than today. `is_inside` is whether it lies in the area of the plan.
    """

    nis_code: str
    is_inside: bool
    children: float
    reached_before: float
    reached_closed: float
    reached_after: float
    children_farther: float
    mean_before_m: float | None
    mean_after_m: float | None

    @property
    def gain(self) -> float:
        """Children reached more than today; below 0 they are fewer."""
        return self.reached_after - self.reached_before


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan:
    """Answer to a plan request.

    `places` are its sites in order; `tour` the order of a tour, empty without one.


    `ended` is what ended the search: after DONE the same request on the same data has the same plan on every machine.
    """

    problem: SitingProblem
    today: dt.date
    places: tuple[Candidate, ...]
    proof: Proof
    assumptions: tuple[Message, ...]
    tour: tuple[Candidate, ...] = ()
    tour_m: float = 0.0
    ended: Ended = Ended.DONE

    @property
    def was_stopped(self) -> bool:
        """Whether it is what was found when the search was stopped, and perhaps not the best."""
        return self.ended is Ended.STOPPED

    @property
    def request(self) -> PlanRequest:
        """What was asked."""
        return self.problem.request

    @property
    def area(self) -> Area:
        """The area asked for."""
        return self.problem.area

    @property
    def data_version(self) -> str:
        """The version of the data."""
        return self.problem.book.dataset.data_version

    @cached_property
    def distance_m(self) -> Floats:
        """float64[n, sites]: metres from each group of children to each site."""
        return self.problem.distance_m(self.places)

    @cached_property
    def after_m(self) -> Floats:
        """float64[n]: metres from each group to the nearest door, old or new."""
        found: Floats = np.minimum(self.problem.base_m, self.distance_m.min(axis=1, initial=np.inf))
        return found

    @cached_property
    def sites(self) -> tuple[ProposedSite, ...]:
        """The proposed sites."""
        reach, problem = self.request.reach_m, self.problem
        children = np.where(problem.is_asked, problem.children, 0.0)
        fresh = np.where(problem.base_m > reach, children, 0.0)
        within = self.distance_m <= reach
        count = within.sum(axis=1)
        earlier: npt.NDArray[np.int64] = np.cumsum(within, axis=1) - within
        is_nearest = (self.distance_m == self.after_m[:, None]) & (self.distance_m < problem.base_m[:, None])
        first = is_nearest & (np.cumsum(is_nearest, axis=1) == 1)
        return tuple(
            ProposedSite(
                number=at + 1,
                candidate=place,
                is_kept=place.id in self.request.kept,
                children_alone=float(fresh @ within[:, at]),
                children_only=float(fresh @ (within[:, at] & (count == 1))),
                children_added=float(fresh @ (within[:, at] & (earlier[:, at] == 0))),
                children_nearest=float(children @ first[:, at]),
            )
            for at, place in enumerate(self.places)
        )

    @cached_property
    def before(self) -> Outcome:
        """Outcome of today."""
        return self._outcome_at(self.problem.before_m)

    @cached_property
    def closed(self) -> Outcome:
        """Outcome once services have closed; today's where none closes."""
        return self._outcome_at(self.problem.base_m)

    @cached_property
    def after(self) -> Outcome:
        """Outcome with the plan."""
        return self._outcome_at(self.after_m)

    def _outcome_at(self, distance_m: Floats) -> Outcome:
        asked = self.problem.is_asked
        distance, children = distance_m[asked], self.problem.children[asked]
        known = np.isfinite(distance)
        away, weight = distance[known], children[known]
        reached = float(children[distance <= self.request.reach_m].sum())
        if not len(away):
            return Outcome(float(children.sum()), reached, None, None, None)
        order = np.argsort(away, kind="stable")
        counted = np.cumsum(weight[order])
        p90 = float(away[order][np.searchsorted(counted, 0.9 * counted[-1] * (1 - 1e-12))])
        mean = float(np.average(away, weights=weight))
        return Outcome(float(children.sum()), reached, mean, p90, float(away.max()))

    @cached_property
    def gains(self) -> tuple[Gain, ...]:
        """Changed municipalities inside and outside the area, largest gain first."""
        problem, reach = self.problem, self.request.reach_m
        towns = problem.municipality
        codes = problem.book.dataset.demand.nis_codes

        def per_town(values: Floats) -> Floats:
            return np.bincount(towns, weights=values, minlength=len(codes)).astype(np.float64)

        children = problem.children
        states = (problem.before_m, problem.base_m, self.after_m)
        total = per_town(children)
        numbers = [per_town(children * (metres <= reach)) for metres in states]
        numbers.append(per_town(children * (self.after_m > problem.before_m)))
        means = [_mean_distances(per_town, children, metres) for metres in (problem.before_m, self.after_m)]
        is_changed = per_town((problem.before_m != self.after_m).astype(np.float64)) > 0
        inside = set(self.area.nis_codes)
        found = [
            Gain(
                codes[at],
                codes[at] in inside,
                float(total[at]),
                *(float(each[at]) for each in numbers),
                *(None if np.isnan(each[at]) else float(each[at]) for each in means),
            )
            for at in np.flatnonzero(is_changed)
        ]
        return tuple(sorted(found, key=lambda row: (-row.gain, -(row.mean_before_m or 0) + (row.mean_after_m or 0))))

    @property
    def losers(self) -> tuple[Gain, ...]:
        """Municipalities with fewer children reached or longer ways, most first."""
        lost = [row for row in self.gains if row.gain < -1e-9 or row.children_farther > 0]
        return tuple(sorted(lost, key=lambda row: (row.gain, -row.children_farther)))

    @cached_property
    def closing_services(self) -> tuple[Service, ...]:
        """The services that close."""
        by_id = self.problem.book.dataset.directory.by_id
        return tuple(by_id[each] for each in sorted(self.request.closed))

    @cached_property
    def dataset_after(self) -> Dataset:
        """The dataset with the plan carried out."""
        return dataset_after(self.problem.book.dataset, self.request, self.places)

    def report(self, measure: Measure, *, after: bool) -> CoverageReport:
        """Return the coverage report of all municipalities, today or with the plan."""
        book = self.dataset_after if after else self.problem.book.dataset
        return measuring.measure(book, self.request.coverage(measure), today=self.today)

    @cached_property
    def measures(self) -> dict[Measure, tuple[CoverageRow, CoverageRow]]:
        """Coverage measures of the area, today and with the plan.

        Takes about a second for all of Flanders.
        """
        book = self.problem.book.dataset
        return {
            measure: (
                _coverage_today(book, self.request.coverage(measure), self.today).row_of(self.area),
                self.report(measure, after=True).row_of(self.area),
            )
            for measure in Measure
        }


@lru_cache(maxsize=2 * len(Measure))
def _coverage_today(book: Dataset, request: CoverageRequest, today: dt.date) -> CoverageReport:
    """Return the coverage of today, which all plans of a request are compared with."""
    return measuring.measure(book, request, today=today)


def _mean_distances(per_town: Callable[[Floats], Floats], children: Floats, metres: Floats) -> Floats:
    """Return the mean distance per municipality over the children who have any; not a number for nobody."""
    known = np.where(np.isfinite(metres), children, 0.0)
    weight = per_town(known)
    total = per_town(known * np.where(np.isfinite(metres), metres, 0.0))
    return np.divide(total, weight, out=np.full_like(total, np.nan), where=weight > 0)
