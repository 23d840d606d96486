"""Tables of municipalities, provinces and sub-municipalities, from the boundary layers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import to_drawing
from geo.errors import GeoError
from geo.ingest.geodata.sources import SourceFolder
from geo.ingest.geodata.tables import Field, Resource, write_table

BRUSSELS_NIS = "04000"
_LAYERS = "boundaries/municipalities_2025"
_SPELLING = {  # slips in the sources' names
    "Zwalin": "Zwalm",
    "Wulveringen - Vinkem": "Wulveringem - Vinkem",
}
_LEVEL_WORDS = r"^(Provincie |Province (d'|de |du )|Arrondissement (d'|de |du )?)"

_UNITS = (
    Field("nis_code", "string", "REFNIS code of the municipality, five digits as text"),
    Field("name_nl", "string", "name in Dutch"),
    Field("name_fr", "string", "name in French"),
    Field("arrondissement_code", "string", "REFNIS code of the arrondissement"),
    Field("arrondissement_nl", "string", "arrondissement in Dutch"),
    Field("arrondissement_fr", "string", "arrondissement in French"),
    Field("province_code", "string", "REFNIS code of the province; 04000 for Brussels, which has none"),
    Field("province_nl", "string", "province in Dutch; for Brussels the region"),
    Field("province_fr", "string", "province in French; for Brussels the region"),
    Field("region_code", "string", "02000 Flanders, 04000 Brussels"),
    Field("region_nl", "string", "region in Dutch"),
    Field("region_fr", "string", "region in French"),
    Field("primary_care_zone_code", "string", "primary care zone (eerstelijnszone)"),
    Field("primary_care_zone_name", "string", "name of that zone"),
)
_SHAPE = Field("geometry", "any", "polygon in EPSG:3812, coordinates in metres (GeoParquet, WKB)", "m")
_BOUNDARY_LIMITS = (
    "Lines are simplified: 99 % of the points lie within 10 m of the official boundary, the worst 226 m away. Good for "
    "maps and for finding the municipality of a point; not for questions about a single plot beside a boundary."
)

MUNICIPALITIES = Resource(
    name="municipalities",
    title="Municipalities, without shapes",
    path="municipalities.parquet",
    description="The 304 municipalities of Flanders and Brussels with the units above them and one point each.",
    fields=(
        *_UNITS,
        Field("lon", "number", "longitude of the population-weighted centre, EPSG:4326", "degree"),
        Field("lat", "number", "latitude of that centre, EPSG:4326", "degree"),
        Field("x", "number", "the same point in EPSG:3812", "m"),
        Field("y", "number", "the same point in EPSG:3812", "m"),
        Field("population", "integer", "inhabitants with a known sector on 1 January 2024", "persons"),
        Field("area_km2", "number", "area inside the boundary as drawn, in EPSG:3812", "km2"),
    ),
    sources=("refnis", "sectors"),
    reference_date="2025-01-01",
    limits=(
        "The centre is where people live on average. Where that falls outside the municipality, the nearest sector of "
        "the municipality stands for it."
    ),
)
MUNICIPALITY_SHAPES = Resource(
    name="municipality_boundaries",
    title="Boundaries of municipalities",
    path="boundaries/municipalities.parquet",
    description="The 304 municipalities as polygons that touch without gap or overlap.",
    fields=(*_UNITS, _SHAPE),
    sources=("boundaries", "refnis"),
    reference_date="2025-01-01",
    limits=_BOUNDARY_LIMITS,
)
PROVINCE_SHAPES = Resource(
    name="province_boundaries",
    title="Boundaries of provinces",
    path="boundaries/provinces.parquet",
    description="The five Flemish provinces and the Brussels-Capital Region as polygons.",
    fields=(
        Field("province_code", "string", "REFNIS code; 04000 is the Brussels-Capital Region"),
        Field("name_nl", "string", "name in Dutch"),
        Field("name_fr", "string", "name in French"),
        _SHAPE,
    ),
    sources=("boundaries", "refnis"),
    reference_date="2025-01-01",
    limits=_BOUNDARY_LIMITS,
)
SUBMUNICIPALITY_SHAPES = Resource(
    name="submunicipality_boundaries",
    title="Boundaries of sub-municipalities",
    path="boundaries/submunicipalities.parquet",
    description="The 1,119 deelgemeenten (mostly the municipalities of before 1977), nested in the municipalities.",
    fields=(
        Field("submunicipality_code", "string", "code of the sub-municipality; its first five characters mean nothing"),
        Field("name_nl", "string", "name in Dutch, without the municipality"),
        Field("nis_code", "string", "municipality it lies in"),
        _SHAPE,
    ),
    sources=("boundaries",),
    reference_date="2025-01-01",
    limits=_BOUNDARY_LIMITS,
)


class BoundaryMismatchError(GeoError, ValueError):
    """Boundary layer and code table hold different units."""


@dataclass(frozen=True, slots=True)
class BoundaryLayers:
    """The three layers in EPSG:3812, each sorted by its code.

    Their columns are those of their resources.
    """

    municipalities: gpd.GeoDataFrame
    provinces: gpd.GeoDataFrame
    submunicipalities: gpd.GeoDataFrame


def read_boundaries(sources: SourceFolder) -> BoundaryLayers:
    """Read the layers of 2025 and join names and parents.

    Raises `MissingSourceError` for a missing file and `BoundaryMismatchError` when codes do not match.
    """
    units = read_units(sources)
    municipalities = _join_shapes(units, _read_layer(sources, "gemeente"), key="nis_code")
    provinces = (
        units[["province_code", "province_nl", "province_fr"]]
        .drop_duplicates()
        .rename(columns={"province_nl": "name_nl", "province_fr": "name_fr"})
        .sort_values("province_code")
    )
    layer = sources.layer(f"{_LAYERS}/provincie.shp", code_column="provincie", name_column="name")
    layer["code"] = layer["code"].str.zfill(5)
    return BoundaryLayers(
        municipalities,
        _join_shapes(provinces, layer, key="province_code"),
        _read_submunicipalities(sources),
    )


def read_units(sources: SourceFolder) -> pd.DataFrame:
    """Return the 304 municipalities with names and parents.

    They are the columns of `MUNICIPALITY_SHAPES` without geometry.
    """
    raw = sources.csv("boundaries/codes/refnis_2025_flanders_brussels.csv").sort_values("nis")
    brussels = raw["reg_nis"] == BRUSSELS_NIS
    table = pd.DataFrame({"nis_code": raw["nis"], "name_nl": raw["name_nl"], "name_fr": raw["name_fr"]})
    for level, prefix in (("arrondissement", "arr"), ("province", "prov"), ("region", "reg")):
        parent = raw[f"{prefix}_nis"], raw[f"{prefix}_nl"], raw[f"{prefix}_fr"]
        for column, values in zip(("code", "nl", "fr"), parent, strict=True):
            table[f"{level}_{column}"] = values.str.replace(_LEVEL_WORDS, "", regex=True)
    for column in ("code", "nl", "fr"):
        table.loc[brussels, f"province_{column}"] = table[f"region_{column}"]
    table["primary_care_zone_code"] = raw["elz"]
    table["primary_care_zone_name"] = raw["elz_name"]
    return table.replace({"name_fr": _SPELLING}).reset_index(drop=True)


def _read_layer(sources: SourceFolder, name: str) -> gpd.GeoDataFrame:
    return sources.layer(f"{_LAYERS}/{name}.shp", code_column="geoitem", name_column="naam")


def _read_submunicipalities(sources: SourceFolder) -> gpd.GeoDataFrame:
    layer = _read_layer(sources, "deelgemeente")
    parents = sources.sheet(f"{_LAYERS}/tables/aggregatietabellen_deelgemeente_gemeente.xlsx")
    table = pd.DataFrame({"submunicipality_code": parents["deelgemeente"], "nis_code": parents["gemeente"]})
    table = table[table["submunicipality_code"].isin(layer["code"])].sort_values("submunicipality_code")
    names = layer.set_index("code")["name"].str.replace(r" \([^()]*\)$", "", regex=True).replace(_SPELLING)
    table.insert(1, "name_nl", table["submunicipality_code"].map(names))
    return _join_shapes(table, layer, key="submunicipality_code")


def _join_shapes(table: pd.DataFrame, layer: gpd.GeoDataFrame, *, key: str) -> gpd.GeoDataFrame:
    unknown = sorted(set(layer["code"]) ^ set(table[key]))
    if unknown:
        raise BoundaryMismatchError(f"Layer and table of {key} differ in these codes: {', '.join(unknown)}.")
    shapes = layer.set_index("code").geometry.reindex(table[key])
    geometry = shapely.normalize(np.asarray(shapes))
    return gpd.GeoDataFrame(table.reset_index(drop=True), geometry=geometry, crs=layer.crs)


def write_boundaries(boundaries: BoundaryLayers, out: Path) -> None:
    """Write the three GeoParquet files under `out`."""
    layers = (
        (MUNICIPALITY_SHAPES, boundaries.municipalities),
        (PROVINCE_SHAPES, boundaries.provinces),
        (SUBMUNICIPALITY_SHAPES, boundaries.submunicipalities),
    )
    for resource, layer in layers:
        path = out / resource.path
        path.parent.mkdir(parents=True, exist_ok=True)
        layer.to_parquet(path, index=False, compression="zstd", schema_version="1.1.0")


def add_centres(boundaries: BoundaryLayers, sectors: pd.DataFrame) -> pd.DataFrame:
    """Add parents, centre, population and area to the municipalities.

    They are the columns of `MUNICIPALITIES`.
    """
    table = pd.DataFrame(boundaries.municipalities.drop(columns="geometry"))
    shapes = dict(zip(table["nis_code"], boundaries.municipalities.geometry, strict=True))
    centres = weighted_centres(sectors, sectors["nis_code"], shapes)
    areas = {code: round(shape.area / 1e6, 3) for code, shape in shapes.items()}
    return table.join(centres, on="nis_code").assign(area_km2=table["nis_code"].map(areas))


def write_municipalities(municipalities: pd.DataFrame, out: Path) -> None:
    """Write `municipalities.parquet` from the table of `add_centres`."""
    columns = {field.name: municipalities[field.name].tolist() for field in MUNICIPALITIES.fields}
    write_table(out, MUNICIPALITIES, columns)


def weighted_centres(
    sectors: pd.DataFrame, unit: pd.Series[str], shapes: dict[str, BaseGeometry] | None = None
) -> pd.DataFrame:
    """Return the mean place of the inhabitants per unit.

    x, y, lon, lat and population per `unit` (one code per sector).

    With `shapes` (EPSG:3812, by code), a mean outside its shape is replaced by the inhabited sector nearest to it.
    """
    rows = {}
    for code, group in sectors.groupby(unit.to_numpy(), sort=True):
        points = group[["x", "y"]].to_numpy(float)
        people = group["population"].to_numpy(float)
        centre = np.average(points, axis=0, weights=people if people.sum() else None)
        if shapes is not None and not shapes[str(code)].contains(shapely.Point(centre)):
            centre = _nearest_inhabited(points, people, centre)
        rows[str(code)] = (*centre, int(people.sum()))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["x", "y", "population"])
    return add_degrees(table)


def _nearest_inhabited(
    points: npt.NDArray[np.float64], people: npt.NDArray[np.float64], centre: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    inhabited = points[people > 0] if people.any() else points
    nearest: npt.NDArray[np.float64] = inhabited[np.hypot(*(inhabited - centre).T).argmin()]
    return nearest


def add_degrees(table: pd.DataFrame) -> pd.DataFrame:
    """Round `x`, `y` to 0.1 m and add `lon`, `lat`.

    Degrees have six decimals.
    """
    x, y = table["x"].round(1), table["y"].round(1)
    lon, lat = to_drawing(x, y)
    return table.assign(x=x, y=y, lon=lon.round(6), lat=lat.round(6))
