"""The doors of the wings show what they promise, and to open one reads nothing heavy."""

import subprocess
import sys
from importlib import import_module

import pytest

from geo.settings import ROOT

HEAVY = {"scipy", "shapely", "pandas", "geopandas", "streamlit"}
DOORS = {
    "geo.solver": {"Program", "Solved", "solve", "SearchControl", "Step", "Progress", "CancelledError", "Ended"},
    "geo.planning": {"PlanRequest", "Objective", "solve", "evaluate", "Plan"},
    "geo.networks": {"NetworkRequest", "propose", "NetworkProposal"},
}


@pytest.mark.parametrize("door", DOORS)
def test_a_door_shows_what_it_promises(door):
    module = import_module(door)
    assert set(module.__all__) == DOORS[door]
    for name in module.__all__:
        assert callable(getattr(module, name))
    with pytest.raises(AttributeError):
        _ = module.nothing_of_the_kind


@pytest.mark.parametrize("door", DOORS)
def test_to_open_a_door_reads_nothing_heavy(door):
    script = f"import sys, {door}; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(answer.stdout.split()) & HEAVY == set()
