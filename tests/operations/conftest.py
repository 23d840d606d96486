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
    return _quickly(fresh, with_uv=True)


def _quickly(fresh, with_uv):
    if with_uv and not REAL_UV.exists():
        pytest.skip("there is no uv for this machine")
    fresh.make_quickly(with_uv)
    return fresh
