"""A service as plain values."""

from __future__ import annotations

import datetime as dt
import math

from geo.ages import AgeRange
from geo.directory.freshness import freshness
from geo.directory.service import Location, Service
from geo.opening import schedules, state
from geo.text import openable_url, strip_hidden

Record = dict[str, object]


def service_record(service: Service, *, now: dt.datetime, location: Location | None = None) -> Record:
    """Return a service as plain values.

    With codes and numbers only; texts carry no hidden characters.

    Parameters
    ----------
    service : Service
        The service.
    now : datetime with time zone
        The moment that the opening state and the freshness speak of.
    location : Location or None
        The one of its locations that is meant; None when it has none.

    Notes
    -----
    Ages are months, half-open; `max_months` is None when there is no upper age. `lon`, `lat` are EPSG:4326
    degrees, None when only the municipality is known. Dates are ISO 8601.
    """
    today = now.astimezone(schedules.BRUSSELS_TIME).date()
    return {
        "id": service.id,
        "name": strip_hidden(service.name),
        "alternate_name": strip_hidden(service.alternate_name),
        "service_type": service.service_type.value,
        "status": service.status.value,
        "organization": strip_hidden(service.organization.name) if service.organization else None,
        "ages": ages_record(service.ages, stated=service.ages_stated),
        "location": location_record(location) if location else None,
        "service_area": [
            {"nis_code": area.nis_code, "name": strip_hidden(area.name), "level": area.level.value}
            for area in service.service_areas
        ],
        "phones": [
            {"number": phone.number, "national": phone.national, "description": strip_hidden(phone.description)}
            for phone in service.phones
        ],
        "email": strip_hidden(service.email),
        "url": openable_url(strip_hidden(service.url)),
        "languages": list(service.languages),
        "is_free": service.is_free,
        "needs_appointment": service.needs_appointment,
        "opening": opening_record(service, now=now),
        "alert": strip_hidden(service.alert),
        "assured_date": service.assured_date.isoformat() if service.assured_date else None,
        "freshness": freshness(service.assured_date, today).value,
        "confidence": service.confidence.value,
        "source_url": openable_url(strip_hidden(service.source_url)),
    }


def ages_record(ages: AgeRange, *, stated: bool) -> Record:
    """Return a range of ages in months; an open end is None."""
    return {
        "min_months": _plain_months(ages.min_months),
        "max_months": None if math.isinf(ages.max_months) else _plain_months(ages.max_months),
        "stated": stated,
    }


def _plain_months(months: float) -> float:
    return int(months) if months == int(months) else months


def location_record(location: Location) -> Record:
    """Return a location as plain values.

    lon and lat are None when only the municipality is known.
    """
    return {
        "id": location.id,
        "name": strip_hidden(location.name),
        "address": strip_hidden(location.address.line),
        "precision": location.precision.value,
        "nis_code": location.nis_code,
        "lon": location.lon,
        "lat": location.lat,
    }


def opening_record(service: Service, *, now: dt.datetime) -> Record:
    """Return the opening state at a moment.

    Times are ISO 8601 with the offset of Brussels.
    """
    found = state.state_at(service.schedules, now=now)
    return {
        "state": found.state.value,
        "until": found.until.isoformat() if found.until else None,
        "opens_next": found.opens_next.isoformat() if found.opens_next else None,
        "reason": found.reason.value,
    }
