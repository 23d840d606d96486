"""Networks in a land known by heart: what is asked, proposed, told and left over."""

import pytest
import shapely

from geo.ages import AgeGroup
from geo.directory import Directory, ServiceType
from geo.errors import RequestError
from geo.networks import NetworkRequest, propose
from geo.networks.search import SEARCH_LATE, SEARCH_STOPPED, possible_seats
from geo.places.adjacency import Adjacency
from geo.places.boundaries import MunicipalityLookup
from geo.solver import attempts as solver
from geo.solver import child_process
from geo.solver.control import CancelledError, Ended
from geo.store.demand import Demand, DemandPoint
from geo.store.need import Need
from tests.support import tiny_flanders as land
from tests.support.datasets import dataset_of

CHILDREN = {"Aster": 60, "Berk": 10, "Ceder": 20, "Den": 30, "Els": 40, "Fijnspar": 50}
HOUSE, SHOP, PLAY = ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PARENTING_SHOP, ServiceType.PLAY_AND_ENCOUNTER
CODE = land.NIS
SOUTH, NORTH = "10000", "20001"


def dataset(*extra, children=None):
    towns = land.municipalities()
    points = [
        DemandPoint(
            sector=f"{CODE[name]}A",
            nis_code=CODE[name],
            submunicipality_code=CODE[name],
            x=land.middle(name)[0],
            y=land.middle(name)[1],
            children=(float(count), 1.0, 0.0, 0.0),
        )
        for name, count in (children or CHILDREN).items()
    ]
    return dataset_of(
        directory=Directory.from_services([*land.services(), *extra]),
        municipalities=towns,
        demand=Demand.from_points(points, towns.by_nis),
        need=Need({}),
        data_version="tiny",
    )


def squares():
    shapes = []
    for name in land.SQUARES:
        x, y = land.middle(name)
        shapes.append(shapely.box(x - 500, y - 500, x + 500, y + 500))
    return Adjacency.from_boundaries(MunicipalityLookup([CODE[name] for name in land.SQUARES], shapes))


def asked(*extra, children=None, search=None, **choices):
    known = {"min_children": 50, "max_across_km": 5.0, "types": frozenset({HOUSE, SHOP})}
    request = NetworkRequest(**(known | choices))
    places = possible_seats(land.gazetteer())
    return propose(dataset(*extra, children=children), squares(), request, places=places, **(search or {}))


def together(proposal):
    names = {code: name for name, code in CODE.items()}
    return {" ".join(sorted(names[code] for code in network.members)) for network in proposal.networks}


def house(name, *towns):
    return land.service(name, HOUSE, service_areas=land.areas(*towns))


def messages(proposal):
    return [str(note) for note in proposal.notes]


def test_two_provinces_by_hand():
    """Aster, Berk and Ceder need each other: 10 and 2 × 20 to Aster. In the north only Den lacks some: 30 to Els."""
    proposal = asked()
    assert together(proposal) == {"Aster Berk Ceder", "Den Els", "Fijnspar"}
    assert proposal.spread == pytest.approx(50 + 30)
    assert proposal.gap == pytest.approx(0.0, abs=1e-6)
    assert proposal.left_over == ()
    south = next(network for network in proposal.networks if CODE["Aster"] in network.members)
    assert south.heart == CODE["Aster"]
    assert south.total == 90
    assert south.member_children == ((CODE["Aster"], 60), (CODE["Berk"], 10), (CODE["Ceder"], 20))
    assert south.span_km == pytest.approx(2.0)
    assert south.mean_km == pytest.approx(50 / 90)
    assert (south.seat.place.municipality_nl, south.seat.mean_km) == ("Aster", pytest.approx(50 / 90))
    assert proposal.mean_km == pytest.approx(80 / 210)


def test_across_a_province_less_spread_is_possible():
    """Such as Aster with Den, Berk with Els, Ceder with Fijnspar: 30 + 10 + 20."""
    proposal = asked(cross_provinces=True)
    assert proposal.spread == pytest.approx(60)
    assert len(proposal.networks) == 3


def test_only_the_area_is_grouped():
    proposal = asked(area=NORTH)
    assert together(proposal) == {"Den Els", "Fijnspar"}
    assert asked(area=SOUTH).summary()["networks"] == 1


def test_an_unknown_area_is_refused():
    with pytest.raises(RequestError, match="'99999' is no code of an area"):
        asked(area="99999")


def test_what_cannot_be_reached_is_left_over_and_says_why():
    proposal = asked(area=SOUTH, max_across_km=1.0)
    assert together(proposal) == {"Aster Berk"}
    assert [(each.nis_code, each.children) for each in proposal.left_over] == [(CODE["Ceder"], 20)]
    assert str(proposal.left_over[0].why) == (
        "Ceder is left over: with everything it hangs together with, no farther than 1 km from it, it counts "
        "30 children; 50 were asked."
    )
    assert proposal.fewest_left == 1
    assert proposal.gap == pytest.approx(0.0, abs=1e-6)


