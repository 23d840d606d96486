"""Whether the data folder is what its manifest says."""

import json

import pytest

from geo.errors import DataError
from geo.store import Manifest
from tests.support.data_folder import write_data, write_manifest


@pytest.fixture
def folder(tmp_path):
    return write_data(tmp_path / "data")


def change_manifest(folder, change):
    path = folder / "datapackage.json"
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))


def test_an_unaltered_folder_has_no_problems(folder):
    manifest = Manifest.read(folder)
    assert manifest.problems(folder) == ()
    assert manifest.title == "Tiny Flanders"
    assert len(manifest.data_version) == 10


def test_a_resource_tells_its_origin(folder):
    gazetteer = Manifest.read(folder).resource("gazetteer")
    assert gazetteer.path == "gazetteer.parquet"
    assert gazetteer.licences[0].name == "CC0-1.0"
    assert gazetteer.sources[0].title == "Invented for tests"
    assert Manifest.read(folder).resource("nothing") is None


def test_all_missing_and_altered_files_are_told_at_once(folder):
    manifest = Manifest.read(folder)
    (folder / "gazetteer.parquet").unlink()
    with (folder / "municipalities.parquet").open("ab") as stream:
        stream.write(b"x")
    text = (folder / "directory" / "service.csv").read_text()
    (folder / "directory" / "service.csv").write_text(text.replace("active", "ACTIVE", 1))
    assert {(problem.code, problem.resource) for problem in manifest.problems(folder)} == {
        ("missing_file", "gazetteer.parquet"),
        ("altered_file", "municipalities.parquet"),
        ("altered_file", "directory/service.csv"),
    }


def test_the_version_follows_the_files(folder):
    before = Manifest.read(folder).data_version
    write_manifest(folder)
    assert Manifest.read(folder).data_version == before
    with (folder / "directory" / "service.csv").open("a") as stream:
        stream.write("\n")
    write_manifest(folder)
    assert Manifest.read(folder).data_version != before


@pytest.mark.parametrize(
    ("path", "value"),
    [("path", "../x.csv"), ("path", "/etc/passwd"), ("path", ""), ("bytes", "12"), ("hash", None), ("name", 3)],
)
def test_an_incomplete_entry_is_refused(folder, path, value):
    change_manifest(folder, lambda document: document["resources"][1].update({path: value}))
    with pytest.raises(DataError) as error:
        Manifest.read(folder)
    assert [(problem.code, problem.row) for problem in error.value.problems] == [("manifest_incomplete", 2)]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"resources": {}}', '{"resources": [1]}', "[" * 100_000])
def test_a_broken_manifest_is_refused(folder, text):
    (folder / "datapackage.json").write_text(text)
    with pytest.raises(DataError):
        Manifest.read(folder)


def test_a_missing_manifest_is_refused(tmp_path):
    with pytest.raises(DataError) as error:
        Manifest.read(tmp_path)
    assert error.value.problems[0].code == "manifest_missing"
