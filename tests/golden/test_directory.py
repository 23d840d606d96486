"""The directory: real services, each once, where they say they are, with nothing claimed that is doubted."""

import csv
import json
import os
import re
from collections import Counter, defaultdict
from pathlib import Path

import geopandas as gpd
import phonenumbers
import pytest
import shapely

from geo.directory import SERVICE_TYPES
from geo.hsds.services import services_from
from geo.ingest.directory.judgements import Judgements
from geo.ingest.directory.package import COLUMNS
from geo.ingest.directory.places import PlaceBook
from geo.ingest.directory.services import ServiceMaker
from geo.ingest.directory.sources import collect_rows

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
NAMED = os.environ.get("OPVOEDKAART_SOURCES", "")
CANDIDATES = (Path(NAMED),) if NAMED else (ROOT.parent / "shared" / "sources",)
SOURCES = [folder for folder in CANDIDATES if (folder / "services").is_dir()]

CENTRAL_TOWNS = {
    "Aalst": "41002",
    "Antwerpen": "11002",
    "Brugge": "31005",
    "Genk": "71016",
    "Gent": "44021",
    "Hasselt": "71072",
    "Kortrijk": "34022",
    "Leuven": "24062",
    "Mechelen": "12025",
    "Oostende": "35013",
    "Roeselare": "36015",
    "Sint-Niklaas": "46021",
    "Turnhout": "13040",
    "Brussel": "04000",
}
PROVINCES = ("10000", "20001", "30000", "40000", "70000", "04000")


