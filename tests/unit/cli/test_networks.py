"""`opvoedkaart networks` on the real data: the same proposal in every format, and a sentence for what cannot be."""

import argparse
import csv
import datetime as dt
import io
import json

import pytest
import shapely

from geo.cli import networks
from geo.errors import RequestError

NOW = dt.datetime(2025, 6, 3, 10, 0, tzinfo=dt.UTC)
BRUSSELS = ("--area", "04000", "--min-children", "3000", "--max-across-km", "8")


@pytest.fixture
def told(capsys):
    def run(*options):
        parser = argparse.ArgumentParser()
        networks.add_arguments(parser)
        assert networks.run(parser.parse_args(list(options)), now=NOW) == 0
        return capsys.readouterr().out

    return run


def test_text_for_a_terminal(told):
    text = told(*BRUSSELS)
    lines = text.splitlines()
    assert lines[0] == "9 networks, each with at least 3000 children (0-2) and at most 8 km across."
    assert lines[1].endswith("no other division does better (proven).")
    assert "1. Anderlecht" in lines
    assert "   proposed seat: Anderlecht, on average 1.3 km from the children" in lines
    assert "   parenting_shop: none known, which does not say that there is none" in lines
    assert "opvoedkaart networks --area 04000 --age 0-2 --min-children 3000 --max-across-km 8" in lines


def test_json_says_all_with_its_definition(told):
    answer = json.loads(told(*BRUSSELS, "--format", "json"))
    assert answer["request"]["area"] == "04000"
    assert answer["summary"]["networks"] == len(answer["networks"]) == 9
    assert sum(len(network["members"]) for network in answer["networks"]) == 19
    assert "as few municipalities as possible are left over" in answer["definition"]
    assert answer["left_over"] == []
    assert answer["data_version"]


def test_csv_has_a_row_per_municipality(told):
    rows = list(csv.DictReader(io.StringIO(told(*BRUSSELS, "--format", "csv"))))
    assert len(rows) == 19
    assert {row["network"] for row in rows} == {str(number) for number in range(1, 10)}
    for number in range(1, 10):
        own = [row for row in rows if row["network"] == str(number)]
        assert sum(float(row["children"]) for row in own) == pytest.approx(float(own[0]["network_children"]), abs=1)


def test_csv_tells_who_is_left_over(told):
    rows = list(csv.DictReader(io.StringIO(told("--area", "73000", "--min-children", "6000", "--format", "csv"))))
    left = [row for row in rows if not row["network"]]
    assert left
    assert all("is left over" in row["why_left_over"] for row in left)


def test_geojson_draws_each_network_in_degrees(told):
    answer = json.loads(told(*BRUSSELS, "--format", "geojson"))
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in answer["features"]]
    assert len(shapes) == 9
    assert all(shape.is_valid for shape in shapes)
    west, south, east, north = shapely.union_all(shapes).bounds
    assert 4.2 < west < east < 4.5
    assert 50.7 < south < north < 51.0
    assert shapely.union_all(shapes).area == pytest.approx(sum(shape.area for shape in shapes), rel=1e-3)


def test_without_time_the_first_answer_comes_and_says_what_is_not_known(told):
    lines = told(*BRUSSELS, "--time-limit", "0").splitlines()
    assert lines[1].endswith("how much better another division could be, is not known.")
    assert any(line.startswith("Note: The time was over before the search was at its end") for line in lines)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--min-children", "veel"), "'veel' is no number of children"),
        (("--max-across-km", "nan"), "'nan' is no number of kilometres"),
        (("--age", "99"), "'99' is no age group"),
        (("--time-limit", "-1"), "'-1' is no number of seconds"),
        (("--time-limit", "inf"), "'inf' is no number of seconds"),
    ],
)
def test_bad_options_get_a_sentence(told, capsys, options, sentence):
    with pytest.raises(SystemExit):
        told(*options)
    assert sentence in capsys.readouterr().err


def test_what_cannot_be_asked_is_refused_with_its_limits(told):
    with pytest.raises(RequestError, match="expected 1 to 300 km"):
        told("--max-across-km", "0,5")
    with pytest.raises(RequestError, match="'99999' is no code of an area"):
        told("--area", "99999")
