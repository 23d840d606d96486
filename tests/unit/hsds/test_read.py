"""What the reader makes of HSDS files in every form, whole and hostile."""

import datetime as dt
import json
import math
import zipfile

import pytest

from geo.ages import AgeRange
from geo.directory.directory import Directory
from geo.directory.service import Address, Confidence, Location, Precision, Status
from geo.directory.service_types import ServiceType
from geo.errors import DataError
from geo.hsds import package_files
from geo.hsds.read import read_directory, read_tables
from geo.hsds.services import services_from
from geo.hsds.validate import problems_in
from geo.places.place import ServiceAreaLevel
from tests.support.hsds_samples import (
    SERVICE_IN_JSON,
    add_attribute,
    edited,
    tiny,
    write_folder,
    write_zip,
)


def codes(tables):
    return {problem.code for problem in problems_in(tables)}


def only_problem(error):
    (problem,) = error.value.problems
    return problem


def test_a_service_carries_all_that_its_rows_say():
    winkel = services_from(tiny())[2]
    assert winkel.id == "winkel"
    assert winkel.service_type is ServiceType.PARENTING_SHOP
    assert winkel.organization.name == "Stad Mechelen"
    assert (winkel.ages, winkel.ages_stated) == (AgeRange(0, 288), True)
    assert winkel.confidence is Confidence.HIGH
    assert winkel.source_url == "https://www.mechelen.be/winkel"
    assert winkel.assured_date == dt.date(2025, 3, 1)
    assert (winkel.is_free, winkel.needs_appointment, winkel.languages) == (True, False, ("nl",))
    assert [(phone.number, phone.national) for phone in winkel.phones] == [("+3215123456", "015 12 34 56")]
    (schedule,) = winkel.schedules
    assert (schedule.byday, schedule.opens_at, schedule.closes_at) == (("MO", "TU"), dt.time(9), dt.time(12, 30))
    assert (schedule.school_holidays, schedule.public_holidays, schedule.by_appointment) == (False, None, False)


def test_a_location_is_carried_to_metres():
    (location,) = services_from(tiny())[2].locations
    assert location == Location(
        id="mechelen-markt-1",
        address=Address("Grote Markt", "1", "2", "2800", "Mechelen"),
        precision=Precision.ADDRESS,
        nis_code="12025",
        lon=4.48,
        lat=51.028,
        x=657801.45,
        y=690875.14,
    )


def test_both_regions_together_are_everywhere():
    line = services_from(tiny())[1]
    assert [(area.nis_code, area.level) for area in line.service_areas] == [
        ("02000", ServiceAreaLevel.EVERYWHERE),
        ("04000", ServiceAreaLevel.EVERYWHERE),
    ]


def test_one_region_alone_is_a_region():
    tables = tiny()
    tables["service_area"] = [row for row in tables["service_area"] if row["extent"] != "02000"]
    assert [area.level for area in services_from(tables)[1].service_areas] == [ServiceAreaLevel.REGION]


@pytest.mark.parametrize(
    ("first", "last", "pregnancy", "expected", "stated"),
    [
        ("0.75", "2.5", False, AgeRange(9, 30), True),
        ("0.0833", "1", False, AgeRange(1, 12), True),
        ("0", "24", True, AgeRange(-9, 288), True),
        ("0", "0", True, AgeRange(-9, 0), True),
        ("3", "", False, AgeRange(36, math.inf), True),
        ("", "3", False, AgeRange(0, 36), True),
        ("", "", False, AgeRange(-9, 288), False),
        ("", "", True, AgeRange(-9, 288), False),
    ],
)
def test_decimal_years_become_months(first, last, pregnancy, expected, stated):
    tables = edited(service__winkel__minimum_age=first, service__winkel__maximum_age=last)
    if pregnancy:
        add_attribute(tables, "winkel", "age:pregnancy")
    assert problems_in(tables) == ()
    winkel = services_from(tables)[2]
    assert (winkel.ages, winkel.ages_stated) == (expected, stated)


