"""Where a reader who finds little is sent (see tests/support/tiny_flanders.py)."""

from geo.ages import AgeGroup
from geo.directory import ServiceType
from geo.directory.service import Confidence
from geo.finder import ServiceFilter, search
from tests.support.tiny_flanders import TUESDAY_TEN, areas, dataset, location, opening, service


def hints(place="Aster", *extra, **criteria):
    data = dataset(*extra)
    where = data.place(place) if place else None
    return search(data, where, ServiceFilter(**criteria), now=TUESDAY_TEN).hints


def test_who_finds_enough_needs_no_way_on():
    answer = hints("Aster")
    assert not answer.is_little
    assert answer.criterion is answer.nearest_match is None
    assert not answer.nothing_known


def test_the_criterion_that_took_most_away_is_named_with_what_comes_back():
    answer = hints("Aster", no_appointment=True, ages=frozenset({AgeGroup.FROM_12_TO_17}))
    assert answer.is_little
    assert answer.criterion.name == "no_appointment"
    assert answer.criterion.comes_back == 2  # the shop and the CLB; the line serves everywhere
    assert (answer.criterion.nearest.service.id, answer.criterion.nearest.distance_m) == ("clb-two-doors", 500)


def test_the_nearest_match_is_found_however_far_and_across_borders():
    far = service("far-away", ServiceType.FAMILY_CARE_CENTRE, locations=(location("Els", east=40_000),))
    answer = hints("Els", far, types=frozenset({ServiceType.FAMILY_CARE_CENTRE}))
    assert answer.is_little
    assert (answer.nearest_match.service.id, answer.nearest_match.distance_m) == ("far-away", 40_000)


def test_a_criterion_helps_also_when_what_it_brings_back_is_far():
    far = service("far-away", ServiceType.FAMILY_CARE_CENTRE, locations=(location("Els", east=40_000),), is_free=False)
    answer = hints("Els", far, types=frozenset({ServiceType.FAMILY_CARE_CENTRE}), free=True)
    assert answer.nearest_match is None
    assert answer.criterion.name == "types"  # the house and the shop are free
    assert answer.criterion.comes_back == 3
    alone = hints("Els", far, types=frozenset({ServiceType.FAMILY_CARE_CENTRE}), languages=frozenset({"xx"}))
    assert (alone.criterion.name, alone.criterion.comes_back) == ("languages", 0)
    assert alone.criterion.nearest.service.id == "far-away"


def test_no_criterion_is_blamed_when_none_helps():
    answer = hints("Aster", types=frozenset({ServiceType.FLEMISH_COORDINATOR}), languages=frozenset({"xx"}))
    assert answer.criterion is None
    several = hints("Aster", free=True, languages=frozenset({"xx"}), with_address=True, open_now=True)
    assert several.criterion.name == "languages"


def test_a_lead_is_the_nearest_match_only_when_there_is_nothing_else():
    play = frozenset({ServiceType.PLAY_AND_ENCOUNTER})
    assert hints("Aster", types=play).nearest_match.service.id == "play-without-area"
    data = dataset()
    leads_only = [s for s in data.directory.services if s.confidence is Confidence.LOW]
    small = type(data)(data.municipalities, data.gazetteer, type(data.directory).from_services(leads_only))
    answer = search(small, small.place("Aster"), ServiceFilter(types=play), now=TUESDAY_TEN).hints
    assert answer.nearest_match.service.id == "lead-100-m"
    assert answer.nothing_known


def test_what_serves_everywhere_is_always_offered_for_the_right_ages():
    assert hints("Ceder", free=True, types=frozenset({ServiceType.IAPSC_TEAM})).everywhere == ("line-everywhere",)
    teens = service(
        "line-for-teens",
        ServiceType.PARENTING_LINE,
        service_areas=dataset().directory.by_id["line-everywhere"].service_areas,
        ages=AgeGroup.FROM_12_TO_17.range,
    )
    assert hints("Ceder", teens, ages=frozenset({AgeGroup.PREGNANT})).everywhere == ("line-everywhere",)
    assert hints(None, teens).everywhere == ("line-everywhere", "line-for-teens")


def test_what_serves_everywhere_says_nothing_of_this_place_unless_asked_for():
    lines = frozenset({ServiceType.PARENTING_LINE})
    assert hints("Aster", ages=frozenset({AgeGroup.FROM_18_TO_24})).nothing_known is False
    lonely = dataset()
    only_line = [lonely.directory.by_id["line-everywhere"]]
    small = type(lonely)(lonely.municipalities, lonely.gazetteer, type(lonely.directory).from_services(only_line))
    for wanted, nothing in ((ServiceFilter(), True), (ServiceFilter(types=lines), False)):
        assert search(small, small.place("Aster"), wanted, now=TUESDAY_TEN).hints.nothing_known is nothing


def test_services_that_do_not_say_are_counted_as_hidden():
    answer = hints("Aster", free=True, open_now=True)
    assert answer.hidden_unknown == {}  # nothing that is open is silent on its price, nothing free on its hours
    assert hints("Aster", free=True).hidden_unknown == {"free": 6}  # team, lead, CLB, line, centre, clinic around
    assert hints("Aster", languages=frozenset({"fr"})).hidden_unknown == {"languages": 7}  # the same, and play
    silent = service(
        "open-but-silent", ServiceType.PARENTING_SHOP, service_areas=areas("Aster"), schedules=opening("TU")
    )
    assert hints("Aster", silent, free=True, open_now=True).hidden_unknown == {"free": 1}


def test_professionals_are_nothing_found_for_a_family():
    answer = hints("Aster", types=frozenset({ServiceType.PROVINCIAL_CENTRE}))
    assert answer.is_little
    assert answer.nearest_match is None
    assert answer.nothing_known


def test_without_a_place_the_whole_directory_is_local():
    assert not hints(None).is_little
    answer = hints(None, types=frozenset({ServiceType.PARENTING_SHOP}))
    assert answer.is_little
    assert (answer.criterion.name, answer.criterion.nearest, answer.nearest_match) == ("types", None, None)
