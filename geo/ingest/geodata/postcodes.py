"""Postcodes and the localities behind them, as gazetteer entries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import to_metric
from geo.ingest.geodata.entries import Entry, KnownNames
from geo.ingest.geodata.sources import SourceFolder
from geo.places.place import PlaceKind
from geo.places.spelling import fold_name

_POSTCODES_FOLDER = "boundaries/postcodes"
_SMALL_WORDS = re.compile(r"(?<=-)(Aan|Bij|De|Den|Ten|Op|Le|In)(?=-)")
_SAME_PLACE = {
    "Lillo": "Berendrecht-Zandvliet-Lillo",  # its own point in the source is wrong
    "Sint-Gillis-Dendermonde": "Sint-Gillis-bij-Dendermonde",
}
_QUARTERS = {  # the source gives all postcodes of the city of Antwerp one point; their neighbourhoods say better
    "2000": ("11002Z09", "11002Z18", "11002Z22", "11002Z23"),
    "2018": ("11002Z06", "11002Z07", "11002Z13", "11002Z19", "11002Z25"),
    "2020": ("11002Z10",),
    "2030": ("11002Z12",),
    "2040": ("11002Y03",),
    "2050": ("11002Z11",),
    "2060": ("11002Z01", "11002Z04", "11002Z20"),
}
_LEAST_INHABITANTS = 500  # inhabitants taken for a locality of unknown size
_DUTCH_NAMES = {"Laeken": "Laken"}  # French in the source, in no Dutch list

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TownTable:
    """Names, centres, inhabitants and shapes of the municipalities, by NIS code."""

    names: dict[str, tuple[str, str]]
    centres: dict[str, Point]
    population: dict[str, int]
    shapes: dict[str, BaseGeometry]
    sectors: pd.DataFrame

    @classmethod
    def of(cls, municipalities: pd.DataFrame, layer: gpd.GeoDataFrame, sectors: pd.DataFrame) -> TownTable:
        """Gather names, centres, shapes and sectors of the municipalities.

        `municipalities` is the table with centres, `layer` has the shapes, `sectors` the inhabitants.
        """
        codes = municipalities["nis_code"]
        return cls(
            names=dict(zip(codes, zip(municipalities["name_nl"], municipalities["name_fr"], strict=True), strict=True)),
            centres=dict(zip(codes, zip(municipalities["x"], municipalities["y"], strict=True), strict=True)),
            population=dict(zip(codes, municipalities["population"], strict=True)),
            shapes=dict(zip(layer["nis_code"], layer.geometry, strict=True)),
            sectors=sectors[sectors["population"] > 0],
        )

    def contains(self, nis_code: str, point: Point) -> bool:
        """Return whether a point (EPSG:3812) lies in that municipality."""
        return bool(self.shapes[nis_code].contains(shapely.Point(point)))

    def centre_of_quarters(self, quarters: tuple[str, ...]) -> Point:
        """Return the mean place of the inhabitants of some neighbourhoods."""
        own = self.sectors[self.sectors["quarter"].isin(quarters)]
        x, y = np.average(own[["x", "y"]].to_numpy(float), axis=0, weights=own["population"].to_numpy(float))
        return float(x), float(y)

    def sector_nearest_to(self, point: Point, nis_code: str) -> Point:
        """Return the inhabited sector of a municipality nearest to a point.

        Both are in EPSG:3812.
        """
        own = self.sectors[self.sectors["nis_code"] == nis_code]
        nearest = own.iloc[int(np.hypot(own["x"] - point[0], own["y"] - point[1]).argmin())]
        return float(nearest["x"]), float(nearest["y"])


@dataclass(slots=True)
class _PostcodePart:
    """What stands behind one postcode in one municipality."""

    places: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    inhabitants: list[int] = field(default_factory=list)  # beside each point


class Localities:
    """Localities with their postcodes.

    `entries` are those that carry a name of their own, `behind` what each postcode covers.
    """

    def __init__(self, sources: SourceFolder, towns: TownTable, known: KnownNames) -> None:
        self._towns, self._known = towns, known
        self.pairs = read_postcode_pairs(sources, towns)
        self.entries: list[Entry] = []
        self.behind: dict[tuple[str, str], _PostcodePart] = defaultdict(_PostcodePart)
        table = sources.csv(f"{_POSTCODES_FOLDER}/postcode_localities_flanders_brussels.csv")
        for row in table.sort_values(["postcode", "locality"]).to_dict("records"):
            name = tidy_locality(row["locality"])
            trusted = row["qa"] == "ok"
            point = _to_metric_point(row["lon"], row["lat"]) if trusted else None
            candidates = [row["nis_2025_point"]] if trusted else self.pairs[row["postcode"]]
            self._place(row["postcode"], name, point, candidates)

    def _place(self, postcode: str, name: str, point: Point | None, candidates: list[str]) -> None:
        """Attach one locality to the place that has its name, or make it a place of its own where its point is sure."""
        for nis in candidates:
            same = self._known.find(_SAME_PLACE.get(name, name), nis)
            entry = same or self._known.find_beginning_of(name, nis)
            if entry is not None:
                if entry.kind is not PlaceKind.MUNICIPALITY:
                    entry.add_name(name)
                    point = entry.x, entry.y
                self._remember_postcode(postcode, name, entry, point)
                return
        for nis in candidates:
            if point is not None and self._towns.contains(nis, point):
                entry = self._new_entry(postcode, name, nis, point)
                self._remember_postcode(postcode, name, entry, point)
                return

    def _new_entry(self, postcode: str, name: str, nis: str, point: Point) -> Entry:
        dutch = _DUTCH_NAMES.get(name, name)
        town_nl, town_fr = self._towns.names[nis]
        entry = Entry(
            place_id=f"locality:{postcode}-{fold_name(dutch).replace(' ', '-')}",
            name_nl=f"{dutch} ({town_nl})",
            name_fr=f"{name} ({town_fr})",
            nis_code=nis,
            x=point[0],
            y=point[1],
            names=[(dutch, "nl")],
        )
        entry.add_name(name, "fr")
        self.entries.append(entry)
        self._known.claim_name(dutch, entry)
        self._known.claim_name(name, entry)
        return entry

    def _remember_postcode(self, postcode: str, name: str, entry: Entry, point: Point | None) -> None:
        behind = self.behind[postcode, entry.nis_code]
        own = entry.names[0][0]
        translated = any(fold_name(name) == fold_name(spelling) for spelling, language in entry.names if language)
        place = own if translated else name
        if place not in behind.places:
            behind.places.append(place)
        if point is not None and self._towns.contains(entry.nis_code, point):
            behind.points.append(point)
            behind.inhabitants.append(max(entry.population, _LEAST_INHABITANTS))

    def postcode_entries(self) -> list[Entry]:
        """Return one entry per postcode and municipality.

        The first municipality of a postcode has the plain id.
        """
        postcodes_of = Counter(nis for codes in self.pairs.values() for nis in codes)
        entries = []
        for postcode, (first, *others) in sorted(self.pairs.items()):
            if postcode in _QUARTERS:
                main = self._towns.centre_of_quarters(_QUARTERS[postcode])
            else:
                middle = self._postcode_middle(first, self.behind[postcode, first])
                main = self._towns.centres[first] if postcodes_of[first] == 1 else middle
            entries.append(self._postcode_entry(f"postcode:{postcode}", postcode, first, main))
            for nis in others:
                point = self._towns.sector_nearest_to(main, nis)
                entries.append(self._postcode_entry(f"postcode:{postcode}-{nis}", postcode, nis, point))
        return entries

    def _postcode_entry(self, place_id: str, postcode: str, nis: str, point: Point) -> Entry:
        town_nl, town_fr = self._towns.names[nis]
        return Entry(
            place_id=place_id,
            name_nl=f"{postcode} {town_nl}",
            name_fr=f"{postcode} {town_fr}",
            nis_code=nis,
            x=point[0],
            y=point[1],
            places="; ".join(sorted(self.behind[postcode, nis].places)),
            names=[(postcode, "")],
        )

    def _postcode_middle(self, nis: str, behind: _PostcodePart) -> Point:
        """Return the mean of the points by inhabitants, the nearest of them where that lies outside the municipality.

        Without any point it is the centre of the town.
        """
        if not behind.points:
            return self._towns.centres[nis]
        mean = np.average(behind.points, axis=0, weights=behind.inhabitants)
        middle = float(mean[0]), float(mean[1])
        if self._towns.contains(nis, middle):
            return middle
        return min(behind.points, key=lambda point: (np.hypot(point[0] - middle[0], point[1] - middle[1]), point))


def read_postcode_pairs(sources: SourceFolder, towns: TownTable) -> dict[str, list[str]]:
    """Return the municipalities per postcode, most addresses first.

    A pair counts when the list of 2025 has it. The address register of 2019 adds three more: one wrong address, a
    bridge (1030) and one street (1070) of the City of Brussels; for a parent those postcodes are Oudergem, Schaarbeek
    and Anderlecht.
    """
    table = sources.csv(f"{_POSTCODES_FOLDER}/postcode_nis2025_flanders_brussels.csv")
    table = table[table["in_codes_ins_2025"] == "1"]
    order = [
        (row["postcode"], row["in_geonames_point"] != "1", -towns.population[row["nis_2025"]], row["nis_2025"])
        for row in table.to_dict("records")
    ]
    pairs: dict[str, list[str]] = defaultdict(list)
    for postcode, _, _, nis in sorted(order):
        pairs[postcode].append(nis)
    return pairs


def tidy_locality(name: str) -> str:
    """Return a locality's usual spelling: 's-Herenelderen, Beveren-aan-de-IJzer."""
    name = name.replace("'S ", "'s-").replace("Ijzer", "IJzer")
    return _SMALL_WORDS.sub(lambda word: word[0].lower(), name)


def _to_metric_point(lon: str, lat: str) -> Point:
    x, y = to_metric(float(lon), float(lat))
    return float(x), float(y)
