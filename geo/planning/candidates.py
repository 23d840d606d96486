"""Candidates: deelgemeenten, stations, existing doors and given points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np

from geo.arrays import Floats
from geo.crs import to_drawing
from geo.directory import Location, Service
from geo.directory.index import FINDABLE_STATUSES
from geo.errors import RequestError
from geo.messages import N_, Message
from geo.parquet import read_columns
from geo.places import Gazetteer, Place
from geo.planning.choices import CandidateKind
from geo.planning.request import PlanRequest
from geo.requests.points import Point, point, point_text, rounded
from geo.store import Dataset
from geo.store.dataset import DEMAND_FILE

SUBMUNICIPALITIES_FILE = Path("boundaries") / "submunicipalities.parquet"
STATION_PREFIX, SUBMUNICIPALITY_PREFIX, LOCATION_PREFIX, POINT_PREFIX = (
    "station:",
    "submunicipality:",
    "location:",
    "point:",
)
"""What the ids of candidates begin with; what follows is the code of a place, the id of a location, `LON_LAT`."""
_SAME_DOOR_M = 1.0
NO_CANDIDATE = N_(
    "{value} is no candidate; expected submunicipality:CODE, station:CODE, location:ID or point:LON_LAT in degrees"
)
NO_CANDIDATES = {
    CandidateKind.SUBMUNICIPALITY: N_("There is no submunicipality to choose from in the area"),
    CandidateKind.STATION: N_("There is no station to choose from in the area"),
    CandidateKind.SERVICE: N_("There is no service to choose from in the area"),
    CandidateKind.POINTS: N_("There are no points to choose from in the area"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place where a new service may come.

    `lon`, `lat` EPSG:4326 degrees, `x`, `y` EPSG:3812 metres.

    `is_approximate` says that the building is known to its deelgemeente only and taken to stand in the middle of it.
    """

    id: str
    kind: CandidateKind
    name_nl: str
    name_fr: str
    nis_code: str
    lon: float
    lat: float
    x: float
    y: float
    is_approximate: bool = False

    def name(self, language: str) -> str:
        """Return its name in French, or in Dutch for every other language."""
        return self.name_fr if language == "fr" else self.name_nl


def point_id(where: Point) -> str:
    """Return the id of a point of the reader's own."""
    return POINT_PREFIX + point_text(where, between="_")


@dataclass(frozen=True, kw_only=True, eq=False)
class CandidateBook:
    """All candidates in the data of one version."""

    dataset: Dataset
    submunicipalities: tuple[Candidate, ...]

    @classmethod
    def of(cls, dataset: Dataset) -> Self:
        """Return the candidates of loaded data."""
        return cls(dataset=dataset, submunicipalities=tuple(_submunicipality_candidates(dataset)))

    @property
    def gazetteer(self) -> Gazetteer:
        """The names of places."""
        return self.dataset.gazetteer

    @cached_property
    def stations(self) -> tuple[Candidate, ...]:
        """The railway stations, by id."""
        ids = sorted({place_id for _, place_id in self.gazetteer.names if place_id.startswith(STATION_PREFIX)})
        places = [self.gazetteer.by_id(place_id) for place_id in ids]
        return tuple(_candidate_at_place(place, CandidateKind.STATION) for place in places if place is not None)

    @cached_property
    def doors(self) -> tuple[Candidate, ...]:
        """Doors of services that are not stopped, each place once.

        What stands together counts once, by the best known place.
        """
        found: dict[tuple[int, int], Candidate] = {}
        for service in self.dataset.directory.services:
            for place in service.locations if service.status in FINDABLE_STATUSES else ():
                if place.is_located:
                    candidate = _candidate_at_door(service, place)
                    spot = (round(candidate.x / _SAME_DOOR_M), round(candidate.y / _SAME_DOOR_M))
                    if spot not in found or (found[spot].is_approximate and not candidate.is_approximate):
                        found[spot] = candidate
        return tuple(sorted(found.values(), key=lambda candidate: candidate.id))

    @cached_property
    def by_id(self) -> dict[str, Candidate]:
        """All candidates but given points, by id."""
        return {each.id: each for each in (*self.submunicipalities, *self.stations, *self.doors)}

    def candidate(self, wanted: str) -> Candidate:
        """Return the candidate with an id; raises RequestError when there is none."""
        found = self.by_id.get(wanted)
        where = point(wanted.removeprefix(POINT_PREFIX)) if wanted.startswith(POINT_PREFIX) else None
        if found is None and where is not None:
            found = self.at(where)
        if found is None:
            raise RequestError(Message(NO_CANDIDATE, {"value": repr(wanted[:60])}))
        return found

    def at(self, where: Point) -> Candidate | None:
        """Return a point as a candidate, named after the nearest place.

        The point is in degrees; None for no place on earth.
        """
        lon, lat = rounded(where)
        position = self.gazetteer.position(lon, lat)
        if position is None:
            return None
        place, near = position.place, position.near
        return Candidate(
            id=point_id(where),
            kind=CandidateKind.POINTS,
            name_nl=f"{near.name_nl} ({lat:.4f}, {lon:.4f})",
            name_fr=f"{near.name_fr} ({lat:.4f}, {lon:.4f})",
            nis_code=place.nis_code,
            lon=lon,
            lat=lat,
            x=place.x,
            y=place.y,
        )

    def candidates(self, request: PlanRequest, nis_codes: Iterable[str]) -> tuple[Candidate, ...]:
        """Return the candidates of a request, each once, by id.

        The kept ones, and those of the kind asked for in some municipalities.

        Given points are taken wherever they lie. Forbidden ones are left out.

        Raises
        ------
        RequestError
            A kept or forbidden id is not known, or there is no candidate at all.
        """
        inside = set(nis_codes)
        kinds = {
            CandidateKind.SUBMUNICIPALITY: self.submunicipalities,
            CandidateKind.STATION: self.stations,
            CandidateKind.SERVICE: self.doors,
        }
        offered = [each for each in kinds.get(request.candidates, ()) if each.nis_code in inside]
        if request.candidates is CandidateKind.POINTS:
            offered = [self.candidate(point_id(where)) for where in request.points]
        forbidden = {self.candidate(wanted).id for wanted in request.forbidden}
        kept = [self.candidate(wanted) for wanted in request.kept]
        found = {each.id: each for each in (*offered, *kept) if each.id not in forbidden}
        if not found:
            raise RequestError(Message(NO_CANDIDATES[request.candidates]))
        return tuple(found[wanted] for wanted in sorted(found))


