"""The printed report is complete, fits its pages, says what it rests on, and is the same for the same question."""

import datetime as dt
import io
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest
import shapely
from pyarrow import parquet
from pypdf import PdfReader

from geo.ages import CHILD_AGES, AgeGroup
from geo.coverage import CoverageReport, CoverageRequest, Measure, State, measure
from geo.coverage.files.records import command_line
from geo.coverage.measures import MEASURES
from geo.coverage.request import Capacity
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.places import AreaLevel
from geo.settings import ROOT
from geo.store import Dataset, Manifest
from geo.store.demand import Demand, DemandPoint
from geo.store.manifest import DataSource, Licence, Resource
from geo.store.need import Need
from tests.support import shipped
from tests.support import tiny_flanders as tiny
from tests.support.datasets import dataset_of
from ui.coverage import gaps, headline
from ui.coverage.report import pdf
from ui.coverage.report.style import printable_text
from words import amounts, i18n

TODAY = dt.date(2026, 6, 3)
HOUSE, CLINIC = ServiceType.HOUSE_OF_THE_CHILD, ServiceType.COUNSELLING_CENTRE
NOBODY_RECORDED = ServiceType.FLEMISH_COORDINATOR


@pytest.fixture(autouse=True)
def english(dutch):
    i18n.use_language("en")


# --- the real data -----------------------------------------------------------------------------------------------


@cache
def real() -> Dataset:
    return shipped.dataset()


@cache
def real_dataset() -> Dataset:
    return real()


@cache
def measured(request: CoverageRequest, today: dt.date) -> CoverageReport:
    return measure(real_dataset(), request, today=today)


def asked(kind=HOUSE, on="reach", area="", **more) -> CoverageReport:
    return measured(CoverageRequest(types=frozenset({kind}), measure=Measure(on), area=area, **more), TODAY)


@cache
def written(found: CoverageReport, _language: str) -> bytes:
    return pdf.report_pdf(found, real(), today=TODAY, measured=measured)


def printed(found: CoverageReport) -> PdfReader:
    return PdfReader(io.BytesIO(written(found, i18n.current_language())))


