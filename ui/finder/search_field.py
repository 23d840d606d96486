"""The search field, and the place that its text means."""

from __future__ import annotations

import math
from typing import TypeVar

import streamlit as st

from geo.crs import to_metric
from geo.places import Place
from geo.places.gazetteer import AmbiguousName, Match, UnknownName
from geo.store import Dataset
from ui import cache, components, session
from ui.finder import state
from ui.markdown import escape_markdown
from words import phrases
from words.i18n import _

Code = TypeVar("Code", bound=str)


def draw_search(dataset: Dataset) -> tuple[Place | None, bool]:
    """Draw the search field and return the place that is meant.

    The place is None where there is none; the flag tells whether the reader is being asked which one.
    """
    with st.container(key="search"):
        st.text_input(
            _("Where do you live?"),
            key=state.PLACE,
            max_chars=state.LONGEST_PLACE,
            placeholder=_("Postcode, town or village"),
            on_change=_forget_position,
        )
        with st.container(key="search-buttons", horizontal=True):
            st.button(_("Search"), key="search-button", type="primary")
            components.mount("near", {"label": _("Near me"), "busy": _("One moment…")}, on_wish=_take_position)
    if st.session_state.get(state.REFUSED):
        st.info(_refusal_text(st.session_state[state.REFUSED]))
    found = _place_from_position(dataset) or _place_from_text(dataset)
    return found, found is None and bool(st.session_state.get(state.PLACE, "").strip())


def _forget_position() -> None:
    for key in (state.POSITION, state.REFUSED, state.CHOSEN):
        st.session_state.pop(key, None)
    st.session_state[state.SERVICE] = ""
    st.session_state[state.MORE] = {}


def _take_position() -> None:
    session.restore_language()
    answer = components.wish("near")
    _forget_position()
    lon, lat = answer.get("lon"), answer.get("lat")
    if isinstance(lon, (int, float)) and isinstance(lat, (int, float)) and math.isfinite(lon) and math.isfinite(lat):
        st.session_state[state.POSITION] = (float(lon), float(lat))
        st.session_state[state.PLACE] = ""
    else:
        st.session_state[state.REFUSED] = str(answer.get("refused", "unavailable"))


def _refusal_text(reason: str) -> str:
    if reason == "denied":
        return _("Your browser may not tell where you are. No problem: type your postcode or municipality.")
    return _("We could not find out where you are. Type your postcode or municipality.")


def _place_from_position(dataset: Dataset) -> Place | None:
    at = st.session_state.get(state.POSITION)
    if at is None:
        return None
    x, y = to_metric(*at)
    found = dataset.gazetteer.position(*at, nis_code=dataset.boundaries.municipality_at(float(x), float(y)))
    if found is None or found.distance_m > 15_000:
        st.info(_("You seem to be outside Flanders and Brussels. Type a postcode or municipality."))
        return None
    return found.place


def _place_from_text(dataset: Dataset) -> Place | None:
    text = st.session_state.get(state.PLACE, "").strip()
    if not text:
        return None
    known = dataset.gazetteer.by_id(st.session_state.get(state.CHOSEN) or text)
    answer = Match(known) if known else dataset.gazetteer.resolve(text)
    if isinstance(answer, Match):
        if answer.alternatives:
            _draw_choices(_("Or did you mean:"), answer.alternatives[:4])
        return answer.place
    if isinstance(answer, AmbiguousName):
        _draw_choices(
            _("There is more than one {name}. Which one do you mean?").format(name=answer.text), answer.choices
        )
        return None
    _draw_unknown(answer)
    return None


def _draw_unknown(answer: UnknownName) -> None:
    said = _("We do not know “{name}” in Flanders or Brussels.").format(name=answer.text)
    if answer.suggestions:
        _draw_choices(said + " " + _("Did you mean:"), answer.suggestions)
    else:
        st.info(said + " " + _("Try a postcode or the name of the municipality."))


def _draw_choices(question: str, places: tuple[Place, ...]) -> None:
    with st.container(key="choices", horizontal=True):
        st.markdown(escape_markdown(question))
        for choice in places:
            st.button(
                escape_markdown(phrases.place_name(choice)),
                key=f"choice-{choice.id}",
                on_click=choose_place,
                args=(choice.id,),
            )


def choose_place(place_id: str) -> None:
    """Search for the place with an id."""
    session.restore_language()
    _forget_position()
    _set_place_name(place_id)


def show_place_name() -> None:
    """Show the name of the place whose id the address holds."""
    _set_place_name(st.session_state.get(state.PLACE, ""))


def _set_place_name(place_id: str) -> None:
    """Set the field to a place's name.

    Its id is remembered where the name alone is not enough.
    """
    gazetteer = cache.load_dataset().gazetteer
    chosen = gazetteer.by_id(place_id)
    if chosen is None:
        return
    answer = gazetteer.resolve(phrases.place_name(chosen))
    is_enough = isinstance(answer, Match) and answer.place.id == place_id
    st.session_state[state.PLACE] = phrases.place_name(chosen)
    st.session_state[state.CHOSEN] = "" if is_enough else place_id
