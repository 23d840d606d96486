"""Plans for a land small enough to plan by hand (see tiny_demand: 480 children of 0-2 years)."""

import json
import math

import pytest

from geo.ages import AgeGroup, AgeRange
from geo.coverage import Measure
from geo.directory import ServiceType
from geo.directory.service import Precision
from geo.errors import RequestError
from geo.messages import Rounded
from geo.planning import Objective, PlanRequest, files, search
from geo.planning.assumptions import (
    CHILDREN_OUTSIDE,
    DOORS_APPROXIMATE,
    DOORS_CLOSE,
    DOORS_UNKNOWN,
    FEWER_SITES,
    NEED_UNKNOWN,
    SHARE_IMPOSSIBLE,
)
from geo.planning.choices import CandidateKind
from geo.planning.plan import PlanStatus
from geo.solver.control import CancelledError
from tests.support.tiny_demand import TODAY, house
from tests.support.tiny_flanders import NIS, location
from tests.support.tiny_plan import ask, book, names, planned, site

ASTER = house("aster", location("Aster"))
BERK = house("berk", location("Berk"))


def said(plan):
    return {each.template: each.values for each in plan.assumptions}


@pytest.mark.parametrize(
    ("sites", "chosen", "reached"),
    [(1, ["Berk"], 200), (2, ["Berk", "Aster"], 300), (4, ["Berk", "Aster", "Den", "Ceder"], 440)],
)
def test_most_children_reached(sites, chosen, reached):
    plan = planned(sites=sites)
    assert names(plan) == chosen
    assert (plan.before.reached, plan.after.reached, plan.after.children) == (0, reached, 480)
    assert (plan.proof.value, plan.proof.bound, plan.proof.gap) == (reached, reached, 0.0)
    assert plan.proof.status is PlanStatus.OPTIMAL


def test_what_is_there_already_counts():
    plan = planned(BERK, sites=1)
    assert names(plan) == ["Aster"]
    assert (plan.before.reached, plan.after.reached) == (200, 300)
    assert [(row.nis_code, row.reached_before, row.reached_after) for row in plan.gains if row.gain] == [
        (NIS["Aster"], 0, 100)
    ]
    assert plan.losers == ()


def test_another_site_that_adds_nothing_is_not_proposed():
    plan = planned(sites=9)
    assert len(plan.sites) == 5
    assert said(plan)[FEWER_SITES] == {"sites": 5, "asked": 9}


@pytest.mark.parametrize(("share", "count"), [(0.41, 1), (0.79, 3), (0.8, 4), (1.0, 5)])
def test_fewest_sites(share, count):
    plan = planned(objective=Objective.FEWEST_SITES, share=share)
    assert (len(plan.sites), plan.proof.value, plan.proof.bound) == (count, count, count)
    assert plan.after.reached >= share * 480


def test_a_share_that_cannot_be_reached_is_told():
    plan = planned(objective=Objective.FEWEST_SITES, share=1.0, area=NIS["Ceder"], reach_m=250.0)
    assert (names(plan), plan.after.reached, plan.after.children) == (["Ceder"], 30, 60)
    assert said(plan)[SHARE_IMPOSSIBLE] == {"share": Rounded(100.0)}


def test_least_mean_distance():
    plan = planned(objective=Objective.LEAST_MEAN, sites=1)
    assert names(plan) == ["Berk"]
    metres = 60 * 1000 + 40 * math.hypot(1000, 400) + 30 * 1000 + 30 * 1300 + 80 * math.hypot(1000, 1000) + 40 * 1000
    assert plan.after.mean_m == pytest.approx(metres / 480)
    assert plan.proof.value == pytest.approx(metres / 480)
    assert plan.before.mean_m is None


def test_least_worst_distance():
    plan = planned(objective=Objective.LEAST_WORST, sites=1)
    assert names(plan) == ["Berk"]
    assert plan.after.worst_m == plan.proof.value == pytest.approx(math.hypot(1000, 1000))
    assert plan.proof.status is PlanStatus.OPTIMAL


def test_kept_sites_are_in_the_plan_and_count():
    plan = planned(sites=2, kept=frozenset({site("Els")}))
    assert names(plan) == ["Berk", "Els"]
    assert [each.is_kept for each in plan.sites] == [False, True]
    every = planned(sites=1, kept=frozenset({site("Els")}))
    assert names(every) == ["Els"]
    assert every.proof.gap == 0.0


def test_forbidden_sites_are_not():
    assert names(planned(sites=2, forbidden=frozenset({site("Berk")}))) == ["Aster", "Den"]


