"""The records of coverage: what a row and the header say."""

from geo import store
from geo.coverage import Measure
from geo.coverage.files.columns import COLUMNS, LIMIT_TEXTS, CellKind
from geo.coverage.files.records import report_header, rows_of, source_records
from geo.coverage.measures import MEASURES
from geo.places import AreaLevel
from geo.places.areas import SUMMED_LEVELS
from tests.support.coverage_files import asked, by_name
from tests.support.hsds_samples import tiny, write_folder
from tests.support.tiny_flanders import NIS

TYPED = {CellKind.TEXT: str, CellKind.FLAG: bool, CellKind.COUNT: int}


def test_a_record_says_what_the_row_says(data):
    rows = by_name(asked(data))
    assert rows["Aster"] == {
        "code": "11001",
        "name_nl": "Aster",
        "name_fr": "Aster",
        "level": "municipality",
        "is_partial": False,
        "children": 100.0,
        "value": 1.0,
        "low": 1.0,
        "high": 1.0,
        "unit": "share",
        "p90_m": None,
        "children_reached": 100.0,
        "state": "reached",
        "municipalities_reached": 1,
        "municipalities_not_reached": 0,
        "municipalities_unknown": 0,
        "children_in_reached": 100.0,
        "children_in_not_reached": 0.0,
        "children_in_unknown": 0.0,
        "is_small": False,
        "rank": 1,
        "records": 1,
        "records_fresh": 1,
        "records_located": 1,
        "records_high_confidence": 1,
        "deprivation_pct": 12.0,
        "peers": rows["Aster"]["peers"],
        "peers_value": None,  # most of their children live where we do not know it
        "neighbour": "",
        "neighbour_share": None,
    }
    assert set(rows["Aster"]["peers"].split()) == {"11002", "11003", "23001", "23002", "23003", "33001"}
    assert rows["Den"]["deprivation_pct"] is None


def test_what_is_unknown_has_no_value_and_never_0(data):
    rows = by_name(asked(data))
    seen = {name: (row["state"], row["value"], row["low"], row["high"]) for name, row in rows.items()}
    assert seen == {
        "Aster": ("reached", 1.0, 1.0, 1.0),
        "Berk": ("unknown", None, 0.0, 1.0),
        "Ceder": ("unknown", None, 0.0, 1.0),
        "Den": ("not_reached", 0.0, 0.0, 0.0),
        "Els": ("not_reached", 0.0, 0.0, 0.0),
        "Fijnspar": ("unknown", None, None, None),
        "Ginder": ("unknown", None, 0.0, 1.0),  # nothing is recorded there, so anything may be
    }
    assert rows["Els"]["is_small"]
    assert rows["Els"]["rank"] is None
    assert rows["Den"]["rank"] is None  # nobody is reached: there is nothing to rank


def test_no_distance_is_told_where_a_nearer_door_may_stand(data):
    rows = by_name(asked(data, measure=Measure.NEAREST))
    assert (rows["Aster"]["value"], rows["Aster"]["p90_m"]) == (160.0, 400.0)
    assert (rows["Berk"]["value"], rows["Berk"]["p90_m"]) == (None, None)
    assert (rows["Berk"]["low"], rows["Berk"]["high"]) == (0.0, 1000.0)
    assert rows["Aster"]["unit"] == "metres"


def test_without_an_upper_bound_the_lower_one_stays(data):
    rows = by_name(asked(data, measure=Measure.TWO_STEP))
    assert (rows["Aster"]["value"], rows["Aster"]["unit"]) == (10.0, "per_thousand")
    assert (rows["Berk"]["value"], rows["Berk"]["low"], rows["Berk"]["high"]) == (None, 0.0, None)


def test_larger_areas_add_up_children_first(data):
    rows = by_name(asked(data), AreaLevel.PROVINCE)
    zuid, noord = rows["Zuid"], rows["Noord"]
    assert (zuid["children"], zuid["value"]) == (460.0, round(100 / 460, 6))
    assert (zuid["municipalities_reached"], zuid["municipalities_unknown"]) == (1, 3)
    assert (zuid["children_in_reached"], zuid["children_in_unknown"]) == (100.0, 360.0)
    assert (noord["state"], noord["children"], noord["value"]) == ("not_reached", 120.0, 0.0)
    assert (zuid["peers"], zuid["peers_value"], zuid["deprivation_pct"]) == ("", None, None)


def test_an_area_that_is_counted_in_part_is_marked(data):
    zuid = asked(data, area="10000")
    assert {name: row["is_partial"] for name, row in by_name(zuid, AreaLevel.PROVINCE).items()} == {"Zuid": False}
    assert by_name(zuid, AreaLevel.ALL)["Vlaanderen en Brussel"]["is_partial"]
    assert not any(row["is_partial"] for row in rows_of(asked(data), AreaLevel.ALL))


def test_the_neighbour_goes_with_its_measure(data):
    den = by_name(asked(data, measure=Measure.NEIGHBOUR))["Den"]
    assert (den["neighbour"], den["neighbour_share"]) == (NIS["Aster"], 1.0)
    assert by_name(asked(data, measure=Measure.NEIGHBOUR))["Aster"]["neighbour_share"] is None


def test_every_record_has_the_columns_that_are_explained(data):
    names = [column.name for column in COLUMNS]
    for level in SUMMED_LEVELS:
        for row in rows_of(asked(data), level):
            assert list(row) == names
            for column in COLUMNS:
                assert isinstance(row[column.name], TYPED.get(column.kind, float) | None)


def test_the_header_says_how_to_ask_again(data):
    said = report_header(asked(data, area="10000"), AreaLevel.PROVINCE, data)
    assert said["command"] == (
        "opvoedkaart coverage --type house_of_the_child --age 0-2 --measure reach --reach-km 0.5 --area 10000 "
        "--by province --on 2025-06-03"
    )
    assert (said["data_version"], said["as_of"], said["level"]) == (data.data_version, "2025-06-03", "province")
    assert said["area"] == {"code": "10000", "level": "province", "name_nl": "Zuid", "name_fr": "Zuid"}
    assert said["request"]["reach_m"] == 500.0
    assert said["definition"] == MEASURES[Measure.REACH].definition
    assert said["limits"] == list(LIMIT_TEXTS)


def test_the_header_names_whom_the_tables_come_from(real):
    tables = {table["table"]: table for table in source_records(real, with_shapes=True)}
    assert list(tables) == [
        "municipalities.parquet",
        "demand.parquet",
        "need.parquet",
        "boundaries/municipalities.parquet",
        "directory",
    ]
    for table in tables.values():
        assert table["licences"]
        assert table["sources"]
    assert tables["demand.parquet"]["reference_date"] == "2024-01-01"
    assert any("Statbel" in source for source in tables["demand.parquet"]["sources"])
    assert len(source_records(real)) == 4


def test_another_directory_is_not_given_our_sources(data, tmp_path):
    other = write_folder(tiny(), tmp_path / "others")
    table = source_records(store.load(data.data_dir, directory_path=other))[-1]
    assert (table["table"], table["sources"], table["licences"]) == ("others", [], [])
