"""Search the services for a family at a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from geo.ages import AgeGroup
from geo.arrays import Flags, Floats, Rows64
from geo.directory.directory import Directory
from geo.directory.index import NO_ROWS, TYPES, for_age
from geo.directory.service_types import ServiceType
from geo.finder.filters import CriterionMatch, ServiceFilter, match_all, meets_other_criteria
from geo.finder.hints import SIGHT_M, Hints, hints_for
from geo.finder.proximity import NOT_SERVING, Hit, Proximity
from geo.places.municipalities import Municipalities
from geo.places.place import Place

__all__ = ["DEFAULT_LIMIT", "Hit", "SearchResult", "search"]

DEFAULT_LIMIT = 500
"""Hits made ready in each list, unless the caller says otherwise."""


class Searchable(Protocol):
    """What can be searched, such as a `Dataset`."""

    @property
    def directory(self) -> Directory:
        """The services."""

    @property
    def municipalities(self) -> Municipalities:
        """The municipalities."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchResult:
    """The answer to one search; rows are positions in `Directory.services`.

    Attributes
    ----------
    serving : tuple of Hit
        What serves the municipality of the place: for families before for professionals; then by level
        (municipality, province, region, everywhere), leads last, type, distance where known, and name. Empty
        without a place.
    nearby : tuple of Hit
        Every located match, once, at its nearest location, by straight-line distance, those of `serving` too and
        across all borders. Leads (low confidence, or announced) come after the rest, what is for professionals
        last. Empty without a place.
    around_place, around_rows : tuple of Hit, array
        What serves neither the place nor has a point, but is for a municipality whose centre lies within 12 km
        (`NEIGHBOUR_M`), that of the nearest centre first: near enough to ask, too little known to measure.
    serving_rows, nearby_rows, nearby_distance_m : arrays
        The first two lists in full, of which `serving` and `nearby` hold the first `limit`; metres.
    only_nearby_rows : array
        `nearby_rows` without what serves the place.
    rows : array
        Every match that is shown, once: with a place serving, only nearby and around, in this order; without one
        all matches, by: families first, leads last, type, name of the municipality, name.
    mask : bool[n]
        All services that are wanted and still offered, shown or not.
    counts_by_type, counts_by_age : dict
        How many services each choice would give under all *other* criteria: of the whole directory without a
        place, otherwise of those that serve the place, stand within 15 km (`SIGHT_M`) of it or are around it.
    hints : Hints
        Ways on when little is found.
    """

    place: Place | None
    wanted: ServiceFilter
    serving: tuple[Hit, ...]
    nearby: tuple[Hit, ...]
    serving_rows: Rows64
    nearby_rows: Rows64
    nearby_distance_m: Floats
    only_nearby_rows: Rows64
    around_place: tuple[Hit, ...]
    around_rows: Rows64
    rows: Rows64
    mask: Flags
    counts_by_type: dict[ServiceType, int]
    counts_by_age: dict[AgeGroup, int]
    hints: Hints
    proximity: Proximity = field(repr=False)

    @property
    def total_serving(self) -> int:
        """Number of services in the full list of what serves the place."""
        return len(self.serving_rows)

    @property
    def total_nearby(self) -> int:
        """Number of services in the full list of what is near."""
        return len(self.nearby_rows)

    @property
    def total(self) -> int:
        """Number of services shown, each counted once."""
        return len(self.rows)

    def hits(self, rows: Sequence[int] | Rows64) -> tuple[Hit, ...]:
        """Return the hits of some rows, such as a page of `rows`."""
        return tuple(self.proximity.hit(int(row)) for row in rows)


