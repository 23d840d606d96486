"""Draft services, before they are written as tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.directory.service import Confidence, Precision
from geo.directory.service_types import ServiceType
from geo.ingest.directory.normal import make_slug
from geo.opening.schedules import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlace:
    """A place where a service is offered.

    lon, lat in EPSG:4326 degrees, None when only the municipality is known.
    """

    id: str
    nis_code: str
    precision: Precision
    name: str = ""
    street: str = ""
    house_number: str = ""
    box: str = ""
    postcode: str = ""
    city: str = ""
    lon: float | None = None
    lat: float | None = None

    @property
    def first_line(self) -> str:
        """Street and number, as far as known."""
        return f"{self.street} {self.house_number}".strip()


@dataclass(frozen=True, slots=True)
class DraftHours:
    """A schedule of a service, at one or all places.

    `place_id` is None for all of them.
    """

    schedule: Schedule
    place_id: str | None = None


@dataclass(slots=True, kw_only=True)
class DraftService:
    """One service with all that belongs to it.

    `areas` are (REFNIS code, name); ages are years as text.
    """

    id: str
    name: str
    service_type: ServiceType
    confidence: Confidence
    alternate_name: str = ""
    organization: str = ""
    description: str = ""
    alert: str = ""
    eligibility: str = ""
    email: str = ""
    url: str = ""
    minimum_age: str = ""
    maximum_age: str = ""
    assured_date: str = ""
    source_url: str = ""
    note: str = ""
    status: str = "active"
    facts: set[str] = field(default_factory=set)
    phones: list[str] = field(default_factory=list)
    places: list[DraftPlace] = field(default_factory=list)
    areas: list[tuple[str, str]] = field(default_factory=list)
    hours: list[DraftHours] = field(default_factory=list)

    @property
    def organization_id(self) -> str:
        """Id of the organization; empty when none is known."""
        return make_slug(self.organization)
