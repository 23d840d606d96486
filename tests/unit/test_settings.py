"""What may be set from outside, and what a wrong value gets."""

import pytest

from geo.errors import SettingsError
from geo.settings import OSM_TILES, Settings


def read(**values):
    return Settings.from_env({f"OPVOEDKAART_{name}": value for name, value in values.items()})


def test_without_anything_the_defaults_hold():
    assert read() == Settings()
    assert read(TILES="osm").tiles == OSM_TILES
    assert read(TILES="none").tiles == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://tiles.example.org/{z}/{x}/{y}.png",
        "https://{s}.example.org/{z}/{x}/{y}{r}.png",
        "/tiles/{z}/{x}/{y}.png",
    ],
)
def test_tiles_may_come_over_https_or_from_here(address):
    assert read(TILES=address).tiles == address


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "//tiles.example.org/{z}/{x}/{y}.png",
        "https://[bad/{z}/{x}/{y}",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org/{z}/{x}/{y}/{key}",
        "javascript:{z}{x}{y}",
    ],
)
def test_other_tiles_are_refused_in_a_sentence(address):
    with pytest.raises(SettingsError, match="OPVOEDKAART_TILES is"):
        read(TILES=address)


def test_the_attribution_is_plain_text():
    tiles = "https://tiles.example.org/{z}/{x}/{y}.png"
    assert read(TILES=tiles, TILES_ATTRIBUTION="<b>A & B</b>").tiles_attribution == "&lt;b&gt;A &amp; B&lt;/b&gt;"


def test_an_unknown_setting_is_named_with_those_that_exist():
    with pytest.raises(SettingsError, match=r"OPVOEDKAART_TILE is not a setting.*OPVOEDKAART_TILES"):
        read(TILE="none")


@pytest.mark.parametrize(
    "mail", ["nobody", "@example.org", "a@b", "a@example.org?bcc=x", "a@example.org,b@example.org"]
)
def test_a_keeper_is_one_mail_address(mail):
    with pytest.raises(SettingsError, match="expected one mail address"):
        read(KEEPER=mail)
