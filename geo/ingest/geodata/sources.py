"""The folder of raw sources, read by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from geo.crs import METRIC_CRS
from geo.errors import GeoError

# Lambert 1972 to Lambert 2008 through the seven-parameter shift EPSG:15928 (0.2 m). Spelled out, so that a computer
# that also has the optional IGN grid builds the same bytes.
_TO_METRIC_PIPELINE = (
    "proj=pipeline step inv proj=lcc lat_0=90 lon_0=4.36748666666667 lat_1=51.1666672333333 lat_2=49.8333339 "
    "x_0=150000.013 y_0=5400088.438 ellps=intl step proj=push v_3 step proj=cart ellps=intl step proj=helmert "
    "x=-106.8686 y=52.2978 z=-103.7239 rx=-0.3366 ry=0.457 rz=-1.8422 s=-1.2747 convention=coordinate_frame "
    "step inv proj=cart ellps=GRS80 step proj=pop v_3 step proj=lcc lat_0=50.797815 lon_0=4.35921583333333 "
    "lat_1=49.8333333333333 lat_2=51.1666666666667 x_0=649328 y_0=665262 ellps=GRS80"
)


class MissingSourceError(GeoError, FileNotFoundError):
    """A raw file of the build is missing from the sources folder."""


@dataclass(frozen=True, slots=True)
class RawSource:
    """Title, publisher, licence and reference date of a raw source.

    The licence is a key of `LICENCES`.
    """

    title: str
    publisher: str
    licence: str
    reference_date: str


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """The folder with raw files.

    Every reader raises `MissingSourceError` for a file that is not there.
    """

    folder: Path

    def path(self, name: str) -> Path:
        """Return the path of the source `name`, relative to the folder."""
        path = self.folder / name
        if not path.is_file():
            raise MissingSourceError(f"The source file {name} is missing in {self.folder}.")
        return path

    def csv(self, name: str, *, separator: str = ",") -> pd.DataFrame:
        """Read a CSV table as text.

        Codes keep their zeros and empty cells are empty strings.
        """
        return pd.read_csv(
            self.path(name), sep=separator, dtype=str, keep_default_na=False, na_filter=False, encoding="utf-8-sig"
        )

    def sheet(self, name: str) -> pd.DataFrame:
        """Read the first sheet of a workbook as text."""
        return pd.read_excel(self.path(name), dtype=str, keep_default_na=False)

    def layer(self, name: str, *, code_column: str, name_column: str) -> gpd.GeoDataFrame:
        """Read a shapefile in Lambert 1972 as EPSG:3812.

        Whole centimetres; columns code, name, geometry.
        """
        for suffix in (".shx", ".dbf"):
            self.path(str(Path(name).with_suffix(suffix)))
        raw = gpd.read_file(self.path(name))
        moved = shapely.transform(np.asarray(raw.geometry), _to_metric)
        columns = {"code": raw[code_column].astype(str), "name": raw[name_column].astype(str)}
        return gpd.GeoDataFrame(columns, geometry=moved, crs=METRIC_CRS)


def _to_metric(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    x, y = pyproj.Transformer.from_pipeline(_TO_METRIC_PIPELINE).transform(points[:, 0], points[:, 1])
    return np.column_stack([x, y]).round(2)


LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution-ShareAlike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC0-1.0": ("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "other-open": ("Published as open data; the exact terms were not verified", ""),
}

SOURCES = {
    "boundaries": RawSource(
        "Municipalities, sub-municipalities, provinces and primary care zones, made from Statbel's statistical sectors",
        "Statbel; dissolved and simplified by Provincies in Cijfers",
        "CC-BY-4.0",
        "2025-01-01",
    ),
    "refnis": RawSource(
        "REFNIS codes and names of municipalities, with the mergers of 2019 and 2025",
        "Statbel; French names from opendata.brussels",
        "CC-BY-4.0",
        "2025-01-01",
    ),
    "sectors": RawSource(
        "Population per statistical sector (2024) and by age per municipality (2022)",
        "Statbel",
        "CC-BY-4.0",
        "2024-01-01",
    ),
    "postcodes": RawSource(
        "Postcodes and the municipalities they cover",
        "bpost and Statbel through the City of Brussels; FPS BOSA (BeST address register)",
        "other-open",
        "2024-12-09",
    ),
    "geonames": RawSource("Points of postcode localities", "GeoNames", "CC-BY-4.0", "2026-03-30"),
    "stations": RawSource("Railway stations", "iRail", "CC0-1.0", "2026-08"),
    "income": RawSource("Total net taxable income per municipality", "Statbel", "CC-BY-4.0", "2023"),
    "need": RawSource(
        "Deprivation index, median income and educational disadvantage per municipality",
        "Opgroeien, Statbel and the Flemish government, through the Gemeente-Stadsmonitor",
        "other-open",
        "2025-01-01",
    ),
    "hsds": RawSource("Human Services Data Specification 3.0", "Open Referral", "CC-BY-SA-4.0", "2024-05"),
}
