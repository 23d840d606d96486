"""What every test starts from."""

import pytest
from hypothesis import HealthCheck, settings

from words import i18n

# a law is about answers: no limit and no check here depends on how busy the computer is
settings.register_profile(
    "laws", deadline=None, max_examples=60, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("laws")


@pytest.fixture(autouse=True)
def speak_dutch():
    """The language is remembered per context, which tests of one process share."""
    i18n.use_language(i18n.DEFAULT_LANGUAGE)
