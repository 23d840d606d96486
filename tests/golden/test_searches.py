"""Searches on the shipped data whose right answer was read in the sources, not in the program.

`serving` is the first service that serves the municipality: the source names it as covered. `nearby` stands nearest:
measured over the globe between the coordinates in location.csv and the point of the place.
"""

import datetime as dt
import math
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from geo.ages import AgeGroup
from geo.directory import ServiceType
from geo.finder import ServiceFilter, search
from geo.places.gazetteer import AmbiguousName, Match, UnknownName
from geo.places.place import ServiceAreaLevel
from tests.support import shipped

DATA = Path(__file__).resolve().parents[2] / "data"
NOW = dt.datetime(2025, 6, 3, 10, 0, tzinfo=ZoneInfo("Europe/Brussels"))

SEARCHES = [
    # typed, place, first that serves, nearest trusted
    # postcodes
    ("2800", "postcode:2800", "huis-van-het-kind-mechelen", "consultatiebureau-kapelle-op-den-bos"),
    ("9000 Gent", "postcode:9000", "de-sloep-gent", "vrij-clb-deinze"),
    ("B-3500 Hasselt", "postcode:3500", "huis-van-het-kind-hasselt", "huis-van-het-kind-hasselt"),
    ("Kerkstraat 1, 8670 Koksijde", "postcode:8670", None, "clb-veurne"),
    ("2812 Muizen", "submunicipality:12025F", "huis-van-het-kind-mechelen", "clb-keerbergen"),
    # mergers: old towns in new municipalities
    ("Neerpelt", "former_municipality:72025", "huis-van-het-kind-pelt", "huis-van-het-kind-pelt"),
    ("Overpelt", "former_municipality:72029", "huis-van-het-kind-pelt", "huis-van-het-kind-pelt"),
    ("Zwijndrecht", "former_municipality:11056", "huis-van-het-kind-beveren", "huis-van-het-kind-hoboken"),
    ("Borgloon", "former_municipality:73009", "huis-van-het-kind-tongeren", "huis-van-het-kind-tongeren"),
    (
        "Ruiselede",
        "former_municipality:37012",
        "huis-van-het-kind-meulebeke-pittem-wingene-ruiselede",
        "huis-van-het-kind-dentergem",
    ),
    ("Merelbeke", "former_municipality:44043", "huis-van-het-kind-merelbeke", "vrij-clb-deinze"),
    ("Ham", "former_municipality:71069", "huis-van-het-kind-tessenderlo", "huis-van-het-kind-geel-laakdal-meerhout"),
    # French and other foreign names
    ("Courtrai", "municipality:34022", "opvoedingswinkel-kortrijk", "huis-van-het-kind-harelbeke"),
    ("Louvain", "municipality:24062", "huis-van-het-kind-leuven", "clb-leuven"),
    ("Ypres", "municipality:33011", "huis-van-het-kind-westhoek", "huis-van-het-kind-poperinge-vleteren"),
    ("Renaix", "municipality:45041", "de-katrol-caw-oost-vlaanderen", "vrij-clb-ronse"),
    ("Bruxelles", "municipality:21004", "baboes-brussel", "baboes-brussel"),
    ("Brussels", "municipality:21004", "baboes-brussel", "baboes-brussel"),
    ("Laeken", "locality:1020-laken", "baboes-brussel", "baboes-brussel"),
    ("Schaerbeek", "municipality:21015", "baboes-brussel", "baboes-brussel"),
    # misspelt, short, old
    ("Gnet", "municipality:44021", "de-sloep-gent", "vrij-clb-deinze"),
    ("Lueven", "municipality:24062", "huis-van-het-kind-leuven", "clb-leuven"),
    ("sint niklas", "municipality:46021", "huis-van-het-kind-sint-niklaas", "huis-van-het-kind-sint-niklaas"),
    ("Oostned", "municipality:35013", "huis-van-het-kind-oostende", "huis-van-het-kind-oostende"),
    ("Aalts", "municipality:41002", "huis-van-het-kind-aalst", "huis-van-het-kind-aalst"),
    ("Haselt", "municipality:71072", "huis-van-het-kind-hasselt", "huis-van-het-kind-hasselt"),
    ("Antwerpn", "municipality:11002", "huis-van-het-kind-antwerpen-zuid", "huis-van-het-kind-antwerpen-zuid"),
    ("Merxem", "submunicipality:11002Q", "huis-van-het-kind-deurne-noord", "huis-van-het-kind-deurne-noord"),
    ("Molenbeek", "municipality:21012", "huis-van-het-kind-brussel", "baboes-brussel"),
    ("Nieuwkerken", "submunicipality:46021B", "huis-van-het-kind-sint-niklaas", "huis-van-het-kind-sint-niklaas"),
    # one name, several places
    ("Halle", "municipality:23027", "huis-van-het-kind-halle", "huis-van-het-kind-halle"),
    ("Deurne", "submunicipality:11002R", "huis-van-het-kind-deurne-noord", "huis-van-het-kind-deurne-noord"),
    ("Deurne (Diest)", "submunicipality:24020F", "huis-van-het-kind-diest", "huis-van-het-kind-diest"),
    ("Beveren (Beveren-Kruibeke-Zwijndrecht)", "former_municipality:46003", "huis-van-het-kind-beveren", "clb-beveren"),
    # at a border: what is nearest stands in another municipality or province
    ("Menen", "municipality:34027", "huis-van-het-kind-menen", "huis-van-het-kind-menen"),
    ("Essen", "municipality:11016", "huis-van-het-kind-essen", "speelbabbel-brecht"),
    ("Lo-Reninge", "municipality:32030", "huis-van-het-kind-westhoek", "huis-van-het-kind-poperinge-vleteren"),
    ("Oudenaerde", "municipality:45035", "de-katrol-caw-oost-vlaanderen", "vrij-clb-ronse"),
    ("Damme", "municipality:31006", "huis-van-het-kind-zedelgem-oostkamp-damme", "clb-brugge"),
    # stations
    ("Brugge station", "station:008891009", "huis-van-het-kind-brugge", "clb-brugge"),
    ("gare de Malines", "station:008822004", "huis-van-het-kind-mechelen", "consultatiebureau-kapelle-op-den-bos"),
    ("Gent-Sint-Pieters", "station:008892007", "de-sloep-gent", "vrij-clb-deinze"),
    ("Brussel-Zuid", "station:008814001", "huis-van-het-kind-brussel", "baboes-brussel"),
]


