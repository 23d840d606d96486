"""Everything that is kept between reruns and sessions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo import store
from geo.settings import Settings
from geo.store.dataset import Dataset

if TYPE_CHECKING:
    import datetime as dt

    from geo.coverage.report import CoverageReport
    from geo.coverage.request import CoverageRequest
    from geo.places.areas import Area
    from geo.planning.candidates import CandidateBook


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings.from_env()


def dataset() -> Dataset:
    """Return the data, loaded and verified once; shared by all sessions and never changed."""
    chosen = settings()
    return _dataset(str(chosen.data), str(chosen.directory or ""))


def candidate_book() -> CandidateBook:
    """Return where new services may come, read at the first look at planning."""
    return _candidate_book(dataset().data_version)


@st.cache_resource(show_spinner=False, max_entries=2)
def _candidate_book(version: str) -> CandidateBook:
    from geo.planning.candidates import CandidateBook  # noqa: PLC0415

    return CandidateBook.of(dataset())


def areas() -> dict[str, Area]:
    """Return every area that can be chosen, by code: everything first, municipalities last."""
    return _areas(dataset().data_version)


@st.cache_resource(show_spinner=False, max_entries=2)
def _areas(version: str) -> dict[str, Area]:
    return dataset().areas.by_choice()


def coverage(request: CoverageRequest, today: dt.date) -> CoverageReport:
    """Return the answer to a request; the domain remembers the last ones."""
    from geo.coverage.measure import measure  # noqa: PLC0415

    return measure(dataset(), request, today=today)


@st.cache_resource(show_spinner=False, max_entries=4)
def _dataset(data: str, directory: str) -> Dataset:
    return store.load(Path(data), directory_path=Path(directory) if directory else None)
