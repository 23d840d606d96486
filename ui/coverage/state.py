"""What the coverage page remembers, and how it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from geo.coverage.measures import Measure
from geo.coverage.request import BICYCLE_M, WALK_M, Capacity, CoverageRequest
from geo.directory.service import Confidence, Status
from geo.places.areas import Area, Level
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

OTHER: Final = 0.0
"""The reach that is typed, beside walking and cycling."""
REACHES = (WALK_M, BICYCLE_M, OTHER)
COLUMNS = ("name", "children", "value", "other", "state", "rank", "peers", "province", "need", "records")
"""The columns that the table can be sorted by."""
LEVELS = (Level.MUNICIPALITY, Level.PRIMARY_CARE_ZONE, Level.ARRONDISSEMENT, Level.PROVINCE)
"""What the rows of the table can be."""
LONGEST_SEARCH = 60
_MEASURE, _AREA = "measure:", "area:"


def start(areas: Mapping[str, Area]) -> None:
    """Take over what the address says, once per visit; values that make no sense fall back to the default."""
    if st.session_state.get(_STARTED):
        return
    st.session_state[_STARTED] = True
    query = {name: str(value) for name, value in st.query_params.items()}
    request = CoverageRequest.from_query(query)
    session = st.session_state
    session[TYPES] = [kind for kind in FAMILY_TYPES if kind in request.types] or list(CoverageRequest().types)
    session[AGES] = list(request.groups)
    session[MEASURE] = request.measure
    session[REACH] = request.reach_m if request.reach_m in REACHES else OTHER
    session[KILOMETRES] = request.reach_m / 1000
    session[AREA] = request.area if request.area in areas else ""
    session[LEADS] = Confidence.LOW in request.confidences
    session[PAUSED] = request.statuses > {Status.ACTIVE}
    session[CAPACITY] = request.capacity
    session[COMPARE] = _comparison(query.get("compare", ""), areas)
    session[ROWS] = Level(query["by"]) if query.get("by") in LEVELS else Level.MUNICIPALITY
    session[SELECTED] = query.get("nis", "") if query.get("nis") in areas else ""
    session[ORDER] = query.get("sort", "") if query.get("sort", "").removeprefix("-") in COLUMNS else ""
    session[SEARCH] = query.get("find", "")[:LONGEST_SEARCH]
    session[PROFILE] = query.get("profile", "") if query.get("profile", "") in areas else ""


def began() -> dict[str, str]:
    """Return what was chosen in the table when the visit began; from then on the browser knows it by itself.

    It stays the same, so that a click on a row sends nothing back.
    """
    session = st.session_state
    now = {"order": session[ORDER], "search": session[SEARCH], "chosen": session[SELECTED]}
    first: dict[str, str] = session.setdefault(_BEGAN, now)
    return first


def keep() -> None:
    """Keep what belongs to controls that are not drawn in this run; the toolkit forgets it otherwise."""
    for key in (TYPES, AGES, MEASURE, REACH, KILOMETRES, AREA, LEADS, PAUSED, CAPACITY, COMPARE, ROWS):
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _comparison(text: str, areas: Mapping[str, Area]) -> str:
    is_measure = text.startswith(_MEASURE) and text.removeprefix(_MEASURE) in set(Measure)
    is_area = text.startswith(_AREA) and text.removeprefix(_AREA) in areas
    return text if is_measure or is_area else ""


def reach_m() -> float:
    """Return the reach that is chosen, in whole metres."""
    chosen = st.session_state.get(REACH, BICYCLE_M)
    return float(chosen or round(st.session_state.get(KILOMETRES, BICYCLE_M / 1000) * 1000))


def level() -> Level:
    """Return what the rows of the table are."""
    chosen: Level = st.session_state.get(ROWS) or Level.MUNICIPALITY
    return chosen


def request() -> CoverageRequest:
    """Return what the controls ask for; an empty choice is the default."""
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


def compared() -> CoverageRequest | None:
    """Return the second request when two are compared: another measure, or another area."""
    chosen, first = st.session_state.get(COMPARE) or "", request()
    if chosen.startswith(_MEASURE):
        return _changed(first, measure=Measure(chosen.removeprefix(_MEASURE)))
    if chosen.startswith(_AREA):
        return _changed(first, area=chosen.removeprefix(_AREA))
    return None


def _changed(first: CoverageRequest, **change: object) -> CoverageRequest | None:
    second = replace(first, **change)  # type: ignore[arg-type]
    return None if second == first else second


def measure_choice(measure: Measure) -> str:
    """Return the comparison with a measure, as the address says it."""
    return _MEASURE + measure.value


def area_choice(code: str) -> str:
    """Return the comparison with an area, as the address says it."""
    return _AREA + code


def query() -> dict[str, str]:
    """Return the whole state as it stands in the address; defaults of what is rarely chosen are left out."""
    session = st.session_state
    parts = {
        **request().to_query(),
        "profile": session.get(PROFILE) or "",
        "compare": session.get(COMPARE) or "",
        "by": "" if level() is Level.MUNICIPALITY else level().value,
        "nis": session.get(SELECTED) or "",
        "sort": session.get(ORDER) or "",
        "find": session.get(SEARCH) or "",
        "lang": "" if i18n.language() == i18n.DEFAULT else i18n.language(),
    }
    return {name: value for name, value in parts.items() if value}


def write() -> None:
    """Put the state in the address, when it changed."""
    now = query()
    if dict(st.query_params) != now:
        st.query_params.from_dict(now)


def profile_link(code: str) -> str:
    """Return the address of the profile of an area, with the same choices."""
    return _link({**query(), "profile": code}, without=("compare", "nis", "sort", "find", "area", "by"))


def map_link(**change: str) -> str:
    """Return the address of the map and the table, with the same choices but for some."""
    return _link({**query(), **change}, without=("profile",))


def _link(parts: Mapping[str, str], *, without: tuple[str, ...]) -> str:
    kept = {name: value for name, value in parts.items() if value and name not in without}
    return f"coverage?{urlencode(kept, safe=',:')}"


def plan_link(asked: CoverageRequest) -> str:
    """Return the address of the plan that the same choices lead to: where the next one should come."""
    kept = {name: value for name, value in asked.to_query().items() if name not in ("measure", "capacity")}
    lang = {} if i18n.language() == i18n.DEFAULT else {"lang": i18n.language()}
    return f"planning?{urlencode({**kept, 'objective': 'mclp', 'sites': '3', **lang}, safe=',:')}"
