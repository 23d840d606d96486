"""Write services as HSDS 3.0 tables and data packages."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
import zipfile
from collections.abc import Iterator, Sequence

from geo.directory.service import Location, Organization, Service, Status
from geo.directory.service_types import SERVICE_TYPES
from geo.hsds.contracts import CONTRACTS, HsdsKind
from geo.hsds.tables import Row, Tables
from geo.hsds.terms import MEANINGS
from geo.opening.schedules import Schedule

_FIELD_TYPES = {
    HsdsKind.AGE: "number",
    HsdsKind.AMOUNT: "number",
    HsdsKind.LATITUDE: "number",
    HsdsKind.LONGITUDE: "number",
    HsdsKind.COUNT: "integer",
    HsdsKind.DATE: "date",
}
_LINE_END = "\r\n"  # of RFC 4180; with it the writer also quotes a lone carriage return inside a text
_UNCHANGING = (1980, 1, 1, 0, 0, 0)  # the date of every file in the zip: the same services give the same bytes


def tables_from(services: Sequence[Service]) -> Tables:
    """Return the HSDS tables of services; `services_from` reads the same services back.

    What HSDS asks for and a service does not carry: an organization without a description gets its name, an
    address has the country BE and no province.
    """
    tables = Tables({table: [] for table in CONTRACTS})
    organizations: dict[str, Organization] = {}
    locations: dict[str, Location] = {}
    for service in services:
        if service.organization:
            organizations[service.organization.id] = service.organization
        locations |= {location.id: location for location in service.locations}
        _add_service(tables, service)
    tables["organization"] = [
        {"id": org.id, "name": org.name, "description": org.name, "website": org.website}
        for org in organizations.values()
    ]
    for location in locations.values():
        _add_location(tables, location)
    _add_terms(tables)
    return tables


def _add_service(tables: Tables, service: Service) -> None:
    announced = service.status is Status.ANNOUNCED
    tables["service"].append(
        {
            "id": service.id,
            "organization_id": service.organization.id if service.organization else "",
            "name": service.name,
            "alternate_name": service.alternate_name,
            "description": service.description,
            "url": service.url,
            "email": service.email,
            "status": (Status.INACTIVE if announced else service.status).value,
            "eligibility_description": service.eligibility,
            "minimum_age": years_text(max(service.ages.min_months, 0)) if service.ages_stated else "",
            "maximum_age": years_text(service.ages.max_months) if service.ages_stated else "",
            "assured_date": _date_text(service.assured_date),
            "alert": service.alert,
        }
    )
    for table, rows in _rows_below(service).items():
        key = f"{service.id}-{table.replace('_', '-')}"
        tables[table] += [{"id": f"{key}-{n}", "service_id": service.id} | row for n, row in enumerate(rows, start=1)]
    for number, schedule in enumerate(service.schedules, start=1):
        _add_schedule(tables, schedule, service_id=service.id, key=f"{service.id}-schedule-{number}")
    for term, value in _service_terms(service):
        _add_attribute(tables, service.id, term, entity="service", value=value)


def _rows_below(service: Service) -> dict[str, list[Row]]:
    """Return per table the rows that hang below a service, still without their ids."""
    free: dict[bool | None, list[Row]] = {
        True: [{"option": "free", "amount": "0", "currency": "EUR"}],
        False: [{"option": "paid"}],
        None: [],
    }
    return {
        "service_at_location": [{"location_id": location.id} for location in service.locations],
        "service_area": [
            {"name": area.name, "extent": area.nis_code, "extent_type": "text"} for area in service.service_areas
        ],
        "phone": [
            {"number": phone.number, "type": "voice", "description": phone.description} for phone in service.phones
        ],
        "language": [{"code": code} for code in service.languages],
        "cost_option": free[service.is_free],
    }


def years_text(months: float) -> str:
    """Return months as decimal years.

    9 is 0.75; an open end is empty.
    """
    return "" if math.isinf(months) else f"{months / 12:.6f}".rstrip("0").rstrip(".")


def _date_text(date: dt.date | None) -> str:
    return date.isoformat() if date else ""


def _time_text(time: dt.time | None) -> str:
    return f"{time:%H:%M}" if time else ""


def _add_schedule(tables: Tables, schedule: Schedule, *, service_id: str, key: str) -> None:
    tables["schedule"].append(
        {
            "id": key,
            "service_id": service_id,
            "valid_from": _date_text(schedule.valid_from),
            "valid_to": _date_text(schedule.valid_to),
            "dtstart": _date_text(schedule.dtstart),
            "freq": schedule.freq,
            "interval": str(schedule.interval),
            "byday": ",".join(schedule.byday),
            "opens_at": _time_text(schedule.opens_at),
            "closes_at": _time_text(schedule.closes_at),
            "description": schedule.description,
        }
    )
    for term in _schedule_terms(schedule):
        _add_attribute(tables, key, term, entity="schedule")


def _schedule_terms(schedule: Schedule) -> Iterator[str]:
    if schedule.school_holidays is not None:
        yield "hours:also_in_school_holidays" if schedule.school_holidays else "hours:not_in_school_holidays"
    if schedule.public_holidays is not None:
        yield "hours:also_on_public_holidays" if schedule.public_holidays else "hours:not_on_public_holidays"
    if schedule.by_appointment:
        yield "hours:by_appointment"


def _service_terms(service: Service) -> Iterator[tuple[str, str]]:
    yield f"service_type:{service.service_type.value}", ""
    yield f"confidence:{service.confidence.value}", ""
    if service.source_url:
        yield "source:url", service.source_url
    if service.status is Status.ANNOUNCED:
        yield "status_detail:announced", ""
    if service.ages.min_months < 0 and (
        service.ages_stated or SERVICE_TYPES[service.service_type].ages.min_months >= 0
    ):
        yield "age:pregnancy", ""
    if service.needs_appointment is not None:
        yield "access:by_appointment" if service.needs_appointment else "access:no_appointment", ""
    if service.comes_first:
        yield "order:first", ""


def _add_attribute(tables: Tables, link: str, term: str, *, entity: str, value: str = "") -> None:
    tables["attribute"].append(
        {
            "id": f"{link}-{entity}-{term.replace(':', '-').replace('_', '-')}",
            "link_id": link,
            "link_entity": entity,
            "link_type": "taxonomy_term",
            "taxonomy_term_id": term,
            "value": value,
        }
    )


def _add_location(tables: Tables, location: Location) -> None:
    tables["location"].append(
        {
            "id": location.id,
            "location_type": "physical",
            "name": location.name,
            "latitude": "" if location.lat is None else repr(location.lat),
            "longitude": "" if location.lon is None else repr(location.lon),
            "external_identifier": location.nis_code,
            "external_identifier_type": "NIS 2025" if location.nis_code else "",
        }
    )
    address = location.address
    if any((address.street, address.postal_code, address.city)):
        tables["address"].append(
            {
                "id": f"{location.id}-address",
                "location_id": location.id,
                "address_1": " ".join(part for part in (address.street, address.house_number) if part),
                "address_2": f"bus {address.box}" if address.box else "",
                "city": address.city,
                "state_province": "",
                "postal_code": address.postal_code,
                "country": "BE",
                "address_type": "physical",
            }
        )
    _add_attribute(tables, location.id, f"precision:{location.precision.value}", entity="location")


def _add_terms(tables: Tables) -> None:
    """List every term that we know, so that any selection of services is a complete package."""
    tables["taxonomy"] = [
        {"id": name, "name": name, "description": name}
        for name in dict.fromkeys(term.split(":")[0] for term in MEANINGS)
    ]
    tables["taxonomy_term"] = [
        {"id": term, "taxonomy_id": name, "code": code, "name": code.replace("_", " "), "description": term}
        for term in MEANINGS
        for name, code in [term.split(":")]
    ]


def package_bytes(tables: Tables, *, data_version: str) -> bytes:
    """Return tables as a zipped tabular data package.

    The same tables give the same bytes.
    """
    named = [(table, _column_names(table, rows), rows) for table, rows in tables.items()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, columns, rows in named:
            _write_member(archive, f"{table}.csv", _csv_text(columns, rows))
        described = [(table, columns) for table, columns, _ in named]
        _write_member(archive, "datapackage.json", _manifest_text(described, data_version))
    return out.getvalue()


def _write_member(archive: zipfile.ZipFile, name: str, text: str) -> None:
    member = zipfile.ZipInfo(name, _UNCHANGING)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, text.encode("utf-8"))


def _column_names(table: str, rows: Sequence[Row]) -> list[str]:
    """Return the columns of the standard in their order, then those that only these rows have."""
    own = dict.fromkeys(key for row in rows for key in row)
    standard = [column.name for column in CONTRACTS.get(table, ()) if column.required or column.name in own]
    return [*standard, *(name for name in own if name and name not in standard)]


def _csv_text(columns: Sequence[str], rows: Sequence[Row]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=columns, lineterminator=_LINE_END, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _manifest_text(tables: Sequence[tuple[str, list[str]]], data_version: str) -> str:
    manifest = {
        "profile": "tabular-data-package",
        "name": "opvoedkaart-directory",
        "title": "Opvoedkaart: parenting support in Flanders and Brussels (HSDS 3.0)",
        "version": data_version,
        "resources": [_resource_record(table, columns) for table, columns in tables],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def _resource_record(table: str, columns: Sequence[str]) -> dict[str, object]:
    contract = {column.name: column for column in CONTRACTS.get(table, ())}
    fields = [
        {"name": name, "type": _FIELD_TYPES.get(contract[name].kind, "string") if name in contract else "string"}
        for name in columns
    ]
    keys = [
        {"fields": name, "reference": {"resource": contract[name].table, "fields": "id"}}
        for name in columns
        if name in contract and contract[name].table
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id", "foreignKeys": keys},
    }
