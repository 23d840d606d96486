"""The tab that proposes sites."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo.coverage import Measure
from geo.errors import RequestError
from geo.places import Area
from geo.planning import Plan, PlanRequest, evaluate
from geo.planning.candidates import CandidateBook, point_id
from geo.solver import Ended
from ui import cache, clock, components, search_panel
from ui.markdown import escape_markdown
from ui.planning import answers, controls, files, sentences, state, view
from ui.planning.place_field import PlaceMatch, match_place
from ui.session import restore_language
from words import i18n, problems
from words.i18n import _

_LAST_KEY = "plan-last"
_PROBLEM_KEY = "plan-problem"


def draw(areas: Mapping[str, Area], book: CandidateBook) -> None:
    """Draw the question, the plan and its map."""
    controls.draw(areas)
    try:
        request = state.chosen_request()
    except RequestError as error:
        st.warning(escape_markdown(problems.refusal(error)))
        return
    today = clock.today()
    found = answers.answer(book, request, today)
    with st.container(key="plan-body"):
        with st.container(key="plan-answer"):
            if isinstance(found, Plan):
                st.session_state[_LAST_KEY] = found
                if found.ended is not Ended.DONE:
                    search_panel.draw_cut_short(answers.SLOT, key="plan", was_stopped=found.was_stopped)
            else:
                search_panel.draw(found, key="plan", doing=sentences.doing)
            last = st.session_state.get(_LAST_KEY)
            if last is None:
                st.html('<div id="results" tabindex="-1"></div>')  # where the head's skip link leads
            else:  # while a search runs, what was there stays
                if last.request != request:
                    st.caption(_("What you see here still answers the question before."))
                _draw_proposal(last, today)
        with st.container(key="plan-map"):
            _draw_map()
    state.write(request)


def _draw_map() -> None:
    from ui import maps  # noqa: PLC0415  (folium takes long to load: the answer goes first)

    maps.draw_map(cache.load_settings(), key="plan-map-frame", more=("map_frame/classes.js", "map_frame/sites.js"))
    st.html('<div class="cover-legend" data-panel="0"></div>')


def _draw_proposal(best: Plan, today: dt.date) -> None:
    """Draw a plan, or what the reader made of it."""
    moved = tuple(st.session_state.get(state.MOVED, ()))
    plan = evaluate(cache.load_candidate_book(), best.request, moved, today=today) if moved else best
    with st.container(key="plan-tools", horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            _("Shown"), ["after", "before"], format_func=lambda each: _("After") if each == "after" else _("Before"),
            key=state.SHOWN, label_visibility="collapsed", required=True,
        )  # fmt: skip
        st.button(
            _("Undo"), on_click=_undo_change, disabled=not st.session_state.get(state.UNDO), key="plan-undo-button"
        )
        if moved:
            st.button(_("Back to the proposal"), on_click=_restore_proposal, key="plan-back")
        controls.draw_more(plan.problem)
        if not plan.was_stopped:  # half a search is nothing to take along: the same request gives something else
            files.draw_buttons(plan)
    components.mount("plan", _plan_for_browser(plan, best if moved else None), on_wish=_handle_wish)


def _plan_for_browser(plan: Plan, best: Plan | None) -> dict[str, Any]:
    """Return what static/page/planning.js draws."""
    data = cache.load_dataset()
    is_after = st.session_state.get(state.SHOWN) != "before"
    report = cache.measure_coverage(plan.request.coverage(Measure.REACH), plan.today)
    headline = sentences.headline_sentences(plan)
    if best is not None:
        headline.append(sentences.loss_sentence(plan, best))
    return {
        "lang": i18n.current_language(),
        "title": _("Planning") + " · Opvoedkaart",
        "headline": headline,
        "map": view.map_for_browser(data, plan, report, is_after=is_after),
        "mapTitle": _("Map of the plan"),
        "legend": view.legend_entries(),
        **view.rows_for_browser(plan),
        "compared": view.measure_rows(plan),
        "assumptions": sentences.assumptions_to_tell(plan),
        "problem": st.session_state.get(_PROBLEM_KEY),
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


def _handle_wish() -> None:
    """Handle a wish from the list or the map."""
    restore_language()
    wish = components.wish("plan")
    st.session_state[_PROBLEM_KEY] = None
    remembered, site = st.session_state, str(wish.get("id", ""))
    match wish.get("do"):
        case "keep":
            state.remember_for_undo()
            remembered[state.KEPT] = frozenset(remembered.get(state.KEPT, ())) ^ {site}
        case "forbid":
            state.remember_for_undo()
            remembered[state.FORBIDDEN] = frozenset(remembered.get(state.FORBIDDEN, ())) | {site}
            remembered[state.KEPT] = frozenset(remembered.get(state.KEPT, ())) - {site}
            remembered[state.MOVED] = tuple(each for each in remembered.get(state.MOVED, ()) if each != site)
        case "move":
            _move_site(wish)


def _move_site(wish: dict[str, Any]) -> None:
    """Move one site to where it was dragged or typed."""
    remembered = st.session_state
    sites, at = [str(each) for each in wish.get("sites", ())], wish.get("at")
    if not isinstance(at, int) or not 0 <= at < len(sites):
        return
    target, book = _wished_place(wish), cache.load_candidate_book()
    if target.id:
        is_known = state.is_candidate(book, target.id)
        target = (
            PlaceMatch(book.candidate(target.id).id) if is_known else PlaceMatch("", _("That is no place we can use."))
        )
    if target.id in sites:
        target = PlaceMatch("", _("There is one there already."))
    remembered[_PROBLEM_KEY] = {"at": at, "text": target.said, "choices": target.choices} if not target.id else None
    if target.id:
        state.remember_for_undo()
        remembered[state.MOVED] = (*sites[:at], target.id, *sites[at + 1 :])


def _wished_place(wish: dict[str, Any]) -> PlaceMatch:
    lon, lat = wish.get("lon"), wish.get("lat")
    if isinstance(lon, (int, float)) and isinstance(lat, (int, float)):
        return PlaceMatch(point_id((lon, lat)))
    return match_place(str(wish.get("text", "")), cache.load_dataset().gazetteer, cache.load_candidate_book())


def _restore_proposal() -> None:
    restore_language()
    state.remember_for_undo()
    st.session_state[state.MOVED] = ()


def _undo_change() -> None:
    restore_language()
    *rest, (request, moved) = st.session_state[state.UNDO]
    _restore_state(request, moved)
    st.session_state[state.UNDO] = rest


def _restore_state(request: PlanRequest, moved: tuple[str, ...]) -> None:
    state.apply_request(request, cache.load_areas())
    st.session_state[state.MOVED] = moved
