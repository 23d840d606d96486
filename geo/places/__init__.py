"""Where things are: names, points, municipalities and areas; no services."""

from typing import TYPE_CHECKING

from geo.doors import open_door

if TYPE_CHECKING:
    from geo.places.areas import Area, AreaLevel, Areas
    from geo.places.gazetteer import Gazetteer
    from geo.places.municipalities import Municipalities
    from geo.places.place import Place

__all__ = ["Area", "AreaLevel", "Areas", "Gazetteer", "Municipalities", "Place"]

__getattr__ = open_door(
    __name__,
    {
        "Area": "areas",
        "AreaLevel": "areas",
        "Areas": "areas",
        "Gazetteer": "gazetteer",
        "Municipalities": "municipalities",
        "Place": "place",
    },
)
