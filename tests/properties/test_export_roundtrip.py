"""An export read back is what was exported."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import crs
from geo.ages import AgeRange
from geo.directory import SERVICE_TYPES, Location, Service, ServiceType
from geo.directory.phones import national_number
from geo.directory.service import Address, Confidence, Organization, Phone, Precision, ServiceArea, Status
from geo.finder import files
from geo.hsds import problems_in, read_tables
from geo.hsds.services import services_from
from geo.opening import Schedule
from geo.places.place import ServiceAreaLevel

# any character but half ones; the reader takes spaces around values away
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30).map(str.strip)
NAME = TEXT.filter(bool)
WORD = st.text("abcdefghijklmnopqrstuvwxyzéïÀ'-", min_size=1, max_size=12)
NUMBER = st.sampled_from(["+3215123456", "+32470123456", "106", "1712", "+31201234567", "+3280012345"])
WEB = st.sampled_from(["", "https://www.example.be/a?b=c,d;e", "http://x.be", "tel:+3215", "mailto:a@b.be"])
DAY = st.sampled_from(["MO", "TU", "SU", "2TH", "-1FR"])
WHEN = st.none() | st.dates()


@st.composite
def places(draw):
    precision = draw(st.sampled_from(list(Precision)))
    address = Address(
        draw(WORD),
        draw(st.sampled_from(["", "12", "3A", "5-7"])),
        draw(st.sampled_from(["", "2", "A1"])),
        "2800",
        "Mechelen",
    )
    place = Location(id=draw(WORD), name=draw(TEXT), precision=precision, nis_code="12025", address=address)
    if precision is Precision.MUNICIPALITY:
        return place
    lon, lat = draw(st.floats(2.5, 6.4)), draw(st.floats(49.5, 51.5))
    x, y = (float(np.round(values, 2)) for values in crs.to_metric(lon, lat))
    return replace(place, lon=lon, lat=lat, x=x, y=y)


@st.composite
def schedules(draw):
    has_hours = draw(st.booleans())
    return Schedule(
        freq=draw(st.sampled_from(["", "WEEKLY", "MONTHLY"])),
        interval=draw(st.integers(1, 12)),
        byday=tuple(draw(st.lists(DAY, max_size=3))),
        opens_at=draw(st.times()).replace(second=0, microsecond=0) if has_hours else None,
        closes_at=draw(st.times()).replace(second=0, microsecond=0) if has_hours else None,
        dtstart=draw(WHEN),
        valid_from=draw(WHEN),
        valid_to=draw(WHEN),
        school_holidays=draw(st.sampled_from([None, True, False])),
        public_holidays=draw(st.sampled_from([None, True, False])),
        by_appointment=draw(st.booleans()),
        description=draw(TEXT),
    )


def stated_ages():
    first = st.one_of(st.just(-9.0), st.integers(0, 300).map(float))
    return st.one_of(
        first.map(AgeRange),
        first.flatmap(lambda low: st.integers(int(max(low, 0)) + 1, 400).map(lambda high: AgeRange(low, float(high)))),
        st.just(AgeRange(-9.0, 0.0)),
    )


def areas():
    town = st.builds(ServiceArea, st.sampled_from(["12025", "11002"]), TEXT, st.just(ServiceAreaLevel.MUNICIPALITY))
    province = st.builds(ServiceArea, st.just("10000"), TEXT, st.just(ServiceAreaLevel.PROVINCE))
    everywhere = tuple(ServiceArea(code, "x", ServiceAreaLevel.EVERYWHERE) for code in ("02000", "04000"))
    return st.one_of(st.lists(st.one_of(town, province), max_size=3).map(tuple), st.just(everywhere))


@st.composite
def services(draw, service_id, known_places, organizations):
    kind = draw(st.sampled_from(list(ServiceType)))
    stated = draw(st.booleans())
    return Service(
        id=service_id,
        name=draw(NAME),
        service_type=kind,
        organization=draw(st.none() | st.sampled_from(organizations)),
        status=draw(st.sampled_from(list(Status))),
        alternate_name=draw(TEXT),
        description=draw(TEXT),
        alert=draw(TEXT),
        ages=draw(stated_ages()) if stated else SERVICE_TYPES[kind].ages,
        ages_stated=stated,
        locations=tuple(draw(st.lists(st.sampled_from(known_places), max_size=3, unique=True))),
        service_areas=draw(areas()),
        phones=tuple(Phone(n, national_number(n), draw(TEXT)) for n in draw(st.lists(NUMBER, max_size=2))),
        email=draw(st.sampled_from(["", "a.b@c.be"])),
        url=draw(WEB),
        languages=tuple(draw(st.lists(st.sampled_from(["nl", "fr", "ar"]), max_size=3, unique=True))),
        is_free=draw(st.sampled_from([None, True, False])),
        needs_appointment=draw(st.sampled_from([None, True, False])),
        schedules=tuple(draw(st.lists(schedules(), max_size=2))),
        eligibility=draw(TEXT),
        assured_date=draw(WHEN),
        confidence=draw(st.sampled_from(list(Confidence))),
        source_url=draw(WEB),
    )


@st.composite
def directories(draw):
    known_places = draw(st.lists(places(), min_size=1, max_size=3, unique_by=lambda place: place.id))
    organizations = [Organization("o1", draw(NAME), draw(WEB)), Organization("o2", draw(NAME))]
    ids = sorted(draw(st.lists(WORD, max_size=3, unique=True)))
    return tuple(draw(services(key, known_places, organizations)) for key in ids)


@settings(max_examples=150)
@given(directories())
def test_an_export_read_back_equals_what_was_exported(exported):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.zip")
        path.write_bytes(files.to_hsds(exported, data_version="v"))
        tables = read_tables(path)
    assert [problem for problem in problems_in(tables) if problem.severity == "error"] == []
    assert services_from(tables) == exported
