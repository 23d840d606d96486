"""The areas that a code names, and the municipalities in each."""

from dataclasses import replace

import pytest

from geo.directory import Directory, ServiceType
from geo.directory.partnerships import PARTNERSHIP_PREFIX, partnership_areas
from geo.directory.service import Status
from geo.places import AreaLevel, Areas
from geo.places.areas import SUMMED_LEVELS, areas_at
from tests.support import tiny_demand, tiny_flanders
from tests.support.tiny_demand import house
from tests.support.tiny_flanders import NIS, areas

TOWNS = tiny_demand.towns()
TOGETHER = house("together", service_areas=areas("Berk", "Aster"), name="Samen")


def named(code, *services, towns=TOWNS):
    return Areas(towns, partnership_areas(Directory.from_services(services))).by_code(code)


def members(area):
    names = {nis: name for name, nis in NIS.items()}
    return [names[code] for code in area.nis_codes]


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (AreaLevel.PROVINCE, {"10000": ["Aster", "Berk", "Ceder"], "20001": ["Den", "Els", "Fijnspar"]}),
        (
            AreaLevel.PRIMARY_CARE_ZONE,
            {"elz1": ["Aster", "Den"], "elz2": ["Berk", "Ceder"], "elz3": ["Els", "Fijnspar"]},
        ),
        (
            AreaLevel.ARRONDISSEMENT,
            {"11100": ["Aster", "Berk"], "11200": ["Ceder"], "20100": ["Den", "Els", "Fijnspar"]},
        ),
        (AreaLevel.REGION, {"02000": list(NIS)}),
        (AreaLevel.ALL, {"": list(NIS)}),
    ],
)
def test_areas_of_a_level_are_told_by_code(level, expected):
    found = areas_at(TOWNS, level)
    assert [area.code for area in found] == sorted(expected)
    assert {area.code: members(area) for area in found} == expected
    assert {area.level for area in found} == {level}


def test_every_municipality_lies_in_one_area_of_each_level():
    for level in SUMMED_LEVELS:
        codes = [code for area in areas_at(TOWNS, level) for code in area.nis_codes]
        assert sorted(codes) == sorted(NIS.values())


@pytest.mark.parametrize(
    ("code", "level", "expected"),
    [
        ("11002", AreaLevel.MUNICIPALITY, ["Berk"]),
        ("20001", AreaLevel.PROVINCE, ["Den", "Els", "Fijnspar"]),
        ("elz1", AreaLevel.PRIMARY_CARE_ZONE, ["Aster", "Den"]),
        ("ELZ1", AreaLevel.PRIMARY_CARE_ZONE, ["Aster", "Den"]),
        ("11200", AreaLevel.ARRONDISSEMENT, ["Ceder"]),
        ("", AreaLevel.ALL, list(NIS)),
    ],
)
def test_a_code_names_an_area(code, level, expected):
    found = named(code)
    assert (found.level, members(found)) == (level, expected)


def test_a_code_of_two_levels_names_the_larger():
    found = named("02000", towns=[replace(town, province_code="02000") for town in TOWNS])
    assert found.level is AreaLevel.REGION


@pytest.mark.parametrize("code", ["99999", "Aster", "partnership:", "partnership:nobody", "11002 ", "all"])
def test_what_is_no_code_names_nothing(code):
    assert named(code, TOGETHER) is None


def test_a_house_for_two_municipalities_is_a_partnership():
    found = named(PARTNERSHIP_PREFIX + "together", TOGETHER)
    assert (found.level, found.name("nl"), members(found)) == (AreaLevel.PARTNERSHIP, "Samen", ["Aster", "Berk"])


def test_partnerships_are_houses_that_exist_for_several_municipalities():
    more = [
        house("alone", service_areas=areas("Aster")),
        house("province", service_areas=areas("Zuid", "Berk")),
        house("stopped", service_areas=areas("Aster", "Den"), status=Status.DEFUNCT),
        house("announced", service_areas=areas("Aster", "Den"), status=Status.ANNOUNCED, name="Aan de slag"),
        tiny_flanders.service("shop", ServiceType.PARENTING_SHOP, service_areas=areas("Aster", "Den")),
    ]
    found = partnership_areas(Directory.from_services([TOGETHER, *more]))
    assert [area.name_nl for area in found] == ["Aan de slag", "Samen"]


def test_an_area_is_named_in_french_where_it_has_a_french_name():
    region = areas_at(TOWNS, AreaLevel.REGION)[0]
    assert (region.name("fr"), region.name("nl"), region.name("en")) == (
        "Région flamande",
        "Vlaams Gewest",
        "Vlaams Gewest",
    )
