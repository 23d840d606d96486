"""Works a scenario out on the data of today, in the background, and tells how far that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from geo.errors import GeoError, RequestError
from geo.networks import propose
from geo.networks.proposal import NetworkPlan
from geo.networks.request import NetworkRequest
from geo.planning import solve
from geo.planning.plan import Plan
from geo.planning.request import PlanRequest
from geo.planning.solve import evaluate
from geo.scenarios.plans import Opened
from ui import cache
from ui.markdown import escaped
from ui.networks import jobs as networks_jobs
from ui.planning import jobs, sentences
from ui.session import speak
from words import i18n, problems
from words.i18n import _

Job = jobs.Job | networks_jobs.Job
_FOUND = "scenario-found"
_MOST_KEPT = 4


def answer(opened: Opened, today: dt.date, *, name: str = "") -> Plan | NetworkPlan | None:
    """Return what a scenario gives today; None while the search runs or when there is none, which is then told.

    What was found is kept for the visit, so that a second search does not begin the first one anew.
    """
    key = (opened.scenario.request, opened.places, cache.dataset().data_version, today)
    kept: dict[object, Plan | NetworkPlan] = st.session_state.setdefault(_FOUND, {})
    if key in kept:
        return kept[key]
    try:
        found = _begun(opened, today)
    except RequestError as error:
        st.warning(escaped(problems.refusal(error)))
        return None
    if isinstance(found, NetworkPlan) and found.was_stopped:  # half a search is no book for comparing
        _stopped(networks_jobs.again)
        return None
    if isinstance(found, Plan | NetworkPlan):
        kept[key] = found
        while len(kept) > _MOST_KEPT:
            kept.pop(next(iter(kept)))
        return found
    _waiting(found, name)
    return None


def _begun(opened: Opened, today: dt.date) -> Plan | NetworkPlan | Job:
    request, book = opened.scenario.request, cache.candidate_book()
    if isinstance(request, PlanRequest):
        if opened.places:
            return evaluate(book, request, opened.places, today=today)
        return jobs.answer(book, request, today)
    if not isinstance(request, NetworkRequest):
        raise TypeError(f"no scenario of places or networks: {type(request).__name__}")
    return networks_jobs.answer(book.dataset, request)


def _waiting(job: Job, name: str) -> None:
    error = job.error if isinstance(job, jobs.Job) else job.search.error
    if isinstance(error, GeoError):
        st.warning(escaped(problems.refusal(error)))
    elif error is not None:
        raise error
    elif job.was_stopped and job.is_over:
        _stopped(jobs.again if isinstance(job, jobs.Job) else networks_jobs.again)
    else:
        st.fragment(_progress, run_every=0.4)(job, name)


def _stopped(again: Callable[[], None]) -> None:
    st.info(_("Stopped. Nothing was changed."))
    st.button(_("Search again"), on_click=again, key="scenario-search-again")


def _progress(job: Job, name: str) -> None:
    """Tell how far the search is; when it ends, draw the page anew."""
    speak()
    if isinstance(job, jobs.Job):
        is_over, stop, limit = job.is_over, jobs.stop, solve.LIMIT_S
        step, part = (job.progress.step, job.progress.part) if job.progress else (None, 0.0)
        text = _(sentences.STEPS[step]) if step else _("Beginning…")
    else:
        is_over, stop, limit = job.is_over, networks_jobs.stop, propose.LIMIT_S
        text, part = _("Looking for networks…"), job.search.part
    if is_over:
        st.rerun(scope="app")
    most = _("At most {seconds} seconds.").format(seconds=i18n.number(limit))
    said = " ".join(filter(None, [f"{name}:" if name else "", text, most]))
    with st.container(key="scenario-progress", horizontal=True, vertical_alignment="center"):
        st.progress(min(max(part, 0.02), 1.0), text=said)
        st.button(_("Stop"), on_click=stop, key="scenario-stop")
