"""The coverage page; measuring is in `geo.coverage`."""
