"""Services in open formats, with the data version."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import struct
from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
from pyarrow import parquet

from geo.directory.records import Record, service_record
from geo.directory.service import Location, Service
from geo.hsds import write
from geo.hsds.tables import Tables
from geo.opening.schedules import Schedule
from geo.text import spreadsheet_cell

# One row per service at location (or per service without one): service, place, and what else is known of the pair
OfferRow = tuple[Service, Location | None, Record]


def offer_rows(services: Iterable[Service]) -> Iterator[OfferRow]:
    """Yield every service at each of its locations.

    Once without a location.
    """
    for service in services:
        for location in service.locations or (None,):
            yield service, location, {}


def to_hsds(services: Sequence[Service], *, data_version: str) -> bytes:
    """Return services as a zipped HSDS 3.0 data package.

    Reading it back gives the same services.
    """
    return write.package_bytes(write.tables_from(services), data_version=data_version)


def tables_to_hsds(tables: Tables, *, data_version: str) -> bytes:
    """Return HSDS tables as a zipped tabular data package.

    As they are, with every column they came with.
    """
    return write.package_bytes(tables, data_version=data_version)


def to_geojson(rows: Iterable[OfferRow], *, data_version: str, now: dt.datetime) -> bytes:
    """Return a GeoJSON FeatureCollection (RFC 7946: EPSG:4326, lon before lat, no crs).

    One feature per service at location, or per service without one; its geometry is null where no coordinates
    are known. The properties are those of `records.service_record`.
    """
    features = [_make_feature(offer, now) for offer in rows]
    collection = {"type": "FeatureCollection", "data_version": data_version, "features": features}
    return _json_bytes(collection)


def _make_feature(offer: OfferRow, now: dt.datetime) -> Record:
    service, location, more = offer
    located = location is not None and location.is_located
    return {
        "type": "Feature",
        "id": offer_id(service, location),
        "geometry": {"type": "Point", "coordinates": [location.lon, location.lat]} if located and location else None,
        "properties": service_record(service, now=now, location=location) | more,
    }


def offer_id(service: Service, location: Location | None) -> str:
    """Return an id for a service at a location."""
    return f"{service.id}@{location.id}" if location else service.id


def _json_bytes(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8", "replace")


def to_csv(rows: Iterable[OfferRow], *, data_version: str, now: dt.datetime) -> bytes:
    """Return a flat CSV, one row per service at location.

    UTF-8, comma, one header row.

    Text that a spreadsheet would run (it begins with = + - @ or a tab) gets a leading apostrophe. Belgian phone
    numbers are written as people dial them (015 12 34 56), so they need none. Numbers are plain numbers.
    """
    flat = [_flat_record(offer, now) | {"data_version": data_version} for offer in rows]
    columns = dict.fromkeys((*COLUMNS, *(name for row in flat for name in row)))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(columns), lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writeheader()
    for row in flat:
        writer.writerow({name: spreadsheet_cell(cell) if isinstance(cell, str) else cell for name, cell in row.items()})
    return out.getvalue().encode("utf-8", "replace")


COLUMNS = (
    "id",
    "name",
    "service_type",
    "status",
    "organization",
    "min_months",
    "max_months",
    "ages_stated",
    "location_id",
    "address",
    "precision",
    "nis_code",
    "lon",
    "lat",
    "service_area",
    "phones",
    "email",
    "url",
    "languages",
    "is_free",
    "needs_appointment",
    "hours",
    "alert",
    "assured_date",
    "freshness",
    "confidence",
    "source_url",
    "data_version",
)


def _flat_record(offer: OfferRow, now: dt.datetime) -> Record:
    """Return one offer as a row of plain cells; several values are joined by semicolons."""
    service, location, more = offer
    record = service_record(service, now=now, location=location) | more
    where: Record = {
        "location_id": None,
        "address": None,
        "precision": None,
        "nis_code": None,
        "lon": None,
        "lat": None,
    }
    if isinstance(record["location"], dict):
        place = record["location"]
        where = {"location_id": place["id"]} | {name: place[name] for name in where if name != "location_id"}
    cells = (
        record
        | where
        | {
            "min_months": service.ages.min_months,
            "max_months": None if service.ages.max_months == float("inf") else service.ages.max_months,
            "ages_stated": service.ages_stated,
            "service_area": "; ".join(area.nis_code for area in service.service_areas),
            "phones": "; ".join(phone.national for phone in service.phones),
            "languages": "; ".join(service.languages),
            "hours": "; ".join(hours_text(schedule) for schedule in service.schedules),
        }
    )
    names = dict.fromkeys((*COLUMNS[:-1], *more))
    return {name: _plain_cell(cells[name]) for name in names}


def _plain_cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return int(value) if isinstance(value, float) and value == int(value) else value


def hours_text(schedule: Schedule) -> str:
    """Return stated hours in one line.

    `MO,TU 09:00-12:30`, or the text of the source.
    """
    if schedule.opens_at is None or schedule.closes_at is None:
        return schedule.description
    return f"{','.join(schedule.byday)} {schedule.opens_at:%H:%M}-{schedule.closes_at:%H:%M}"


def to_geoparquet(rows: Iterable[OfferRow], *, data_version: str, now: dt.datetime) -> bytes:
    """Return GeoParquet 1.1.0, one row per service at location.

    WKB points in OGC:CRS84.

    The columns are those of the CSV; `geometry` is null where no coordinates are known.
    """
    listed = list(rows)
    flat = [_flat_record(offer, now) | {"data_version": data_version} for offer in listed]
    points = [(place.lon, place.lat) if place and place.is_located else None for _, place, _ in listed]
    columns = {name: pa.array([row[name] for row in flat], _arrow_type(name)) for name in COLUMNS}
    columns["geometry"] = pa.array([_point_wkb(point) for point in points], pa.binary())
    metadata = {"geo": json.dumps(_geo_metadata([p for p in points if p])), "data_version": data_version}
    out = io.BytesIO()
    parquet.write_table(pa.table(columns).replace_schema_metadata(metadata), out, compression="zstd")
    return out.getvalue()


_NUMERIC = frozenset({"min_months", "max_months", "lon", "lat"})


def _arrow_type(name: str) -> pa.DataType:
    return pa.float64() if name in _NUMERIC else pa.string()


def _point_wkb(point: tuple[float | None, float | None] | None) -> bytes | None:
    return None if point is None else struct.pack("<BIdd", 1, 1, *point)


def _geo_metadata(points: Sequence[tuple[float | None, float | None]]) -> Record:
    column: Record = {"encoding": "WKB", "geometry_types": ["Point"] if points else []}
    if points:
        lons, lats = zip(*points, strict=True)
        column["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
