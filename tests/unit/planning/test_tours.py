"""Rounds: the shortest way past some points, and the stops that reach most within a length."""

import itertools
import math
from dataclasses import dataclass

import numpy as np
import pytest

from geo.errors import RequestError
from geo.planning.siting.savings import savings_of
from geo.planning.tours import TourLimits, find_best_tour, shortest_tour
from geo.solver.control import SearchControl


@dataclass(frozen=True)
class Spot:
    x: float
    y: float


def length(spots):
    return sum(math.dist((a.x, a.y), (b.x, b.y)) for a, b in zip(spots, [*spots[1:], spots[0]], strict=True))


def spots(seed, count):
    return [Spot(*row) for row in np.random.default_rng(seed).uniform(0, 10_000, (count, 2))]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7])
def test_the_shortest_of_all_orders(count):
    places = spots(count, count)
    metres, order = shortest_tour(places)
    tried = min(length([places[0], *rest]) for rest in itertools.permutations(places[1:]))
    assert metres == pytest.approx(tried)
    assert order[0] == 0
    assert length([places[at] for at in order]) == pytest.approx(metres)


def test_points_on_a_circle_are_visited_round_it():
    turns = [at * math.pi / 6 for at in (0, 5, 2, 9, 7, 1, 11, 4, 3, 8, 6, 10)]
    circle = [Spot(math.cos(turn), math.sin(turn)) for turn in turns]
    metres, order = shortest_tour(circle)
    assert metres == pytest.approx(24 * math.sin(math.pi / 12))
    assert sorted(order) == list(range(12))
    with pytest.raises(RequestError, match="14 places"):
        shortest_tour(spots(1, 14))


@pytest.mark.parametrize(("seed", "longest_m", "has_depot"), [(1, 9e3, False), (2, 14e3, False), (3, 16e3, True)])
def test_the_best_of_all_rounds(seed, longest_m, has_depot):
    random = np.random.default_rng(seed)
    places, homes = spots(seed, 9), random.uniform(0, 10_000, (40, 2))
    away = np.hypot(homes[:, :1] - [each.x for each in places], homes[:, 1:] - [each.y for each in places])
    savings = savings_of(random.integers(1, 50, 40).astype(float), (away <= 2_000).astype(float))
    depot = Spot(5_000, 5_000) if has_depot else None
    asked = TourLimits(places=places, kept=(), depot=depot, stops=4, longest_m=longest_m)
    found = find_best_tour(savings, asked, SearchControl())
    tried = [
        savings.value(stops)
        for count in range(5)
        for stops in itertools.combinations(range(9), count)
        if shortest_tour([*([depot] if depot else []), *(places[stop] for stop in stops)])[0] <= longest_m
    ]
    assert found.value == found.bound == max(tried)
    stops = [*([depot] if depot else []), *(places[stop] for stop in found.sites)]
    assert shortest_tour(stops)[0] <= longest_m


def test_without_time_the_best_round_so_far_has_a_bound():
    random = np.random.default_rng(5)
    places, homes = spots(5, 60), random.uniform(0, 10_000, (400, 2))
    away = np.hypot(homes[:, :1] - [each.x for each in places], homes[:, 1:] - [each.y for each in places])
    savings = savings_of(random.integers(1, 50, 400).astype(float), (away <= 1_500).astype(float))
    asked = TourLimits(places=places, kept=(3,), depot=None, stops=6, longest_m=15_000)
    found = find_best_tour(savings, asked, SearchControl(limit_s=0.0))
    assert 3 in found.sites
    assert found.bound >= found.value > 0
