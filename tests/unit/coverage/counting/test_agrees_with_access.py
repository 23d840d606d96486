"""Floating catchments give what pysal `access` gives, but a real 0 where it leaves out who is not reached."""

import logging

import numpy as np
import pandas as pd
import pytest
from access import Access, weights

from geo.coverage import CoverageRequest, Measure, measure
from geo.coverage.counting.floating_catchment import flat_weights, floating_catchment, step_weights
from geo.coverage.supply import supply_for
from tests.golden.coverage import generate
from tests.support import shipped

# access changes frames in place, which pandas 3.1 says it will no longer allow
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword:pandas.errors.Pandas4Warning")

METHODS = {"2sfca": flat_weights, "e2sfca": step_weights}
REACH_M = 3_750.0


def access_says(distance_m, people, capacity, method):
    """float64[points] from pysal access, from the pairs within reach alone; NaN where there are none."""
    logging.getLogger("access").setLevel(logging.ERROR)
    point, service = np.nonzero(distance_m <= REACH_M)
    costs = pd.DataFrame({"point": point, "service": service, "cost": distance_m[point, service]})
    asked = Access(
        demand_df=pd.DataFrame({"point": range(len(people)), "people": people}),
        demand_index="point",
        demand_value="people",
        supply_df=pd.DataFrame({"service": range(len(capacity)), "capacity": capacity}),
        supply_index="service",
        supply_value="capacity",
        cost_df=costs,
        cost_origin="point",
        cost_dest="service",
        cost_name="cost",
        neighbor_cost_df=costs,
        neighbor_cost_origin="point",
        neighbor_cost_dest="service",
        neighbor_cost_name="cost",
    )
    if method == "2sfca":
        asked.two_stage_fca(name="it", cost="cost", max_cost=REACH_M)
    else:
        steps = weights.step_fn({1_200: 1, 2_400: 0.68, 3_750: 0.22})
        asked.enhanced_two_stage_fca(name="it", cost="cost", max_cost=REACH_M, weight_fn=steps)
    return asked.access_df["it_capacity"].reindex(range(len(people))).to_numpy()


def we_say(distance_m, people, capacity, method):
    """float64[points] from our own two steps."""
    weight = METHODS[method](distance_m, REACH_M)
    return floating_catchment(weight, people @ weight, capacity=capacity).sum(axis=1)


def assert_same(ours, theirs, distance_m):
    is_out = (distance_m > REACH_M).all(axis=1)
    assert (ours[is_out] == 0).all()
    assert np.isnan(theirs[is_out]).all()
    assert ours[~is_out] == pytest.approx(theirs[~is_out], rel=1e-9)
    assert 0 < is_out.sum() < len(is_out)


@pytest.mark.parametrize("method", METHODS)
def test_two_hundred_points_and_fifteen_services_agree(method):
    chance = np.random.default_rng(20250603)
    homes, services = chance.uniform(0, 20_000, (200, 2)), chance.uniform(0, 20_000, (15, 2))
    distance_m = np.hypot(*(homes[:, None] - services).transpose(2, 0, 1))
    people, capacity = chance.integers(1, 400, 200).astype(float), chance.integers(1, 9, 15).astype(float)
    theirs = access_says(distance_m, people, capacity, method)
    assert_same(we_say(distance_m, people, capacity, method), theirs, distance_m)


@pytest.fixture(scope="module")
def dataset():
    return shipped.dataset()


@pytest.mark.parametrize("method", METHODS)
def test_houses_of_the_child_in_all_of_flanders_agree(dataset, method):
    """Per sector against our arrays, and per municipality against the report."""
    request = CoverageRequest(measure=Measure(method), reach_m=REACH_M)
    demand, supply = dataset.demand, supply_for(dataset, request)
    to_door = np.hypot(demand.x[:, None] - supply.doors.x, demand.y[:, None] - supply.doors.y)
    located = np.unique(supply.doors.service)
    distance_m = np.stack([to_door[:, supply.doors.service == at].min(axis=1) for at in located], axis=1)
    people, capacity = demand.of(request.groups), np.ones(len(located))
    theirs = access_says(distance_m, people, capacity, method)
    is_lived_in = people > 0
    assert_same(we_say(distance_m, people, capacity, method)[is_lived_in], theirs[is_lived_in], distance_m[is_lived_in])

    report = measure(dataset, request, today=generate.TODAY)
    children, given = demand.per_municipality(people), demand.per_municipality(people * np.nan_to_num(theirs))
    expected = dict(zip(demand.nis_codes, given / children * 1000, strict=True))
    assert {row.area.code: row.value for row in report.rows} == pytest.approx(expected, rel=1e-9)
