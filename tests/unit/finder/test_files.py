"""What is given out: readable by others, harmless in a spreadsheet, and with the version of the data."""

import csv
import datetime as dt
import io
import json
import math
import zipfile

import geopandas as gpd
import pytest
from pyarrow import parquet

from geo.ages import AgeRange
from geo.directory import Location, Service, ServiceType
from geo.directory.records import service_record
from geo.directory.service import Address, Organization, Phone, Precision
from geo.finder import files
from geo.hsds import problems_in, read_tables
from geo.hsds.services import services_from
from geo.text import spreadsheet_cell, strip_hidden
from tests.support import tiny_flanders
from tests.support.hsds_samples import tiny
from tests.support.tiny_flanders import TUESDAY_TEN

VERSION = "abc123"


def features(services):
    return json.loads(files.to_geojson(files.offer_rows(services), data_version=VERSION, now=TUESDAY_TEN))["features"]


def rows(services):
    text = files.to_csv(files.offer_rows(services), data_version=VERSION, now=TUESDAY_TEN).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_a_record_says_everything_by_code():
    winkel = services_from(tiny())[2]
    record = service_record(winkel, now=TUESDAY_TEN, location=winkel.locations[0])
    assert record == {
        "id": "winkel",
        "name": "Opvoedingswinkel Mechelen",
        "alternate_name": "",
        "service_type": "parenting_shop",
        "status": "active",
        "organization": "Stad Mechelen",
        "ages": {"min_months": 0, "max_months": 288, "stated": True},
        "location": {
            "id": "mechelen-markt-1",
            "name": "",
            "address": "Grote Markt 1 bus 2, 2800 Mechelen",
            "precision": "address",
            "nis_code": "12025",
            "lon": 4.48,
            "lat": 51.028,
        },
        "service_area": [],
        "phones": [{"number": "+3215123456", "national": "015 12 34 56", "description": ""}],
        "email": "",
        "url": "",
        "languages": ["nl"],
        "is_free": True,
        "needs_appointment": False,
        "opening": {
            "state": "open",
            "until": "2025-06-03T12:30:00+02:00",
            "opens_next": None,
            "reason": "",
        },
        "alert": "",
        "assured_date": "2025-03-01",
        "freshness": "fresh",
        "confidence": "high",
        "source_url": "https://www.mechelen.be/winkel",
    }


def test_an_open_age_has_no_number_and_no_place_is_null():
    line = tiny_flanders.services()[6]
    record = service_record(line, now=TUESDAY_TEN)
    assert record["ages"] == {"min_months": -9, "max_months": None, "stated": False}
    assert record["location"] is None
    assert [area["level"] for area in record["service_area"]] == ["everywhere", "everywhere"]


def test_records_show_no_hidden_characters():
    service = tiny_flanders.service(
        "s", ServiceType.PARENTING_SHOP, name="a\u202eb\x1b[0m", organization=Organization("o", "o\u2066p")
    )
    record = service_record(service, now=TUESDAY_TEN)
    assert (record["name"], record["organization"]) == ("ab[0m", "op")


def test_geojson_has_one_feature_per_service_at_location():
    found = features(tiny_flanders.services())
    clb = [feature for feature in found if feature["properties"]["id"] == "clb-two-doors"]
    assert len(found) == 11
    assert len({feature["id"] for feature in found}) == 11
    assert [feature["geometry"]["type"] for feature in clb] == ["Point", "Point"]
    assert clb[0]["geometry"]["coordinates"] == [clb[0]["properties"]["location"][axis] for axis in ("lon", "lat")]


def test_geojson_follows_rfc_7946():
    content = files.to_geojson(files.offer_rows(services_from(tiny())), data_version=VERSION, now=TUESDAY_TEN)
    document = json.loads(content)
    assert document["type"] == "FeatureCollection"
    assert document["data_version"] == VERSION
    assert "crs" not in document
    geometry = {feature["id"]: feature["geometry"] for feature in document["features"]}
    assert geometry == {
        "huis": None,
        "lijn-106": None,
        "winkel@mechelen-markt-1": {"type": "Point", "coordinates": [4.48, 51.028]},
    }
    assert not content.startswith(b"\xef\xbb\xbf")


def test_a_municipality_is_an_area_and_never_a_point():
    (feature,) = [found for found in features(tiny_flanders.services()) if "clinic-somewhere" in found["id"]]
    assert feature["geometry"] is None
    assert feature["properties"]["location"]["precision"] == "municipality"


