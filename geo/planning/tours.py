"""Choose the stops of one mobile service, so that its closed round is short enough and reaches most children.

Branch and bound: a stop is taken in or left out, most promising first. What is still possible is bounded by the largest
additions of candidates that fit, as such and at the prices of `siting.price_bound`; the length of a round is exact
(dynamic programming over subsets; Held and Karp 1962, doi 10.1137/0110015). It proves the best round when all branches
are looked at, and otherwise how much better one could be.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from geo.arrays import Flags, Floats
from geo.errors import RequestError
from geo.messages import N_, Message
from geo.planning.candidates import Candidate
from geo.planning.plan import Plan
from geo.planning.siting.local_search import greedy
from geo.planning.siting.most_saved import SiteChoice
from geo.planning.siting.price_bound import bounded
from geo.planning.siting.savings import Savings
from geo.solver.control import SearchControl, Step

MOST_STOPS = 12
"""Most stops of a tour, whose length is worked out exactly.

No vehicle makes more in a day.
"""
TOO_MANY_PLACES = N_("A round of {count} places is too long; expected at most {most} stops")
TOO_MANY_STOPS = N_("{count} stops are too many for one round; expected at most {most}")
KEPT_TOO_FAR = N_("The stops that are kept make a round that is too long")
_SAME_M = 1e-6  # metres
_MOST_CELLS, _MOST_BRANCHES = 4_000_000_000, 40_000  # of savings, looked at twice a branch


class MetricPoint(Protocol):
    """A point in EPSG:3812 metres."""

    @property
    def x(self) -> float:
        """East."""

    @property
    def y(self) -> float:
        """North."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TourLimits:
    """Limits of a tour.

    Stops among `places`, those of `kept` in any case, a place to begin and end at.

    Without a `depot` the round begins and ends at one of its stops. `longest_m` is in straight lines.
    """

    places: Sequence[Candidate]
    kept: tuple[int, ...]
    depot: Candidate | None
    stops: int
    longest_m: float


def shortest_tour(spots: Sequence[MetricPoint]) -> tuple[float, tuple[int, ...]]:
    """Return the length and order of the shortest closed tour.

    In metres, past all of at most 13 points.

    Notes
    -----
    Exact, by dynamic programming over subsets (Held and Karp 1962). The round begins with the first point.
    """
    count = len(spots)
    x, y = np.array([spot.x for spot in spots]), np.array([spot.y for spot in spots])
    away = np.hypot(x[:, None] - x, y[:, None] - y)
    if count <= 3:
        length = sum((float(away[at, (at + 1) % count]) for at in range(count)), 0.0)
        return length, tuple(range(count))
    if count > MOST_STOPS + 1:
        raise RequestError(Message(TOO_MANY_PLACES, {"count": count, "most": MOST_STOPS}))
    others = count - 1
    best = np.full((1 << others, others), np.inf)
    before = np.zeros((1 << others, others), dtype=np.int8)
    best[1 << np.arange(others), np.arange(others)] = away[0, 1:]
    between, bits = away[1:, 1:], 1 << np.arange(others)
    for visited in range(1, 1 << others):
        way = best[visited][:, None] + between
        least = way.min(axis=0)
        new = np.flatnonzero((visited & bits) == 0)
        best[visited | bits[new], new] = least[new]
        before[visited | bits[new], new] = way[:, new].argmin(axis=0)
    return _trace_tour(best, before, away)


def _trace_tour(best: Floats, before: npt.NDArray[np.int8], away: Floats) -> tuple[float, tuple[int, ...]]:
    visited = len(best) - 1
    closed = best[visited] + away[1:, 0]
    last = int(closed.argmin())
    order = [last]
    while visited != 1 << last:
        visited, last = visited ^ (1 << last), int(before[visited, last])
        order.append(last)
    return float(closed.min()), (0, *(stop + 1 for stop in reversed(order)))


def with_tour(plan: Plan, order: tuple[Candidate, ...], length_m: float) -> Plan:
    """Return a plan with its tour."""
    return replace(plan, tour=order, tour_m=length_m)


