"""Laws of names: for every text, and for every name of the land."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.gazetteer import MOST_CHOICES, MOST_SUGGESTIONS, AmbiguousName, Match, UnknownName
from geo.places.spelling import clean_text, compact_name, fold_name
from tests import strategies
from tests.support import tiny_flanders

GAZETTEER = tiny_flanders.gazetteer()


def places(answer):
    match answer:
        case Match(place, alternatives):
            return (place, *alternatives)
        case AmbiguousName(_, choices):
            return choices
        case UnknownName(_, suggestions):
            return suggestions


@given(strategies.typed_texts())
def test_any_text_has_an_answer_whose_places_exist(text):
    answer = GAZETTEER.resolve(text)
    for place in places(answer):
        assert GAZETTEER.by_id(place.id) == place
    assert len(places(answer)) == len(set(places(answer)))


@given(strategies.typed_texts())
def test_an_answer_is_short_enough_to_read(text):
    match GAZETTEER.resolve(text):
        case AmbiguousName(said, choices):
            assert said == clean_text(text)
            assert 2 <= len(choices) <= MOST_CHOICES
        case UnknownName(said, suggestions):
            assert said == clean_text(text)
            assert len(suggestions) <= MOST_SUGGESTIONS
        case Match(place, alternatives):
            assert place not in alternatives


@given(strategies.typed_texts())
def test_spaces_capitals_and_marks_around_a_text_do_not_matter(text):
    once = GAZETTEER.resolve(clean_text(text))
    assert places(GAZETTEER.resolve(f"  {clean_text(text).upper().lower()} ")) == places(
        GAZETTEER.resolve(clean_text(text).upper().lower())
    )
    assert places(GAZETTEER.resolve(text)) == places(once)


@given(strategies.typed_texts())
def test_folding_and_cleaning_twice_changes_nothing(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert compact_name(fold_name(fold_name(text))) == compact_name(fold_name(text))


@pytest.mark.parametrize(("name", "place_id"), GAZETTEER.names)
def test_every_name_leads_to_its_place_or_to_one_that_contains_it(name, place_id):
    place = GAZETTEER.by_id(place_id)
    answer = GAZETTEER.resolve(name)
    assert not isinstance(answer, UnknownName)
    assert place.nis_code in {other.nis_code for other in places(answer)}


@given(strategies.typed_texts(), st.integers(-1, 12))
def test_suggestions_are_places_and_no_more_than_asked(text, limit):
    suggested = GAZETTEER.suggest_places(text, limit)
    assert len(suggested) <= max(0, limit)
    assert all(GAZETTEER.by_id(place.id) == place for place in suggested)


@given(st.floats(allow_nan=True), st.floats(allow_nan=True))
def test_any_numbers_are_a_position_or_none(lon, lat):
    position = GAZETTEER.position(lon, lat)
    if position is not None:
        assert position.distance_m >= 0
        assert (position.place.lon, position.place.lat) == (lon, lat)
        assert GAZETTEER.by_id(position.near.id) == position.near
