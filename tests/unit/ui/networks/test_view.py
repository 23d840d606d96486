"""What the map and the list of networks are told, in a land known by heart."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geo.ages import AgeGroup
from geo.directory import ServiceType
from geo.messages import Message, Name
from geo.networks import NetworkRequest, propose
from geo.networks.search import NEIGHBOUR_BY_BRIDGE, PARTNERSHIP_APART, TOO_FEW_CHILDREN, possible_seats
from geo.places.adjacency import Adjacency
from geo.places.boundaries import MunicipalityLookup
from geo.store.demand import Demand, DemandPoint
from geo.store.need import Need
from tests.support import tiny_flanders as land
from tests.support.datasets import dataset_of
from ui.networks import sentences, view
from ui.networks.colouring import NETWORK_COLOURS, colour_networks, touching_networks
from ui.networks.view import LEFT_OVER_CLASS
from words import i18n, problems

CHILDREN = {"Aster": 60, "Berk": 10, "Ceder": 20, "Den": 30, "Els": 40, "Fijnspar": 50}
CODE = land.NIS
HOUSE, SHOP = ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PARENTING_SHOP


def squares():
    """Six squares: Den, Els and Fijnspar above Aster, Berk and Ceder."""
    boxes = []
    for name in land.SQUARES:
        x, y = land.middle(name)
        boxes.append(shapely.box(x - 500, y - 500, x + 500, y + 500))
    return Adjacency.from_boundaries(MunicipalityLookup([CODE[name] for name in land.SQUARES], boxes))


def data():
    return land.dataset()


def proposal(**choices):
    towns = land.municipalities()
    points = [
        DemandPoint(
            sector=f"{CODE[name]}A",
            nis_code=CODE[name],
            submunicipality_code=CODE[name],
            x=land.middle(name)[0],
            y=land.middle(name)[1],
            children=(float(count), 1.0, 0.0, 0.0),
        )
        for name, count in CHILDREN.items()
    ]
    dataset = dataset_of(
        directory=data().directory,
        municipalities=towns,
        demand=Demand.from_points(points, towns.by_nis),
        need=Need({}),
        data_version="tiny",
    )
    known = {"min_children": 50, "max_across_km": 5.0, "types": frozenset({HOUSE, SHOP})}
    return propose(dataset, squares(), NetworkRequest(**(known | choices)), places=possible_seats(land.gazetteer()))


def shown(found):
    return view.map_for_browser(data(), found, squares())


@pytest.fixture(autouse=True)
def _no_files(monkeypatch):
    monkeypatch.setattr(view.browser_files, "points_file", lambda _data: "points.json")


# --- colours -------------------------------------------------------------------------------------------------------


def test_networks_that_touch_differ_in_colour():
    """A wheel: the hub touches five on a ring, so that four colours are needed."""
    ring = 5
    touch = np.zeros((ring + 1, ring + 1), dtype=bool)
    for at in range(ring):
        touch[at, (at + 1) % ring] = touch[at, ring] = True
    touch |= touch.T
    found = colour_networks(touch, colours=4)
    assert len(set(found)) == 4
    assert all(found[one] != found[other] for one, other in np.argwhere(touch))


@pytest.mark.parametrize("seed", range(12))
def test_six_colours_do_for_any_map(seed):
    """Triangles laid over random points make a flat graph, as networks that hang together are."""
    points = shapely.points(np.random.default_rng(seed).random((120, 2)))
    touch = np.zeros((len(points), len(points)), dtype=bool)
    at = {(point.x, point.y): i for i, point in enumerate(points)}
    for triangle in shapely.delaunay_triangles(shapely.multipoints(points)).geoms:
        corners = [at[corner] for corner in triangle.exterior.coords[:3]]
        touch[np.ix_(corners, corners)] = True
    touch &= ~np.eye(len(points), dtype=bool)
    found = colour_networks(touch, colours=6)
    assert all(found[one] != found[other] for one, other in np.argwhere(touch))


def test_colours_run_out_gently():
    """Four in pieces that all touch, and three colours: only one pair is alike."""
    touch = ~np.eye(4, dtype=bool)
    found = colour_networks(touch, colours=3)
    assert sorted(found.count(colour) for colour in range(3)) == [1, 1, 2]


def test_groups_touch_where_their_municipalities_border():
    groups = [(CODE["Aster"],), (CODE["Berk"], CODE["Els"]), (CODE["Fijnspar"],)]
    touch = touching_networks(groups, squares())
    assert touch.tolist() == [[False, True, False], [True, False, True], [False, True, False]]
    assert touching_networks([], squares()).shape == (0, 0)


# --- the map -------------------------------------------------------------------------------------------------------


def test_every_municipality_has_the_colour_of_its_network():
    """As in tests/unit/test_networks.py: Aster, Berk, Ceder; Den, Els; Fijnspar."""
    found = proposal()
    told = shown(found)
    assert told["groups"] == [network.members for network in found.networks]
    colour = dict(zip(told["codes"], told["classes"], strict=True))
    assert colour[CODE["Aster"]] == colour[CODE["Berk"]] == colour[CODE["Ceder"]]
    assert len({colour[CODE["Berk"]], colour[CODE["Els"]], colour[CODE["Fijnspar"]]}) == 3
    assert set(told["classes"]) <= set(range(len(NETWORK_COLOURS)))


def test_what_is_left_over_is_a_pattern_and_says_why():
    found = proposal(min_children=1_200)
    told = shown(found)
    assert set(told["classes"]) == {LEFT_OVER_CLASS}
    assert told["groups"] == []
    left = view.rows_for_browser(data(), found, {})["left"]
    assert {each["code"] for each in left} == set(CODE.values())
    assert all("1.200" in each["said"] for each in left)


def test_only_services_in_a_network_are_doors():
    found = proposal()
    located = {each for network in found.networks for offer in network.offers for each in offer.located}
    mask = view._door_mask(data(), found)
    assert {service.id for service, is_in in zip(data().directory.services, mask, strict=True) if is_in} == located
    assert located


# --- the list ------------------------------------------------------------------------------------------------------


def test_a_missing_service_is_never_said_not_to_be_there(monkeypatch):
    monkeypatch.setattr(sentences, "_", lambda text: text)
    monkeypatch.setattr(problems, "_", lambda text: text)
    found = proposal(types=frozenset({ServiceType.EDUCATIONAL_OPPORTUNITIES}))
    for network in found.networks:
        (line,) = sentences.missing_sentences(network)
        assert line.startswith("We know of no ")


def test_services_are_named_once_and_linked_by_their_id():
    found = proposal()
    told = view.rows_for_browser(data(), found, {})
    listed = {
        each for one in told["networks"] for offer in one["offers"] for each in (*offer["located"], *offer["serving"])
    }
    assert told["services"].keys() == listed
    assert all(told["services"][each] == data().directory.by_id[each].name for each in listed)


# --- sentences -----------------------------------------------------------------------------------------------------


@pytest.fixture
def english(monkeypatch):
    monkeypatch.setattr(sentences, "_", lambda text: text)
    monkeypatch.setattr(problems, "_", lambda text: text)


def test_notes_speak_the_language_of_the_reader(english):
    towns = land.municipalities()
    aster, berk = (
        Name(town.name_nl, town.name_fr) for town in (towns.by_nis[CODE[name]] for name in ("Aster", "Berk"))
    )
    note = Message(NEIGHBOUR_BY_BRIDGE, {"name": aster, "other": berk, "km": 4.5})
    assert problems.sentence(note).endswith("4,5 km away.")
    i18n.use_language("fr")
    assert problems.sentence(note).startswith(aster.fr)
    few = Message(TOO_FEW_CHILDREN, {"name": aster, "km": 25, "children": 1_234, "least": 5_000})
    assert "25 km" in problems.sentence(few)
    assert "1234" not in problems.sentence(few)
    assert problems.sentence(Message(PARTNERSHIP_APART, {"name": Name("Huis X")})).startswith("Huis X")


def test_a_proof_is_claimed_only_where_there_is_one(english):
    found = proposal()
    assert sentences.proof_sentence(found).startswith("Proven")

    half = replace(found, bound=found.spread / 2)
    assert "50,00 %" in sentences.proof_sentence(half)
    unsure = replace(proposal(min_children=1_200), fewest_left=0)
    assert "not known" in sentences.proof_sentence(unsure)


def test_the_seat_is_named_with_its_municipality_once(english):
    for network in proposal().networks:
        place = network.seat.place
        assert sentences.seat_text(network).count(place.municipality_nl) == 1


def test_ages_are_counted_apart_only_when_there_are_several(english):
    (one,) = [network for network in proposal().networks if CODE["Fijnspar"] in network.members]
    assert "km across" not in sentences.facts_text(one)
    found = proposal(ages=frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5}), min_children=40)
    assert all(sentences.facts_text(network).count(":") == 2 for network in found.networks)
