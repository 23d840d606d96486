"""Which municipalities resemble each other, by hand and by the definition taken literally."""

import math
import statistics
from dataclasses import replace

import numpy as np
import pytest

from geo.ages import AgeGroup
from geo.coverage.peers import PEER_COUNT, find_peers
from geo.store.need import Need
from tests.support import shipped, tiny_demand
from tests.support.tiny_flanders import NIS

NAMES = {nis: name for name, nis in NIS.items()}


def alike(towns, children, need=()):
    """The peers of each municipality by name, most alike first."""
    dataset = tiny_demand.dataset(municipalities=towns, need=Need(dict(need)))
    codes = dataset.demand.nis_codes
    found = find_peers(dataset, np.array([children[NAMES[code]] for code in codes], dtype=float))
    assert found.shape == (len(codes), PEER_COUNT)
    return {
        NAMES[code]: [NAMES[codes[at]] for at in row if at >= 0]
        for code, row in zip(codes, found.tolist(), strict=True)
    }


def same_towns(**densities):
    """The municipalities with one density, unless said otherwise."""
    return [replace(town, population=densities.get(town.name_nl, 1_000)) for town in tiny_demand.towns()]


def test_those_with_as_many_children_come_first():
    children = {"Aster": 100, "Berk": 110, "Ceder": 1_000, "Den": 1_050, "Els": 20_000, "Fijnspar": 0}
    found = alike(same_towns(), children)
    assert found["Aster"] == ["Berk", "Ceder", "Den", "Fijnspar", "Els"]  # 110, 1,000, 1,050; then factors 101 and 200
    assert found["Ceder"][0] == "Den"
    assert found["Fijnspar"] == ["Aster", "Berk", "Ceder", "Den", "Els"]


def test_inhabitants_per_square_kilometre_count_not_inhabitants():
    children = dict.fromkeys(NIS, 100)
    towns = [replace(town, population=500, area_km2=0.5) for town in same_towns()[:1]] + same_towns(
        Berk=5_000, Ceder=2_000, Den=900, Els=50, Fijnspar=10
    )[1:]
    assert alike(towns, children)["Aster"] == ["Den", "Ceder", "Berk", "Els", "Fijnspar"]


def test_what_is_not_known_of_one_is_left_out():
    need = {NIS["Aster"]: 10.0, NIS["Berk"]: 30.0, NIS["Ceder"]: 14.0}
    found = alike(same_towns(), dict.fromkeys(NIS, 100), need)
    assert found["Aster"] == ["Den", "Els", "Fijnspar", "Ceder", "Berk"]  # unknown need makes no difference; 14; 30
    assert found["Den"] == ["Aster", "Berk", "Ceder", "Els", "Fijnspar"]  # all as alike: by code


def test_peers_lie_in_the_same_region():
    towns = [replace(town, region_code="04000" if town.name_nl in ("Den", "Els") else "02000") for town in same_towns()]
    found = alike(towns, dict.fromkeys(NIS, 100))
    assert found["Den"] == ["Els"]
    assert sorted(found["Aster"]) == ["Berk", "Ceder", "Fijnspar"]


def test_a_municipality_alone_has_no_peers():
    assert alike(same_towns()[:1], {"Aster": 100}) == {"Aster": []}


@pytest.fixture(scope="module")
def flanders():
    return shipped.dataset()


def test_the_definition_taken_literally_gives_the_same_peers(flanders):
    codes = flanders.demand.nis_codes
    children = flanders.demand.per_municipality(flanders.demand.of([AgeGroup.FROM_0_TO_2]))
    towns = [flanders.municipalities.by_nis[code] for code in codes]
    features = [
        [math.log1p(number) for number in children],
        [math.log1p(town.population / town.area_km2) for town in towns],
        [flanders.need.deprivation_pct.get(code) for code in codes],
    ]
    spreads = [statistics.pstdev(value for value in feature if value is not None) for feature in features]

    def difference(one, other):
        parts = [
            ((feature[one] - feature[other]) / spread) ** 2
            for feature, spread in zip(features, spreads, strict=True)
            if feature[one] is not None and feature[other] is not None
        ]
        return math.sqrt(statistics.fmean(parts))

    found = find_peers(flanders, children)
    for at in range(0, len(codes), 6):
        others = [o for o in range(len(codes)) if o != at and towns[o].region_code == towns[at].region_code]
        nearest = sorted(difference(at, other) for other in others)[:PEER_COUNT]
        assert len(set(found[at].tolist()) | {at}) == PEER_COUNT + 1
        assert set(found[at].tolist()) <= set(others)
        assert [difference(at, peer) for peer in found[at].tolist()] == pytest.approx(nearest, abs=1e-9)
