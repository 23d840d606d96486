"""Everything that draws with Streamlit and folium, remembers and caches; computes nothing."""
