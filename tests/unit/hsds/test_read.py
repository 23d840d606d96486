"""What the reader makes of HSDS files in every form, whole and hostile."""

import json

import pytest

from geo.directory import Directory
from geo.errors import DataError
from geo.hsds import problems_in, read_directory, read_tables
from geo.hsds.services import services_from
from tests.support.hsds_samples import (
    edited,
    tiny,
    write_folder,
    write_zip,
)


def test_every_form_gives_the_same_services(tmp_path):
    expected = services_from(tiny())
    write_folder(tiny(), tmp_path / "package")
    write_folder(tiny(), tmp_path / "bare", manifest=False)
    write_zip(tiny(), tmp_path / "a.zip")
    write_zip(tiny(), tmp_path / "b.zip", inside="export/2025/")
    for form in ("package", "bare", "a.zip", "b.zip"):
        assert read_directory(tmp_path / form).services == expected, form


def test_resource_paths_are_honoured(tmp_path):
    write_folder(tiny(), tmp_path)
    (tmp_path / "deep").mkdir()
    (tmp_path / "service.csv").rename(tmp_path / "deep" / "diensten.txt")
    manifest = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in manifest["resources"]:
        if resource["name"] == "service":
            resource["path"] = ["deep/diensten.txt"]
    (tmp_path / "datapackage.json").write_text(json.dumps(manifest))
    assert len(read_directory(tmp_path)) == 3


def test_a_table_that_is_listed_twice_is_told_and_never_dropped_in_silence(tmp_path):
    write_folder(tiny(), tmp_path)
    manifest = json.loads((tmp_path / "datapackage.json").read_text())
    again = next(dict(resource) for resource in manifest["resources"] if resource["name"] == "service")
    manifest["resources"].append(again)
    (tmp_path / "datapackage.json").write_text(json.dumps(manifest))
    with pytest.raises(DataError) as refused:
        read_directory(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["repeated_table"]


def test_a_wide_header_takes_no_time(tmp_path):
    write_folder(tiny(), tmp_path, manifest=False)
    (tmp_path / "phone.csv").write_text(",".join(f"c{number}" for number in range(200_000)) + "\n")
    assert read_tables(tmp_path)["phone"] == []


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_spreadsheets_may_have_their_own_separator_and_mark(tmp_path, separator, start):
    write_folder(tiny(), tmp_path, manifest=False)
    text = (tmp_path / "service_area.csv").read_text().replace(",", separator)
    (tmp_path / "service_area.csv").write_text(start + text, encoding="utf-8")
    assert read_directory(tmp_path).services == services_from(tiny())


def test_blank_lines_count_as_rows_but_are_no_services(tmp_path):
    tables = edited(service__lijn_106__status="open")
    write_folder(tables, tmp_path)
    lines = (tmp_path / "service.csv").read_text().split("\n")
    (tmp_path / "service.csv").write_text("\n".join([lines[0], "", ",,", *lines[1:]]))
    (problem,) = problems_in(read_tables(tmp_path))
    assert problem.place == "service.csv, row 5, status"


def test_errors_stop_the_directory_and_warnings_do_not(tmp_path):
    broken = edited(service__winkel__status="open", service__huis__email="nobody")
    with pytest.raises(DataError) as error:
        read_directory(write_folder(broken, tmp_path / "a"))
    assert {problem.place for problem in error.value.problems} == {
        "service.csv, row 1, status",
        "service.csv, row 2, email",
    }
    abroad = edited(location__mechelen_markt_1__latitude="48.85", location__mechelen_markt_1__longitude="2.35")
    assert len(read_directory(write_folder(abroad, tmp_path / "b"))) == 3


HOSTILE = [
    "<script>alert(1)</script>",
    '"; DROP TABLE service; --',
    'O\'Neill & "zoon" <b>',
    "\u202egnp.exe\u202c \u200fבית\u200e",
    "x" * 10_000,
    '=HYPERLINK("http://evil.example")',
    "a\nb\r\nc",
    "Huis 👨‍👩‍👧 ﷽",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(tmp_path, name):
    tables = edited(service__winkel__name=name)
    folder = write_folder(tables, tmp_path)
    read = read_tables(folder)
    assert all(problem.severity == "warning" for problem in problems_in(read))
    assert services_from(read)[2].name == name


def test_columns_stand_in_the_order_of_the_services():
    directory = Directory.from_services(reversed(services_from(tiny())))
    assert [service.id for service in directory.services] == ["huis", "lijn-106", "winkel"]
    assert directory.min_months.tolist() == [-9, 9, 0]
    assert directory.max_months.tolist() == [288, 30, 288]
    assert directory.free.tolist() == [-1, -1, 1]
    assert directory.appointment.tolist() == [-1, -1, 0]
    assert directory.loc_service.tolist() == [2]
    assert (directory.loc_x.tolist(), directory.loc_y.tolist()) == ([657801.45], [690875.14])
    assert {code: rows.tolist() for code, rows in directory.areas.items()} == {"02000": [1], "04000": [1], "12025": [0]}
    assert {code: rows.tolist() for code, rows in directory.languages.items()} == {"nl": [2]}


def test_an_empty_directory_is_a_directory():
    directory = Directory.from_services([])
    assert len(directory) == 0
    assert directory.loc_x.tolist() == []
