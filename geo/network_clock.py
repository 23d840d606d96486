"""Divides the time that may be spent."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(slots=True)
class Clock:
    """Says how much time is left; `ends` is on the monotonic clock, in seconds."""

    ends: float

    @property
    def left_s(self) -> float:
        """Seconds left, 0 when it is over."""
        return max(0.0, self.ends - time.monotonic())

    def part(self, share: float) -> Clock:
        """Return a clock that gives a share of what is left."""
        return Clock(time.monotonic() + share * self.left_s)

    def at_most(self, seconds: float) -> Clock:
        """Return a clock that ends with this one, or earlier."""
        return Clock(min(self.ends, time.monotonic() + seconds))
