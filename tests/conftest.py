"""What every test starts from."""

import pytest

from words import i18n


@pytest.fixture(autouse=True)
def speak_dutch():
    """The language is remembered per context, which tests of one process share."""
    i18n.use(i18n.DEFAULT)
