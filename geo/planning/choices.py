"""Choices that only a plan has: what is good, how many sites, where they may come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from geo.messages import N_, Message
from geo.requests import Choice, Flag, Ids, Number, Points, Text, expected
from geo.requests.lists import ID

MOST_SITES = 30
SHORTEST_TOUR_M, LONGEST_TOUR_M = 1_000.0, 500_000.0
AREA_CODES = re.compile(r"[0-9a-z:_-]{1,120}([+ ][0-9a-z:_-]{1,120}){0,303}", re.IGNORECASE)


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
class _Codes(Text):
    """Codes of areas joined by "+", which a link may show as a space."""

    def from_link(self, text: str) -> str | None:
        """Take codes joined by either."""
        return text.replace(" ", "+") if self.pattern.fullmatch(text) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Id(Text):
    """One id; of several in a link the first by alphabet."""

    def from_link(self, text: str) -> str | None:
        """Take one id."""
        return min((each for each in text.split(",") if self.pattern.fullmatch(each)), default=None)


_PLACES = Message(N_("a list of places, such as {example}"), {"example": '["point:4.35_50.85"]'})

AREA = _Codes(link="area", option="--area", expected=expected.AREA, pattern=AREA_CODES)
OBJECTIVE = Choice(
    Objective,
    link="objective",
    option="--objective",
    expected=Message(N_("one of the objectives: {example}"), {"example": ", ".join(Objective)}),
    always_in_link=True,
    always_in_command=True,
)
SITES = Number(
    link="sites",
    option="--sites",
    expected=Message(N_("a whole number from {example}"), {"example": "1–30"}),
    low=1,
    high=MOST_SITES,
    is_whole=True,
    strange=N_("{value} is no number of new sites; expected {least} to {most}"),
    always_in_link=True,
    always_in_command=True,
)
SHARE = Number(
    link="share",
    option="--share",
    expected=Message(N_("a part of the children, {example}"), {"example": "0–1"}),
    low=0.0,
    high=1.0,
    is_above=True,
    strange=N_("{value} is no share of the children; expected more than {least}, up to {most}"),
    always_in_command=True,
)
NEED_WEIGHT = Number(
    link="need",
    option="--need-weight",
    expected=Message(N_("a weight, {example}"), {"example": "0–1"}),
    low=0.0,
    high=1.0,
    strange=N_("{value} is no weight of need; expected {least} to {most}"),
)
KEPT = Ids(link="kept", option="--keep", expected=_PLACES)
CLOSED = Ids(
    link="closed",
    option="--close",
    expected=Message(N_("a list of services, such as {example}"), {"example": '["awel"]'}),
)
FORBIDDEN = Ids(link="forbidden", option="--forbid", expected=_PLACES)
CANDIDATES = Choice(
    CandidateKind,
    link="candidates",
    option="--candidates",
    expected=Message(N_("a kind of place: {example}"), {"example": ", ".join(CandidateKind)}),
)
POINTS = Points(
    link="points",
    option="--point",
    expected=Message(N_("a list of longitudes and latitudes, such as {example}"), {"example": "[[4.35, 50.85]]"}),
    strange=N_("{value} is no point; expected longitude and latitude in degrees"),
)
DEMAND_OUTSIDE = Flag(link="outside", option="--outside", expected=expected.YES_OR_NO)
TOUR = Number(
    link="tour",
    option="--tour-km",
    expected=Message(N_("metres, {example}"), {"example": "0, 1000–500000"}),
    low=SHORTEST_TOUR_M,
    high=LONGEST_TOUR_M,
    unit=1000,
    has_none=True,
    strange=N_("{value} km is no length of a round; expected {least} to {most} km"),
)
DEPOT = _Id(
    link="depot",
    option="--depot",
    expected=Message(N_("a place, such as {example}"), {"example": '"point:4.35_50.85"'}),
    pattern=ID,
)
