"""In which municipality a point lies, against the children of every statistical sector."""

from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

from geo.places.boundaries import MunicipalityLookup

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def boundaries():
    return MunicipalityLookup.from_parquet(DATA / "boundaries" / "municipalities.parquet")


def test_every_sector_lies_in_its_own_municipality(boundaries):
    sectors = parquet.ParquetFile(DATA / "demand.parquet").read(["nis_code", "x", "y"]).to_pydict()
    found = [boundaries.municipality_at(x, y) for x, y in zip(sectors["x"], sectors["y"], strict=True)]
    assert found == sectors["nis_code"]


def test_outside_flanders_and_brussels_there_is_none(boundaries):
    assert boundaries.municipality_at(0.0, 0.0) == ""
    assert boundaries.municipality_at(np.inf, np.inf) == ""