def test_a_service_that_closes_shows_who_loses():
    plan = planned(ASTER, BERK, sites=1, closed=frozenset({"berk"}), forbidden=frozenset({site("Berk")}))
    assert names(plan) == ["Den"]
    assert (plan.before.reached, plan.closed.reached, plan.after.reached) == (300, 100, 180)
    loser, *farther = plan.losers
    assert [(row.nis_code, row.gain, row.children_farther) for row in farther] == [(NIS["Ceder"], 0, 60)]
    assert (loser.nis_code, loser.reached_before, loser.reached_closed, loser.reached_after) == (NIS["Berk"], 200, 0, 0)
    assert [row.gain for row in plan.gains if row.nis_code == NIS["Den"]] == [80]
    assert said(plan)[DOORS_CLOSE] == {"count": 1, "closed": "berk"}
    assert [each.id for each in plan.closing_services] == ["berk"]


def test_only_children_of_the_area_count_unless_asked():
    inside = planned(area=NIS["Ceder"], sites=1, reach_m=1000.0)
    assert (inside.after.children, inside.after.reached) == (60, 60)
    outside = planned(area=NIS["Ceder"], sites=1, reach_m=1000.0, demand_outside=True)
    assert (outside.after.children, outside.after.reached) == (260, 260)
    assert said(outside)[CHILDREN_OUTSIDE] == {"reach_km": 1.0}
    assert [(row.nis_code, row.is_inside) for row in inside.gains if row.gain] == [
        (NIS["Berk"], False),
        (NIS["Ceder"], True),
    ]


def test_several_areas_are_one():
    plan = planned(area=f"{NIS['Ceder']}+{NIS['Els']}", sites=9)
    assert set(names(plan)) == {"Ceder", "Els"}
    assert plan.area.name_nl == "Ceder + Els"


def test_need_weighs():
    """The index is 12 in Aster (100 children), 20 in Berk (200), so 17.33 on average; elsewhere unknown."""
    plan = planned(sites=5, need_weight=0.5)
    mean = (100 * 12 + 200 * 20) / 300
    weighed = 200 * (0.5 + 0.5 * 20 / mean) + 100 * (0.5 + 0.5 * 12 / mean) + 180
    assert plan.proof.value == pytest.approx(weighed)
    assert plan.after.reached == 480
    assert said(plan)[NEED_UNKNOWN] == {"count": 4}
    assert names(planned(sites=1, forbidden=frozenset({site("Berk")}))) == ["Aster"]
    fair = planned(sites=1, need_weight=1.0, forbidden=frozenset({site("Berk")}))
    assert names(fair) == ["Den"]  # 100 children of Aster weigh 69, the 80 of Den 80


def test_the_numbers_of_a_site():
    plan = planned(sites=2, reach_m=1000.0, kept=frozenset({site("Aster"), site("Berk")}))
    by_name = {each.candidate.name_nl: each for each in plan.sites}
    berk, aster = by_name["Berk"], by_name["Aster"]
    assert (aster.number, berk.number) == (1, 2)
    assert (berk.children_alone, aster.children_alone) == (200 + 60 + 30 + 40, 100 + 200 + 80)
    assert (berk.children_only, aster.children_only) == (30 + 40, 40 + 80)
    assert (aster.children_added, berk.children_added) == (380, 30 + 40)
    assert berk.children_nearest + aster.children_nearest == 480


def test_the_coverage_of_the_plan_is_that_of_the_land_with_the_sites():
    """The quick numbers and the whole reports on the changed directory agree."""
    plan = planned(ASTER, house("far", location("Fijnspar", north=300)), sites=2, closed=frozenset({"aster"}))
    before, after = plan.measures[Measure.REACH]
    assert before.value == plan.before.reached / 480
    assert after.value == plan.after.reached / 480
    before, after = plan.measures[Measure.NEAREST]
    assert (before.value, after.value) == pytest.approx((plan.before.mean_m, plan.after.mean_m))
    assert (before.p90_m, after.p90_m) == (plan.before.p90_m, plan.after.p90_m)
    assert plan.measures[Measure.SERVED][1].value == (200 + 100) / 480
    assert set(plan.measures) == set(Measure)
    assert [each.id for each in plan.problem.book.dataset.directory.services] == ["aster", "far"]


def test_ages_that_other_services_are_for_are_held_against_those():
    """The house in Aster is for children under 3: those of 3 to 5 are not reached by it."""
    young = house("aster", location("Aster"), ages=AgeRange(0, 36))
    plan = planned(young, ages=frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5}), sites=1)
    assert (plan.before.reached, plan.before.children) == (100, 480 + 240)
    assert (names(plan), plan.after.reached) == (["Berk"], 100 + 300)
    assert plan.measures[Measure.REACH][1].value == pytest.approx(400 / 720)


def test_what_is_not_known_for_sure_is_told():
    plan = planned(
        house("somewhere", location("Den", precision=Precision.MUNICIPALITY)),
        house("about", location("Ceder", precision=Precision.LOCALITY)),
    )
    assert said(plan)[DOORS_UNKNOWN] == {"count": 1}
    assert said(plan)[DOORS_APPROXIMATE] == {"count": 1}
    assert all("{" not in str(each) for each in plan.assumptions)


