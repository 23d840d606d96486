"""Says which coverage is asked for; the request and the version of the data alone decide the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from geo.ages import CHILD_AGES, AgeGroup
from geo.coverage.measures import MEASURES, Measure
from geo.directory.service import Confidence, Status
from geo.directory.service_types import ServiceType
from geo.messages import N_, Message
from geo.requests import Choice, Codes, Number, Request, Text, choice, expected

WALK_M, BICYCLE_M = 1_200.0, 3_750.0
"""15 minutes on foot and by bicycle, as Flanders counts the reach of basic facilities; not norms for this offer."""
SHORTEST_M, LONGEST_M = 200.0, 30_000.0


class Capacity(StrEnum):
    """What one unit of offer is; no source tells staff or opening hours for all."""

    SERVICE = "service"
    LOCATION = "location"


TYPES = Codes(
    ServiceType,
    link="type",
    option="--type",
    expected=expected.TYPES,
    none=Message(N_("No types were chosen; expected at least one")),
    always_in_link=True,
    always_in_command=True,
)
AGES = Codes(
    AgeGroup,
    link="age",
    option="--age",
    expected=expected.AGES,
    among=CHILD_AGES,
    strange=N_("Children of '{value}' are not counted; expected one of {expected}"),
    none=Message(N_("No ages were chosen; expected at least one")),
    is_ordered=True,
    always_in_link=True,
    always_in_command=True,
)
REACH = Number(
    link="reach",
    option="--reach-km",
    expected=Message(N_("metres, {example}"), {"example": "200–30000"}),
    low=SHORTEST_M,
    high=LONGEST_M,
    unit=1000,
    strange=N_("{value} km is no reach; expected {least} to {most} km"),
    always_in_command=True,
)
STATUSES = Codes(
    Status,
    link="status",
    option="--status",
    expected=Message(N_("a list of states of services, such as {example}"), {"example": '["active"]'}),
    none=Message(N_("No statuses were chosen; expected at least one")),
)
CONFIDENCES = Codes(
    Confidence,
    link="confidence",
    option="--confidence",
    expected=Message(N_("a list of degrees of certainty, such as {example}"), {"example": '["high", "medium"]'}),
    none=Message(N_("No confidences were chosen; expected at least one")),
)
_MEASURE = Choice(
    Measure,
    link="measure",
    option="--measure",
    expected=Message(N_("one of the measures: {example}"), {"example": ", ".join(Measure)}),
    always_in_link=True,
    always_in_command=True,
)
_CAPACITY = Choice(
    Capacity,
    link="capacity",
    option="--capacity",
    expected=Message(N_("what counts as one: {example}"), {"example": ", ".join(Capacity)}),
)
_AREA = Text(
    link="area", option="--area", expected=expected.AREA, pattern=re.compile(r"[0-9a-z:_-]{1,120}", re.IGNORECASE)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRequest(Request):
    """What to measure.

    Attributes
    ----------
    types : frozenset of ServiceType
        Any of them is enough; never empty.
    ages : frozenset of AgeGroup
        Groups of `CHILD_AGES`; a service counts for the groups its ages overlap; children are added up.
    measure : Measure
        What to say of each area.
    reach_m : float
        Straight line in metres, 200 to 30,000, kept to the millimetre so that links and commands repeat it exactly;
        ignored by measures that do not use it.
    capacity : Capacity
        For the floating catchment: one unit per service or one per location.
    area : str
        Code of the area whose municipalities are told (see `geo.areas`); empty: all. Services and children outside
        it still count.
    statuses, confidences : frozensets
        Which records count as offer.

    Raises
    ------
    RequestError
        Names the value that cannot be used and what was expected.
    """

    COMMAND: ClassVar = "coverage"
    FIRST_IN_COMMAND: ClassVar = ("types", "ages", "measure", "reach_m", "capacity", "statuses", "confidences", "area")

    types: frozenset[ServiceType] = choice(TYPES, frozenset({ServiceType.HOUSE_OF_THE_CHILD}))
    ages: frozenset[AgeGroup] = choice(AGES, frozenset({AgeGroup.FROM_0_TO_2}))
    measure: Measure = choice(_MEASURE, Measure.REACH)
    reach_m: float = choice(REACH, BICYCLE_M)
    capacity: Capacity = choice(_CAPACITY, Capacity.SERVICE)
    area: str = choice(_AREA, "")
    statuses: frozenset[Status] = choice(STATUSES, frozenset({Status.ACTIVE}))
    confidences: frozenset[Confidence] = choice(CONFIDENCES, frozenset({Confidence.HIGH, Confidence.MEDIUM}))

    @property
    def groups(self) -> tuple[AgeGroup, ...]:
        """The age groups, young first."""
        return tuple(group for group in CHILD_AGES if group in self.ages)

    def has_effect(self, name: str) -> bool:
        """Whether a choice changes the answer: the reach only where the measure uses it."""
        return name != "reach_m" or MEASURES[self.measure].uses_reach
