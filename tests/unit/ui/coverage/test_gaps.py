"""Who is left out, and what is to be checked, in sentences that can be checked by hand."""

import dataclasses
import datetime as dt

import pytest

from geo.coverage import CoverageRequest, State, measure
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from tests.support import tiny_flanders as tiny
from tests.support.told_coverage import HOUSE, SHOP, TEAM, TODAY, babies, dataset, report, text
from ui.coverage import gaps
from words import i18n


@pytest.fixture(autouse=True)
def english(speak_dutch):
    i18n.use_language("en")


def test_gaps_of_an_area_name_its_municipalities():
    found = report()
    assert gaps.gap_sentences(found, found.total) == [
        "Not reached, as far as we know: Ceder and Els.",
        "Not known: Fijnspar.",
    ]


def test_gaps_of_a_municipality_say_who_is_left_out_and_what_is_missing():
    far = tiny.service("house-far", HOUSE, locations=(tiny.location("Els", north=100.0),))
    found = report(far, area="Els", reach_m=200.0)
    assert "house" not in text(gaps.gap_sentences(found, found.total))
    elsewhere = report(area="Den")
    assert gaps.gap_sentences(elsewhere, elsewhere.total) == [
        "We know of nothing that says it is for Den (Huis van het Kind)."
    ]


def test_something_that_is_for_a_municipality_but_stands_elsewhere_is_a_gap():
    found = report(kind=SHOP, area="Aster")  # in Berk, for both
    assert (
        "Something is meant for Aster (parenting shop), but no known place of it stands there."
        in gaps.gap_sentences(found, found.total)
    )


def test_a_part_that_is_not_reached_is_counted():
    points = [babies("Aster", "a", 700.0), babies("Aster", "b", 300.0, east=-3_000.0)]
    found = measure(dataset(points=points), CoverageRequest(area="11001", reach_m=1_200.0), today=TODAY)
    assert "300 children of 0–2 years live farther than 1.2 km from a Huis van het Kind." in gaps.gap_sentences(
        found, found.total
    )


def test_a_municipality_behind_its_peers_is_told():
    found = report(area="Els", on="nearest", reach_m=1_200.0)
    row = dataclasses.replace(found.total, state=State.REACHED, value=1_220.0, peers_value=500.0)
    assert "It does less well than the municipalities that resemble it: 1.2 km, against 500 m." in gaps.gap_sentences(
        found, row
    )
    better = dataclasses.replace(row, value=400.0)
    assert "less well" not in text(gaps.gap_sentences(found, better))


def test_the_neighbour_where_children_go_is_named():
    found = report(on="neighbour", area="Berk")
    assert "For 100 % of the children the nearest known service stands in Aster." in gaps.gap_sentences(
        found, found.total
    )


def test_what_to_check_names_each_record_once_with_its_doubts():
    found = report(kind=TEAM, area="Ceder")
    assert gaps.records_to_check(found, found.total) == [
        "team-in-a-locality: only the village or district is known; source without a date."
    ]


def test_leads_and_announcements_are_to_be_checked_and_closed_ones_are_not():
    extra = [
        tiny.service("lead", HOUSE, service_areas=tiny.areas("Els"), confidence=Confidence.LOW),
        tiny.service("plan", HOUSE, service_areas=tiny.areas("Els"), status=Status.ANNOUNCED),
        tiny.service("gone", HOUSE, service_areas=tiny.areas("Els"), status=Status.DEFUNCT),
        tiny.service(
            "old-lead", HOUSE, service_areas=tiny.areas("Els"), confidence=Confidence.LOW, status=Status.DEFUNCT
        ),
    ]
    found = report(*extra, area="Els")
    assert gaps.records_to_check(found, found.total) == [
        "lead: a lead that is not confirmed, and not counted.",
        "plan: announced, and not counted.",
    ]


def test_a_lead_that_the_request_counts_is_no_doubt_of_its_own():
    lead = tiny.service(
        "lead", HOUSE, service_areas=tiny.areas("Els"), confidence=Confidence.LOW, assured_date=dt.date(2025, 6, 1)
    )
    found = report(lead, area="Els", confidences=frozenset(Confidence))
    assert "lead: an address is missing." in gaps.records_to_check(found, found.total)


def test_only_old_and_undated_sources_are_to_be_checked():
    dated = [
        tiny.service(name, HOUSE, service_areas=tiny.areas("Els"), locations=(tiny.location("Els"),), assured_date=day)
        for name, day in (("fresh", dt.date(2025, 1, 1)), ("ageing", dt.date(2023, 1, 1)), ("old", dt.date(2021, 5, 1)))
    ]
    found = report(*dated, area="Els", reach_m=500.0)
    assert gaps.records_to_check(found, found.total) == ["old: source of May 2021."]


def test_where_nothing_is_recorded_somebody_should_ask():
    found = report(kind=ServiceType.FLEMISH_COORDINATOR, area="Aster")
    assert gaps.records_to_check(found, found.total) == [
        "No record that we trust speaks of Aster or what lies around (co-ordinator for Flanders): ask there."
    ]
