"""Watches over a search for sites: how long it may still take, whether it must stop, and how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from geo.errors import GeoError

CLOSE = 0.01
"""Once half of the time is over, an answer proven to be within this part of the best will do."""


class Step(StrEnum):
    """What a search for sites is doing."""

    PREPARE = "prepare"
    IMPROVE = "improve"
    BOUND = "bound"
    PROVE = "prove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a search is: seconds since it began, and the part of its time limit that has gone, 0 to 1."""

    step: Step
    elapsed_s: float
    part: float


class CancelledError(GeoError):
    """The search was stopped by whoever asked for it."""


@dataclass(frozen=True, kw_only=True)
class Watch:
    """The clock of one search. `should_stop` is asked often; `on_progress` is told whenever the step is looked at.

    Running out of time is no error: a search that finds no time left returns the best it has. Being stopped raises
    CancelledError.
    """

    limit_s: float = 20.0
    should_stop: Callable[[], bool] | None = None
    on_progress: Callable[[Progress], None] | None = None
    started: float = field(default_factory=time.perf_counter)

    @property
    def elapsed_s(self) -> float:
        """Seconds since the search began."""
        return time.perf_counter() - self.started

    @property
    def left_s(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self.limit_s - self.elapsed_s)

    def for_gap(self, gap: float) -> Watch:
        """Return the watch for an answer that is proven up to a gap: with half of the time when that is close."""
        return replace(self, limit_s=self.limit_s / 2) if gap < CLOSE else self

    def look(self, step: Step) -> bool:
        """Tell the step that is being done; return whether there is time left.

        Raises
        ------
        CancelledError
            The search must stop.
        """
        if self.should_stop is not None and self.should_stop():
            raise CancelledError("The search for sites was stopped")
        elapsed = self.elapsed_s
        if self.on_progress is not None:
            part = min(1.0, elapsed / self.limit_s) if self.limit_s > 0 else 1.0
            self.on_progress(Progress(step=step, elapsed_s=elapsed, part=part))
        return elapsed < self.limit_s
