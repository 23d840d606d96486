"""Draw the search field and find the place that is meant."""

from __future__ import annotations

import math
from typing import TypeVar

import streamlit as st

from geo.crs import to_metric
from geo.places.gazetteer import Ambiguous, Found, Unknown
from geo.places.place import Place
from geo.store.dataset import Dataset
from ui import cache, components, session
from ui.finder import state
from ui.markdown import escaped
from words import phrases
from words.i18n import _

Code = TypeVar("Code", bound=str)


def place(dataset: Dataset) -> tuple[Place | None, bool]:
    """Draw the search; return the place that is meant, or None, and whether the reader is being asked which one."""
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
        st.info(_refusals(st.session_state[state.REFUSED]))
    found = _from_position(dataset) or _from_text(dataset)
    return found, found is None and bool(st.session_state.get(state.PLACE, "").strip())


def _forget_position() -> None:
    for key in (state.POSITION, state.REFUSED, state.CHOSEN):
        st.session_state.pop(key, None)
    st.session_state[state.SERVICE] = ""
    st.session_state[state.MORE] = {}


def _take_position() -> None:
    session.speak()
    answer = components.wish("near")
    _forget_position()
    lon, lat = answer.get("lon"), answer.get("lat")
    if isinstance(lon, (int, float)) and isinstance(lat, (int, float)) and math.isfinite(lon) and math.isfinite(lat):
        st.session_state[state.POSITION] = (float(lon), float(lat))
        st.session_state[state.PLACE] = ""
    else:
        st.session_state[state.REFUSED] = str(answer.get("refused", "unavailable"))


def _refusals(reason: str) -> str:
    if reason == "denied":
        return _("Your browser may not tell where you are. No problem: type your postcode or municipality.")
    return _("We could not find out where you are. Type your postcode or municipality.")


def _from_position(dataset: Dataset) -> Place | None:
    at = st.session_state.get(state.POSITION)
    if at is None:
        return None
    x, y = to_metric(*at)
    found = dataset.gazetteer.position(*at, nis_code=dataset.boundaries.municipality_at(float(x), float(y)))
    if found is None or found.distance_m > 15_000:
        st.info(_("You seem to be outside Flanders and Brussels. Type a postcode or municipality."))
        return None
    return found.place


def _from_text(dataset: Dataset) -> Place | None:
    text = st.session_state.get(state.PLACE, "").strip()
    if not text:
        return None
    known = dataset.gazetteer.by_id(st.session_state.get(state.CHOSEN) or text)
    answer = Found(known) if known else dataset.gazetteer.resolve(text)
    if isinstance(answer, Found):
        if answer.alternatives:
            _choices(_("Or did you mean:"), answer.alternatives[:4])
        return answer.place
    if isinstance(answer, Ambiguous):
        _choices(_("There is more than one {name}. Which one do you mean?").format(name=answer.text), answer.choices)
        return None
    _unknown(answer)
    return None


def _unknown(answer: Unknown) -> None:
    said = _("We do not know “{name}” in Flanders or Brussels.").format(name=answer.text)
    if answer.suggestions:
        _choices(said + " " + _("Did you mean:"), answer.suggestions)
    else:
        st.info(said + " " + _("Try a postcode or the name of the municipality."))


def _choices(question: str, places: tuple[Place, ...]) -> None:
    with st.container(key="choices", horizontal=True):
        st.markdown(escaped(question))
        for choice in places:
            st.button(
                escaped(phrases.place_name(choice)), key=f"choice-{choice.id}", on_click=choose, args=(choice.id,)
            )


def choose(place_id: str) -> None:
    """Search for the place with this id."""
    session.speak()
    _forget_position()
    _name(place_id)


def name_what_was_chosen() -> None:
    """Show the name of a place that stands in the address by its id."""
    _name(st.session_state.get(state.PLACE, ""))


def _name(place_id: str) -> None:
    """Put the name of a place in the field, and remember its id where the name alone is not enough."""
    gazetteer = cache.dataset().gazetteer
    chosen = gazetteer.by_id(place_id)
    if chosen is None:
        return
    answer = gazetteer.resolve(phrases.place_name(chosen))
    is_enough = isinstance(answer, Found) and answer.place.id == place_id
    st.session_state[state.PLACE] = phrases.place_name(chosen)
    st.session_state[state.CHOSEN] = "" if is_enough else place_id
