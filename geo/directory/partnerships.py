"""Huizen van het Kind of two or more municipalities, as areas."""

from __future__ import annotations

from geo.directory.directory import Directory
from geo.directory.index import FINDABLE_STATUSES
from geo.directory.service_types import ServiceType
from geo.messages import N_
from geo.places.areas import Area, AreaLevel
from geo.places.place import ServiceAreaLevel

PARTNERSHIP_PREFIX = "partnership:"
"""Prefix of the code of a partnership.

The id of its service follows.
"""
NO_AREA = N_(
    "{value} is no area; expected the code of a municipality, primary care zone, arrondissement, province or region, "
    "or partnership: and the id of a service"
)


def partnership_areas(directory: Directory) -> tuple[Area, ...]:
    """Return the partnerships as areas, by name.

    Huizen van het Kind that are for two municipalities or more.
    """
    found = []
    for service in directory.services:
        codes = {area.nis_code for area in service.service_areas if area.level is ServiceAreaLevel.MUNICIPALITY}
        is_house = service.service_type is ServiceType.HOUSE_OF_THE_CHILD and service.status in FINDABLE_STATUSES
        if is_house and len(codes) > 1:
            name = service.name
            found.append(Area(PARTNERSHIP_PREFIX + service.id, AreaLevel.PARTNERSHIP, name, name, tuple(sorted(codes))))
    return tuple(sorted(found, key=lambda area: (area.name_nl, area.code)))
