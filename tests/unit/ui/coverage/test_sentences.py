"""What coverage found is told in whole sentences whose numbers can be checked by hand."""

import dataclasses
import datetime as dt

import pytest

from geo.ages import AgeGroup
from geo.coverage.measure import measure
from geo.coverage.measures import MEASURES, Measure, Unit
from geo.coverage.report import CoverageReport
from geo.coverage.request import CoverageRequest
from geo.coverage.row import State
from geo.directory.service import Confidence, Precision, Status
from geo.directory.service_types import ServiceType
from geo.places.areas import Area, AreaLevel
from geo.store.dataset import Dataset
from geo.store.demand import Demand, DemandPoint
from geo.store.need import Need
from tests.support import tiny_flanders as tiny
from tests.support.datasets import dataset_of
from ui.coverage import gaps, headline
from words import amounts, definitions, i18n, labels, phrases

TODAY = dt.date(2025, 6, 3)
HOUSE, SHOP, TEAM = ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PARENTING_SHOP, ServiceType.IAPSC_TEAM
BABIES = {"Aster": 1_000.0, "Berk": 400.0, "Ceder": 30.0, "Den": 200.0, "Els": 120.0, "Fijnspar": 0.0}
"""Children of 0–2 years, all in the middle of their municipality. Older children there are none."""


@pytest.fixture(autouse=True)
def english(dutch):
    i18n.use_language("en")


def babies(name: str, sector: str, children: float, *, east: float = 0.0) -> DemandPoint:
    x, y = tiny.middle(name)
    nis = tiny.NIS[name]
    only = (children, 0.0, 0.0, 0.0)
    return DemandPoint(sector=sector, nis_code=nis, submunicipality_code=nis, x=x + east, y=y, children=only)


def dataset(*extra, points=()) -> Dataset:
    land = tiny.dataset(*extra)
    points = points or [babies(name, nis, BABIES[name]) for name, nis in tiny.NIS.items()]
    return dataset_of(
        directory=land.directory,
        municipalities=land.municipalities,
        demand=Demand.from_points(points, tiny.NIS.values()),
        need=Need({}),
        data_version="tiny",
    )


def report(*extra, kind=HOUSE, on="reach", area="", reach_m=1_200.0, **more) -> CoverageReport:
    """The house in Aster is 300 m from the children there, 700 m from Berk, 1,044 m from Den and 1,221 m from Els."""
    request = CoverageRequest(
        types=frozenset({kind}), measure=Measure(on), area=tiny.NIS.get(area, area), reach_m=reach_m, **more
    )
    return measure(dataset(*extra), request, today=TODAY)


def text(found: list[str]) -> str:
    return " ".join(found)


# --- single values -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (None, Unit.SHARE, "–"),
        (None, Unit.PER_THOUSAND, "–"),
        (0.0, Unit.SHARE, "0 %"),
        (0.0004, Unit.SHARE, "less than 0.1 %"),
        (0.004, Unit.SHARE, "0.4 %"),
        (0.37, Unit.SHARE, "37 %"),
        (0.996, Unit.SHARE, "99.6 %"),
        (0.9999, Unit.SHARE, "more than 99.9 %"),
        (1.0, Unit.SHARE, "100 %"),
        (0.0, Unit.METRES, "0 m"),
        (310.0, Unit.METRES, "300 m"),
        (3_400.0, Unit.METRES, "3.4 km"),
        (16_400.0, Unit.METRES, "16 km"),
        (0.0, Unit.PER_THOUSAND, "0 per 1,000 children"),
        (0.8, Unit.PER_THOUSAND, "0.80 per 1,000 children"),
        (0.01944, Unit.PER_THOUSAND, "0.019 per 1,000 children"),
        (3.25, Unit.PER_THOUSAND, "3.2 per 1,000 children"),
        (1234.5, Unit.PER_THOUSAND, "1,234 per 1,000 children"),
    ],
)
def test_a_value_carries_its_unit(value, unit, told):
    assert amounts.value_text(value, unit) == told


def test_a_column_names_the_unit_of_an_offer_once_in_its_heading():
    assert amounts.number_text(0.8, Unit.PER_THOUSAND) == "0.80"
    assert amounts.number_text(0.8, Unit.SHARE) == "80 %"


def test_a_column_has_signs_where_a_sentence_has_words():
    assert [amounts.number_text(share, Unit.SHARE) for share in (0.0004, 0.9999)] == ["< 0.1 %", "> 99.9 %"]


@pytest.mark.parametrize(("language", "point"), [("nl", ","), ("fr", ","), ("en", ".")])
def test_numbers_are_written_as_the_language_writes_them(language, point):
    i18n.use_language(language)
    assert f"0{point}80" in amounts.value_text(0.8, Unit.PER_THOUSAND)
    assert f"3{point}4" in amounts.value_text(3_400.0, Unit.METRES)
    assert f"3{point}75" in amounts.reach_text(3_750.0)


