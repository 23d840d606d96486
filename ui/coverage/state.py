"""State of the coverage page, and its form in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from geo.coverage import CoverageRequest, Measure
from geo.coverage.request import BICYCLE_M, WALK_M, Capacity
from geo.directory.service import Confidence, Status
from geo.places import Area, AreaLevel
from words import i18n
from words.labels import FAMILY_TYPES

TYPES: Final = "coverage-types"
AGES: Final = "coverage-ages"
MEASURE: Final = "coverage-measure"
REACH: Final = "coverage-reach"
KILOMETRES: Final = "coverage-kilometres"
AREA: Final = "coverage-area"
LEADS: Final = "coverage-leads"
PAUSED: Final = "coverage-paused"
CAPACITY: Final = "coverage-capacity"
COMPARE: Final = "coverage-compare"
ROWS: Final = "coverage-rows"
SELECTED: Final = "coverage-selected"
ORDER: Final = "coverage-order"
SEARCH: Final = "coverage-search"
PROFILE: Final = "coverage-profile"
_STARTED: Final = "coverage-started"
_BEGAN: Final = "coverage-began"

OTHER_REACH_M: Final = 0.0
"""The reach that is typed, beside walking and cycling."""
REACHES_M = (WALK_M, BICYCLE_M, OTHER_REACH_M)
SORTABLE_COLUMNS = ("name", "children", "value", "other", "state", "rank", "peers", "province", "need", "records")
"""The columns that the table can be sorted by."""
ROW_LEVELS = (AreaLevel.MUNICIPALITY, AreaLevel.PRIMARY_CARE_ZONE, AreaLevel.ARRONDISSEMENT, AreaLevel.PROVINCE)
"""What the rows of the table can be."""
LONGEST_SEARCH = 60
_MEASURE_PREFIX, _AREA_PREFIX = "measure:", "area:"


def start(areas: Mapping[str, Area]) -> None:
    """Start the state from the address, once per visit.

    Values that make no sense fall back to the default.
    """
    if st.session_state.get(_STARTED):
        return
    st.session_state[_STARTED] = True
    query = {name: str(value) for name, value in st.query_params.items()}
    request = CoverageRequest.from_query(query)
    session = st.session_state
    session[TYPES] = [kind for kind in FAMILY_TYPES if kind in request.types] or list(CoverageRequest().types)
    session[AGES] = list(request.groups)
    session[MEASURE] = request.measure
    session[REACH] = request.reach_m if request.reach_m in REACHES_M else OTHER_REACH_M
    session[KILOMETRES] = request.reach_m / 1000
    session[AREA] = request.area if request.area in areas else ""
    session[LEADS] = Confidence.LOW in request.confidences
    session[PAUSED] = request.statuses > {Status.ACTIVE}
    session[CAPACITY] = request.capacity
    session[COMPARE] = _known_comparison(query.get("compare", ""), areas)
    session[ROWS] = AreaLevel(query["by"]) if query.get("by") in ROW_LEVELS else AreaLevel.MUNICIPALITY
    session[SELECTED] = query.get("nis", "") if query.get("nis") in areas else ""
    session[ORDER] = query.get("sort", "") if query.get("sort", "").removeprefix("-") in SORTABLE_COLUMNS else ""
    session[SEARCH] = query.get("find", "")[:LONGEST_SEARCH]
    session[PROFILE] = query.get("profile", "") if query.get("profile", "") in areas else ""


def first_selection() -> dict[str, str]:
    """Return what the table had selected when the visit began.

    From then on the browser knows it by itself.

    It stays the same, so that a click on a row sends nothing back.
    """
    session = st.session_state
    now = {"order": session[ORDER], "search": session[SEARCH], "chosen": session[SELECTED]}
    first: dict[str, str] = session.setdefault(_BEGAN, now)
    return first


def keep_controls() -> None:
    """Keep the values of controls that this run does not draw.

    The toolkit forgets them otherwise.
    """
    for key in (TYPES, AGES, MEASURE, REACH, KILOMETRES, AREA, LEADS, PAUSED, CAPACITY, COMPARE, ROWS):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _known_comparison(text: str, areas: Mapping[str, Area]) -> str:
    is_measure = text.startswith(_MEASURE_PREFIX) and text.removeprefix(_MEASURE_PREFIX) in set(Measure)
    is_area = text.startswith(_AREA_PREFIX) and text.removeprefix(_AREA_PREFIX) in areas
    return text if is_measure or is_area else ""


def reach_m() -> float:
    """Return the reach that is chosen, in whole metres."""
    chosen = st.session_state.get(REACH, BICYCLE_M)
    return float(chosen or round(st.session_state.get(KILOMETRES, BICYCLE_M / 1000) * 1000))


def chosen_level() -> AreaLevel:
    """Return the area level of the table's rows."""
    chosen: AreaLevel = st.session_state.get(ROWS) or AreaLevel.MUNICIPALITY
    return chosen


