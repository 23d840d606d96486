"""Hints for a reader who finds little."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from geo.arrays import Flags
from geo.directory.directory import TYPE_CODES
from geo.finder.filters import CriterionMatch, ServiceFilter, match_all, meets_other_criteria
from geo.finder.proximity import SERVICE_AREA_LEVELS, Hit, Proximity
from geo.places.place import ServiceAreaLevel

NEAR_M = 10_000
"""How far away a service still counts as something found, in metres."""
SIGHT_M = 15_000
"""Metres within which a service counts beside the choices.

What is around counts as well.
"""
FEW_HINTS = 3
"""With fewer local services for families than this, little is found."""
MOST_EVERYWHERE = 20
"""Services that serve everywhere are listed up to this number."""
_EVERYWHERE = SERVICE_AREA_LEVELS.index(ServiceAreaLevel.EVERYWHERE)


@dataclass(frozen=True, slots=True)
class CriterionHint:
    """What leaving one criterion open would bring back.

    So many local services, and the nearest of all.
    """

    name: str
    comes_back: int
    nearest: Hit | None


@dataclass(frozen=True, slots=True)
class Hints:
    """Ways on, for a reader who finds little.

    Attributes
    ----------
    is_little : bool
        Fewer than `FEW_HINTS` services for families are local: they serve the municipality, its province or region, or
        stand within `NEAR_M` metres. Those that serve everywhere count only when their type was asked for, since
        they say nothing of this place. Without a place, everything in the directory is local.
    criterion : CriterionHint or None
        The criterion that took most away, when little is found and leaving it open brings something back.
    nearest_match : Hit or None
        The nearest located service for families that meets all criteria, however far, when little is found.
    everywhere : tuple of service ids
        What serves all of Flanders and Brussels for these ages, whatever the other criteria: leads last, then by
        type and name; always filled, with at most `MOST_EVERYWHERE`.
    hidden_unknown : dict of criterion to count
        How many services in sight meet all other criteria and do not say whether they meet this one; always filled
        for the active criteria, zeros left out.
    nothing_known : bool
        No trustworthy local record meets the criteria: that is absence of data, not of help. Leads (low
        confidence, or announced) are not trustworthy.
    """

    is_little: bool = False
    criterion: CriterionHint | None = None
    nearest_match: Hit | None = None
    everywhere: tuple[str, ...] = ()
    hidden_unknown: dict[str, int] = field(default_factory=dict)
    nothing_known: bool = False


def hints_for(proximity: Proximity, wanted: ServiceFilter, judged: dict[str, CriterionMatch], mask: Flags) -> Hints:
    """Return the hints of one search.

    Parameters
    ----------
    around : Surroundings
        The services as seen from the place.
    wanted : ServiceFilter
        The criteria.
    judged : dict of criterion to Judgement
        How each service meets each active criterion.
    mask : bool[n]
        The services that meet them all.
    """
    families = proximity.index.is_family
    local = _is_local(proximity, wanted) & families
    found = mask & local
    is_little = int(found.sum()) < FEW_HINTS
    return Hints(
        is_little=is_little,
        criterion=_costliest_criterion(proximity, judged, local=local) if is_little else None,
        nearest_match=_nearest_hit(proximity, mask & families) if is_little else None,
        everywhere=_everywhere_ids(proximity, judged),
        hidden_unknown=_count_hidden(proximity, judged),
        nothing_known=not (found & ~proximity.index.is_doubtful).any(),
    )


def _is_local(proximity: Proximity, wanted: ServiceFilter) -> Flags:
    """Return per service whether it is something of this place; see `Hints.is_little`."""
    asked_for = np.isin(proximity.directory.type_code, [TYPE_CODES[kind] for kind in wanted.types])
    of_this_place: Flags = (proximity.level != _EVERYWHERE) | (proximity.distance_m <= NEAR_M) | asked_for
    return proximity.within(NEAR_M) & of_this_place


def _costliest_criterion(
    proximity: Proximity, judged: dict[str, CriterionMatch], *, local: Flags
) -> CriterionHint | None:
    """Return the criterion without which most comes back, or, where none helps here, without which most is nearest."""
    hints = []
    for name, judgement in judged.items():
        more = meets_other_criteria(proximity.directory, judged, name) & ~judgement.matches
        nearest = _nearest_hit(proximity, more & proximity.index.is_family)
        hints.append(CriterionHint(name, int((more & local).sum()), nearest))
    helping = [hint for hint in hints if hint.comes_back or hint.nearest]
    return min(helping, key=lambda hint: (-hint.comes_back, _distance_m(hint.nearest)), default=None)


def _nearest_hit(proximity: Proximity, mask: Flags) -> Hit | None:
    """Return the nearest located service of a mask, a lead only when there is nothing else."""
    for group in (mask & ~proximity.index.is_doubtful, mask):
        rows = np.flatnonzero(group & np.isfinite(proximity.distance_m))
        if len(rows):
            return proximity.hit(int(rows[np.argmin(proximity.distance_m[rows])]))
    return None


def _distance_m(hit: Hit | None) -> float:
    return np.inf if hit is None or hit.distance_m is None else hit.distance_m


def _everywhere_ids(proximity: Proximity, judged: dict[str, CriterionMatch]) -> tuple[str, ...]:
    """Return the ids of what serves everywhere for the wanted ages, leads last."""
    index = proximity.index
    mask = match_all(
        index.findable & index.is_family & index.serves_everywhere, [judged[name] for name in judged if name == "ages"]
    )
    rows = np.flatnonzero(mask)
    first = rows[np.argsort(index.rank[rows])][:MOST_EVERYWHERE]
    return tuple(proximity.directory.services[row].id for row in first)


def _count_hidden(proximity: Proximity, judged: dict[str, CriterionMatch]) -> dict[str, int]:
    """Return per criterion how many services in sight are silent on it and meet the others."""
    in_sight = proximity.in_sight(SIGHT_M)
    counts = {
        name: int((meets_other_criteria(proximity.directory, judged, name) & judgement.unknown & in_sight).sum())
        for name, judgement in judged.items()
        if judgement.unknown.any()
    }
    return {name: count for name, count in counts.items() if count}
