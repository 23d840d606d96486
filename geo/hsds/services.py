"""Services from the rows of HSDS tables."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from geo.ages import AgeRange
from geo.directory import phones
from geo.directory.service import Confidence, Location, Organization, Phone, Service, ServiceArea, Status
from geo.directory.service_types import SERVICE_TYPES, ServiceType
from geo.hsds.locations import locations_of
from geo.hsds.tables import Row, Tables, pause_collector, tables_of
from geo.hsds.terms import Facts, facts_of
from geo.opening.schedules import Schedule
from geo.places.nis_codes import REGIONS, is_area_code, service_area_level
from geo.text import openable_url

PREGNANCY_MONTHS = -9.0
_YES_NO = {"yes": True, "no": False}

Grouped = Mapping[str, Sequence[Row]]


def services_from(tables: Mapping[str, Sequence[Row]]) -> tuple[Service, ...]:
    """Return the services of valid tables, sorted by id.

    Valid are tables in which `validate.problems_in` found no error.

    Ages become months; locations get x, y in EPSG:3812 (rounded to the centimetre); a `service_area` without a
    REFNIS code, a place that is not physical and an unknown attribute are left out.
    """
    with pause_collector():
        known = tables_of(tables)
        parts = _Parts.of(known)
        return tuple(_make_service(row, parts) for row in sorted(known.rows("service"), key=lambda row: row["id"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """All that services are made of, by the id they look it up with."""

    facts: Mapping[str, Facts]
    organizations: Mapping[str, Organization]
    locations: Mapping[str, Location]
    places: Grouped
    areas: Grouped
    phones: Grouped
    languages: Grouped
    costs: Grouped
    schedules: Grouped
    schedule_facts: Mapping[str, Facts]

    @classmethod
    def of(cls, tables: Tables) -> _Parts:
        facts = facts_of(tables)
        owners = _find_owners(tables)
        return cls(
            facts=facts["service"],
            organizations={row["id"]: _make_organization(row) for row in tables.rows("organization")},
            locations=locations_of(tables, facts["location"]),
            places=_group_by_service(tables.rows("service_at_location"), {}),
            areas=_group_by_service(tables.rows("service_area"), {}),
            phones=_group_by_service(tables.rows("phone"), owners),
            languages=_group_by_service(tables.rows("language"), owners),
            costs=_group_by_service(tables.rows("cost_option"), {}),
            schedules=_group_by_service(tables.rows("schedule"), owners),
            schedule_facts=facts["schedule"],
        )


def _find_owners(tables: Tables) -> dict[tuple[str, str], list[str]]:
    """Return which services a row belongs to that names a service at location or a location instead."""
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    offered = chain.from_iterable(tables.rows(table) for table in ("phone", "language", "schedule"))
    if all(row.get("service_id") for row in offered):
        return owners
    for row in tables.rows("service_at_location"):
        service = row.get("service_id", "")
        owners["service_at_location_id", row["id"]].append(service)
        owners["location_id", row.get("location_id", "")].append(service)
    return owners


def _group_by_service(rows: Iterable[Row], owners: Mapping[tuple[str, str], list[str]]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        service = row.get("service_id", "")
        for owner in (service,) if service else _indirect_owners(row, owners):
            grouped.setdefault(owner, []).append(row)
    return grouped


def _indirect_owners(row: Row, owners: Mapping[tuple[str, str], list[str]]) -> list[str]:
    for column in ("service_at_location_id", "location_id"):
        if row.get(column):
            return owners.get((column, row[column]), [])
    return []


def _make_organization(row: Row) -> Organization:
    return Organization(id=row["id"], name=row["name"], website=openable_url(row.get("website", "")))


def _make_service(row: Row, parts: _Parts) -> Service:
    key = row["id"]
    facts = parts.facts.get(key, {})
    kind = ServiceType(facts["service_type"])
    ages, stated = _ages_of(row, kind, pregnancy="pregnancy" in facts)
    return Service(
        id=key,
        name=row["name"],
        service_type=kind,
        organization=parts.organizations.get(row.get("organization_id", "")),
        status=_status_of(row["status"], facts),
        alternate_name=row.get("alternate_name", ""),
        description=row.get("description", ""),
        alert=row.get("alert", ""),
        ages=ages,
        ages_stated=stated,
        locations=_locations_of_service(parts.places.get(key, ()), parts.locations),
        service_areas=_service_areas(parts.areas.get(key, ())),
        phones=tuple(_make_phone(phone) for phone in parts.phones.get(key, ())),
        email=row.get("email", ""),
        url=openable_url(row.get("url", "")),
        languages=_language_codes(parts.languages.get(key, ())),
        is_free=_is_free(parts.costs.get(key, ())),
        needs_appointment=_YES_NO.get(facts.get("needs_appointment", "")),
        comes_first="comes_first" in facts,
        schedules=tuple(
            _make_schedule(item, parts.schedule_facts.get(item["id"], {})) for item in parts.schedules.get(key, ())
        ),
        eligibility=row.get("eligibility_description", ""),
        assured_date=date_of(row.get("assured_date", "")),
        confidence=Confidence(facts.get("confidence", "medium")),
        source_url=openable_url(facts.get("source_url", "")),
    )


def _status_of(text: str, facts: Facts) -> Status:
    status = Status(text)
    return Status.ANNOUNCED if status is Status.INACTIVE and "status_detail" in facts else status


def _ages_of(row: Row, kind: ServiceType, *, pregnancy: bool) -> tuple[AgeRange, bool]:
    """Return the ages in months, half-open, and whether the record states them (else they are the type's)."""
    first, last = row.get("minimum_age", ""), row.get("maximum_age", "")
    if not first and not last:
        usual = SERVICE_TYPES[kind].ages
        return (AgeRange(PREGNANCY_MONTHS, usual.max_months) if pregnancy else usual), False
    minimum = PREGNANCY_MONTHS if pregnancy else months_of(first or "0")
    return AgeRange(minimum, months_of(last) if last else math.inf), True


def months_of(years: str) -> float:
    """Return decimal years as months, to the hundredth.

    0.75 is 9 and 0.0833 is 1.
    """
    return round(float(years) * 12, 2)


def _locations_of_service(rows: Iterable[Row], locations: Mapping[str, Location]) -> tuple[Location, ...]:
    keys = dict.fromkeys(row.get("location_id", "") for row in rows)
    return tuple(locations[key] for key in keys if key in locations)


def _service_areas(rows: Sequence[Row]) -> tuple[ServiceArea, ...]:
    """Return the areas with a REFNIS code; Flanders and Brussels together are everywhere."""
    codes = {row.get("extent", "") for row in rows}
    everywhere = codes >= REGIONS
    return tuple(
        ServiceArea(row["extent"], row.get("name", ""), service_area_level(row["extent"], everywhere=everywhere))
        for row in rows
        if is_area_code(row.get("extent", ""))
    )


def _make_phone(row: Row) -> Phone:
    number = phones.canonical_number(row["number"])
    return Phone(number, phones.national_number(number), row.get("description", ""))


def _language_codes(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["code"].lower() for row in rows if row.get("code")))


