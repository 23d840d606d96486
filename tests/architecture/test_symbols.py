"""The picture that holds the signs of all kinds, for the choices, shows what the single signs show."""

import re

import pytest

from geo.directory import ServiceType
from geo.settings import ROOT
from words import labels

ICONS = ROOT / "static" / "icons"


def inside(name):
    return re.fullmatch(r"<svg[^>]*>(.*)</svg>\s*", (ICONS / name).read_text(encoding="utf-8"), re.DOTALL).group(1)


@pytest.mark.parametrize(("at", "kind"), list(enumerate(ServiceType)))
def test_every_sign_stands_in_the_picture_of_all(at, kind):
    assert f'<g transform="translate({28 * at} 0)">{inside(f"{kind.value}.svg")}</g>' in inside("all.svg")


def test_the_choices_are_in_the_order_of_the_picture():
    assert list(labels.FAMILY_TYPES) == list(ServiceType)[: len(labels.FAMILY_TYPES)]
