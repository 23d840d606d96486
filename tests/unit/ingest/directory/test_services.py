"""A service is made of its rows and judgements: the place no better than known, the area by today's codes."""

import csv

import pytest

from geo.ingest.directory.judgements import TABLES, Judgements
from geo.ingest.directory.places import Locality, PlaceBook
from geo.ingest.directory.services import ServiceMaker
from geo.ingest.directory.sources import HOUSES, OTHERS, RowCollection, RowGroup, SourceRow
from geo.ingest.directory.tables import build_tables

GEEL = Locality("Geel", "13008", 4.98, 51.16, "2440")
DEURNE = Locality("Deurne", "11002", 4.46, 51.22, "2100")
DIEST = Locality("Deurne", "24020", 5.09, 51.04, "3290")
POSTCODES = {"13008": {"2440"}, "11002": {"2000", "2100"}, "24020": {"3290"}, "46029": {"9160", "9180"}}


class TinyBook(PlaceBook):
    """Four municipalities in memory: Geel, Antwerpen, Diest and Lokeren (with Moerbeke since 2025)."""

    def __init__(self):
        self._names = {"13008": "Geel", "11002": "Antwerpen", "24020": "Diest", "46029": "Lokeren"}
        self._provinces = dict.fromkeys(self._names, ("10000", "Antwerpen")) | {"46029": ("40000", "Oost-Vlaanderen")}
        self._codes = {"geel": "13008", "antwerpen": "11002", "diest": "24020", "lokeren": "46029", "moerbeke": "46029"}
        self._localities = {"13008": [GEEL], "11002": [DEURNE], "24020": [DIEST], "46029": []}
        self._places_of = {code: {postcode: {"x", "y"} for postcode in found} for code, found in POSTCODES.items()}
        self._postcode_points = {}


@pytest.fixture
def make(tmp_path):
    """Return a function that makes one service of rows, with judgements, and its problems."""

    def _make(*rows, kind=HOUSES, merged=(), **tables):
        for name, columns in TABLES.items():
            with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows({c: row.get(c, "") for c in columns} for row in tables.get(name, ()))
        judgements = Judgements.read(tmp_path)
        found = [SourceRow(kind, n, row["name"], {"confidence": "medium"} | row) for n, row in enumerate(rows, 1)]
        merged_rows = [(row, keep) for row, keep in zip(found[1:], merged, strict=True)]
        group = RowGroup("dienst", found[0], merged_rows, found[0].name, "")
        (service,) = ServiceMaker(TinyBook(), judgements).services(RowCollection((group,), ()))
        return service, judgements.problems

    return _make


def house(**values):
    return {"name": "Huis", "municipality": "Geel", "place": "Geel", "covers_municipalities": "Geel"} | values


def door(**values):
    return {"name": "CLB", "service_type": "clb", "place": "Geel"} | values


def test_street_stands_in_the_middle_of_its_locality(make):
    service, problems = make(house(street="Brigandshof", house_number="3"))
    (place,) = service.places
    assert problems == []
    assert (place.id, place.precision, place.lon, place.lat) == ("geel-brigandshof-3", "locality", 4.98, 51.16)
    assert (place.first_line, place.postcode, place.city) == ("Brigandshof 3", "2440", "Geel")


def test_bare_municipality_gets_no_point(make):
    (place,) = make(house())[0].places
    assert (place.precision, place.lon, place.lat, place.street) == ("municipality", None, None, "")


def test_lead_claims_no_street_but_keeps_its_locality(make):
    (place,) = make(house(street="Brigandshof", house_number="3", confidence="low"))[0].places
    assert (place.precision, place.street, place.house_number, place.postcode) == ("locality", "", "", "")
    assert place.lon == 4.98


def test_partnership_without_a_place_has_no_location(make):
    service, _ = make(house(place="", covers_municipalities="Geel;Diest"))
    assert service.places == []
    assert service.areas == [("13008", "Geel"), ("24020", "Diest")]


@pytest.mark.parametrize(
    ("covers", "expected"),
    [
        ("Moerbeke", [("46029", "Lokeren (Moerbeke)")]),
        ("Lokeren;Moerbeke", [("46029", "Lokeren")]),
        ("Antwerpen (Deurne)", [("11002", "Antwerpen (Deurne)")]),
    ],
)
def test_old_names_and_parts_map_to_municipalities_of_today(make, covers, expected):
    assert make(house(covers_municipalities=covers))[0].areas == expected


