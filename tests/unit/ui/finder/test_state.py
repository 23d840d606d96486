"""The whole state stands in the address, and comes back from it."""

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as given_by

from geo.ages import AgeGroup
from geo.directory import ServiceType
from geo.directory.service_types import ServiceFunction
from geo.finder import ServiceFilter
from ui import session
from ui.finder import state
from words import i18n, labels

FILTERS = given_by.builds(
    ServiceFilter,
    types=given_by.frozensets(given_by.sampled_from(ServiceType)),
    ages=given_by.frozensets(given_by.sampled_from(AgeGroup)),
    functions=given_by.frozensets(given_by.sampled_from(ServiceFunction)),
    languages=given_by.frozensets(given_by.sampled_from(["nl", "fr", "ar"])),
    free=given_by.booleans(),
    no_appointment=given_by.booleans(),
    open_now=given_by.booleans(),
    with_address=given_by.booleans(),
)
KNOWN = [f"dienst-{number}" for number in range(12)]
IDS = given_by.sampled_from(KNOWN)


class Directory:
    """As much of a directory as a link can name."""

    by_id = dict.fromkeys(KNOWN)
    languages = dict.fromkeys(["nl", "fr", "ar"])


DIRECTORY = Directory()


class Streamlit:
    """As much of the toolkit as the state needs."""

    def __init__(self, query):
        self.session_state, self.query_params = {}, query


def arrive(query):
    """Return what is remembered after coming by a link, and the address that is written then."""
    with pytest.MonkeyPatch.context() as patch:
        page = Streamlit(dict(query))
        patch.setattr(state, "st", page)
        patch.setattr(session, "st", page)
        session.set_visit_language()
        state.start(DIRECTORY)
        return page.session_state, state.query(), state.chosen_filter()


@given(
    wanted=FILTERS,
    place=given_by.text(max_size=100).map(str.strip),
    service=given_by.just("") | IDS,
    kept=given_by.lists(IDS, max_size=state.MOST_KEPT, unique=True),
    language=given_by.sampled_from(list(i18n.LANGUAGES)),
)
def test_a_link_brings_everything_back(wanted, place, service, kept, language):
    link = {
        "place": place,
        **wanted.to_query(),
        "service": service,
        "keep": ",".join(kept),
        "lang": "" if language == "nl" else language,
    }
    link = {name: value for name, value in link.items() if value}
    said, written, understood = arrive(link)
    assert written == link
    assert understood == wanted
    assert said[state.PLACE] == place
    assert said[state.SERVICE] == service
    assert said[state.KEEP] == kept
    assert said[session.LANG_PARAMETER] == language


@given(given_by.dictionaries(given_by.sampled_from([*"abc", "place", "type", "age", "keep", "lang", "service", "free"]),
                             given_by.text(max_size=200)))  # fmt: skip
def test_no_link_whatsoever_breaks_the_state(query):
    _said, written, _wanted = arrive(query)
    assert arrive(written)[1] == written, "an address that was written comes back as it is"


def test_the_position_and_what_is_unfolded_never_stand_in_the_address():
    with pytest.MonkeyPatch.context() as patch:
        page = Streamlit({})
        patch.setattr(state, "st", page)
        state.start(DIRECTORY)
        page.session_state |= {state.POSITION: (4.4776, 51.0259), state.MORE: {"near": 3}, state.REFUSED: "denied"}
        assert state.query() == {}


def test_a_visit_takes_its_link_over_once():
    with pytest.MonkeyPatch.context() as patch:
        page = Streamlit({"place": "Gent"})
        patch.setattr(state, "st", page)
        state.start(DIRECTORY)
        page.session_state[state.PLACE] = "Mol"
        state.start(DIRECTORY)
        assert state.query() == {"place": "Mol"}


def test_families_and_professionals_are_two_rows_of_one_choice():
    assert set(labels.FAMILY_TYPES) | set(labels.PROFESSIONAL_TYPES) == set(ServiceType)
    both = f"{labels.FAMILY_TYPES[0]},{labels.PROFESSIONAL_TYPES[0]}"
    said, written, _wanted = arrive({"type": both})
    assert said[state.TYPE] == [labels.FAMILY_TYPES[0]]
    assert said[state.PROFESSIONAL] == [labels.PROFESSIONAL_TYPES[0]]
    assert written == {"type": both}
    assert st is state.st


def test_what_the_directory_does_not_know_is_dropped_from_a_link():
    said, written, wanted = arrive({"service": "<script>", "keep": "weg,dienst-1,ook-weg", "spoken": "nl,xx"})
    assert said[state.SERVICE] == ""
    assert said[state.KEEP] == ["dienst-1"]
    assert wanted.languages == {"nl"}
    assert written == {"keep": "dienst-1", "spoken": "nl"}
