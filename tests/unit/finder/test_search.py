"""What a search answers in a land whose distances one can say aloud (see tests/support/tiny_flanders.py)."""

from dataclasses import replace

import numpy as np
import pytest

from geo.ages import AgeGroup
from geo.directory import Directory, ServiceType
from geo.directory.service import Precision, Status
from geo.finder import ServiceFilter, search
from geo.places.place import ServiceAreaLevel
from tests.support import tiny_flanders
from tests.support.tiny_flanders import TUESDAY_TEN, areas, dataset, location, service


def find(place="Aster", *extra, limit=500, **criteria):
    data = dataset(*extra)
    where = data.place(place) if place else None
    return search(data, where, ServiceFilter(**criteria), now=TUESDAY_TEN, limit=limit)


def ids(hits):
    return [hit.service.id for hit in hits]


def shown(result):
    return [result.proximity.directory.services[row].id for row in result.rows]


def test_serving_goes_from_near_to_far_with_leads_and_professionals_last():
    result = find("Aster")
    assert [(hit.service.id, hit.area_level) for hit in result.serving] == [
        ("house-300-m", ServiceAreaLevel.MUNICIPALITY),
        ("shop-for-two-towns", ServiceAreaLevel.MUNICIPALITY),
        ("clb-two-doors", ServiceAreaLevel.MUNICIPALITY),
        ("lead-100-m", ServiceAreaLevel.MUNICIPALITY),
        ("line-everywhere", ServiceAreaLevel.EVERYWHERE),
        ("centre-for-professionals", ServiceAreaLevel.PROVINCE),
    ]


def test_a_province_is_served_as_a_whole():
    assert ids(find("Els").serving) == ["clb-two-doors", "mobile-for-a-province", "line-everywhere"]


def test_a_whole_region_is_farther_than_a_province_and_nearer_than_everywhere():
    flanders = (replace(tiny_flanders.EVERYWHERE[0], level=ServiceAreaLevel.REGION),)
    region = service("for-flanders", ServiceType.FAMILY_CARE_CENTRE, service_areas=flanders)
    levels = {hit.service.id: hit.area_level for hit in find("Den", region).serving}
    assert levels == {
        "mobile-for-a-province": ServiceAreaLevel.PROVINCE,
        "for-flanders": ServiceAreaLevel.REGION,
        "line-everywhere": ServiceAreaLevel.EVERYWHERE,
    }


def test_the_nearest_level_counts():
    both = service(
        "both", ServiceType.MOBILE_SUPPORT, service_areas=(*areas("Noord", "Den"), *tiny_flanders.EVERYWHERE)
    )
    assert find("Den", both).serving[0].area_level is ServiceAreaLevel.MUNICIPALITY
    assert {hit.area_level for hit in find("Aster", both).serving if hit.service.id == "both"} == {
        ServiceAreaLevel.EVERYWHERE
    }


def test_nearby_measures_straight_lines_across_borders():
    assert [(hit.service.id, hit.distance_m) for hit in find("Aster").nearby] == [
        ("house-300-m", 300.0),
        ("clb-two-doors", 500.0),
        ("play-without-area", 1000.0),
        ("shop-for-two-towns", 1000.0),
        ("team-in-a-locality", 2000.0),
        ("lead-100-m", 100.0),
        ("centre-for-professionals", 200.0),
    ]


def test_a_service_with_two_doors_is_listed_once_at_the_nearest():
    for place, metres in (("Aster", 500.0), ("Els", 0.0)):
        hits = [hit for hit in find(place).nearby if hit.service.id == "clb-two-doors"]
        assert [hit.distance_m for hit in hits] == [metres]
        assert hits[0].location.nis_code == tiny_flanders.NIS[place]


def test_a_distance_to_a_locality_is_approximate():
    approximate = {hit.service.id for hit in find("Aster").nearby if hit.distance_is_approximate}
    assert approximate == {"team-in-a-locality"}


def test_what_is_only_known_to_be_in_a_municipality_serves_it_without_a_distance():
    hit = next(hit for hit in find("Fijnspar").serving if hit.service.id == "clinic-somewhere")
    assert (hit.area_level, hit.distance_m, hit.distance_is_approximate) == (ServiceAreaLevel.MUNICIPALITY, None, False)
    assert hit.location.precision is Precision.MUNICIPALITY
    assert "clinic-somewhere" not in ids(find("Fijnspar").nearby)
    assert "clinic-somewhere" not in ids(find("Els").serving)


