"""Datasets put together in memory, without files."""

from types import SimpleNamespace

from geo.store import Dataset


def dataset_of(*, demand=None, need=None, gazetteer=None, manifest=None, data_dir=None, **parts):
    """A dataset of parts that a test has made; nothing is read."""
    statistics = SimpleNamespace(demand=demand, need=need)
    return Dataset(statistics=statistics, gazetteer=gazetteer, manifest=manifest, data_dir=data_dir, **parts)
