"""Says which sites are asked for; the request and the version of the data alone decide the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from geo.ages import CHILD_AGES, AgeGroup
from geo.coverage import CoverageRequest, Measure
from geo.coverage.request import AGES, BICYCLE_M, CONFIDENCES, REACH, STATUSES, TYPES
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.messages import N_, Message
from geo.planning import choices
from geo.planning.choices import CandidateKind, Objective
from geo.requests import Request, choice

TOO_MANY_KEPT = N_("{kept} sites are kept, but only {sites} asked for")
KEPT_AND_FORBIDDEN = N_("{value} is both kept and forbidden")
NO_POINTS = N_("No points were given to choose from; expected longitude and latitude in degrees")
NO_ROUND = N_("A round of stops is planned for the most children reached only")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest(Request):
    """Which sites to propose.

    Attributes
    ----------
    area : str
        Code of an area (see `geo.areas`), or several joined by "+"; empty: Flanders and Brussels. New sites come in
        it; services outside it count as they do for coverage.
    types, ages, reach_m, statuses, confidences
        As in `CoverageRequest`. A new site is a service for all the ages asked for.
    objective : Objective
        What to make as good as possible.
    sites : int
        How many new sites at most, the kept ones included, 1 to 30; not used for the fewest sites.
    share : float
        For the fewest sites: which part of the children must be reached, above 0 to 1.
    need_weight : float
        0 to 1. Above 0 the plan is *fair*: a child weighs ``(1 - need_weight) + need_weight * d / D``, with d the
        deprivation index of its municipality and D the mean over the children of all municipalities where it is
        known; unknown counts as D. Weights are never negative, and 1 on average where the index is known. For the
        worst distance it is the distance that is weighed so.
    kept : frozenset of str
        Ids of candidates, of any kind, that are part of the plan.
    closed : frozenset of str
        Ids of existing services that close.
    forbidden : frozenset of str
        Ids of candidates that are never chosen.
    candidates : CandidateKind
        Where a new site may come.
    points : tuple of (lon, lat)
        Candidates of the kind `points`, EPSG:4326 degrees.
    demand_outside : bool
        Whether children outside the area count who live within reach of a candidate.
    tour_m : float
        Above 0, the sites are stops of one mobile service: the closed round past all of them, in straight lines, is
        at most so long. Only for most children reached.
    depot : str
        Id of the place where the round begins and ends; empty: at one of its stops.

    Raises
    ------
    RequestError
        Names the value that cannot be used and what was expected.
    """

    COMMAND: ClassVar = "plan"
    FIRST_IN_LINK: ClassVar = ("area", "types", "ages", "objective", "sites")
    FIRST_IN_COMMAND: ClassVar = ("area", "types", "ages", "objective")

    area: str = choice(choices.AREA, "")
    types: frozenset[ServiceType] = choice(TYPES, frozenset({ServiceType.HOUSE_OF_THE_CHILD}))
    ages: frozenset[AgeGroup] = choice(AGES, frozenset({AgeGroup.FROM_0_TO_2}))
    reach_m: float = choice(REACH, BICYCLE_M)
    objective: Objective = choice(choices.OBJECTIVE, Objective.MOST_REACHED)
    sites: int = choice(choices.SITES, 3)
    share: float = choice(choices.SHARE, 0.95)
    need_weight: float = choice(choices.NEED_WEIGHT, 0.0)
    kept: frozenset[str] = choice(choices.KEPT, frozenset())
    closed: frozenset[str] = choice(choices.CLOSED, frozenset())
    forbidden: frozenset[str] = choice(choices.FORBIDDEN, frozenset())
    candidates: CandidateKind = choice(choices.CANDIDATES, CandidateKind.SUBMUNICIPALITY)
    points: tuple[tuple[float, float], ...] = choice(choices.POINTS, ())
    demand_outside: bool = choice(choices.DEMAND_OUTSIDE, default=False)
    tour_m: float = choice(choices.TOUR, 0.0)
    depot: str = choice(choices.DEPOT, "")
    statuses: frozenset[Status] = choice(STATUSES, frozenset({Status.ACTIVE}))
    confidences: frozenset[Confidence] = choice(CONFIDENCES, frozenset({Confidence.HIGH, Confidence.MEDIUM}))

    def refusal_together(self) -> Message | None:
        """Return why the choices do not go together; None when they do."""
        if self.objective is not Objective.FEWEST_SITES and len(self.kept) > self.sites:
            return Message(TOO_MANY_KEPT, {"kept": len(self.kept), "sites": self.sites})
        if both := sorted(self.kept & self.forbidden):
            return Message(KEPT_AND_FORBIDDEN, {"value": repr(both[0])})
        if self.candidates is CandidateKind.POINTS and not (self.points or self.kept):
            return Message(NO_POINTS)
        if self.tour_m and self.objective is not Objective.MOST_REACHED:
            return Message(NO_ROUND)
        return None

    @classmethod
    def keep_fitting(cls, found: dict[str, Any]) -> dict[str, Any]:
        """Return the choices of a link without those that do not go together."""
        fitting = found | {"forbidden": found["forbidden"] - found["kept"]}
        if found["objective"] is not Objective.FEWEST_SITES and len(found["kept"]) > found["sites"]:
            fitting["kept"] = frozenset()
        if found["candidates"] is CandidateKind.POINTS and not found["points"]:
            fitting["candidates"] = CandidateKind.SUBMUNICIPALITY
        if found["objective"] is not Objective.MOST_REACHED:
            fitting["tour_m"] = 0.0
        return fitting

    def has_effect(self, name: str) -> bool:
        """Whether a choice changes the answer: the share for the fewest sites only, their number for the others."""
        is_fewest = self.objective is Objective.FEWEST_SITES
        return {"share": is_fewest, "sites": not is_fewest}.get(name, True)

    @property
    def is_fair(self) -> bool:
        """Whether need weighs."""
        return self.need_weight > 0

    @property
    def groups(self) -> tuple[AgeGroup, ...]:
        """The age groups, young first."""
        return tuple(group for group in CHILD_AGES if group in self.ages)

    def coverage(self, measure: Measure) -> CoverageRequest:
        """Return the request that measures the same services for the same children everywhere."""
        return CoverageRequest(
            types=self.types,
            ages=self.ages,
            measure=measure,
            reach_m=self.reach_m,
            statuses=self.statuses,
            confidences=self.confidences,
        )