@pytest.fixture(scope="module")
def data():
    return shipped.dataset()


def globe_m(place, location):
    """Metres over a sphere: good to half a percent, and independent of every projection."""
    lon, lat, other_lon, other_lat = (math.radians(v) for v in (place.lon, place.lat, location.lon, location.lat))
    chord = math.sin((other_lat - lat) / 2) ** 2
    chord += math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * 6_371_000 * math.asin(math.sqrt(chord))


@pytest.mark.parametrize(("typed", "place_id", "serving", "nearby"), SEARCHES, ids=[typed for typed, *_ in SEARCHES])
def test_search(data, typed, place_id, serving, nearby):
    answer = data.gazetteer.resolve(typed)
    assert isinstance(answer, Match), answer
    assert answer.place.id == place_id
    result = search(data, answer.place, ServiceFilter(), now=NOW)
    if serving is None:
        assert {hit.area_level for hit in result.serving} <= {
            ServiceAreaLevel.PROVINCE,
            ServiceAreaLevel.REGION,
            ServiceAreaLevel.EVERYWHERE,
        }
    else:
        assert result.serving[0].service.id == serving
    least = result.nearby[0].distance_m
    nearest = {hit.service.id: hit for hit in result.nearby if hit.distance_m - least < 1}
    assert nearby in nearest
    assert least == pytest.approx(globe_m(answer.place, nearest[nearby].location), rel=0.005, abs=1)


def test_there_are_at_least_forty():
    assert len(SEARCHES) >= 40


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        (
            "Beveren",
            ["former_municipality:46003", "submunicipality:36015Y", "submunicipality:34040B", "submunicipality:38002G"],
        ),
        ("Moerbeke", ["former_municipality:44045", "submunicipality:41018R"]),
        ("Woluwe", ["municipality:21018", "municipality:21019", "submunicipality:23094D"]),
        ("2800 Antwerpen", ["postcode:2800", "municipality:11002"]),
    ],
)
def test_the_reader_chooses(data, typed, choices):
    answer = data.gazetteer.resolve(typed)
    assert isinstance(answer, AmbiguousName)
    assert [place.id for place in answer.choices] == choices


