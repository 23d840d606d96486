"""The tab that opens and compares scenario files; reading them is in `geo.scenarios`."""
