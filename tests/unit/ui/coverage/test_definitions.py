"""What the words of coverage mean."""

import pytest

from geo.coverage import CoverageRequest, Measure, State
from geo.coverage.measures import MEASURES
from words import definitions, i18n, labels


@pytest.fixture(autouse=True)
def english(speak_dutch):
    i18n.use_language("en")


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
