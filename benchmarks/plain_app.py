"""The finder with streamlit-folium alone, for comparison.

As one would write it: the whole map is made again on every rerun.
"""

import html
from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo.directory import ServiceType
from geo.settings import Settings
from geo.store import dataset

VENDOR = "../../app/static/vendor"
SIMPLIFIED_DEGREES = 0.001


@st.cache_resource(show_spinner=False)
def load_services(data: Path, directory: Path | None) -> pd.DataFrame:
    """Return one row per service and place, also for services without one."""
    rows = [
        {
            "name": service.name,
            "type": service.service_type.value,
            "address": place.address.line if place else "",
            "phone": ", ".join(phone.national for phone in service.phones),
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
        }
        for service in dataset.load(data, directory_path=directory).directory.services
        for place in (service.locations or (None,))
    ]
    return pd.DataFrame(rows)


@st.cache_data(show_spinner=False)
def load_boundaries(data: Path) -> str:
    """Return the municipalities as GeoJSON, simplified one by one."""
    frame = gpd.read_parquet(data / "boundaries" / "municipalities.parquet").to_crs(4326)
    frame["geometry"] = frame.geometry.simplify(SIMPLIFIED_DEGREES)
    return frame[["nis_code", "name_nl", "geometry"]].to_json()


def make_map(boundaries: str, services: pd.DataFrame) -> folium.Map:
    """Return a map with all polygons and a marker per service.

    Each marker has a popup.
    """
    ground = folium.Map(location=(50.99, 4.45), zoom_start=8, tiles=None, maxZoom=18)
    ground.default_js = [("leaflet", f"{VENDOR}/leaflet/leaflet.js"), ("init", f"{VENDOR}/init.js")]
    ground.default_css = [("leaflet_css", f"{VENDOR}/leaflet/leaflet.css")]
    folium.GeoJson(boundaries, style_function=lambda _: {"weight": 1, "fillOpacity": 0.05}).add_to(ground)
    for service in services.dropna(subset=["lat"]).to_dict("records"):
        name, address, phone = (html.escape(service[field]) for field in ("name", "address", "phone"))
        popup = folium.Popup(f"<b>{name}</b><br>{address}<br>{phone}", max_width=300)
        folium.Marker((service["lat"], service["lon"]), popup=popup).add_to(ground)
    return ground


settings = Settings.from_env()
services = load_services(settings.data, settings.directory)
chosen = st.pills("Type", [kind.value for kind in ServiceType], selection_mode="multi", key="type")
if chosen:
    services = services[services["type"].isin(chosen)]
st_folium(make_map(load_boundaries(settings.data), services), key="map", height=620, use_container_width=True,
          returned_objects=[])  # fmt: skip
st.dataframe(services[["name", "type", "address", "phone"]], hide_index=True)
