"""Tells the level of an area from its REFNIS code."""

from __future__ import annotations

from geo.places.place import AreaLevel

REGIONS = frozenset({"02000", "04000"})
PROVINCES = frozenset({"10000", "20001", "30000", "40000", "70000"})


def is_area_code(code: str) -> bool:
    """Whether a text is a REFNIS code: five digits."""
    return len(code) == 5 and code.isascii() and code.isdigit()


def area_level(code: str, *, everywhere: bool = False) -> AreaLevel:
    """Return the level of a REFNIS code; a region counts as everywhere when the service names both regions."""
    if code in REGIONS:
        return AreaLevel.EVERYWHERE if everywhere else AreaLevel.REGION
    return AreaLevel.PROVINCE if code in PROVINCES else AreaLevel.MUNICIPALITY
