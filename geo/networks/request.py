"""Says which networks are asked for; the request and the version of the data alone decide the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from geo.ages import CHILD_AGES, AgeGroup
from geo.coverage.request import AGES, TYPES
from geo.directory import ServiceType
from geo.messages import N_, Message
from geo.requests import Flag, Number, Request, Text, choice, expected

FEWEST, MOST = 0, 100_000
NARROWEST_KM, WIDEST_KM = 1.0, 300.0

NO_AGES = N_("No ages were chosen; expected at least one of {expected}.")
NO_TYPES = N_("No types of service were chosen; expected at least one.")
NOT_COUNTED = N_("Children of {value} are not counted; expected one of {expected}.")
BAD_CHILDREN = N_("{value} is no number of children; expected a whole number from {least} to {most}.")
BAD_KM = N_("{value} km across cannot be asked; expected {least} to {most} km.")
BAD_AREA = N_("{value} is no code of an area.")

_AREA = Text(
    link="area",
    option="--area",
    expected=expected.AREA,
    pattern=re.compile(r"[0-9a-z:_-]{0,120}", re.IGNORECASE),
    strange=BAD_AREA,
)
_AGES = replace(AGES, strange=NOT_COUNTED, none=Message(NO_AGES, {"expected": CHILD_AGES}))
_MIN_CHILDREN = Number(
    link="children",
    option="--min-children",
    expected=Message(N_("a whole number of children, {example}"), {"example": "0–100000"}),
    low=FEWEST,
    high=MOST,
    is_whole=True,
    strange=BAD_CHILDREN,
    always_in_command=True,
)
_MAX_ACROSS_KM = Number(
    link="across",
    option="--max-across-km",
    expected=Message(N_("kilometres, {example}"), {"example": "1–300"}),
    low=NARROWEST_KM,
    high=WIDEST_KM,
    strange=BAD_KM,
    always_in_command=True,
)
_CROSS_PROVINCES = Flag(link="cross", option="--cross-provinces", expected=expected.YES_OR_NO)
_KEEP_PARTNERSHIPS = Flag(link="partnerships", option="--split-partnerships", expected=expected.YES_OR_NO)
_TYPES = replace(TYPES, none=Message(NO_TYPES), always_in_link=False, always_in_command=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRequest(Request):
    """Which networks are asked for.

    Attributes
    ----------
    area : str
        Code of the area whose municipalities are grouped (see `geo.areas`); empty: all.
    ages : frozenset of AgeGroup
        Groups of `CHILD_AGES` whose children are counted together.
    min_children : int
        Children that every network has at least, 0 to 100,000.
    max_across_km : float
        Straight line between the centres (weighted by where people live) of the two members farthest apart: at most
        this, 1 to 300 km.
    cross_provinces : bool
        Whether a network may have members in several provinces; Brussels counts as one.
    keep_partnerships : bool
        Whether municipalities that share a Huis van het Kind stay in one network.
    types : frozenset of ServiceType
        Services that are listed for each network, or told to be missing.

    Raises
    ------
    RequestError
        Names the value that cannot be used and what was expected.
    """

    COMMAND: ClassVar = "networks"

    area: str = choice(_AREA, "")
    ages: frozenset[AgeGroup] = choice(_AGES, frozenset({AgeGroup.FROM_0_TO_2}))
    min_children: int = choice(_MIN_CHILDREN, 1_000)
    max_across_km: float = choice(_MAX_ACROSS_KM, 20.0)
    cross_provinces: bool = choice(_CROSS_PROVINCES, default=False)
    keep_partnerships: bool = choice(_KEEP_PARTNERSHIPS, default=True)
    types: frozenset[ServiceType] = choice(
        _TYPES, frozenset({ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PARENTING_SHOP, ServiceType.IAPSC_TEAM})
    )

    @property
    def groups(self) -> tuple[AgeGroup, ...]:
        """The age groups, young first."""
        return tuple(group for group in CHILD_AGES if group in self.ages)
