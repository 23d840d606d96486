"""When a service is open: hours, holidays, states; not whose hours they are."""

from typing import TYPE_CHECKING

from geo.doors import open_door

if TYPE_CHECKING:
    from geo.opening.many import open_now_mask
    from geo.opening.schedules import OpeningState, Schedule
    from geo.opening.state import Opening, state_at

__all__ = ["Opening", "OpeningState", "Schedule", "open_now_mask", "state_at"]

__getattr__ = open_door(
    __name__,
    {
        "Opening": "state",
        "OpeningState": "schedules",
        "Schedule": "schedules",
        "open_now_mask": "many",
        "state_at": "state",
    },
)
