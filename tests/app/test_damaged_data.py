"""Data that is not what it should be stops the app in words, all of them, and nothing else is shown."""

import json
import shutil

import pytest

from geo import store
from geo.errors import DataError
from tests.app import support
from ui import frame
from words import i18n
from words import problems as words_problems


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the data to damage, which the app opens."""
    copy = tmp_path / "data"
    shutil.copytree(support.data().data_dir, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__", "judgements"))
    monkeypatch.setenv("OPVOEDKAART_DATA", str(copy))
    return copy


def a_byte_altered(folder):
    path = folder / "directory" / "service.csv"
    content = bytearray(path.read_bytes())
    content[-2] ^= 1
    path.write_bytes(bytes(content))


def two_files_missing(folder):
    (folder / "gazetteer.parquet").unlink()
    (folder / "directory" / "phone.csv").unlink()


def a_table_that_is_no_table(folder):
    (folder / "municipalities.parquet").write_bytes(b"PAR1 not at all PAR1")


def a_wrong_hash(folder):
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"][:2]:
        resource["hash"] = "sha256:" + "0" * 64
    path.write_text(json.dumps(package), encoding="utf-8")


def no_list_of_files(folder):
    (folder / "datapackage.json").unlink()


def a_list_that_is_no_json(folder):
    (folder / "datapackage.json").write_text("{", encoding="utf-8")


def everything_gone(folder):
    shutil.rmtree(folder)


DAMAGE = [
    a_byte_altered, two_files_missing, a_table_that_is_no_table, a_wrong_hash, no_list_of_files, a_list_that_is_no_json,
    everything_gone,
]  # fmt: skip


@pytest.mark.parametrize("page", ["", "about"])
@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_all_that_is_wrong_is_told_and_nothing_else_shown(folder, damage, page):
    damage(folder)
    with pytest.raises(DataError) as found:
        store.load(folder)
    app = support.opened(page)
    _tells(app, found.value.problems, "nl")


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_it_is_told_in_the_language_of_the_reader(folder, language):
    two_files_missing(folder)
    with pytest.raises(DataError) as found:
        store.load(folder)
    _tells(support.opened(lang=language), found.value.problems, language)


def test_the_sheet_to_print_tells_it_as_well(folder):
    two_files_missing(folder)
    app = support.opened(print="1", keep="a")
    assert not app.exception
    assert "phone.csv" in support.text(app)


def test_a_directory_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("OPVOEDKAART_DIRECTORY", str(tmp_path / "nowhere"))
    app = support.opened()
    assert not app.exception
    assert "nowhere" in support.text(app)


@pytest.mark.parametrize(
    ("name", "value"), [("TILES", "javascript:{z}{x}{y}"), ("KEEPER", "nobody"), ("NONSENSE", "1")]
)
def test_a_setting_that_cannot_be_used_is_told(monkeypatch, name, value):
    monkeypatch.setenv(f"OPVOEDKAART_{name}", value)
    app = support.opened()
    assert not app.exception
    assert f"OPVOEDKAART_{name}" in " ".join(error.value.replace("\\", "") for error in app.error)
    assert not app.get("component_instance")


def _tells(app, problems, language):
    assert not app.exception
    said = support.text(app)
    i18n.use_language(language)
    assert i18n._("The data cannot be used") in said
    for problem in problems[: frame.MOST_PROBLEMS]:
        assert support.plain(words_problems.sentence(problem.message)) in said
        assert problem.resource in said
    assert support.sent(app) == {}
    assert not app.get("component_instance")
    assert not app.button_group
    assert i18n._("Find help with bringing up your children") not in said
