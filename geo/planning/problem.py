"""The siting problem of a plan request, in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from geo.ages import CHILD_AGES
from geo.arrays import Flags, Floats, Rows64
from geo.coverage import Measure
from geo.coverage.supply import Doors, Supply, supply_for
from geo.directory.index import for_age
from geo.directory.partnerships import NO_AREA
from geo.errors import RequestError
from geo.messages import N_, Message
from geo.places import Area, AreaLevel
from geo.planning.candidates import Candidate, CandidateBook
from geo.planning.request import PlanRequest
from geo.store import Dataset

NO_CHILDREN = N_("No children of these ages live in the area")
NO_SERVICE = N_("{value} is no service of the directory; expected the id of one")
_CELLS = 2_000_000  # distances worked out at a time


@dataclass(frozen=True, kw_only=True, eq=False)
class SitingProblem:
    """A plan request in numbers.

    n groups of children who live at one point and for whom the same services count.

    `point` is int64[n], the position in the demand; `children` float64[n], above 0; `factor` float64[n], what one
    child weighs; `before_m` and `base_m` float64[n], metres to the nearest known door today and once services have
    closed, infinite without any; `is_asked` bool[n], whether the group counts for the objective.
    """

    book: CandidateBook
    request: PlanRequest
    area: Area
    candidates: tuple[Candidate, ...]
    supply: Supply
    point: Rows64
    children: Floats
    factor: Floats
    before_m: Floats
    base_m: Floats
    is_asked: Flags

    @property
    def weight(self) -> Floats:
        """float64[n]: the children of each group, weighed by need."""
        return self.children * self.factor

    @property
    def municipality(self) -> npt.NDArray[np.int32]:
        """int32[n]: the position of the municipality of each group in `Demand.nis_codes`."""
        found: npt.NDArray[np.int32] = self.book.dataset.demand.municipality[self.point]
        return found

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The position of each candidate by id."""
        return {each.id: at for at, each in enumerate(self.candidates)}

    def distance_m(self, sites: Sequence[Candidate], rows: Flags | None = None) -> Floats:
        """Return float64[n, k]: straight-line metres from groups to places.

        From all groups, or some.
        """
        demand = self.book.dataset.demand
        point = self.point if rows is None else self.point[rows]
        x, y = np.array([site.x for site in sites]), np.array([site.y for site in sites])
        found: Floats = np.hypot(demand.x[point, None] - x, demand.y[point, None] - y)
        return found


def problem_of(book: CandidateBook, request: PlanRequest) -> SitingProblem:
    """Return the numbers of a request.

    Raises
    ------
    RequestError
        The area, a service or a candidate that the request names is not known, or nobody lives in the area.
    """
    area = area_of_codes(book.dataset, request.area)
    candidates = book.candidates(request, area.nis_codes)
    supply = supply_for(book.dataset, request.coverage(Measure.REACH))
    stays = ~_is_closing(book.dataset, request, supply)
    parts = [
        _group_columns(book.dataset, (groups, selected), supply, stays)
        for groups, selected in _ages_and_services(book.dataset, request, supply)
    ]
    point, children, before, base = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    inside = np.isin(book.dataset.demand.municipality[point], _municipality_positions(book.dataset, area.nis_codes))
    asked = inside | (request.demand_outside & _is_near_candidate(book.dataset, point, candidates, request.reach_m))
    if not asked.any():
        raise RequestError(Message(NO_CHILDREN))
    return SitingProblem(
        book=book,
        request=request,
        area=area,
        candidates=candidates,
        supply=supply,
        point=point,
        children=children,
        factor=need_factor(book.dataset, request)[book.dataset.demand.municipality[point]],
        before_m=before,
        base_m=base,
        is_asked=asked,
    )


