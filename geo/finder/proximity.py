"""Proximity of each service of a directory to one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.arrays import Flags, Floats
from geo.directory.directory import Directory
from geo.directory.index import BRUSSELS_NIS, FLANDERS_NIS, SearchIndex, index_of
from geo.directory.service import Location, Service
from geo.places.municipalities import NEIGHBOUR_M, Municipalities, Municipality
from geo.places.place import Place, ServiceAreaLevel

SERVICE_AREA_LEVELS = tuple(ServiceAreaLevel)
NOT_SERVING = len(SERVICE_AREA_LEVELS)


@dataclass(frozen=True, slots=True)
class Hit:
    """A service as seen from a place.

    `area_level` is the nearest level at which it serves the municipality of the place, None when it does not.
    `location` is the nearest one with coordinates, or the first of which only the municipality is known, or None.
    `distance_m` is the straight line in metres from the point of the place to `location`, measured in EPSG:3812;
    None without coordinates or without a place. `distance_is_approximate` speaks of the service's location alone
    (known no better than its locality). The point of a municipality or a postcode is itself a centre: the
    population-weighted centre of the municipality, a point in the postcode's area.
    """

    service: Service
    area_level: ServiceAreaLevel | None = None
    location: Location | None = None
    distance_m: float | None = None
    distance_is_approximate: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Proximity:
    """Proximity of all services to a place, or to nowhere.

    `distance_m` is float64[n], infinite where there is no location with coordinates or no place. `level` is int8[n]:
    the position in `LEVELS` of the nearest level that serves the place, `NOT_SERVING` where none does.
    `centre_distance_m` is float64[n]: to the centre of the nearest municipality that a service without coordinates is
    for or stands in, as far as that lies within `NEIGHBOUR_M`, otherwise infinite. It orders; it is not a distance to
    the service.
    """

    directory: Directory
    index: SearchIndex
    place: Place | None
    distance_m: Floats
    level: npt.NDArray[np.int8]
    centre_distance_m: Floats

    @classmethod
    def of(cls, directory: Directory, municipalities: Municipalities, place: Place | None) -> Proximity:
        """Return the proximity of all services to a place.

        Without one nothing serves and nothing is near.
        """
        index = index_of(directory)
        distance = np.full(len(directory), np.inf)
        level = np.full(len(directory), NOT_SERVING, dtype=np.int8)
        if place is not None:
            if len(index.located):
                to_location = np.hypot(directory.loc_x - place.x, directory.loc_y - place.y)
                distance[index.located] = np.minimum.reduceat(to_location, index.first_location)
            _fill_levels(level, index, municipalities.areas(place.nis_code))
        centre = _centre_distances(index, municipalities.by_nis, place, distance)
        return cls(directory, index, place, distance, level, centre)

    @property
    def serves(self) -> Flags:
        """Per service whether it serves the place at any level."""
        return self.level < NOT_SERVING

    def within(self, reach_m: float) -> Flags:
        """Return which services serve the place or are within reach.

        At most `reach_m` away; without a place all are.
        """
        if self.place is None:
            return np.ones(len(self.directory), dtype=np.bool_)
        return self.serves | (self.distance_m <= reach_m)

    def in_sight(self, reach_m: float) -> Flags:
        """Return which services are within reach or around the place.

        Around: for a municipality around the place.
        """
        return self.within(reach_m) | np.isfinite(self.centre_distance_m)

    def hit(self, row: int) -> Hit:
        """Return the service of a row as seen from the place."""
        service = self.directory.services[row]
        level = None if self.level[row] == NOT_SERVING else SERVICE_AREA_LEVELS[self.level[row]]
        if not np.isfinite(self.distance_m[row]):
            known = sorted(service.locations, key=lambda location: not location.is_located)
            return Hit(service, level, known[0] if known else None)
        location = self._nearest_location(row)
        return Hit(service, level, location, float(self.distance_m[row]), location.precision.is_approximate)

    def _nearest_location(self, row: int) -> Location:
        first, last = (int(bound) for bound in self.index.location_bounds[row : row + 2])
        if last - first == 1 or self.place is None:
            return self.directory.locations[first]
        xs, ys = self.directory.loc_x[first:last], self.directory.loc_y[first:last]
        return self.directory.locations[first + int(np.argmin(np.hypot(xs - self.place.x, ys - self.place.y)))]


def _centre_distances(
    index: SearchIndex, by_nis: Mapping[str, Municipality], place: Place | None, distance: Floats
) -> Floats:
    """Return, for what has no coordinates, the metres to the centre of its nearest municipality around the place."""
    centre = np.full(len(distance), np.inf)
    if place is None:
        return centre
    lengths = {code: float(np.hypot(town.x - place.x, town.y - place.y)) for code, town in by_nis.items()}
    near = sorted((metres, code) for code, metres in lengths.items() if metres <= NEIGHBOUR_M)
    for metres, code in reversed(near):
        rows = index.rows_serving(code)
        centre[rows[np.isinf(distance[rows])]] = metres
    return centre


def _fill_levels(level: npt.NDArray[np.int8], index: SearchIndex, codes: tuple[str, ...]) -> None:
    """Write, far to near, the level at which services serve what contains a municipality."""
    for code in reversed(codes[1:]):
        region = code in (FLANDERS_NIS, BRUSSELS_NIS)
        level[index.rows_serving(code)] = SERVICE_AREA_LEVELS.index(
            ServiceAreaLevel.REGION if region else ServiceAreaLevel.PROVINCE
        )
    level[index.serves_everywhere] = SERVICE_AREA_LEVELS.index(ServiceAreaLevel.EVERYWHERE)
    if codes:
        level[index.rows_serving(codes[0])] = SERVICE_AREA_LEVELS.index(ServiceAreaLevel.MUNICIPALITY)