def test_what_has_no_point_is_shown_around_by_the_centre_of_its_municipality_and_never_measured():
    shop = service("shop-for-ceder", ServiceType.PARENTING_SHOP, service_areas=areas("Ceder"))
    result = find("Berk", shop)
    around = result.around_place
    assert ids(around) == ["shop-for-ceder", "clinic-somewhere"]  # 1,000 m and 1,414 m to the centres
    assert [(hit.distance_m, hit.area_level) for hit in around] == [(None, None), (None, None)]
    assert shown(result)[-2:] == ["shop-for-ceder", "clinic-somewhere"]
    assert len(set(shown(result))) == len(shown(result))


def test_what_is_around_ends_at_twelve_kilometres():
    shop = service("shop-for-ceder", ServiceType.PARENTING_SHOP, service_areas=areas("Ceder"))
    data = dataset(shop)
    for metres, expected in ((12_000, ["shop-for-ceder"]), (12_001, [])):
        far = replace(data.place("Aster"), x=data.place("Ceder").x + metres, y=data.place("Ceder").y)
        result = search(data, far, ServiceFilter(types=frozenset({ServiceType.PARENTING_SHOP})), now=TUESDAY_TEN)
        assert [hit.service.id for hit in result.hits(result.around_rows)] == expected


def test_of_one_type_the_nearest_serves_first():
    near = service(
        "z-near", ServiceType.HOUSE_OF_THE_CHILD, locations=(location("Aster", 100.0),), service_areas=areas("Aster")
    )
    far = service("a-unknown", ServiceType.HOUSE_OF_THE_CHILD, service_areas=areas("Aster"))
    serving = ids(find("Aster", near, far, types=frozenset({ServiceType.HOUSE_OF_THE_CHILD})).serving)
    assert serving == ["z-near", "house-300-m", "a-unknown"]


def test_where_it_stands_serves_nobody_when_it_says_whom_it_serves():
    office = service(
        "office",
        ServiceType.PARENTING_SHOP,
        locations=(location("Els", precision=Precision.MUNICIPALITY),),
        service_areas=areas("Den"),
    )
    assert "office" in ids(find("Den", office).serving)
    assert "office" not in ids(find("Els", office).serving)


def test_a_service_without_a_door_has_no_location():
    hit = next(hit for hit in find("Aster").serving if hit.service.id == "line-everywhere")
    assert (hit.location, hit.distance_m) == (None, None)


def test_what_stopped_is_never_found_and_what_is_announced_comes_after_the_rest():
    for status in (Status.INACTIVE, Status.DEFUNCT):
        assert "no-longer-there" not in shown(find("Aster", tiny_flanders.stopped(status)))
    announced = find("Aster", tiny_flanders.stopped(Status.ANNOUNCED))
    assert ids(announced.nearby)[-3:] == ["no-longer-there", "lead-100-m", "centre-for-professionals"]
    closed = find("Aster", tiny_flanders.stopped(Status.TEMPORARILY_CLOSED))
    assert ids(closed.nearby)[0] == "no-longer-there"


def test_everything_shown_is_counted_once():
    result = find("Aster")
    assert shown(result) == [*ids(result.serving), "play-without-area", "team-in-a-locality", "clinic-somewhere"]
    assert (result.total_serving, result.total_nearby, result.total) == (6, 7, 9)
    assert result.mask.sum() == 10


def test_a_limit_makes_fewer_hits_ready_and_still_counts_all():
    result = find("Aster", limit=2)
    assert ids(result.serving) == ["house-300-m", "shop-for-two-towns"]
    assert ids(result.nearby) == ["house-300-m", "clb-two-doors"]
    assert (result.total_serving, result.total_nearby) == (6, 7)
    assert ids(result.hits(result.nearby_rows[2:4])) == ["play-without-area", "shop-for-two-towns"]
    assert result.nearby_distance_m.tolist() == [300, 500, 1000, 1000, 2000, 100, 200]
    assert len(find("Aster", limit=None).nearby) == 7
    assert find("Aster", limit=0).nearby == ()


def test_without_a_place_everything_is_listed_by_type_and_town():
    result = find(None)
    assert result.serving == result.nearby == ()
    assert shown(result) == [
        "house-300-m",
        "shop-for-two-towns",
        "team-in-a-locality",
        "play-without-area",
        "clinic-somewhere",
        "mobile-for-a-province",
        "clb-two-doors",
        "line-everywhere",
        "lead-100-m",
        "centre-for-professionals",
    ]
    assert {hit.distance_m for hit in result.hits(result.rows)} == {None}
    assert result.hits(result.rows[:1])[0].location.is_located


