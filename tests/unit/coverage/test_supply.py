"""Which services count, where their doors are or may be, and what is recorded."""

import pytest

from geo.ages import AgeGroup, AgeRange
from geo.coverage.supply import supply_for
from geo.directory import Location, ServiceType
from geo.directory.service import Confidence, Precision, ServiceArea, Status
from geo.places.place import ServiceAreaLevel
from tests.support import tiny_demand, tiny_flanders
from tests.support.tiny_demand import ask, house
from tests.support.tiny_flanders import EVERYWHERE, NIS, areas, at, location, middle

NAMES = {nis: name for name, nis in NIS.items()} | {tiny_demand.GINDER: "Ginder"}


class Found:
    """The supply of some services, in names."""

    def __init__(self, *services, far=False, **choices):
        self.dataset = tiny_demand.dataset(*services, far=far)
        self.supply = supply_for(self.dataset, ask(**choices))

    @property
    def counted(self):
        return [self.dataset.directory.services[row].id for row in self.supply.rows]

    def towns(self, flags):
        return [NAMES[code] for code, flag in zip(self.dataset.demand.nis_codes, flags, strict=True) if flag]

    def hiding(self, service_id):
        """The municipalities where a service may have a door we do not know, by both accounts of it."""
        at_row = self.counted.index(service_id)
        sites = self.supply.hidden
        told = sorted(sites.municipality[sites.service == at_row].tolist())
        assert self.towns(self.supply.hides[at_row]) == [NAMES[self.dataset.demand.nis_codes[town]] for town in told]
        return self.towns(self.supply.hides[at_row])


def test_only_what_is_asked_for_counts():
    services = [
        house("right"),
        house("stopped", status=Status.DEFUNCT),
        house("announced", status=Status.ANNOUNCED),
        house("lead", confidence=Confidence.LOW),
        house("sure", confidence=Confidence.HIGH),
        house("for-big-children", ages=AgeRange(36, 216)),
        tiny_flanders.service("shop", ServiceType.PARENTING_SHOP),
    ]
    assert Found(*services).counted == ["right", "sure"]
    both = frozenset({ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PARENTING_SHOP})
    assert Found(*services, types=both).counted == ["right", "shop", "sure"]
    assert Found(*services, statuses=frozenset({Status.ANNOUNCED, Status.DEFUNCT})).counted == ["announced", "stopped"]
    assert Found(*services, confidences=frozenset({Confidence.LOW})).counted == ["lead"]
    assert Found(*services, confidences=frozenset({Confidence.HIGH})).counted == ["sure"]


@pytest.mark.parametrize(
    ("months", "groups", "counts"),
    [
        ((0, 36), "0-2", True),
        ((35, 48), "0-2", True),
        ((36, 72), "0-2", False),
        ((36, 72), "3-5", True),
        ((-9, 0), "0-2", False),
        ((0, 36), "3-5 0-2", True),
        ((0, 36), "3-5 6-11", False),
        ((215, float("inf")), "12-17", True),
        ((216, float("inf")), "12-17", False),
    ],
)
def test_a_service_counts_when_its_ages_overlap_a_group(months, groups, counts):
    found = Found(house("it", ages=AgeRange(*months)), ages=frozenset(AgeGroup(group) for group in groups.split()))
    assert found.counted == (["it"] if counts else [])


def test_doors_are_places_with_coordinates_and_their_blur():
    found = Found(
        house("two-doors", location("Berk"), location("Ceder", 100, precision=Precision.LOCALITY)),
        house("street", location("Aster", precision=Precision.STREET)),
        house("abroad", at(590_000.0, 700_000.0, "62063")),
    )
    doors = found.supply.doors
    rows = zip(
        doors.service.tolist(), doors.x.tolist(), doors.blur_m.tolist(), doors.municipality.tolist(), strict=True
    )
    assert found.counted == ["abroad", "street", "two-doors"]
    assert list(rows) == [
        (0, 590_000.0, 0, -1),
        (1, middle("Aster")[0], 0, 0),
        (2, middle("Berk")[0], 0, 1),
        (2, middle("Ceder")[0] + 100, 200, 2),  # 200 m to the farthest sector of its deelgemeente
    ]
    assert len(found.supply.hidden) == 0