def _candidate_at_place(place: Place, kind: CandidateKind) -> Candidate:
    return Candidate(
        id=place.id,
        kind=kind,
        name_nl=place.name_nl,
        name_fr=place.name_fr,
        nis_code=place.nis_code,
        lon=place.lon,
        lat=place.lat,
        x=place.x,
        y=place.y,
    )


def _candidate_at_door(service: Service, place: Location) -> Candidate:
    where = place.name or place.address.line
    name = f"{service.name} ({where})" if where else service.name
    return Candidate(
        id=f"{LOCATION_PREFIX}{place.id}",
        kind=CandidateKind.SERVICE,
        name_nl=name,
        name_fr=name,
        nis_code=place.nis_code,
        lon=float(place.lon or 0.0),
        lat=float(place.lat or 0.0),
        x=float(place.x or 0.0),
        y=float(place.y or 0.0),
        is_approximate=place.precision.is_approximate,
    )


def _submunicipality_candidates(dataset: Dataset) -> Iterator[Candidate]:
    """Yield the deelgemeenten that are inhabited, by code, each at its point in the gazetteer.

    One with the name of its municipality is not in the gazetteer by itself. It stands in the mean place of its
    inhabitants or, where that lies in another one, at its sector that is nearest to it.
    """
    demand = read_columns(dataset.data_dir / DEMAND_FILE, ("submunicipality_code", "x", "y", "population"))
    rows: dict[str, list[int]] = defaultdict(list)
    for row, code in enumerate(demand["submunicipality_code"]):
        rows[str(code)].append(row)
    xy = np.array([demand["x"], demand["y"]], dtype=np.float64)
    people = np.array(demand["population"], dtype=np.float64)
    table = read_columns(dataset.data_dir / SUBMUNICIPALITIES_FILE, ("submunicipality_code", "name_nl", "nis_code"))
    for code, name, nis_code in sorted(zip(*table.values(), strict=True)):
        place = dataset.gazetteer.by_id(SUBMUNICIPALITY_PREFIX + code)
        if place is not None:
            yield _candidate_at_place(place, CandidateKind.SUBMUNICIPALITY)
        elif rows[code]:
            x, y = _mean_point(xy, people, rows[code])
            lon, lat = to_drawing(x, y)
            town = dataset.municipalities.by_nis[nis_code]
            is_town = name == town.name_nl
            yield Candidate(
                id=SUBMUNICIPALITY_PREFIX + code,
                kind=CandidateKind.SUBMUNICIPALITY,
                name_nl=name if is_town else f"{name} ({town.name_nl})",
                name_fr=town.name_fr if is_town else f"{name} ({town.name_fr})",
                nis_code=nis_code,
                lon=round(float(lon), 6),
                lat=round(float(lat), 6),
                x=x,
                y=y,
            )


def _mean_point(xy: Floats, people: Floats, rows: list[int]) -> tuple[float, float]:
    own, weight = xy[:, rows], people[rows]
    mean = np.average(own, axis=1, weights=weight if weight.sum() else None)
    nearest = int(np.hypot(*(xy - mean[:, None])).argmin())
    if nearest not in rows:
        mean = own[:, int(np.hypot(*(own - mean[:, None])).argmin())]
    return float(round(mean[0], 1)), float(round(mean[1], 1))
