"""The base map, on which the browser draws what the list shows.

It stays in the page and never changes.
"""

from __future__ import annotations

from functools import cache

import folium
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from markupsafe import Markup
from streamlit_folium import st_folium

from geo.directory import ServiceType
from geo.settings import Settings
from ui import browser_files
from words import labels
from words.i18n import _

HEIGHT_PX = 620
BELGIUM_CENTRE = (50.99, 4.45)
_ADDRESS = "../../app/static/"  # the frame is served at component/streamlit_folium.st_folium/index.html


@cache
def _asset_addresses(more: tuple[str, ...]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    own = browser_files.joined(("map_frame/base.js", "map_frame/popups.js"))
    scripts = [("base", own), *((name, browser_files.versioned_address(name)) for name in more)]
    libraries = ("libraries", browser_files.versioned_address("vendor/map-libraries.js"))
    styles = [
        (name, browser_files.versioned_address(name)) for name in ("vendor/leaflet/leaflet.css", "map_frame/map.css")
    ]
    return _addressed([libraries, *scripts]), _addressed(styles)


def _addressed(files: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, _ADDRESS + file) for name, file in files]


class _BaseMap(folium.Map):
    """A bare Leaflet map: no head of its own, for the frame's look stands in map.css."""

    _template = Template("""{% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {{ this.options|tojson }});
    {% endmacro %}""")


class _MapStart(MacroElement):
    """Hands the bare Leaflet map to base.js, with the file of what never changes."""

    _template = Template("""{% macro script(this, kwargs) %}
        opvoedkaart.start({{ this._parent.get_name() }}, {{ this.file|tojson }});
    {% endmacro %}""")

    file: str


def _base_map(settings: Settings, more: tuple[str, ...]) -> folium.Map:
    """Return the base map: no polygons and no points inside, so that its script stays small and the same."""
    bare = _BaseMap(tiles=None)
    bare.options = {"center": BELGIUM_CENTRE, "zoom": 8, "zoomControl": False, "maxZoom": 18, "minZoom": 7}
    bare.default_js, bare.default_css = _asset_addresses(more)
    start = _MapStart()
    start.file = browser_files.base_map(settings)
    bare.add_child(start)
    return bare


def draw_map(settings: Settings, *, key: str = "map", more: tuple[str, ...] = ()) -> None:
    """Put a map in the page, once per visit; a part of the page tells it what to show (`static/page/`).

    `more` are scripts of ours that the frame loads after base.js.
    """
    base_map = _base_map(settings, more)
    st_folium(base_map, key=key, height=HEIGHT_PX, use_container_width=True, returned_objects=[], render=False)


_SIGN = Markup('<li><img src="app/static/icons/{kind}.svg" alt="" width="24" height="24">{name}</li>')
_LEGEND = Markup(
    '<details class="legend"><summary>{title}</summary><ul>{signs}</ul>'
    "<p>{dashed}</p><p>{circle}</p><p>{dot}</p></details>"
)


def draw_legend() -> None:
    """Draw the legend of the signs below the map."""
    st.html(
        _LEGEND.format(
            title=_("What do the signs mean?"),
            signs=Markup("").join(_SIGN.format(kind=kind.value, name=labels.type_name(kind)) for kind in ServiceType),
            dashed=_("A dashed ring: the place is approximate (the middle of the village or district)."),
            circle=_("A dark circle with a number: several services close together."),
            dot=_("A red dot: the place you searched."),
        )
    )
