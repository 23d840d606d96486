"""A directory of somebody else: its languages, its hours, its words."""

import json

import pytest

from geo import store
from geo.settings import Settings
from tests.app import support
from tests.browser import hostile
from ui.finder import state


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The app with nine services of hostile words, four of which speak Arabic."""
    path = hostile.write(tmp_path / "theirs.json")
    monkeypatch.setenv("OPVOEDKAART_DIRECTORY", str(path))
    return store.load(Settings.from_env().data, directory_path=path)


def test_languages_that_are_spoken_become_a_choice(elsewhere):
    app = support.opened()
    support.toggle(app, state.SPOKEN, "ar")
    assert not app.exception
    speaking = {elsewhere.directory.services[row].id for row in elsewhere.directory.languages["ar"]}
    services = elsewhere.directory.services
    shown = {services[hit[0]].id for section in support.sent(app)["sections"] for hit in section["hits"]}
    assert shown == speaking
    assert support.query(app) == {"spoken": "ar"}
    assert support.sent(support.opened(spoken="ar"))["count"] == len(speaking)


def test_a_language_that_nobody_speaks_finds_nothing_and_breaks_nothing(elsewhere):
    app = support.opened(spoken="ar,zz")
    assert not app.exception
    assert support.sent(app)["count"] == len(elsewhere.directory.languages["ar"])


def test_no_words_of_theirs_become_markup(elsewhere):
    ids = [name for name in elsewhere.directory.by_id if name != "long"]
    for query in ({"print": "1", "keep": ",".join(ids)}, {"keep": ",".join(ids)}, {"service": "script"}):
        app = support.opened(**query)
        assert not app.exception
        markup = support.markup(app)
        for piece in ("<script>", "<img src=x", "<svg onload", "<a href=# onclick"):
            assert piece not in markup


def test_the_data_version_covers_their_directory(elsewhere):
    app = support.opened()
    assert elsewhere.data_version in support.text(app)
    assert elsewhere.data_version != support.data().data_version
    assert json.dumps(support.sent(app)["shards"]).count(elsewhere.data_version)
