"""Catalogue of coverage measures, with definitions and units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo.messages import N_


class Measure(StrEnum):
    """What is measured about the children of an area."""

    SERVED = "served"
    REACH = "reach"
    TWO_STEP = "2sfca"
    ENHANCED = "e2sfca"
    NEAREST = "nearest"
    CHOICE = "choice"
    FRAGILITY = "fragility"
    NEIGHBOUR = "neighbour"


class Unit(StrEnum):
    """What the value of a measure counts."""

    SHARE = "share"
    METRES = "metres"
    PER_THOUSAND = "per_thousand"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureInfo:
    """Name, definition and unit of one measure.

    Texts are English messages; `is_better_high` says which end is well covered.
    """

    name: str
    definition: str
    unit: Unit = Unit.SHARE
    is_better_high: bool = True
    uses_reach: bool = True
    uses_doors: bool = True


MEASURES: dict[Measure, MeasureInfo] = {
    Measure.SERVED: MeasureInfo(
        name=N_("Served"),
        definition=N_(
            "A service says that it is for this municipality, its province or its region, or it stands in the "
            "municipality. Then all children of the municipality count as served."
        ),
        uses_reach=False,
        uses_doors=False,
    ),
    Measure.REACH: MeasureInfo(
        name=N_("Within reach"),
        definition=N_(
            "Share of the children who live at most the chosen distance from a service, in a straight line from the "
            "middle of their statistical sector, across all borders."
        ),
    ),
    Measure.ENHANCED: MeasureInfo(
        name=N_("Offer per child, near counts more (E2SFCA)"),
        definition=N_(
            "Each service is divided over the children in its reach, and each child adds up what comes to it. Near "
            "counts more: weight 1 up to 32 %, 0.68 up to 64 % and 0.22 up to the whole reach (1.2, 2.4 and 3.75 km "
            "for a reach of 3.75 km). In services per 1,000 children. Luo and Qi 2009."
        ),
        unit=Unit.PER_THOUSAND,
    ),
    Measure.TWO_STEP: MeasureInfo(
        name=N_("Offer per child (2SFCA)"),
        definition=N_(
            "Each service is divided over the children within reach, and each child adds up what comes to it. In "
            "services per 1,000 children. Luo and Wang 2003."
        ),
        unit=Unit.PER_THOUSAND,
    ),
    Measure.NEAREST: MeasureInfo(
        name=N_("Distance to the nearest"),
        definition=N_(
            "Mean distance of the children to their nearest service, in a straight line; the second number is the "
            "distance within which nine children in ten have one."
        ),
        unit=Unit.METRES,
        is_better_high=False,
        uses_reach=False,
    ),
    Measure.CHOICE: MeasureInfo(
        name=N_("Choice of two or more"),
        definition=N_("Share of the children with at least two different services within reach."),
    ),
    Measure.FRAGILITY: MeasureInfo(
        name=N_("Depends on one service"),
        definition=N_(
            "Share of the children with exactly one service within reach: they would lose their only one if it closed."
        ),
        is_better_high=False,
    ),
    Measure.NEIGHBOUR: MeasureInfo(
        name=N_("Nearest is outside the municipality"),
        definition=N_("Share of the children whose nearest service stands in another municipality."),
        is_better_high=False,
        uses_reach=False,
    ),
}

E2SFCA_STEPS = ((0.32, 1.0), (0.64, 0.68), (1.0, 0.22))
"""E2SFCA: part of the reach up to which each weight holds.

Both ends included (Luo and Qi 2009).
"""
