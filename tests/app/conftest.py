"""Every test starts with fresh settings and in Dutch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ui import cache
from words import i18n


@pytest.fixture(autouse=True)
def a_fresh_start() -> Iterator[None]:
    """Settings are read once per process, and the language of the thread is what its last user left."""
    cache.settings.clear()
    i18n.use(i18n.DEFAULT)
    yield
    cache.settings.clear()
    i18n.use(i18n.DEFAULT)
