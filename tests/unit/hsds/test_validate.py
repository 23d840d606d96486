"""Every defect that a directory can have, and the problem it must give."""

import pytest

from geo.directory import phones
from geo.hsds import problems_in, validate
from geo.hsds.tables import Tables, add_csv
from tests.support.hsds_samples import add_attribute, edited, tiny


def one(tables):
    (problem,) = problems_in(tables)
    return problem


def test_a_good_directory_has_no_problems():
    assert problems_in(tiny()) == ()


def test_plain_tables_need_not_know_their_files():
    tables = {name: list(rows) for name, rows in edited(service__winkel__status="open").items()}
    assert one(tables).place == "service.csv, row 1, status"


# cell, value, code, severity
CELLS = [
    ("service__winkel__id", "", "missing_value", "error"),
    ("service__winkel__name", "", "missing_value", "error"),
    ("service__winkel__status", "", "missing_value", "error"),
    ("service__winkel__status", "open", "unknown_choice", "error"),
    ("service__winkel__status", "announced", "unknown_choice", "error"),
    ("service__winkel__minimum_age", "-1", "bad_number", "error"),
    ("service__winkel__minimum_age", "twee", "bad_number", "error"),
    ("service__winkel__minimum_age", "nan", "bad_number", "error"),
    ("service__winkel__maximum_age", "1e400", "bad_number", "error"),
    ("service__winkel__maximum_age", "1_0", "bad_number", "error"),
    ("service__winkel__maximum_age", "9" * 400, "bad_number", "error"),
    ("service__lijn_106__minimum_age", "3", "ages_reversed", "error"),
    ("service__lijn_106__minimum_age", "2.5", "ages_reversed", "error"),
    ("service__winkel__assured_date", "2025-02-30", "bad_date", "error"),
    ("service__winkel__assured_date", "30/01/2025", "bad_date", "error"),
    ("service__winkel__assured_date", "2025-W01-1", "bad_date", "error"),
    ("service__winkel__assured_date", "20250101", "bad_date", "error"),
    ("service__winkel__url", "javascript:alert(1)", "unsafe_url", "error"),
    ("service__winkel__url", "JaVaScRiPt:alert(1)", "unsafe_url", "error"),
    ("service__winkel__url", "data:text/html,x", "unsafe_url", "error"),
    ("service__winkel__url", "ftp://example.be/x", "unsafe_url", "error"),
    ("service__winkel__url", "java\nscript:alert(1)", "unsafe_url", "error"),
    ("service__winkel__url", "https://", "unsafe_url", "error"),
    ("service__winkel__url", "https://a b.be", "unsafe_url", "error"),
    ("service__winkel__url", "//example.be", "unsafe_url", "error"),
    ("service__winkel__url", "www.example.be/x", "url_without_scheme", "warning"),
    ("service__winkel__email", "nobody", "bad_email", "error"),
    ("service__winkel__email", "a@b", "bad_email", "error"),
    ("service__winkel__email", "a@b.be?bcc=x@y.be", "bad_email", "error"),
    ("service__winkel__email", "a@b.be, c@d.be", "bad_email", "error"),
    ("service__winkel__name", "a\u202eb", "hidden_characters", "warning"),
    ("service__winkel__name", "a\x1b[31mb", "hidden_characters", "warning"),
    ("service__winkel__name", "x" * 10_000, "very_long", "warning"),
    ("service__winkel__organization_id", "niemand", "dangling", "error"),
    ("organization__stad__description", "", "asked_value", "warning"),
    ("organization__stad__website", "javascript:0", "unsafe_url", "error"),
    ("address__mechelen_markt_1__address_1", "", "asked_value", "warning"),
    ("address__mechelen_markt_1__state_province", "", "asked_value", "warning"),
    ("address__mechelen_markt_1__address_type", "thuis", "unknown_choice", "error"),
    ("address__mechelen_markt_1__location_id", "nergens", "dangling", "error"),
    ("location__mechelen_markt_1__latitude", "", "half_a_point", "error"),
    ("location__mechelen_markt_1__latitude", "NaN", "bad_number", "error"),
    ("location__mechelen_markt_1__latitude", "510280", "bad_number", "error"),
    ("location__mechelen_markt_1__latitude", "51,028", "bad_number", "error"),
    ("location__mechelen_markt_1__latitude", "52.37", "outside_belgium", "warning"),
    ("location__mechelen_markt_1__external_identifier", "1202", "bad_nis_code", "error"),
    ("location__mechelen_markt_1__location_type", "thuis", "unknown_choice", "error"),
    ("phone__p1__number", "", "missing_value", "error"),
    ("phone__p1__number", "bel ons", "bad_phone", "error"),
    ("phone__p1__number", "+3215", "bad_phone", "error"),
    ("language__l1__code", "", "language_without_code", "warning"),
    ("schedule__s1__opens_at", "9u", "bad_time", "error"),
    ("schedule__s1__opens_at", "25:00", "bad_time", "error"),
    ("schedule__s1__closes_at", "08:00", "closes_before_opens", "warning"),
    ("schedule__s1__opens_at", "", "half_the_hours", "warning"),
    ("schedule__s1__byday", "", "half_the_hours", "warning"),
    ("schedule__s1__byday", "MON", "bad_days", "error"),
    ("schedule__s1__freq", "DAILY", "unknown_choice", "error"),
    ("schedule__s1__interval", "0", "bad_number", "error"),
    ("schedule__s1__interval", "1.5", "bad_number", "error"),
    ("schedule__s1__interval", "9" * 30, "bad_number", "error"),
    ("schedule__s1__service_id", "weg", "dangling", "error"),
    ("schedule__s1__valid_from", "2025-13-01", "bad_date", "error"),
    ("service_area__a2__extent", "Vlaanderen", "area_without_code", "warning"),
    ("service_area__a2__extent_type", "tekst", "unknown_choice", "error"),
    ("cost_option__c1__amount", "-5", "bad_number", "error"),
    ("attribute__attribute_5__value", "javascript:alert(1)", "unsafe_url", "error"),
    ("attribute__attribute_1__link_entity", "", "missing_value", "error"),
]


