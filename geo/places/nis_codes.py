"""REFNIS codes and their levels."""

from __future__ import annotations

from geo.places.place import ServiceAreaLevel

REGIONS = frozenset({"02000", "04000"})
PROVINCES = frozenset({"10000", "20001", "30000", "40000", "70000"})


def is_area_code(code: str) -> bool:
    """Return whether a text is a REFNIS code: five digits."""
    return len(code) == 5 and code.isascii() and code.isdigit()


def service_area_level(code: str, *, everywhere: bool = False) -> ServiceAreaLevel:
    """Return the level of a REFNIS code.

    A region counts as everywhere when the service names both regions.
    """
    if code in REGIONS:
        return ServiceAreaLevel.EVERYWHERE if everywhere else ServiceAreaLevel.REGION
    return ServiceAreaLevel.PROVINCE if code in PROVINCES else ServiceAreaLevel.MUNICIPALITY
