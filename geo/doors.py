"""Doors of packages: the names that others come in by, their rooms read when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def open_door(package: str, rooms: Mapping[str, str]) -> Callable[[str], object]:
    """Return the `__getattr__` of a package that shows names of its rooms.

    `rooms` gives the module below the package that each name stands in. Nothing is imported before it is asked for, so
    that whoever needs a request does not load what solves it.
    """

    def show(name: str) -> object:
        if name not in rooms:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{rooms[name]}"), name)

    return show
