"""The home page: search, choices, list and cards; finding itself is in `geo.finder`."""
