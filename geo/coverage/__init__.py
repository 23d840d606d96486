"""Which children are reached; proposes nothing."""

from typing import TYPE_CHECKING

from geo.doors import open_door

if TYPE_CHECKING:
    from geo.coverage.measures import Measure
    from geo.coverage.measuring import measure
    from geo.coverage.report import CoverageReport
    from geo.coverage.request import CoverageRequest
    from geo.coverage.row import State

__all__ = ["CoverageReport", "CoverageRequest", "Measure", "State", "measure"]

__getattr__ = open_door(
    __name__,
    {
        "CoverageReport": "report",
        "CoverageRequest": "request",
        "Measure": "measures",
        "State": "row",
        "measure": "measuring",
    },
)
