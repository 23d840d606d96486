"""Where things are: names, points, municipalities and areas; no services."""
