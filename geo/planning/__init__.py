"""Where a new service helps most; existing coverage is measured by `geo.coverage`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.planning.choices import Objective
    from geo.planning.plan import Plan
    from geo.planning.request import PlanRequest
    from geo.planning.search import evaluate, solve

__all__ = ["Objective", "Plan", "PlanRequest", "evaluate", "solve"]
_ROOMS = {"Objective": "choices", "Plan": "plan", "PlanRequest": "request", "evaluate": "search", "solve": "search"}


def __getattr__(name: str) -> object:
    """Return what the door shows, its room read when first asked for."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
