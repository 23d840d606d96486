"""Builds the committed tables from the raw sources; never imported by what runs."""
