"""What the tab of networks remembers, and how it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from geo.ages import AgeGroup
from geo.networks.request import NetworkRequest
from geo.places.areas import Area, Level
from words import i18n
from words.labels import FAMILY_TYPES

AREA: Final = "networks-area"
AGES: Final = "networks-ages"
CHILDREN: Final = "networks-children"
ACROSS: Final = "networks-across"
TYPES: Final = "networks-types"
CROSS: Final = "networks-cross"
KEEP: Final = "networks-keep"
CHOSEN: Final = "networks-chosen"
_STARTED: Final = "networks-started"
_BEGAN: Final = "networks-began"
_WIDGETS = (AREA, AGES, CHILDREN, ACROSS, TYPES, CROSS, KEEP)

FIRST = NetworkRequest(
    area="30000", ages=frozenset({AgeGroup.FROM_0_TO_2}), min_children=1_500, max_across_km=25.0
)  # fmt: skip
"""What is asked when the address asks for nothing."""


def start(areas: Mapping[str, Area]) -> None:
    """Take over what the address says, once per visit; values that make no sense fall back to the default."""
    session = st.session_state
    if session.get(_STARTED):
        return
    query = {name: str(value) for name, value in st.query_params.items()}
    is_whole = "age" in query  # a link of ours always has the ages, and leaves out what is the default
    request = NetworkRequest.from_query(query if is_whole else FIRST.to_query() | query)
    apply(request, areas)
    session[CHOSEN] = query.get("nis", "") if query.get("nis") in areas else ""


def apply(request: NetworkRequest, areas: Mapping[str, Area]) -> None:
    """Set every control to a request."""
    session = st.session_state
    session[_STARTED] = True
    session[AREA] = _area(request.area, areas)
    session[AGES] = list(request.groups)
    session[CHILDREN] = request.min_children
    session[ACROSS] = request.max_across_km
    session[TYPES] = [kind for kind in FAMILY_TYPES if kind in request.types] or _first_types()
    session[CROSS] = request.cross_provinces
    session[KEEP] = request.keep_partnerships


def _first_types() -> list[object]:
    return [kind for kind in FAMILY_TYPES if kind in FIRST.types]


def _area(code: str, areas: Mapping[str, Area]) -> str:
    """Return an area that can be chosen: itself, and for a municipality the province it lies in."""
    area = areas.get(code)
    if area is None:
        return FIRST.area
    if area.level is not Level.MUNICIPALITY:
        return code
    around = (each.code for each in choices(areas).values() if each.level in (Level.PROVINCE, Level.REGION))
    return next((each for each in around if code in areas[each].nis_codes and each != "02000"), FIRST.area)


def choices(areas: Mapping[str, Area]) -> dict[str, Area]:
    """Return the areas whose municipalities can be grouped."""
    return {code: area for code, area in areas.items() if area.level is not Level.MUNICIPALITY}


def keep() -> None:
    """Keep what belongs to controls that are not drawn in this run; the toolkit forgets it otherwise."""
    for key in _WIDGETS:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def request() -> NetworkRequest:
    """Return what the controls ask for; an empty choice is the default."""
    session = st.session_state
    return NetworkRequest(
        area=session.get(AREA) or "",
        ages=frozenset(session.get(AGES) or FIRST.ages),
        min_children=int(_or(session.get(CHILDREN), FIRST.min_children)),
        max_across_km=_or(session.get(ACROSS), FIRST.max_across_km),
        cross_provinces=bool(session.get(CROSS)),
        keep_partnerships=bool(session.get(KEEP, True)),
        types=frozenset(session.get(TYPES) or FIRST.types),
    )


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def began() -> str:
    """Return what was chosen when the visit began; from then on the browser knows it by itself."""
    first: str = st.session_state.setdefault(_BEGAN, st.session_state.get(CHOSEN) or "")
    return first


def query(asked: NetworkRequest) -> dict[str, str]:
    """Return the whole state as it stands in the address."""
    parts = {
        "tab": "networks",
        **asked.to_query(),
        "nis": st.session_state.get(CHOSEN) or "",
        "lang": "" if i18n.language() == i18n.DEFAULT else i18n.language(),
    }
    return {name: value for name, value in parts.items() if value}


def write(asked: NetworkRequest) -> None:
    """Put the state in the address, when it changed."""
    now = query(asked)
    if dict(st.query_params) != now:
        st.query_params.from_dict(now)
