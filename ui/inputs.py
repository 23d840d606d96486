"""The search field, the button "near me" and the filters."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from geo.crs import to_metric
from geo.gazetteer import Ambiguous, Found, Unknown
from geo.models import AgeGroup, Place, PlaceKind, ServiceFunction
from geo.store import Dataset
from ui import browser, cache, i18n, state, words
from ui.i18n import _
from ui.markdown import escaped

Code = TypeVar("Code", bound=str)


def name_of(place: Place) -> str:
    """Return a place's name in the language being spoken, with its municipality where that is another name."""
    name = place.name_fr if i18n.language() == "fr" else place.name_nl
    town = place.municipality_fr if i18n.language() == "fr" else place.municipality_nl
    if place.kind is PlaceKind.POSITION:
        return _("your place (in {town})").format(town=town)
    return name if town in name else f"{name} ({town})"


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
            browser.near_me(_("Near me"), _("One moment…"), on_answer=_take_position)
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
    state.speak()
    answer = browser.near_answer()
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
    found = dataset.gazetteer.position(*at, nis_code=cache.boundaries().municipality_at(float(x), float(y)))
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
            st.button(escaped(name_of(choice)), key=f"choice-{choice.id}", on_click=choose, args=(choice.id,))


def choose(place_id: str) -> None:
    """Search for the place with this id."""
    state.speak()
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
    answer = gazetteer.resolve(name_of(chosen))
    is_enough = isinstance(answer, Found) and answer.place.id == place_id
    st.session_state[state.PLACE] = name_of(chosen)
    st.session_state[state.CHOSEN] = "" if is_enough else place_id


def filters(dataset: Dataset) -> None:
    """Draw the filters; their values are in the state."""
    _pills(_("For whom?"), state.AGE, list(AgeGroup), lambda group: _(words.AGE_GROUPS[group]))
    _pills(_("What are you looking for?"), state.TYPE, state.FAMILY_TYPES, words.service_type)
    folded = (state.FUNCTION, state.SPOKEN, state.ONLY, state.PROFESSIONAL)
    if any(st.session_state.get(key) for key in folded):
        st.session_state[state.UNFOLDED] = True  # and so it stays, also when the last choice is taken back
    is_open = bool(st.session_state.get(state.UNFOLDED))
    st.button(_("Fewer choices") if is_open else _("More choices"), key="more-choices", on_click=_fold, args=(is_open,))
    if is_open:  # only then: what is folded away costs nobody anything
        with st.container(key="unfolded"):
            _more(dataset)


def _fold(is_open: bool) -> None:
    """Open or close what is folded; closing it takes back what was chosen inside, for nothing hidden may filter."""
    state.speak()
    st.session_state[state.UNFOLDED] = not is_open
    if is_open:
        for key in (state.FUNCTION, state.SPOKEN, state.ONLY, state.PROFESSIONAL):
            st.session_state[key] = []


def _more(dataset: Dataset) -> None:
    _pills(
        _("What should it help with?"),
        state.FUNCTION,
        list(ServiceFunction),
        lambda function: _(words.FUNCTIONS[function]),
    )
    spoken = sorted(dataset.directory.languages)
    if spoken:
        _pills(_("Language spoken"), state.SPOKEN, spoken, words.spoken)
    _pills(_("Only what is"), state.ONLY, state.ONLY_CRITERIA, lambda name: _(words.ONLY[name]))
    professionals = _("For professionals and local authorities")
    _pills(professionals, state.PROFESSIONAL, state.PROFESSIONAL_TYPES, words.service_type)


def _pills(label: str, key: str, options: Sequence[Code], said: Callable[[Code], str]) -> None:
    st.pills(label, options, selection_mode="multi", key=key, format_func=said)
