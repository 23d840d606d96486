"""Reports on tiny Flanders whose numbers can be checked by hand, for what is told of them."""

import datetime as dt

from geo.coverage import CoverageReport, CoverageRequest, Measure, measure
from geo.directory import ServiceType
from geo.store import Dataset
from geo.store.demand import Demand, DemandPoint
from geo.store.need import Need
from tests.support import tiny_flanders as tiny
from tests.support.datasets import dataset_of

TODAY = dt.date(2025, 6, 3)

HOUSE, SHOP, TEAM = ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PARENTING_SHOP, ServiceType.IAPSC_TEAM

BABIES = {"Aster": 1_000.0, "Berk": 400.0, "Ceder": 30.0, "Den": 200.0, "Els": 120.0, "Fijnspar": 0.0}
"""Children of 0–2 years, all in the middle of their municipality. Older children there are none."""


def babies(name: str, sector: str, children: float, *, east: float = 0.0) -> DemandPoint:
    x, y = tiny.middle(name)
    nis = tiny.NIS[name]
    only = (children, 0.0, 0.0, 0.0)
    return DemandPoint(sector=sector, nis_code=nis, submunicipality_code=nis, x=x + east, y=y, children=only)


def dataset(*extra, points=()) -> Dataset:
    land = tiny.dataset(*extra)
    points = points or [babies(name, nis, BABIES[name]) for name, nis in tiny.NIS.items()]
    return dataset_of(
        directory=land.directory,
        municipalities=land.municipalities,
        demand=Demand.from_points(points, tiny.NIS.values()),
        need=Need({}),
        data_version="tiny",
    )


def report(*extra, kind=HOUSE, on="reach", area="", reach_m=1_200.0, **more) -> CoverageReport:
    """The house in Aster is 300 m from the children there, 700 m from Berk, 1,044 m from Den and 1,221 m from Els."""
    request = CoverageRequest(
        types=frozenset({kind}), measure=Measure(on), area=tiny.NIS.get(area, area), reach_m=reach_m, **more
    )
    return measure(dataset(*extra), request, today=TODAY)


def text(found: list[str]) -> str:
    return " ".join(found)
