"""Partitions of a small graph by price and bound; knows no municipality by name."""
