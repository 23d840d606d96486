"""`opvoedkaart coverage` as its callers see it (the land of tests/support/coverage_folder.py)."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys

import pytest

from geo import store
from geo.ages import AgeGroup
from geo.cli.main import main
from geo.coverage import CoverageRequest, Measure, measure
from geo.coverage.files import export
from geo.coverage.request import Capacity
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.places import AreaLevel, Gazetteer
from geo.places.area_search import AreaMatch, NoAreaMatch, find_area
from geo.settings import ROOT
from tests.support import coverage_folder, shipped, tiny_demand
from tests.support.hsds_samples import edited, write_folder
from tests.support.tiny_demand import TODAY
from tests.support.tiny_flanders import TUESDAY_TEN, name_row

HOUSES = ("--reach-km", "0.5")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return coverage_folder.write(tmp_path_factory.mktemp("coverage") / "data")


@pytest.fixture(scope="module")
def data(folder):
    return store.load(folder)


@pytest.fixture(scope="module")
def real():
    return shipped.dataset()


@pytest.fixture
def run(folder, capsys, monkeypatch):
    for name in [name for name in os.environ if name.startswith("OPVOEDKAART_")]:
        monkeypatch.delenv(name)

    def call(*arguments, with_data=True):
        options = ("--data", str(folder)) if with_data else ()
        status = main(["coverage", *arguments, *options], now=TUESDAY_TEN)
        return status, *capsys.readouterr()

    return call


def answered(run, *arguments):
    status, out, err = run(*arguments, "--format", "json")
    assert (status, err) == (0, "")
    return json.loads(out)


def values(answer):
    return {row["name_nl"]: row["value"] for row in answer["rows"]}


# --- formats -------------------------------------------------------------------------------------------------------


def test_json_is_the_report(run, data, folder):
    answer = answered(run, *HOUSES)
    report = measure(data, tiny_demand.ask(reach_m=500.0), today=TODAY)
    expected = export.to_json(report, AreaLevel.MUNICIPALITY, data, options=("--data", str(folder)))
    assert answer == json.loads(json.dumps(expected)) | {"alternatives": []}
    assert values(answer)["Aster"] == 1.0
    assert answer["total"]["value"] == round(100 / 580, 6)


def test_csv_and_geojson_are_those_of_the_downloads(run, data, folder):
    report = measure(data, tiny_demand.ask(reach_m=500.0, area="20001"), today=TODAY)
    options = ("--data", str(folder))
    _, as_csv, _ = run(*HOUSES, "--area", "20001", "--format", "csv")
    assert as_csv == export.to_csv(report, AreaLevel.MUNICIPALITY, options=options).decode()
    assert [line["name_nl"] for line in csv.DictReader(io.StringIO(as_csv))] == ["Den", "Els", "Fijnspar"]
    _, as_geojson, _ = run(*HOUSES, "--area", "20001", "--format", "geojson")
    assert as_geojson == export.to_geojson(report, AreaLevel.MUNICIPALITY, data, options=options).decode()


def test_text_tells_headline_rows_and_what_to_read_them_with(run, data, folder):
    status, out, err = run(*HOUSES, "--area", "Zuid")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Zuid, province  (10000)"
    assert lines[1] == "Within reach · Huis van het Kind · children of 0-2 years · reach 0.5 km"
    assert "21.7 % of the children (bounds: 21.7 % to 100.0 %); 460 children" in lines
    assert "reached: 1 municipality, 100 children" in lines
    assert "unknown: 3 municipalities, 360 children" in lines
    assert "2 records: 1 fresh, 1 with a door, 1 of high confidence" in lines
    rows = [" ".join(line.split()) for line in lines if line[:5].isdecimal()]
    assert rows == [
        "11001 Aster 100 100.0 % reached 1 1 (1/1/1)",
        "11002 Berk 200 ? 0.0 % to 100.0 % unknown 1 (0/0/0)",
        "11003 Ceder 60 ? 0.0 % to 100.0 % unknown 1 (0/0/0)",
        "33001 Ginder 100 ? 0.0 % to 100.0 % unknown 0 (0/0/0)",
    ]
    assert any(line.startswith("Distances are straight lines") for line in lines)
    assert any("is an estimate" in line for line in lines)
    assert any("not an official norm" in line for line in lines)
    assert lines[-2] == f"as of 2025-06-03, data version {data.data_version}"
    assert lines[-1] == (
        "opvoedkaart coverage --type house_of_the_child --age 0-2 --measure reach --reach-km 0.5 --area 10000 "
        f"--on 2025-06-03 --data {folder}"
    )


def test_small_numbers_are_marked_and_explained(run):
    _, out, _ = run(*HOUSES, "--area", "Els")
    assert "40 *" in out
    assert "* fewer than 50 children: not ranked" in out
    assert "not ranked" not in run(*HOUSES, "--area", "Den")[1]


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ("nearest", "0.2 km on average; 100 children\nnine children in ten within 0.4 km"),
        ("2sfca", "10.000 services per 1,000 children; 100 children"),
        ("served", "100.0 % of the children; 100 children"),
        ("fragility", "Services that children depend on alone (1)\n  100 children: aster  (aster)\n"),
    ],
)
def test_text_says_each_measure_in_its_unit(run, chosen, told):
    _, out, _ = run(*HOUSES, "--area", "Aster", "--measure", chosen)
    assert told in out


def test_text_says_what_counts_as_one_and_no_reach_where_none_is_used(run):
    assert " · per location\n" in run(*HOUSES, "--measure", "2sfca", "--capacity", "location")[1]
    assert "reach" not in run(*HOUSES, "--measure", "served")[1].splitlines()[1]


def test_text_marks_what_is_counted_in_part_and_what_has_no_upper_bound(run):
    _, out, _ = run(*HOUSES, "--area", "Berk", "--by", "province", "--measure", "2sfca")
    assert "Zuid (in part)" in out
    assert "unknown (bounds: 0.000 or more); 200 children" in out


def test_of_many_services_the_first_ten_are_told(capsys, monkeypatch):
    monkeypatch.delenv("OPVOEDKAART_DATA", raising=False)
    assert main(["coverage", "--measure", "fragility"], now=TUESDAY_TEN) == 0
    told = capsys.readouterr().out.partition("Services that children depend on alone (10 of ")[2].splitlines()
    children = [float(line.split()[0].replace(",", "")) for line in told[1:11]]
    assert len(children) == 10
    assert children == sorted(children, reverse=True)
    assert told[11] == ""


def test_hostile_names_are_harmless_on_a_terminal(run):
    for form in ("text", "csv", "json", "geojson"):
        status, out, _ = run("--area", "partnership:together", "--format", form)
        assert status == 0
        assert "\x1b" not in out
        assert form == "csv" or "=HYPERLINK" in out


# --- choices -------------------------------------------------------------------------------------------------------


def test_without_options_it_is_about_houses_and_the_youngest(run):
    assert answered(run)["request"] == json.loads(json.dumps(CoverageRequest().to_json()))


def test_every_choice_reaches_the_request(run):
    answer = answered(
        run,
        *("--type", "House-of-the-child", "--type", "clb", "--age", "3–5", "--age", "7", "--measure", "e2sfca"),
        *("--reach-km", "1,5", "--capacity", "location", "--status", "active", "--status", "temporarily closed"),
        *("--confidence", "high", "--area", "Noord", "--by", "region"),
    )
    assert answer["request"] == {
        "types": ["house_of_the_child", "pupil_guidance_centre"],
        "ages": ["3-5", "6-11"],
        "measure": "e2sfca",
        "reach_m": 1500.0,
        "capacity": "location",
        "area": "20001",
        "statuses": ["active", "temporarily closed"],
        "confidences": ["high"],
    }
    assert (answer["level"], len(answer["rows"])) == ("region", 1)


REQUESTS = [
    *(CoverageRequest(measure=chosen) for chosen in Measure),
    CoverageRequest(reach_m=1001.0, ages=frozenset({AgeGroup.FROM_3_TO_5, AgeGroup.FROM_12_TO_17})),
    CoverageRequest(reach_m=30_000.0, area="20001"),
    CoverageRequest(reach_m=200.0, area="partnership:together"),
    CoverageRequest(
        types=frozenset({ServiceType.PARENTING_SHOP, ServiceType.HOUSE_OF_THE_CHILD}),
        measure=Measure.ENHANCED,
        capacity=Capacity.LOCATION,
        statuses=frozenset({Status.ACTIVE, Status.TEMPORARILY_CLOSED}),
        confidences=frozenset({Confidence.LOW}),
        area="11001",
    ),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=CoverageRequest.command)
@pytest.mark.parametrize("level", [AreaLevel.MUNICIPALITY, AreaLevel.PROVINCE])
def test_the_command_that_is_printed_gives_the_same_numbers(request_, level, data, folder, capsys):
    options = ("--data", str(folder))
    report = measure(data, request_, today=TODAY)
    document = json.loads(json.dumps(export.to_json(report, level, data, options=options)))
    program, *arguments = shlex.split(document["command"])
    assert program == "opvoedkaart"
    assert main([*arguments, "--format", "json"]) == 0
    repeated = json.loads(capsys.readouterr().out)
    assert repeated.pop("alternatives") == []
    assert repeated == document


def test_the_day_decides_what_is_fresh_and_nothing_else(run):
    fresh, later = answered(run, *HOUSES), answered(run, *HOUSES, "--on", "2025-06-04")
    assert (fresh["as_of"], later["as_of"]) == ("2025-06-03", "2025-06-04")
    assert (fresh["total"]["records_fresh"], later["total"]["records_fresh"]) == (1, 0)
    assert values(fresh) == values(later)


def test_another_directory_is_measured_and_named(run, tmp_path):
    other = write_folder(edited(), tmp_path / "my services")
    answer = answered(run, "--type", "parenting_shop", "--directory", str(other))
    assert shlex.split(answer["command"])[-1] == str(other)
    assert answer["sources"][-1]["table"] == "my services"
    assert answer["total"]["state"] == "unknown"


# --- areas by name -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("", "", "all"),
        ("11001", "11001", "municipality"),
        ("aster", "11001", "municipality"),
        ("Astère", "11001", "municipality"),
        ("1010", "11001", "municipality"),
        ("Sint Jan Waas", "23001", "municipality"),
        ("submunicipality:23002B", "23002", "municipality"),
        ("ELZ2", "elz2", "primary_care_zone"),
        ("Noord", "20001", "province"),
        ("provincie Noord", "20001", "province"),
        ("Vlaanderen", "02000", "region"),
        ("partnership:together", "partnership:together", "partnership"),
    ],
)
def test_an_area_is_a_code_or_a_name(run, text, code, level):
    area = answered(run, "--area", text)["area"]
    assert (area["code"], area["level"]) == (code, level)


def test_a_smaller_place_stands_for_its_municipality_and_says_so(run):
    _, out, _ = run("--area", "1010")
    assert out.splitlines()[:2] == ["Aster, municipality  (11001)", "  1010 Aster is counted with its municipality"]


@pytest.mark.parametrize("form", ["text", "csv", "geojson"])
def test_a_name_of_several_places_gives_choices_and_status_2(run, form):
    status, out, err = run("--area", "Wilg", "--format", form)
    assert (status, out) == (2, "")
    assert err == (
        "Wilg can be several areas; choose one:\n"
        "  Wilg (Berk), submunicipality  (submunicipality:11002B)\n"
        "  Wilg (Den), submunicipality  (submunicipality:23001B)\n"
    )


def test_choices_in_json_can_be_given_back(run):
    status, out, _ = run("--area", "Wilg", "--format", "json")
    answer = json.loads(out)
    assert (status, answer["area"]) == (2, None)
    codes = [answered(run, "--area", choice["code"])["area"]["code"] for choice in answer["choices"]]
    assert codes == ["11002", "23001"]


def test_an_unknown_name_gives_the_nearest_and_status_1(run):
    status, out, err = run("--area", "Nord")
    assert (status, out) == (1, "")
    assert err == "Nord is no area we know. Did you mean:\n  Noord, province  (20001)\n"
    status, out, _ = run("--area", "Nord", "--format", "json")
    assert (status, [each["code"] for each in json.loads(out)["suggestions"]]) == (1, ["20001"])
    assert run("--area", "qqqq")[2] == "qqqq is no area we know.\n"


@pytest.mark.parametrize(
    ("text", "code", "others"),
    [
        ("Antwerpen", "11002", {"10000", "11000"}),
        ("Anvers", "11002", {"10000", "11000"}),
        ("provincie Antwerpen", "10000", set()),
        ("province d'Anvers", "10000", set()),
        ("arrondissement Leuven", "24000", set()),
        ("Brussel", "21004", {"04000"}),
        ("Limburg", "70000", set()),
        ("Vlaams Brabant", "20001", set()),
        ("Halle-Vilvoorde", "23000", set()),
        ("Gent", "44021", {"44000"}),
        ("Muizen", "12025", {"submunicipality:71017C"}),
        ("Huis van het Kind Druivenstreek", "partnership:huis-van-het-kind-druivenstreek", set()),
    ],
)
def test_names_of_flanders_mean_what_people_mean(text, code, others, real):
    meant = find_area(text, real.areas, real.gazetteer)
    assert isinstance(meant, AreaMatch)
    assert meant.area.code == code
    assert {other.code for other in meant.others} == others


@pytest.mark.parametrize(("text", "code"), [("West-Vlanderen", "30000"), ("Limbrug", "70000"), ("Antwepren", "10000")])
def test_a_misspelt_name_of_an_area_is_never_taken_for_a_village(text, code, real):
    meant = find_area(text, real.areas, real.gazetteer)
    assert isinstance(meant, NoAreaMatch)
    assert code in {option.code for option in meant.options}


def test_a_place_outside_all_municipalities_is_no_area(data):
    away = Gazetteer.from_rows([name_row("Parijs", "locality:parijs", "Aster", nis_code="")])
    for text in ("Parijs", "locality:parijs"):
        assert find_area(text, data.areas, away) == NoAreaMatch("Parijs", (), is_ambiguous=False)


def test_other_areas_of_the_name_are_told(capsys):
    assert main(["coverage", "--area", "Gent", "--on", "2025-06-03"]) == 0
    assert "  not meant: Gent, arrondissement  (44000)\n" in capsys.readouterr().out


# --- bad options ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ("--age", "zwanger"),
            "no counts exist for 'zwanger', only of children up to 17 years; expected one of 0-2, 3-5",
        ),
        (("--age", "18-24"), "no counts exist for '18-24', only of children up to 17 years"),
        (("--age", "0-99"), "'0-99' is no age group; expected one of 0-2, 3-5, 6-11, 12-17"),
        (("--type", "school"), "'school' is no service type; expected one of house_of_the_child"),
        (("--measure", "gini"), "'gini' is no measure; expected one of served, reach, 2sfca, e2sfca, nearest"),
        (("--reach-km", "0.1"), "'0.1' is no reach; expected kilometres from 0.2 to 30"),
        (("--reach-km", "30.1"), "'30.1' is no reach"),
        (("--reach-km", "ver"), "'ver' is no reach"),
        (("--reach-km", "nan"), "'nan' is no reach"),
        (("--capacity", "staff"), "'staff' is no capacity; expected one of service, location"),
        (("--by", "partnership"), "'partnership' is no level; expected one of municipality, primary_care_zone"),
        (("--status", "open"), "'open' is no status; expected one of active"),
        (("--confidence", "some"), "'some' is no confidence; expected one of high, medium, low"),
        (("--on", "3 juni"), "'3 juni' is no date; expected one such as 2025-01-31"),
        (("--on", "2025-02-30"), "'2025-02-30' is no date"),
    ],
)
def test_a_bad_option_is_one_clear_sentence(run, options, sentence):
    status, out, err = run(*options)
    assert (status, out) == (2, "")
    assert err.startswith(f"opvoedkaart coverage: argument {options[0]}: {sentence}")
    assert err.count("\n") == 1


def test_help_names_all_choices(run):
    status, out, _ = run("--help", with_data=False)
    assert status == 0
    for word in (*Measure, "0.2 to 30", *AreaLevel.PRIMARY_CARE_ZONE.split("_"), "temporarily closed"):
        assert word in out


def test_damaged_tables_are_told(run, tmp_path, capsys):
    folder = coverage_folder.write(tmp_path / "data")
    (folder / "demand.parquet").write_bytes(b"x")
    assert main(["coverage", "--data", str(folder)]) == 1
    assert "demand.parquet: The file was altered" in capsys.readouterr().err


def test_the_table_needs_no_geographic_library(folder):
    heavy = {"pandas", "geopandas", "shapely", "pyogrio", "xlsxwriter", "scipy"}
    script = (
        f"import sys; from geo.cli.main import main; main(['coverage', '--data', {str(folder)!r}]); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert set(done.stdout.splitlines()[-1].split()) & heavy == set()
