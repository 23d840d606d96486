"""What plans for tiny Flanders stand on: the children of `tiny_demand`, the middle of each square as a candidate."""

from geo.ages import AgeGroup
from geo.crs import to_drawing
from geo.planning import PlanRequest, search
from geo.planning.candidates import Candidate, CandidateBook
from geo.planning.choices import CandidateKind
from tests.support import tiny_demand, tiny_flanders
from tests.support.tiny_demand import TODAY
from tests.support.tiny_flanders import NIS, SQUARES, middle


def candidate(square):
    x, y = middle(square)
    lon, lat = to_drawing(x, y)
    return Candidate(
        id=site(square),
        kind=CandidateKind.SUBMUNICIPALITY,
        name_nl=square,
        name_fr=square,
        nis_code=NIS[square],
        lon=float(lon),
        lat=float(lat),
        x=x,
        y=y,
    )


def site(square):
    return f"submunicipality:{square.lower()}"


def book(*services, **land):
    return CandidateBook(
        dataset=tiny_demand.dataset(*services, gazetteer=tiny_flanders.gazetteer(), **land),
        submunicipalities=tuple(candidate(square) for square in SQUARES),
    )


def ask(**choices):
    """A request for children of 0-2 years within 500 m, unless said otherwise."""
    return PlanRequest(**{"ages": frozenset({AgeGroup.FROM_0_TO_2}), "reach_m": 500.0, **choices})


def planned(*services, time_limit_s=20.0, **choices):
    return search.solve(book(*services), ask(**choices), today=TODAY, time_limit_s=time_limit_s)


def names(plan):
    return [each.candidate.name_nl for each in plan.sites]
