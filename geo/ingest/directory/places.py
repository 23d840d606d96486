"""Municipalities, deelgemeenten and points, by the words of a source."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow.parquet as pq

from geo.ingest.directory.normal import fold_name
from geo.ingest.geodata.boundaries import weighted_centres
from geo.ingest.geodata.sources import SourceFolder

Rows = list[dict[str, Any]]
REGIONS = {"02000": "Vlaanderen", "04000": "Brussel"}


@dataclass(frozen=True, slots=True)
class Locality:
    """A deelgemeente or postcode locality.

    lon, lat in EPSG:4326 degrees; `postcode` where it has exactly one.
    """

    name: str
    nis_code: str
    lon: float
    lat: float
    postcode: str = ""


class PlaceBook:
    """Municipalities of 2025 with their old names, and the localities inside them."""

    def __init__(self, sources: Path, data: Path) -> None:
        rows = _read_rows(data / "municipalities.parquet")
        self._names: dict[str, str] = {row["nis_code"]: row["name_nl"] for row in rows}
        self._provinces: dict[str, tuple[str, str]] = {
            row["nis_code"]: (row["province_code"], row["province_nl"]) for row in rows
        }
        self._codes = {fold_name(name): code for code, name in self._names.items()}
        self._add_old_names(sources)
        self._postcodes, self._places_of = _read_postcodes(sources)
        self._localities = _read_localities(data, self._postcodes)
        gazetteer = _read_rows(data / "gazetteer.parquet")
        self._add_postcode_localities(gazetteer)
        self._postcode_points = _postcode_points(gazetteer)

    def _add_old_names(self, sources: Path) -> None:
        """Map the names of before the mergers of 2019, then 2025; a name of today wins."""
        for year in ("2019", "2025"):
            path = SourceFolder(sources).path(f"boundaries/codes/merges_{year}.csv")
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    today = self._code_of_today(row["new_nis"], sources)
                    self._codes.setdefault(fold_name(row["old_name"]), today)

    def _code_of_today(self, code: str, sources: Path) -> str:
        if code in self._names:
            return code
        path = SourceFolder(sources).path("boundaries/codes/merges_2025.csv")
        with path.open(encoding="utf-8", newline="") as file:
            return next(row["new_nis"] for row in csv.DictReader(file) if row["old_nis"] == code)

    def _add_postcode_localities(self, gazetteer: Rows) -> None:
        rows = [row for row in gazetteer if row["kind"] == "locality"]
        for row in sorted(rows, key=lambda row: (row["place_id"], row["name"])):
            name = row["name_nl"].split(" (")[0]
            if self.locality(name, row["nis_code"]) is None:
                postcode = row["place_id"].removeprefix("locality:")[:4]
                place = Locality(name, row["nis_code"], row["lon"], row["lat"], postcode)
                self._localities[row["nis_code"]].append(place)

    def municipality(self, name: str) -> str | None:
        """Return the NIS code of a municipality by its name.

        The code is of 2025; the name of today or of before a merger.
        """
        return self._codes.get(fold_name(name))

    def name(self, nis_code: str) -> str:
        """Return the Dutch name of a municipality of 2025."""
        return self._names[nis_code]

    def province(self, nis_code: str) -> str:
        """Return the Dutch name of a municipality's province.

        For Brussels it is the region.
        """
        return self._provinces[nis_code][1]

    def locality(self, name: str, nis_code: str) -> Locality | None:
        """Return the deelgemeente or postcode locality of that name in a municipality."""
        wanted = fold_name(name)
        return next((place for place in self._localities[nis_code] if fold_name(place.name) == wanted), None)

    def localities_named(self, name: str, postcode: str = "") -> list[Locality]:
        """Return the localities of that name in all municipalities.

        A known postcode rules others out.
        """
        found = [
            place
            for places in self._localities.values()
            for place in places
            if fold_name(place.name) == fold_name(name)
        ]
        return [place for place in found if not postcode or self.has_postcode(place.nis_code, postcode)]

    def has_postcode(self, nis_code: str, postcode: str) -> bool:
        """Return whether a postcode is in use in a municipality."""
        return postcode in self._places_of[nis_code]

    def at_postcode(self, postcode: str, nis_code: str) -> Locality | None:
        """Return the middle of a postcode inside a municipality."""
        point = self._postcode_points.get((postcode, nis_code))
        return Locality(self._names[nis_code], nis_code, *point, postcode) if point else None

    def is_one_place(self, postcode: str, nis_code: str) -> bool:
        """Return whether a postcode holds a single deelgemeente.

        Then its middle says more than that of a large one.
        """
        return len(self._places_of[nis_code].get(postcode, ())) == 1

    def only_postcode(self, nis_code: str) -> str:
        """Return the postcode of a municipality that has a single one."""
        codes = list(self._places_of[nis_code])
        return codes[0] if len(codes) == 1 else ""

    def area_name(self, code: str, old_names: Sequence[str] = ()) -> str:
        """Return the name of a service area.

        Parts of a merged municipality stand in parentheses.
        """
        if code in REGIONS:
            return REGIONS[code]
        if code in self._names:
            today = self._names[code]
            parts = [] if any(fold_name(name) == fold_name(today) for name in old_names) else list(old_names)
            return f"{today} ({', '.join(parts)})" if parts else today
        return next(name for province, name in self._provinces.values() if province == code)

    def is_area(self, code: str) -> bool:
        """Return whether a code names a region, province or municipality."""
        return code in REGIONS or code in self._names or code in {found for found, _ in self._provinces.values()}


def _read_postcodes(sources: Path) -> tuple[dict[str, set[str]], dict[str, dict[str, set[str]]]]:
    """Return postcodes by deelgemeente, and deelgemeenten by municipality and postcode; doubtful rows are skipped."""
    of_part: dict[str, set[str]] = defaultdict(set)
    of_municipality: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    path = SourceFolder(sources).path("boundaries/postcodes/postcode_localities_flanders_brussels.csv")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["qa"] == "ok":
                of_part[row["deelgemeente"]].add(row["postcode"])
                of_municipality[row["nis_2025_point"]][row["postcode"]].add(row["deelgemeente"])
    return of_part, of_municipality


def _read_localities(data: Path, postcodes: dict[str, set[str]]) -> dict[str, list[Locality]]:
    """Return the deelgemeenten by municipality, each at the mean place of its inhabitants, inside its border."""
    parts = gpd.read_parquet(data / "boundaries" / "submunicipalities.parquet")
    shapes = dict(zip(parts["submunicipality_code"], parts.geometry, strict=True))
    sectors = pq.read_table(data / "demand.parquet").to_pandas()
    centres = weighted_centres(sectors, sectors["submunicipality_code"], shapes).to_dict("index")
    found: dict[str, list[Locality]] = defaultdict(list)
    for part in parts.drop(columns="geometry").sort_values("submunicipality_code").to_dict("records"):
        code = part["submunicipality_code"]
        if code in centres:
            only = "".join(postcodes[code]) if len(postcodes[code]) == 1 else ""
            lon, lat = centres[code]["lon"], centres[code]["lat"]
            found[part["nis_code"]].append(Locality(part["name_nl"], part["nis_code"], lon, lat, only))
    return found


def _postcode_points(gazetteer: Rows) -> dict[tuple[str, str], tuple[float, float]]:
    return {
        (row["place_id"].removeprefix("postcode:")[:4], row["nis_code"]): (row["lon"], row["lat"])
        for row in gazetteer
        if row["kind"] == "postcode"
    }


def _read_rows(path: Path) -> Rows:
    rows: Rows = pq.read_table(path).to_pylist()
    return rows