def test_pregnancy_alone_widens_the_ages_of_the_type():
    tables = tiny()
    tables["attribute"] = [row for row in tables["attribute"] if row["link_id"] != "huis"]
    add_attribute(tables, "huis", "service_type:counselling_centre")
    add_attribute(tables, "huis", "age:pregnancy")
    assert services_from(tables)[0].ages == AgeRange(-9, 36)


def test_announced_is_inactive_with_a_detail():
    tables = edited(service__winkel__status="inactive")
    assert services_from(tables)[2].status is Status.INACTIVE
    add_attribute(tables, "winkel", "status_detail:announced")
    assert services_from(tables)[2].status is Status.ANNOUNCED


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("ckg", ServiceType.FAMILY_CARE_CENTRE),
        ("CLB", ServiceType.PUPIL_GUIDANCE_CENTRE),
        ("boosting_education", ServiceType.EDUCATIONAL_OPPORTUNITIES),
        ("Parenting Shop", ServiceType.PARENTING_SHOP),
    ],
)
@pytest.mark.parametrize("column", ["code", "name"])
def test_a_foreign_feed_names_types_in_its_own_terms(said, kind, column):
    tables = tiny()
    tables["attribute"] = [row for row in tables["attribute"] if row["link_id"] != "huis"]
    foreign = {"id": "t-77", "taxonomy_id": "", "code": "x", "name": "x", "description": "x", column: said}
    tables["taxonomy_term"].append(foreign)
    tables["attribute"].append({"id": "z", "link_id": "huis", "link_entity": "service", "taxonomy_term_id": "t-77"})
    assert services_from(tables)[0].service_type is kind


@pytest.mark.parametrize(
    ("address_1", "lat", "precision"),
    [
        ("Grote Markt 1", "51.028", Precision.ADDRESS),
        ("Grote Markt", "51.028", Precision.STREET),
        ("", "51.028", Precision.LOCALITY),
        ("Grote Markt 1", "", Precision.MUNICIPALITY),
    ],
)
def test_without_a_stated_precision_the_address_decides(address_1, lat, precision):
    tables = edited(address__mechelen_markt_1__address_1=address_1, address__mechelen_markt_1__address_2="")
    tables["attribute"] = [row for row in tables["attribute"] if row["link_entity"] != "location"]
    tables["location"][0] |= {"latitude": lat, "longitude": lat and "4.48"}
    (location,) = services_from(tables)[2].locations
    assert location.precision is precision
    assert location.is_located == bool(lat)


def test_a_municipality_never_gets_a_pin():
    tables = tiny()
    for row in tables["attribute"]:
        if row["link_entity"] == "location":
            row["taxonomy_term_id"] = "precision:municipality"
    tables["taxonomy_term"].append({"id": "precision:municipality", "name": "m", "description": "m", "code": "m"})
    assert codes(tables) == {"point_of_municipality"}
    assert not services_from(tables)[2].locations[0].is_located


def test_a_postal_address_is_no_place_to_go():
    tables = edited(location__mechelen_markt_1__location_type="postal")
    assert services_from(tables)[2].locations == ()
    assert codes(tables) == {"service_nowhere"}


def test_an_address_line_that_is_no_box_stays_visible():
    tables = edited(address__mechelen_markt_1__address_2="tweede verdieping")
    assert services_from(tables)[2].locations[0].address.line == "Grote Markt 1, tweede verdieping, 2800 Mechelen"


def test_phones_and_hours_may_hang_on_the_place():
    tables = tiny()
    del tables["phone"][0]["service_id"]
    tables["phone"][0]["location_id"] = "mechelen-markt-1"
    tables["schedule"][0] |= {"service_id": "", "service_at_location_id": "winkel-at-1"}
    winkel = services_from(tables)[2]
    assert (len(winkel.phones), len(winkel.schedules)) == (1, 1)


def test_hours_without_an_end_are_only_text():
    tables = edited(schedule__s1__closes_at="", schedule__s1__description="vanaf 9 uur")
    (schedule,) = services_from(tables)[2].schedules
    assert (schedule.is_structured, schedule.description) == (False, "vanaf 9 uur")


