"""The loaded data of one version; nothing is measured here."""
