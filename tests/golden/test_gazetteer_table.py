"""The shipped table of names: what parents type is in it, once, at the right place."""

from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pytest

from geo.places.place import PlaceKind
from geo.places.spelling import fold_name

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def table():
    return pq.read_table(DATA / "gazetteer.parquet").to_pandas()


def municipalities_of(table, name):
    return set(table.loc[table["name"] == name, "nis_code"])


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Neerpelt", "former_municipality:72025"),
        ("Overpelt", "former_municipality:72029"),
        ("Meeuwen-Gruitrode", "former_municipality:72040"),
        ("Beveren", "former_municipality:46003"),
        ("Kruibeke", "former_municipality:46013"),
        ("Zwijndrecht", "former_municipality:11056"),
        ("Bilzen", "former_municipality:73006"),
        ("Tongres", "former_municipality:73083"),
        ("Looz", "former_municipality:73009"),
        ("Galmaarden", "former_municipality:23023"),
        ("Borsbeek", "former_municipality:11007"),
        ("Bruxelles", "municipality:21004"),
        ("Brussels", "municipality:21004"),
        ("Courtrai", "municipality:34022"),
        ("Gand", "municipality:44021"),
        ("Louvain", "municipality:24062"),
        ("Ypres", "municipality:33011"),
        ("Hal", "municipality:23027"),
        ("Renaix", "municipality:45041"),
        ("Coxyde", "municipality:38014"),
        ("Ixelles", "municipality:21009"),
        ("Deurne", "submunicipality:11002R"),
        ("Deurne", "submunicipality:24020F"),
        ("Kessel-Lo", "submunicipality:24062C"),
        ("Tronchiennes", "submunicipality:44021K"),
        ("Laken", "locality:1020-laken"),
        ("Laeken", "locality:1020-laken"),
        ("Haren", "locality:1130-haren"),
        ("9000", "postcode:9000"),
        ("Brugge", "station:008891009"),
        ("Bruges", "station:008891009"),
        ("Gent-Sint-Pieters", "station:008892007"),
        ("Brussel-Centraal", "station:008813003"),
        ("Bruxelles-Central", "station:008813003"),
    ],
)
def test_what_people_type_is_there(table, name, place_id):
    assert place_id in set(table.loc[table["name"] == name, "place_id"])


@pytest.mark.parametrize(
    ("postcode", "municipalities"),
    [
        ("2800", {"12025"}),
        ("1050", {"21009", "21004"}),
        ("1040", {"21005", "21004"}),
        ("1160", {"21002"}),  # an address of the register of 2019 puts it in Anderlecht, wrongly
        ("1030", {"21015"}),  # a bridge of the City of Brussels bears it too: no one lives there
        ("1804", {"23088", "23096"}),
        ("3668", {"71002"}),
    ],
)
def test_postcodes_know_their_municipalities(table, postcode, municipalities):
    assert municipalities_of(table, postcode) == municipalities


def test_the_main_municipality_of_a_postcode_has_the_plain_id(table):
    first = table.set_index("place_id")["nis_code"]
    assert first["postcode:1050"] == "21009"
    assert first["postcode:1050-21004"] == "21004"


def test_postcodes_of_one_city_have_points_of_their_own(table):
    codes = table[table["name"].isin(["2000", "2018", "2020", "2030", "2050", "2060"])]
    assert len(set(zip(codes["lon"], codes["lat"], strict=True))) == 6
    linkeroever = codes[codes["name"] == "2050"].iloc[0]
    assert linkeroever["lon"] < 4.39  # west of the Scheldt


def test_postcodes_keep_their_localities(table):
    places = table.set_index("place_id")["places"]
    assert places["postcode:8587"] == "Helkijn; Spiere; Spiere-Helkijn"
    assert places["postcode:1020"] == "Laken"
    assert places["postcode:3010"] == "Kessel-Lo"
    assert (places[~places.index.str.startswith("postcode:")] == "").all()


def test_every_municipality_can_be_found_in_both_languages(table):
    towns = pq.read_table(DATA / "municipalities.parquet").to_pandas()
    names = table[table["kind"] == "municipality"].groupby("place_id")["name"].agg(set)
    for nis, dutch, french in zip(towns["nis_code"], towns["name_nl"], towns["name_fr"], strict=True):
        assert {dutch, french} <= names[f"municipality:{nis}"]
    assert set(table.loc[table["kind"] == "postcode", "nis_code"]) == set(towns["nis_code"])


def test_each_place_speaks_with_one_voice(table):
    shown = table.drop(columns=["name", "language"]).drop_duplicates()
    assert shown["place_id"].is_unique
    assert (shown["place_id"].str.split(":").str[0] == shown["kind"]).all()
    assert set(shown["kind"]) == {kind.value for kind in PlaceKind} - {"position"}


def test_no_name_is_doubled(table):
    spelt = table.assign(folded=table["name"].map(fold_name))
    assert not spelt.duplicated(["folded", "place_id"]).any()
    towns = spelt[~spelt["kind"].isin(["station", "postcode"])]
    assert not towns.duplicated(["folded", "nis_code"]).any()


def test_names_are_clean(table):
    assert not table["name"].str.contains(r"[()/;]|Dg\.|�").any()
    assert (table["name"] == table["name"].str.strip()).all()
    assert not table["name_nl"].str.contains(r"Dg\.").any()
    assert not table["name"].str.contains(r"-(?:Aan|Bij|Ten|De|Op)-|Ijzer|^'S ").any()


def test_every_point_lies_in_its_municipality(table):
    layer = gpd.read_parquet(DATA / "boundaries/municipalities.parquet").set_index("nis_code").geometry
    places = table.drop_duplicates("place_id")
    points = gpd.GeoSeries(gpd.points_from_xy(places["x"], places["y"]), crs=3812)
    own = gpd.GeoSeries(layer.loc[places["nis_code"]].to_numpy(), crs=3812)
    assert places.loc[(~own.contains(points)).to_numpy(), "place_id"].tolist() == []


def test_former_municipalities_keep_their_inhabitants(table):
    former = table[table["kind"] == "former_municipality"].drop_duplicates("place_id").set_index("place_id")
    assert len(former) == 35
    assert former.loc["former_municipality:46003", "population"] == 50_822
    assert former.loc["former_municipality:72025", "nis_code"] == "72043"
    assert former.loc["former_municipality:72025", "name_nl"] == "Neerpelt (Pelt)"