@pytest.mark.parametrize(
    ("cell", "expected"), [("24:00", dt.time(0)), ("17:30:00", dt.time(17, 30)), ("17:30Z", dt.time(17, 30))]
)
def test_times_are_read_in_every_spelling_of_the_standard(cell, expected):
    tables = edited(schedule__s1__closes_at=cell)
    assert problems_in(tables) == ()
    assert services_from(tables)[2].schedules[0].closes_at == expected


def test_a_web_address_without_a_scheme_becomes_https():
    tables = edited(service__winkel__url="www.mechelen.be:8080/winkel")
    assert codes(tables) == {"url_without_scheme"}
    assert services_from(tables)[2].url == "https://www.mechelen.be:8080/winkel"


@pytest.mark.parametrize(
    ("option", "amount", "is_free"), [("free", "", True), ("", "0", True), ("", "5", False), ("paid", "", False)]
)
def test_costs(option, amount, is_free):
    tables = edited(cost_option__c1__option=option, cost_option__c1__amount=amount)
    assert services_from(tables)[2].is_free is is_free


def test_every_form_gives_the_same_services(tmp_path):
    expected = services_from(tiny())
    write_folder(tiny(), tmp_path / "package")
    write_folder(tiny(), tmp_path / "bare", manifest=False)
    write_zip(tiny(), tmp_path / "a.zip")
    write_zip(tiny(), tmp_path / "b.zip", inside="export/2025/")
    for form in ("package", "bare", "a.zip", "b.zip"):
        assert read_directory(tmp_path / form).services == expected, form


def test_resource_paths_are_honoured(tmp_path):
    write_folder(tiny(), tmp_path)
    (tmp_path / "deep").mkdir()
    (tmp_path / "service.csv").rename(tmp_path / "deep" / "diensten.txt")
    manifest = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in manifest["resources"]:
        if resource["name"] == "service":
            resource["path"] = ["deep/diensten.txt"]
    (tmp_path / "datapackage.json").write_text(json.dumps(manifest))
    assert len(read_directory(tmp_path)) == 3


def test_a_table_that_is_listed_twice_is_told_and_never_dropped_in_silence(tmp_path):
    write_folder(tiny(), tmp_path)
    manifest = json.loads((tmp_path / "datapackage.json").read_text())
    again = next(dict(resource) for resource in manifest["resources"] if resource["name"] == "service")
    manifest["resources"].append(again)
    (tmp_path / "datapackage.json").write_text(json.dumps(manifest))
    with pytest.raises(DataError) as refused:
        read_directory(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["repeated_table"]


def test_a_wide_header_takes_no_time(tmp_path):
    write_folder(tiny(), tmp_path, manifest=False)
    (tmp_path / "phone.csv").write_text(",".join(f"c{number}" for number in range(200_000)) + "\n")
    assert read_tables(tmp_path)["phone"] == []


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_spreadsheets_may_have_their_own_separator_and_mark(tmp_path, separator, start):
    write_folder(tiny(), tmp_path, manifest=False)
    text = (tmp_path / "service_area.csv").read_text().replace(",", separator)
    (tmp_path / "service_area.csv").write_text(start + text, encoding="utf-8")
    assert read_directory(tmp_path).services == services_from(tiny())


def test_blank_lines_count_as_rows_but_are_no_services(tmp_path):
    tables = edited(service__lijn_106__status="open")
    write_folder(tables, tmp_path)
    lines = (tmp_path / "service.csv").read_text().split("\n")
    (tmp_path / "service.csv").write_text("\n".join([lines[0], "", ",,", *lines[1:]]))
    (problem,) = problems_in(read_tables(tmp_path))
    assert problem.place == "service.csv, row 5, status"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda service: service,
        lambda service: [service],
        lambda service: {"services": [service]},
        lambda service: {"total_items": 1, "contents": [service]},
        lambda service: {"items": [service]},
    ],
)
def test_nested_json_gives_the_same_service(tmp_path, wrap):
    (tmp_path / "feed.json").write_text(json.dumps(wrap(SERVICE_IN_JSON)))
    tables = read_tables(tmp_path / "feed.json")
    assert problems_in(tables) == ()
    (service,) = services_from(tables)
    assert service.service_type is ServiceType.PARENTING_SHOP
    assert service.organization.name == "Stad Mechelen"
    assert service.locations[0].address.line == "Grote Markt 1 bus 2, 2800 Mechelen"
    assert service.locations[0].precision is Precision.ADDRESS
    assert [phone.number for phone in service.phones] == ["+3215123456"]
    assert service.schedules[0].byday == ("MO", "TU")
    assert (service.ages, service.ages_stated) == (AgeRange(0, 288), True)
    assert service.service_areas[0].nis_code == "12025"


