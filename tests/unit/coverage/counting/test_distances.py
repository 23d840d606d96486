"""Distances and floating catchments: the golden vector of the definitions, edges and bounds."""

import numpy as np
import pytest

from geo.coverage.counting import distances as counting_distances
from geo.coverage.counting.distances import Points, distance_blocks, measure_distances
from geo.coverage.counting.floating_catchment import flat_weights, floating_catchment, step_weights
from geo.coverage.supply import Doors

# A, B, C, E against s1, s2 in metres; worked out by hand and with pysal access
DISTANCE_M = np.array([[500.0, 2500.0], [1000.0, 1100.0], [3000.0, 900.0], [8000.0, 6000.0]])
PEOPLE = np.array([100.0, 200.0, 50.0, 80.0])
CAPACITY = np.array([10.0, 6.0])


def both_services(weights):
    """The offer of both services together."""
    return floating_catchment(weights, PEOPLE @ weights, capacity=CAPACITY).sum(axis=1)


def test_two_steps_give_the_golden_vector():
    offer = both_services(flat_weights(DISTANCE_M, 1200.0))
    assert offer == pytest.approx([0.033333, 0.057333, 0.024, 0.0], abs=5e-7)
    assert offer[3] == 0.0  # a real zero, not a missing number
    assert PEOPLE @ offer == pytest.approx(CAPACITY.sum())


def test_enhanced_steps_give_the_golden_vector():
    offer = both_services(step_weights(DISTANCE_M, 3750.0))
    assert offer == pytest.approx([0.037007, 0.054213, 0.029133, 0.0], abs=5e-7)
    assert offer[3] == 0.0
    assert PEOPLE @ offer == pytest.approx(CAPACITY.sum())


def test_reach_and_choice_give_the_golden_shares():
    within = DISTANCE_M <= 1200.0
    assert PEOPLE @ within.any(axis=1) / PEOPLE.sum() == pytest.approx(350 / 430)
    assert PEOPLE @ within.all(axis=1) / PEOPLE.sum() == pytest.approx(200 / 430)


@pytest.mark.parametrize(
    ("metres", "weight"),
    [
        (0.0, 1.0),
        (1200.0, 1.0),
        (1200.001, 0.68),
        (2400.0, 0.68),
        (2400.001, 0.22),
        (3750.0, 0.22),
        (3750.001, 0.0),
        (np.inf, 0.0),
    ],
)
def test_steps_hold_up_to_and_including_their_end(metres, weight):
    assert step_weights(np.array([metres]), 3750.0).tolist() == [weight]
    assert flat_weights(np.array([metres]), 3750.0).tolist() == [float(weight > 0)]


def test_a_service_for_nobody_has_no_bound_within_its_reach_and_gives_nothing_beyond():
    weights = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert floating_catchment(weights, np.array([0.0, 4.0]), capacity=2.0).tolist() == [[np.inf, 0.0], [0.0, 0.5]]


def test_pairs_and_a_table_of_points_and_services_give_the_same():
    weights, load = np.array([[1.0, 0.0], [0.22, 0.68]]), np.array([4.0, 2.0])
    table = floating_catchment(weights, load)
    listed = floating_catchment(weights.ravel(), np.tile(load, 2))
    assert table.ravel().tolist() == listed.tolist() == [0.25, 0.0, 0.055, 0.34]


def points(*where):
    x, y = np.array(where, dtype=float).reshape(-1, 2).T
    return Points(x, y, np.arange(len(x), dtype=np.int32))


def sites(*rows):
    """Doors as service, x, y, blur and municipality."""
    service, x, y, blur, municipality = np.array(rows, dtype=float).reshape(-1, 5).T
    return Doors(service.astype(np.int32), x, y, blur, municipality.astype(np.int32))


def all_distances(where, doors, services):
    return measure_distances(where, slice(None), doors, services)


def test_a_service_is_as_near_as_its_nearest_door():
    doors = sites((0, 0, 0, 0, 0), (0, 600, 0, 0, 1), (2, 0, 900, 0, 0))
    found = all_distances(points((0, 0), (500, 0)), doors, 3)
    assert found.nearest.tolist() == [[0, np.inf, 900], [100, np.inf, pytest.approx(1029.563)]]
    assert found.municipality.tolist() == [0, 1]
    assert found.low is found.nearest
    assert found.high is found.nearest


def test_a_blurred_door_is_nearer_or_farther_by_its_blur():
    doors = sites((0, 0, 0, 300, 0), (0, 1000, 0, 0, 1))
    found = all_distances(points((200, 0), (600, 0)), doors, 1)
    assert found.nearest.tolist() == [[200], [400]]
    assert found.low.tolist() == [[0], [300]]  # never below nothing; the blurred door may be the nearer one
    assert found.high.tolist() == [[500], [400]]  # the sure door at 800 and 400 limits it


def test_own_and_other_doors_are_told_apart():
    doors = sites((0, 100, 0, 50, 0), (1, 400, 0, 0, 1), (1, 900, 0, 0, -1))
    found = all_distances(points((0, 0), (800, 0)), doors, 2)  # the first point lies in 0, the second in 1
    assert found.known(is_own=True).tolist() == [100, 400]
    assert found.known(is_own=False).tolist() == [400, 100]
    assert found.own(at_most=False).tolist() == [50, 400]
    assert found.own(at_most=True).tolist() == [150, 400]
    assert found.other(at_most=True).tolist() == [400, 100]
    assert found.other(at_most=False).tolist() == [400, 100]


def test_without_doors_everything_is_infinitely_far():
    found = all_distances(points((0, 0), (1, 1)), sites(), 2)
    assert found.nearest.tolist() == [[np.inf] * 2] * 2
    assert found.municipality.tolist() == [-1, -1]
    assert found.own(at_most=True).tolist() == [np.inf] * 2


def test_blocks_cover_every_point_once_whatever_their_size(monkeypatch):
    where = points(*[(metres, 0) for metres in range(10)])
    doors = sites((0, 0, 0, 0, 0), (1, 3, 0, 0, 1))
    whole = all_distances(where, doors, 2).nearest.tolist()
    monkeypatch.setattr(counting_distances, "_CELLS", 9)
    for others, sizes in ((0, [4, 4, 2]), (3, [3, 3, 3, 1]), (100, [1] * 10)):
        found = list(distance_blocks(where, doors, 2, besides=others))
        assert [len(each.nearest) for each in found] == sizes
        assert [distance for each in found for distance in each.nearest.tolist()] == whole
