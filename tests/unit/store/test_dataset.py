"""Loading everything at once, or refusing it with all that is wrong."""

import json
import subprocess
import sys

import pytest

from geo import store
from geo.errors import DataError
from geo.places import Municipalities
from tests.support import tiny_flanders
from tests.support.data_folder import write_data, write_manifest
from tests.support.hsds_samples import SERVICE_IN_JSON, tiny, write_folder, write_zip


@pytest.fixture
def folder(tmp_path):
    return write_data(tmp_path / "data")


def test_everything_is_loaded(folder):
    data = store.load(folder)
    assert list(data.municipalities.by_nis) == ["11001", "11002", "11003", "23001", "23002", "23003"]
    assert data.gazetteer.by_id("municipality:11001").name_nl == "Aster"
    assert len(data.directory) == 10
    assert data.data_version == data.manifest.data_version
    assert data.directory_source == folder / "directory"


def test_missing_boundaries_are_named_when_asked_for(folder):
    with pytest.raises(DataError) as told:
        _ = store.load(folder).boundaries
    assert [(problem.code, problem.resource) for problem in told.value.problems] == [
        ("missing_file", "municipalities.parquet")
    ]


def test_services_survive_the_disk(folder):
    on_disk = {service.id: service for service in store.load(folder).directory.services}
    for service in tiny_flanders.services():
        assert on_disk[service.id].service_areas == service.service_areas
        assert on_disk[service.id].ages == service.ages
        assert on_disk[service.id].schedules == service.schedules


def test_another_directory_changes_the_version(folder, tmp_path):
    ours = store.load(folder)
    paths = [write_folder(tiny(), tmp_path / "other"), write_zip(tiny(), tmp_path / "other.zip")]
    (tmp_path / "other.json").write_text(json.dumps(SERVICE_IN_JSON))
    paths.append(tmp_path / "other.json")
    versions = {ours.data_version}
    for path in paths:
        data = store.load(folder, directory_path=path)
        assert "winkel" in data.directory.by_id
        assert data.directory_source == path
        versions.add(data.data_version)
    assert len(versions) == 4


def test_the_version_covers_the_files_of_another_directory(folder, tmp_path):
    other = write_folder(tiny(), tmp_path / "other")
    before = store.load(folder, directory_path=other).data_version
    assert store.load(folder, directory_path=other).data_version == before
    text = (other / "service.csv").read_text()
    (other / "service.csv").write_text(text.replace("De Lijn", "De lijn"))
    assert store.load(folder, directory_path=other).data_version != before


def test_altered_data_is_refused_with_all_problems(folder):
    service = folder / "directory" / "service.csv"
    service.write_text(service.read_text().replace(",active,", ",open,"))
    (folder / "municipalities.parquet").write_bytes(b"PAR1 nonsense")
    (folder / "gazetteer.parquet").unlink()
    with pytest.raises(DataError) as error:
        store.load(folder)
    found = {(problem.resource, problem.code) for problem in error.value.problems}
    assert found == {
        ("directory/service.csv", "altered_file"),
        ("municipalities.parquet", "altered_file"),
        ("gazetteer.parquet", "missing_file"),
        ("service.csv", "unknown_choice"),
    }


def test_without_verifying_damage_is_still_told(folder):
    (folder / "municipalities.parquet").write_bytes(b"PAR1 nonsense")
    (folder / "gazetteer.parquet").unlink()
    with pytest.raises(DataError) as error:
        store.load(folder, verify=False)
    assert {(problem.resource, problem.code) for problem in error.value.problems} == {
        ("municipalities.parquet", "unreadable_table"),
        ("gazetteer.parquet", "missing_file"),
    }


def test_a_table_without_its_columns_is_told(folder):
    (folder / "municipalities.parquet").write_bytes((folder / "gazetteer.parquet").read_bytes())
    write_manifest(folder)
    with pytest.raises(DataError) as error:
        store.load(folder)
    assert [problem.code for problem in error.value.problems] == ["unreadable_table"]


def test_a_directory_that_is_not_there_is_told(folder, tmp_path):
    with pytest.raises(DataError) as error:
        store.load(folder, directory_path=tmp_path / "nowhere")
    assert [problem.code for problem in error.value.problems] == ["not_found"]


def test_areas_go_from_near_to_far():
    municipalities = tiny_flanders.municipalities()
    assert municipalities.areas("11001") == ("11001", "10000", "02000")
    assert municipalities.areas("99999") == ("99999",)
    assert municipalities.areas("") == ()


def test_brussels_has_its_region_once():
    rows = tiny_flanders.municipalities().by_nis
    brussels = type(rows["11001"])(
        **{name: getattr(rows["11001"], name) for name in rows["11001"].__slots__}
        | {"nis_code": "21004", "province_code": "04000", "region_code": "04000"}
    )
    assert Municipalities.from_rows([brussels]).areas("21004") == ("21004", "04000")


def test_names_of_areas_are_known_in_both_languages():
    municipalities = tiny_flanders.municipalities()
    assert municipalities.area_name("10000") == "Zuid"
    assert municipalities.area_name("02000", "fr") == "Région flamande"
    assert municipalities.area_name("11001") == "Aster"
    assert municipalities.area_name("54321") == "54321"


def test_loading_needs_no_table_library(folder):
    heavy = "{'pandas', 'geopandas', 'shapely', 'pyarrow.dataset'}"
    code = (
        "import sys, pathlib, geo.cli.main; from geo.store.dataset import load; load(pathlib.Path(sys.argv[1])); "
        f"print({heavy} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
