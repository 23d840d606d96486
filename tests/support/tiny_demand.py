"""Children for tiny Flanders (see `tiny_flanders`), few enough to add up in the head.

One point in the middle of each square, and a second one 400 m north of the middle of Aster (in a deelgemeente of its
own) and 300 m east of that of Ceder (in the same). Children of 0-2 years:

    Den 80       Els 40           Fijnspar 0
    Aster 60+40  Berk 200         Ceder 30+30

Ginder lies 30 km to the east, on request: far from all that is recorded.
"""

import datetime as dt
from dataclasses import replace
from functools import cache

from geo.ages import AgeGroup
from geo.coverage import CoverageRequest, measure
from geo.directory import Directory, ServiceType
from geo.places import Municipalities
from geo.store.demand import Demand, DemandPoint
from geo.store.need import Need
from tests.support import tiny_flanders
from tests.support.datasets import dataset_of
from tests.support.tiny_flanders import NIS, middle

TODAY = dt.date(2025, 6, 3)
SECTORS = (  # sector, square, metres east and north of its middle, children of 0-2, 3-5, 6-11 and 12-17 years
    ("11001A", "Aster", 0, 0, (60, 20, 100, 100)),
    ("11001B", "Aster", 0, 400, (40, 30, 100, 100)),
    ("11002A", "Berk", 0, 0, (200, 100, 300, 300)),
    ("11003A1", "Ceder", 0, 0, (30, 10, 50, 50)),
    ("11003A2", "Ceder", 300, 0, (30, 10, 50, 50)),
    ("23001A", "Den", 0, 0, (80, 40, 100, 100)),
    ("23002A", "Els", 0, 0, (40, 20, 60, 60)),
    ("23003A", "Fijnspar", 0, 0, (0, 10, 20, 20)),
)
GINDER = "33001"
NEED = Need({NIS["Aster"]: 12.0, NIS["Berk"]: 20.0})
ARRONDISSEMENTS = {"Aster": "11100", "Berk": "11100", "Ceder": "11200"}
ZONES = {"Aster": "elz1", "Berk": "elz2", "Ceder": "elz2", "Den": "elz1", "Els": "elz3", "Fijnspar": "elz3"}


def point(square, east, north, children, *, sector="", within=""):
    """A demand point so many metres from the middle of a square; `within` is the municipality when it is another."""
    x, y = middle(square)
    nis = NIS[within or square]
    return DemandPoint(
        sector=sector or f"{nis}-{east:g}-{north:g}",
        nis_code=nis,
        submunicipality_code=sector[:6] or nis,
        x=x + east,
        y=y + north,
        children=tuple(float(number) for number in children),
    )


def points():
    return [point(*where, children, sector=sector) for sector, *where, children in SECTORS]


@cache
def towns():
    """The six municipalities, now with an arrondissement and a primary care zone."""
    return tuple(
        replace(
            town,
            arrondissement_code=ARRONDISSEMENTS.get(town.name_nl, "20100"),
            arrondissement_nl="Arrondissement",
            primary_care_zone_code=ZONES[town.name_nl],
            primary_care_zone_name=ZONES[town.name_nl].upper(),
        )
        for town in tiny_flanders.municipalities()
    )


def ginder():
    """A municipality 30 km to the east, and the 100 children of 0-2 years in it."""
    berk = next(town for town in towns() if town.name_nl == "Berk")
    town = replace(berk, nis_code=GINDER, name_nl="Ginder", name_fr="Ginder", x=berk.x + 30_000.0)
    where = DemandPoint(
        sector="33001A", nis_code=GINDER, submunicipality_code="33001A", x=town.x, y=town.y, children=(100, 0, 0, 0)
    )
    return town, where


def dataset(*services, rows=None, municipalities=None, need=NEED, far=False, gazetteer=None):
    """What coverage of some services is measured on."""
    land = list(towns() if municipalities is None else municipalities)
    codes = {town.nis_code for town in land}
    lived = [each for each in points() if each.nis_code in codes] if rows is None else list(rows)
    if far:
        town, where = ginder()
        land, lived = [*land, town], [*lived, where]
    known = Municipalities.from_rows(land)
    return dataset_of(
        directory=Directory.from_services(services),
        municipalities=known,
        demand=Demand.from_points(lived, known.by_nis),
        need=need,
        data_version="tiny",
        gazetteer=gazetteer,
    )


def ask(**choices):
    """A request: houses of the child for children of 0-2 years unless said otherwise."""
    return CoverageRequest(**{"ages": frozenset({AgeGroup.FROM_0_TO_2}), **choices})


def measured(*services, today=TODAY, far=False, rows=None, **choices):
    """The report on some services."""
    return measure(dataset(*services, far=far, rows=rows), ask(**choices), today=today)


def house(service_id, *locations, **known):
    """A house of the child for all ages of its type, and otherwise only what is said."""
    return tiny_flanders.service(service_id, ServiceType.HOUSE_OF_THE_CHILD, locations=locations, **known)


def row(report, square):
    """The row of one municipality."""
    return next(row for row in report.rows if row.area.name_nl == square)


def values(report):
    """The value of each municipality by name."""
    return {row.area.name_nl: row.value for row in report.rows}
