"""What coverage found is told in whole sentences whose numbers can be checked by hand."""

import pytest

from geo.coverage import CoverageRequest, Measure, measure
from geo.directory import ServiceType
from geo.directory.service import Precision
from tests.support import tiny_flanders as tiny
from tests.support.told_coverage import HOUSE, SHOP, TODAY, dataset, report, text
from ui.coverage import gaps, headline
from words import i18n


@pytest.fixture(autouse=True)
def english(speak_dutch):
    i18n.use_language("en")


def test_the_headline_of_an_area_counts_municipalities_and_their_children():
    found = headline.headline_sentences(report())
    assert found == [
        "In 2 of the 6 municipalities, no child of 0–2 years lives within 1.2 km of a Huis van het Kind, as far as "
        "we know; 150 children of that age live there.",
        "For 1 municipality (no children) we do not know: no record that we trust, or an address is missing.",
        "In all of Flanders and Brussels, 91 % of the children of 0–2 years live within 1.2 km of a Huis van het Kind, "
        "as far as we know.",
    ]


def test_the_headline_of_a_municipality_speaks_of_it_alone():
    first = headline.headline_sentences(report(area="Aster"))[0]
    assert first == (
        "In Aster, 100 % of the children of 0–2 years live within 1.2 km of a Huis van het Kind, as far as we know."
    )


def test_a_municipality_that_is_not_reached_and_small_says_so():
    found = headline.headline_sentences(report(area="Ceder"))
    assert found[0].startswith("In Ceder, no child of 0–2 years lives within 1.2 km of a Huis van het Kind")
    assert "fewer than 50 children of that age live there" in found[0]
    assert found[-1] == "Fewer than 50 children: the number is marked and not ranked."


def test_a_municipality_is_held_beside_its_peers():
    # the five others together: Berk and Den, 600 of 750 children
    assert "In the municipalities that resemble it most, this is 80 %." in headline.headline_sentences(
        report(area="Aster")
    )


def test_what_nobody_recorded_is_unknown_and_not_none():
    found = text(headline.headline_sentences(report(kind=ServiceType.FLEMISH_COORDINATOR)))
    assert found.startswith("For all of Flanders and Brussels we do not know (co-ordinator for Flanders)")
    assert "no child" not in found
    alone = headline.headline_sentences(report(kind=ServiceType.FLEMISH_COORDINATOR, area="Aster"))[0]
    assert alone == (
        "For Aster we do not know: no record that we trust speaks of a co-ordinator for Flanders in or around it."
    )


def test_a_missing_address_is_named_as_the_reason():
    hidden = tiny.service("house-somewhere", HOUSE, locations=(tiny.location("Els", precision=Precision.MUNICIPALITY),))
    assert headline.headline_sentences(report(hidden, area="Els"))[0] == (
        "For Els we do not know: we miss the address of house-somewhere."
    )


def test_help_without_a_door_is_not_said_to_miss_an_address():
    kinds = frozenset({ServiceType.PARENTING_LINE, HOUSE})
    hidden = tiny.service("house-somewhere", HOUSE, locations=(tiny.location("Els", precision=Precision.MUNICIPALITY),))
    request = CoverageRequest(types=kinds, area=tiny.NIS["Els"], reach_m=1_200.0)
    found = measure(dataset(hidden), request, today=TODAY)
    assert headline.headline_sentences(found)[0] == "For Els we do not know: we miss the address of house-somewhere."
    assert (
        gaps.records_to_check(found, found.total)[0] == "house-somewhere: an address is missing; source without a date."
    )
    assert not [line for line in gaps.records_to_check(found, found.total) if "line" in line and "address" in line]


def test_what_is_for_a_municipality_names_places_before_lines():
    kinds = frozenset({ServiceType.PARENTING_LINE, HOUSE})
    request = CoverageRequest(types=kinds, area=tiny.NIS["Aster"], measure=Measure.SERVED)
    found = headline.headline_sentences(measure(dataset(), request, today=TODAY))[0]
    assert found.endswith("house-300-m and line-everywhere.")


def test_a_missing_address_next_door_is_a_reason_too():
    found = headline.headline_sentences(
        report(kind=ServiceType.COUNSELLING_CENTRE, area="Els")
    )  # it stands somewhere in Fijnspar
    assert "no child" not in text(found)
    assert found[0].startswith("For Els we do not know: services around it of which we miss the address may be")


