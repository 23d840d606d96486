"""The table of names that people search with."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from geo.ingest.geodata.boundaries import BoundaryLayers, add_degrees
from geo.ingest.geodata.entries import Entry, KnownNames
from geo.ingest.geodata.postcodes import Localities, TownTable
from geo.ingest.geodata.sources import SourceFolder
from geo.ingest.geodata.stations import station_entries
from geo.ingest.geodata.tables import Field, Resource, write_table
from geo.ingest.geodata.units import former_entries, municipality_entries, submunicipality_entries

GAZETTEER = Resource(
    name="gazetteer",
    title="Names to search with",
    path="gazetteer.parquet",
    description="Every name a place can be searched by: one row per name, several rows per place.",
    fields=(
        Field("name", "string", "the name as people write it, without its municipality"),
        Field("language", "string", "nl, fr, or empty where the name belongs to neither or to both"),
        Field("place_id", "string", "the place that carries the name, stable between builds: kind:code"),
        Field("kind", "string", "municipality, former_municipality, submunicipality, postcode, locality or station"),
        Field("name_nl", "string", "the place as shown in Dutch"),
        Field("name_fr", "string", "the place as shown in French"),
        Field("nis_code", "string", "municipality on 1 January 2025 that it lies in"),
        Field("lon", "number", "longitude of its point, EPSG:4326", "degree"),
        Field("lat", "number", "latitude of its point, EPSG:4326", "degree"),
        Field("x", "number", "the same point in EPSG:3812", "m"),
        Field("y", "number", "the same point in EPSG:3812", "m"),
        Field("population", "integer", "inhabitants on 1 January 2024, 0 where unknown", "persons"),
        Field("places", "string", "localities behind a postcode, parted by a semicolon"),
    ),
    sources=("refnis", "boundaries", "sectors", "postcodes", "geonames", "stations"),
    reference_date="2025-01-01",
    limits=(
        "A point stands for a whole place: for municipalities and sub-municipalities the mean place of their "
        "inhabitants, for a postcode the middle of its localities, for a locality a point of GeoNames. What bears the "
        "name of its municipality is found as that municipality and has no row of its own. A postcode that covers "
        "parts of two municipalities has a row for each. Neighbourhoods, streets and bus stops are not in the table."
    ),
)


def build_entries(
    sources: SourceFolder, boundaries: BoundaryLayers, municipalities: pd.DataFrame, sectors: pd.DataFrame
) -> list[Entry]:
    """Return all places with their names.

    Each name comes once per municipality among towns and localities.

    `municipalities` is the table of `boundaries.with_centres`, `sectors` that of `demand.read_sectors`.
    """
    units = [
        *municipality_entries(municipalities, sources),
        *former_entries(municipalities, sectors, sources),
    ]
    known = KnownNames(units)
    layer = boundaries.submunicipalities
    units += submunicipality_entries(layer, municipalities, sectors, sources, known=known)
    localities = Localities(sources, TownTable.of(municipalities, boundaries.municipalities, sectors), known)
    stations = station_entries(sources, boundaries.municipalities)
    return [*units, *localities.entries, *localities.postcode_entries(), *stations]


def write_gazetteer(entries: list[Entry], out: Path) -> None:
    """Write `gazetteer.parquet`: one row per name.

    Rows are sorted by place and name.
    """
    rows = [
        {
            **{column: getattr(entry, column) for column in ("place_id", "name_nl", "name_fr", "nis_code", "x", "y")},
            "kind": entry.kind.value,
            "name": name,
            "language": language,
            "population": entry.population,
            "places": entry.places,
        }
        for entry in entries
        for name, language in entry.names
    ]
    table = add_degrees(pd.DataFrame(rows)).sort_values(["place_id", "name"], kind="stable")
    write_table(out, GAZETTEER, {field.name: table[field.name].tolist() for field in GAZETTEER.fields})
