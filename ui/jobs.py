"""Run searches in the background, one for all who ask the same, stopped when nobody waits.

A search is a function of `should_stop` and `on_progress`; its key (a request, a data version) alone decides what it
finds. What a visitor stopped, and what the time cut short, is told to those who waited for it and never kept for
others. This module is the one door to the threads that search: a pool of processes would stand here.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar, cast

import streamlit as st

from geo.errors import RequestError
from geo.solver import CancelledError, Ended, Progress

_MOST_KEPT = 48
_AT_ONCE = 2
_LOOK_S = 0.1
_SMALL_S = 0.25  # small areas come at once: no flicker for those
_LOG = logging.getLogger(__name__)


class Outcome(Protocol):
    """What a search finds: it says what ended the search."""

    @property
    def ended(self) -> Ended:
        """DONE when the same question has the same outcome on every machine."""


Found = TypeVar("Found", bound=Outcome)
Run = Callable[[Callable[[], bool], Callable[[Progress], None]], Found]


@dataclass(eq=False)
class Search(Generic[Found]):
    """One search: how far it is, how many wait for it, and what came of it."""

    stop: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    waiting: int = 0
    progress: Progress | None = None
    outcome: Found | None = None
    error: Exception | None = None

    def note(self, progress: Progress) -> None:
        """Remember how far it is."""
        self.progress = progress


@dataclass(eq=False)
class Job(Generic[Found]):
    """The search that one visit waits for, until the reader leaves it; `slot` is where the visit keeps it."""

    slot: str
    key: Hashable
    search: Search[Found]
    was_left: bool = False

    @property
    def is_over(self) -> bool:
        """Whether there is no more to wait for; one that stops still has to say what it found."""
        return self.search.done.is_set() or (self.was_left and not self.search.stop.is_set())

    @property
    def refusal(self) -> RequestError | None:
        """Why the question has no answer."""
        return self.search.error if isinstance(self.search.error, RequestError) else None

    @property
    def has_failed(self) -> bool:
        """Whether an error that is no refusal ended it: a solver that broke off, a fault of ours."""
        return self.search.error is not None and self.refusal is None

    @property
    def was_stopped(self) -> bool:
        """Whether it is over with nothing found, because nobody waited."""
        return self.is_over and self.search.outcome is None and self.search.error is None

    @property
    def part(self) -> float:
        """How much of the work is over, 0 to 1."""
        return self.search.progress.part if self.search.progress else 0.0


class _Searches:
    """The last outcomes of this process by key, and the searches that run."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Outcome] = OrderedDict()
        self._running: dict[Hashable, Search[Any]] = {}
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)  # too many at once would each run out of time

    def get(self, key: Hashable) -> Outcome | None:
        """Return the outcome of a key, None when it is not remembered."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: Hashable, outcome: Outcome) -> None:
        """Remember an outcome, and forget the oldest."""
        with self._lock:
            self._kept[key] = outcome
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)

    def join(self, key: Hashable, run: Run[Found]) -> Search[Found]:
        """Return the search that runs for a key, begun now when there is none that goes on."""
        with self._lock:
            search = self._running.get(key)
            if search is None or search.stop.is_set():
                search = self._running[key] = Search()
                threading.Thread(target=self._run, args=(key, search, run), daemon=True).start()
            search.waiting += 1
            return search

    def leave(self, job: Job[Any]) -> None:
        """Wait no longer; a search for which nobody waits is stopped."""
        with self._lock:
            if not job.was_left:
                job.was_left = True
                job.search.waiting -= 1
                if not job.search.waiting:
                    job.search.stop.set()

    def _run(self, key: Hashable, search: Search[Found], run: Run[Found]) -> None:
        try:
            with self._turn(search.stop):
                search.outcome = run(search.stop.is_set, search.note)
            if search.outcome.ended is Ended.DONE:
                self.keep(key, search.outcome)
        except CancelledError:
            pass
        except Exception as error:
            search.error = error  # the page that waits for it tells it
            if not isinstance(error, RequestError):
                _LOG.exception("A search ended by an unforeseen error")
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


@st.cache_resource(show_spinner=False)
def _searches() -> _Searches:
    return _Searches()


def answer(slot: str, key: Hashable, run: Run[Found]) -> Found | Job[Found]:
    """Return what is found for a key, or the search for it, begun now unless it runs; another in the slot is left."""
    job: Job[Found] | None = st.session_state.get(slot)
    if job is not None and job.key == key:
        return job.search.outcome or job
    leave(slot)
    known = cast("Found | None", _searches().get(key))  # a key belongs to one kind of search
    if known is not None:
        forget(slot)
        return known
    job = st.session_state[slot] = Job(slot, key, _searches().join(key, run))
    job.search.done.wait(_SMALL_S)
    return job.search.outcome or job


def leave(slot: str) -> None:
    """Leave the search of this visit; it ends when nobody else waits for it, with what it has found."""
    job: Job[Any] | None = st.session_state.get(slot)
    if job is not None:
        _searches().leave(job)


def forget(slot: str) -> None:
    """Forget a search that is over, so that it is joined or begun anew."""
    st.session_state.pop(slot, None)
