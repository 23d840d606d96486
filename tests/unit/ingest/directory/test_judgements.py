"""Judgements: each has a reason, each is used, and a wrong one is named with its table and row."""

import csv

import pytest

from geo.errors import DataError
from geo.ingest.directory.judgements import TABLES, Judgements
from geo.ingest.directory.sources import HOUSES, OTHERS, collect_rows

HOUSE_COLUMNS = [
    "name",
    "organisation",
    "street",
    "place",
    "municipality",
    "covers_municipalities",
    "source_date",
    "confidence",
]
OTHER_COLUMNS = ["service_type", "name", "street", "place", "notes", "source_date", "confidence"]


def write(path, columns, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({column: row.get(column, "") for column in columns} for row in rows)


@pytest.fixture
def judge(tmp_path):
    """Return a function that writes tables of judgements and reads them back."""

    def _judge(**tables):
        for name, columns in TABLES.items():
            write(tmp_path / "judgements" / f"{name}.csv", columns, tables.get(name, ()))
        return Judgements.read(tmp_path / "judgements")

    return _judge


@pytest.fixture
def sources(tmp_path):
    houses = [{"name": "Huis A", "street": "Markt"}, {"name": "Huis B"}]
    write(tmp_path / "services" / HOUSES, HOUSE_COLUMNS, houses)
    others = [{"name": "CLB A", "service_type": "clb"}, {"name": "Katrol", "service_type": "boosting_education"}]
    write(tmp_path / "services" / OTHERS, OTHER_COLUMNS, others)
    return tmp_path


def about(row, file=HOUSES, **values):
    return {"source_file": file, "source_row_name": row, "why": "Said so.", **values}


def codes(judgements):
    return [(problem.code, problem.resource, problem.row) for problem in judgements.problems]


def test_without_judgements_each_row_is_one_service(judge, sources):
    collected = collect_rows(sources, judge())
    assert [group.service_id for group in collected.groups] == ["clb-a", "huis-a", "huis-b", "katrol"]
    assert [group.first.service_type.value for group in collected.groups] == [
        "pupil_guidance_centre",
        "house_of_the_child",
        "house_of_the_child",
        "educational_opportunities",
    ]
    assert collected.row_count == 4


def test_named_row_takes_its_id_and_name(judge, sources):
    names = [about("Huis A", service_id="huis-aa", name="Huis AA", alternate_name="A")]
    group = collect_rows(sources, judge(names=names)).groups[1]
    assert (group.service_id, group.name, group.alternate_name) == ("huis-aa", "Huis AA", "A")


def test_merged_row_joins_its_service(judge, sources):
    judgements = judge(merges=[about("Huis B", into_service_id="huis-a", keep_place="yes")])
    group = collect_rows(sources, judgements).groups[1]
    assert [row.name for row in group.rows] == [row.name for row in group.placed_rows] == ["Huis A", "Huis B"]
    assert judgements.problems == judgements.unused() == []


def test_place_of_a_merged_row_is_kept_only_when_asked(judge, sources):
    judgements = judge(merges=[about("Huis B", into_service_id="huis-a", keep_place="no")])
    group = collect_rows(sources, judgements).groups[1]
    assert [row.name for row in group.placed_rows] == ["Huis A"]


def test_row_left_out_is_counted(judge, sources):
    collected = collect_rows(sources, judge(left_out=[about("CLB A", OTHERS)]))
    assert [row.name for row in collected.left_out] == ["CLB A"]
    assert collected.row_count == 4


def test_correction_changes_the_row(judge, sources):
    collected = collect_rows(sources, judge(corrections=[about("Huis A", field="street", value="")]))
    assert collected.groups[1].first["street"] == ""


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({"merges": [about("Huis B", into_service_id="huis-x")]}, ("unknown_service", "merges.csv", 1)),
        ({"corrections": [about("Huis A", field="strat", value="x")]}, ("unknown_field", "corrections.csv", 1)),
        (
            {"corrections": [about("Huis A", field="street", value="Markt")]},
            ("correction_changes_nothing", "corrections.csv", 1),
        ),
        (
            {"left_out": [about("Huis B")], "merges": [about("Huis B", into_service_id="huis-a")]},
            ("left_out_and_merged", "merges.csv", 1),
        ),
        ({"names": [about("Huis B", service_id="huis-a", name="Huis B")]}, ("same_id", HOUSES, 2)),
        ({"left_out": [about("Huis A") | {"why": ""}]}, ("no_reason", "left_out.csv", 1)),
    ],
)
def test_wrong_judgement_is_named(judge, sources, tables, expected):
    judgements = judge(**tables)
    collect_rows(sources, judgements)
    assert codes(judgements) == [expected]


def test_judgement_that_matches_nothing_is_named(judge, sources):
    judgements = judge(left_out=[about("Huis Z")], closures=[{"service_id": "huis-z", "status": "defunct", "why": "x"}])
    collect_rows(sources, judgements)
    unused = {(problem.resource, problem.message.values["subject"]) for problem in judgements.unused()}
    assert unused == {("left_out.csv", "Huis Z"), ("closures.csv", "huis-z")}


def test_namesakes_in_one_file_are_refused(judge, sources):
    write(sources / "services" / HOUSES, HOUSE_COLUMNS, [{"name": "Huis A"}, {"name": "Huis A"}])
    judgements = judge()
    collect_rows(sources, judgements)
    assert ("same_name", HOUSES, 2) in codes(judgements)


def test_table_with_other_columns_is_refused(judge, tmp_path):
    judge()
    write(tmp_path / "judgements" / "areas.csv", ["service_id", "municipality"], [])
    with pytest.raises(DataError, match=r"areas\.csv.*expected service_id, area, name, why, source_url"):
        Judgements.read(tmp_path / "judgements")
