"""Coverage report: one row per area, with its evidence."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from geo.arrays import Flags, Floats, Rows64
from geo.coverage.counting.point_sums import PointSums
from geo.coverage.measures import MEASURES, Measure, MeasureInfo, Unit
from geo.coverage.peers import find_peers
from geo.coverage.request import CoverageRequest
from geo.coverage.row import FEW_CHILDREN, CoverageRow, Evidence, State, rank_rows, state_of_parts
from geo.coverage.supply import Supply
from geo.directory.freshness import freshness
from geo.directory.partnerships import NO_AREA
from geo.directory.service import Confidence, Freshness, Service
from geo.errors import RequestError
from geo.messages import Message
from geo.places.areas import Area, AreaLevel, areas_at
from geo.store.dataset import Dataset

__all__ = ["FEW_CHILDREN", "CoverageReport", "CoverageRow", "Evidence", "State", "area_of_request"]


@dataclass(frozen=True, kw_only=True, eq=False)
class CoverageReport:
    """Answer to a coverage request; rows are made when asked for."""

    dataset: Dataset
    request: CoverageRequest
    today: dt.date
    supply: Supply
    point_sums: PointSums

    @property
    def info(self) -> MeasureInfo:
        """The measure."""
        return MEASURES[self.request.measure]

    @property
    def data_version(self) -> str:
        """The version of the data."""
        return self.dataset.data_version

    @cached_property
    def area(self) -> Area:
        """The area asked for."""
        return area_of_request(self.dataset, self.request)

    @cached_property
    def rows(self) -> tuple[CoverageRow, ...]:
        """The municipalities of the area, by NIS code."""
        return self.by(AreaLevel.MUNICIPALITY)

    @cached_property
    def total(self) -> CoverageRow:
        """The whole area as one row."""
        return self._make_row(self.area)

    def by(self, level: AreaLevel) -> tuple[CoverageRow, ...]:
        """Return the rows of a level, by code.

        A level of `areas.SUMMED_LEVELS`, over the municipalities of the area.
        """
        wanted = set(self.area.nis_codes)
        members = [town for town in self.dataset.municipalities if town.nis_code in wanted]
        rows = [self._make_row(area) for area in areas_at(members, level)]
        return rank_rows(rows, is_better_high=self.info.is_better_high)

    def row_of(self, area: Area) -> CoverageRow:
        """Return any area as one row."""
        return self._make_row(area)

    def dependence(self) -> list[tuple[Service, float]]:
        """Return the services that children depend on alone.

        With the children of the area who depend on each, most first (fragility only).
        """
        dependants = self.point_sums.dependants[:, self._positions_of(self.area)].sum(axis=1)
        order = np.argsort(-dependants, kind="stable")
        found = [(self.service(int(at)), float(dependants[at])) for at in order]
        return [(service, children) for service, children in found if children > 0]

    def service(self, at: int) -> Service:
        """Return the service at a position of the supply."""
        return self.dataset.directory.services[int(self.supply.rows[at])]

    # --- per municipality ------------------------------------------------------------------------------------

    @cached_property
    def children(self) -> Floats:
        """float64[k]: the children of the chosen ages per municipality."""
        return self.dataset.demand.per_municipality(self.dataset.demand.of(self.request.groups))

    @cached_property
    def column_sums(self) -> dict[str, Floats]:
        """float64[k] per column of the point sums.

        Where nothing is recorded the bounds are the best and worst there are.
        """
        names = ("value", "low", "high", "weight", "reached", "possible")
        sums = {name: self.dataset.demand.per_municipality(getattr(self.point_sums, name)) for name in names}
        silent = ~self.supply.is_recorded
        if not self.info.is_better_high:
            sums["low"][silent] = 0.0
        if self.info.unit is not Unit.METRES:
            sums["high"][silent] = sums["weight"][silent] if self.info.unit is Unit.SHARE else np.inf
        return sums

    @cached_property
    def _columns(self) -> Floats:
        """float64[6, k]: the sums, one below another."""
        return np.array(list(self.column_sums.values()))

    @cached_property
    def states(self) -> tuple[State, ...]:
        """The state of each of the k municipalities.

        Unknown is where nobody is reached as far as we know, and either no trustworthy record of these types speaks
        of the municipality or one around it, or more than half of its children may be reached, depending on where
        doors stand that we do not know. A distance is also unknown where no known door stands in the municipality and
        an unknown one may: a nearer one may exist. So is what has no children.
        """
        measure = self.request.measure
        is_choice = measure is Measure.CHOICE
        is_reached = self.column_sums["value" if is_choice else "reached"] > 0
        is_unsure = ~self.supply.is_recorded
        if measure in (Measure.NEAREST, Measure.NEIGHBOUR):
            is_unsure |= self.supply.hides.any(axis=0)
            is_reached &= ~is_unsure | np.isin(np.arange(len(is_unsure)), self.supply.doors.municipality)
        is_unsure |= self.column_sums["high" if is_choice else "possible"] > self.children / 2
        is_unsure |= self.children <= 0
        return tuple(
            State.REACHED if reached else State.UNKNOWN if unsure else State.NOT_REACHED
            for reached, unsure in zip(is_reached, is_unsure, strict=True)
        )

    @cached_property
    def peer_positions(self) -> Rows64:
        """int64[k, 8]: positions of the peers of each municipality.

        -1 where there is none.
        """
        return find_peers(self.dataset, self.children)

    @cached_property
    def _service_marks(self) -> Flags:
        """bool[4, s]: whether each service counts as a record, a fresh one, one with a door, one of high confidence."""
        services = [self.service(at) for at in range(len(self.supply.rows))]
        is_fresh = [freshness(each.assured_date, self.today) is Freshness.FRESH for each in services]
        is_located = np.isin(np.arange(len(services)), self.supply.doors.service)
        is_high = [each.confidence is Confidence.HIGH for each in services]
        return np.array([np.ones(len(services)), is_fresh, is_located, is_high], dtype=np.bool_)

    @cached_property
    def _peers_values(self) -> list[float | None]:
        """What the peers of each municipality have together; None when we do not know it for most of their children."""
        at, is_peer = self.peer_positions, self.peer_positions >= 0

        def together(column: Floats) -> Floats:
            found: Floats = np.where(is_peer, column[at], 0.0).sum(axis=1)
            return found

        is_unknown = np.array([state is State.UNKNOWN for state in self.states])
        is_known = together(self.children * is_unknown) <= together(self.children) / 2
        values, weights = together(self.column_sums["value"]).tolist(), together(self.column_sums["weight"]).tolist()
        return [
            _divide_known(value, weight) if known else None
            for value, weight, known in zip(values, weights, is_known & is_peer.any(axis=1), strict=True)
        ]

    # --- one row -------------------------------------------------------------------------------------------------

    def _positions_of(self, area: Area) -> Rows64:
        """Return the positions of the municipalities of an area; codes that are none of 2025 are left out."""
        position = self.dataset.demand.position
        return np.array([position[code] for code in area.nis_codes if code in position], dtype=np.int64)

    def _make_row(self, area: Area) -> CoverageRow:
        at = self._positions_of(area)
        sums = dict(zip(self.column_sums, self._columns[:, at].sum(axis=1).tolist(), strict=True))
        children = float(self.children[at].sum())
        found = [self.states[each] for each in at]
        value = _divide_known(sums["value"], sums["weight"])
        row = CoverageRow(
            area=area,
            children=children,
            value=value,
            low=_divide_known(sums["low"], sums["weight"]),
            high=_divide_known(sums["high"], sums["weight"]),
            p90_m=self._distance_percentile(at, 0.9) if self.request.measure is Measure.NEAREST else None,
            children_reached=sums["reached"],
            state=state_of_parts([state for each, state in zip(at, found, strict=True) if self.children[each] > 0]),
            states={state: found.count(state) for state in State},
            children_in={
                s: float(sum(self.children[a] for a, f in zip(at, found, strict=True) if f is s)) for s in State
            },
            is_small=round(children, 1) < FEW_CHILDREN,
            evidence=self._evidence_of(at),
        )
        return self._with_context(row, int(at[0])) if area.level is AreaLevel.MUNICIPALITY else row

    def _with_context(self, row: CoverageRow, at: int) -> CoverageRow:
        """Return the row of a municipality with its need, its peers and where its children go."""
        codes = self.dataset.demand.nis_codes
        alike = [int(peer) for peer in self.peer_positions[at] if peer >= 0]
        away = self.point_sums.destinations[at]
        goes = int(away.argmax()) if away.any() else -1
        return replace(
            row,
            deprivation_pct=self.dataset.need.deprivation_pct.get(codes[at]),
            peers=tuple(codes[peer] for peer in alike),
            peers_value=self._peers_values[at],
            neighbour=codes[goes] if goes >= 0 else "",
            neighbour_share=float(away[goes] / self.column_sums["weight"][at]) if goes >= 0 else 0.0,
        )

    def _evidence_of(self, at: Rows64) -> Evidence:
        bears = self.point_sums.bears[:, at].any(axis=1)
        return Evidence(*(self._service_marks & bears).sum(axis=1).tolist())

    def _distance_percentile(self, at: Rows64, part: float) -> float | None:
        """Return the least distance within which at least a part of the children have their nearest service."""
        inside = np.isin(self.dataset.demand.municipality, at)
        pairs = [(distance[inside], children[inside]) for distance, children in self.point_sums.distances]
        distance = np.concatenate([pair[0] for pair in pairs]) if pairs else np.zeros(0)
        children = np.concatenate([pair[1] for pair in pairs]) if pairs else np.zeros(0)
        order = np.argsort(distance[children > 0], kind="stable")
        counted = np.cumsum(children[children > 0][order])
        if not len(counted):
            return None
        first = int(np.searchsorted(counted, part * counted[-1] * (1 - 1e-12)))
        return float(distance[children > 0][order][first])


def area_of_request(dataset: Dataset, request: CoverageRequest) -> Area:
    """Return the area that a request asks for.

    Raises RequestError when there is none.
    """
    found = dataset.areas.by_code(request.area)
    if found is None:
        raise RequestError(Message(NO_AREA, {"value": repr(request.area)}))
    return found


def _divide_known(total: float, weight: float) -> float | None:
    """Return a sum divided by children; None for nobody, and for what has no bound."""
    return total / weight if weight > 0 and math.isfinite(total) else None
