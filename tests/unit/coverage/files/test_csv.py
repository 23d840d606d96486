"""Coverage as CSV: read back by others, asked again, and harmless."""

import io

import numpy as np
import pandas as pd
import pytest

from geo import store
from geo.coverage.files import export
from geo.coverage.files.records import known_values
from geo.places import AreaLevel
from tests.support import coverage_folder
from tests.support.coverage_files import asked, csv_rows, opened


def test_csv_is_read_back_by_pandas(data):
    report = asked(data)
    content = export.to_csv(report, AreaLevel.MUNICIPALITY)
    frame = pd.read_csv(io.BytesIO(content), dtype={"code": str, "neighbour": str}, keep_default_na=False, na_values="")
    for row, (_, line) in zip(report.rows, frame.iterrows(), strict=True):
        value, low, high = known_values(row)
        assert (line["code"], line["state"], line["level"]) == (row.area.code, row.state.value, "municipality")
        assert line["children"] == row.children
        for name, number in (("value", value), ("low", low), ("high", high), ("rank", row.rank)):
            assert pd.isna(line[name]) if number is None else line[name] == pytest.approx(number, abs=1e-6)
        assert (line["records"], line["records_fresh"]) == (row.evidence.records, row.evidence.fresh)
        assert line["is_small"] == row.is_small
    assert frame["value"].dtype == np.float64


def test_every_line_of_the_csv_can_be_asked_again(data):
    report = asked(data, area="10000")
    lines = csv_rows(export.to_csv(report, AreaLevel.MUNICIPALITY, options=("--directory", "a b.zip")))
    assert len(lines) == 4
    for line in lines:
        assert (line["measure"], line["as_of"], line["data_version"]) == ("reach", "2025-06-03", data.data_version)
        assert line["command"].endswith("--area 10000 --on 2025-06-03 --directory 'a b.zip'")


def test_csv_leaves_empty_what_is_not_known_and_writes_a_real_0(data):
    lines = {line["name_nl"]: line for line in csv_rows(export.to_csv(asked(data), AreaLevel.MUNICIPALITY))}
    assert (lines["Ginder"]["value"], lines["Ginder"]["state"]) == ("", "unknown")
    assert (lines["Den"]["value"], lines["Den"]["state"]) == ("0.0", "not_reached")
    assert lines["Den"]["neighbour"] == ""


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://evil.example","x")'])
def test_no_name_runs_as_a_formula(name, tmp_path):
    data = store.load(coverage_folder.write(tmp_path / "data", names={"Aster": name}))
    report = asked(data)
    line = csv_rows(export.to_csv(report, AreaLevel.MUNICIPALITY))[0]
    assert line["name_nl"] == f"'{name}"
    book = opened(export.to_xlsx(report, AreaLevel.MUNICIPALITY, data))
    cell = book["Coverage"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)