@pytest.mark.parametrize(
    ("typed", "alternative"),
    [
        ("Halle", "submunicipality:11055B"),
        ("Nieuwerkerken", "submunicipality:41002J"),
        ("Machelen", "submunicipality:44081C"),
    ],
)
def test_a_town_wins_and_the_other_place_of_its_name_is_offered(data, typed, alternative):
    answer = data.gazetteer.resolve(typed)
    assert answer.place.kind == "municipality"
    assert [place.id for place in answer.alternatives] == [alternative]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("2802", "postcode:2801"),
        ("280", "postcode:2800"),
        ("Rotterdm", None),
        ("Parijs", None),
        ("Rijsel", None),
        ("xyzzy", None),
    ],
)
def test_what_does_not_exist_is_unknown(data, typed, first):
    answer = data.gazetteer.resolve(typed)
    assert isinstance(answer, UnknownName)
    assert first in (None, *(place.id for place in answer.suggestions))


def test_every_shipped_name_leads_to_its_municipality(data):
    lost = []
    for name, place_id in data.gazetteer.names:
        place, answer = data.gazetteer.by_id(place_id), data.gazetteer.resolve(name)
        match answer:
            case Match(found, alternatives):
                reached = {found.nis_code, *(other.nis_code for other in alternatives)}
            case AmbiguousName(_, choices):
                reached = {other.nis_code for other in choices}
            case _:
                reached = set()
        if place.nis_code not in reached:
            lost.append((name, place_id))
    assert not lost


def test_every_name_shown_can_be_typed_again(data):
    shown = {place.name_nl: place for _, i in data.gazetteer.names if (place := data.gazetteer.by_id(i))}
    lost = [name for name, place in shown.items() if getattr(data.gazetteer.resolve(name), "place", None) != place]
    answers = {name: data.gazetteer.resolve(name) for name in lost}
    wrong = {
        name
        for name, answer in answers.items()
        if not isinstance(answer, Match | AmbiguousName)
        or shown[name].nis_code not in {p.nis_code for p in getattr(answer, "choices", ()) or (answer.place,)}
    }
    assert not wrong


def test_a_house_of_the_child_stands_before_the_lines_and_professionals_come_last(data):
    result = search(data, data.gazetteer.by_id("municipality:13008"), ServiceFilter(), now=NOW)
    kinds = [hit.service.service_type for hit in result.serving]
    assert kinds[0] is ServiceType.HOUSE_OF_THE_CHILD
    assert kinds[-1] is ServiceType.PROVINCIAL_CENTRE
    assert kinds.index(ServiceType.PARENTING_LINE) > kinds.index(ServiceType.PUPIL_GUIDANCE_CENTRE)


def test_where_nothing_local_is_known_it_says_so_and_points_further(data):
    result = search(data, data.gazetteer.by_id("municipality:38014"), ServiceFilter(), now=NOW)
    hints = result.hints
    assert hints.is_little
    assert {"opvoedingslijn", "awel", "1712"} <= set(hints.everywhere)
    assert hints.nearest_match.service.id == "clb-veurne"


def test_a_baby_needs_no_pupil_guidance(data):
    babies = ServiceFilter(ages=frozenset({AgeGroup.PREGNANT}))
    result = search(data, data.gazetteer.by_id("municipality:24062"), babies, now=NOW)
    assert "clb-leuven" not in {hit.service.id for hit in result.nearby}
    assert result.counts_by_type[ServiceType.PUPIL_GUIDANCE_CENTRE] == 0


def test_nothing_in_the_directory_is_unfindable(data):
    reached = set()
    for municipality in data.municipalities:
        place = data.gazetteer.by_id(f"municipality:{municipality.nis_code}")
        result = search(data, place, ServiceFilter(), now=NOW, limit=0)
        reached |= {data.directory.services[row].id for row in result.rows}
    everything = search(data, None, ServiceFilter(), now=NOW, limit=0)
    assert reached == {data.directory.services[row].id for row in everything.rows}
