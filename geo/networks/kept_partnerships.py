"""Partnerships that stay together in a network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from geo.arrays import Floats, Rows64
from geo.messages import N_, Message, Name, shortest
from geo.places import Area

TOO_WIDE = N_("{name} could not be kept whole: its municipalities are {km} km apart; {most} km was asked.")
TWO_PROVINCES = N_("{name} could not be kept whole: it lies in more than one province.")
TOO_WIDE_TOGETHER = N_(
    "{name} could not be kept whole: it shares a municipality with {other}, and both together are {km} km across; "
    "{most} km was asked."
)
PARTLY_OUTSIDE = N_("{name} lies partly outside the area; its municipalities inside stay together.")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AreaMunicipalities:
    """Municipalities of an area, with provinces and distances.

    Their n codes and province codes, and float64[n, n] kilometres between centres.
    """

    nis_codes: tuple[str, ...]
    provinces: tuple[str, ...]
    km: Floats

    def span_km(self, rows: Iterable[int]) -> float:
        """Return the kilometres between the two farthest apart."""
        chosen = np.array(sorted(rows), dtype=np.int64)
        return float(self.km[np.ix_(chosen, chosen)].max(initial=0.0))


@dataclass(frozen=True, slots=True, eq=False)
class KeptPartnerships:
    """Partnerships that are kept, and their municipalities.

    `block` is int64[n], one number for those who stay together; `areas` are the partnerships kept, with rows.
    """

    block: Rows64
    areas: tuple[tuple[Area, tuple[int, ...]], ...]
    notes: tuple[Message, ...]


def keep_partnerships(
    towns: AreaMunicipalities, partnerships: Sequence[Area], *, max_across_km: float, cross_provinces: bool
) -> KeptPartnerships:
    """Keep every partnership that fits, the largest first.

    Returns who stays together; those that share one are joined.
    """
    position = {code: at for at, code in enumerate(towns.nis_codes)}
    block = np.arange(len(towns.nis_codes), dtype=np.int64)
    areas: list[tuple[Area, tuple[int, ...]]] = []
    notes: list[Message] = []
    for area in sorted(partnerships, key=lambda each: (-len(each.nis_codes), each.code)):
        rows = [position[code] for code in area.nis_codes if code in position]
        if len(rows) < 2:
            continue
        joined = np.flatnonzero(np.isin(block, block[rows])).tolist()
        wide = _why_too_wide(towns, area, (rows, joined), areas, max_across_km)
        if len({towns.provinces[row] for row in rows}) > 1 and not cross_provinces:
            notes.append(Message(TWO_PROVINCES, {"name": _name(area)}))
        elif wide:
            notes.append(wide)
        else:
            areas.append((area, tuple(rows)))
            block[joined] = block[joined].min()
            notes += [Message(PARTLY_OUTSIDE, {"name": _name(area)})] if len(rows) < len(area.nis_codes) else []
    return KeptPartnerships(np.unique(block, return_inverse=True)[1].astype(np.int64), tuple(areas), tuple(notes))


def _why_too_wide(
    towns: AreaMunicipalities,
    area: Area,
    rows: tuple[list[int], list[int]],
    kept: Sequence[tuple[Area, tuple[int, ...]]],
    most_km: float,
) -> Message | None:
    """Return why a partnership does not fit, alone (its own rows) or with those it shares a municipality with."""
    own, joined = rows
    values: dict[str, object] = {"name": _name(area), "most": shortest(most_km)}
    if towns.span_km(own) > most_km:
        return Message(TOO_WIDE, values | {"km": round(towns.span_km(own), 1)})
    if towns.span_km(joined) > most_km:
        other = next(each for each, members in kept if set(members) & set(joined))
        return Message(TOO_WIDE_TOGETHER, values | {"other": _name(other), "km": round(towns.span_km(joined), 1)})
    return None


def _name(area: Area) -> Name:
    return Name(area.name_nl, area.name_fr)
