"""The small frozen values that everything speaks in: ages, places, services and what is known of them.

Names follow HSDS 3.0 (Open Referral). Ages are months, half-open; lengths are metres; `lon`, `lat` are
EPSG:4326 degrees, `x`, `y` are EPSG:3812 metres; codes (NIS, postcode) are text.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum


class ServiceType(StrEnum):
    """Closed list of what is offered, in the order in which families meet it."""

    HOUSE_OF_THE_CHILD = "house_of_the_child"
    PARENTING_SHOP = "parenting_shop"
    IAPSC_TEAM = "iapsc_team"
    PLAY_AND_ENCOUNTER = "play_and_encounter"
    COUNSELLING_CENTRE = "counselling_centre"
    MOBILE_SUPPORT = "mobile_support"
    EDUCATIONAL_OPPORTUNITIES = "educational_opportunities"
    FAMILY_CARE_CENTRE = "family_care_centre"
    PUPIL_GUIDANCE_CENTRE = "pupil_guidance_centre"
    PARENTING_LINE = "parenting_line"
    PROVINCIAL_CENTRE = "provincial_centre"
    FLEMISH_COORDINATOR = "flemish_coordinator"


class ServiceFunction(StrEnum):
    """What a service does for a family."""

    INFORMATION = "information"
    PEDAGOGIC_ADVICE = "pedagogic_advice"
    MEETING = "meeting"
    PRACTICAL_SUPPORT = "practical_support"
    EMOTIONAL_SUPPORT = "emotional_support"
    EARLY_IDENTIFICATION = "early_identification"
    INTENSIVE_HELP = "intensive_help"


class Audience(StrEnum):
    """Whom a service type is for."""

    FAMILIES = "families"
    PROFESSIONALS = "professionals"


class Status(StrEnum):
    """HSDS `status`, with our `announced` (written as `inactive` plus an attribute in HSDS files)."""

    ACTIVE = "active"
    ANNOUNCED = "announced"
    TEMPORARILY_CLOSED = "temporarily closed"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"


class Confidence(StrEnum):
    """How far the source can be trusted; `low` is a lead, not a fact."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Precision(StrEnum):
    """How well a location is known. `municipality` has no coordinates: an area, never a pin."""

    ADDRESS = "address"
    STREET = "street"
    LOCALITY = "locality"
    MUNICIPALITY = "municipality"

    @property
    def is_approximate(self) -> bool:
        """Whether a distance measured from such a place is only roughly right."""
        return self in (Precision.LOCALITY, Precision.MUNICIPALITY)


class Freshness(StrEnum):
    """Age of `assured_date`: fresh up to 12 months, ageing up to 36, old beyond, undated without one."""

    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True, order=True)
class AgeRange:
    """Ages in months, half-open `[min_months, max_months)`; pregnancy is `[-9, 0)`; an open end is infinity."""

    min_months: float
    max_months: float = math.inf

    def overlaps(self, other: AgeRange) -> bool:
        """Whether some age lies in both."""
        return self.min_months < other.max_months and other.min_months < self.max_months


class AgeGroup(StrEnum):
    """The ages a parent chooses from, in years as people say them (`0-2` is up to the third birthday)."""

    PREGNANT = "pregnant"
    FROM_0_TO_2 = "0-2"
    FROM_3_TO_5 = "3-5"
    FROM_6_TO_11 = "6-11"
    FROM_12_TO_17 = "12-17"
    FROM_18_TO_24 = "18-24"

    @property
    def range(self) -> AgeRange:
        """The group in months."""
        if self is AgeGroup.PREGNANT:
            return AgeRange(-9, 0)
        first, last = self.value.split("-")
        return AgeRange(int(first) * 12, (int(last) + 1) * 12)


class AreaLevel(StrEnum):
    """Level of a service area, from near to far; `everywhere` is Flanders and Brussels together."""

    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    REGION = "region"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """Where a service is meant for: a REFNIS code (`04000` is Brussels both as region and instead of a province)."""

    nis_code: str
    name: str
    level: AreaLevel


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
    """Where a service is offered. Coordinates are None when only the municipality is known."""

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
    """`number` in E.164 (`+3253723654`) or a short number as dialled (`106`); `national` as people read it."""

    number: str
    national: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A recurring opening, after HSDS `schedule`. Without `opens_at` it is only text, and unknown to the clock.

    `byday` holds RFC 5545 days (`MO`, or `2TH` for the second Thursday when `freq` is MONTHLY). `interval` counts
    weeks or months from `dtstart`. `closes_at` equal to `opens_at` "00:00" means the whole day. `school_holidays`
    says whether it also holds then: True, False, or None when the source does not say. `public_holidays` likewise.
    """

    freq: str = ""
    interval: int = 1
    byday: tuple[str, ...] = ()
    opens_at: dt.time | None = None
    closes_at: dt.time | None = None
    dtstart: dt.date | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    school_holidays: bool | None = None
    public_holidays: bool | None = None
    by_appointment: bool = False
    description: str = ""

    @property
    def is_structured(self) -> bool:
        """Whether the clock can use it."""
        return self.opens_at is not None and bool(self.byday)


@dataclass(frozen=True, slots=True)
class Organization:
    """Who offers it."""

    id: str
    name: str
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One thing that is offered, with everything known of it; `comes_first` puts it before others of its type."""

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


class PlaceKind(StrEnum):
    """What sort of name a place has."""

    MUNICIPALITY = "municipality"
    FORMER_MUNICIPALITY = "former_municipality"
    SUBMUNICIPALITY = "submunicipality"
    POSTCODE = "postcode"
    LOCALITY = "locality"
    STATION = "station"
    POSITION = "position"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point people can search for, and the municipality of 2025 it lies in.

    `id` is `kind:code`, stable between builds (`municipality:12025`, `postcode:2800`). `places` names the
    localities behind a postcode. `position` is a place from the browser and has no id in any table.
    """

    id: str
    kind: PlaceKind
    name_nl: str
    name_fr: str
    nis_code: str
    municipality_nl: str
    municipality_fr: str
    lon: float
    lat: float
    x: float
    y: float
    places: tuple[str, ...] = ()
