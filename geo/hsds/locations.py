"""Locations from the rows of HSDS tables."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

import numpy as np

from geo import crs
from geo.directory.service import Address, Location, Precision
from geo.hsds.tables import Row, Tables
from geo.hsds.terms import Facts

_STREET_AND_NUMBER = re.compile(r"(.*?\D)\s+(\d+[\w/+-]*)")
_BOX = re.compile(r"(?:bus|bo[iî]te|bte|box)\.?\s+(\S.*)", re.IGNORECASE)


def locations_of(tables: Tables, facts: Mapping[str, Facts]) -> dict[str, Location]:
    """Return the physical locations by id, in EPSG:3812.

    All are carried over in one call.
    """
    addresses = _addresses_by_location(tables.rows("address"))
    rows = [row for row in tables.rows("location") if row.get("location_type", "") == "physical"]
    kinds = [_precision_of(row, facts.get(row["id"], {}), addresses.get(row["id"], Address())) for row in rows]
    points = [_point_of(row, kind) for row, kind in zip(rows, kinds, strict=True)]
    lons = np.array([point[0] for point in points], float)
    lats = np.array([point[1] for point in points], float)
    xs, ys = (np.round(values, 2).tolist() for values in crs.to_metric(lons, lats))
    return {
        row["id"]: Location(
            id=row["id"],
            name=row.get("name", ""),
            address=addresses.get(row["id"], Address()),
            precision=kind,
            nis_code=_nis_code(row),
            lon=_number_or_none(lon),
            lat=_number_or_none(lat),
            x=None if math.isnan(lon) else x,
            y=None if math.isnan(lon) else y,
        )
        for row, kind, (lon, lat), x, y in zip(rows, kinds, points, xs, ys, strict=True)
    }


def _number_or_none(value: float) -> float | None:
    return None if math.isnan(value) else value


def _point_of(row: Row, precision: Precision) -> tuple[float, float]:
    """Return lon, lat; NaN where they are not given or where only the municipality is known."""
    lon, lat = row.get("longitude", ""), row.get("latitude", "")
    if not lon or not lat or precision is Precision.MUNICIPALITY:
        return math.nan, math.nan
    return float(lon), float(lat)


def _precision_of(row: Row, facts: Facts, address: Address) -> Precision:
    """Return the precision that the record states, or else the best that its address allows."""
    if "precision" in facts:
        return Precision(facts["precision"])
    if not row.get("longitude") or not row.get("latitude"):
        return Precision.MUNICIPALITY
    if not address.street:
        return Precision.LOCALITY
    return Precision.ADDRESS if address.house_number else Precision.STREET


def _nis_code(row: Row) -> str:
    return row.get("external_identifier", "") if "NIS" in row.get("external_identifier_type", "").upper() else ""


def _addresses_by_location(rows: Iterable[Row]) -> dict[str, Address]:
    """Return the address of each location: the physical one, else the first."""
    chosen: dict[str, Row] = {}
    for row in rows:
        key = row.get("location_id", "")
        if key not in chosen or (row.get("address_type") == "physical" != chosen[key].get("address_type")):
            chosen[key] = row
    return {key: _parse_address(row) for key, row in chosen.items()}


def _parse_address(row: Row) -> Address:
    first, second = row.get("address_1", ""), row.get("address_2", "")
    box = _BOX.fullmatch(second)
    if second and not box:
        return Address(f"{first}, {second}", "", "", row.get("postal_code", ""), row.get("city", ""))
    match = _STREET_AND_NUMBER.fullmatch(first)
    street, number = match.groups() if match else (first, "")
    return Address(street, number, box.group(1) if box else "", row.get("postal_code", ""), row.get("city", ""))
