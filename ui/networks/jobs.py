"""Proposes networks in the background, one search per request for all who ask for it, stopped when nobody waits."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from geo.networks.proposal import NetworkPlan
from geo.networks.propose import plan, seats
from geo.networks.request import NetworkRequest
from geo.places.adjacency import Adjacency
from geo.places.place import Place
from geo.solver.control import CancelledError, Ended, Progress
from geo.store.dataset import Dataset
from ui import cache

_JOB = "networks-job"
_MOST_KEPT = 24
_AT_ONCE = 2
_LOOK_S = 0.1

Key = tuple[NetworkRequest, str]


@dataclass(eq=False)
class Search:
    """One search: how far it is, who waits for it, and what came of it."""

    stop: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    waiting: int = 0
    progress: Progress | None = None
    plan: NetworkPlan | None = None
    error: Exception | None = None

    @property
    def part(self) -> float:
        """How much of the work is over, 0 to 1."""
        return self.progress.part if self.progress else 0.0

    def note(self, progress: Progress) -> None:
        """Remember how far it is."""
        self.progress = progress


@dataclass(eq=False)
class Job:
    """The search that one visit waits for, until the reader leaves it."""

    request: NetworkRequest
    search: Search
    was_stopped: bool = False

    @property
    def is_over(self) -> bool:
        """Whether there is no more to wait for; one that stops still has to say what it found."""
        return self.search.done.is_set() or (self.was_stopped and not self.search.stop.is_set())


class _Searches:
    """The last proposals of this process by request and data version, and the searches that run."""

    def __init__(self) -> None:
        self._plans: OrderedDict[Key, NetworkPlan] = OrderedDict()
        self._running: dict[Key, Search] = {}
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)  # too many at once would each run out of time

    def get(self, key: Key) -> NetworkPlan | None:
        """Return the proposal for a request, if it is remembered."""
        with self._lock:
            return self._plans.get(key)

    def join(self, key: Key, dataset: Dataset, work: tuple[Path, tuple[Place, ...]]) -> Search:
        """Return the search that runs for a request, begun now when there is none that goes on."""
        with self._lock:
            search = self._running.get(key)
            if search is None or search.stop.is_set():
                search = self._running[key] = Search()
                threading.Thread(target=self._run, args=(key, search, dataset, *work), daemon=True).start()
            search.waiting += 1
            return search

    def leave(self, job: Job) -> None:
        """Wait no longer; a search for which nobody waits is stopped."""
        with self._lock:
            if not job.was_stopped:
                job.was_stopped = True
                job.search.waiting -= 1
                if not job.search.waiting:
                    job.search.stop.set()

    def _run(self, key: Key, search: Search, dataset: Dataset, shapes: Path, places: tuple[Place, ...]) -> None:
        try:
            with self._turn(search.stop):
                adjacency, stop = Adjacency.from_parquet(shapes), search.stop
                search.plan = plan(
                    dataset, adjacency, key[0], places=places, should_stop=stop.is_set, on_progress=search.note
                )
            if search.plan.ended is Ended.DONE:  # what time or a reader cut short is nobody else's answer
                self._keep(key, search.plan)
        except CancelledError:
            pass
        except Exception as error:  # the page that waits for it raises it again
            search.error = error
        finally:
            with self._lock:
                if self._running.get(key) is search:
                    del self._running[key]
            search.done.set()

    @contextmanager
    def _turn(self, stop: threading.Event) -> Iterator[None]:
        """Wait for a turn; raises CancelledError as soon as nobody waits for the search any more."""
        while not self._turns.acquire(timeout=_LOOK_S):
            if stop.is_set():
                raise CancelledError("The search was stopped")
        try:
            yield
        finally:
            self._turns.release()

    def _keep(self, key: Key, found: NetworkPlan) -> None:
        with self._lock:
            self._plans[key] = found
            while len(self._plans) > _MOST_KEPT:
                self._plans.popitem(last=False)


@st.cache_resource(show_spinner=False)
def _searches() -> _Searches:
    return _Searches()


def answer(dataset: Dataset, request: NetworkRequest) -> NetworkPlan | Job:
    """Return the proposal for a request, or the search for it, begun now unless it runs."""
    key = (request, dataset.data_version)
    job: Job | None = st.session_state.get(_JOB)
    if job is not None and job.request == request:
        return job.search.plan or job
    stop()
    known = _searches().get(key)
    if known is not None:
        st.session_state.pop(_JOB, None)
        return known
    search = _searches().join(key, dataset, (boundaries(), _places(dataset.data_version)))
    job = st.session_state[_JOB] = Job(request, search)
    search.done.wait(0.25)  # small areas come at once: no flicker for those
    return search.plan or job


def boundaries() -> Path:
    """Return the file with the shapes of the municipalities."""
    return cache.settings().data / "boundaries" / "municipalities.parquet"


@st.cache_resource(show_spinner=False, max_entries=2)
def _places(version: str) -> tuple[Place, ...]:
    return seats(cache.dataset().gazetteer)


def stop() -> None:
    """Leave the search of this visit; it ends when nobody else waits for it, with what it has found."""
    job: Job | None = st.session_state.get(_JOB)
    if job is not None:
        _searches().leave(job)


def again() -> None:
    """Forget a search that was stopped, so that it is joined or begun anew."""
    st.session_state.pop(_JOB, None)