def test_postcode_tells_namesakes_apart(make):
    (place,) = make(door(place="Deurne", postcode="2100", street="Hallershofstraat"), kind=OTHERS)[0].places
    assert place.nis_code == "11002"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (door(place="Deurne"), "unknown_place"),
        (door(place="Nergens"), "unknown_place"),
        (door(postcode="9999", street="Markt"), "wrong_postcode"),
        (door(phone="011/80590"), "bad_phone"),
    ],
)
def test_what_cannot_be_told_is_a_problem(make, row, code):
    assert code in {problem.code for problem in make(row, kind=OTHERS)[1]}


def test_pupil_guidance_with_a_known_place_is_found_nearby_only(make):
    assert make(door(street="Markt"), kind=OTHERS)[0].areas == []
    assert make(door(), kind=OTHERS)[0].areas == [("13008", "Geel")]


def test_support_at_home_has_an_area_and_no_door(make):
    service, _ = make(door(service_type="mobile_support"), kind=OTHERS)
    assert (service.places, service.areas) == ([], [("13008", "Geel")])


def test_merged_rows_fill_gaps_and_add_their_place(make):
    first, second = house(place="", phone="014 58 85 34"), house(street="Markt", email="Huis@Geel.be", phone="106")
    service, _ = make(first, second, merged=[True])
    assert (service.email, service.phones) == ("huis@geel.be", ["+3214588534", "106"])
    assert [place.id for place in service.places] == ["geel-markt"]


def test_latest_dated_row_gives_date_and_source(make):
    old = house(source_date="2018-02", source_url="https://old.be")
    new = house(source_date="2020-03", source_url="https://new.be")
    service, _ = make(old, new, merged=[False])
    assert (service.assured_date, service.source_url) == ("2020-03-01", "https://new.be")


def test_source_that_is_no_link_is_not_shown(make):
    assert make(house(source_url="GitHub (broncode)"))[0].source_url == ""


def test_hours_of_a_row_merged_without_its_place_are_ignored(make):
    service, _ = make(house(), house(opening_hours="elke maandag 9-12u"), merged=[False])
    assert service.hours == []


def test_unread_hours_stay_text(make):
    (hours,) = make(house(opening_hours="babytheek: soms"))[0].hours
    assert (hours.schedule.description, hours.schedule.opens_at) == ("Babytheek: soms", None)


def test_counting_from_birth_keeps_pregnancy_where_the_type_begins_there(make):
    assert "pregnancy" in make(house(age_min="0", age_max="24"))[0].facts
    play = door(service_type="play_and_encounter", age_min="0", age_max="3")
    assert "pregnancy" not in make(play, kind=OTHERS)[0].facts


def test_judgements_about_the_service_are_applied(make):
    service, problems = make(
        house(organisation="Stad/OCMW Geel"),
        organizations=[{"source_organisation": "Stad/OCMW Geel", "organization": "Stad Geel", "why": "x"}],
        facts=[{"service_id": "dienst", "fact": "free", "why": "x"}],
        closures=[{"service_id": "dienst", "status": "announced", "why": "Not open yet."}],
        texts=[{"service_id": "dienst", "alert": "Vraag eerst na."}],
        areas=[{"service_id": "dienst", "area": "40000", "why": "x"}],
    )
    assert problems == []
    assert (service.organization, service.alert, service.status) == ("Stad Geel", "Vraag eerst na.", "announced")
    assert service.areas == [("40000", "Oost-Vlaanderen")]
    tables = build_tables([service], TinyBook())
    assert tables["service"][0]["status"] == "inactive"
    assert {row["taxonomy_term_id"] for row in tables["attribute"]} >= {
        "service_type:house_of_the_child",
        "status_detail:announced",
        "precision:municipality",
    }
    assert tables["cost_option"][0]["amount"] == "0"


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"facts": [{"service_id": "dienst", "fact": "cheap", "why": "x"}]}, "unknown_choice"),
        ({"closures": [{"service_id": "dienst", "status": "gone", "why": "x"}]}, "unknown_choice"),
        ({"areas": [{"service_id": "dienst", "area": "Atlantis", "why": "x"}]}, "unknown_area"),
        ({"locations": [{"service_id": "dienst", "municipality": "Atlantis", "why": "x"}]}, "unknown_municipality"),
    ],
)
def test_judgement_that_cannot_be_applied_is_named(make, tables, code):
    assert [problem.code for problem in make(house(), **tables)[1]] == [code]
