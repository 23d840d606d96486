"""Who borders whom, in squares and in Flanders."""

import pytest
import shapely

from geo.places.adjacency import Adjacency
from geo.places.boundaries import MunicipalityLookup
from tests.support import shipped


def neighbours_among(codes, shapes):
    return Adjacency.from_boundaries(MunicipalityLookup(codes, shapes))


def pairs(adjacency):
    codes = adjacency.nis_codes
    return {
        f"{codes[one]}-{codes[other]}"
        for one in range(len(codes))
        for other in range(one)
        if adjacency.borders[one, other]
    }


def test_a_shared_side_joins_and_a_corner_does_not():
    shapes = [shapely.box(1000, 0, 2000, 1000), shapely.box(0, 0, 1000, 1000), shapely.box(2000, 1000, 3000, 2000)]
    adjacency = neighbours_among(["b", "a", "c"], shapes)
    assert adjacency.nis_codes == ("a", "b", "c")
    assert pairs(adjacency) == {"b-a", "c-b"}
    assert [(bridge.nis_code, bridge.other, bridge.gap_m) for bridge in adjacency.bridges] == [("c", "b", 0.0)]


@pytest.mark.parametrize(("shared_m", "is_border"), [(9, False), (11, True)])
def test_a_border_is_ten_metres_or_more(shared_m, is_border):
    shapes = [shapely.box(0, 0, 1000, 1000), shapely.box(1000, 1000 - shared_m, 2000, 2000)]
    adjacency = neighbours_among(["a", "b"], shapes)
    assert (not adjacency.bridges) == is_border


def test_an_exclave_joins_its_municipality_to_those_around_it():
    exclave = shapely.box(1400, 400, 1600, 600)
    around = shapely.box(1000, 0, 2000, 1000).difference(exclave)
    home = shapely.MultiPolygon([shapely.box(5000, 0, 6000, 1000), exclave])
    adjacency = neighbours_among(["around", "home"], [around, home])
    assert pairs(adjacency) == {"home-around"}
    assert adjacency.bridges == ()


def test_an_island_is_bridged_to_the_nearest_by_the_shortest_gap():
    shapes = [shapely.box(at, 0, at + 1000, 1000) for at in (0, 1000, 5000, 6000)]
    adjacency = neighbours_among(["a", "b", "c", "d"], shapes)
    assert pairs(adjacency) == {"b-a", "d-c", "c-b"}
    assert [bridge.gap_m for bridge in adjacency.bridges] == [3000.0]


def test_unknown_municipalities_have_no_neighbours():
    adjacency = neighbours_among(["a", "b"], [shapely.box(0, 0, 9, 99), shapely.box(9, 0, 18, 99)])
    assert adjacency.borders_among(["b", "x", "a"]).tolist() == [
        [False, False, True],
        [False] * 3,
        [True, False, False],
    ]


@pytest.fixture(scope="module")
def flanders():
    return shipped.dataset().adjacency


def named(adjacency, name):
    towns = shipped.dataset().municipalities
    code = next(town.nis_code for town in towns if town.name_nl == name)
    row = adjacency.borders[adjacency.nis_codes.index(code)]
    return {towns.by_nis[other].name_nl for other, is_next in zip(adjacency.nis_codes, row, strict=True) if is_next}


@pytest.mark.parametrize(
    ("name", "neighbours"),
    [
        ("Herstappe", {"Tongeren-Borgloon"}),
        ("Baarle-Hertog", {"Turnhout", "Hoogstraten", "Ravels", "Merksplas"}),
        ("Voeren", {"Riemst"}),
        ("Essen", {"Kalmthout"}),
        ("Sint-Joost-ten-Node", {"Brussel", "Schaarbeek"}),
    ],
)
def test_neighbours_as_the_atlas_has_them(flanders, name, neighbours):
    assert named(flanders, name) == neighbours


def test_only_voeren_needs_a_bridge(flanders):
    assert [(bridge.nis_code, bridge.other) for bridge in flanders.bridges] == [("73109", "73066")]
    assert flanders.bridges[0].gap_m == pytest.approx(4539, abs=1)


def test_neighbours_are_mutual_and_nobody_is_its_own(flanders):
    assert (flanders.borders == flanders.borders.T).all()
    assert not flanders.borders.diagonal().any()
    assert len(flanders.nis_codes) == 304