def read(table):
    with (DATA / "directory" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def tables():
    return {name: read(name) for name in COLUMNS}


@pytest.fixture(scope="module")
def services(tables):
    return {row["id"]: row for row in tables["service"]}


@pytest.fixture(scope="module")
def terms(tables):
    found = defaultdict(dict)
    for row in tables["attribute"]:
        taxonomy, _, code = row["taxonomy_term_id"].partition(":")
        found[row["link_entity"], row["link_id"]].setdefault(taxonomy, []).append(row["value"] or code)
    return found


@pytest.fixture(scope="module")
def areas(tables):
    found = defaultdict(dict)
    for row in tables["service_area"]:
        found[row["service_id"]][row["extent"]] = row["name"]
    return found


@pytest.fixture(scope="module")
def places(tables):
    locations = {row["id"]: row for row in tables["location"]}
    found = defaultdict(list)
    for row in tables["service_at_location"]:
        found[row["service_id"]].append(locations[row["location_id"]])
    return found


@pytest.fixture(scope="module")
def streets(tables):
    return {row["location_id"]: row for row in tables["address"]}


def of_type(terms, kind):
    return {key for (entity, key), found in terms.items() if entity == "service" and found["service_type"] == [kind]}


def test_counts(tables, terms):
    assert {name: len(rows) for name, rows in tables.items() if name not in ("attribute", "taxonomy_term")} == {
        "organization": 126,
        "service": 273,
        "location": 197,
        "service_at_location": 211,
        "address": 69,
        "phone": 43,
        "language": 0,
        "schedule": 87,
        "service_area": 320,
        "cost_option": 47,
        "taxonomy": 9,
    }
    assert Counter(terms["service", row["id"]]["service_type"][0] for row in tables["service"]) == {
        "house_of_the_child": 141,
        "pupil_guidance_centre": 33,
        "play_and_encounter": 30,
        "parenting_shop": 20,
        "educational_opportunities": 11,
        "counselling_centre": 9,
        "mobile_support": 9,
        "parenting_line": 8,
        "provincial_centre": 6,
        "family_care_centre": 3,
        "iapsc_team": 3,
    }
    assert Counter(terms["service", row["id"]]["confidence"][0] for row in tables["service"]) == {
        "medium": 136,
        "low": 74,
        "high": 63,
    }
    assert Counter(terms["location", row["id"]]["precision"][0] for row in tables["location"]) == {
        "municipality": 103,
        "locality": 94,
    }


def test_package_says_what_the_files_hold(tables):
    package = json.loads((DATA / "directory" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "tabular-data-package"
    for resource in package["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        header = (DATA / "directory" / resource["path"]).read_text(encoding="utf-8").split("\n")[0]
        assert header == ",".join(columns) == ",".join(COLUMNS[resource["name"]].split())


def test_ids_are_readable_unique_and_sorted(tables):
    for name, rows in tables.items():
        ids = [row["id"] for row in rows]
        assert ids == sorted(set(ids)), name
        pattern = r"[a-z_]+:[a-z0-9_]+" if name == "taxonomy_term" else r"[a-z0-9_-]{1,80}"
        assert [key for key in ids if not re.fullmatch(pattern, key)] == []


def test_references_resolve(tables):
    ids = {name: {row["id"] for row in rows} for name, rows in tables.items()}
    for name, rows in tables.items():
        for column in COLUMNS[name].split():
            table = column.removesuffix("_id")
            if column.endswith("_id") and table in ids:
                assert {row[column] for row in rows} - {""} <= ids[table], (name, column)
    for row in tables["attribute"]:
        assert row["link_id"] in ids[row["link_entity"]]


def test_each_service_has_one_type_one_confidence_and_a_place_or_an_area(services, terms, areas, places):
    for key in services:
        found = terms["service", key]
        assert len(found["service_type"]) == len(found["confidence"]) == 1
        assert found["service_type"][0] in set(SERVICE_TYPES)
        assert areas[key] or any(place["latitude"] for place in places[key]), f"nobody can find {key}"


def test_located_services_lie_in_the_municipality_they_claim(tables):
    polygons = gpd.read_parquet(DATA / "boundaries" / "municipalities.parquet").to_crs(4326).set_index("nis_code")
    outside = [
        row["id"]
        for row in tables["location"]
        if row["latitude"]
        and not polygons.geometry[row["external_identifier"]].contains(
            shapely.Point(float(row["longitude"]), float(row["latitude"]))
        )
    ]
    assert outside == []
    assert {row["external_identifier"] for row in tables["location"]} <= set(polygons.index)


def test_only_known_places_have_coordinates(tables, terms):
    for row in tables["location"]:
        precision = terms["location", row["id"]]["precision"][0]
        assert bool(row["latitude"]) == bool(row["longitude"]) == (precision == "locality")


@pytest.mark.parametrize("town", CENTRAL_TOWNS)
def test_central_towns_have_a_parenting_shop(town, services, terms, areas):
    key = f"opvoedingswinkel-{town.lower()}"
    assert terms["service", key]["service_type"] == ["parenting_shop"]
    assert services[key]["name"] == f"Opvoedingswinkel {town}"
    assert services[key]["status"] == "active"
    assert list(areas[key]) == [CENTRAL_TOWNS[town]]


def test_each_province_and_brussels_has_a_provincial_centre(terms, areas):
    centres = of_type(terms, "provincial_centre")
    assert sorted(code for key in centres for code in areas[key]) == sorted(PROVINCES)


def test_lines_serve_everywhere_but_the_one_of_genk(terms, areas):
    served = {key: set(areas[key]) for key in of_type(terms, "parenting_line")}
    assert served.pop("baby-op-komst-lijn-genk") == {"71016"}
    assert len(served) == 7
    assert all(codes == {"02000", "04000"} for codes in served.values())


SAME_THING = {
    "huis-van-het-kind-geel-laakdal-meerhout": ["geel-brigandshof-3"],
    "huis-van-het-kind-genk": ["genk-campus-o3", "genk-genk-zuid-sledderlo"],
    "huis-van-het-kind-lokeren-moerbeke": ["lokeren-sport-en-jeugdsite"],
    "huis-van-het-kind-eeklo": ["eeklo-zuidmoerstraat-136", "eeklo-visstraat-14"],
    "huis-van-het-kind-middenkempen": ["herenthout-kloosterstraat", "vorselaar-cardijnlaan-6"],
    "peuterspeelpunt-dessel": ["dessel-netestraat-36"],
    "tovertuin-roeselare": ["roeselare-krottegem", "roeselare-spelotheek-goed"],
    "speelbabbel-brecht": ["brecht-sint-willibrordusstraat", "sint-job-in-t-goor-pastorie"],
    "peuterspeelpunten-vilvoorde": ["vilvoorde-houtem", "vilvoorde-kassei", "vilvoorde-far-west", "vilvoorde-centrum"],
    "baboes-brussel": [
        "brussel-nieuwland-198",
        "schaarbeek-kinderdagverblijf",
        "laken-laken",
        "brussel-ijzerenkruisstraat",
    ],
}


@pytest.mark.parametrize("key", SAME_THING)
def test_rows_about_the_same_thing_are_one_service(key, places):
    assert [place["id"] for place in places[key]] == SAME_THING[key]


@pytest.mark.parametrize(
    "gone",
    [
        "huis-van-het-kind-geel",
        "huis-van-het-kind-lokeren",
        "huis-van-het-kind-oostkamp",
        "huis-van-het-kind-herenthout",
        "de-katrol-aalter",
        "baboes-schaarbeek",
    ],
)
def test_merged_rows_leave_no_second_service(gone, services):
    assert gone not in services


@pytest.mark.parametrize(
    ("location", "sharing"),
    [
        ("aalst-grote-markt-3", {"huis-van-het-kind-aalst", "opvoedingswinkel-aalst"}),
        ("mechelen-sociaal-huis", {"huis-van-het-kind-mechelen", "opvoedingswinkel-mechelen"}),
        ("halle-kanaalbrugstraat-5d", {"huis-van-het-kind-halle", "de-speelwolk-halle"}),
        ("gistel-bruidstraat-9", {"huis-van-het-kind-gistel", "ontmoetingsruimte-huis-van-het-kind-gistel"}),
        ("kontich-antwerpsesteenweg-62", {"consultatiebureau-kontich", "het-speelpunt-kontich"}),
        ("eeklo-visstraat-14", {"huis-van-het-kind-eeklo", "clb-eeklo"}),
        ("herderen-sint-jansstraat", {"huis-van-het-kind-riemst", "opvoedingswinkel-zuid-limburg"}),
        ("lier-transvaalstraat-42", {"huis-van-het-kind-lier", "peuterspeelpunt-kinnebaba"}),
    ],
)
def test_services_under_one_roof_share_the_location(location, sharing, tables):
    found = {row["service_id"] for row in tables["service_at_location"] if row["location_id"] == location}
    assert found == sharing


PARTNERSHIPS = {
    "huis-van-het-kind-laarne-wichelen-wetteren": {"42010", "42026", "42025"},
    "huis-van-het-kind-voorkempen": {"11009", "11039", "11055", "11054", "11050"},
    "huis-van-het-kind-regio-mol": {"13003", "13006", "13025", "13036"},
    "huis-van-het-kind-lokeren-moerbeke": {"46029"},
    "huis-van-het-kind-geel-laakdal-meerhout": {"13008", "13053", "13021"},
    "huis-van-het-kind-hemiksem-niel-schelle": {"11018", "11030", "11038"},
    "huis-van-het-kind-maaseik-kinrooi": {"72021", "72018"},
    "huis-van-het-kind-poperinge-vleteren": {"33021", "33041"},
    "huis-van-het-kind-zedelgem-oostkamp-damme": {"31040", "31022", "31006"},
    "huis-van-het-kind-theodora": {"21010", "21008", "21003"},
    "opvoedingswinkel-noord-limburg": {"72003", "72004", "72037", "72038", "72020", "72042", "72030", "72043"},
    "de-katrol-meetjesland": {"44084", "43002", "43005", "43007", "44085", "43010", "44083"},
}


@pytest.mark.parametrize("key", PARTNERSHIPS)
def test_partnerships_serve_all_their_members_by_code_of_2025(key, areas):
    assert set(areas[key]) == PARTNERSHIPS[key]


def test_a_partnership_and_its_independent_members_serve_all_members_together(areas):
    westhoek = areas["huis-van-het-kind-westhoek"].keys() | areas["huis-van-het-kind-poperinge-vleteren"].keys()
    assert len(westhoek) == 9
    four = [f"huis-van-het-kind-{name}" for name in ("meulebeke-pittem-wingene-ruiselede", "meulebeke", "wingene")]
    assert set().union(*(areas[key] for key in four)) == {"37011", "37021", "37022"}


@pytest.mark.parametrize(
    ("key", "code", "name"),
    [
        ("huis-van-het-kind-tongeren", "73111", "Tongeren-Borgloon (Tongeren)"),
        ("huis-van-het-kind-kruibeke", "46030", "Beveren-Kruibeke-Zwijndrecht (Kruibeke)"),
        ("huis-van-het-kind-merelbeke", "44088", "Merelbeke-Melle (Merelbeke)"),
        ("huis-van-het-kind-deurne-noord", "11002", "Antwerpen (Deurne)"),
        ("huis-van-het-kind-antwerpen-zuid", "11002", "Antwerpen (Antwerpen-Zuid)"),
        ("domo-hasselt", "71072", "Hasselt"),
        ("domo-hasselt", "73111", "Tongeren-Borgloon (Borgloon)"),
        ("de-katrol-meetjesland", "44085", "Lievegem (Lovendegem, Waarschoot)"),
        ("de-katrol-meetjesland", "44084", "Aalter"),
        ("opvoedingswinkel-maasland", "70000", "Limburg (alleen het Maasland)"),
    ],
)
def test_old_names_stay_readable_in_the_area(key, code, name, areas):
    assert areas[key][code] == name


def test_leads_print_no_street(terms, places, streets):
    low = [key for (entity, key), found in terms.items() if entity == "service" and found["confidence"] == ["low"]]
    assert len(low) == 74
    assert [key for key in low for place in places[key] if place["id"] in streets] == []


@pytest.mark.parametrize(
    ("town", "street"),
    [
        ("landen", "Huysecomlaan"),
        ("beersel", "Guido Gezellestraat"),
        ("zottegem", "Kloosterstraat"),
        ("de-panne", "Koningsplein"),
        ("blankenberge", "Troozlaan"),
        ("nazareth", "Drapstraat"),
        ("berendrecht", "Antwerpsebaan"),
    ],
)
def test_doubted_addresses_are_not_claimed_but_explained(town, street, services, places, streets):
    key = f"huis-van-het-kind-{town}"
    assert services[key]["alert"]
    assert all(street not in streets.get(place["id"], {}).get("address_1", "") for place in places[key])
    assert all(not place["latitude"] for place in places[key]) or town == "berendrecht"


def test_closures_and_announcements_are_a_status(services, terms):
    announced = {
        key
        for (entity, key), found in terms.items()
        if entity == "service" and "announced" in found.get("status_detail", ())
    }
    assert announced == {
        "huis-van-het-kind-knokke-heist",
        "huis-van-het-kind-rotselaar",
        "huis-van-het-kind-evergem",
        "consultatiebureau-de-panne",
        "de-katrol-bredene",
        "de-katrol-geraardsbergen",
    }
    assert {key for key, row in services.items() if row["status"] == "inactive"} == announced
    assert {key for key, row in services.items() if row["status"] == "defunct"} == {"stan-de-opgroeicaravan"}
    assert all(services[key]["alert"] for key in announced)


def test_phones_can_be_dialled(tables):
    short = {row["number"] for row in tables["phone"] if not row["number"].startswith("+")}
    assert short == {"106", "1712"}
    for row in tables["phone"]:
        if row["number"] not in short:
            number = phonenumbers.parse(row["number"])
            assert phonenumbers.is_valid_number(number)
            assert phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == row["number"]


def test_no_private_contacts_but_the_two_of_organizations(tables, services):
    mobile = phonenumbers.PhoneNumberType.MOBILE
    full = [row for row in tables["phone"] if row["number"].startswith("+")]
    kinds = {row["service_id"] for row in full if phonenumbers.number_type(phonenumbers.parse(row["number"])) == mobile}
    assert kinds == {"huis-van-het-kind-bree"}
    personal = re.compile(r"@(gmail|hotmail|outlook|telenet|skynet|yahoo|live|proximus)\.")
    assert {key for key, row in services.items() if personal.search(row["email"])} == {"domo-waasland"}


def test_links_have_a_scheme_and_mail_is_lower_case(services, terms):
    links = [row["url"] for row in services.values()] + [
        link for found in terms.values() for link in found.get("source", ()) if link.startswith("http")
    ]
    assert all(re.match(r"https?://", link) for link in links if link)
    assert all(row["email"] == row["email"].lower() for row in services.values())


def test_names_are_clean_and_words_are_dutch(services, tables):
    for row in services.values():
        assert not re.search(r"vroeger|vestiging|\(|/| - ", row["name"]), row["name"]
    english = re.compile(r"\b(the|since|from|page|street|article|dates of|stated)\b")
    texts = [row[column] for row in services.values() for column in ("description", "alert", "eligibility_description")]
    texts += [row["description"] for row in tables["schedule"]]
    assert [text for text in texts if english.search(text)] == []


def test_ages_are_sane_and_keep_pregnancy_where_the_type_begins_there(services, terms):
    for key, row in services.items():
        first, last = float(row["minimum_age"] or 0), float(row["maximum_age"] or 99)
        assert 0 <= first < last or key == "baby-op-komst-lijn-genk"
        begins_before_birth = SERVICE_TYPES[terms["service", key]["service_type"][0]].ages.min_months < 0
        if row["maximum_age"] and first == 0 and begins_before_birth and key not in FOR_THE_CHILD:
            assert terms["service", key]["age"] == ["pregnancy"]
    assert services["opvoedingswinkel-genk"]["maximum_age"] == "25"


FOR_THE_CHILD = {"awel", "nupraatikerover"}
STATED = {
    "de-katrol-oostende": (60, 144),
    "de-katrol-meetjesland": (60, 144),
    "huistaakbegeleiding-kapellen-kalmthout": (72, 144),
    "baby-op-komst-lijn-genk": (-9, 0),
    "clbchat": (30, 216),
    "nupraatikerover": (0, 216),
    "awel": (0, 288),
}


@pytest.mark.parametrize("key", STATED)
def test_stated_ages_are_those_of_the_service_not_of_its_type(key, tables):
    service = next(service for service in services_from(tables) if service.id == key)
    assert (service.ages.min_months, service.ages.max_months) == STATED[key]
    assert service.ages_stated


def test_every_katrol_is_for_school_children(services):
    ages = {(row["minimum_age"], row["maximum_age"]) for key, row in services.items() if key.startswith("de-katrol-")}
    assert ages == {("5", "12")}


JARGON = re.compile(
    r"kwetsba|kansar|armoede|perinata|antenne|samenhang|oprichting|verantwoordelijke|\(t\)|-9|Aanbod|adres kennen we"
    r"|We vonden|genoemd|Wiegwijs|\bJAC\b|\bOLO\b|i-mens|ZIBO|luierbox|tuttenboom|tutjesboom",
    re.IGNORECASE,
)


def test_words_for_parents_are_short_and_without_jargon_or_labels(services, tables):
    texts = [row[column] for row in services.values() for column in ("description", "alert", "eligibility_description")]
    assert [text for text in texts if len(text) > 200] == []
    texts += [row["description"] for row in tables["schedule"]]
    assert [text for text in texts if JARGON.search(text)] == []


def test_offers_read_as_one_sentence_in_plain_words(services):
    assert services["huis-van-het-kind-aalst"]["description"] == (
        "Je vindt er een loket voor kinderopvang, hulp bij opvoeden, een plek om te spelen en anderen te ontmoeten, "
        "ruilwinkel Weg&Weer en infoavonden."
    )
    assert services["huis-van-het-kind-beveren"]["description"] == ""


def test_no_description_says_only_what_its_type_says(services):
    said = {row["description"] for row in services.values()}
    assert not said & {"Gratis informatie en advies over opvoeden.", "Ondersteunt professionals en lokale besturen."}


def test_what_is_announced_says_whom_to_ask(services):
    announced = [row for row in services.values() if row["status"] == "inactive"]
    assert all("We weten niet of het" in row["alert"] and ": vraag het aan " in row["alert"] for row in announced)


def test_what_is_unsure_is_a_lead(terms, services):
    unsure = ("opvoedingswinkel-maasland", "clb-turnhout", "huis-van-het-kind-damme")
    assert {key: terms["service", key]["confidence"] for key in unsure} == {key: ["low"] for key in unsure}
    assert all(services[key]["alert"] for key in unsure)


def test_who_looks_for_brussels_is_sent_to_a_place_that_exists(services, places):
    for key in ("opvoedingswinkel-brussel", "huis-van-het-kind-brussel"):
        assert "Huis van het Kind Theodora" in services[key]["alert"]
        assert "Jette" in services[key]["alert"]
    assert [place["external_identifier"] for place in places["huis-van-het-kind-theodora"]] == ["21010"]


def test_a_network_without_a_door_is_no_service(services):
    assert [key for key in services if "bravio" in key] == []


def test_domo_hasselt_counts_the_municipalities_of_today(services, areas):
    assert len(areas["domo-hasselt"]) == 11
    assert "elf gemeenten" in services["domo-hasselt"]["description"]


def test_hours_are_said_once(tables):
    for row in tables["schedule"]:
        if row["opens_at"]:
            assert not re.search(r"\d", row["description"]), "the times stand in the schedule itself"
    said = Counter((row["service_id"], row["description"]) for row in tables["schedule"] if row["description"])
    assert max(said.values()) == 1
    aalst = [row["description"] for row in tables["schedule"] if row["service_id"] == "vrij-clb-aalst"]
    assert sorted(aalst) == ["", "", "Op schooldagen"]


def test_hours_of_one_activity_are_no_hours_of_the_house(tables):
    hours = {row["service_id"]: row for row in tables["schedule"]}
    assert hours["huis-van-het-kind-halle"]["opens_at"] == ""
    assert hours["huis-van-het-kind-halle"]["description"].startswith("De Speelwolk:")
    assert hours["de-speelwolk-halle"]["byday"] == "MO,TH,SA"
    assert hours["huis-van-het-kind-pelt"]["opens_at"] == ""


def test_hours_that_the_clock_can_use(tables, terms):
    rows = {row["id"]: row for row in tables["schedule"]}
    assert sum(bool(row["opens_at"]) for row in rows.values()) == 53
    dessel = rows["peuterspeelpunt-dessel-hours-01"]
    assert (dessel["freq"], dessel["byday"], dessel["opens_at"]) == ("MONTHLY", "2MO,4MO", "09:30")
    assert "not_in_school_holidays" in terms["schedule", dessel["id"]]["hours"]
    always = rows["tele-onthaal-hours-01"]
    assert (always["opens_at"], always["closes_at"], always["byday"]) == ("00:00", "00:00", "MO,TU,WE,TH,FR,SA,SU")


def test_every_judgement_says_why(tables):
    assert Judgements.read(DATA / "judgements").problems == []


if SOURCES:  # only where the raw sources lie beside the repository

    @pytest.fixture(scope="module")
    def made():
        judgements = Judgements.read(DATA / "judgements")
        collected = collect_rows(SOURCES[0], judgements)
        drafts = ServiceMaker(PlaceBook(SOURCES[0], DATA), judgements).services(collected)
        return judgements, collected, drafts

    def test_every_source_row_is_accounted_for_once(made):
        _, collected, _ = made
        rows = [(row.file, row.number) for group in collected.groups for row in group.rows]
        rows += [(row.file, row.number) for row in collected.left_out]
        assert len(rows) == len(set(rows)) == collected.row_count == 286
        assert len(collected.groups) == 261
        assert sum(len(group.merged) for group in collected.groups) == 17
        assert len(collected.left_out) == 8

    def test_every_judgement_is_used(made):
        judgements, _, drafts = made
        assert judgements.problems == []
        assert judgements.unused() == []
        assert len(drafts) == 273
