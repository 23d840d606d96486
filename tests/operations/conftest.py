import pytest

from tests.operations.shelf import REAL_UV, Project, Shelf


@pytest.fixture
def shelf(tmp_path):
    made = Shelf(tmp_path / "shelf")
    yield made
    made.close()


@pytest.fixture
def fresh(tmp_path, shelf):
    """A project without a .venv."""
    (tmp_path / "project").mkdir()
    return Project(tmp_path / "project", shelf)


@pytest.fixture(params=["uv", "pip"])
def project(request, fresh):
    """A project with an empty .venv, installed into by uv or, where no wheel of uv fits, by pip."""
    return _quickly(fresh, with_uv=request.param == "uv")


@pytest.fixture
def by_uv(fresh):
    """A project that is installed into by what this machine uses: uv, or pip where no wheel of uv fits."""
    return _quickly(fresh, with_uv=True)


def _quickly(fresh, with_uv):
    fresh.make_quickly(with_uv and REAL_UV.exists())
    return fresh
