"""The data of the repository, read once by all tests of a process; nobody may change what is given here."""

from functools import cache

from geo.planning.candidates import PlanGround
from geo.settings import ROOT
from geo.store import dataset
from geo.store.dataset import Dataset, Ground


@cache
def data() -> Dataset:
    return dataset.load(ROOT / "data")


@cache
def ground() -> Ground:
    return Ground.of(data())


@cache
def plan_ground() -> PlanGround:
    return PlanGround.of(data())