def test_what_services_share_in_json_is_one_thing(tmp_path):
    second = {**SERVICE_IN_JSON, "id": "tweede", "phones": [], "schedules": [], "languages": [], "service_areas": []}
    second["service_at_locations"] = [{**SERVICE_IN_JSON["service_at_locations"][0], "id": "tweede-at-1"}]
    second["attributes"] = [{**SERVICE_IN_JSON["attributes"][0], "id": "att-2"}]
    (tmp_path / "feed.json").write_text(json.dumps([SERVICE_IN_JSON, second]))
    tables = read_tables(tmp_path / "feed.json")
    assert problems_in(tables) == ()
    assert [len(tables[name]) for name in ("service", "location", "organization", "address")] == [2, 1, 1, 1]


def test_problems_in_json_name_the_file_and_the_number_of_the_service(tmp_path):
    broken = {**SERVICE_IN_JSON, "id": "tweede", "phones": [{"id": "p9", "number": "call us"}]}
    (tmp_path / "feed.json").write_text(json.dumps([SERVICE_IN_JSON, broken]))
    places = {problem.place for problem in problems_in(read_tables(tmp_path / "feed.json"))}
    assert "feed.json (phone), row 2, number" in places


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "broken_json"),
        (b"[" * 100_000, "broken_json"),
        (b"9" * 5000, "broken_json"),
        (b'"text"', "no_services"),
        (b"{}", "no_services"),
        (b'{"services": [3, null]}', "not_an_object"),
        (b'[{"id": "a", "name": "\xe9"}]', "encoding"),
    ],
)
def test_broken_json_is_told(tmp_path, content, code):
    (tmp_path / "feed.json").write_bytes(content)
    assert code in codes(read_tables(tmp_path / "feed.json"))


def test_half_characters_in_json_cannot_break_what_is_written(tmp_path):
    (tmp_path / "feed.json").write_text(json.dumps({**SERVICE_IN_JSON, "name": "Huis \ud83d x"}))
    assert services_from(read_tables(tmp_path / "feed.json"))[0].name == "Huis \ufffd x"


def test_a_path_that_leaves_the_folder_is_refused(tmp_path):
    (tmp_path / "secret.csv").write_text("id,name\n1,x\n")
    folder = write_folder(tiny(), tmp_path / "package")
    for path in ("../secret.csv", "/etc/passwd", "..\\secret.csv", "C:/secret.csv", "https://example.be/x.csv"):
        manifest = {"resources": [{"name": "service", "path": path}]}
        (folder / "datapackage.json").write_text(json.dumps(manifest))
        tables = read_tables(folder)
        assert codes(tables) == {"path_leaves_folder"}, path
        assert tables.rows("service") == []


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "secret.csv").write_text("id,name\n1,x\n")
    folder = write_folder(tiny(), tmp_path / "package")
    (folder / "service.csv").unlink()
    (folder / "service.csv").symlink_to(tmp_path / "secret.csv")
    assert "path_leaves_folder" in codes(read_tables(folder))


