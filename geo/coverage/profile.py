"""Profile of one area: services, reach from outside, compared numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from geo.ages import AgeGroup
from geo.arrays import Flags, Floats, Rows64
from geo.coverage.measures import Measure
from geo.coverage.report import CoverageReport
from geo.coverage.request import CoverageRequest
from geo.coverage.row import CoverageRow
from geo.directory.index import for_age
from geo.directory.service import Service
from geo.places.areas import SUMMED_LEVELS, Area, AreaLevel

PROFILE_MEASURES = (
    Measure.SERVED,
    Measure.REACH,
    Measure.CHOICE,
    Measure.NEAREST,
    Measure.ENHANCED,
    Measure.FRAGILITY,
    Measure.NEIGHBOUR,
)
"""The measures of a profile, in the order of reading."""


@dataclass(frozen=True, slots=True)
class ServiceHere:
    """A service that means something for an area.

    `is_for_it` when it names a municipality of the area, its province or its region, or stands in it. `stands_in`
    are the municipalities with a door of it. `share` is the part of the children within reach of a door of it (0 to
    1); of groups its ages do not overlap nobody counts.
    """

    service: Service
    is_for_it: bool
    stands_in: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class ComparedNumber:
    """One number of an area beside comparable ones.

    None where there is nothing to compare with.
    """

    measure: Measure
    row: CoverageRow
    peers: float | None
    province: float | None
    region: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Profile of one area for some types, ages and reach.

    `services` are those for the area first, then by the children they reach. `outside` gives, for each municipality
    outside the area with doors that reach children of the area, the part of the children they reach, most first.
    """

    area: Area
    report: CoverageReport
    numbers: tuple[ComparedNumber, ...]
    services: tuple[ServiceHere, ...]
    outside: tuple[tuple[str, float], ...]


def profile_of(
    area: Area, request: CoverageRequest, measured: Callable[[CoverageRequest, dt.date], CoverageReport], today: dt.date
) -> Profile:
    """Return the profile of an area.

    `measured` answers requests, from a cache or not.
    """
    everywhere = replace(request, area="")
    reports = {measure: measured(replace(everywhere, measure=measure), today) for measure in PROFILE_MEASURES}
    own = reports[request.measure] if request.measure in reports else measured(everywhere, today)
    services, outside = _find_services(reports[Measure.REACH], area)
    return Profile(
        area=area,
        report=replace(own, request=replace(own.request, area=area.code)),
        numbers=tuple(_compare_number(reports[measure], area) for measure in PROFILE_MEASURES),
        services=services,
        outside=outside,
    )


def _compare_number(report: CoverageReport, area: Area) -> ComparedNumber:
    row = _ranked_row(report, area)
    return ComparedNumber(
        measure=report.request.measure,
        row=row,
        peers=row.peers_value,
        province=_value_of_larger(report, area, AreaLevel.PROVINCE),
        region=_value_of_larger(report, area, AreaLevel.REGION),
    )


def _ranked_row(report: CoverageReport, area: Area) -> CoverageRow:
    """Return the row of an area with its rank among all areas of its level; a partnership has none."""
    rows = (
        report.rows
        if area.level is AreaLevel.MUNICIPALITY
        else report.by(area.level)
        if area.level in SUMMED_LEVELS
        else ()
    )
    return next((row for row in rows if row.area.code == area.code), None) or report.row_of(area)


def _value_of_larger(report: CoverageReport, area: Area, level: AreaLevel) -> float | None:
    """Return the value of the one province or region around an area; None when it is that itself, or lies in two."""
    members = set(area.nis_codes)
    for larger in report.dataset.areas.at(level):
        if members < set(larger.nis_codes):
            return report.row_of(larger).comparable
    return None


def _find_services(report: CoverageReport, area: Area) -> tuple[tuple[ServiceHere, ...], tuple[tuple[str, float], ...]]:
    dataset, supply = report.dataset, report.supply
    at = np.array([dataset.demand.position[code] for code in area.nis_codes])
    inside = np.flatnonzero(np.isin(dataset.demand.municipality, at))
    total = float(dataset.demand.of(report.request.groups)[inside].sum())
    found: list[ServiceHere] = []
    reached: dict[int, Floats] = {}
    for each in range(len(supply.rows)):
        is_for_it = bool(supply.serves[each, at].any())
        doors = np.flatnonzero(supply.doors.service == each)
        children = _children_for(report, int(supply.rows[each]))[inside]
        within = _is_within_reach(report, inside, doors)
        share = float(children[within.any(axis=1)].sum()) / total if total and len(doors) else 0.0
        if not is_for_it and share <= 0:
            continue
        for column, door in enumerate(doors):
            town = int(supply.doors.municipality[door])
            reached[town] = np.maximum(reached.get(town, np.zeros(len(inside))), children * within[:, column])
        stands = {int(town) for town in supply.doors.municipality[doors] if town >= 0}
        names = tuple(dataset.demand.nis_codes[town] for town in sorted(stands))
        found.append(ServiceHere(report.service(each), is_for_it, names, share))
    found.sort(key=lambda here: (not here.is_for_it, -here.share, here.service.name, here.service.id))
    shares = {town: float(children.sum()) / total for town, children in reached.items() if town >= 0 and total}
    outside = [
        (dataset.demand.nis_codes[town], share) for town, share in shares.items() if town not in at and share > 0
    ]
    return tuple(found), tuple(sorted(outside, key=lambda pair: (-pair[1], pair[0])))


def _children_for(report: CoverageReport, row: int) -> Floats:
    """Return float64[n]: the children of the asked ages for whom one service of the directory counts."""
    directory = report.dataset.directory
    groups: list[AgeGroup] = [group for group in report.request.groups if for_age(directory, group)[row]]
    return report.dataset.demand.of(groups)


def _is_within_reach(report: CoverageReport, points: Rows64, doors: Rows64) -> Flags:
    """Return bool[points, doors]: within the reach of the request."""
    demand, sites = report.dataset.demand, report.supply.doors
    away = np.hypot(demand.x[points, None] - sites.x[doors], demand.y[points, None] - sites.y[doors])
    within: Flags = away <= report.request.reach_m
    return within
