"""Budgets are judged in the right direction, and percentiles are those of the textbook."""

import json

import pytest

from benchmarks.report import percentile_of, row_at_most, row_beside, table_text, write_json


@pytest.mark.parametrize(("percent", "expected"), [(0, 1), (50, 10), (95, 19), (96, 20), (100, 20)])
def test_a_percentile_is_the_smallest_value_that_enough_values_do_not_exceed(percent, expected):
    assert percentile_of(list(range(20, 0, -1)), percent) == expected


def test_a_limit_is_met_up_to_and_including_itself():
    assert row_at_most("x", 10, "ms", most=10).met
    assert not row_at_most("x", 10.1, "ms", most=10).met


def test_a_comparison_is_a_share_of_its_reference():
    slow = row_beside("x", 60, "ms", reference=("the plain app", 1000), most=1 / 20)
    assert (slow.met, slow.ratio, slow.budget) == (False, 0.06, "at most 1/20 the plain app")
    assert row_beside("x", 60, "ms", reference=("an empty rerun", 20), most=3).met


def test_results_are_told_and_written(tmp_path):
    rows = [row_beside("click", 60, "ms", reference=("an empty rerun", 10), most=3)]
    told = " ".join(table_text(rows).splitlines()[1].split())
    assert told == "click 60 ms 10 ms 6 at most 3 times an empty rerun NO"
    write_json(rows, tmp_path / "results.json", {"quick": True})
    (row,) = json.loads((tmp_path / "results.json").read_text())["rows"]
    assert {key: row[key] for key in ("value", "reference", "ratio", "met")} == {
        "value": 60,
        "reference": 10,
        "ratio": 6,
        "met": False,
    }
