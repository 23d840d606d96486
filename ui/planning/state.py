"""State of the planning page, and its form in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from geo.coverage.request import BICYCLE_M
from geo.directory.service import Confidence, Status
from geo.errors import RequestError
from geo.places import Area
from geo.planning import Objective, PlanRequest
from geo.planning.candidates import CandidateBook
from geo.planning.choices import CandidateKind
from ui.coverage import state
from words import i18n
from words.labels import FAMILY_TYPES

TYPES: Final = "plan-types"
AGES: Final = "plan-ages"
AREA: Final = "plan-area"
OBJECTIVE: Final = "plan-objective"
SITES: Final = "plan-sites"
REACH: Final = "plan-reach"
KILOMETRES: Final = "plan-kilometres"
SHARE: Final = "plan-share"
NEED: Final = "plan-need"
CANDIDATES: Final = "plan-candidates"
OUTSIDE: Final = "plan-outside"
TOUR: Final = "plan-tour"
LEADS: Final = "plan-leads"
PAUSED: Final = "plan-paused"
CLOSED: Final = "plan-closed"
KEPT: Final = "plan-kept"
FORBIDDEN: Final = "plan-forbidden"
DEPOT: Final = "plan-depot"
POINTS: Final = "plan-points"
MOVED: Final = "plan-moved"
UNDO: Final = "plan-undo"
SHOWN: Final = "plan-shown"
TAB: Final = "plan-tab"
_STARTED: Final = "plan-started"
_LAST_REQUEST: Final = "plan-asked"

FIRST_AREA = "30000"
MOST_UNDO = 30
TABS = ("sites", "networks", "scenarios")
_WIDGET_KEYS = (
    *(TYPES, AGES, AREA, OBJECTIVE, SITES, REACH, KILOMETRES, SHARE, NEED, CANDIDATES, OUTSIDE, TOUR, LEADS, PAUSED),
    CLOSED,
)


def start(areas: Mapping[str, Area], book: CandidateBook) -> None:
    """Start the state from the address, once per visit.

    Values that make no sense fall back to the default.
    """
    session = st.session_state
    if session.get(_STARTED):
        return
    session[_STARTED] = True
    query = {name: str(value) for name, value in st.query_params.items()}
    session[TAB] = query["tab"] if query.get("tab") in TABS else TABS[0]
    is_asked = any(name not in ("tab", "at", "lang") for name in query)
    request = PlanRequest.from_query(query) if is_asked else PlanRequest(area=FIRST_AREA)
    apply_request(_drop_unknown(request, areas, book), areas)
    known = [each for each in query.get("at", "").split(",") if each and is_candidate(book, each)]
    session[MOVED] = tuple(dict.fromkeys(book.candidate(each).id for each in known))
    session[UNDO] = []
    session[SHOWN] = "after"


def _drop_unknown(request: PlanRequest, areas: Mapping[str, Area], book: CandidateBook) -> PlanRequest:
    """Return a request without areas, services or candidates that are unknown."""
    is_area = all(code in areas for code in request.area.split("+"))
    has_depot = not request.depot or is_candidate(book, request.depot)
    return replace(
        request,
        area=request.area if is_area else FIRST_AREA,
        kept=frozenset(each for each in request.kept if is_candidate(book, each)),
        forbidden=frozenset(each for each in request.forbidden if is_candidate(book, each)),
        closed=request.closed & book.dataset.directory.by_id.keys(),
        depot=request.depot if has_depot else "",
    )


def is_candidate(book: CandidateBook, candidate: str) -> bool:
    """Return whether a candidate has this id."""
    try:
        book.candidate(candidate)
    except RequestError:
        return False
    return True


def apply_request(request: PlanRequest, areas: Mapping[str, Area]) -> None:
    """Set every control to a request."""
    session, default = st.session_state, PlanRequest()
    session[TYPES] = [kind for kind in FAMILY_TYPES if kind in request.types] or list(default.types)
    session[AGES] = list(request.groups)
    session[AREA] = request.area if all(code in areas for code in request.area.split("+")) else ""
    session[OBJECTIVE] = request.objective
    session[SITES] = request.sites
    session[REACH] = request.reach_m if request.reach_m in state.REACHES_M else state.OTHER_REACH_M
    session[KILOMETRES] = request.reach_m / 1000
    session[SHARE] = round(request.share * 100)
    session[NEED] = round(request.need_weight * 100)
    session[CANDIDATES] = request.candidates
    session[OUTSIDE] = request.demand_outside
    session[TOUR] = request.tour_m / 1000
    session[LEADS] = Confidence.LOW in request.confidences
    session[PAUSED] = request.statuses > {Status.ACTIVE}
    session[CLOSED] = sorted(request.closed)
    session[KEPT], session[FORBIDDEN] = request.kept, request.forbidden
    session[DEPOT], session[POINTS] = request.depot, request.points


def keep_controls() -> None:
    """Keep the values of controls that this run does not draw.

    The toolkit forgets them otherwise.
    """
    for key in _WIDGET_KEYS:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def chosen_request() -> PlanRequest:
    """Return the request that the controls hold.

    Raises RequestError when it cannot be planned.
    """
    session, default = st.session_state, PlanRequest()
    objective = session.get(OBJECTIVE) or default.objective
    kilometres = session.get(REACH) or round(session.get(KILOMETRES, BICYCLE_M / 1000) * 1000)
    sites = int(session.get(SITES) or default.sites)
    tour = float(session.get(TOUR) or 0.0) * 1000
    return PlanRequest(
        area=session.get(AREA) or "",
        types=frozenset(session.get(TYPES) or default.types),
        ages=frozenset(session.get(AGES) or default.ages),
        reach_m=float(kilometres),
        objective=objective,
        sites=max(sites, len(session.get(KEPT) or ())) if objective is not Objective.FEWEST_SITES else sites,
        share=(session.get(SHARE) or 95) / 100,
        need_weight=(session.get(NEED) or 0) / 100,
        kept=frozenset(session.get(KEPT) or ()),
        closed=frozenset(session.get(CLOSED) or ()),
        forbidden=frozenset(session.get(FORBIDDEN) or ()) - frozenset(session.get(KEPT) or ()),
        candidates=session.get(CANDIDATES) or CandidateKind.SUBMUNICIPALITY,
        points=tuple(session.get(POINTS) or ()),
        demand_outside=bool(session.get(OUTSIDE)),
        tour_m=tour if objective is Objective.MOST_REACHED else 0.0,
        depot=session.get(DEPOT) or "",
        statuses=default.statuses | ({Status.TEMPORARILY_CLOSED, Status.ANNOUNCED} if session.get(PAUSED) else set()),
        confidences=default.confidences | ({Confidence.LOW} if session.get(LEADS) else set()),
    )


def remember_for_undo() -> None:
    """Remember request and own sites, so a change can be undone."""
    session = st.session_state
    session[UNDO] = [*session.get(UNDO, []), (chosen_request(), tuple(session.get(MOVED, ())))][-MOST_UNDO:]


def leave_own_sites() -> None:
    """Leave the reader's own sites after another question.

    They were not meant for it.
    """
    session = st.session_state
    if session.get(MOVED):
        before = session.get(_LAST_REQUEST) or chosen_request()  # the controls hold the new question already
        session[UNDO] = [*session.get(UNDO, []), (before, tuple(session[MOVED]))][-MOST_UNDO:]
        session[MOVED] = ()


def query(asked: PlanRequest) -> dict[str, str]:
    """Return the state as address parameters."""
    session = st.session_state
    parts = {
        "tab": session.get(TAB, "") if session.get(TAB) != TABS[0] else "",
        **asked.to_query(),
        "at": ",".join(session.get(MOVED, ())),
        "lang": "" if i18n.current_language() == i18n.DEFAULT_LANGUAGE else i18n.current_language(),
    }
    return {name: value for name, value in parts.items() if value}


def write(asked: PlanRequest) -> None:
    """Write the state to the address when it changed."""
    st.session_state[_LAST_REQUEST] = asked
    now = query(asked)
    if dict(st.query_params) != now:
        st.query_params.from_dict(now)