def test_a_place_without_coordinates_hides_a_door_in_its_municipality():
    nowhere = location("Ceder", precision=Precision.MUNICIPALITY)
    found = Found(house("it", nowhere, service_areas=areas("Ceder", "Den")))
    assert found.hiding("it") == ["Ceder"]
    hidden = found.supply.hidden
    assert (hidden.x[0], hidden.y[0], hidden.blur_m[0]) == (*middle("Ceder"), 300)
    assert len(found.supply.doors) == 0


def test_a_known_door_does_not_make_up_for_one_that_is_not_known():
    somewhere = location("Ceder", precision=Precision.MUNICIPALITY)
    found = Found(house("it", location("Aster"), somewhere, service_areas=areas("Aster", "Ceder", "Den")))
    assert found.hiding("it") == ["Ceder"]
    assert found.supply.doors.municipality.tolist() == [0]


def test_a_service_with_a_door_hides_nothing_in_the_rest_of_its_area():
    assert Found(house("it", location("Aster"), service_areas=areas("Noord"))).hiding("it") == []


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (areas("Ceder", "Den"), ["Ceder", "Den"]),
        (areas("Noord"), ["Den", "Els", "Fijnspar"]),
        (areas("Aster", "Noord"), ["Aster", "Den", "Els", "Fijnspar"]),
        ((ServiceArea("02000", "Vlaams Gewest", ServiceAreaLevel.REGION),), list(NIS)),
        (EVERYWHERE, list(NIS)),
        ((), []),
    ],
)
def test_a_service_without_any_place_may_have_its_door_wherever_it_is_for(where, expected):
    assert Found(house("it", service_areas=where)).hiding("it") == expected


def test_a_place_in_a_municipality_that_is_not_ours_says_nothing():
    abroad = Location(id="abroad", precision=Precision.MUNICIPALITY, nis_code="62063")
    assert Found(house("it", abroad)).hiding("it") == []
    assert Found(house("it", abroad, service_areas=areas("Den"))).hiding("it") == ["Den"]


def test_serving_is_being_for_a_municipality_its_province_its_region_or_standing_in_it():
    found = Found(
        house("area", service_areas=areas("Berk")),
        house("both", location("Aster"), service_areas=areas("Berk")),
        house("everywhere", service_areas=EVERYWHERE),
        house("nothing"),
        house("province", service_areas=areas("Noord")),
        house("somewhere", location("Els", precision=Precision.MUNICIPALITY)),
        house("standing", location("Den"), location("Ceder")),
    )
    assert dict(zip(found.counted, map(found.towns, found.supply.serves), strict=True)) == {
        "area": ["Berk"],
        "both": ["Aster", "Berk"],
        "everywhere": list(NIS),
        "nothing": [],
        "province": ["Den", "Els", "Fijnspar"],
        "somewhere": ["Els"],
        "standing": ["Ceder", "Den"],
    }


@pytest.mark.parametrize(
    "known",
    [
        {"service_areas": areas("Aster")},
        {"locations": (location("Fijnspar", precision=Precision.MUNICIPALITY),)},
        {"locations": (location("Fijnspar"),)},
        {"service_areas": areas("Aster"), "status": Status.DEFUNCT},
        {"service_areas": areas("Aster"), "ages": AgeRange(72, 216)},
    ],
)
def test_a_record_speaks_for_all_around_it_also_of_what_stopped_or_is_for_others(known):
    service = tiny_flanders.service("it", ServiceType.HOUSE_OF_THE_CHILD, **known)
    found = Found(service, far=True)
    assert found.towns(found.supply.is_recorded) == list(NIS)


@pytest.mark.parametrize(
    "service",
    [
        house("lead", service_areas=areas("Aster"), confidence=Confidence.LOW),
        house("nowhere"),
        tiny_flanders.service("shop", ServiceType.PARENTING_SHOP, service_areas=areas("Aster")),
    ],
)
def test_a_lead_and_a_record_of_something_else_do_not_speak(service):
    found = Found(service, far=True)
    assert found.towns(found.supply.is_recorded) == []


def test_a_record_of_a_region_speaks_of_all_of_it():
    found = Found(house("it", service_areas=EVERYWHERE), far=True)
    assert found.towns(found.supply.is_recorded) == [*NIS, "Ginder"]


def test_an_empty_directory_is_a_supply_of_nothing():
    found = Found(far=True)
    assert found.counted == []
    assert len(found.supply.doors) == len(found.supply.hidden) == 0
    assert found.supply.serves.shape == found.supply.hides.shape == (0, 7)
    assert found.towns(found.supply.is_recorded) == []
