"""Lists the railway stations of Flanders and Brussels."""

from __future__ import annotations

import re
from collections.abc import Iterator

import geopandas as gpd

from geo.crs import DRAWING_CRS
from geo.ingest.geodata_entries import Entry
from geo.ingest.geodata_sources import Sources
from geo.models import PlaceKind

_LANGUAGES = {"nl": "nl", "fr": "fr", "de": "", "en": ""}


def station_entries(sources: Sources, municipalities: gpd.GeoDataFrame) -> list[Entry]:
    """Return the stations inside `municipalities` (EPSG:3812) under all their names.

    Border points, yards and closed stops have no code of the European timetable and are left out.
    """
    table = sources.csv("boundaries/optional/irail_stations.csv")
    table = table[(table["country-code"] == "be") & (table["taf-tap-code"] != "")]
    points = gpd.points_from_xy(table["longitude"].astype(float), table["latitude"].astype(float), crs=DRAWING_CRS)
    located = gpd.GeoDataFrame(table, geometry=points).to_crs(municipalities.crs)
    inside = located.sjoin(municipalities[["nis_code", "geometry"]], predicate="within")
    inside = inside.sort_values("URI")
    texts = inside.drop(columns="geometry").astype(str).to_dict("records")
    return [_entry(row, x, y) for row, x, y in zip(texts, inside.geometry.x, inside.geometry.y, strict=True)]


def _entry(row: dict[str, str], x: float, y: float) -> Entry:
    parts = row["name"].split("/")
    dutch = row["alternative-nl"] or parts[0]
    french = row["alternative-fr"] or parts[-1]
    entry = Entry(
        place_id=f"station:{row['URI'].rsplit('/', 1)[-1]}",
        kind=PlaceKind.STATION,
        name_nl=f"{dutch} (station)",
        name_fr=f"{french} (gare)",
        nis_code=row["nis_code"],
        x=x,
        y=y,
        names=[(dutch, "nl")],
    )
    for name, language in _other_names(row):
        entry.add_name(name, language)
    return entry


def _other_names(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    for language, code in _LANGUAGES.items():
        for name in row[f"alternative-{language}"].split("/"):
            yield re.sub(r" \(.*\)$", "", name), code