def test_a_municipality_without_children_is_not_judged():
    assert headline.headline_sentences(report(area="Fijnspar")) == ["In Fijnspar no children of 0–2 years are counted."]


def test_what_is_meant_for_a_municipality_is_named():
    first = headline.headline_sentences(report(on="served", area="Aster"))[0]
    assert first == "In Aster there is something for 1,000 children of 0–2 years, as far as we know: house-300-m."


def test_bounds_follow_the_value_where_an_address_is_missing():
    hidden = tiny.service("house-somewhere", HOUSE, locations=(tiny.location("Els", precision=Precision.MUNICIPALITY),))
    found = text(headline.headline_sentences(report(hidden)))  # it may reach Els: 1,600 or 1,720 of 1,750 children
    assert "91 % of the children" in found
    assert "Not every service and address is known, so it may be between 91 % and 98 %." in found


def test_an_offer_without_upper_bound_says_at_least():
    hidden = tiny.service("house-somewhere", HOUSE, locations=(tiny.location("Els", precision=Precision.MUNICIPALITY),))
    found = text(headline.headline_sentences(report(hidden, on="2sfca")))
    # one house over the 1,600 children of Aster, Berk and Den: 1 in 1.75 thousand over all
    assert "comes to 0.57 per 1,000 children of 0–2 years" in found
    assert "so it may be more; it is at least" in found


def test_fragility_names_the_children_and_the_service_they_depend_on():
    found = text(headline.headline_sentences(report(on="fragility")))
    assert "91 % of the children of 0–2 years have exactly one service (Huis van het Kind) within 1.2 km" in found
    assert "1,600 children would lose their only one" in found
    assert "Most children depend on house-300-m: for 1,600 children it is the only one." in found


def test_the_nearest_is_told_with_its_mean_and_where_it_is_farthest():
    door_in_all = [
        tiny.service(f"house-{name}", HOUSE, locations=(tiny.location(name, north=400.0),))
        for name in ("Berk", "Ceder", "Den", "Els")
    ]
    found = text(headline.headline_sentences(report(*door_in_all, on="nearest")))
    # Aster 300 m for 1,000 children, 400 m for the other 750
    assert "live 350 m on average" in found
    assert "nine in ten live within 400 m" in found
    assert "It is farthest in Berk: 400 m on average." in found


def test_neighbours_are_told_for_how_many_municipalities_everybody_leaves():
    shops = [tiny.service("shop-north", SHOP, locations=(tiny.location("Den"),))]
    found = text(headline.headline_sentences(report(*shops, kind=SHOP, on="neighbour", area="10000")))
    # Aster is as far from Berk as from Den, both outside it; Berk has one; Ceder's nearest is in Berk
    assert "72 % of the children of 0–2 years have their nearest service (parenting shop) in another" in found


def test_no_known_door_means_no_distance():
    found = headline.headline_sentences(report(kind=ServiceType.MOBILE_SUPPORT, on="nearest", area="Aster"))
    assert "no address of a service for support at home" in found[0]


def test_help_without_a_door_points_to_the_measure_that_fits():
    line = ServiceType.PARENTING_LINE
    assert "the measure “Served” says more" in text(headline.headline_sentences(report(kind=line)))
    assert "the measure" not in text(headline.headline_sentences(report(kind=line, on="served")))


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("which", list(Measure))
@pytest.mark.parametrize("area", ["", "10000", "Aster", "Ceder", "Fijnspar"])
@pytest.mark.parametrize("kind", [HOUSE, ServiceType.COUNSELLING_CENTRE, ServiceType.FLEMISH_COORDINATOR])
def test_every_measure_has_a_headline_without_holes(language, which, area, kind):
    i18n.use_language(language)
    found = report(kind=kind, on=which, area=area)
    sentences = [
        *headline.headline_sentences(found),
        *gaps.gap_sentences(found, found.total),
        *gaps.records_to_check(found, found.total),
    ]
    assert sentences
    assert all(sentence.endswith(".") for sentence in sentences)
    assert not [sentence for sentence in sentences if "{" in sentence or "–." in sentence or "None" in sentence]
