"""Files that were saved before requests declared their choices are read as ever."""

import json
from pathlib import Path

import pytest

from geo import scenarios
from tests.support import shipped

HERE = Path(__file__).parent / "scenarios"


@pytest.fixture(scope="module")
def book():
    return shipped.book()


@pytest.mark.parametrize("name", sorted(path.stem for path in HERE.glob("*.json")))
def test_an_old_file_is_read(name, book):
    content = (HERE / f"{name}.json").read_bytes()
    document = json.loads(content)
    opened = scenarios.read(content, book)
    assert opened.warnings == ()
    assert opened.scenario.request.to_json() == document["request"]
    assert list(opened.places) == document.get("places", [])
    assert (opened.scenario.name, opened.scenario.note) == (document["name"], document["note"])
