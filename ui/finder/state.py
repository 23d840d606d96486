"""State of the finder, and its form in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from geo.ages import AgeGroup
from geo.directory import Directory
from geo.directory.service_types import ServiceFunction
from geo.finder import ServiceFilter
from ui.session import LANG_PARAMETER
from words import i18n
from words.labels import FAMILY_TYPES, PROFESSIONAL_TYPES

PLACE: Final = "place"
AGE: Final = "age"
TYPE: Final = "type"
PROFESSIONAL: Final = "professional"
SPOKEN: Final = "spoken"
FUNCTION: Final = "function"
ONLY: Final = "only"
SERVICE: Final = "service"
KEEP: Final = "keep"
PRINT: Final = "print"
POSITION: Final = "position"  # from the browser: never in the address
CHOSEN: Final = "chosen"  # id of a place whose name fits several
REFUSED: Final = "refused"
MORE: Final = "more"
UNFOLDED: Final = "unfolded"
_STARTED: Final = "started"

ONLY_CRITERIA = ("free", "no_appointment", "open_now", "with_address")

MOST_KEPT = 6
LONGEST_PLACE = 100


def start(directory: Directory) -> None:
    """Start the state from the address, once per visit.

    Values that make no sense fall back to the default.
    """
    if st.session_state.get(_STARTED):
        return
    st.session_state[_STARTED] = True
    query = {name: str(value) for name, value in st.query_params.items()}
    st.session_state[PLACE] = query.get(PLACE, "")[:LONGEST_PLACE]
    st.session_state[SERVICE] = query.get(SERVICE, "") if query.get(SERVICE, "") in directory.by_id else ""
    kept = dict.fromkeys(query.get(KEEP, "").split(","))
    st.session_state[KEEP] = [name for name in kept if name in directory.by_id][:MOST_KEPT]
    st.session_state[MORE] = {}
    wanted = ServiceFilter.from_query(query)
    apply_filter(replace(wanted, languages=wanted.languages & directory.languages.keys()))


def is_paper() -> bool:
    """Return whether the address asks for the sheet to print."""
    return st.query_params.get(PRINT) == "1"


def apply_filter(wanted: ServiceFilter) -> None:
    """Set every widget to a filter."""
    st.session_state[AGE] = [group for group in AgeGroup if group in wanted.ages]
    st.session_state[TYPE] = [kind for kind in FAMILY_TYPES if kind in wanted.types]
    st.session_state[PROFESSIONAL] = [kind for kind in PROFESSIONAL_TYPES if kind in wanted.types]
    st.session_state[FUNCTION] = [function for function in ServiceFunction if function in wanted.functions]
    st.session_state[SPOKEN] = sorted(wanted.languages)
    st.session_state[ONLY] = [name for name in ONLY_CRITERIA if getattr(wanted, name)]


def chosen_filter() -> ServiceFilter:
    """Return the filter that the widgets hold."""
    session = st.session_state
    return ServiceFilter(
        types=frozenset([*session.get(TYPE, ()), *session.get(PROFESSIONAL, ())]),
        ages=frozenset(session.get(AGE, ())),
        languages=frozenset(session.get(SPOKEN, ())),
        functions=frozenset(session.get(FUNCTION, ())),
        **dict.fromkeys(session.get(ONLY, ()), True),
    )


def query() -> dict[str, str]:
    """Return the state as address parameters, without defaults."""
    session = st.session_state
    parts: Mapping[str, str] = {
        PLACE: session.get(CHOSEN) or session.get(PLACE, "").strip(),
        **chosen_filter().to_query(),
        SERVICE: session.get(SERVICE, ""),
        KEEP: ",".join(session.get(KEEP, ())),
        LANG_PARAMETER: "" if i18n.current_language() == i18n.DEFAULT_LANGUAGE else i18n.current_language(),
    }
    return {name: value for name, value in parts.items() if value}


def write() -> None:
    """Write the state to the address when it changed."""
    now = query()
    if dict(st.query_params) != now:
        st.query_params.from_dict(now)
