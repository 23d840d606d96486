"""Search results as plain values."""

from __future__ import annotations

import datetime as dt

from geo.directory.records import Record, service_record
from geo.finder.hints import Hints
from geo.finder.proximity import Hit
from geo.places.place import Place


def hit_record(hit: Hit, *, now: dt.datetime, with_distance: bool) -> Record:
    """Return a service as found from a place.

    With its distance in whole metres when it was found nearby.
    """
    record = service_record(hit.service, now=now, location=hit.location)
    if not with_distance:
        return record | {"area_level": hit.area_level.value if hit.area_level else None}
    distance = None if hit.distance_m is None else round(hit.distance_m)
    return record | {"distance_m": distance, "distance_is_approximate": hit.distance_is_approximate}


def place_record(place: Place) -> Record:
    """Return a place of the gazetteer."""
    return {
        "id": place.id,
        "kind": place.kind.value,
        "name_nl": place.name_nl,
        "name_fr": place.name_fr,
        "nis_code": place.nis_code,
        "municipality_nl": place.municipality_nl,
        "municipality_fr": place.municipality_fr,
        "lon": place.lon,
        "lat": place.lat,
        "places": list(place.places),
    }


def hints_record(hints: Hints) -> Record:
    """Return hints as plain values."""
    criterion = hints.criterion
    return {
        "is_little": hints.is_little,
        "criterion": criterion
        and {
            "name": criterion.name,
            "comes_back": criterion.comes_back,
            "nearest": _hit_summary(criterion.nearest),
        },
        "nearest_match": _hit_summary(hints.nearest_match),
        "everywhere": list(hints.everywhere),
        "hidden_unknown": hints.hidden_unknown,
        "nothing_known": hints.nothing_known,
    }


def _hit_summary(hit: Hit | None) -> Record | None:
    if hit is None:
        return None
    distance = None if hit.distance_m is None else round(hit.distance_m)
    return {"id": hit.service.id, "distance_m": distance, "distance_is_approximate": hit.distance_is_approximate}