@pytest.mark.parametrize(
    ("low", "high", "unit", "told"),
    [
        (0.05, 0.95, Unit.SHARE, "between 5 % and 95 %"),
        (0.3701, 0.3702, Unit.SHARE, ""),
        (800.0, 11_200.0, Unit.METRES, "between 800 m and 11 km"),
        (0.019, 0.5, Unit.PER_THOUSAND, "between 0.019 and 0.50 per 1,000 children"),
        (0.019, None, Unit.PER_THOUSAND, "at least 0.019 per 1,000 children"),
        (None, None, Unit.METRES, ""),
    ],
)
def test_bounds_are_told_when_they_read_differently(low, high, unit, told):
    row = dataclasses.replace(report().total, low=low, high=high)
    assert amounts.bounds_text(row, unit) == told


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ({"0-2"}, "0–2 years"),
        ({"0-2", "3-5"}, "0–5 years"),
        ({"0-2", "6-11"}, "0–2 and 6–11 years"),
        ({"0-2", "3-5", "6-11", "12-17"}, "0–17 years"),
    ],
)
def test_age_groups_that_join_are_told_as_one(groups, told):
    assert phrases.ages_text({AgeGroup(group) for group in groups}) == told


def test_types_stand_in_a_sentence_in_the_order_of_the_catalogue():
    assert phrases.types_text({SHOP, HOUSE}) == "Huis van het Kind or parenting shop"
    assert phrases.one_of_types({SHOP, HOUSE}) == "a Huis van het Kind or a parenting shop"
    assert phrases.types_text({HOUSE, SHOP, TEAM}) == "Huis van het Kind, parenting shop or walk-in team"


def test_many_types_are_counted_and_not_listed():
    assert phrases.types_text(set(ServiceType)) == "12 kinds of help"
    assert phrases.one_of_types(set(ServiceType)) == "a service of one of the 12 chosen kinds"


@pytest.mark.parametrize("kind", list(ServiceType))
def test_every_type_has_words_with_and_without_an_article(kind):
    assert phrases.one_of_types({kind}).split(" ", 1)[1] == phrases.types_text({kind})


@pytest.mark.parametrize(
    ("metres", "told"),
    [(3_750.0, "3.75 km"), (1_200.0, "1.2 km"), (5_000.0, "5 km"), (800.0, "800 m"), (1_234.0, "1.234 km")],
)
def test_a_reach_is_repeated_as_it_was_chosen(metres, told):
    assert amounts.reach_text(metres) == told


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0.0, "no children"),
        (0.4, "fewer than 50 children"),
        (49.9, "fewer than 50 children"),
        (50.0, "50 children"),
        (243.0, "240 children"),
        (996.0, "1,000 children"),
        (8_826.0, "8,800 children"),
        (9_960.0, "10,000 children"),
        (41_234.0, "41,000 children"),
        (242_155.0, "242,000 children"),
    ],
)
def test_children_are_estimates_and_rounded_like_them(count, told):
    assert amounts.children_text(count) == told


def test_long_enumerations_count_the_others():
    assert phrases.enumerate_names(["Aster"], most=2) == "Aster"
    assert phrases.enumerate_names(["Aster", "Berk", "Ceder"], most=2) == "Aster, Berk and Ceder"
    assert phrases.enumerate_names(["Aster", "Berk", "Ceder", "Den"], most=2) == "Aster, Berk and 2 others"


@pytest.mark.parametrize(
    ("code", "level", "told"),
    [
        ("10000", AreaLevel.PROVINCE, "Antwerpen (province)"),
        ("11000", AreaLevel.ARRONDISSEMENT, "Antwerpen (arrondissement)"),
        ("elz1", AreaLevel.PRIMARY_CARE_ZONE, "Antwerpen (primary care zone)"),
        ("11002", AreaLevel.MUNICIPALITY, "Antwerpen"),
        ("04000", AreaLevel.REGION, "the Brussels-Capital Region"),
        ("04000", AreaLevel.PROVINCE, "the Brussels-Capital Region"),
        ("", AreaLevel.ALL, "all of Flanders and Brussels"),
    ],
)
def test_areas_of_the_same_name_say_what_they_are(code, level, told):
    assert phrases.area_name(Area(code, level, "Antwerpen", "Anvers", ())) == told


def test_a_municipality_is_named_in_the_readers_language():
    gent = Area("44021", AreaLevel.MUNICIPALITY, "Gent", "Gand", ("44021",))
    names = {language: (i18n.use_language(language), phrases.area_name(gent))[1] for language in i18n.LANGUAGES}
    assert names == {"nl": "Gent", "fr": "Gand", "en": "Gent"}


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_named_and_defined(state):
    assert labels.state_name(state) in [name for name, _ in definitions.term_definitions(Measure.REACH)]


def test_bounds_are_defined_only_where_doors_matter():
    assert "Between" in dict(definitions.term_definitions(Measure.REACH))
    assert "Between" not in dict(definitions.term_definitions(Measure.SERVED))


@pytest.mark.parametrize("which", list(Measure))
def test_the_honest_line_names_the_reach_where_it_is_a_choice(which):
    line = definitions.caveat_sentence(CoverageRequest(measure=which, reach_m=2_500.0))
    assert ("2.5 km is a choice, not an official norm" in line) is MEASURES[which].uses_reach
    assert ("Straight lines" in line) is MEASURES[which].uses_doors


# --- headlines ---------------------------------------------------------------------------------------------------


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


# --- gaps, and what to check ------------------------------------------------------------------------------------


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