def area_of_codes(dataset: Dataset, codes: str) -> Area:
    """Return the area of one or several codes.

    Several are joined by "+" and are one area; raises RequestError for one that is not known.
    """
    parts = []
    for code in dict.fromkeys(codes.split("+")):
        found = dataset.areas.by_code(code)
        if found is None:
            raise RequestError(Message(NO_AREA, {"value": repr(code[:60])}))
        parts.append(found)
    if len(parts) == 1:
        return parts[0]
    members = tuple(sorted({code for part in parts for code in part.nis_codes}))
    names = [" + ".join(part.name(language) for part in parts) for language in ("nl", "fr")]
    return Area(codes, AreaLevel.PARTNERSHIP, names[0], names[1], members)


def need_factor(dataset: Dataset, request: PlanRequest) -> Floats:
    """Return float64[k]: what one child of each municipality weighs; see `PlanRequest.need_weight`."""
    children = dataset.demand.per_municipality(dataset.demand.of(request.groups))
    index = np.array([dataset.need.deprivation_pct.get(code, np.nan) for code in dataset.demand.nis_codes])
    known = np.isfinite(index) & (children > 0)
    mean = float(np.average(index[known], weights=children[known])) if known.any() else 0.0
    ratio = np.where(np.isfinite(index), index, mean) / mean if mean > 0 else np.ones_like(index)
    factor: Floats = (1 - request.need_weight) + request.need_weight * ratio
    return factor


def _is_closing(dataset: Dataset, request: PlanRequest, supply: Supply) -> Flags:
    """Return bool[s]: which services of the supply close."""
    if unknown := sorted(request.closed - dataset.directory.by_id.keys()):
        raise RequestError(Message(NO_SERVICE, {"value": repr(unknown[0][:60])}))
    ids = [dataset.directory.services[int(row)].id for row in supply.rows]
    return np.array([each in request.closed for each in ids], dtype=np.bool_)


def _ages_and_services(dataset: Dataset, request: PlanRequest, supply: Supply) -> list[tuple[list[int], Flags]]:
    """Return the age groups (positions in `CHILD_AGES`) for whom the same services count, and those services."""
    found: dict[bytes, list[int]] = {}
    for group in request.groups:
        key = for_age(dataset.directory, group)[supply.rows].tobytes()
        found.setdefault(key, []).append(CHILD_AGES.index(group))
    return [(ages, np.frombuffer(key, dtype=np.bool_)) for key, ages in found.items()]


def _group_columns(
    dataset: Dataset, asked: tuple[list[int], Flags], supply: Supply, stays: Flags
) -> tuple[Rows64, Floats, Floats, Floats]:
    """Return points, children, and metres to the nearest door before and after services close."""
    ages, selected = asked
    children = dataset.demand.children[:, ages].sum(axis=1)
    point = np.flatnonzero(children > 0)
    before = _nearest_door_m(dataset, point, supply.doors.of(selected))
    is_same = not (selected & ~stays).any()
    base = before if is_same else _nearest_door_m(dataset, point, supply.doors.of(selected & stays))
    return point, children[point], before, base


def _nearest_door_m(dataset: Dataset, point: Rows64, doors: Doors) -> Floats:
    """Return float64[points]: metres to the nearest door."""
    x, y = dataset.demand.x[point], dataset.demand.y[point]
    found: Floats = np.hypot(x[:, None] - doors.x, y[:, None] - doors.y).min(axis=1, initial=np.inf)
    return found


def _municipality_positions(dataset: Dataset, nis_codes: Iterable[str]) -> list[int]:
    return [dataset.demand.position[code] for code in nis_codes]


def _is_near_candidate(dataset: Dataset, point: Rows64, candidates: Sequence[Candidate], reach_m: float) -> Flags:
    """Return bool[points]: whether some candidate is within reach."""
    x, y = np.array([each.x for each in candidates]), np.array([each.y for each in candidates])
    near = np.zeros(len(point), dtype=np.bool_)
    step = max(1, _CELLS // max(1, len(candidates)))
    for first in range(0, len(point), step):
        part = point[first : first + step]
        away = np.hypot(dataset.demand.x[part, None] - x, dataset.demand.y[part, None] - y)
        near[first : first + step] = (away <= reach_m).any(axis=1)
    return near
