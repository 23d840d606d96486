"""Caches that outlive reruns and sessions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo import store
from geo.settings import Settings
from geo.store import Dataset

if TYPE_CHECKING:
    import datetime as dt

    from geo.coverage import CoverageReport, CoverageRequest
    from geo.places import Area
    from geo.planning.candidates import CandidateBook


@st.cache_resource(show_spinner=False)
def load_settings() -> Settings:
    """Return the settings of this process."""
    return Settings.from_env()


def load_dataset() -> Dataset:
    """Return the dataset, loaded and verified once.

    All sessions share it, and it never changes.
    """
    chosen = load_settings()
    return _load_dataset(str(chosen.data), str(chosen.directory or ""))


def load_candidate_book() -> CandidateBook:
    """Return the candidates for new sites, read when planning first opens."""
    return _build_candidate_book(load_dataset().data_version)


@st.cache_resource(show_spinner=False, max_entries=2)
def _build_candidate_book(version: str) -> CandidateBook:
    from geo.planning.candidates import CandidateBook  # noqa: PLC0415

    return CandidateBook.of(load_dataset())


def load_areas() -> dict[str, Area]:
    """Return every area that can be chosen, by code.

    The whole comes first, municipalities last.
    """
    return _collect_areas(load_dataset().data_version)


@st.cache_resource(show_spinner=False, max_entries=2)
def _collect_areas(version: str) -> dict[str, Area]:
    return load_dataset().areas.by_choice()


def measure_coverage(request: CoverageRequest, today: dt.date) -> CoverageReport:
    """Measure the coverage of a request.

    The domain remembers the last answers.
    """
    from geo.coverage import measure  # noqa: PLC0415

    return measure(load_dataset(), request, today=today)


@st.cache_resource(show_spinner=False, max_entries=4)
def _load_dataset(data: str, directory: str) -> Dataset:
    return store.load(Path(data), directory_path=Path(directory) if directory else None)
