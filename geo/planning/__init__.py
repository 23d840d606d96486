"""Where a new service helps most; existing coverage is measured by `geo.coverage`."""
