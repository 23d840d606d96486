"""Says which sites are asked for; the request and the version of the data alone decide the plan."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Self

from geo.ages import CHILD_AGES, AgeGroup
from geo.coverage.measures import Measure
from geo.coverage.request import BICYCLE_M, LONGEST_M, SHORTEST_M, CoverageRequest
from geo.directory.service import Confidence, Status
from geo.directory.service_types import ServiceType
from geo.errors import RequestError
from geo.messages import N_
from geo.requests import kinds

MOST_SITES = 30
SHORTEST_TOUR_M, LONGEST_TOUR_M = 1_000.0, 500_000.0


class Objective(StrEnum):
    """What makes one plan better than another."""

    MOST_REACHED = "mclp"
    FEWEST_SITES = "lscp"
    LEAST_MEAN = "p_median"
    LEAST_WORST = "p_center"


OBJECTIVES: dict[Objective, tuple[str, str]] = {
    Objective.MOST_REACHED: (
        N_("Most children reached"),
        N_("As many children as possible live within reach of a service, old or new (MCLP; Church and ReVelle 1974)."),
    ),
    Objective.FEWEST_SITES: (
        N_("Fewest sites"),
        N_(
            "As few new sites as possible, so that the chosen share of the children lives within reach of a service "
            "(LSCP; Toregas and others 1971)."
        ),
    ),
    Objective.LEAST_MEAN: (
        N_("Least mean distance"),
        N_("The mean distance of the children to their nearest service is as short as possible (p-median; Hakimi)."),
    ),
    Objective.LEAST_WORST: (
        N_("Least worst distance"),
        N_("The children who live farthest from a service have the shortest possible way (p-center; Hakimi)."),
    ),
}
"""Name and definition of each objective, English messages."""


class CandidateKind(StrEnum):
    """Where a new site may come."""

    SUBMUNICIPALITY = "submunicipality"
    STATION = "station"
    SERVICE = "service"
    POINTS = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
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

    area: str = ""
    types: frozenset[ServiceType] = frozenset({ServiceType.HOUSE_OF_THE_CHILD})
    ages: frozenset[AgeGroup] = frozenset({AgeGroup.FROM_0_TO_2})
    reach_m: float = BICYCLE_M
    objective: Objective = Objective.MOST_REACHED
    sites: int = 3
    share: float = 0.95
    need_weight: float = 0.0
    kept: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    candidates: CandidateKind = CandidateKind.SUBMUNICIPALITY
    points: tuple[tuple[float, float], ...] = ()
    demand_outside: bool = False
    tour_m: float = 0.0
    depot: str = ""
    statuses: frozenset[Status] = frozenset({Status.ACTIVE})
    confidences: frozenset[Confidence] = frozenset({Confidence.HIGH, Confidence.MEDIUM})

    def __post_init__(self) -> None:
        """Refuse what cannot be planned."""
        self.coverage(Measure.REACH)
        if not 1 <= self.sites <= MOST_SITES:
            raise RequestError(f"{self.sites} is no number of new sites; expected 1 to {MOST_SITES}")
        if not 0 < self.share <= 1:
            raise RequestError(f"{self.share:g} is no share of the children; expected more than 0, up to 1")
        if not 0 <= self.need_weight <= 1:
            raise RequestError(f"{self.need_weight:g} is no weight of need; expected 0 to 1")
        if self.objective is not Objective.FEWEST_SITES and len(self.kept) > self.sites:
            raise RequestError(f"{len(self.kept)} sites are kept, but only {self.sites} asked for")
        if both := sorted(self.kept & self.forbidden):
            raise RequestError(f"{both[0]!r} is both kept and forbidden")
        if self.candidates is CandidateKind.POINTS and not (self.points or self.kept):
            raise RequestError("No points were given to choose from; expected longitude and latitude in degrees")
        for lon, lat in self.points:
            if not kinds.is_on_globe(lon, lat):
                raise RequestError(f"{lon:g},{lat:g} is no point; expected longitude and latitude in degrees")
        if self.tour_m:
            self._check_tour()

    def _check_tour(self) -> None:
        if not (math.isfinite(self.tour_m) and SHORTEST_TOUR_M <= self.tour_m <= LONGEST_TOUR_M):
            raise RequestError(f"{self.tour_m / 1000:g} km is no length of a round; expected 1 to 500 km")
        if self.objective is not Objective.MOST_REACHED:
            raise RequestError("A round of stops is planned for the most children reached only")

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

    def to_json(self) -> dict[str, object]:
        """Return all choices as plain values, sets sorted."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_json(cls, document: Mapping[str, object]) -> Self:
        """Return the request of `to_json`; raises RequestError for a name or a value that cannot be used."""
        known = {field.name: getattr(_DEFAULT, field.name) for field in fields(cls)}
        if strange := sorted(str(name) for name in document.keys() - known.keys()):
            raise RequestError(f"{strange[0][:60]!r} is no choice of a plan; expected {', '.join(known)}")
        read = kinds.from_file
        values = {name: read(name, value, known[name], _CODES.get(name)) for name, value in document.items()}
        return cls(**values)  # type: ignore[arg-type]

    def to_query(self) -> dict[str, str]:
        """Return the parameters of a link: always type, age, objective and sites; the rest where not the default.

        Lists of more than `plan_values.MOST_IN_LINK` ids or points are left out: they belong in a file.
        """
        points = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in self.points)
        parts = {
            "area": self.area,
            "type": kinds.joined(self.types),
            "age": ",".join(self.groups),
            "objective": self.objective.value,
            "sites": str(self.sites),
            "reach": _number(self.reach_m / 1000) if self.reach_m != BICYCLE_M else "",
            "share": _number(self.share) if self.share != _DEFAULT.share else "",
            "need": _number(self.need_weight) if self.need_weight else "",
            "kept": kinds.joined_ids(self.kept),
            "closed": kinds.joined_ids(self.closed),
            "forbidden": kinds.joined_ids(self.forbidden),
            "candidates": self.candidates.value if self.candidates is not _DEFAULT.candidates else "",
            "points": points if len(self.points) <= kinds.MOST_IN_LINK else "",
            "outside": "1" if self.demand_outside else "",
            "tour": _number(self.tour_m / 1000) if self.tour_m else "",
            "depot": self.depot,
            "status": kinds.joined(self.statuses) if self.statuses != _DEFAULT.statuses else "",
            "confidence": kinds.joined(self.confidences) if self.confidences != _DEFAULT.confidences else "",
        }
        return {name: value for name, value in parts.items() if value}

    @classmethod
    def from_query(cls, query: Mapping[str, object]) -> Self:
        """Return the request of a link; what cannot be understood falls back to the default."""
        get, number, chosen = query.get, kinds.number, kinds.chosen
        reach = number(get("reach"), BICYCLE_M / 1000, low=SHORTEST_M / 1000, high=LONGEST_M / 1000)
        kept, points = kinds.ids(get("kept")), kinds.points(get("points"))
        objective = (chosen(Objective, get("objective")) or [_DEFAULT.objective])[0]
        kind = (chosen(CandidateKind, get("candidates")) or [_DEFAULT.candidates])[0]
        sites = int(number(get("sites"), _DEFAULT.sites, low=1, high=MOST_SITES))
        tour = number(get("tour"), 0.0, low=SHORTEST_TOUR_M / 1000, high=LONGEST_TOUR_M / 1000)
        share = number(get("share"), _DEFAULT.share, low=0.0, high=1.0)
        return cls(
            area=kinds.area(get("area")),
            types=frozenset(chosen(ServiceType, get("type"))) or _DEFAULT.types,
            ages=frozenset(group for group in chosen(AgeGroup, get("age")) if group in CHILD_AGES) or _DEFAULT.ages,
            reach_m=kinds.metres(reach),
            objective=objective,
            sites=sites,
            share=share or _DEFAULT.share,
            need_weight=number(get("need"), 0.0, low=0.0, high=1.0),
            kept=kept if len(kept) <= sites or objective is Objective.FEWEST_SITES else frozenset(),
            closed=kinds.ids(get("closed")),
            forbidden=kinds.ids(get("forbidden")) - kept,
            candidates=kind if points or kind is not CandidateKind.POINTS else _DEFAULT.candidates,
            points=points,
            demand_outside=get("outside") == "1",
            tour_m=kinds.metres(tour) if objective is Objective.MOST_REACHED else 0.0,
            depot="".join(sorted(kinds.ids(get("depot")))[:1]),
            statuses=frozenset(chosen(Status, get("status"))) or _DEFAULT.statuses,
            confidences=frozenset(chosen(Confidence, get("confidence"))) or _DEFAULT.confidences,
        )

    def command(self) -> str:
        """Return the command line that gives the same plan."""
        default = _DEFAULT
        parts = ["opvoedkaart", "plan", "--area", self.area] if self.area else ["opvoedkaart", "plan"]
        parts += _repeated("--type", sorted(self.types)) + _repeated("--age", self.groups)
        parts += ["--objective", self.objective.value, "--reach-km", _number(self.reach_m / 1000)]
        is_share = self.objective is Objective.FEWEST_SITES
        parts += ["--share", _number(self.share)] if is_share else ["--sites", str(self.sites)]
        parts += ["--need-weight", _number(self.need_weight)] if self.need_weight else []
        parts += _repeated("--keep", sorted(self.kept)) + _repeated("--close", sorted(self.closed))
        parts += _repeated("--forbid", sorted(self.forbidden))
        parts += ["--candidates", self.candidates.value] if self.candidates is not default.candidates else []
        parts += [f"--point={lon:.6f},{lat:.6f}" for lon, lat in self.points]
        parts += ["--outside"] if self.demand_outside else []
        parts += ["--tour-km", _number(self.tour_m / 1000)] if self.tour_m else []
        parts += ["--depot", self.depot] if self.depot else []
        parts += _repeated("--status", sorted(self.statuses)) if self.statuses != default.statuses else []
        parts += _repeated("--confidence", sorted(self.confidences)) if self.confidences != default.confidences else []
        return shlex.join(parts)


def _number(value: float) -> str:
    return f"{value:.9g}"


def _repeated(option: str, values: Iterable[str]) -> list[str]:
    return [part for value in values for part in (option, str(value))]


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(str(each) for each in value)
    return [list(each) for each in value] if isinstance(value, tuple) else value


_DEFAULT = PlanRequest()
_CODES: dict[str, type[StrEnum]] = {
    "types": ServiceType,
    "ages": AgeGroup,
    "objective": Objective,
    "candidates": CandidateKind,
    "statuses": Status,
    "confidences": Confidence,
}
