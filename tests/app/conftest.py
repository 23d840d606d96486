"""Every test starts with fresh settings, in Dutch, and at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from tests.app.support import NOW
from ui import cache as ui_cache
from ui import clock
from words import i18n


@pytest.fixture(scope="session", autouse=True)
def packages_that_are_searched_once() -> Iterator[None]:
    """For every page that is opened, AppTest reads of all installed packages whether they bring components."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def a_fresh_start(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings are read once per process, the language is what its last user left, and no day ends during a test."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    ui_cache.load_settings.clear()
    i18n.use_language(i18n.DEFAULT_LANGUAGE)
    yield
    ui_cache.load_settings.clear()
    i18n.use_language(i18n.DEFAULT_LANGUAGE)