def test_two_that_need_the_same_third():
    proposal = asked(area=SOUTH, max_across_km=1.0, children=CHILDREN | {"Aster": 40, "Berk": 20, "Ceder": 40})
    assert len(proposal.networks) == 1
    assert len(proposal.left_over) == 1
    assert "no way was found to give its network and all others 50 children within 1 km" in (
        str(proposal.left_over[0].why)
    )


def test_a_partnership_stays_whole():
    alone = asked(min_children=10)
    assert len(alone.networks) == 6
    proposal = asked(house("huis-noord", "Den", "Els"), min_children=10)
    assert "Den Els" in together(proposal)
    network = next(each for each in proposal.networks if CODE["Den"] in each.members)
    assert network.is_partnership
    assert network.partnerships == ("partnership:huis-noord",)
    assert len(asked(house("huis-noord", "Den", "Els"), min_children=10, keep_partnerships=False).networks) == 6


def test_a_partnership_inside_a_larger_network_is_kept_but_not_equal():
    proposal = asked(house("huis-zuid", "Aster", "Berk"))
    network = next(each for each in proposal.networks if CODE["Aster"] in each.members)
    assert network.partnerships == ("partnership:huis-zuid",)
    assert not network.is_partnership


def test_a_partnership_that_does_not_touch_stays_together_and_that_is_said():
    proposal = asked(house("huis-ver", "Aster", "Ceder"), min_children=10)
    assert "Aster Ceder" in together(proposal)
    assert messages(proposal) == [
        "huis-ver does not hang together by its borders; its municipalities stay together because they already do."
    ]


def test_partnerships_that_share_a_municipality_are_joined_while_that_fits():
    houses = (house("huis-een", "Aster", "Berk"), house("huis-twee", "Berk", "Ceder"))
    assert "Aster Berk Ceder" in together(asked(*houses, min_children=10, max_across_km=2.0))
    proposal = asked(*houses, min_children=10, max_across_km=1.5)
    assert "Aster Berk" in together(proposal)
    assert messages(proposal) == [
        "huis-twee could not be kept whole: it shares a municipality with huis-een, and both together are 2.0 km "
        "across; 1.5 km was asked."
    ]


def test_a_partnership_too_wide_or_across_a_border_is_told():
    wide = asked(house("huis-ver", "Aster", "Ceder"), min_children=10, max_across_km=1.5)
    assert messages(wide) == [
        "huis-ver could not be kept whole: its municipalities are 2.0 km apart; 1.5 km was asked."
    ]
    across = house("huis-grens", "Ceder", "Fijnspar")
    assert messages(asked(across, min_children=10)) == [
        "huis-grens could not be kept whole: it lies in more than one province."
    ]
    assert "Ceder Fijnspar" in together(asked(across, min_children=10, cross_provinces=True))


def test_a_partnership_partly_outside_the_area_stays_together_inside():
    proposal = asked(house("huis-drie", "Aster", "Berk", "Els"), area=SOUTH, min_children=10)
    assert "Aster Berk" in together(proposal)
    assert messages(proposal) == ["huis-drie lies partly outside the area; its municipalities inside stay together."]


def test_services_are_counted_and_what_is_not_known_is_not_none():
    proposal = asked()
    south, middle, east = sorted(proposal.networks, key=lambda network: network.members)
    offers = {offer.service_type: offer for offer in south.offers}
    assert offers[HOUSE].located == ("house-300-m",)
    assert offers[HOUSE].without == (CODE["Berk"], CODE["Ceder"])
    assert offers[SHOP].located == ("shop-for-two-towns",)
    assert south.missing == ()
    assert set(middle.missing) == set(east.missing) == {HOUSE, SHOP}


def test_a_service_for_a_network_need_not_stand_in_it():
    proposal = asked(area=NORTH, types=frozenset({ServiceType.MOBILE_SUPPORT}))
    assert [network.offers[0].serving for network in proposal.networks] == [("mobile-for-a-province",)] * 2
    assert [network.offers[0].located for network in proposal.networks] == [(), ()]


def test_ages_are_counted_together_and_apart():
    proposal = asked(ages=frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5}), area=NORTH)
    assert {network.children for network in proposal.networks} == {
        ((AgeGroup.FROM_0_TO_2, 70.0), (AgeGroup.FROM_3_TO_5, 2.0)),
        ((AgeGroup.FROM_0_TO_2, 50.0), (AgeGroup.FROM_3_TO_5, 1.0)),
    }


