"""The tiny land on disk, the data of the repository, and a GeoPackage."""

import pytest

from geo import store
from geo.coverage.files import export
from geo.places import AreaLevel
from tests.support import coverage_folder, shipped
from tests.support.coverage_files import asked


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    return store.load(coverage_folder.write(tmp_path_factory.mktemp("coverage") / "data"))


@pytest.fixture(scope="session")
def real():
    return shipped.dataset()


@pytest.fixture(scope="session")
def dataset(real):
    return real


@pytest.fixture
def package(data, tmp_path):
    path = tmp_path / "coverage.gpkg"
    path.write_bytes(export.to_geopackage(asked(data), AreaLevel.MUNICIPALITY, data))
    return path
