"""Where a new service helps most; existing coverage is measured by `geo.coverage`."""

from typing import TYPE_CHECKING

from geo.doors import open_door

if TYPE_CHECKING:
    from geo.planning.choices import Objective
    from geo.planning.plan import Plan
    from geo.planning.request import PlanRequest
    from geo.planning.search import evaluate, solve

__all__ = ["Objective", "Plan", "PlanRequest", "evaluate", "solve"]

__getattr__ = open_door(
    __name__,
    {
        "Objective": "choices",
        "Plan": "plan",
        "PlanRequest": "request",
        "evaluate": "search",
        "solve": "search",
    },
)