def search(
    dataset: Searchable,
    place: Place | None,
    wanted: ServiceFilter,
    *,
    now: dt.datetime,
    limit: int | None = DEFAULT_LIMIT,
) -> SearchResult:
    """Return what serves a place and what is near it.

    Under some criteria.

    Parameters
    ----------
    dataset : Searchable
        A directory and its municipalities.
    place : Place or None
        Where the family is. Distances start at its point: the exact coordinates of a position, otherwise the point
        that the gazetteer gives it (the population-weighted centre of a municipality). None searches everything.
    wanted : ServiceFilter
        The criteria.
    now : datetime with time zone
        The moment that `open_now` speaks of.
    limit : int or None
        Hits to make ready in each list; None makes all. The arrays are always complete.

    Notes
    -----
    What serves is what names the municipality, its province or its region as service area; a service without any
    service area of which only the municipality is known counts as serving that one. Distances are straight lines
    in EPSG:3812: they ignore rivers, roads and timetables.
    """
    proximity = Proximity.of(dataset.directory, dataset.municipalities, place)
    judged = wanted.judgements(dataset.directory, now=now)
    mask = match_all(proximity.index.findable, judged.values())
    serving_rows = _serving_rows(proximity, mask)
    nearby_rows = _nearby_rows(proximity, mask)
    only_nearby = nearby_rows[proximity.level[nearby_rows] == NOT_SERVING]
    neighbours = _around_rows(proximity, mask)
    together = np.concatenate([serving_rows, only_nearby, neighbours])
    listed = together if place else _all_rows(proximity, dataset.municipalities, mask)
    return SearchResult(
        place=place,
        wanted=wanted,
        serving=tuple(proximity.hit(int(row)) for row in serving_rows[:limit]),
        nearby=tuple(proximity.hit(int(row)) for row in nearby_rows[:limit]),
        serving_rows=serving_rows,
        nearby_rows=nearby_rows,
        nearby_distance_m=proximity.distance_m[nearby_rows],
        only_nearby_rows=only_nearby,
        around_place=tuple(proximity.hit(int(row)) for row in neighbours[:limit]),
        around_rows=neighbours,
        rows=listed,
        mask=mask,
        counts_by_type=_counts_by_type(proximity, judged),
        counts_by_age=_counts_by_age(proximity, judged),
        hints=hints_for(proximity, wanted, judged, mask),
        proximity=proximity,
    )


def _serving_rows(proximity: Proximity, mask: Flags) -> Rows64:
    rows = np.flatnonzero(mask & proximity.serves)
    index = proximity.index
    order = (
        *(index.rank[rows], proximity.distance_m[rows], proximity.directory.type_code[rows], index.is_doubtful[rows]),
        *(proximity.level[rows], ~index.is_family[rows]),
    )
    return rows[np.lexsort(order)] if len(rows) else NO_ROWS


def _around_rows(proximity: Proximity, mask: Flags) -> Rows64:
    rows = np.flatnonzero(mask & ~proximity.serves & np.isfinite(proximity.centre_distance_m))
    index = proximity.index
    return rows[np.lexsort((index.rank[rows], proximity.centre_distance_m[rows], index.is_doubtful[rows]))]


def _nearby_rows(proximity: Proximity, mask: Flags) -> Rows64:
    rows = np.flatnonzero(mask & np.isfinite(proximity.distance_m))
    index = proximity.index
    last = (~index.is_family[rows]) * 2.0 + index.is_doubtful[rows]
    beyond_all = proximity.distance_m[rows].max(initial=0.0) + 1.0
    return rows[np.argsort(last * beyond_all + proximity.distance_m[rows], kind="stable")]


def _all_rows(proximity: Proximity, municipalities: Municipalities, mask: Flags) -> Rows64:
    order = proximity.index.list_order(municipalities.by_nis)
    return order[mask[order]]


def _counts_by_type(proximity: Proximity, judged: dict[str, CriterionMatch]) -> dict[ServiceType, int]:
    counted = meets_other_criteria(proximity.directory, judged, "types") & proximity.in_sight(SIGHT_M)
    counts = np.bincount(proximity.directory.type_code[counted], minlength=len(TYPES))
    return {kind: int(count) for kind, count in zip(TYPES, counts, strict=True)}


def _counts_by_age(proximity: Proximity, judged: dict[str, CriterionMatch]) -> dict[AgeGroup, int]:
    counted = meets_other_criteria(proximity.directory, judged, "ages") & proximity.in_sight(SIGHT_M)
    return {group: int((counted & for_age(proximity.directory, group)).sum()) for group in AgeGroup}
