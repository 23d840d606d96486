"""A large synthetic directory, for trying how far the finder scales.

It is the same for the same seed.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from geo.directory import ServiceType

SERVICE_COUNT = 100_000
SEED = 20_250_101
JITTER_DEGREES = 0.0006  # some 60 metres round the middle of a statistical sector
T = ServiceType
_SHARE = {
    T.HOUSE_OF_THE_CHILD: 0.24, T.PARENTING_SHOP: 0.07, T.IAPSC_TEAM: 0.04, T.PLAY_AND_ENCOUNTER: 0.18,
    T.COUNSELLING_CENTRE: 0.17, T.MOBILE_SUPPORT: 0.09, T.EDUCATIONAL_OPPORTUNITIES: 0.06,
    T.FAMILY_CARE_CENTRE: 0.05, T.PUPIL_GUIDANCE_CENTRE: 0.09, T.PARENTING_LINE: 0.001,
    T.PROVINCIAL_CENTRE: 0.0005, T.FLEMISH_COORDINATOR: 0.0005,
}  # fmt: skip
_DAYS = ("MO", "TU", "WE", "TH", "FR", "MO,TU,WE,TH,FR", "MO,WE", "TU,TH", "SA")
_OPENS = ("08:30", "09:00", "09:30", "10:00", "13:00", "13:30", "14:00")
_LASTING_HOURS = (2, 3, 4)
_AGES = (("", ""), ("", ""), ("0", "3"), ("0", "6"), ("0", "12"), ("2.5", "18"), ("12", "25"))
_LANGUAGES = ("fr", "en", "ar", "tr", "de")
_CONFIDENCE = ("high", "medium", "low")
_NEWEST = dt.date(2026, 11, 1)

Row = dict[str, str]


@dataclass(frozen=True)
class _Sectors:
    """Where people live: one point per statistical sector with its municipality."""

    lon: Any
    lat: Any
    nis: Sequence[str]
    share: Any
    town: dict[str, tuple[str, str, str]]  # municipality -> name, province code, province name


def make_tables(size: int = SERVICE_COUNT, *, seed: int = SEED, data: Path) -> dict[str, list[Row]]:
    """Make the HSDS 3.0 tables of `size` invented services.

    `data` is the folder of our own tables.

    Places are drawn by population, next to the middle of a statistical sector. Every name says "Synthetic".
    """
    random = np.random.default_rng(seed)
    sectors = _read_sectors(data)
    made: dict[str, list[Row]] = {name: [] for name in _COLUMNS}
    made["organization"].append(
        {"id": "synthetic", "name": "Synthetic organization", "description": "Made by a generator; exists nowhere."}
    )
    made["taxonomy"].append(
        {"id": "synthetic", "name": "Synthetic", "description": "Terms of the synthetic directory."}
    )
    kinds = random.choice(len(_SHARE), size, p=np.array([*_SHARE.values()]) / sum(_SHARE.values()))
    homes = random.choice(len(sectors.nis), size, p=sectors.share)
    shifts = random.uniform(-JITTER_DEGREES, JITTER_DEGREES, (size, 2))
    draws = random.integers(0, 2**31, (size, 12))
    for number in range(size):
        kind = list(_SHARE)[kinds[number]]
        _add_service(made, f"synthetic-{number:06d}", kind, draws[number])
        _add_place(made, number, sectors, (homes[number], shifts[number]), draws[number])
    return made


def _add_service(made: dict[str, list[Row]], name: str, kind: ServiceType, draw: Any) -> None:
    """Add a service with its ages, date, phone, language, hours and facts."""
    lowest, highest = _AGES[draw[0] % len(_AGES)]
    made["service"].append({
        "id": name, "organization_id": "synthetic", "name": f"Synthetic {kind.value} {name[-6:]}",
        "description": "Made by a generator; exists nowhere.", "url": f"https://example.org/{name}", "status": "active",
        "minimum_age": lowest, "maximum_age": highest,
        "assured_date": (_NEWEST - dt.timedelta(days=int(draw[1] % 2500))).isoformat(),
    })  # fmt: skip
    facts = [f"service_type:{kind.value}", f"confidence:{_CONFIDENCE[draw[2] % 3]}"]
    if draw[3] % 4 == 0:
        facts.append("access:no_appointment")
    for number, fact in enumerate(facts):
        made["attribute"].append(
            {
                "id": f"{name}-{number}",
                "link_id": name,
                "link_entity": "service",
                "taxonomy_term_id": fact,
                "value": fact,
            }
        )
    made["phone"].append({"id": name, "service_id": name, "number": f"+3220{draw[4] % 1_000_000:06d}"})
    if draw[5] % 8 == 0:
        code = _LANGUAGES[draw[5] % len(_LANGUAGES)]
        made["language"].append({"id": name, "service_id": name, "name": code, "code": code})
    if draw[6] % 3 == 0:
        made["cost_option"].append({"id": name, "service_id": name, "option": "free", "amount": "0", "currency": "EUR"})
    _add_hours(made, name, draw[7:10])


def _add_hours(made: dict[str, list[Row]], name: str, draw: Any) -> None:
    """Add hours: structured for four in ten, only text for one in ten."""
    if draw[0] % 10 == 9:
        made["schedule"].append({"id": name, "service_id": name, "description": "dinsdagvoormiddag"})
    for part in range(draw[0] % 3 if draw[0] % 10 < 6 else 0):
        opens = dt.datetime.strptime(_OPENS[(draw[1] + part) % len(_OPENS)], "%H:%M")
        closes = opens + dt.timedelta(hours=_LASTING_HOURS[draw[2] % 3])
        made["schedule"].append({
            "id": f"{name}-{part}", "service_id": name, "freq": "WEEKLY", "interval": "1",
            "byday": _DAYS[(draw[2] + part) % len(_DAYS)], "opens_at": f"{opens:%H:%M}", "closes_at": f"{closes:%H:%M}",
        })  # fmt: skip


def _add_place(made: dict[str, list[Row]], number: int, sectors: _Sectors, where: tuple[Any, Any], draw: Any) -> None:
    """Add the address of a service, and the municipality it serves with now and then its province."""
    name, (home, shift) = f"synthetic-{number:06d}", where
    nis = sectors.nis[home]
    town, province, province_name = sectors.town[nis]
    made["location"].append({
        "id": name, "location_type": "physical", "name": f"Synthetic place {number}",
        "latitude": f"{sectors.lat[home] + shift[0]:.6f}", "longitude": f"{sectors.lon[home] + shift[1]:.6f}",
        "external_identifier": nis, "external_identifier_type": "NIS 2025",
    })  # fmt: skip
    made["attribute"].append({
        "id": f"{name}-place", "link_id": name, "link_entity": "location", "taxonomy_term_id": "precision:address",
        "value": "precision:address",
    })  # fmt: skip
    made["address"].append({
        "id": name, "location_id": name, "address_1": f"Kunstmatigestraat {draw[10] % 200 + 1}", "city": town,
        "state_province": province_name, "postal_code": "1000", "country": "BE", "address_type": "physical",
    })  # fmt: skip
    made["service_at_location"].append({"id": name, "service_id": name, "location_id": name})
    extents = [(nis, town)] + ([(province, province_name)] if draw[11] % 40 == 0 else [])
    for code, label in extents:
        made["service_area"].append(
            {"id": f"{name}-{code}", "service_id": name, "name": label, "extent": code, "extent_type": "text"}
        )


def _read_sectors(data: Path) -> _Sectors:
    demand = pq.read_table(data / "demand.parquet", columns=["lon", "lat", "nis_code", "population"]).to_pydict()
    towns = pq.read_table(data / "municipalities.parquet").to_pylist()
    people = np.array(demand["population"], dtype=float)
    return _Sectors(
        lon=np.array(demand["lon"]),
        lat=np.array(demand["lat"]),
        nis=demand["nis_code"],
        share=people / people.sum(),
        town={row["nis_code"]: (row["name_nl"], row["province_code"], row["province_nl"]) for row in towns},
    )


_COLUMNS = {
    "organization": "id name description",
    "service": "id organization_id name description url status minimum_age maximum_age assured_date",
    "location": "id location_type name latitude longitude external_identifier external_identifier_type",
    "service_at_location": "id service_id location_id",
    "address": "id location_id address_1 city state_province postal_code country address_type",
    "phone": "id service_id number",
    "language": "id service_id name code",
    "schedule": "id service_id freq interval byday opens_at closes_at description",
    "service_area": "id service_id name extent extent_type",
    "cost_option": "id service_id option amount currency",
    "taxonomy": "id name description",
    "attribute": "id link_id link_entity taxonomy_term_id value",
}


def write_package(folder: Path, made: dict[str, list[Row]], *, seed: int = SEED) -> Path:
    """Write the tables as an HSDS tabular data package.

    `folder` must not exist yet.
    """
    folder.mkdir(parents=True)
    for name, columns in _COLUMNS.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns.split(), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(made[name])
    about = {
        "name": "synthetic-directory",
        "title": "Synthetic directory for benchmarks: no service in it exists",
        "profile": "tabular-data-package",
        "seed": seed,
        "resources": [{"name": name, "path": f"{name}.csv"} for name in _COLUMNS],
    }
    (folder / "datapackage.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return folder
