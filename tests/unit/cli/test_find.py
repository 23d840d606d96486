"""The command line as its callers see it: what is printed where, and the exit status."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from geo.cli import main as cli_main
from geo.cli.main import main
from geo.hsds import read_directory
from geo.settings import ROOT
from tests.support.data_folder import write_data
from tests.support.hsds_samples import SERVICE_IN_JSON, edited, tiny, write_folder, write_zip
from tests.support.tiny_flanders import TUESDAY_TEN


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return write_data(tmp_path_factory.mktemp("cli") / "data")


@pytest.fixture
def run(data, capsys, monkeypatch):
    for name in [name for name in os.environ if name.startswith("OPVOEDKAART_")]:
        monkeypatch.delenv(name)

    def call(*arguments, with_data=True):
        options = ("--data", str(data)) if with_data else ()
        status = main([*arguments, *options], now=TUESDAY_TEN)
        return status, *capsys.readouterr()

    return call


def find_json(run, *arguments):
    status, out, _ = run("find", *arguments, "--format", "json")
    return status, json.loads(out)


def test_find_in_json_has_the_shape_that_is_promised(run, data):
    status, answer = find_json(run, "Aster")
    assert status == 0
    assert {"place", "filter", "serving", "nearby", "around", "hints", "data_version"} <= answer.keys()
    assert (answer["place"]["name_nl"], answer["place"]["nis_code"]) == ("Aster", "11001")
    house = answer["serving"][0]
    assert house["id"] == "house-300-m"
    assert house["opening"]["state"] == "open"
    assert house["area_level"] == "municipality"
    assert "distance_m" not in house
    promised = {
        *("id", "name", "service_type", "status", "organization", "ages", "location", "service_area", "phones"),
        *("email", "url", "opening", "assured_date", "freshness", "confidence", "source_url"),
    }
    assert promised <= house.keys()
    near = answer["nearby"][0]
    assert (near["id"], near["distance_m"], near["distance_is_approximate"]) == ("house-300-m", 300, False)
    assert near["location"].keys() >= {"address", "precision", "lon", "lat"}
    assert near["ages"].keys() == {"min_months", "max_months", "stated"}


def test_find_in_json_lists_everything_unless_a_limit_is_given(run):
    _, everything = find_json(run, "Aster")
    _, limited = find_json(run, "Aster", "--limit", "1")
    assert (len(everything["nearby"]), everything["total_nearby"]) == (7, 7)
    assert (len(limited["nearby"]), limited["total_nearby"], len(limited["serving"])) == (1, 7, 1)


def test_what_cannot_stand_on_a_map_has_null_in_its_place(run):
    _, answer = find_json(run, "Aster")
    line = next(service for service in answer["serving"] if service["id"] == "line-everywhere")
    assert line["location"] is None
    assert line["ages"]["max_months"] is None


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--type", "parenting_shop"], {"shop-for-two-towns"}),
        (["--type", "clb"], {"clb-two-doors"}),
        (["--type", "parenting_shop", "--type", "clb"], {"shop-for-two-towns", "clb-two-doors"}),
        (["--free"], {"house-300-m", "shop-for-two-towns"}),
        (["--free", "--no-appointment"], {"house-300-m"}),
        (["--open-now"], {"house-300-m"}),
        (["--language", "FR"], {"house-300-m"}),
        (["--function", "early_identification", "--age", "12-17"], {"house-300-m", "clb-two-doors"}),
    ],
)
def test_options_narrow_what_is_near(run, options, ids):
    _, answer = find_json(run, "Aster", *options)
    assert {service["id"] for service in answer["nearby"]} == ids


@pytest.mark.parametrize(
    ("said", "group"),
    [("pregnant", "pregnant"), ("Zwanger", "pregnant"), ("0-2", "0-2"), ("3–5", "3-5"), ("7", "6-11")],
)
def test_ages_are_said_in_several_ways(run, said, group):
    _, answer = find_json(run, "Aster", "--age", said)
    assert answer["filter"]["ages"] == [group]


def test_several_children_at_once(run):
    _, answer = find_json(run, "Aster", "--age", "0-2", "--age", "12-17")
    assert answer["filter"]["ages"] == ["0-2", "12-17"]


def test_little_found_is_followed_by_hints(run):
    _, answer = find_json(run, "Fijnspar", "--type", "parenting_shop", "--free")
    assert answer["hints"]["is_little"] is True
    assert answer["hints"]["criterion"]["name"] == "types"
    assert answer["hints"]["everywhere"] == ["line-everywhere"]
    assert answer["hints"]["nearest_match"]["id"] == "shop-for-two-towns"


def test_a_place_of_several_words_needs_no_quotes(run):
    status, answer = find_json(run, "Sint", "Jan", "Waas")
    assert (status, answer["place"]["name_nl"]) == (0, "Sint-Jan-Waas")


def test_an_ambiguous_place_gives_choices_and_status_2(run):
    status, answer = find_json(run, "Wilg")
    assert status == 2
    assert answer["place"] is None
    assert {choice["id"] for choice in answer["choices"]} == {"submunicipality:11002B", "submunicipality:23001B"}


@pytest.mark.parametrize("form", ["text", "csv", "geojson"])
def test_choices_are_told_in_words_beside_the_output(run, form):
    status, out, err = run("find", "Wilg", "--format", form)
    assert (status, out) == (2, "")
    assert "choose one" in err
    assert "(submunicipality:11002B)" in err


def test_a_choice_can_be_given_back(run):
    status, answer = find_json(run, "submunicipality:23001B")
    assert (status, answer["place"]["nis_code"]) == (0, "23001")


def test_an_unknown_place_gives_the_nearest_names_and_status_1(run):
    status, answer = find_json(run, "Fijnxpaxx")
    assert status == 1
    assert answer["place"] is None
    assert [place["name_nl"] for place in answer["suggestions"]] == ["Fijnspar"]
    status, out, err = run("find", "Fijnxpaxx")
    assert (status, out) == (1, "")
    assert err == "Fijnxpaxx is no place we know. Did you mean:\n  Fijnspar  (municipality:23003)\n"


def test_a_place_with_no_name_near_it_is_only_unknown(run):
    status, _, err = run("find", "qqqqqqqq")
    assert (status, err) == (1, "qqqqqqqq is no place we know.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["find", "Aster", "--age", "99"], "'99' is no age group"),
        (["find", "Aster", "--age", "2-9"], "'2-9' is no age group"),
        (["find", "Aster", "--type", "bakery"], "'bakery' is no service type; expected one of house_of_the_child"),
        (["find", "Aster", "--function", "fun"], "'fun' is no function"),
        (["find", "Aster", "--language", "frans"], "'frans' is no language code"),
        (["find", "Aster", "--limit", "0"], "'0' is no number of results"),
        (["find", "Aster", "--limit", "-3"], "expected"),
        (["find", "Aster", "--format", "xml"], "invalid choice: 'xml'"),
        (["find"], "PLACE"),
        (["export", "out"], "--format"),
        (["bake"], "invalid choice: 'bake'"),
        ([], "COMMAND"),
    ],
)
def test_bad_options_get_one_clear_sentence(run, arguments, said):
    status, out, err = run(*arguments, with_data=False)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_help_is_no_failure(run):
    status, out, _ = run("find", "--help", with_data=False)
    assert status == 0
    assert "--no-appointment" in out


def test_text_says_what_serves_and_what_is_near(run):
    _, out, _ = run("find", "Aster", "--type", "house_of_the_child")
    assert out == (
        "Aster\n\n"
        "Serving (1)\n"
        "  house-300-m - Huis van het Kind\n"
        "    0.3 km · Laan 1 · pregnancy to 24 years (usual for this type)\n"
        "    open until Tue 12:00 · no date (undated)\n\n"
        "Nearby, in a straight line (1)\n"
        "  house-300-m - Huis van het Kind\n"
        "    0.3 km · Laan 1 · pregnancy to 24 years (usual for this type)\n"
        "    open until Tue 12:00 · no date (undated)\n\n"
        "Municipalities around, door not known (0)\n\n"
        "Without types: 5 more.\n"
        "Nearest match: house-300-m · 0.3 km.\n"
        "Serving everywhere: line-everywhere.\n"
        f"data version {json.loads(run('find', 'Aster', '--format', 'json')[1])['data_version']}\n"
    )


def test_text_tells_doubt_and_absence(run):
    _, out, _ = run("find", "Aster", "--limit", "20")
    assert "not confirmed, ask first" in out
    assert "no address; for Vlaams Gewest, Brussels Hoofdstedelijk Gewest" in out


def test_geojson_and_csv_hold_each_service_once(run):
    _, out, _ = run("find", "Aster", "--format", "geojson")
    found = [feature["properties"] for feature in json.loads(out)["features"]]
    _, out, _ = run("find", "Aster", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    ids = [properties["id"] for properties in found]
    assert len(ids) == len(set(ids)) == 9
    assert [row["id"] for row in rows] == ids
    assert [(row["found"], row["distance_m"]) for row in rows][:1] == [("serving", "300")]


def test_another_directory_can_be_searched(run, tmp_path):
    (tmp_path / "feed.json").write_text(json.dumps(SERVICE_IN_JSON))
    _, answer = find_json(run, "Aster", "--directory", str(tmp_path / "feed.json"))
    assert [service["id"] for service in answer["nearby"]] == ["winkel"]


def test_damaged_data_is_told_in_full(run, tmp_path):
    folder = write_data(tmp_path / "data")
    (folder / "gazetteer.parquet").unlink()
    (folder / "directory" / "service.csv").write_text("id\n")
    status, out, err = run("find", "Aster", "--data", str(folder), with_data=False)
    assert (status, out) == (1, "")
    assert "gazetteer.parquet: The file is missing." in err
    assert "directory/service.csv: The file was altered" in err


def test_a_wrong_setting_is_one_sentence(run, monkeypatch):
    monkeypatch.setenv("OPVOEDKAART_KEEPER", "nobody")
    status, _, err = run("validate", with_data=False)
    assert status == 1
    assert err.startswith("opvoedkaart: OPVOEDKAART_KEEPER is 'nobody'")


def test_validate_passes_a_good_directory(run, tmp_path):
    status, out, _ = run("validate", str(write_folder(tiny(), tmp_path / "good")), with_data=False)
    assert (status, out) == (0, "good: 0 errors, 0 warnings\n")


def test_validate_names_file_row_and_field(run, tmp_path):
    broken = edited(service__winkel__status="open", service__huis__email="x", service__huis__name="a\u202eb")
    status, out, _ = run("validate", str(write_zip(broken, tmp_path / "broken.zip")), with_data=False)
    assert status == 1
    assert "error: service.csv, row 1, status: open is not known" in out
    assert "error: service.csv, row 2, email: x is not an e-mail address" in out
    assert "warning: service.csv, row 2, name: ab holds control characters" in out
    assert out.endswith("broken.zip: 2 errors, 1 warnings\n")
    assert "\u202e" not in out


def test_validate_with_warnings_alone_is_no_failure(run, tmp_path):
    folder = write_folder(edited(service__winkel__url="www.example.be"), tmp_path / "a")
    status, out, _ = run("validate", str(folder), with_data=False)
    assert status == 0
    assert "a: 0 errors, 1 warnings" in out


def test_validate_as_json(run, tmp_path):
    folder = write_folder(edited(service__winkel__status="open"), tmp_path / "a")
    status, out, _ = run("validate", str(folder), "--format", "json", with_data=False)
    answer = json.loads(out)
    (problem,) = answer["problems"]
    assert (status, answer["errors"]) == (1, 1)
    assert (problem["file"], problem["row"], problem["field"], problem["severity"]) == (
        "service.csv",
        1,
        "status",
        "error",
    )


def test_validate_without_a_path_is_about_our_own_data(run, tmp_path, monkeypatch):
    folder = write_data(tmp_path / "data")
    monkeypatch.setenv("OPVOEDKAART_DATA", str(folder))
    assert run("validate", with_data=False)[0] == 0
    (folder / "gazetteer.parquet").write_bytes(b"x")
    status, out, _ = run("validate", with_data=False)
    assert status == 1
    assert "error: gazetteer.parquet: The file was altered" in out


def test_validate_a_path_that_is_not_there(run, tmp_path):
    status, out, _ = run("validate", str(tmp_path / "nowhere"), with_data=False)
    assert status == 1
    assert "There is no file or folder at" in out


def test_export_writes_every_format(run, data, tmp_path):
    for form in ("hsds", "geojson", "csv", "geoparquet"):
        status, out, err = run("export", "--format", form, str(tmp_path / form))
        assert (status, out, err) == (0, "", "")
    hsds = (tmp_path / "hsds").rename(tmp_path / "hsds.zip")
    assert read_directory(hsds).services == read_directory(data / "directory").services
    assert len(json.loads((tmp_path / "geojson").read_text())["features"]) == 11
    assert (tmp_path / "geoparquet").read_bytes().startswith(b"PAR1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["csv", "geojson", "geoparquet", "hsds.zip"]


def test_export_replaces_a_file_whole_or_not_at_all(run, tmp_path):
    (tmp_path / "out.csv").write_text("old")
    assert run("export", "--format", "csv", str(tmp_path / "out.csv"))[0] == 0
    assert "house-300-m" in (tmp_path / "out.csv").read_text()
    status, _, err = run("export", "--format", "csv", str(tmp_path / "nowhere" / "out.csv"))
    assert status == 1
    assert err.startswith("opvoedkaart: ")


def test_hostile_names_are_harmless_on_a_terminal_and_in_a_spreadsheet(run, tmp_path):
    name = "=cmd|'/c calc'!A1\x1b[2J\u202e<script>"
    hostile = write_folder(edited(service__winkel__name=name), tmp_path / "hostile")
    for form in ("text", "csv", "json", "geojson"):
        status, out, _ = run("find", "Aster", "--directory", str(hostile), "--format", form)
        assert status == 0
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "<script>" in out
        if form == "csv":
            assert "\"'=cmd" in out


def program(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "geo", *arguments], capture_output=True, cwd=ROOT, check=False, **options
    )


def test_output_is_utf_8_whatever_the_locale(tmp_path):
    folder = write_folder(edited(service__winkel__email="é"), tmp_path / "a")
    plain = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    done = program("validate", str(folder), env=plain)
    assert done.returncode == 1
    assert "é is not an e-mail address" in done.stdout.decode("utf-8")
    assert not done.stdout.startswith(b"\xef\xbb\xbf")


def test_a_reader_who_leaves_early_is_no_error(tmp_path):
    broken = tiny()
    broken["service"] += [{**broken["service"][0], "id": f"s{n}", "status": "open"} for n in range(5000)]
    folder = write_folder(broken, tmp_path / "a")
    command = [sys.executable, "-m", "geo", "validate", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        process.stdout.readline()
        process.stdout.close()
        error = process.stderr.read()
        process.stderr.close()
        status = process.wait(timeout=60)
    assert (status, error) == (141, b"")


def test_an_interrupted_command_says_so_and_shows_no_trace(monkeypatch, capsys):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_main, "main", interrupted)
    with pytest.raises(SystemExit) as end:
        cli_main.entry()
    assert end.value.code == 130
    assert capsys.readouterr() == ("", "opvoedkaart: stopped; nothing was written.\n")
