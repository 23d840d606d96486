"""Services, their organizations, locations, areas and phones."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from geo.ages import AgeRange
from geo.directory.service_types import ServiceType
from geo.messages import N_
from geo.opening.schedules import Schedule
from geo.places.place import ServiceAreaLevel


class Status(StrEnum):
    """HSDS `status`, with our `announced`.

    That one is written as `inactive` plus an attribute in HSDS files.
    """

    ACTIVE = "active"
    ANNOUNCED = "announced"
    TEMPORARILY_CLOSED = "temporarily closed"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"


STATUS_NAMES = {
    Status.ACTIVE: N_("active"),
    Status.ANNOUNCED: N_("announced"),
    Status.TEMPORARILY_CLOSED: N_("closed for a while"),
    Status.INACTIVE: N_("inactive"),
    Status.DEFUNCT: N_("stopped"),
}
"""Each status as it stands inside a sentence."""


class Confidence(StrEnum):
    """How far the source can be trusted.

    `low` is a lead, not a fact.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


CONFIDENCE_NAMES = {Confidence.HIGH: N_("high"), Confidence.MEDIUM: N_("medium"), Confidence.LOW: N_("low (leads)")}
"""Each confidence as it stands inside a sentence."""


class Precision(StrEnum):
    """How well a location is known.

    `municipality` has no coordinates: an area, never a pin.
    """

    ADDRESS = "address"
    STREET = "street"
    LOCALITY = "locality"
    MUNICIPALITY = "municipality"

    @property
    def is_approximate(self) -> bool:
        """Whether a distance measured from such a place is only roughly right."""
        return self in (Precision.LOCALITY, Precision.MUNICIPALITY)


class Freshness(StrEnum):
    """Age class of `assured_date`.

    Fresh up to 12 months, ageing up to 36, old beyond, undated without one.
    """

    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """Area that a service is meant for, by REFNIS code.

    `04000` is Brussels both as region and instead of a province.
    """

    nis_code: str
    name: str
    level: ServiceAreaLevel


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; every part may be empty."""

    street: str = ""
    house_number: str = ""
    box: str = ""
    postal_code: str = ""
    city: str = ""

    @property
    def line(self) -> str:
        """`Zoutbrugstraat 5 bus 1, 3540 Herk-de-Stad`, as far as known."""
        box = f"bus {self.box}" if self.box else ""
        street = " ".join(part for part in (self.street, self.house_number if self.street else "", box) if part)
        city = " ".join(part for part in (self.postal_code, self.city) if part)
        return ", ".join(part for part in (street, city) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where a service is offered.

    Coordinates are None when only the municipality is known.
    """

    id: str
    name: str = ""
    address: Address = Address()
    precision: Precision
    nis_code: str = ""
    lon: float | None = None
    lat: float | None = None
    x: float | None = None
    y: float | None = None

    @property
    def is_located(self) -> bool:
        """Whether it can stand on a map."""
        return self.lon is not None


@dataclass(frozen=True, slots=True)
class Phone:
    """Phone number of a service.

    `number` in E.164 (`+3253723654`) or a short number as dialled (`106`); `national` as people read it.
    """

    number: str
    national: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Organization:
    """Organization that offers a service."""

    id: str
    name: str
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service, with everything known of it.

    `comes_first` puts it before others of its type.
    """

    id: str
    name: str
    service_type: ServiceType
    organization: Organization | None = None
    status: Status = Status.ACTIVE
    alternate_name: str = ""
    description: str = ""
    alert: str = ""
    ages: AgeRange
    ages_stated: bool = False
    locations: tuple[Location, ...] = ()
    service_areas: tuple[ServiceArea, ...] = ()
    phones: tuple[Phone, ...] = ()
    email: str = ""
    url: str = ""
    languages: tuple[str, ...] = ()
    is_free: bool | None = None
    needs_appointment: bool | None = None
    comes_first: bool = False
    schedules: tuple[Schedule, ...] = ()
    eligibility: str = ""
    assured_date: dt.date | None = None
    confidence: Confidence = Confidence.MEDIUM
    source_url: str = ""
