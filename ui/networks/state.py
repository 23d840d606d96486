"""State of the networks tab, and its form in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from geo.ages import AgeGroup
from geo.networks import NetworkRequest
from geo.places import Area, AreaLevel
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
_WIDGET_KEYS = (AREA, AGES, CHILDREN, ACROSS, TYPES, CROSS, KEEP)

FIRST_REQUEST = NetworkRequest(
    area="30000", ages=frozenset({AgeGroup.FROM_0_TO_2}), min_children=1_500, max_across_km=25.0
)  # fmt: skip
"""What is asked when the address asks for nothing."""


def start(areas: Mapping[str, Area]) -> None:
    """Start the state from the address, once per visit.

    Values that make no sense fall back to the default.
    """
    session = st.session_state
    if session.get(_STARTED):
        return
    query = {name: str(value) for name, value in st.query_params.items()}
    is_whole = "age" in query  # a link of ours always has the ages, and leaves out what is the default
    request = NetworkRequest.from_query(query if is_whole else FIRST_REQUEST.to_query() | query)
    apply_request(request, areas)
    session[CHOSEN] = query.get("nis", "") if query.get("nis") in areas else ""


def apply_request(request: NetworkRequest, areas: Mapping[str, Area]) -> None:
    """Set every control to a request."""
    session = st.session_state
    session[_STARTED] = True
    session[AREA] = _choosable_area(request.area, areas)
    session[AGES] = list(request.groups)
    session[CHILDREN] = request.min_children
    session[ACROSS] = request.max_across_km
    session[TYPES] = [kind for kind in FAMILY_TYPES if kind in request.types] or _first_types()
    session[CROSS] = request.cross_provinces
    session[KEEP] = request.keep_partnerships


def _first_types() -> list[object]:
    return [kind for kind in FAMILY_TYPES if kind in FIRST_REQUEST.types]


def _choosable_area(code: str, areas: Mapping[str, Area]) -> str:
    """Return an area that can be chosen: itself, and for a municipality the province it lies in."""
    area = areas.get(code)
    if area is None:
        return FIRST_REQUEST.area
    if area.level is not AreaLevel.MUNICIPALITY:
        return code
    around = (
        each.code for each in area_choices(areas).values() if each.level in (AreaLevel.PROVINCE, AreaLevel.REGION)
    )
    return next((each for each in around if code in areas[each].nis_codes and each != "02000"), FIRST_REQUEST.area)


def area_choices(areas: Mapping[str, Area]) -> dict[str, Area]:
    """Return the areas whose municipalities can be grouped."""
    return {code: area for code, area in areas.items() if area.level is not AreaLevel.MUNICIPALITY}


def keep_controls() -> None:
    """Keep the values of controls that this run does not draw.

    The toolkit forgets them otherwise.
    """
    for key in _WIDGET_KEYS:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def chosen_request() -> NetworkRequest:
    """Return the request that the controls hold.

    An empty choice is the default.
    """
    session = st.session_state
    return NetworkRequest(
        area=session.get(AREA) or "",
        ages=frozenset(session.get(AGES) or FIRST_REQUEST.ages),
        min_children=int(_value_or(session.get(CHILDREN), FIRST_REQUEST.min_children)),
        max_across_km=_value_or(session.get(ACROSS), FIRST_REQUEST.max_across_km),
        cross_provinces=bool(session.get(CROSS)),
        keep_partnerships=bool(session.get(KEEP, True)),
        types=frozenset(session.get(TYPES) or FIRST_REQUEST.types),
    )


def _value_or(value: float | None, default: float) -> float:
    return default if value is None else value


def first_selection() -> str:
    """Return the network selected when the visit began.

    From then on the browser knows it by itself.
    """
    first: str = st.session_state.setdefault(_BEGAN, st.session_state.get(CHOSEN) or "")
    return first


def query(asked: NetworkRequest) -> dict[str, str]:
    """Return the state as address parameters."""
    parts = {
        "tab": "networks",
        **asked.to_query(),
        "nis": st.session_state.get(CHOSEN) or "",
        "lang": "" if i18n.current_language() == i18n.DEFAULT_LANGUAGE else i18n.current_language(),
    }
    return {name: value for name, value in parts.items() if value}


def write(asked: NetworkRequest) -> None:
    """Write the state to the address when it changed."""
    now = query(asked)
    if dict(st.query_params) != now:
        st.query_params.from_dict(now)
