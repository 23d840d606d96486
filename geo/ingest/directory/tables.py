"""HSDS 3.0 table rows of draft services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from geo.directory.service import Confidence, Precision
from geo.directory.service_types import SERVICE_TYPES, ServiceType
from geo.ingest.directory.drafts import DraftHours, DraftPlace, DraftService
from geo.ingest.directory.normal import list_in_words, make_slug
from geo.ingest.directory.places import PlaceBook
from geo.opening.schedules import Schedule

Row = dict[str, str]
Tables = dict[str, list[Row]]

_LEVELS = {
    Confidence.HIGH: "Official or agreeing pages.",
    Confidence.MEDIUM: "One clear page.",
    Confidence.LOW: "A lead.",
}
_PRECISIONS = {
    Precision.ADDRESS: "Street and number on the map.",
    Precision.STREET: "Somewhere in the street.",
    Precision.LOCALITY: "The middle of a deelgemeente or postcode locality.",
    Precision.MUNICIPALITY: "Only the municipality is known: no point.",
}
_TAXONOMIES = {
    "service_type": "What is offered (closed list).",
    "confidence": "How far the source can be trusted.",
    "source": "Where a record comes from.",
    "status_detail": "More about the status.",
    "age": "Ages that HSDS has no column for.",
    "access": "How people get in.",
    "order": "What is shown before others of its kind.",
    "precision": "How well a location is known.",
    "hours": "When a schedule holds.",
}
_TERMS = {
    "source:url": ("Source", "The page that states the record."),
    "source:note": ("Note", "Why a record was judged as it is."),
    "status_detail:announced": ("Announced", "Announced, not confirmed by a later page."),
    "age:pregnancy": ("Pregnancy", "Also for pregnancy: the ages begin at -9 months."),
    "access:no_appointment": ("No appointment", "Nobody has to book."),
    "access:by_appointment": ("By appointment", "Only after booking."),
    "order:first": ("First", "Shown before others of its kind."),
    "hours:not_in_school_holidays": ("Not in school holidays", "The schedule does not hold in school holidays."),
    "hours:also_in_school_holidays": ("Also in school holidays", "The schedule holds in school holidays too."),
    "hours:not_on_public_holidays": ("Not on public holidays", "The schedule does not hold on public holidays."),
    "hours:also_on_public_holidays": ("Also on public holidays", "The schedule holds on public holidays too."),
    "hours:by_appointment": ("By appointment", "Only after booking."),
}
_HOURS_TERMS = (
    ("school_holidays", False, "hours:not_in_school_holidays"),
    ("school_holidays", True, "hours:also_in_school_holidays"),
    ("public_holidays", False, "hours:not_on_public_holidays"),
    ("public_holidays", True, "hours:also_on_public_holidays"),
    ("by_appointment", True, "hours:by_appointment"),
)
_SERVICE_TERMS = {
    "pregnancy": "age:pregnancy",
    "no_appointment": "access:no_appointment",
    "by_appointment": "access:by_appointment",
    "first": "order:first",
}


def build_tables(services: Sequence[DraftService], book: PlaceBook) -> Tables:
    """Return every table of the package by name; rows sorted by id."""
    places = _places_by_id(services)
    tables: Tables = {
        "organization": _organization_rows(services),
        "service": [_service_row(service) for service in services],
        "location": [_location_row(place, book) for place in places.values()],
        "address": [_address_row(place, book) for place in places.values() if place.street],
        "service_at_location": [
            {"id": key, "service_id": service.id, "location_id": place_id}
            for service in services
            for place_id, key in _at_ids(service).items()
        ],
        "phone": [row for service in services for row in _phone_rows(service)],
        "language": [],
        "schedule": [row for service in services for row in _schedule_rows(service)],
        "service_area": [row for service in services for row in _area_rows(service)],
        "cost_option": [_free_row(service) for service in services if "free" in service.facts],
        "taxonomy": [_taxonomy_row(code, text) for code, text in _TAXONOMIES.items()],
        "taxonomy_term": list(_term_rows()),
        "attribute": list(_attribute_rows(services, places.values())),
    }
    return {name: sorted(rows, key=lambda row: row["id"]) for name, rows in tables.items()}


def _organization_rows(services: Sequence[DraftService]) -> list[Row]:
    """Return the organizations; HSDS asks for a description, so it says what they offer."""
    offers: dict[str, list[str]] = {}
    for service in services:
        if service.organization:
            offers.setdefault(service.organization, []).append(service.name)
    return [
        {"id": make_slug(name), "name": name, "description": f"Aanbieder van {list_in_words(names)}.", "website": ""}
        for name, names in offers.items()
    ]


def _service_row(service: DraftService) -> Row:
    return {
        "id": service.id,
        "organization_id": service.organization_id,
        "name": service.name,
        "alternate_name": service.alternate_name,
        "description": service.description,
        "url": service.url,
        "email": service.email,
        "status": "inactive" if service.status == "announced" else service.status,
        "eligibility_description": service.eligibility,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "assured_date": service.assured_date,
        "alert": service.alert,
        "application_process": "",
    }


def _location_row(place: DraftPlace, book: PlaceBook) -> Row:
    return {
        "id": place.id,
        "location_type": "physical",
        "name": place.name,
        "latitude": "" if place.lat is None else f"{place.lat:.6f}",
        "longitude": "" if place.lon is None else f"{place.lon:.6f}",
        "external_identifier": place.nis_code,
        "external_identifier_type": "NIS 2025",
    }


def _address_row(place: DraftPlace, book: PlaceBook) -> Row:
    municipality = book.name(place.nis_code)
    return {
        "id": place.id,
        "location_id": place.id,
        "address_1": place.first_line,
        "address_2": f"bus {place.box}" if place.box else "",
        "city": place.city,
        "region": "" if municipality == place.city else municipality,
        "state_province": book.province(place.nis_code),
        "postal_code": place.postcode,
        "country": "BE",
        "address_type": "physical",
    }


def _places_by_id(services: Sequence[DraftService]) -> dict[str, DraftPlace]:
    """Return the places by id; where several services share one, a named one wins."""
    places: dict[str, DraftPlace] = {}
    for service in services:
        for place in service.places:
            if place.id not in places or place.name:
                places[place.id] = place
    return places


def _at_ids(service: DraftService) -> dict[str, str]:
    """Return the id of the service at each of its places."""
    return {place.id: f"{service.id}-at-{number}" for number, place in enumerate(service.places, start=1)}


def _phone_rows(service: DraftService) -> Iterator[Row]:
    for number, phone in enumerate(service.phones, start=1):
        key = f"{service.id}-phone-{number}"
        yield {"id": key, "service_id": service.id, "number": phone, "type": "voice", "description": ""}


def _schedule_rows(service: DraftService) -> Iterator[Row]:
    for number, hours in enumerate(service.hours, start=1):
        yield _schedule_row(service, hours, f"{service.id}-hours-{number:02}")


def _schedule_row(service: DraftService, hours: DraftHours, key: str) -> Row:
    schedule = hours.schedule
    return {
        "id": key,
        "service_id": service.id,
        "service_at_location_id": _at_ids(service)[hours.place_id] if hours.place_id else "",
        "valid_from": _iso_date(schedule.valid_from),
        "valid_to": _iso_date(schedule.valid_to),
        "dtstart": _iso_date(schedule.dtstart),
        "freq": schedule.freq,
        "interval": str(schedule.interval) if schedule.freq else "",
        "byday": ",".join(schedule.byday),
        "opens_at": f"{schedule.opens_at:%H:%M}" if schedule.opens_at else "",
        "closes_at": f"{schedule.closes_at:%H:%M}" if schedule.closes_at else "",
        "description": schedule.description,
        "notes": "",
    }


def _iso_date(date: object) -> str:
    return "" if date is None else str(date)


def _area_rows(service: DraftService) -> Iterator[Row]:
    for code, name in service.areas:
        key = f"{service.id}-{code}"
        yield {"id": key, "service_id": service.id, "name": name, "extent": code, "extent_type": "text"}


def _free_row(service: DraftService) -> Row:
    row = {"id": f"{service.id}-free", "service_id": service.id, "option": "free", "amount": "0", "currency": "EUR"}
    return row | {"amount_description": "gratis"}


def _taxonomy_row(code: str, text: str) -> Row:
    return {"id": code, "name": code, "description": text}


def _term_rows() -> Iterator[Row]:
    for kind, info in SERVICE_TYPES.items():
        yield _term_row("service_type", kind.value, info.name, info.definition)
    for level, text in _LEVELS.items():
        yield _term_row("confidence", level.value, level.value, text)
    for precision, text in _PRECISIONS.items():
        yield _term_row("precision", precision.value, precision.value, text)
    for key, (name, text) in _TERMS.items():
        taxonomy, code = key.split(":")
        yield _term_row(taxonomy, code, name, text)


def _term_row(taxonomy: str, code: str, name: str, text: str) -> Row:
    key = f"{taxonomy}:{code}"
    return {"id": key, "taxonomy_id": taxonomy, "code": code, "name": name, "description": text}


def _attribute_rows(services: Sequence[DraftService], places: Iterable[DraftPlace]) -> Iterator[Row]:
    for service in services:
        for term, value in _service_terms(service):
            yield _attribute_row("service", service.id, term, value)
        for number, hours in enumerate(service.hours, start=1):
            for term in _hours_terms(hours.schedule):
                yield _attribute_row("schedule", f"{service.id}-hours-{number:02}", term)
    for place in places:
        yield _attribute_row("location", place.id, f"precision:{place.precision.value}")


def _service_terms(service: DraftService) -> Iterator[tuple[str, str]]:
    yield f"service_type:{ServiceType(service.service_type).value}", ""
    yield f"confidence:{service.confidence.value}", ""
    if service.source_url:
        yield "source:url", service.source_url
    if service.note:
        yield "source:note", service.note
    if service.status == "announced":
        yield "status_detail:announced", ""
    for fact, term in _SERVICE_TERMS.items():
        if fact in service.facts:
            yield term, ""


def _hours_terms(schedule: Schedule) -> Iterator[str]:
    for name, value, term in _HOURS_TERMS:
        if getattr(schedule, name) is value:
            yield term


def _attribute_row(entity: str, link: str, term: str, value: str = "") -> Row:
    key = make_slug(link, term.split(":")[1])
    row = {"id": key, "link_id": link, "link_entity": entity, "link_type": "", "taxonomy_term_id": term}
    return row | {"value": value}
