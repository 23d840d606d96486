"""Candidates of the shipped data: every deelgemeente, station and door, named as people know them."""

import numpy as np
import pytest

from geo.directory.service import Precision, Status
from geo.errors import RequestError
from geo.planning import PlanRequest
from geo.planning.choices import CandidateKind
from tests.support import shipped, tiny_flanders, tiny_plan
from tests.support.tiny_demand import house
from tests.support.tiny_flanders import NIS, location


@pytest.fixture(scope="module")
def real():
    return shipped.book()


def test_every_deelgemeente_is_a_candidate(real):
    assert len(real.submunicipalities) == 1_119
    assert len({each.id for each in real.submunicipalities}) == 1_119
    assert {each.nis_code for each in real.submunicipalities} == set(real.dataset.municipalities.by_nis)


def test_they_are_named_as_people_know_them(real):
    names = {each.id: (each.name_nl, each.name_fr) for each in real.submunicipalities}
    assert names["submunicipality:11002P"] == ("Ekeren (Antwerpen)", "Ekeren (Anvers)")
    assert names["submunicipality:11001A"] == ("Aartselaar", "Aartselaar")
    assert names["submunicipality:36015Z"] == ("Roeselare", "Roulers")


def test_they_stand_where_the_finder_finds_them(real):
    place = real.gazetteer.by_id("submunicipality:11002P")
    candidate = real.candidate(place.id)
    assert (candidate.x, candidate.y, candidate.lon, candidate.lat) == (place.x, place.y, place.lon, place.lat)


def test_the_middle_of_a_municipality_of_one_part_is_that_of_the_municipality(real):
    town = real.dataset.municipalities.by_nis["11001"]  # Aartselaar has one deelgemeente
    candidate = real.candidate("submunicipality:11001A")
    assert (candidate.x, candidate.y) == pytest.approx((town.x, town.y), abs=0.2)
    assert (candidate.lon, candidate.lat) == pytest.approx((town.lon, town.lat), abs=1e-5)


def test_each_stands_among_its_own_children(real):
    demand = real.dataset.demand
    for each in real.submunicipalities:
        nearest = int(np.hypot(demand.x - each.x, demand.y - each.y).argmin())
        assert demand.nis_codes[demand.municipality[nearest]] == each.nis_code


def test_stations(real):
    assert len(real.stations) == 295
    assert real.candidate("station:008891009").name_nl == "Brugge (station)"


def test_doors_of_services_that_stopped_are_none():
    land = tiny_plan.book(
        house("gone", location("Aster"), status=Status.DEFUNCT),
        house("about", location("Berk", precision=Precision.LOCALITY, street="")),
        house("sure", location("Berk")),
        house("somewhere", location("Den", precision=Precision.MUNICIPALITY)),
    )
    (door,) = land.doors
    assert (door.name_nl, door.is_approximate, door.nis_code) == ("sure (Laan 1)", False, NIS["Berk"])


def test_a_point_is_named_after_what_is_near():
    land = tiny_plan.book()
    berk = tiny_plan.candidate("Berk")
    found = land.candidate(f"point:{berk.lon:.6f}_{berk.lat:.6f}")
    assert (found.name_nl, found.nis_code) == ("Wilg (51.1126, 3.6762)", NIS["Berk"])  # a deelgemeente of Berk
    assert (found.x, found.y) == pytest.approx((berk.x, berk.y), abs=0.2)
    assert found.id == f"point:{berk.lon:.6f}_{berk.lat:.6f}"


@pytest.mark.parametrize("wanted", ["", "Aster", "point:4", "point:400_51", "point:nan_1", "station:99"])
def test_an_id_that_is_none_is_refused(wanted):
    with pytest.raises(RequestError, match="is no candidate"):
        tiny_plan.book().candidate(wanted)


def test_candidates_of_an_area_with_the_kept_ones_wherever_they_are():
    request = PlanRequest(kept=frozenset({"station:1"}), forbidden=frozenset({tiny_plan.site("Den")}))
    found = tiny_plan.book().candidates(request, [NIS["Den"], NIS["Els"]])
    assert [each.id for each in found] == ["station:1", tiny_plan.site("Els")]
    assert [each.kind for each in found] == [CandidateKind.STATION, CandidateKind.SUBMUNICIPALITY]
    assert tiny_flanders.NIS["Aster"] == found[0].nis_code
