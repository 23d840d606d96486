"""The loaded data of one version; nothing is measured here."""

from geo.store.dataset import Dataset, load
from geo.store.manifest import Manifest

__all__ = ["Dataset", "Manifest", "load"]
