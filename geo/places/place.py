"""One named place and its kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ServiceAreaLevel(StrEnum):
    """Level of a service area, from near to far.

    `everywhere` is Flanders and Brussels together.
    """

    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    REGION = "region"
    EVERYWHERE = "everywhere"


class PlaceKind(StrEnum):
    """What sort of name a place has."""

    MUNICIPALITY = "municipality"
    FORMER_MUNICIPALITY = "former_municipality"
    SUBMUNICIPALITY = "submunicipality"
    POSTCODE = "postcode"
    LOCALITY = "locality"
    STATION = "station"
    POSITION = "position"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A searchable point, and the municipality of 2025 around it.

    `id` is `kind:code`, stable between builds (`municipality:12025`, `postcode:2800`). `places` names the
    localities behind a postcode. `position` is a place from the browser and has no id in any table.
    """

    id: str
    kind: PlaceKind
    name_nl: str
    name_fr: str
    nis_code: str
    municipality_nl: str
    municipality_fr: str
    lon: float
    lat: float
    x: float
    y: float
    places: tuple[str, ...] = ()
