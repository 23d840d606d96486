"""Says which coverage is asked for; the request and the version of the data alone decide the answer."""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Self, TypeVar

from geo.ages import CHILD_AGES, AgeGroup
from geo.coverage.measures import MEASURES, Measure
from geo.directory.service import Confidence, Status
from geo.directory.service_types import ServiceType
from geo.errors import RequestError

WALK_M, BICYCLE_M = 1_200.0, 3_750.0
"""15 minutes on foot and by bicycle, as Flanders counts the reach of basic facilities; not norms for this offer."""
SHORTEST_M, LONGEST_M = 200.0, 30_000.0

_Choice = TypeVar("_Choice", bound=StrEnum)
_AREA = re.compile(r"[0-9a-z:_-]{1,120}", re.IGNORECASE)


class Capacity(StrEnum):
    """What one unit of offer is; no source tells staff or opening hours for all."""

    SERVICE = "service"
    LOCATION = "location"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRequest:
    """What to measure.

    Attributes
    ----------
    types : frozenset of ServiceType
        Any of them is enough; never empty.
    ages : frozenset of AgeGroup
        Groups of `CHILD_AGES`; a service counts for the groups its ages overlap; children are added up.
    measure : Measure
        What to say of each area.
    reach_m : float
        Straight line in metres, 200 to 30,000, kept to the millimetre so that links and commands repeat it exactly;
        ignored by measures that do not use it.
    capacity : Capacity
        For the floating catchment: one unit per service or one per location.
    area : str
        Code of the area whose municipalities are told (see `geo.areas`); empty: all. Services and children outside
        it still count.
    statuses, confidences : frozensets
        Which records count as offer.

    Raises
    ------
    RequestError
        Names the value that cannot be used and what was expected.
    """

    types: frozenset[ServiceType] = frozenset({ServiceType.HOUSE_OF_THE_CHILD})
    ages: frozenset[AgeGroup] = frozenset({AgeGroup.FROM_0_TO_2})
    measure: Measure = Measure.REACH
    reach_m: float = BICYCLE_M
    capacity: Capacity = Capacity.SERVICE
    area: str = ""
    statuses: frozenset[Status] = frozenset({Status.ACTIVE})
    confidences: frozenset[Confidence] = frozenset({Confidence.HIGH, Confidence.MEDIUM})

    def __post_init__(self) -> None:
        """Refuse what cannot be measured."""
        object.__setattr__(self, "reach_m", round(float(self.reach_m), 3))
        for name in ("types", "ages", "statuses", "confidences"):
            if not getattr(self, name):
                raise RequestError(f"No {name} were chosen; expected at least one")
        strange = sorted(group.value for group in self.ages if group not in CHILD_AGES)
        if strange:
            raise RequestError(f"Children of {strange[0]!r} are not counted; expected one of {', '.join(CHILD_AGES)}")
        if not (math.isfinite(self.reach_m) and SHORTEST_M <= self.reach_m <= LONGEST_M):
            raise RequestError(f"{self.reach_m / 1000:.9g} km is no reach; expected 0.2 to 30 km")

    @property
    def groups(self) -> tuple[AgeGroup, ...]:
        """The age groups, young first."""
        return tuple(group for group in CHILD_AGES if group in self.ages)

    def to_json(self) -> dict[str, object]:
        """Return all choices as plain values, sets sorted."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    def to_query(self) -> dict[str, str]:
        """Return the parameters of a link: always type, age and measure; the rest where it is not the default."""
        parts = {
            "type": _joined(self.types),
            "age": ",".join(self.groups),
            "measure": self.measure.value,
            "reach": f"{self.reach_m / 1000:.9g}" if self.reach_m != BICYCLE_M else "",
            "capacity": self.capacity.value if self.capacity is not Capacity.SERVICE else "",
            "area": self.area,
            "status": _joined(self.statuses) if self.statuses != _DEFAULT.statuses else "",
            "confidence": _joined(self.confidences) if self.confidences != _DEFAULT.confidences else "",
        }
        return {name: value for name, value in parts.items() if value}

    @classmethod
    def from_query(cls, query: Mapping[str, object]) -> Self:
        """Return the request of a link; what cannot be understood falls back to the default."""
        ages = frozenset(group for group in _chosen(AgeGroup, query.get("age")) if group in CHILD_AGES)
        measures = _chosen(Measure, query.get("measure"))
        capacities = _chosen(Capacity, query.get("capacity"))
        return cls(
            types=frozenset(_chosen(ServiceType, query.get("type"))) or _DEFAULT.types,
            ages=ages or _DEFAULT.ages,
            measure=measures[0] if measures else _DEFAULT.measure,
            reach_m=_reach(query.get("reach")),
            capacity=capacities[0] if capacities else _DEFAULT.capacity,
            area=str(query.get("area") or "") if _AREA.fullmatch(str(query.get("area") or "")) else "",
            statuses=frozenset(_chosen(Status, query.get("status"))) or _DEFAULT.statuses,
            confidences=frozenset(_chosen(Confidence, query.get("confidence"))) or _DEFAULT.confidences,
        )

    def command(self) -> str:
        """Return the command line that gives the same numbers."""
        parts = ["opvoedkaart", "coverage"]
        parts += [part for kind in sorted(self.types) for part in ("--type", kind.value)]
        parts += [part for group in self.groups for part in ("--age", group.value)]
        parts += ["--measure", self.measure.value]
        if MEASURES[self.measure].uses_reach:
            parts += ["--reach-km", f"{self.reach_m / 1000:.9g}"]
        if self.capacity is not _DEFAULT.capacity:
            parts += ["--capacity", self.capacity.value]
        if self.statuses != _DEFAULT.statuses:
            parts += [part for status in sorted(self.statuses) for part in ("--status", status.value)]
        if self.confidences != _DEFAULT.confidences:
            parts += [part for level in sorted(self.confidences) for part in ("--confidence", level.value)]
        if self.area:
            parts += ["--area", self.area]
        return shlex.join(parts)


def _plain(value: object) -> object:
    return sorted(str(each) for each in value) if isinstance(value, frozenset) else value


def _joined(choices: Iterable[StrEnum]) -> str:
    return ",".join(sorted(choice.value for choice in choices))


def _chosen(kind: type[_Choice], value: object) -> list[_Choice]:
    codes = str(value or "")[:500].split(",")
    return [kind(code) for code in codes if code in set(kind)]


def _reach(value: object) -> float:
    try:
        metres = float(str(value)) * 1000
    except ValueError:
        return BICYCLE_M
    return metres if math.isfinite(metres) and SHORTEST_M <= metres <= LONGEST_M else BICYCLE_M


_DEFAULT = CoverageRequest()
