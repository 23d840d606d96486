"""Huizen van het Kind of two or more municipalities, as areas."""

from __future__ import annotations

from geo.directory.directory import Directory
from geo.directory.index import FINDABLE
from geo.directory.service_types import ServiceType
from geo.messages import N_
from geo.places.areas import Area, Level
from geo.places.place import AreaLevel

PARTNERSHIP = "partnership:"
"""What the code of a partnership begins with; the id of its service follows."""
NO_AREA = N_(
    "{value} is no area; expected the code of a municipality, primary care zone, arrondissement, province or region, "
    "or partnership: and the id of a service"
)


def partnerships(directory: Directory) -> tuple[Area, ...]:
    """Return the Huizen van het Kind that are for two municipalities or more, as areas, by name."""
    found = []
    for service in directory.services:
        codes = {area.nis_code for area in service.service_areas if area.level is AreaLevel.MUNICIPALITY}
        is_house = service.service_type is ServiceType.HOUSE_OF_THE_CHILD and service.status in FINDABLE
        if is_house and len(codes) > 1:
            name = service.name
            found.append(Area(PARTNERSHIP + service.id, Level.PARTNERSHIP, name, name, tuple(sorted(codes))))
    return tuple(sorted(found, key=lambda area: (area.name_nl, area.code)))
