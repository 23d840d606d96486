"""Propose networks of municipalities."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from geo.arrays import Flags, Floats, Rows64
from geo.coverage import CoverageRequest
from geo.coverage.supply import Supply, supply_for
from geo.errors import RequestError
from geo.messages import N_, Message, Name, shortest
from geo.networks.kept_partnerships import AreaMunicipalities, KeptPartnerships, keep_partnerships
from geo.networks.partition.puzzle import Puzzle
from geo.networks.partition.solve import Answer, partition
from geo.networks.proposal import LeftOver, Network, NetworkProposal, Offer, Seat
from geo.networks.request import BAD_AREA, NetworkRequest
from geo.places import Gazetteer, Place
from geo.places.adjacency import Adjacency
from geo.places.municipalities import Municipality
from geo.places.place import PlaceKind
from geo.solver.control import LIMIT_S, Ended, Progress, SearchControl
from geo.store import Dataset

TOO_FEW_CHILDREN = N_(
    "{name} is left over: with everything it hangs together with, no farther than {km} km from it, it counts "
    "{children} children; {least} were asked."
)
NO_ROOM = N_(
    "{name} is left over: no way was found to give its network and all others {least} children within {km} km across."
)
SEARCH_STOPPED = N_("The search was stopped before its end; a search to the end may find a better division.")
SEARCH_LATE = N_(
    "The time was over before the search was at its end; with more time, or on a machine that is less busy, a better "
    "division may be found."
)
FEWEST_NOT_PROVEN = N_("It is not proven that no division leaves over fewer municipalities.")
NEIGHBOUR_BY_BRIDGE = N_("{name} borders no other municipality; it counts as a neighbour of {other}, {km} km away.")
PARTNERSHIP_APART = N_(
    "{name} does not hang together by its borders; its municipalities stay together because they already do."
)


def propose(  # noqa: PLR0913  (the options of one search)
    dataset: Dataset,
    adjacency: Adjacency,
    request: NetworkRequest,
    *,
    places: Sequence[Place] = (),
    time_limit_s: float = LIMIT_S,
    should_stop: Callable[[], bool] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> NetworkProposal:
    """Return the best networks for a request, or the best found, with how much better others could be.

    Parameters
    ----------
    dataset : Dataset
        Municipalities, children and services.
    adjacency : Adjacency
        Who borders whom.
    request : NetworkRequest
        What is asked. With the data version it alone decides the answer, as long as the time suffices: the search is
        bounded by its work, which an idle machine mostly does in far less.
    places : sequence of Place
        Where a seat can be, beside the centres of the members (see `seats`).
    time_limit_s : float
        After this the best found is returned.
    should_stop : callable or None
        Asked all the time, mostly many times a second and rarely a second apart; when it says yes, the best found is
        returned, and says that it was stopped.
    on_progress : callable or None
        Told what is being done, and which part of the work is over; called in the thread of the caller.

    Raises
    ------
    RequestError
        When no area has the code that is asked.
    CancelledError
        When `should_stop` said so before anything was found.
    """
    control = SearchControl(limit_s=time_limit_s, should_stop=should_stop, on_progress=on_progress)
    work = _Proposer.of(dataset, adjacency, request)
    answer = partition(work.puzzle, control)
    supply = supply_for(dataset, CoverageRequest(types=request.types, ages=request.ages))
    used = {work.towns.nis_codes[row] for group in answer.groups for row in group}
    bridges = tuple(each for each in adjacency.bridges if {each.nis_code, each.other} <= used)
    return NetworkProposal(
        request=request,
        networks=tuple(work.make_network(group, supply, places) for group in answer.groups),
        left_over=tuple(work.left_over(row) for row in answer.left),
        notes=tuple(work.notes(answer)),
        bridges=bridges,
        spread=answer.spread,
        bound=answer.bound,
        fewest_left=answer.fewest_left,
        data_version=dataset.data_version,
        ended=answer.ended,
    )


def possible_seats(gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the places where a seat can be.

    The centres of deelgemeenten with a name of their own.
    """
    prefix = f"{PlaceKind.SUBMUNICIPALITY}:"
    ids = sorted({place_id for _, place_id in gazetteer.names if place_id.startswith(prefix)})
    return tuple(place for place in map(gazetteer.by_id, ids) if place)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Proposer:
    """One request on its dataset: n municipalities, `at` their positions in `demand.nis_codes`."""

    dataset: Dataset
    adjacency: Adjacency
    request: NetworkRequest
    towns: AreaMunicipalities
    at: Rows64
    kept: KeptPartnerships
    puzzle: Puzzle

    @classmethod
    def of(cls, dataset: Dataset, adjacency: Adjacency, request: NetworkRequest) -> _Proposer:
        area = dataset.areas.by_code(request.area)
        if area is None:
            raise RequestError(Message(BAD_AREA, {"value": repr(request.area)}))
        codes = tuple(sorted(set(area.nis_codes) & dataset.demand.position.keys()))
        rows = [dataset.municipalities.by_nis[code] for code in codes]
        x, y = np.array([row.x for row in rows]), np.array([row.y for row in rows])
        km = np.hypot(x[:, None] - x, y[:, None] - y) / 1000
        towns = AreaMunicipalities(nis_codes=codes, provinces=tuple(row.province_code for row in rows), km=km)
        known = dataset.areas.partnerships if request.keep_partnerships else ()
        kept = keep_partnerships(
            towns, known, max_across_km=request.max_across_km, cross_provinces=request.cross_provinces
        )
        at = np.array([dataset.demand.position[code] for code in codes], dtype=np.int64)
        children = dataset.demand.per_municipality(dataset.demand.of(request.ages))[at]
        puzzle = Puzzle(
            children=children,
            km=km,
            borders=_find_joinable(adjacency, towns, kept, request),
            block=kept.block,
            min_children=request.min_children,
            max_km=request.max_across_km,
        )
        return cls(dataset=dataset, adjacency=adjacency, request=request, towns=towns, at=at, kept=kept, puzzle=puzzle)

    def town(self, row: int) -> Municipality:
        return self.dataset.municipalities.by_nis[self.towns.nis_codes[row]]

    def make_network(self, group: Sequence[int], supply: Supply, places: Sequence[Place]) -> Network:
        rows = np.array(group, dtype=np.int64)
        demand = self.dataset.demand
        per_group = [
            (ages, float(demand.per_municipality(demand.of([ages]))[self.at[rows]].sum()))
            for ages in self.request.groups
        ]
        inside = [(area, own) for area, own in self.kept.areas if set(own) <= set(group)]
        return Network(
            member_children=tuple((self.towns.nis_codes[row], float(self.puzzle.children[row])) for row in group),
            children=tuple(per_group),
            heart=self.towns.nis_codes[self.puzzle.heart(rows)],
            spread=self.puzzle.spread(rows),
            span_km=self.puzzle.span_km(rows),
            seat=self._choose_seat(group, places),
            offers=tuple(self._offers(group, supply)),
            partnerships=tuple(area.code for area, _ in inside),
            is_partnership=any(len(area.nis_codes) == len(own) == len(group) for area, own in inside),
        )

    def _choose_seat(self, group: Sequence[int], places: Sequence[Place]) -> Seat:
        codes = {self.towns.nis_codes[row] for row in group}
        own = [place for place in places if place.nis_code in codes] + [_centre_place(self.town(row)) for row in group]
        demand = self.dataset.demand
        is_inside = np.isin(demand.municipality, self.at[list(group)])
        children = demand.of(self.request.ages)[is_inside]
        x, y = demand.x[is_inside], demand.y[is_inside]
        away = np.hypot(np.array([place.x for place in own])[:, None] - x, np.array([p.y for p in own])[:, None] - y)
        mean: Floats = away @ children / max(float(children.sum()), 1e-9) / 1000
        best = int(mean.argmin())
        return Seat(place=own[best], mean_km=float(mean[best]))

    def _offers(self, group: Sequence[int], supply: Supply) -> Iterator[Offer]:
        codes = {self.towns.nis_codes[row] for row in group}
        serves = supply.serves[:, self.at[list(group)]]
        services = [self.dataset.directory.services[int(row)] for row in supply.rows]
        for kind in sorted(self.request.types):
            of_kind = [at for at, service in enumerate(services) if service.service_type is kind and serves[at].any()]
            located = {at for at in of_kind if codes & {place.nis_code for place in services[at].locations}}
            is_served = [bool(serves[of_kind, at].any()) for at in range(len(group))]
            yield Offer(
                service_type=kind,
                located=tuple(services[at].id for at in of_kind if at in located),
                serving=tuple(services[at].id for at in of_kind if at not in located),
                without=tuple(
                    self.towns.nis_codes[row] for row, known in zip(group, is_served, strict=True) if not known
                ),
            )

    def left_over(self, row: int) -> LeftOver:
        """Return why a municipality is in no network."""
        puzzle, town = self.puzzle, self.town(row)
        block = np.flatnonzero(puzzle.block == puzzle.block[row])
        is_near: Flags = puzzle.km[block].max(axis=0) <= puzzle.across
        reached: Flags = np.zeros(len(is_near), dtype=np.bool_)
        frontier: Flags = np.isin(np.arange(len(is_near)), block)
        while (frontier & ~reached).any():
            reached |= frontier
            frontier = (puzzle.borders[frontier].sum(axis=0) > 0) & is_near
        count = float(puzzle.children[reached].sum())
        values: dict[str, object] = {
            "name": Name(town.name_nl, town.name_fr),
            "km": shortest(self.request.max_across_km),
            "least": self.request.min_children,
        }
        why = (
            Message(NO_ROOM, values)
            if count >= puzzle.enough
            else Message(TOO_FEW_CHILDREN, values | {"children": int(count)})
        )
        return LeftOver(nis_code=self.towns.nis_codes[row], children=float(puzzle.children[row]), why=why)

    def notes(self, answer: Answer) -> Iterator[Message]:
        """Yield what a reader must know of the whole."""
        yield from self.kept.notes
        by_nis = self.dataset.municipalities.by_nis
        for bridge in self.adjacency.bridges:
            if {bridge.nis_code, bridge.other} <= set(self.towns.nis_codes):
                one, other = (by_nis[code] for code in (bridge.nis_code, bridge.other))
                names = {"name": Name(one.name_nl, one.name_fr), "other": Name(other.name_nl, other.name_fr)}
                yield Message(NEIGHBOUR_BY_BRIDGE, names | {"km": round(bridge.gap_m / 1000, 1)})
        borders = self.adjacency.borders_among(self.towns.nis_codes)
        for area, rows in self.kept.areas:
            own = borders[np.ix_(rows, rows)] | np.eye(len(rows), dtype=np.bool_)
            if not np.linalg.matrix_power(own.astype(np.int64), len(rows)).all():
                yield Message(PARTNERSHIP_APART, {"name": Name(area.name_nl, area.name_fr)})
        if answer.fewest_left < len(answer.left):
            yield Message(FEWEST_NOT_PROVEN)
        if answer.ended is not Ended.DONE:
            yield Message(SEARCH_STOPPED if answer.ended is Ended.STOPPED else SEARCH_LATE)


def _find_joinable(
    adjacency: Adjacency, towns: AreaMunicipalities, kept: KeptPartnerships, request: NetworkRequest
) -> Flags:
    """Return bool[n, n]: neighbours that may be in one network, and those who already are."""
    borders = adjacency.borders_among(towns.nis_codes)
    if not request.cross_provinces:
        provinces = np.array(towns.provinces)
        borders &= provinces[:, None] == provinces
    together: Flags = kept.block[:, None] == kept.block
    joinable: Flags = (borders | together) & ~np.eye(len(towns.nis_codes), dtype=np.bool_)
    return joinable


def _centre_place(town: Municipality) -> Place:
    return Place(
        id=f"{PlaceKind.MUNICIPALITY}:{town.nis_code}",
        kind=PlaceKind.MUNICIPALITY,
        name_nl=town.name_nl,
        name_fr=town.name_fr,
        nis_code=town.nis_code,
        municipality_nl=town.name_nl,
        municipality_fr=town.name_fr,
        lon=town.lon,
        lat=town.lat,
        x=town.x,
        y=town.y,
    )