def test_sites_somebody_moved_are_measured_alike():
    best = planned(BERK, sites=2)
    same = search.evaluate(book(BERK), ask(sites=2), [each.id for each in best.places], today=TODAY)
    assert (same.proof.value, same.after, same.sites) == (best.proof.value, best.after, best.sites)
    assert (same.proof.status, same.proof.bound, same.proof.gap) == (PlanStatus.GIVEN, None, None)
    lon, lat = best.places[0].lon, best.places[0].lat
    moved = search.evaluate(book(BERK), ask(sites=2), [f"point:{lon:.6f}_{lat:.6f}", site("Els")], today=TODAY)
    assert moved.places[0].nis_code == NIS["Aster"]
    assert moved.proof.value == 340
    assert search.evaluate(book(BERK), ask(), [], today=TODAY).after == best.before


def test_a_point_can_be_a_candidate():
    place = book().candidate(site("Berk"))
    points = ((place.lon, place.lat), (place.lon + 1.0, place.lat))
    plan = planned(candidates=CandidateKind.POINTS, points=points, sites=2)
    assert [each.candidate.kind for each in plan.sites] == [CandidateKind.POINTS]
    assert plan.after.reached == 200


def test_stations_and_doors_can_be_candidates():
    assert [each.id for each in planned(candidates=CandidateKind.STATION, sites=1).places] == ["station:1"]
    other = house("club", location("Den"))
    types = frozenset({ServiceType.PARENTING_SHOP})
    plan = planned(other, candidates=CandidateKind.SERVICE, types=types, sites=3)
    assert (names(plan), plan.after.reached) == (["club (Laan 1)"], 80)


def test_two_rounds_for_one_vehicle():
    """Aster, Den and Berk make a triangle of 1,000, 1,000 and 1,414 m."""
    short = planned(sites=3, tour_m=2_500.0)
    assert set(names(short)) == {"Berk", "Aster"}
    assert short.tour_m == pytest.approx(2_000)
    assert short.proof.status is PlanStatus.OPTIMAL
    longer = planned(sites=3, tour_m=3_500.0)
    assert set(names(longer)) == {"Berk", "Aster", "Den"}
    assert longer.tour_m == pytest.approx(2_000 + math.hypot(1000, 1000))
    from_els = planned(sites=3, tour_m=2_900.0, depot=site("Els"))
    assert from_els.tour[0].id == site("Els")
    assert set(names(from_els)) == {"Berk", "Els"}
    assert from_els.tour_m <= 2_900.0


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"area": "99999"}, "'99999' is no area"),
        ({"closed": frozenset({"nowhere"})}, "'nowhere' is no service of the directory"),
        ({"kept": frozenset({"submunicipality:atlantis"})}, "'submunicipality:atlantis' is no candidate"),
        ({"forbidden": frozenset({"point:x_y"})}, "'point:x_y' is no candidate"),
        ({"candidates": CandidateKind.STATION, "area": NIS["Den"]}, "There is no station to choose from"),
        ({"area": NIS["Fijnspar"]}, "No children of these ages live in the area"),
        ({"tour_m": 3_000.0, "sites": 13}, "13 stops are too many"),
        ({"tour_m": 1_500.0, "kept": frozenset({site("Aster"), site("Ceder")})}, "make a round that is too long"),
    ],
)
def test_what_cannot_be_planned_is_said(choices, message):
    with pytest.raises(RequestError, match=message):
        planned(**choices)


def test_a_search_can_be_stopped():
    with pytest.raises(CancelledError):
        search.solve(book(), ask(), today=TODAY, should_stop=lambda: True)


def test_a_plan_as_plain_values_can_be_read_back_and_run_again():
    plan = planned(BERK, sites=2, need_weight=0.25)
    document = json.loads(files.to_json(plan))
    again = search.solve(book(BERK), PlanRequest.from_json(document["request"]), today=TODAY)
    assert again.places == plan.places
    assert document["sites"][0]["id"] == site("Aster")
    assert document["after"]["reached"] == 380
    assert document["measures"]["reach"]["after"] == round(380 / 480, 6)
    assert [row["nis_code"] for row in document["municipalities"]][:2] == [NIS["Aster"], NIS["Den"]]


def test_a_plan_as_geojson_draws_sites_and_round():
    plan = planned(sites=3, tour_m=3_500.0)
    document = json.loads(files.to_geojson(plan))
    assert [each["geometry"]["type"] for each in document["features"]] == ["Point"] * 3 + ["LineString"]
    line = document["features"][-1]["geometry"]["coordinates"]
    assert line[0] == line[-1]
    assert len(line) == 4


def test_without_any_door_and_site_distances_are_unknown_and_the_file_says_so():
    plan = search.evaluate(book(), ask(objective=Objective.LEAST_WORST), [], today=TODAY)
    document = json.loads(files.to_json(plan))
    assert document["proof"]["value"] is None
    assert document["after"]["worst_m"] is None