def chosen_request() -> CoverageRequest:
    """Return the request that the controls hold.

    An empty choice is the default.
    """
    session, default = st.session_state, CoverageRequest()
    leads = {Confidence.LOW} if session.get(LEADS) else set()
    paused = {Status.TEMPORARILY_CLOSED, Status.ANNOUNCED} if session.get(PAUSED) else set()
    return CoverageRequest(
        types=frozenset(session.get(TYPES) or default.types),
        ages=frozenset(session.get(AGES) or default.ages),
        measure=session.get(MEASURE) or default.measure,
        reach_m=reach_m(),
        capacity=session.get(CAPACITY) or Capacity.SERVICE,
        area=session.get(AREA) or "",
        statuses=default.statuses | paused,
        confidences=default.confidences | leads,
    )


def comparison_request() -> CoverageRequest | None:
    """Return the second request when two are compared.

    It asks another measure, or another area.
    """
    chosen, first = st.session_state.get(COMPARE) or "", chosen_request()
    if chosen.startswith(_MEASURE_PREFIX):
        return _changed_request(first, measure=Measure(chosen.removeprefix(_MEASURE_PREFIX)))
    if chosen.startswith(_AREA_PREFIX):
        return _changed_request(first, area=chosen.removeprefix(_AREA_PREFIX))
    return None


def _changed_request(first: CoverageRequest, **change: object) -> CoverageRequest | None:
    second = replace(first, **change)  # type: ignore[arg-type]
    return None if second == first else second


def measure_choice(measure: Measure) -> str:
    """Return the comparison with a measure, as in the address."""
    return _MEASURE_PREFIX + measure.value


def area_choice(code: str) -> str:
    """Return the comparison with an area, as in the address."""
    return _AREA_PREFIX + code


def query() -> dict[str, str]:
    """Return the state as address parameters, without rare defaults."""
    session = st.session_state
    parts = {
        **chosen_request().to_query(),
        "profile": session.get(PROFILE) or "",
        "compare": session.get(COMPARE) or "",
        "by": "" if chosen_level() is AreaLevel.MUNICIPALITY else chosen_level().value,
        "nis": session.get(SELECTED) or "",
        "sort": session.get(ORDER) or "",
        "find": session.get(SEARCH) or "",
        "lang": "" if i18n.current_language() == i18n.DEFAULT_LANGUAGE else i18n.current_language(),
    }
    return {name: value for name, value in parts.items() if value}


def write() -> None:
    """Write the state to the address when it changed."""
    now = query()
    if dict(st.query_params) != now:
        st.query_params.from_dict(now)


def profile_link(code: str) -> str:
    """Return the address of an area's profile, with the same choices."""
    return _page_link({**query(), "profile": code}, without=("compare", "nis", "sort", "find", "area", "by"))


def map_link(**change: str) -> str:
    """Return the address of map and table, with some choices changed."""
    return _page_link({**query(), **change}, without=("profile",))


def _page_link(parts: Mapping[str, str], *, without: tuple[str, ...]) -> str:
    kept = {name: value for name, value in parts.items() if value and name not in without}
    return f"coverage?{urlencode(kept, safe=',:')}"


def plan_link(asked: CoverageRequest) -> str:
    """Return the address of the plan with the same choices."""
    kept = {name: value for name, value in asked.to_query().items() if name not in ("measure", "capacity")}
    lang = {} if i18n.current_language() == i18n.DEFAULT_LANGUAGE else {"lang": i18n.current_language()}
    return f"planning?{urlencode({**kept, 'objective': 'mclp', 'sites': '3', **lang}, safe=',:')}"
