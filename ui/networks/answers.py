"""Ask for a proposal of networks in the background."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from geo.networks import NetworkProposal, NetworkRequest, propose
from geo.networks.search import possible_seats
from geo.places import Place
from geo.solver import Progress
from geo.store import Dataset
from ui import cache, jobs
from ui.jobs import Job

SLOT = "networks-job"


def answer(dataset: Dataset, request: NetworkRequest) -> NetworkProposal | Job[NetworkProposal]:
    """Return the proposal for a request, or the search for it."""
    places = _places(dataset.data_version)

    def run(should_stop: Callable[[], bool], on_progress: Callable[[Progress], None]) -> NetworkProposal:
        adjacency = dataset.adjacency
        return propose(dataset, adjacency, request, places=places, should_stop=should_stop, on_progress=on_progress)

    return jobs.answer(SLOT, (request, dataset.data_version), run)


@st.cache_resource(show_spinner=False, max_entries=2)
def _places(version: str) -> tuple[Place, ...]:
    return possible_seats(cache.load_dataset().gazetteer)
