"""One row of a coverage report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from geo.messages import N_
from geo.places.areas import Area

FEW_CHILDREN = 50
"""With fewer children than this a value is marked and not ranked."""


class State(StrEnum):
    """Whether children are reached.

    `unknown` where missing records cannot be told from missing offer.
    """

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    UNKNOWN = "unknown"


STATE_NAMES = {State.REACHED: N_("Reached"), State.NOT_REACHED: N_("Not reached"), State.UNKNOWN: N_("Unknown")}
STATE_MEANINGS = {
    State.REACHED: N_("We know that at least some of the children are reached."),
    State.NOT_REACHED: N_(
        "We know of nobody who is reached, although records that we trust speak of the municipality or of one around "
        "it. Services whose address we do not know could reach half of the children at most."
    ),
    State.UNKNOWN: N_(
        "We cannot tell: no record that we trust speaks of the municipality or of those around it (12 km), or "
        "services whose address we do not know may reach most of its children or stand nearer. Unknown never means "
        "none."
    ),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Number of records behind a row, and their quality.

    How many it rests on, and how many of them are fresh, located and of high confidence.
    """

    records: int
    fresh: int
    located: int
    high_confidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One area. Children are estimates and need not be whole numbers.

    `value`, `low`, `high` are in the unit of the measure (share 0 to 1, metres, services per 1,000 children): None
    where there is nothing to say, or no bound. `p90_m` goes with distances. `children_reached` are reached at all.
    `states` counts the municipalities by state, `children_in` their children. `rank` is 1 for the best covered;
    small areas and those that are not known to be reached have none. `neighbour` is the municipality where most
    children go whose nearest service stands elsewhere, with their share.
    """

    area: Area
    children: float
    value: float | None
    low: float | None
    high: float | None
    p90_m: float | None
    children_reached: float
    state: State
    states: dict[State, int]
    children_in: dict[State, float]
    is_small: bool
    evidence: Evidence
    rank: int | None = None
    deprivation_pct: float | None = None
    peers: tuple[str, ...] = ()
    peers_value: float | None = None
    neighbour: str = ""
    neighbour_share: float = 0.0

    @property
    def comparable(self) -> float | None:
        """The value where it can be compared.

        None when it is unknown for most of the children.
        """
        return None if self.children_in[State.UNKNOWN] > self.children / 2 else self.value


def state_of_parts(states: Sequence[State]) -> State:
    """Return the state of an area from its parts with children.

    Reached if any is, then unknown if any is or none.
    """
    if State.REACHED in states:
        return State.REACHED
    return State.UNKNOWN if State.UNKNOWN in states or not states else State.NOT_REACHED


def rank_rows(rows: Iterable[CoverageRow], *, is_better_high: bool) -> tuple[CoverageRow, ...]:
    """Return the rows with their ranks; equal values share one."""
    listed = list(rows)
    values = [_rank_value(row) for row in listed]
    ordered = sorted((value for value in values if value is not None), reverse=is_better_high)
    first = {value: rank for rank, value in reversed(list(enumerate(ordered, start=1)))}
    return tuple(
        replace(row, rank=None if value is None else first[value]) for row, value in zip(listed, values, strict=True)
    )


def _rank_value(row: CoverageRow) -> float | None:
    """Return the value to rank an area by; None for what is small or not known to be reached."""
    return None if row.value is None or row.is_small or row.state is not State.REACHED else round(row.value, 9)
