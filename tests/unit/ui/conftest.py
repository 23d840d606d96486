"""Words are made in Dutch unless a test speaks otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from words import i18n


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    i18n.use_language("nl")
    yield
    i18n.use_language("nl")