def test_nothing_in_a_zip_is_written_to_disk(tmp_path):
    path = write_zip(tiny(), tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../escaped.csv", "id\n1\n")
    before = sorted(tmp_path.parent.rglob("*"))
    assert read_directory(path).services == services_from(tiny())
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_a_zip_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(package_files, "LARGEST_BYTES", 1024**2)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("service.csv", b"id,name\n" + b"0" * 2 * 1024**2)
    with pytest.raises(DataError) as error:
        read_tables(tmp_path / "bomb.zip")
    assert str(only_problem(error).message) == (
        "The data is larger than 1 MB when unpacked; a smaller package is expected."
    )


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path, monkeypatch):
    path = write_zip(tiny(), tmp_path / "a.zip")
    honest = zipfile.ZipFile.infolist
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda self: [_lying(info) for info in honest(self)])
    with pytest.raises(DataError) as error:
        read_tables(path)
    assert only_problem(error).code == "broken_zip"


def _lying(info):
    info.file_size = 1
    return info


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.zip", b"not a zip", "broken_zip"),
        ("a.txt", b"x", "wrong_file"),
        ("empty", None, "no_tables"),
        ("missing", None, "not_found"),
    ],
)
def test_what_cannot_be_read_at_all_is_one_clear_problem(tmp_path, name, content, code):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError) as error:
        read_tables(tmp_path / name)
    assert only_problem(error).code == code


def test_a_damaged_member_of_a_zip_is_told(tmp_path):
    path = write_zip(tiny(), tmp_path / "a.zip")
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Opvoedingswinkel Mechelen", b"Opvoedingswinkel Mxxxelen", 1))
    assert "broken_zip" in codes(read_tables(path))


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"resources": 3}', '{"resources": [3]}', '{"resources": [{"name": "a"}]}']
)
def test_a_broken_manifest_is_told(tmp_path, text):
    write_folder(tiny(), tmp_path)
    (tmp_path / "datapackage.json").write_text(text)
    assert codes(read_tables(tmp_path)) <= {"broken_manifest", "bad_resource"}
    assert codes(read_tables(tmp_path))


def test_errors_stop_the_directory_and_warnings_do_not(tmp_path):
    broken = edited(service__winkel__status="open", service__huis__email="nobody")
    with pytest.raises(DataError) as error:
        read_directory(write_folder(broken, tmp_path / "a"))
    assert {problem.place for problem in error.value.problems} == {
        "service.csv, row 1, status",
        "service.csv, row 2, email",
    }
    abroad = edited(location__mechelen_markt_1__latitude="48.85", location__mechelen_markt_1__longitude="2.35")
    assert len(read_directory(write_folder(abroad, tmp_path / "b"))) == 3


HOSTILE = [
    "<script>alert(1)</script>",
    '"; DROP TABLE service; --',
    'O\'Neill & "zoon" <b>',
    "\u202egnp.exe\u202c \u200fבית\u200e",
    "x" * 10_000,
    '=HYPERLINK("http://evil.example")',
    "a\nb\r\nc",
    "Huis 👨‍👩‍👧 ﷽",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(tmp_path, name):
    tables = edited(service__winkel__name=name)
    folder = write_folder(tables, tmp_path)
    read = read_tables(folder)
    assert all(problem.severity == "warning" for problem in problems_in(read))
    assert services_from(read)[2].name == name


def test_columns_stand_in_the_order_of_the_services():
    directory = Directory.from_services(reversed(services_from(tiny())))
    assert [service.id for service in directory.services] == ["huis", "lijn-106", "winkel"]
    assert directory.min_months.tolist() == [-9, 9, 0]
    assert directory.max_months.tolist() == [288, 30, 288]
    assert directory.free.tolist() == [-1, -1, 1]
    assert directory.appointment.tolist() == [-1, -1, 0]
    assert directory.loc_service.tolist() == [2]
    assert (directory.loc_x.tolist(), directory.loc_y.tolist()) == ([657801.45], [690875.14])
    assert {code: rows.tolist() for code, rows in directory.areas.items()} == {"02000": [1], "04000": [1], "12025": [0]}
    assert {code: rows.tolist() for code, rows in directory.languages.items()} == {"nl": [2]}


def test_an_empty_directory_is_a_directory():
    directory = Directory.from_services([])
    assert len(directory) == 0
    assert directory.loc_x.tolist() == []
