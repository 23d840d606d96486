"""Everything that is kept between reruns and sessions."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo import store
from geo.settings import Settings
from geo.store import Dataset


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings.from_env()


def dataset() -> Dataset:
    """Return the data, loaded and verified once; shared by all sessions and never changed."""
    chosen = settings()
    return _dataset(str(chosen.data), str(chosen.directory or ""))


@st.cache_resource(show_spinner=False, max_entries=4)
def _dataset(data: str, directory: str) -> Dataset:
    return store.load(Path(data), directory_path=Path(directory) if directory else None)
