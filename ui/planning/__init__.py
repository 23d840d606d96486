"""The tab that proposes sites; solving is in `geo.planning`."""