def test_csv_is_flat_and_plain():
    (winkel,) = [row for row in rows(services_from(tiny())) if row["id"] == "winkel"]
    assert winkel["phones"] == "015 12 34 56"
    assert (winkel["min_months"], winkel["max_months"]) == ("0", "288")
    assert (winkel["lon"], winkel["lat"]) == ("4.48", "51.028")
    assert winkel["hours"] == "MO,TU 09:00-12:30"
    assert winkel["is_free"] == "true"
    assert winkel["data_version"] == VERSION


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "  =1", "＝1", '=HYPERLINK("http://evil.example","x")']
)
def test_no_cell_runs_as_a_formula(name):
    service = Service(
        id="s",
        name=name,
        service_type=ServiceType.PARENTING_SHOP,
        ages=AgeRange(0, 12),
        organization=Organization("o", name),
        alert=name,
        email=name,
        phones=(Phone("+31201234567", "+31201234567"),),
        locations=(Location(id="l", precision=Precision.MUNICIPALITY, address=Address(street=name)),),
    )
    (row,) = rows([service])
    for column in ("name", "organization", "alert", "email", "address", "phones"):
        assert row[column].startswith("'"), column


@pytest.mark.parametrize("text", ["", "a", "1=1", "015 12 34 56", "Huis - x"])
def test_ordinary_cells_stay_as_they_are(text):
    assert spreadsheet_cell(text) == text


def test_defused_text_keeps_letters_of_every_script():
    assert strip_hidden("بيت\tBriséë\n京都\u200f") == "بيت\tBriséë\n京都\u200f"
    assert strip_hidden("a\u202eb\x00c\x9b\ud800") == "abc"


def test_geoparquet_is_read_by_others():
    content = files.to_geoparquet(files.offer_rows(tiny_flanders.services()), data_version=VERSION, now=TUESDAY_TEN)
    frame = gpd.read_parquet(io.BytesIO(content))
    house = frame[frame["id"] == "house-300-m"].iloc[0]
    assert frame.crs == "OGC:CRS84"
    assert len(frame) == 11
    assert frame.geometry.isna().sum() == 3
    assert (house.geometry.x, house.geometry.y) == (house["lon"], house["lat"])
    metadata = parquet.read_schema(io.BytesIO(content)).metadata
    assert json.loads(metadata[b"geo"])["version"] == "1.1.0"
    assert metadata[b"data_version"] == VERSION.encode()


@pytest.mark.parametrize("services", [[], [tiny_flanders.services()[6]]])
def test_nothing_to_show_is_a_whole_file(services):
    for write in (files.to_geojson, files.to_csv, files.to_geoparquet):
        assert write(files.offer_rows(services), data_version=VERSION, now=TUESDAY_TEN)
    content = files.to_geoparquet(files.offer_rows(services), data_version=VERSION, now=TUESDAY_TEN)
    assert len(gpd.read_parquet(io.BytesIO(content))) == len(services)


def test_hsds_is_a_package_of_the_standard(tmp_path):
    services = services_from(tiny())
    content = files.to_hsds(services, data_version=VERSION)
    (tmp_path / "a.zip").write_bytes(content)
    tables = read_tables(tmp_path / "a.zip")
    assert services_from(tables) == services
    assert [problem for problem in problems_in(tables) if problem.severity == "error"] == []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        manifest = json.loads(archive.read("datapackage.json"))
    assert (manifest["profile"], manifest["version"]) == ("tabular-data-package", VERSION)
    service = next(resource for resource in manifest["resources"] if resource["name"] == "service")
    assert service["schema"]["primaryKey"] == "id"
    assert {"fields": "organization_id", "reference": {"resource": "organization", "fields": "id"}} in (
        service["schema"]["foreignKeys"]
    )


def test_the_same_services_give_the_same_bytes():
    services = services_from(tiny())
    assert files.to_hsds(services, data_version=VERSION) == files.to_hsds(services, data_version=VERSION)


def test_tables_keep_columns_that_only_they_have(tmp_path):
    tables = tiny()
    tables["service"][0]["fees_description"] = "gratis"
    (tmp_path / "a.zip").write_bytes(files.tables_to_hsds(tables, data_version=VERSION))
    assert read_tables(tmp_path / "a.zip")["service"][0]["fees_description"] == "gratis"


def test_half_ages_are_written_as_they_are():
    service = tiny_flanders.service("s", ServiceType.PARENTING_LINE, ages=AgeRange(9.5, math.inf), ages_stated=True)
    assert service_record(service, now=TUESDAY_TEN)["ages"] == {"min_months": 9.5, "max_months": None, "stated": True}
    assert rows([service])[0]["min_months"] == "9.5"


def test_freshness_is_that_of_the_moment():
    winkel = services_from(tiny())[2]
    later = TUESDAY_TEN + dt.timedelta(days=3 * 366)
    assert service_record(winkel, now=later)["freshness"] == "old"