@pytest.mark.parametrize(("cell", "value", "code", "severity"), CELLS)
def test_a_wrong_cell_is_named(cell, value, code, severity):
    table, key, column = cell.split("__")
    tables = edited(**{cell: value})
    index = [row["id"].replace("-", "_") for row in tiny()[table]].index(key)
    found = {(p.code, p.severity, p.resource, p.row) for p in problems_in(tables) if p.field in (column, "maximum_age")}
    assert (code, severity, f"{table}.csv", index + 1) in found


def test_sentences_say_what_was_found_and_what_was_expected():
    assert str(one(edited(service__winkel__status="open")).message) == (
        "open is not known; expected one of: active, temporarily closed, inactive, defunct."
    )
    assert str(one(edited(service__winkel__maximum_age="200")).message) == (
        "200 is not a number; expected a number from 0 to 120."
    )


def test_a_quoted_value_is_short_and_harmless():
    problem = one(edited(service__winkel__email="x\u202e\x1b[31m" + "y" * 10_000))
    said = str(problem.message)
    assert said.startswith("x[31myyy")
    assert len(said) < 200
    assert "\x1b" not in said


def test_swapped_coordinates_are_recognised():
    tables = edited(location__mechelen_markt_1__latitude="4.48", location__mechelen_markt_1__longitude="51.028")
    assert (one(tables).code, one(tables).severity) == ("coordinates_swapped", "warning")


def test_the_evening_may_pass_midnight():
    assert problems_in(edited(schedule__s1__opens_at="20:00", schedule__s1__closes_at="02:00")) == ()
    assert problems_in(edited(schedule__s1__opens_at="20:00", schedule__s1__closes_at="00:00")) == ()


def test_a_period_that_ends_before_it_begins():
    tables = edited(schedule__s1__valid_from="2025-05-01", schedule__s1__valid_to="2025-04-01")
    assert (one(tables).code, one(tables).field) == ("period_reversed", "valid_to")


def services_with_duplicate_ids():
    tables = tiny()
    tables["service"].append(dict(tables["service"][0]))
    return tables


def service_without_a_place():
    tables = tiny()
    tables["service_area"] = tables["service_area"][1:]
    return tables


def service_without_a_type():
    tables = tiny()
    tables["attribute"] = [
        row for row in tables["attribute"] if row["taxonomy_term_id"] != "service_type:parenting_shop"
    ]
    return tables


def service_with_an_unknown_type():
    tables = service_without_a_type()
    add_attribute(tables, "winkel", "service_type:bakery")
    return tables


def service_with_two_types():
    tables = tiny()
    add_attribute(tables, "winkel", "service_type:iapsc_team")
    return tables


def term_that_is_not_listed():
    tables = tiny()
    tables["taxonomy_term"] = [row for row in tables["taxonomy_term"] if row["id"] != "confidence:high"]
    return tables


def services_without_names():
    tables = tiny()
    for row in tables["service"]:
        del row["name"]
    return tables


def no_service_table():
    tables = tiny()
    return Tables({name: [] for name in tables if name != "service"})


def no_services_in_the_table():
    return Tables({"service": []})


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (services_with_duplicate_ids, {("duplicate_id", 1, "id"), ("duplicate_id", 4, "id")}),
        (service_without_a_place, {("service_nowhere", 2, "id")}),
        (service_without_a_type, {("unknown_service_type", 1, "service_type")}),
        (service_with_an_unknown_type, {("unknown_service_type", 1, "service_type")}),
        (service_with_two_types, {("several_service_types", 1, "service_type")}),
        (term_that_is_not_listed, {("dangling", 4, "taxonomy_term_id")}),
        (services_without_names, {("missing_column", None, "name")}),
        (no_service_table, {("missing_table", None, "")}),
        (no_services_in_the_table, {("no_services", None, "")}),
    ],
)
def test_a_broken_directory_is_told(broken, expected):
    assert {(problem.code, problem.row, problem.field) for problem in problems_in(broken())} == expected


