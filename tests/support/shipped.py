"""The data of the repository, read once by all tests of a process; nobody may change what is given here."""

from functools import cache

from geo import store
from geo.planning.candidates import CandidateBook
from geo.settings import ROOT
from geo.store import Dataset


@cache
def dataset() -> Dataset:
    return store.load(ROOT / "data")


@cache
def book() -> CandidateBook:
    """Return where new places may come."""
    return CandidateBook.of(dataset())
