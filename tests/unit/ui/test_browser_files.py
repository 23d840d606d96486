"""The files that the browser fetches once, and the bits that say what to show."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import store
from geo.errors import SettingsError
from geo.settings import Settings
from tests.support.data_folder import write_data
from ui import browser_files
from ui.finder import cards
from words import i18n


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    return store.load(write_data(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(autouse=True)
def static(tmp_path, monkeypatch):
    """A static folder of this test alone."""
    monkeypatch.setattr(browser_files, "STATIC_DIR", tmp_path)
    monkeypatch.setattr(browser_files, "_known_files", {})
    return tmp_path


def read(static, name):
    return json.loads((static / name).read_text(encoding="utf-8"))


@given(st.lists(st.booleans(), max_size=300))
def test_every_service_has_its_bit(shown):
    raw = base64.b64decode(browser_files.pack_mask(np.array(shown, dtype=np.bool_)))
    assert [bool(raw[row >> 3] >> (row & 7) & 1) for row in range(len(shown))] == shown


def test_points_stand_beside_their_service(static, tiny):
    points = read(static, browser_files.points_file(tiny))
    directory = tiny.directory
    assert points["name"] == [service.name for service in directory.services]
    assert len(points["lon"]) == len(points["lat"]) == len(points["type"]) == len(directory.locations)
    for number, row in enumerate(points["service"]):
        service, place = directory.services[row], directory.locations[number]
        assert points["types"][points["type"][number]] == service.service_type.value
        assert (points["lon"][number], points["lat"][number]) == (round(place.lon, 5), round(place.lat, 5))
        assert bool(points["approximate"][number]) == place.precision.is_approximate


def test_a_card_of_every_service_is_in_its_file(static, tiny):
    files = {cards.shard(tiny, row, "") for row in range(len(tiny.directory))}
    found = dict(card for name in files for card in read(static, name)["cards"])
    assert {row: card["id"] for row, card in found.items()} == {
        row: service.id for row, service in enumerate(tiny.directory.services)
    }


def test_many_services_are_spread_over_files(monkeypatch, static, tiny):
    monkeypatch.setattr(cards, "SHARD", 3)
    names = [cards.shard(tiny, row, "") for row in range(len(tiny.directory))]
    assert names[0] == names[2] != names[3]
    assert [row for row, _ in read(static, names[3])["cards"]] == [3, 4, 5]


def test_another_language_data_or_keeper_is_another_file(static, tiny):
    dutch = cards.shard(tiny, 0, "")
    assert cards.shard(tiny, 0, "keeper@example.org") != dutch
    i18n.use_language("fr")
    assert cards.shard(tiny, 0, "") != dutch
    assert tiny.data_version in dutch


def test_the_keeper_is_told_to_the_page(static, tiny):
    assert read(static, cards.shard(tiny, 0, "keeper@example.org"))["words"]["keeper"] == "keeper@example.org"


def test_a_file_is_made_once_for_what_its_name_says(static):
    made = []

    def make():
        made.append(1)
        return {"a": "é"}

    name = browser_files.write_once("something", make)
    browser_files._known_files.clear()  # another process
    assert browser_files.write_once("something", make) == name
    assert len(made) == 1
    assert read(static, name) == {"a": "é"}
    assert browser_files.write_once("something-else", make) != name
    assert [file.name for file in (static / "cache").iterdir() if file.suffix != ".json"] == []


def test_another_program_writes_other_files(static, monkeypatch):
    first = browser_files.write_once("something", dict)
    browser_files._known_files.clear()
    monkeypatch.setattr(browser_files, "_program_hash", lambda: "another")
    assert browser_files.write_once("something", dict) != first


def test_a_static_file_is_asked_for_by_its_content(static):
    (static / "map.js").write_text("one")
    first = browser_files.versioned_address("map.js")
    (static / "map.js").write_text("two")
    assert browser_files.versioned_address("map.js") != first
    assert first.startswith("map.js?v=")


def test_scripts_that_go_together_are_one_file_named_by_its_content(static):
    for name, text in (("one.js", "first;\n"), ("two.js", "second;\n")):
        (static / name).write_text(text)
    together = browser_files.joined(("one.js", "two.js"))
    assert (static / together).read_text() == "first;\nsecond;\n"
    (static / "two.js").write_text("third;\n")
    browser_files.joined.cache_clear()
    assert browser_files.joined(("one.js", "two.js")) != together
    browser_files.joined.cache_clear()


def test_names_for_the_search_field_are_sorted_and_each_once(static, tiny):
    names = read(static, browser_files.names_file(tiny))
    assert names == sorted(set(names))
    assert "Aster" in names


def test_many_first_visitors_at_once_never_see_half_a_file(static):
    content = list(range(50_000))

    def visit(_number):
        browser_files._known_files.clear()  # as if every visitor were the first
        return read(static, browser_files.write_once("big", lambda: content))

    with ThreadPoolExecutor(8) as visitors:
        assert all(seen == content for seen in visitors.map(visit, range(40)))


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(static):
    (static / "cache").write_text("in the way")
    with pytest.raises(SettingsError, match="cannot be written"):
        browser_files.write_once("something", dict)


def test_new_boundaries_give_a_new_file_for_the_map(static):
    (static / "map").mkdir()
    index = static / "map" / "index.json"
    names = []
    for number in (1, 2):
        index.write_text(json.dumps({"municipalities": f"m{number}.json", "provinces": "p.json"}))
        browser_files.boundary_files.cache_clear()
        names.append(browser_files.base_map(Settings()))
    browser_files.boundary_files.cache_clear()
    assert names[0] != names[1]