def test_the_summary_adds_up():
    found = asked().summary()
    assert found["networks"] == 3
    assert found["municipalities_left_over"] == 0
    assert (found["fewest_children"], found["most_children"]) == (50, 90)
    assert found["widest_km"] == pytest.approx(2.0)
    assert found["types_missing"] == 4


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"ages": frozenset()}, "No ages were chosen"),
        ({"types": frozenset()}, "No types of service were chosen"),
        ({"ages": frozenset({AgeGroup.PREGNANT})}, "Children of pregnant are not counted"),
        ({"min_children": -1}, "-1 is no number of children"),
        ({"max_across_km": 0.5}, "0.5 km across cannot be asked; expected 1 to 300 km"),
        ({"max_across_km": float("nan")}, "nan km across cannot be asked"),
        ({"area": "<b>"}, "'<b>' is no code of an area"),
    ],
)
def test_a_request_that_cannot_be_is_refused(choices, sentence):
    with pytest.raises(RequestError, match=sentence):
        NetworkRequest(**choices)


@pytest.mark.parametrize(
    "request_",
    [
        NetworkRequest(),
        NetworkRequest(area="30000", ages=frozenset({AgeGroup.FROM_3_TO_5, AgeGroup.FROM_0_TO_2}), min_children=0),
        NetworkRequest(max_across_km=12.5, cross_provinces=True, keep_partnerships=False, types=frozenset({PLAY})),
    ],
)
def test_a_request_survives_link_and_file(request_):
    assert NetworkRequest.from_query(request_.to_query()) == request_
    assert NetworkRequest.from_json(request_.to_json()) == request_


def test_a_damaged_link_falls_back_part_by_part():
    link = {"area": "30000", "age": "x,3-5", "children": "²", "across": "1e99", "type": "nothing", "cross": "maybe"}
    assert NetworkRequest.from_query(link) == NetworkRequest(area="30000", ages=frozenset({AgeGroup.FROM_3_TO_5}))


def test_the_command_line_asks_the_same():
    request = NetworkRequest(area="30000", cross_provinces=True, keep_partnerships=False, types=frozenset({PLAY}))
    assert request.command() == (
        "opvoedkaart networks --area 30000 --age 0-2 --min-children 1000 --max-across-km 20 --cross-provinces "
        "--split-partnerships --type play_and_encounter"
    )


class StopAfter:
    """Says stop from the so manieth time on that it is asked."""

    def __init__(self, times):
        self.left = times

    def __call__(self):
        self.left -= 1
        return self.left < 0


def stopped_after(times, **choices):
    return asked(search={"should_stop": StopAfter(times)}, **choices)


def times_asked(**choices):
    asks = []
    asked(search={"should_stop": lambda: bool(asks.append(1))}, **choices)
    return len(asks)


@pytest.mark.parametrize("listed", [60_000, 2], ids=["by list", "by prices"])
def test_stopped_at_any_moment_it_gives_the_best_found_with_its_gap(monkeypatch, listed):
    monkeypatch.setattr("geo.networks.partition.solve.MOST_LISTED", listed)
    whole, found, best = asked(), [], []
    for times in range(times_asked()):
        try:
            found.append(stopped_after(times))
        except CancelledError:
            assert not found, "once something was found, it is given"
    assert found
    for each in found:
        told = [code for network in each.networks for code in network.members]
        assert sorted(told + [left.nis_code for left in each.left_over]) == sorted(CODE.values())
        assert all(network.total >= 50 for network in each.networks)
        is_known = each.gap is not None
        assert each.bound <= whole.spread + 1e-6
        assert is_known == (each.bound > 0 and each.fewest_left == len(each.left_over))
        is_best = is_known and each.gap < 1e-6
        assert each.was_stopped != is_best
        assert (SEARCH_STOPPED in messages(each)) == each.was_stopped
        best.append(is_best)
    assert best == sorted(best), "what is proven stays proven"


def test_stopped_before_anything_was_found_is_an_error():
    with pytest.raises(CancelledError, match="The search was stopped"):
        stopped_after(0)


def test_a_search_that_was_stopped_leaves_no_process(monkeypatch):
    """With every program in a process of its own, and stopped as soon as there is one."""
    children = []
    start = child_process.subprocess.Popen

    def started(*args, **options):
        children.append(start(*args, **options))
        return children[-1]

    monkeypatch.setattr(solver, "_LARGE", 0)
    monkeypatch.setattr(child_process.subprocess, "Popen", started)
    proposal = asked(search={"should_stop": lambda: bool(children)})
    assert proposal.was_stopped
    assert len(children) == 1
    assert children[0].returncode not in (0, None)  # it was ended, and did not end by itself


def test_without_time_it_gives_what_comes_first_and_says_so():
    proposal = asked(search={"time_limit_s": 0.0})
    assert proposal.ended is Ended.TIME
    assert proposal.networks
    assert SEARCH_LATE in messages(proposal)


def test_a_search_to_the_end_says_so():
    proposal = asked()
    assert proposal.ended is Ended.DONE
    assert not {SEARCH_STOPPED, SEARCH_LATE} & set(messages(proposal))


def test_progress_is_the_part_of_the_work_and_only_grows():
    heard = []
    asked(search={"on_progress": heard.append})
    parts = [each.part for each in heard]
    assert parts == sorted(parts)
    assert parts[0] == 0.0
    assert 0.5 < parts[-1] <= 1.0
    assert len({each.step for each in heard}) > 2
