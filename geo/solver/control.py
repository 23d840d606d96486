"""Control a search: whether it must stop, how far it is, and the clock that is its last guard."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from geo.errors import GeoError

LIMIT_S = 60.0
"""The last guard: several times what the work of any request takes on a machine with nothing else to do."""


class Step(StrEnum):
    """What a search is doing."""

    PREPARE = "prepare"
    IMPROVE = "improve"
    BOUND = "bound"
    PROVE = "prove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a search is: seconds since it began, and the part of it that is over, 0 to 1.

    The part is that of the work where the search knows how much there is at most, and that of its time limit elsewhere.
    """

    step: Step
    elapsed_s: float
    part: float


class CancelledError(GeoError):
    """The search was stopped by whoever asked for it."""


class Ended(StrEnum):
    """What ended a search."""

    DONE = "done"
    TIME = "time"
    STOPPED = "stopped"


@dataclass(slots=True)
class _Seen:
    """What a control, or one made from it, has found out."""

    is_late: bool = False
    is_stopped: bool = False


@dataclass(frozen=True, kw_only=True)
class SearchControl:
    """What one search asks and tells: `should_stop` is asked and `on_progress` told at every check.

    Searches are bounded by their work; the time limit is the last guard. Running into it is no error: a search that
    finds no time left returns the best it has. Being stopped raises CancelledError at a `check`, and is the same as
    running out of time where the search asks whether it `may_go_on`. `span` is the part of the work that is controlled,
    None when that is not known; `seen` is shared by all stages.
    """

    limit_s: float = LIMIT_S
    should_stop: Callable[[], bool] | None = None
    on_progress: Callable[[Progress], None] | None = None
    started: float = field(default_factory=lambda: time.perf_counter())  # noqa: PLW0108  (a clock may be set in its place)
    span: tuple[float, float] | None = None
    seen: _Seen = field(default_factory=_Seen)

    @property
    def elapsed_s(self) -> float:
        """Seconds since the search began."""
        return time.perf_counter() - self.started

    @property
    def left_s(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.limit_s - self.elapsed_s)

    @property
    def ended(self) -> Ended:
        """What ends the search, as far as it looked; DONE as long as nothing did."""
        return Ended.STOPPED if self.seen.is_stopped else Ended.TIME if self.seen.is_late else Ended.DONE

    def stage(self, begin: float, end: float, *, share: float = 1.0) -> SearchControl:
        """Return the control of a stage: which parts of the work it lies between, and its share of the time left."""
        first, last = self.span or (0.0, 1.0)
        span = (first + begin * (last - first), first + end * (last - first))
        return replace(self, limit_s=min(self.limit_s, self.elapsed_s + share * self.left_s), span=span)

    def check(self, step: Step, done: float = 0.0) -> bool:
        """Tell the step that is being done; return whether there is time left.

        `done` is the part of the work of this stage that is over; outside a stage the time tells how far the search is.

        Raises
        ------
        CancelledError
            The search must stop.
        """
        if self.seen.is_stopped or (self.should_stop is not None and self.should_stop()):
            self.seen.is_stopped = True
            raise CancelledError("The search was stopped")
        elapsed = self.elapsed_s
        if self.on_progress is not None:
            self.on_progress(Progress(step=step, elapsed_s=elapsed, part=self._part(elapsed, done)))
        if elapsed >= self.limit_s:
            self.seen.is_late = True
        return elapsed < self.limit_s

    def mark_cut_short(self) -> None:
        """Remember that the time was over before some part of the work was at its end."""
        self.seen.is_late = True

    def may_go_on(self, step: Step, done: float = 0.0) -> bool:
        """Return whether there is time left and the search need not stop; tell the step as `check` does."""
        try:
            return self.check(step, done)
        except CancelledError:
            return False

    def _part(self, elapsed: float, done: float) -> float:
        if self.span is None:
            return min(1.0, elapsed / self.limit_s) if self.limit_s > 0 else 1.0
        first, last = self.span
        return first + min(done, 1.0) * (last - first)
