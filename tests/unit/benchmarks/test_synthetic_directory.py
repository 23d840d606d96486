"""The synthetic directory is valid, always the same, and says of itself that it is invented."""

import json
from pathlib import Path

from benchmarks.directory_100k import make_tables, write_package
from geo.hsds import read, validate

DATA = Path(__file__).resolve().parents[3] / "data"
SIZE = 400


def test_it_is_valid_and_loads(tmp_path):
    folder = write_package(tmp_path / "synthetic", make_tables(SIZE, data=DATA))
    assert list(validate.problems_in(read.read_tables(folder))) == []
    directory = read.read_directory(folder)
    assert len(directory) == SIZE
    assert len(directory.locations) == SIZE


def test_the_same_seed_gives_the_same_rows():
    assert make_tables(SIZE, data=DATA) == make_tables(SIZE, data=DATA)
    assert make_tables(SIZE, data=DATA) != make_tables(SIZE, seed=1, data=DATA)


def test_every_name_and_the_description_say_that_it_is_synthetic(tmp_path):
    made = make_tables(SIZE, data=DATA)
    assert all(row["name"].startswith("Synthetic") for row in made["service"] + made["organization"])
    folder = write_package(tmp_path / "synthetic", made)
    assert "Synthetic" in json.loads((folder / "datapackage.json").read_text())["title"]


def test_types_and_hours_are_mixed():
    services = make_tables(SIZE, data=DATA)
    assert len({row["name"].split()[1] for row in services["service"]}) >= 8
    assert any(row.get("byday") for row in services["schedule"])
    assert any(row.get("description") for row in services["schedule"])
