"""Huizen van het Kind of two or more municipalities, as areas."""

from __future__ import annotations

from collections.abc import Iterable

from geo.directory.directory import Directory
from geo.directory.index import FINDABLE
from geo.directory.service_types import ServiceType
from geo.messages import N_
from geo.places.areas import SUMMED, Area, Level, areas_at
from geo.places.municipalities import Municipality
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


def area_named(code: str, municipalities: Iterable[Municipality], directory: Directory) -> Area | None:
    """Return the area of a code, the largest that has it; None when there is none. Empty means everything."""
    rows = tuple(municipalities)
    if code.startswith(PARTNERSHIP):
        return next((area for area in partnerships(directory) if area.code == code), None)
    for level in reversed(SUMMED):
        for area in areas_at(rows, level):
            if area.code.lower() == code.lower():
                return area
    return None
