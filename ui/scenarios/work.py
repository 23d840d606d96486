"""Work a scenario out on the data of today, in the background."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from geo.errors import RequestError
from geo.networks import NetworkProposal, NetworkRequest
from geo.planning import Plan, PlanRequest, evaluate
from geo.scenarios.plans import Opened
from geo.solver import Progress
from ui import cache, search_panel
from ui.jobs import Job
from ui.markdown import escape_markdown
from ui.networks import answers as networks_answers
from ui.networks import sentences as networks_sentences
from ui.planning import answers, sentences
from words import problems

Answer = Plan | NetworkProposal
_KEY = "scenario"
_FOUND = "scenario-found"
_MOST_KEPT = 4


def answer(opened: Opened, today: dt.date, *, name: str = "") -> Answer | None:
    """Return what a scenario gives today; None while the search runs or when there is none, which is then told.

    What was found is kept for the visit, so that a second search does not begin the first one anew.
    """
    key = (opened.scenario.request, opened.places, cache.load_dataset().data_version, today)
    kept: dict[object, Answer] = st.session_state.setdefault(_FOUND, {})
    if key in kept:
        return kept[key]
    try:
        found = _begun(opened, today)
    except RequestError as error:
        st.warning(escape_markdown(problems.refusal(error)))
        return None
    if isinstance(found, Job):
        search_panel.draw(found, key=_KEY, doing=lambda progress: _doing(opened, progress, name))
        return None
    if found.was_stopped:  # half a search is nothing to compare with
        search_panel.draw_stopped(_slot(opened), key=_KEY)
        return None
    kept[key] = found
    while len(kept) > _MOST_KEPT:
        kept.pop(next(iter(kept)))
    return found


def _begun(opened: Opened, today: dt.date) -> Answer | Job[Plan] | Job[NetworkProposal]:
    request = opened.scenario.request
    if isinstance(request, NetworkRequest):
        return networks_answers.answer(cache.load_dataset(), request)
    if not isinstance(request, PlanRequest):
        raise TypeError(f"no scenario of places or networks: {type(request).__name__}")
    if opened.places:
        return evaluate(cache.load_candidate_book(), request, opened.places, today=today)
    return answers.answer(cache.load_candidate_book(), request, today)


def _slot(opened: Opened) -> str:
    return answers.SLOT if opened.is_plan else networks_answers.SLOT


def _doing(opened: Opened, progress: Progress | None, name: str) -> str:
    tell = sentences.doing if opened.is_plan else networks_sentences.doing
    return " ".join(filter(None, [f"{name}:" if name else "", tell(progress)]))
