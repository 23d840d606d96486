"""The shipped boundary tables: complete, tiling, nested, and the same lines in the browser."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

ROOT = Path(__file__).resolve().parents[2]
DATA, MAP = ROOT / "data", ROOT / "static" / "map"

FLANDERS_KM2 = 13_626.01  # Statbel, land registry 2025


@pytest.fixture(scope="module")
def municipalities():
    return gpd.read_parquet(DATA / "boundaries/municipalities.parquet")


@pytest.fixture(scope="module")
def provinces():
    return gpd.read_parquet(DATA / "boundaries/provinces.parquet")


@pytest.fixture(scope="module")
def submunicipalities():
    return gpd.read_parquet(DATA / "boundaries/submunicipalities.parquet")


@pytest.fixture(scope="module")
def drawn():
    names = json.loads((MAP / "index.json").read_text(encoding="utf-8"))
    return {layer: json.loads((MAP / name).read_text(encoding="utf-8")) for layer, name in names.items()}


def shapes(collection):
    return np.array([shapely.geometry.shape(feature["geometry"]) for feature in collection["features"]])


def metric(geometries):
    return gpd.GeoSeries(geometries, crs=4326).to_crs(3812)


def test_every_municipality_of_flanders_and_brussels_is_there_once(municipalities):
    codes = municipalities["nis_code"]
    assert len(codes) == 304
    assert codes.is_unique
    assert codes.is_monotonic_increasing
    assert codes.str.fullmatch(r"\d{5}").all()
    assert municipalities["region_code"].value_counts().to_dict() == {"02000": 285, "04000": 19}


def test_names_are_dutch_and_french(municipalities):
    names = municipalities.set_index("nis_code")[["name_nl", "name_fr"]]
    assert names.loc["34022"].tolist() == ["Kortrijk", "Courtrai"]
    assert names.loc["21004"].tolist() == ["Brussel", "Bruxelles"]
    assert names.loc["45065"].tolist() == ["Zwalm", "Zwalm"]
    assert not (municipalities.drop(columns="geometry") == "").any(axis=None)


def test_provinces_have_short_names_and_brussels_stands_in_as_one(provinces, municipalities):
    names = dict(zip(provinces["province_code"], provinces["name_nl"], strict=True))
    assert names == {
        "04000": "Brussels Hoofdstedelijk Gewest",
        "10000": "Antwerpen",
        "20001": "Vlaams-Brabant",
        "30000": "West-Vlaanderen",
        "40000": "Oost-Vlaanderen",
        "70000": "Limburg",
    }
    counts = municipalities["province_code"].value_counts().to_dict()
    assert counts == {"10000": 67, "70000": 38, "40000": 55, "30000": 62, "20001": 63, "04000": 19}


def test_merged_zwijndrecht_lies_in_east_flanders(municipalities):
    assert municipalities.set_index("nis_code").loc["46030", "province_nl"] == "Oost-Vlaanderen"


@pytest.mark.parametrize("layer", ["municipalities", "provinces", "submunicipalities"])
def test_layers_are_metric_valid_and_without_overlap(layer, request):
    table = request.getfixturevalue(layer)
    assert table.crs.to_epsg() == 3812
    assert table.is_valid.all()
    assert shapely.coverage_is_valid(np.asarray(table.geometry))


@pytest.mark.parametrize("name", ["municipalities", "provinces", "submunicipalities"])
def test_files_are_geoparquet_1_1(name):
    metadata = pq.read_metadata(DATA / f"boundaries/{name}.parquet").metadata
    assert json.loads(metadata[b"geo"])["version"] == "1.1.0"


def test_flemish_municipalities_fill_the_official_area(municipalities):
    flemish = municipalities[municipalities["region_code"] == "02000"]
    assert flemish.area.sum() / 1e6 == pytest.approx(FLANDERS_KM2, rel=1e-4)


def test_municipalities_tile_their_provinces(municipalities, provinces):
    outline = provinces.set_index("province_code").geometry
    for code, group in municipalities.groupby("province_code"):
        union = shapely.union_all(np.asarray(group.geometry))
        assert shapely.symmetric_difference(union, outline[code]).area < 1_000  # square metres, of thousands of km2


def test_submunicipalities_nest_in_their_municipality(municipalities, submunicipalities):
    assert len(submunicipalities) == 1_119
    assert submunicipalities["submunicipality_code"].is_unique
    whole = municipalities.set_index("nis_code").area
    parts = submunicipalities.assign(area=submunicipalities.area).groupby("nis_code")["area"].sum()
    assert (parts / whole - 1).abs().max() < 1e-6
    points = submunicipalities.set_geometry(submunicipalities.representative_point())
    found = points.sjoin(municipalities[["nis_code", "geometry"]], predicate="within")
    assert (found["nis_code_left"] == found["nis_code_right"]).all()
    assert len(found) == 1_119


def test_submunicipality_names_are_bare(submunicipalities):
    assert not submunicipalities["name_nl"].str.contains(r"[()]").any()


def test_centres_lie_inside_their_municipality(municipalities):
    table = pq.read_table(DATA / "municipalities.parquet").to_pandas()
    assert table["nis_code"].tolist() == municipalities["nis_code"].tolist()
    points = gpd.GeoSeries(gpd.points_from_xy(table["x"], table["y"]), crs=3812)
    assert municipalities.geometry.reset_index(drop=True).contains(points).all()
    lonlat = gpd.GeoSeries(gpd.points_from_xy(table["lon"], table["lat"]), crs=4326).to_crs(3812)
    assert points.distance(lonlat).max() < 0.2


def test_table_without_shapes_says_the_same_as_the_boundaries(municipalities):
    table = pq.read_table(DATA / "municipalities.parquet").to_pandas()
    shared = [column for column in municipalities.columns if column != "geometry"]
    assert table[shared].to_dict("list") == municipalities[shared].to_dict("list")


def test_browser_files_hold_every_shape_without_slivers(drawn, municipalities):
    features = drawn["municipalities"]["features"]
    assert [feature["properties"]["nis"] for feature in features] == municipalities["nis_code"].tolist()
    polygons = shapes(drawn["municipalities"])
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)  # neighbours share their borders point by point
    enclaves = shapely.get_parts(shapely.coverage_union_all(polygons))
    assert sum(shapely.get_num_interior_rings(enclaves)) == 6  # the Dutch enclaves in Baarle-Hertog and nothing else


def test_browser_shapes_are_where_they_should_be(drawn, municipalities):
    simple = metric(shapes(drawn["municipalities"]))
    official = municipalities.geometry.reset_index(drop=True)
    assert simple.area.sum() == pytest.approx(official.area.sum(), rel=1e-3)
    moved = simple.symmetric_difference(official).area / official.area
    assert moved.max() < 0.09  # Baarle-Hertog, 7 km2 in 24 parts, changes most
    assert moved.median() < 0.015


def test_browser_provinces_run_along_the_same_lines(drawn):
    polygons = shapes(drawn["municipalities"])
    of = np.array([feature["properties"]["prov"] for feature in drawn["municipalities"]["features"]])
    provinces = drawn["provinces"]["features"]
    assert len(provinces) == 6
    for feature, outline in zip(provinces, shapes(drawn["provinces"]), strict=True):
        union = shapely.coverage_union_all(polygons[of == feature["properties"]["nis"]])
        assert shapely.symmetric_difference(union, outline).area == pytest.approx(0, abs=1e-12)


def test_browser_files_follow_the_geojson_standard(drawn):
    for collection in drawn.values():
        for feature, shape in zip(collection["features"], shapes(collection), strict=True):
            assert all(ring.is_ccw for ring in shapely.get_exterior_ring(shapely.get_parts(shape)))
            assert feature["bbox"] == pytest.approx(shape.bounds)
            assert shape.contains(shapely.Point(feature["properties"]["label"]))


def test_browser_files_are_named_by_their_content_and_small():
    import gzip
    import hashlib

    names = json.loads((MAP / "index.json").read_text(encoding="utf-8"))
    assert sorted(path.name for path in MAP.glob("*.*.json")) == sorted(names.values())
    for layer, name in names.items():
        content = (MAP / name).read_bytes()
        assert name == f"{layer}.{hashlib.sha256(content).hexdigest()[:8]}.json"
        assert len(gzip.compress(content)) <= 200_000