def test_everything_is_told_at_once():
    tables = edited(
        service__winkel__status="open",
        service__huis__email="x",
        phone__p2__number="y",
        schedule__s1__opens_at="z",
        location__mechelen_markt_1__longitude="200",
    )
    assert {problem.place for problem in problems_in(tables) if problem.severity == "error"} == {
        "service.csv, row 1, status",
        "service.csv, row 2, email",
        "phone.csv, row 2, number",
        "schedule.csv, row 1, opens_at",
        "location.csv, row 1, longitude",
    }


def test_unknown_columns_and_tables_are_nobodys_problem():
    tables = tiny()
    for row in tables["service"]:
        row["wait_time"] = "\x00"
    tables["funding"] = [{"id": ""}]
    assert problems_in(tables) == ()


def test_terms_may_live_outside_the_package():
    tables = tiny()
    del tables["taxonomy_term"]
    assert problems_in(tables) == ()


# the bytes of service.csv, code, row
FILES = [
    (b"", "empty_file", None),
    (b"\n", "empty_file", None),
    (b"id,name,status\na,Caf\xe9,active\n", "encoding", None),
    ("id,name,status\na,x,active\n".encode("utf-16"), "encoding", None),
    (b"id,name,status\na,x\0y,active\n", "nul_bytes", None),
    (b"id,name,name,status\na,x,y,active\n", "duplicate_column", None),
    (b"id,name,status\na,x\n", "ragged_row", 1),
    (b"id,name,status\na,x,active,more\n", "ragged_row", 1),
    (b'id,name,status\na,"x,active\n', "broken_csv", None),
    (b'id,name,status\na,"x"y,active\n', "broken_csv", None),
    (b"id,name\na,x\n", "missing_column", None),
    (b"id,name,status\n", "no_services", None),
]


@pytest.mark.parametrize(("content", "code", "row"), FILES)
def test_a_broken_file_is_told(content, code, row):
    tables = Tables()
    add_csv(tables, "service", content, resource="service.csv")
    assert (code, "service.csv", row) in {(p.code, p.resource, p.row) for p in problems_in(tables)}


def test_the_wrong_byte_is_pointed_at():
    tables = Tables()
    add_csv(tables, "service", b"id,name,status\na,x,active\nb,Caf\xe9,active\n", resource="diensten.csv")
    problem = next(problem for problem in problems_in(tables) if problem.code == "encoding")
    assert str(problem.message).startswith("The file is not UTF-8: byte 32 in line 3 cannot be read.")
    assert tables["service"][1]["name"] == "Café"


def test_a_short_row_is_filled_up_and_read_on():
    tables = Tables()
    add_csv(tables, "service", b"id,name,status\na,x\nb,y,open\n", resource="service.csv")
    found = [(p.code, p.row, p.field) for p in problems_in(tables)]
    assert ("ragged_row", 1, "") in found
    assert ("missing_value", 1, "status") in found
    assert ("unknown_choice", 2, "status") in found


def test_an_enormous_cell_stops_the_file_not_the_program():
    tables = Tables()
    add_csv(tables, "service", b"id,name,status\na," + b"x" * 2_000_000 + b",active\n", resource="service.csv")
    assert "broken_csv" in {problem.code for problem in problems_in(tables)}


@pytest.mark.parametrize(
    ("written", "number", "national"),
    [
        ("+32 53 72 36 54", "+3253723654", "053 72 36 54"),
        ("053/72.36.54", "+3253723654", "053 72 36 54"),
        ("0032 (0)2 234 56 78", "+3222345678", "02 234 56 78"),
        ("0470 12 34 56", "+32470123456", "0470 12 34 56"),
        ("078 15 00 10", "+3278150010", "078 15 00 10"),
        ("0800 12 345", "+3280012345", "0800 12 345"),
        ("09 225 85 37", "+3292258537", "09 225 85 37"),
        ("04 221 12 34", "+3242211234", "04 221 12 34"),
        ("106", "106", "106"),
        ("1712", "1712", "1712"),
        ("+31 20 123 45 67", "+31201234567", "+31201234567"),
        ("012", "", ""),
        ("112233", "", ""),
        ("+32 470 12 3", "", ""),
        ("٠٤٧٠١٢٣٤٥٦", "", ""),
    ],
)
def test_phones_are_read_and_written_the_belgian_way(written, number, national):
    assert phones.canonical_number(written) == number
    assert phones.national_number(number) == national


def test_problems_are_in_a_fixed_order():
    tables = edited(service__winkel__status="open", service__huis__name="", phone__p1__number="x")
    assert validate.problems_in(tables) == validate.problems_in(tables)
    assert [problem.place for problem in problems_in(tables)] == [
        "service.csv, row 2, name",
        "service.csv, row 1, status",
        "phone.csv, row 1, number",
    ]
