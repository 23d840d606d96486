"""Proposes networks in the background, one search per visit, so that the page stays the reader's meanwhile."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from geo.adjacency import Adjacency
from geo.coverage_ground import Ground
from geo.models import Place
from geo.network_plan import NetworkPlan
from geo.network_request import NetworkRequest
from geo.networks import plan, seats
from ui import cache

_JOB = "networks-job"
_MOST_KEPT = 24
_AT_ONCE = 2
_SECONDS_PER_MUNICIPALITY = 0.045
"""What `geo.networks.plan` gives itself, about; only said to the reader, never asked of it."""


@dataclass
class Job:
    """One search: what it is for, how long it may take, and what came of it."""

    request: NetworkRequest
    seconds: float
    stop: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    began: float = field(default_factory=time.monotonic)
    plan: NetworkPlan | None = None
    error: Exception | None = None

    @property
    def was_stopped(self) -> bool:
        """Whether the reader stopped it; a search that is under way ends by itself, for nobody."""
        return self.stop.is_set() and self.plan is None and self.error is None

    @property
    def part(self) -> float:
        """How much of the time it may take is over, 0 to 1."""
        return min((time.monotonic() - self.began) / self.seconds, 1.0)


class _Answers:
    """The last proposals of this process, by request and data version, for whoever asks again."""

    def __init__(self) -> None:
        self._plans: OrderedDict[tuple[NetworkRequest, str], NetworkPlan] = OrderedDict()
        self._lock = threading.Lock()
        self.turns = threading.BoundedSemaphore(_AT_ONCE)  # too many at once would each find less in their time

    def get(self, request: NetworkRequest, version: str) -> NetworkPlan | None:
        """Return the proposal for a request, if it is remembered."""
        with self._lock:
            return self._plans.get((request, version))

    def keep(self, found: NetworkPlan) -> None:
        """Remember a proposal, and forget the oldest."""
        with self._lock:
            self._plans[found.request, found.data_version] = found
            while len(self._plans) > _MOST_KEPT:
                self._plans.popitem(last=False)


@st.cache_resource(show_spinner=False)
def _answers() -> _Answers:
    return _Answers()


def answer(ground: Ground, request: NetworkRequest, towns: int) -> NetworkPlan | Job:
    """Return the proposal for a request, or the search for it, begun now unless it runs; `towns` are to be grouped."""
    known = _answers().get(request, ground.data_version)
    job: Job | None = st.session_state.get(_JOB)
    if known is not None and not (job is not None and job.request == request and job.stop.is_set()):
        _forget()
        return known
    if job is None or job.request != request:
        _forget()
        job = Job(request, seconds=max(1.0, _SECONDS_PER_MUNICIPALITY * towns))
        st.session_state[_JOB] = job
        work = (job, ground, boundaries(), _places(ground.data_version), _answers())
        threading.Thread(target=_run, args=work, daemon=True).start()
        job.done.wait(0.25)  # small areas come at once: no flicker for those
    return job.plan or job


def boundaries() -> Path:
    """Return the file with the shapes of the municipalities."""
    return cache.settings().data / "boundaries" / "municipalities.parquet"


@st.cache_resource(show_spinner=False, max_entries=2)
def _places(version: str) -> tuple[Place, ...]:
    return seats(cache.dataset().gazetteer)


def stop() -> None:
    """Leave the search of this visit."""
    job: Job | None = st.session_state.get(_JOB)
    if job is not None:
        job.stop.set()
        job.done.set()


def again() -> None:
    """Forget a search that was stopped, so that it begins anew, or its answer is taken when it has come."""
    st.session_state.pop(_JOB, None)


def _forget() -> None:
    stop()
    st.session_state.pop(_JOB, None)


def _run(job: Job, ground: Ground, shapes: Path, places: Sequence[Place], answers: _Answers) -> None:
    try:
        with answers.turns:
            if job.stop.is_set():
                return
            job.began = time.monotonic()
            found = plan(ground, Adjacency.from_parquet(shapes), job.request, places=places)
        answers.keep(found)
        if not job.stop.is_set():
            job.plan = found
    except Exception as error:  # the page that waits for it raises it again
        job.error = error
    finally:
        job.done.set()
