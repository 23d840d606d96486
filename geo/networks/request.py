"""Says which networks are asked for; the request and the version of the data alone decide the answer."""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self, TypeVar

from geo.ages import CHILD_AGES, AgeGroup
from geo.directory.service_types import ServiceType
from geo.errors import RequestError
from geo.messages import N_

FEWEST, MOST = 0, 100_000
NARROWEST_KM, WIDEST_KM = 1.0, 300.0

NO_AGES = N_("No ages were chosen; expected at least one of {expected}.")
NO_TYPES = N_("No types of service were chosen; expected at least one.")
NOT_COUNTED = N_("Children of {value} are not counted; expected one of {expected}.")
BAD_CHILDREN = N_("{value} is no number of children; expected a whole number from {least} to {most}.")
BAD_KM = N_("{value} km across cannot be asked; expected {least} to {most} km.")
BAD_AREA = N_("{value} is no code of an area.")
BAD_CHOICE = N_("{name}: {value} cannot be used; expected {expected}.")

_AREA = re.compile(r"[0-9a-z:_-]{0,120}", re.IGNORECASE)
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRequest:
    """Which networks are asked for.

    Attributes
    ----------
    area : str
        Code of the area whose municipalities are grouped (see `geo.areas`); empty: all.
    ages : frozenset of AgeGroup
        Groups of `CHILD_AGES` whose children are counted together.
    min_children : int
        Children that every network has at least, 0 to 100,000.
    max_across_km : float
        Straight line between the centres (weighted by where people live) of the two members farthest apart: at most
        this, 1 to 300 km.
    cross_provinces : bool
        Whether a network may have members in several provinces; Brussels counts as one.
    keep_partnerships : bool
        Whether municipalities that share a Huis van het Kind stay in one network.
    types : frozenset of ServiceType
        Services that are listed for each network, or told to be missing.

    Raises
    ------
    RequestError
        Names the value that cannot be used and what was expected.
    """

    area: str = ""
    ages: frozenset[AgeGroup] = frozenset({AgeGroup.FROM_0_TO_2})
    min_children: int = 1_000
    max_across_km: float = 20.0
    cross_provinces: bool = False
    keep_partnerships: bool = True
    types: frozenset[ServiceType] = frozenset(
        {ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PARENTING_SHOP, ServiceType.IAPSC_TEAM}
    )

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        if not self.ages:
            raise RequestError(NO_AGES.format(expected=", ".join(CHILD_AGES)))
        if not self.types:
            raise RequestError(NO_TYPES)
        for group in sorted(self.ages - set(CHILD_AGES)):
            raise RequestError(NOT_COUNTED.format(value=group.value, expected=", ".join(CHILD_AGES)))
        if not FEWEST <= self.min_children <= MOST:
            raise RequestError(BAD_CHILDREN.format(value=self.min_children, least=FEWEST, most=MOST))
        if not (math.isfinite(self.max_across_km) and NARROWEST_KM <= self.max_across_km <= WIDEST_KM):
            value = f"{self.max_across_km:g}"
            raise RequestError(BAD_KM.format(value=value, least=f"{NARROWEST_KM:g}", most=f"{WIDEST_KM:g}"))
        if not _AREA.fullmatch(self.area):
            raise RequestError(BAD_AREA.format(value=repr(self.area[:120])))

    @property
    def groups(self) -> tuple[AgeGroup, ...]:
        """The age groups, young first."""
        return tuple(group for group in CHILD_AGES if group in self.ages)

    def to_json(self) -> dict[str, object]:
        """Return all choices as plain values, sets sorted."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the request of plain values, as `to_json` gives them; what is not given has its default.

        Raises RequestError for a value of the wrong kind or out of range; other names are not looked at.
        """
        known = {field.name: values[field.name] for field in fields(cls) if field.name in values}
        return cls(**{name: _READERS[name](name, value) for name, value in known.items()})

    def to_query(self) -> dict[str, str]:
        """Return the parameters of a link; only what is not the default, and always the ages."""
        default = type(self)()
        parts = {
            "area": self.area,
            "age": ",".join(self.groups),
            "children": str(self.min_children) if self.min_children != default.min_children else "",
            "across": f"{self.max_across_km:.9g}" if self.max_across_km != default.max_across_km else "",
            "cross": "1" if self.cross_provinces else "",
            "partnerships": "" if self.keep_partnerships else "0",
            "type": ",".join(sorted(self.types)) if self.types != default.types else "",
        }
        return {name: value for name, value in parts.items() if value}

    @classmethod
    def from_query(cls, query: Mapping[str, object]) -> Self:
        """Return the request of a link; what cannot be understood falls back to the default."""
        text = {name: str(query.get(name) or "")[:500] for name in ("area", "age", "children", "across", "type")}
        given: dict[str, object] = {
            "area": text["area"],
            "ages": [code for code in text["age"].split(",") if code in set(CHILD_AGES)],
            "min_children": int(text["children"])
            if text["children"].isascii() and text["children"].isdigit()
            else None,
            "max_across_km": _number(text["across"]),
            "types": [code for code in text["type"].split(",") if code in set(ServiceType)],
        }
        request = cls(
            cross_provinces=str(query.get("cross")) == "1", keep_partnerships=str(query.get("partnerships")) != "0"
        )
        for name, value in given.items():
            try:
                request = cls.from_json(request.to_json() | {name: value})
            except RequestError:
                continue
        return request

    def command(self) -> str:
        """Return the command line that gives the same answer."""
        parts = ["opvoedkaart", "networks"]
        parts += ["--area", self.area] if self.area else []
        parts += [part for group in self.groups for part in ("--age", group.value)]
        parts += ["--min-children", str(self.min_children), "--max-across-km", f"{self.max_across_km:.9g}"]
        parts += ["--cross-provinces"] if self.cross_provinces else []
        parts += [] if self.keep_partnerships else ["--split-partnerships"]
        if self.types != type(self)().types:
            parts += [part for kind in sorted(self.types) for part in ("--type", kind.value)]
        return shlex.join(parts)


def _plain(value: object) -> object:
    return sorted(str(each) for each in value) if isinstance(value, frozenset) else value


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _refuse(name: str, value: object, expected: str) -> RequestError:
    return RequestError(BAD_CHOICE.format(name=name, value=repr(value)[:80], expected=expected))


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise _refuse(name, value, "a text")
    return value


def _whole(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refuse(name, value, "a whole number")
    return value


def _real(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e9:
        raise _refuse(name, value, "a number")
    return float(value)


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _refuse(name, value, "true or false")
    return value


def _ages(name: str, value: object) -> frozenset[AgeGroup]:
    return _codes(name, value, CHILD_AGES)


def _types(name: str, value: object) -> frozenset[ServiceType]:
    return _codes(name, value, ServiceType)


def _codes(name: str, value: object, known: Iterable[_Choice]) -> frozenset[_Choice]:
    choices = {choice.value: choice for choice in known}
    if not isinstance(value, list) or not all(isinstance(code, str) and code in choices for code in value):
        raise _refuse(name, value, f"a list of {', '.join(choices)}")
    return frozenset(choices[code] for code in value)


_READERS: dict[str, Any] = {
    "area": _text,
    "ages": _ages,
    "min_children": _whole,
    "max_across_km": _real,
    "cross_provinces": _flag,
    "keep_partnerships": _flag,
    "types": _types,
}
