"""Reads the choices of a plan from links (what cannot be understood falls away) and from files (it is refused)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from geo.errors import RequestError

MOST_IN_LINK = 40
"""Longer lists of ids or points are left out of a link: they belong in a file."""
AREA = re.compile(r"[0-9a-z:_-]{1,120}([+ ][0-9a-z:_-]{1,120}){0,303}", re.IGNORECASE)
_ID = re.compile(r"[0-9a-z:._@-]{1,120}", re.IGNORECASE)
_MOST_TEXT = 8_000

_Choice = TypeVar("_Choice", bound=StrEnum)
Point = tuple[float, float]


def chosen(kind: type[_Choice], value: object) -> list[_Choice]:
    """Return the codes of a list joined by commas that exist."""
    codes = str(value or "")[:_MOST_TEXT].split(",")
    return [kind(code) for code in codes if code in set(kind)]


def ids(value: object) -> frozenset[str]:
    """Return the ids of a list joined by commas."""
    found = [text for text in str(value or "")[:_MOST_TEXT].split(",") if _ID.fullmatch(text)]
    return frozenset(found[:MOST_IN_LINK])


def number(value: object, default: float, *, low: float, high: float) -> float:
    """Return the number of a text if it lies between two bounds, both included; otherwise the default."""
    try:
        found = float(str(value))
    except ValueError:
        return default
    return found if math.isfinite(found) and low <= found <= high else default


def metres(kilometres: float) -> float:
    """Return metres to the micrometre: 16.1 km are 16,100 m, not 16,100.000000000002."""
    return round(kilometres * 1000, 6)


def points(value: object) -> tuple[Point, ...]:
    """Return the points of `lon,lat;lon,lat`, in degrees."""
    found = [point(text) for text in str(value or "")[:_MOST_TEXT].split(";")]
    return tuple(each for each in found if each is not None)[:MOST_IN_LINK]


def point(text: str) -> Point | None:
    """Return the point of `lon,lat` or `lon_lat`, in degrees; None when it is none."""
    parts = text.replace("_", ",").split(",")
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError:
        return None
    return (lon, lat) if is_on_globe(lon, lat) else None


def is_on_globe(lon: float, lat: float) -> bool:
    """Whether two numbers are degrees of longitude and latitude."""
    return math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90


def area(value: object) -> str:
    """Return the codes of areas joined by "+" (a link may show it as a space); empty when they are none."""
    text = str(value or "")
    return text.replace(" ", "+") if AREA.fullmatch(text) else ""


def joined(choices: Iterable[str]) -> str:
    """Return codes or ids in order, joined by commas."""
    return ",".join(sorted(str(choice) for choice in choices))


def joined_ids(chosen_ids: frozenset[str]) -> str:
    """Return ids for a link, nothing when there are too many."""
    return joined(chosen_ids) if len(chosen_ids) <= MOST_IN_LINK else ""


def from_file(name: str, value: object, default: object, kind: type[StrEnum] | None) -> object:
    """Return one value of a file in the form that a request holds.

    Parameters
    ----------
    name : str
        Of the field, for the sentence when it is wrong.
    value : object
        As JSON gives it.
    default : object
        A value of the right form.
    kind : type or None
        The codes that a text, or the texts of a list, must be.

    Raises
    ------
    RequestError
        The value is of another form.
    """
    if isinstance(default, frozenset) and isinstance(value, list) and all(isinstance(each, str) for each in value):
        return frozenset(_code(name, each, kind) for each in value)
    if isinstance(default, tuple) and isinstance(value, list):
        return tuple(_pair(name, each) for each in value)
    if isinstance(default, bool) or isinstance(value, bool):
        if isinstance(default, bool) and isinstance(value, bool):
            return value
    elif isinstance(default, str) and isinstance(value, str):
        return _code(name, value, kind)
    elif isinstance(default, int) and isinstance(value, int):
        return value
    elif isinstance(default, float) and isinstance(value, int | float):
        return float(value)
    raise RequestError(f"{str(value)[:60]!r} is no {name}; expected something like {_example(default)}")


def _code(name: str, text: str, kind: type[StrEnum] | None) -> str:
    if kind is None:
        return text
    if text not in set(kind):
        raise RequestError(f"{text[:60]!r} is no {name}; expected one of {', '.join(kind)}")
    return kind(text)


def _pair(name: str, value: object) -> Point:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(each, int | float) for each in value):
        return float(value[0]), float(value[1])
    raise RequestError(f"{str(value)[:60]!r} is none of the {name}; expected longitude and latitude in degrees")


def _example(default: object) -> str:
    return "a list of texts" if isinstance(default, frozenset | tuple) else repr(default)
