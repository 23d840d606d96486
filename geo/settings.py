"""Settings of the app, read from the environment."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from geo.errors import SettingsError
from geo.messages import N_, Message

ENV_PREFIX = "OPVOEDKAART_"
NO_SETTING = N_("{name} is not a setting; the settings are {expected}")
NO_TILES = N_("{name} is {value}; expected osm, none, or an https address with {{z}}, {{x}} and {{y}}")
NO_MAIL = N_("{name} is {value}; expected one mail address")
ROOT = Path(__file__).resolve().parent.parent
OSM_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
OSM_ATTRIBUTION = '&copy; <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings with their defaults.

    data : folder with `datapackage.json` and the tables.
    directory : an HSDS package (folder, zip or JSON) to show instead of `data/directory`; empty for our own.
    tiles : `osm`, `none`, or an address with `{z}`, `{x}` and `{y}` (`https:` or from this server).
    tiles_attribution : what the provider of another tile address asks to be shown; plain text.
    keeper : mail address that receives "report a mistake"; empty leaves the recipient to the reader.
    """

    data: Path = ROOT / "data"
    directory: Path | None = None
    tiles: str = OSM_TILES
    tiles_attribution: str = OSM_ATTRIBUTION
    keeper: str = ""

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from `OPVOEDKAART_*`.

        Raises SettingsError for an unknown name or a value that cannot be used.
        """
        given = {
            name.removeprefix(ENV_PREFIX).lower(): value.strip()
            for name, value in (os.environ if environment is None else environment).items()
            if name.startswith(ENV_PREFIX) and value.strip()
        }
        known = {field.name for field in fields(cls)}
        for name in sorted(given.keys() - known - {"sources", "chromium"}):
            expected = tuple(ENV_PREFIX + key.upper() for key in sorted(known))
            raise SettingsError(Message(NO_SETTING, {"name": ENV_PREFIX + name.upper(), "expected": expected}))
        tiles, attribution = _parse_tiles(given.get("tiles", "osm"), given.get("tiles_attribution", ""))
        return cls(
            data=Path(given["data"]).expanduser() if "data" in given else ROOT / "data",
            directory=Path(given["directory"]).expanduser() if "directory" in given else None,
            tiles=tiles,
            tiles_attribution=attribution,
            keeper=_parse_mail(given.get("keeper", "")),
        )


def _parse_tiles(value: str, attribution: str) -> tuple[str, str]:
    if value.lower() == "none":
        return "", ""
    if value.lower() == "osm":
        return OSM_TILES, OSM_ATTRIBUTION
    if not _is_tile_address(value):
        raise SettingsError(Message(NO_TILES, {"name": f"{ENV_PREFIX}TILES", "value": repr(value)}))
    return value, html.escape(attribution)


def _is_tile_address(value: str) -> bool:
    """Return whether it is an https address, or a path on this server, that Leaflet can fill in."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    names = set(re.findall(r"\{(\w*)\}", value))
    is_ours = not parts.scheme and not parts.netloc and value.startswith("/")
    return (is_ours or (parts.scheme == "https" and bool(parts.netloc))) and {"z", "x", "y"} <= names <= set("zxysr")


def _parse_mail(value: str) -> str:
    name, at, domain = value.partition("@")
    if value and (not at or not name or "." not in domain or any(sign in value for sign in " ,;?&<>\"'")):
        raise SettingsError(Message(NO_MAIL, {"name": f"{ENV_PREFIX}KEEPER", "value": repr(value)}))
    return value
