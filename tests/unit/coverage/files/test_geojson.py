"""Coverage as GeoJSON: rows, request and shapes."""

import json

import numpy as np
import pytest
import shapely

from geo.coverage import CoverageRequest, Measure, measure
from geo.coverage.files.records import rows_of
from geo.coverage.measures import MEASURES
from geo.places import AreaLevel
from geo.places.areas import SUMMED_LEVELS
from tests.support.coverage_files import asked, collection
from tests.support.tiny_demand import TODAY


def shape_of(feature):
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def test_geojson_carries_rows_and_request(data):
    report = asked(data)
    document = collection(report, AreaLevel.MUNICIPALITY, data)
    assert [feature["properties"] for feature in document["features"]] == rows_of(report, AreaLevel.MUNICIPALITY)
    assert [feature["id"] for feature in document["features"]] == [row.area.code for row in report.rows]
    assert document["type"] == "FeatureCollection"
    assert (document["data_version"], document["request"]["measure"]) == (data.data_version, "reach")
    assert document["definition"] == MEASURES[Measure.REACH].definition
    assert "crs" not in document


def test_a_shape_that_is_not_known_is_null(data):
    document = collection(asked(data), AreaLevel.MUNICIPALITY, data)
    geometry = {feature["properties"]["name_nl"]: feature["geometry"] for feature in document["features"]}
    assert geometry.pop("Ginder") is None
    assert all(shape["type"] == "Polygon" for shape in geometry.values())


@pytest.mark.parametrize("level", SUMMED_LEVELS)
def test_geojson_draws_whole_areas_with_shared_borders(level, dataset, real):
    report = measure(dataset, CoverageRequest(), today=TODAY)
    features = collection(report, level, real)["features"]
    shapes = np.array([shape_of(feature) for feature in features])
    assert [feature["id"] for feature in features] == [row.area.code or "all" for row in report.by(level)]
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    west, south, east, north = shapely.total_bounds(shapes)
    assert 2.5 < west < east < 5.95
    assert 50.65 < south < north < 51.55
    for shape in shapes:
        assert all(
            part.exterior.is_ccw and not any(r.is_ccw for r in part.interiors) for part in shapely.get_parts(shape)
        )
    assert np.array_equal(shapely.get_coordinates(shapes).round(5), shapely.get_coordinates(shapes))


def test_simplified_areas_stay_as_large_as_they_are(dataset, real):
    areas = [row.area for row in measure(dataset, CoverageRequest(), today=TODAY).by(AreaLevel.PROVINCE)]
    groups = [area.nis_codes for area in areas]
    whole = shapely.area(real.boundaries.merge_areas(groups)) / 1e6
    by_towns = [sum(real.municipalities.by_nis[code].area_km2 for code in area.nis_codes) for area in areas]
    assert whole == pytest.approx(by_towns, rel=1e-3)
    lat = np.radians(50.9)
    degrees = shapely.from_geojson([json.dumps(geometry) for geometry in real.boundaries.draw_areas(groups)])
    drawn = shapely.area(degrees) * 111.26 * 111.32 * np.cos(lat)
    assert drawn == pytest.approx(whole, rel=0.02)