def find_best_tour(savings: Savings, asked: TourLimits, control: SearchControl) -> SiteChoice:
    """Return the stops of a tour that reach most children.

    Parameters
    ----------
    savings : Savings
        1 for each group of children that a candidate newly reaches.
    asked : Round
        What the round must keep to.
    control : SearchControl
        The last guard; the number of branches follows from the size of the problem.

    Raises
    ------
    RequestError
        More stops are asked for than a day holds, or the kept ones alone are too far apart.

    CancelledError
        The search was told to stop before it began; later on, the best round by then is returned.

    Notes
    -----
    A candidate fits if the triangles it makes with the stops there are not too long; straight
    lines make a round with one more stop never shorter, so a choice that is too long has no use.
    """
    if asked.stops > MOST_STOPS:
        raise RequestError(Message(TOO_MANY_STOPS, {"count": asked.stops, "most": MOST_STOPS}))
    control.check(Step.PREPARE)
    search = _TourSearch(savings, asked)
    if not search.is_short_enough(asked.kept):
        raise RequestError(Message(KEPT_TOO_FAR))
    search.keep_best(asked.kept)
    search.begin(control)
    queue = [search.node(asked.kept, np.ones(savings.candidates, dtype=np.bool_))]
    left = min(_MOST_BRANCHES, _MOST_CELLS // max(1, 2 * savings.size))
    while queue and left > 0 and control.may_go_on(Step.PROVE):
        left -= 1
        node = heapq.heappop(queue)
        if -node.rank <= search.value * (1 + 1e-9):
            queue.clear()
            break
        queue += search.branch_node(node)
        heapq.heapify(queue)
    bound = max([search.value, *(-node.rank for node in queue)])
    return SiteChoice(search.best, search.value, bound)


@dataclass(order=True, slots=True)
class _Node:
    """Stops that are taken, candidates that are open; `rank` is what is possible, negative: the best comes first."""

    rank: float
    depth: int
    stops: tuple[int, ...] = field(compare=False)
    is_open: Flags = field(compare=False)
    next_stop: int = field(compare=False)


class _TourSearch:
    def __init__(self, savings: Savings, asked: TourLimits) -> None:
        self.savings, self.asked = savings, asked
        x = np.array([place.x for place in asked.places])
        y = np.array([place.y for place in asked.places])
        self.away = np.hypot(x[:, None] - x, y[:, None] - y)
        depot = asked.depot
        self.from_depot = None if depot is None else np.hypot(x - depot.x, y - depot.y)
        self.best: tuple[int, ...] = ()
        self.value = -1.0
        self.price = np.zeros(len(savings.weight))

    def begin(self, control: SearchControl) -> None:
        """Find a first round, and prices."""
        self._greedy_from(self.asked.kept)
        if not self.asked.kept:
            alone = self.savings.worth(np.zeros(len(self.savings.weight)))
            for stop in np.argsort(-alone, kind="stable")[:25]:
                if self.is_short_enough((int(stop),)) and control.may_go_on(Step.IMPROVE):
                    self._greedy_from((int(stop),))
        if len(self.savings.weight):
            count = min(self.asked.stops, self.savings.candidates)
            self.price = bounded(self.savings, count, greedy(self.savings, count), control, steps=60).price

    def _greedy_from(self, stops: tuple[int, ...]) -> None:
        chosen = stops
        while len(chosen) < self.asked.stops:
            added = self.savings.worth(self.savings.best(chosen))
            added[~self.could_fit(chosen)] = 0.0
            order = [int(stop) for stop in np.argsort(-added, kind="stable")[:8] if added[stop] > 0]
            following = next((stop for stop in order if self.is_short_enough((*chosen, stop))), None)
            if following is None:
                break
            chosen = (*chosen, following)
        self.keep_best(chosen)

    def keep_best(self, stops: tuple[int, ...]) -> None:
        """Keep stops that fit if they are better than the best so far."""
        value = self.savings.value(stops)
        if value > self.value:
            self.best, self.value = stops, value

    def is_short_enough(self, stops: tuple[int, ...]) -> bool:
        """Whether the round past some stops is short enough."""
        spots: list[MetricPoint] = [self.asked.places[stop] for stop in stops]
        if self.asked.depot is not None:
            spots.insert(0, self.asked.depot)
        return shortest_tour(spots)[0] <= self.asked.longest_m + _SAME_M

    def could_fit(self, stops: tuple[int, ...]) -> Flags:
        """Return bool[m]: whether no triangle of a candidate with two of the stops (or the depot) is too long."""
        ways = [self.away[stop] for stop in stops]
        ways += [] if self.from_depot is None else [self.from_depot]
        fits = np.ones(self.savings.candidates, dtype=np.bool_)
        limit = self.asked.longest_m + _SAME_M
        for at, way in enumerate(ways):
            fits &= 2 * way <= limit
            for before in range(at):
                between = self._distance_between(stops, before, at)
                fits &= way + ways[before] + between <= limit
        return fits

    def _distance_between(self, stops: tuple[int, ...], one: int, other: int) -> float:
        if other < len(stops):
            return float(self.away[stops[one], stops[other]])
        return float(self.from_depot[stops[one]]) if self.from_depot is not None else 0.0

    def node(self, stops: tuple[int, ...], is_open: Flags) -> _Node:
        """Return what stops can still become with the candidates that are open."""
        left = self.asked.stops - len(stops)
        reached = self.savings.best(stops)
        open_now = is_open & self.could_fit(stops)
        open_now[list(stops)] = False
        possible, following = np.inf, -1
        for floor in (reached, np.maximum(reached, self.price)):
            added = np.where(open_now, self.savings.worth(floor), 0.0)
            largest = np.partition(added, -left)[-left:] if 0 < left < len(added) else added * (left > 0)
            possible = min(possible, float(self.savings.weight @ floor + largest.sum()))
            if following < 0 and left > 0 and added.max(initial=0.0) > 0:
                following = int(added.argmax())
        return _Node(-possible, -len(stops), stops, open_now, following)

    def branch_node(self, node: _Node) -> list[_Node]:
        """Return the two nodes with and without the next stop, as far as they can be better than the best."""
        if node.next_stop < 0:
            return []
        without = node.is_open.copy()
        without[node.next_stop] = False
        found = [self.node(node.stops, without)]
        more = (*node.stops, node.next_stop)
        if self.is_short_enough(more):
            self.keep_best(more)
            found.append(self.node(more, without))
        return [each for each in found if each.next_stop >= 0 and -each.rank > self.value * (1 + 1e-9)]
