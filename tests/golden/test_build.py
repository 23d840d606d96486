"""The build: the shipped files are what it writes, and it says plainly what is missing."""

import hashlib
import json
import os
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
NAMED = os.environ.get("OPVOEDKAART_SOURCES", "")
CANDIDATES = (Path(NAMED),) if NAMED else (ROOT.parent / "shared" / "sources",)
SOURCES = [folder for folder in CANDIDATES if (folder / "boundaries").is_dir()]


@pytest.fixture(scope="module")
def build():
    return runpy.run_path(str(DATA / "build.py"))


@pytest.fixture(scope="module")
def package():
    return json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))


def test_missing_folder_is_named(build, tmp_path, capsys):
    assert build["main"](["--sources", str(tmp_path / "nowhere")]) == 2
    assert "There is no folder" in capsys.readouterr().err


def test_missing_file_is_named(build, tmp_path, capsys):
    assert build["main"](["--sources", str(tmp_path), "--out", str(tmp_path / "data")]) == 2
    assert "boundaries/codes/refnis_2025_flanders_brussels.csv is missing" in capsys.readouterr().err


def test_every_file_has_its_size_hash_fields_and_licence(package):
    listed = [(DATA / entry["path"], entry) for entry in package["resources"]]
    listed += [(ROOT / entry["path"], entry) for entry in (*package["browser_files"], *package["program_files"])]
    for path, entry in listed:
        content = path.read_bytes()
        assert entry["bytes"] == len(content)
        assert entry["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert entry["licenses"]
        assert entry["sources"]
    names = [entry["name"] for _, entry in listed]
    assert len(names) == len(set(names))


def test_every_table_is_listed(package):
    listed = {entry["path"] for entry in package["resources"]}
    shipped = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.parquet")}
    shipped |= {path.relative_to(DATA).as_posix() for path in (DATA / "directory").iterdir()}
    assert listed == shipped


def test_fields_are_those_of_the_tables(package):
    import pyarrow.parquet as pq

    for entry in package["resources"]:
        if entry["format"] == "parquet":
            columns = pq.read_schema(DATA / entry["path"]).names
            assert [field["name"] for field in entry["schema"]["fields"]] == columns


def test_nothing_depends_on_the_day_or_the_computer(package):
    text = (DATA / "datapackage.json").read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert "created" not in package


def test_version_changes_with_any_file(package):
    hashes = sorted(entry["hash"] for entry in (*package["resources"], *package["browser_files"]))
    assert package["version"] == hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:10]


def test_data_dictionary_names_every_file(package):
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for entry in (*package["resources"], *package["browser_files"], *package["program_files"]):
        assert entry["path"] in text
    assert package["version"] in text


if SOURCES:  # only where the raw sources lie beside the repository

    @pytest.mark.parametrize("folder", SOURCES, ids=["sources"])
    def test_shipped_files_are_what_the_sources_give(build, folder):
        assert build["differences"](folder, DATA, ROOT) == []
