"""Everything that is kept between reruns and sessions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo import store
from geo.settings import Settings
from geo.store import Dataset

if TYPE_CHECKING:
    from geo.boundaries import Boundaries


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings.from_env()


def dataset() -> Dataset:
    """Return the data, loaded and verified once; shared by all sessions and never changed."""
    chosen = settings()
    return _dataset(str(chosen.data), str(chosen.directory or ""))


def boundaries() -> Boundaries:
    """Return the shapes of the municipalities, loaded at the first "near me"."""
    return _boundaries(str(settings().data))


@st.cache_resource(show_spinner=False, max_entries=4)
def _boundaries(data: str) -> Boundaries:
    from geo.boundaries import Boundaries  # noqa: PLC0415  (shapely takes long to load, and few need it)

    return Boundaries.from_parquet(Path(data) / "boundaries" / "municipalities.parquet")


@st.cache_resource(show_spinner=False, max_entries=4)
def _dataset(data: str, directory: str) -> Dataset:
    return store.load(Path(data), directory_path=Path(directory) if directory else None)