def _is_free(rows: Sequence[Row]) -> bool | None:
    """Return whether every option costs nothing; None when no costs are known."""
    if not rows:
        return None
    return all(row.get("option", "").lower() in ("free", "gratis") or _is_zero(row.get("amount", "")) for row in rows)


def _is_zero(amount: str) -> bool:
    return bool(amount) and float(amount) == 0


def date_of(text: str) -> dt.date | None:
    """Return the date of `2024-03-01` or `2024-03-01T10:00:00Z`; None when empty."""
    return dt.date.fromisoformat(text[:10]) if text else None


def time_of(text: str) -> dt.time | None:
    """Return the local time of a text; None when empty.

    `08:30`, `08:30:00` or `08:30Z`; `24:00` is midnight.
    """
    if not text:
        return None
    return dt.time(int(text[:2]) % 24, int(text[3:5]))


def _make_schedule(row: Row, facts: Facts) -> Schedule:
    opens, closes = time_of(row.get("opens_at", "")), time_of(row.get("closes_at", ""))
    complete = opens is not None and closes is not None
    return Schedule(
        freq=row.get("freq", ""),
        interval=int(row.get("interval") or 1),
        byday=tuple(day.strip() for day in row.get("byday", "").split(",") if day.strip()),
        opens_at=opens if complete else None,
        closes_at=closes if complete else None,
        dtstart=date_of(row.get("dtstart", "")),
        valid_from=date_of(row.get("valid_from", "")),
        valid_to=date_of(row.get("valid_to", "")),
        school_holidays=_YES_NO.get(facts.get("school_holidays", "")),
        public_holidays=_YES_NO.get(facts.get("public_holidays", "")),
        by_appointment=facts.get("by_appointment") == "yes",
        description=row.get("description", ""),
    )
