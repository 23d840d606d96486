"""An empty page with a bare local Leaflet map.

No tiles, no boundaries, no markers.
"""

import folium
from streamlit_folium import st_folium

VENDOR = "../../app/static/vendor/leaflet"

ground = folium.Map(location=(50.99, 4.45), zoom_start=8, tiles=None, maxZoom=18)
ground.default_js = [("leaflet", f"{VENDOR}/leaflet.js")]
ground.default_css = [("leaflet_css", f"{VENDOR}/leaflet.css")]
st_folium(ground, key="map", height=620, use_container_width=True, returned_objects=[], render=False)