def test_the_list_is_put_in_order_once_per_directory():
    data = dataset()
    lists = [search(data, None, ServiceFilter(), now=TUESDAY_TEN).rows.tolist() for _ in range(2)]
    assert lists[0] == lists[1]


def test_towns_order_the_list_inside_a_type():
    els, den = (
        service(f"{town}-house", ServiceType.HOUSE_OF_THE_CHILD, service_areas=areas(town)) for town in ("Els", "Den")
    )
    assert shown(find(None, els, den))[:3] == ["house-300-m", "Den-house", "Els-house"]


def test_counts_per_type_hold_under_all_other_criteria():
    result = find(None, types=frozenset({ServiceType.PARENTING_SHOP}), ages=frozenset({AgeGroup.FROM_6_TO_11}))
    counted = {kind: count for kind, count in result.counts_by_type.items() if count}
    assert counted == {
        ServiceType.HOUSE_OF_THE_CHILD: 1,
        ServiceType.PARENTING_SHOP: 1,
        ServiceType.MOBILE_SUPPORT: 1,
        ServiceType.PUPIL_GUIDANCE_CENTRE: 1,
        ServiceType.PARENTING_LINE: 1,
        ServiceType.PROVINCIAL_CENTRE: 1,
    }
    assert result.counts_by_age[AgeGroup.FROM_0_TO_2] == 1


def test_counts_with_a_place_speak_of_what_serves_it_or_is_in_sight():
    far = service("far-away", ServiceType.HOUSE_OF_THE_CHILD, locations=(location("Aster", east=15_001),))
    near = service("just-in-sight", ServiceType.HOUSE_OF_THE_CHILD, locations=(location("Aster", east=-15_000),))
    result = find("Aster", far, near)
    assert result.counts_by_type[ServiceType.HOUSE_OF_THE_CHILD] == 2
    assert result.counts_by_type[ServiceType.MOBILE_SUPPORT] == 0
    assert result.counts_by_age[AgeGroup.PREGNANT] == 6
    assert "far-away" in ids(result.nearby)


def test_an_empty_directory_is_an_answer():
    data = tiny_flanders.TinyDataset(
        tiny_flanders.municipalities(), tiny_flanders.gazetteer(), Directory.from_services([])
    )
    for place in (data.place("Aster"), None):
        result = search(data, place, ServiceFilter(free=True), now=TUESDAY_TEN)
        assert (result.serving, result.nearby, result.total) == ((), (), 0)
        assert set(result.counts_by_type.values()) == set(result.counts_by_age.values()) == {0}
        assert result.hints.nothing_known


def test_a_place_outside_every_known_municipality_still_has_neighbours_and_lines():
    data = dataset()
    elsewhere = replace(data.place("Aster"), nis_code="")
    result = search(data, elsewhere, ServiceFilter(), now=TUESDAY_TEN)
    assert ids(result.serving) == ["line-everywhere"]
    assert ids(result.nearby)[0] == "house-300-m"


def test_searching_changes_nothing_in_the_directory():
    data = dataset()
    before = [np.copy(column) for column in (data.directory.loc_x, data.directory.type_code, data.directory.free)]
    search(data, data.place("Aster"), ServiceFilter(open_now=True), now=TUESDAY_TEN)
    after = (data.directory.loc_x, data.directory.type_code, data.directory.free)
    assert all((one == other).all() for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize("place", ["Aster", "1000", "Astère"])
def test_the_same_place_by_any_name_gives_the_same_answer(place):
    assert ids(find(place).nearby) == ids(find("Aster").nearby)


def test_what_comes_first_stands_before_others_of_its_kind_only():
    line = service("zz-line", ServiceType.PARENTING_LINE, service_areas=tiny_flanders.EVERYWHERE, comes_first=True)
    serving = ids(find("Aster", line).serving)
    assert serving.index("zz-line") == serving.index("line-everywhere") - 1
    assert serving[0] == "house-300-m"


def test_the_number_beside_a_choice_is_what_the_choice_then_shows_near():
    shop = service("shop-for-ceder", ServiceType.PARENTING_SHOP, service_areas=areas("Ceder"))
    counted = find("Berk", shop).counts_by_type[ServiceType.PARENTING_SHOP]
    chosen = find("Berk", shop, types=frozenset({ServiceType.PARENTING_SHOP}))
    assert counted == chosen.total == 2
