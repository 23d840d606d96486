"""Railway stations of Flanders and Brussels, as gazetteer entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

import geopandas as gpd

from geo.crs import DRAWING_CRS, METRIC_CRS
from geo.ingest.geodata.entries import Entry
from geo.ingest.geodata.sources import SourceFolder

_LANGUAGES = {"nl": "nl", "fr": "fr", "de": "", "en": ""}


def station_entries(sources: SourceFolder, municipalities: gpd.GeoDataFrame) -> list[Entry]:
    """Return the stations inside `municipalities` under all their names.

    `municipalities` are in EPSG:3812.

    Border points, yards and closed stops have no code of the European timetable and are left out.
    """
    table = sources.csv("boundaries/optional/irail_stations.csv")
    table = table[(table["country-code"] == "be") & (table["taf-tap-code"] != "")]
    points = gpd.points_from_xy(table["longitude"].astype(float), table["latitude"].astype(float), crs=DRAWING_CRS)
    located = gpd.GeoDataFrame(table, geometry=points).to_crs(METRIC_CRS)
    inside = located.sjoin(municipalities[["nis_code", "geometry"]], predicate="within")
    inside = inside.sort_values("URI")
    x, y = inside.geometry.x.tolist(), inside.geometry.y.tolist()
    return [
        _station_entry({key: str(row[key]) for key in row.index}, x[at], y[at])
        for at, (_, row) in enumerate(inside.iterrows())
    ]


def _station_entry(row: dict[str, str], x: float, y: float) -> Entry:
    parts = row["name"].split("/")
    dutch = row["alternative-nl"] or parts[0]
    french = row["alternative-fr"] or parts[-1]
    entry = Entry(
        place_id=f"station:{row['URI'].rsplit('/', 1)[-1]}",
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