def text_of(pages) -> str:
    """All text as one line: where lines break, and which spaces may break, is a matter of layout."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages).replace("\u00a0", " "))


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
@pytest.mark.parametrize("area", ["44021", "73028", "21004"])  # a city, a handful of children, two languages
def test_a_municipality_is_one_page(language, area):
    i18n.use_language(language)
    document = printed(asked(area=area))
    assert len(document.pages) == 1


@pytest.mark.parametrize("which", ["reach", "served"])
def test_a_city_with_everything_still_is_one_page(which):
    everything = CoverageRequest(
        types=frozenset(ServiceType), ages=frozenset(CHILD_AGES), measure=Measure(which), area="11002"
    )
    document = printed(measured(everything, TODAY))
    assert len(document.pages) == 1
    assert re.search(r"and \d+ more", text_of(document.pages))


def test_a_page_about_a_municipality_answers_what_a_council_asks():
    found = asked(area="34013")
    text = text_of(printed(found).pages)
    assert text.startswith("Harelbeke Within reach · 3.75 km · Huis van het Kind · children of 0–2 years")
    for sentence in (
        *headline.headline_sentences(found),
        *gaps.gap_sentences(found, found.total),
        *gaps.records_to_check(found, found.total),
    ):
        assert sentence in text
    assert "Huis van het Kind Harelbeke. Huis van het Kind · Boterpotstraat 9, 8530 Harelbeke" in text
    for name in ("Peers", "Province", "Region", *(MEASURES[each].name for each in Measure if each != "2sfca")):
        assert name in text
    assert "1.5 percentage points" in text
    assert "The reach of 3.75 km is a choice of whoever asked, not an official norm." in text


def test_the_report_can_be_asked_again():
    found = asked(area="30000", reach_m=2_500.0)
    text = text_of(printed(found).pages)
    assert command_line(found, AreaLevel.MUNICIPALITY) in text
    assert "--reach-km 2.5 --area 30000 --on 2026-06-03" in text
    assert f"Data version {real().data_version}, as on 3 June 2026." in text


def test_another_directory_is_part_of_the_command():
    other = replace(real(), directory_path=Path("elsewhere/feed.zip"))
    found = PdfReader(io.BytesIO(pdf.report_pdf(asked(area="30000"), other, today=TODAY)))
    assert "--directory feed.zip" in text_of(found.pages)
    assert "elsewhere" not in text_of(found.pages)


def test_a_province_has_its_map_and_notes_first_and_every_municipality_after_them():
    found = asked(area="30000")
    document = printed(found)
    first, table = text_of(document.pages[:1]), text_of(document.pages[1:])
    assert all(sentence in first for sentence in headline.headline_sentences(found))
    assert "What the words mean" in first
    assert len(found.rows) == 62
    for row in found.rows:
        assert f"{row.area.name_nl} {amounts.count_text(round(row.children))}" in table
    assert f"Together {amounts.count_text(round(found.total.children))}" in table


def test_every_page_of_a_long_table_has_its_heading_and_its_number():
    document = printed(asked())
    assert len(document.pages) > 3
    for number, page in enumerate(document.pages, start=1):
        text = text_of([page])
        assert f"page {number} of {len(document.pages)}" in text
        assert f"data version {real().data_version}" in text
        assert ("Municipality Children Value Between State Rank Peers Need Evidence" in text) is (number > 1)


def test_all_of_flanders_counts_its_provinces_first():
    first = text_of(printed(asked()).pages[:1])
    assert re.search(r"Province Children Value .*Antwerpen 58,694 .*West-Vlaanderen 32,899 .*Together 242,155", first)


def test_a_small_zone_is_one_page_with_its_table():
    found = asked(area="elz11")
    document = printed(found)
    assert len(document.pages) == 1
    assert all(f"{row.area.name_nl} {round(row.children):,}" in text_of(document.pages) for row in found.rows)


def test_the_legend_counts_the_states():
    found = asked(area="30000")
    first = text_of(printed(found).pages[:1])
    assert f"Not reached ({found.total.states[State.NOT_REACHED]})" in first
    assert f"Unknown ({found.total.states[State.UNKNOWN]})" in first


def test_what_is_unknown_has_no_value_in_the_table():
    found = asked(area="30000")
    unknown = next(row for row in found.rows if row.state is State.UNKNOWN)
    table = text_of(printed(found).pages[1:])
    assert re.search(rf"{unknown.area.name_nl} {amounts.count_text(round(unknown.children))} – .* Unknown – ", table)


def test_few_children_are_marked_and_the_mark_is_explained():
    text = text_of(printed(asked(area="70000")).pages)
    assert "Herstappe 2* " in text
    assert "* Fewer than 50 children: a chance difference weighs heavily" in text


def test_distances_and_neighbours_have_a_column_of_their_own():
    nearest = text_of(printed(asked(on="nearest", area="70000")).pages)
    assert "9 in 10 within" in nearest
    neighbour = text_of(printed(asked(on="neighbour", area="70000")).pages)
    assert re.search(r"Alken 284 100 % Hasselt \(100 %\)", neighbour)


def test_fragility_ranks_the_services():
    found = asked(on="fragility", area="30000")
    service, children = found.dependence()[0]
    assert re.search(rf"{service.name} \S+ {amounts.children_text(children)}", text_of(printed(found).pages[:1]))


def test_notes_that_do_not_fit_beside_map_and_services_come_last():
    pages = printed(asked(on="fragility", area="02000")).pages
    assert "What the words mean" not in text_of(pages[:1])
    assert "Municipality Children Value" in text_of(pages[1:2])
    assert "What the words mean" in text_of(pages[-1:])


def test_a_short_table_stands_beside_the_map_and_the_notes_after_it():
    first, second = printed(asked(on="fragility", area="31000")).pages
    assert "Together 6,802" in text_of([first])
    assert "What the words mean" in text_of([second])


def test_sources_carry_date_and_licence():
    text = text_of(printed(asked(area="30000")).pages)
    assert re.search(r"Children per neighbourhood \(an estimate\)\. Statbel: .*2024-01-01\. CC-BY-4\.0\.", text)
    assert "2025-01-01. CC-BY-4.0." in text


def test_an_unusual_choice_of_records_is_told():
    usual = text_of(printed(asked(area="elz11")).pages)
    assert "Counted are records" not in usual
    found = asked(area="elz11", confidences=frozenset(Confidence), statuses=frozenset({Status.ANNOUNCED}))
    assert "whose status is announced and whose confidence is high, medium and low (leads)." in text_of(
        printed(found).pages
    )
    by_location = asked(on="2sfca", area="elz11", capacity=Capacity.LOCATION)
    assert "Every location of a service counts as one." in text_of(printed(by_location).pages)


@pytest.mark.parametrize(("language", "tag", "number"), [("nl", "nl-BE", "32.899"), ("fr", "fr-BE", "32 899")])
def test_the_report_speaks_the_readers_language(language, tag, number):
    i18n.use_language(language)
    document = printed(asked(area="30000"))
    assert document.trailer["/Root"]["/Lang"] == tag
    assert number in text_of(document.pages)


def test_the_document_says_what_it_is():
    found = asked(area="44021")
    about = printed(found).metadata
    assert about.title == "Gent: Within reach · 3.75\u00a0km · Huis van het Kind · children of 0–2 years"
    assert about.author == "Opvoedkaart"
    assert about.subject.replace("\u00a0", " ") == headline.headline_sentences(found)[0]


def test_all_letters_are_in_the_document():
    document = printed(asked(area="44021"))
    fonts = [font.get_object() for page in document.pages for font in page["/Resources"]["/Font"].values()]
    used = [font for font in fonts if font["/BaseFont"] != "/Helvetica"]
    assert used
    assert all("Vera" in font["/BaseFont"] for font in used)
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


def test_the_same_question_gives_the_same_bytes():
    found = asked(area="elz11")
    first = pdf.report_pdf(found, real(), today=TODAY)
    assert pdf.report_pdf(measure(real_dataset(), found.request, today=TODAY), real(), today=TODAY) == first
    i18n.use_language("nl")
    assert pdf.report_pdf(found, real(), today=TODAY) != first


def test_a_cache_changes_nothing():
    found = asked(area="34013")
    assert pdf.report_pdf(found, real(), today=TODAY) == pdf.report_pdf(found, real(), today=TODAY, measured=measured)


def test_nobody_loads_the_library_before_printing():
    code = (
        "import sys, ui.coverage.report.pdf; sys.exit(any(name.split('.')[0] == 'reportlab' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


# --- a land small enough to break ----------------------------------------------------------------------------------


@pytest.fixture
def land(tmp_path):
    """Tiny Flanders with boundaries of squares, and a function that prints a report on it."""
    (tmp_path / "boundaries").mkdir()
    squares = [shapely.box(x - 500, y - 500, x + 500, y + 500) for x, y in map(tiny.middle, tiny.NIS)]
    table = pa.table({"nis_code": list(tiny.NIS.values()), "geometry": [shapely.to_wkb(square) for square in squares]})
    parquet.write_table(table, tmp_path / "boundaries" / "municipalities.parquet")

    def make(request: CoverageRequest, *extra, children: float = 300.0) -> PdfReader:
        data = dataset(tmp_path, *extra)
        found = measure(tiny_ground(data, children), request, today=TODAY)
        return PdfReader(io.BytesIO(pdf.report_pdf(found, data, today=TODAY)))

    return make


def dataset(folder: Path, *extra) -> Dataset:
    small = tiny.dataset(*extra)
    resource = Resource(
        name="demand",
        path="demand.parquet",
        bytes=0,
        sha256="",
        title="Children",
        description="",
        licences=(Licence("CC0-1.0"),),
        sources=(DataSource("Counted & weighed by <hand>"),),
        raw={"reference_date": "2025-01-01"},
    )
    return dataset_of(
        municipalities=small.municipalities,
        gazetteer=small.gazetteer,
        directory=small.directory,
        data_version="tiny",
        manifest=Manifest(title="", resources=(resource,), data_version="tiny"),
        data_dir=folder,
    )


def tiny_ground(data: Dataset, children: float) -> Dataset:
    points = []
    for name, nis in tiny.NIS.items():
        x, y = tiny.middle(name)
        lived = (children, 0.0, 0.0, 0.0)
        points.append(DemandPoint(sector=nis, nis_code=nis, submunicipality_code=nis, x=x, y=y, children=lived))
    return dataset_of(
        directory=data.directory,
        municipalities=data.municipalities,
        demand=Demand.from_points(points, tiny.NIS.values()),
        need=Need({"11001": 12.5}),
        data_version="tiny",
    )


@pytest.mark.parametrize("kind", [HOUSE, CLINIC, NOBODY_RECORDED, ServiceType.PARENTING_LINE])
@pytest.mark.parametrize("area", ["11001", "10000", ""])
@pytest.mark.parametrize("which", list(Measure))
def test_every_measure_prints_for_every_size_of_area(land, which, area, kind):
    document = land(CoverageRequest(types=frozenset({kind}), measure=which, area=area, reach_m=1_200.0))
    text = text_of(document.pages)
    assert len(document.pages) == 1
    assert f"--measure {which.value} " in text
    assert "page 1 of 1" in text
    assert "{" not in text


@pytest.mark.parametrize("area", ["11001", ""])
@pytest.mark.parametrize("which", list(Measure))
def test_a_land_without_children_prints(land, which, area):
    text = text_of(land(CoverageRequest(measure=which, area=area), children=0.0).pages)
    assert "Unknown" in text
    assert "nan" not in text


def test_names_are_never_taken_for_markup(land):
    house = tiny.service("a", HOUSE, name="Kind & <b>Gezin</b>", locations=(tiny.location("Aster"),))
    text = text_of(land(CoverageRequest(area="11001"), house).pages)
    assert "Kind & <b>Gezin</b>." in text
    assert "Counted & weighed by <hand>. 2025-01-01. CC0-1.0." in text


def test_more_services_than_fit_are_counted(land):
    houses = [
        tiny.service(
            f"house-{at:03}", HOUSE, name=f"House {at:03} with a rather long name", service_areas=tiny.areas("Aster")
        )
        for at in range(300)
    ]
    document = land(CoverageRequest(area="11001", ages=frozenset({AgeGroup.FROM_0_TO_2})), *houses)
    assert len(document.pages) == 1
    assert re.search(r"and 29\d more", text_of(document.pages))


def test_letters_that_the_font_lacks_are_replaced_by_their_like():
    assert printable_text("≤ é – œ 5 %") == "≤ é – œ 5\u00a0%"
    assert printable_text("242\u202f155") == "242\u00a0155"
    assert printable_text("Ḩuis ṭe") == "Huis te"
    assert printable_text("家") == "?"
