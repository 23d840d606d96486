"""Amounts, ages, types and areas as they stand in a sentence."""

import dataclasses

import pytest

from geo.ages import AgeGroup
from geo.coverage.measures import Unit
from geo.directory import ServiceType
from geo.places import Area, AreaLevel
from tests.support.told_coverage import HOUSE, SHOP, TEAM, report
from words import amounts, i18n, phrases


@pytest.fixture(autouse=True)
def english(speak_dutch):
    i18n.use_language("en")


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
