"""Draw the tab that proposes sites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo.coverage.measures import Measure
from geo.errors import RequestError
from geo.places.areas import Area
from geo.planning.candidates import CandidateBook, point_id
from geo.planning.plan import Plan
from geo.planning.request import PlanRequest
from geo.planning.search import evaluate
from geo.solver import Ended
from ui import cache, clock, components, search_panel
from ui.markdown import escaped
from ui.planning import answers, controls, files, sentences, state, view
from ui.planning.place_field import Meant, meant
from ui.session import speak
from words import i18n, problems
from words.i18n import _

_LAST = "plan-last"
_PROBLEM = "plan-problem"


def sites(areas: Mapping[str, Area], book: CandidateBook) -> None:
    """Draw the question, the plan and its map."""
    controls.draw(areas)
    try:
        request = state.request()
    except RequestError as error:
        st.warning(escaped(problems.refusal(error)))
        return
    today = clock.today()
    found = answers.answer(book, request, today)
    with st.container(key="plan-body"):
        with st.container(key="plan-answer"):
            if isinstance(found, Plan):
                st.session_state[_LAST] = found
                if found.ended is not Ended.DONE:
                    search_panel.draw_cut_short(answers.SLOT, key="plan", was_stopped=found.was_stopped)
            else:
                search_panel.draw(found, key="plan", doing=sentences.doing)
            last = st.session_state.get(_LAST)
            if last is None:
                st.html('<div id="results" tabindex="-1"></div>')  # where the head's skip link leads
            else:  # while a search runs, what was there stays
                if last.request != request:
                    st.caption(_("What you see here still answers the question before."))
                _proposal(last, today)
        with st.container(key="plan-map"):
            _map()
    state.write(request)


def _map() -> None:
    from ui import maps  # noqa: PLC0415  (folium takes long to load: the answer goes first)

    maps.draw(cache.settings(), key="plan-map-frame", more=("map_frame/classes.js", "map_frame/sites.js"))
    st.html('<div class="cover-legend" data-panel="0"></div>')


def _proposal(best: Plan, today: dt.date) -> None:
    """Draw a plan, or what the reader made of it."""
    moved = tuple(st.session_state.get(state.MOVED, ()))
    plan = evaluate(cache.candidate_book(), best.request, moved, today=today) if moved else best
    with st.container(key="plan-tools", horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            _("Shown"), ["after", "before"], format_func=lambda each: _("After") if each == "after" else _("Before"),
            key=state.SHOWN, label_visibility="collapsed", required=True,
        )  # fmt: skip
        st.button(_("Undo"), on_click=_undo, disabled=not st.session_state.get(state.UNDO), key="plan-undo-button")
        if moved:
            st.button(_("Back to the proposal"), on_click=_to_proposal, key="plan-back")
        controls.more(plan.problem)
        if not plan.was_stopped:  # half a search is nothing to take along: the same request gives something else
            files.buttons(plan)
    components.mount("plan", _drawn(plan, best if moved else None), on_wish=_answer)


def _drawn(plan: Plan, best: Plan | None) -> dict[str, Any]:
    """Return what static/page/planning.js draws."""
    data = cache.dataset()
    is_after = st.session_state.get(state.SHOWN) != "before"
    report = cache.coverage(plan.request.coverage(Measure.REACH), plan.today)
    headline = sentences.headline(plan)
    if best is not None:
        headline.append(sentences.loss(plan, best))
    return {
        "lang": i18n.language(),
        "title": _("Planning") + " · Opvoedkaart",
        "headline": headline,
        "map": view.shown(data, plan, report, is_after=is_after),
        "mapTitle": _("Map of the plan"),
        "legend": view.legend(),
        **view.listed(plan),
        "compared": view.compared(plan),
        "assumptions": sentences.assumptions_to_tell(plan),
        "problem": st.session_state.get(_PROBLEM),
        "words": {
            "sites": _("The proposal") if best is None else _("Your places"),
            "keep": _("Keep here"),
            "kept": _("Stays here"),
            "forbid": _("Not here"),
            "move": _("Another place…"),
            "gains": _("What changes per municipality"),
            "town": _("Municipality"),
            "children": _("Children"),
            "before": _("Before"),
            "after": _("After"),
            "gain": _("Change"),
            "measure": _("Measure"),
            "compared": _("All measures, before and after"),
            "assumptions": _("What this takes for granted"),
            "legend": _("Legend: share of the children within reach"),
            "where": _("Type a place"),
            "go": _("Move"),
        },
    }


# --- what the reader wants ---------------------------------------------------------------------------------------


def _answer() -> None:
    """Do what was asked for in the list or on the map."""
    speak()
    wish = components.wish("plan")
    st.session_state[_PROBLEM] = None
    said, site = st.session_state, str(wish.get("id", ""))
    match wish.get("do"):
        case "keep":
            state.remember()
            said[state.KEPT] = frozenset(said.get(state.KEPT, ())) ^ {site}
        case "forbid":
            state.remember()
            said[state.FORBIDDEN] = frozenset(said.get(state.FORBIDDEN, ())) | {site}
            said[state.KEPT] = frozenset(said.get(state.KEPT, ())) - {site}
            said[state.MOVED] = tuple(each for each in said.get(state.MOVED, ()) if each != site)
        case "move":
            _move(wish)


def _move(wish: dict[str, Any]) -> None:
    """Put one numbered place elsewhere: where it was dragged to, or at a place that was typed."""
    remembered = st.session_state
    sites, at = [str(each) for each in wish.get("sites", ())], wish.get("at")
    if not isinstance(at, int) or not 0 <= at < len(sites):
        return
    target, book = _target(wish), cache.candidate_book()
    if target.id:
        is_known = state.is_known(book, target.id)
        target = Meant(book.candidate(target.id).id) if is_known else Meant("", _("That is no place we can use."))
    if target.id in sites:
        target = Meant("", _("There is one there already."))
    remembered[_PROBLEM] = {"at": at, "text": target.said, "choices": target.choices} if not target.id else None
    if target.id:
        state.remember()
        remembered[state.MOVED] = (*sites[:at], target.id, *sites[at + 1 :])


def _target(wish: dict[str, Any]) -> Meant:
    lon, lat = wish.get("lon"), wish.get("lat")
    if isinstance(lon, (int, float)) and isinstance(lat, (int, float)):
        return Meant(point_id((lon, lat)))
    return meant(str(wish.get("text", "")), cache.dataset().gazetteer, cache.candidate_book())


def _to_proposal() -> None:
    speak()
    state.remember()
    st.session_state[state.MOVED] = ()


def _undo() -> None:
    speak()
    *rest, (request, moved) = st.session_state[state.UNDO]
    _set(request, moved)
    st.session_state[state.UNDO] = rest


def _set(request: PlanRequest, moved: tuple[str, ...]) -> None:
    state.apply(request, cache.areas())
    st.session_state[state.MOVED] = moved
