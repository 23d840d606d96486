"""Solves in the background, one search per visit, so that the page can tell how far it is and stop it."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

import streamlit as st

from geo.errors import GeoError
from geo.planning.candidates import CandidateBook
from geo.planning.plan import Plan
from geo.planning.request import PlanRequest
from geo.planning.solve import LIMIT_S, solve
from geo.solver.control import CancelledError, Progress

_JOB = "plan-job"
_MOST_KEPT = 24


@dataclass
class Job:
    """One search: what it is for, how far it is, and what came of it."""

    request: PlanRequest
    stop: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    progress: Progress | None = None
    plan: Plan | None = None
    error: GeoError | None = None

    @property
    def is_over(self) -> bool:
        """Whether there is no more to wait for."""
        return self.done.is_set()

    @property
    def was_stopped(self) -> bool:
        """Whether the reader stopped it."""
        return self.done.is_set() and self.plan is None and self.error is None


class _Answers:
    """The last plans of this process, by request, for whoever asks again."""

    def __init__(self) -> None:
        self._plans: OrderedDict[tuple[PlanRequest, str, dt.date], Plan] = OrderedDict()
        self._lock = Lock()

    def get(self, request: PlanRequest, version: str, today: dt.date) -> Plan | None:
        """Return the plan of a request, if it is remembered."""
        with self._lock:
            return self._plans.get((request, version, today))

    def keep(self, plan: Plan) -> None:
        """Remember a plan, and forget the oldest."""
        with self._lock:
            self._plans[plan.request, plan.data_version, plan.today] = plan
            while len(self._plans) > _MOST_KEPT:
                self._plans.popitem(last=False)


@st.cache_resource(show_spinner=False)
def _answers() -> _Answers:
    return _Answers()


def answer(book: CandidateBook, request: PlanRequest, today: dt.date) -> Plan | Job:
    """Return the plan of a request, or the search for it, begun now unless it runs; another one is stopped."""
    known = _answers().get(request, book.dataset.data_version, today)
    if known is not None:
        _forget()
        return known
    job: Job | None = st.session_state.get(_JOB)
    if job is None or job.request != request:
        _forget()
        job = Job(request)
        st.session_state[_JOB] = job
        threading.Thread(target=_run, args=(job, book, today, _answers()), daemon=True).start()
        job.done.wait(0.25)  # most answers of one province come at once: no flicker for those
    return job.plan or job


def stop() -> None:
    """Stop the search of this visit."""
    job: Job | None = st.session_state.get(_JOB)
    if job is not None:
        job.stop.set()


def again() -> None:
    """Forget a search that was stopped, so that it begins anew."""
    st.session_state.pop(_JOB, None)


def _forget() -> None:
    stop()
    st.session_state.pop(_JOB, None)


def _run(job: Job, book: CandidateBook, today: dt.date, answers: _Answers) -> None:
    def note(progress: Progress) -> None:
        job.progress = progress

    try:
        job.plan = solve(
            book, job.request, today=today, time_limit_s=LIMIT_S, should_stop=job.stop.is_set, on_progress=note
        )
        answers.keep(job.plan)
    except CancelledError:
        pass
    except GeoError as error:
        job.error = error
    finally:
        job.done.set()
