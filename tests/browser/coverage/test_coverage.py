"""A co-ordinator on the coverage page: chooses, reads, sorts, looks at the map, compares and shares."""

from functools import cache

import pytest
from playwright.sync_api import expect

from geo.ages import AgeGroup
from geo.coverage import CoverageRequest, Measure, State
from geo.coverage.request import WALK_M, Capacity
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.places import AreaLevel
from geo.places.areas import areas_at
from geo.places.spelling import fold_name
from tests.app.coverage.test_coverage import asked as _asked
from tests.app.coverage.test_coverage import dataset
from tests.browser.coverage_visit import of
from ui.coverage import headline, state
from ui.coverage.classes import NOT_REACHED_COLOUR, UNKNOWN_CLASS, classes_for
from words import amounts, i18n, labels

pytestmark = pytest.mark.browser

asked = cache(_asked)
MOST_BYTES = 40 * 1024
GENT, MECHELEN, MOL = "44021", "12025", "13025"
LAYER = "opvoedkaart.layers.municipalities.getLayers().find((layer) => layer.feature.properties.nis === arg)"
EMPTY = frozenset({ServiceType.FAMILY_CARE_CENTRE})
"""A type of which no record can be trusted."""


@pytest.fixture(autouse=True)
def dutch():
    i18n.use_language("nl")
    yield
    i18n.use_language("nl")


def agrees(coverage, report, *, panel=0):
    """Headline, legend and map say what the report says."""
    assert [" ".join(line.split()) for line in coverage.headline(panel)] == [
        " ".join(line.split()) for line in headline.headline_sentences(report)
    ]
    classes = classes_for(report)
    drawn = {row.area.code: classes.of(row) for row in report.rows}
    assert coverage.classes(panel) == drawn
    fills = coverage.fills(panel)
    assert {code: fills[code] for code in drawn} == {
        code: "pattern" if at == UNKNOWN_CLASS else classes.colours[at] for code, at in drawn.items()
    }
    counts = [int(text) for text in coverage.legend(panel).locator(".count").all_inner_texts()]
    assert counts == [
        list(drawn.values()).count(at) for at in sorted(set(drawn.values()), key=lambda at: (at == UNKNOWN_CLASS, at))
    ]


def cells_agree(coverage, report):
    """Every cell of the table says its number as the server says it in sentences, files and on paper."""
    unit = report.info.unit
    rows = {row.area.code: row for row in report.rows}
    columns = coverage.told(*(name for name in state.SORTABLE_COLUMNS if name != "other"))
    assert columns["name"] == {code: row.area.name(i18n.current_language()) for code, row in rows.items()}
    small = {code: " *" if row.is_small else "" for code, row in rows.items()}
    assert columns["children"] == {
        code: i18n.number_text(round(row.children)) + small[code] for code, row in rows.items()
    }
    value = {
        code: labels.state_name(row.state) if row.state is State.UNKNOWN else amounts.number_text(row.value, unit)
        for code, row in rows.items()
    }
    assert columns["value"] == _plain(value)
    beside_agrees(coverage, report, report.rows)
    assert columns["state"] == {code: labels.state_name(row.state) for code, row in rows.items()}
    assert columns["rank"] == {code: i18n.number_text(row.rank) if row.rank else "–" for code, row in rows.items()}
    need = {code: row.deprivation_pct for code, row in rows.items()}
    assert columns["need"] == {
        code: "–" if each is None else f"{i18n.number_text(each, decimals=1)} %" for code, each in need.items()
    }
    records = {code: text.split(" · ") for code, text in columns["records"].items()}
    assert {code: (int(parts[0]), int(parts[2])) for code, parts in records.items()} == {
        code: (row.evidence.records, row.evidence.located) for code, row in rows.items()
    }


def beside_agrees(coverage, report, rows):
    """What peers and the province come to, written by the browser, reads as the server would write it."""
    unit = report.info.unit
    provinces = [
        (set(area.nis_codes), report.row_of(area).comparable)
        for area in areas_at(dataset().municipalities, AreaLevel.PROVINCE)
    ]
    around = {
        row.area.code: next((value for towns, value in provinces if towns > set(row.area.nis_codes)), None)
        for row in rows
    }
    told = coverage.told("peers", "province")
    assert told["province"] == _plain({code: amounts.number_text(value, unit) for code, value in around.items()})
    assert told["peers"] == _plain({row.area.code: amounts.number_text(row.peers_value, unit) for row in rows})


def _plain(texts):
    return {code: " ".join(text.split()) for code, text in texts.items()}


# --- choosing and reading ------------------------------------------------------------------------------------------


def test_the_first_view_shows_the_gaps_first_and_every_number_as_elsewhere(visitor):
    coverage = of(visitor()).open()
    report = asked()
    agrees(coverage, report)
    cells_agree(coverage, report)
    states = coverage.column("state")
    order = [labels.state_name(each) for each in (State.NOT_REACHED, State.REACHED, State.UNKNOWN)]
    assert states == sorted(states, key=order.index)
    gaps = [int(text.replace(".", "").removesuffix(" *")) for text in coverage.column("children")][
        : states.count(order[0])
    ]
    assert gaps == sorted(gaps, reverse=True), "where most children are not reached comes first"
    expect(coverage.table.locator("small").first).to_be_visible()
    assert coverage.visit.sideways() <= 0


def test_choices_change_everything_but_the_frame_and_where_the_map_stands(visitor):
    coverage = of(visitor(), is_counted=True).open()
    coverage.on_map("{ window.leftByTheReader = true; opvoedkaart.map.setView([50.9, 4.2], 10, {animate: false}); }")
    view = coverage.view()
    request, costs = CoverageRequest(), {}

    def change(name, act, **choices):
        nonlocal request
        request = CoverageRequest(**{**vars_of(request), **choices})

        def acting():
            act()
            coverage.expect_request(request)

        costs[name], others = coverage.during(acting)
        assert [url for url in others if "map" in url or "points" in url] == [], "shapes and places are fetched once"
        coverage.expect_on_map("opvoedkaart.cover.colours.length > 0")
        agrees(coverage, asked(**vars_of(request)))

    change(
        "measure", lambda: coverage.choose(state.MEASURE, list(Measure).index(Measure.NEAREST)), measure=Measure.NEAREST
    )
    shop, older = ServiceType.PARENTING_SHOP, AgeGroup.FROM_3_TO_5
    change("type", lambda: coverage.add(state.TYPES, labels.type_name(shop)), types=request.types | {shop})
    change("age", lambda: coverage.add(state.AGES, labels.age_group_name(older)), ages=request.ages | {older})
    change("again", lambda: coverage.choose(state.MEASURE, list(Measure).index(Measure.REACH)), measure=Measure.REACH)
    change("reach", lambda: coverage.choose(state.REACH, state.REACHES_M.index(WALK_M)), reach_m=WALK_M)

    assert coverage.on_map("window.leftByTheReader") is True
    assert coverage.view() == view
    assert max(costs.values()) <= MOST_BYTES, costs


def vars_of(request):
    """The choices of a request by name."""
    return {name: getattr(request, name) for name in ("types", "ages", "measure", "reach_m", "area")}


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_a_link_brings_everything_back_to_somebody_else(visitor, width, scheme):
    link = {
        "type": "house_of_the_child,parenting_shop",
        "age": "0-2,3-5",
        "measure": "2sfca",
        "reach": "5",
        "capacity": "location",
        "area": "10000",
        "status": "active,announced,temporarily closed",
        "confidence": "high,low,medium",
        "nis": MOL,
        "sort": "-value",
        "find": "o",
    }
    coverage = of(visitor(width=width, scheme=scheme)).open(**link)
    request = CoverageRequest.from_query(link)
    coverage.expect_request(request)
    coverage.expect_chosen(MOL)
    report = asked(
        types=request.types, ages=request.ages, measure=Measure.TWO_STEP, reach_m=5_000.0, capacity=Capacity.LOCATION,
        area="10000", confidences=frozenset(Confidence),
        statuses=frozenset({Status.ACTIVE, Status.ANNOUNCED, Status.TEMPORARILY_CLOSED}),
    )  # fmt: skip
    agrees(coverage, report)
    expect(coverage.field).to_have_value("o")
    expect(coverage.heading("value").locator("xpath=..")).to_have_attribute("aria-sort", "descending")
    expect(coverage.page.locator(f".st-key-{state.KILOMETRES} input")).to_have_value("5.00")
    names = coverage.column("name")
    assert sorted(names) == sorted(row.area.name_nl for row in report.rows if "o" in fold_name(row.area.name_nl))
    at = coverage.row(MOL).bounding_box(), coverage.region.bounding_box()
    assert at[1]["y"] <= at[0]["y"] <= at[1]["y"] + at[1]["height"], "the chosen row is in sight"
    assert coverage.on_map("opvoedkaart.cover.selected") == MOL
    assert coverage.visit.sideways() <= 0
    assert coverage.visit.query == link

    coverage.page.locator("a[data-lang=fr]").click()
    expect(coverage.page.locator("html")).to_have_attribute("lang", "fr")
    coverage.expect_request(request)
    coverage.expect_chosen(MOL)
    assert coverage.visit.query == {**link, "lang": "fr"}
    coverage.expect_maps(1)
    assert coverage.classes() == {row.area.code: classes_for(report).of(row) for row in report.rows}


# --- map and table -------------------------------------------------------------------------------------------------


def test_map_and_table_answer_to_each_other(visitor):
    coverage = of(visitor()).open()
    coverage.click_on_map(MECHELEN)
    coverage.expect_chosen(MECHELEN)
    here, region = coverage.row(MECHELEN).bounding_box(), coverage.region.bounding_box()
    assert region["y"] <= here["y"] <= region["y"] + region["height"], "the row comes into sight"
    line = f"{LAYER}.options.weight"
    assert coverage.on_map(line, MECHELEN) > coverage.on_map(line, GENT)
    view = coverage.view()

    coverage.name(MOL).click()
    coverage.expect_chosen(MOL)
    coverage.expect_on_map("opvoedkaart.cover.selected === arg", MOL)
    assert coverage.view()[0] > view[0]
    assert coverage.on_map(f"opvoedkaart.map.getBounds().contains({LAYER}.getBounds())", MOL)

    coverage.name(MOL).click()
    coverage.expect_chosen(None)
    coverage.click_on_map(MOL)
    coverage.expect_chosen(MOL)
    coverage.click_on_map(MOL)
    coverage.expect_chosen(None)


def test_choosing_sorting_and_searching_cost_little_and_stand_in_the_address(visitor):
    coverage = of(visitor(), is_counted=True).open()

    def act():
        coverage.name(GENT).click()
        coverage.expect_chosen(GENT)
        coverage.heading("children").click()
        coverage.visit.expect_query(sort="children")
        coverage.field.fill("gen")
        coverage.field.press("Enter")
        coverage.visit.expect_query(find="gen")

    cost, others = coverage.during(act)
    assert cost <= MOST_BYTES, "three changes together"
    assert others == []
    expect(coverage.field).to_be_focused()
    found = {row.area.name_nl for row in asked().rows if "gen" in fold_name(row.area.name_nl)}
    assert set(coverage.column("name")) == found
    coverage.choose(state.MEASURE, list(Measure).index(Measure.SERVED))
    coverage.expect_request(CoverageRequest(measure=Measure.SERVED))
    coverage.visit.expect_query(nis=GENT, sort="children", find="gen")
    coverage.expect_chosen(GENT)
    assert set(coverage.column("name")) == found
    children = [int(text.replace(".", "").removesuffix(" *")) for text in coverage.column("children")]
    assert children == sorted(children)


# --- sorting and searching -----------------------------------------------------------------------------------------


def test_every_column_sorts_both_ways_with_the_unknown_last_and_names_are_found_without_accents(visitor):
    coverage = of(visitor()).open(measure="nearest", area="20001", lang="fr")
    rows = {row.area.code: row for row in asked(measure=Measure.NEAREST, area="20001").rows}
    i18n.use_language("fr")
    beside_agrees(coverage, asked(measure=Measure.NEAREST, area="20001"), rows.values())
    known = {
        "children": lambda row: round(row.children),
        "value": lambda row: None if row.state is State.UNKNOWN else row.value,
        "rank": lambda row: row.rank,
        "peers": lambda row: row.peers_value,
        "need": lambda row: row.deprivation_pct,
        "records": lambda row: row.evidence.records,
    }
    for column, of_row in known.items():
        for turn in (1, -1):
            coverage.heading(column).click()
            way = "ascending" if turn > 0 else "descending"
            expect(coverage.heading(column).locator("xpath=..")).to_have_attribute("aria-sort", way)
            found = [of_row(rows[code]) for code in coverage.codes]
            numbers = [value for value in found if value is not None]
            assert found[: len(numbers)] == numbers, f"{column}: the unknown comes last"
            rounded = [float(f"{value:.4g}") for value in numbers]
            assert rounded == sorted(rounded, reverse=turn < 0), column
            assert len(found) == len(rows)
        coverage.visit.expect_query(sort=f"-{column}")
    for first in (min, max):
        coverage.heading("name").click()
        names = [fold_name(name).replace(" ", "") for name in coverage.column("name")]
        assert names[0] == first(names)
    coverage.heading("name").click()
    coverage.visit.expect_query(sort=None)
    expect(coverage.table.locator("th[aria-sort=ascending], th[aria-sort=descending]")).to_have_count(0)

    coverage.field.press_sequentially("rhode-saint-genese")
    expect(coverage.table.locator("tbody tr")).to_have_count(1)
    assert coverage.column("name") == ["Rhode-Saint-Genèse"]
    coverage.field.fill("zzz")
    expect(coverage.table.locator("tbody tr")).to_have_count(1)
    assert coverage.codes == []
    coverage.field.fill("")
    expect(coverage.table.locator("tbody tr")).to_have_count(len(rows))


# --- comparing -----------------------------------------------------------------------------------------------------


def test_two_measures_and_then_two_areas_side_by_side(visitor):
    coverage = of(visitor()).open(area="10000")
    coverage.unfold()
    coverage.choose(state.COMPARE, 1 + list(Measure).index(Measure.NEAREST))
    coverage.visit.expect_query(compare="measure:nearest")
    coverage.expect_maps(2)
    first, second = asked(area="10000"), asked(area="10000", measure=Measure.NEAREST)
    agrees(coverage, first)
    agrees(coverage, second, panel=1)
    assert coverage.told("other")["other"] == _plain(
        {
            row.area.code: amounts.number_text(None if row.state is State.UNKNOWN else row.value, second.info.unit)
            for row in second.rows
        }
    )
    assert len({coverage.page.locator("iframe").nth(at).get_attribute("title") for at in (0, 1)}) == 2

    coverage.open(area="10000", compare="area:30000", maps=2)
    agrees(coverage, asked(area="10000"))
    agrees(coverage, asked(area="30000"), panel=1)
    assert len(coverage.codes) == len(asked(area="10000").rows) + len(asked(area="30000").rows)
    assert coverage.view(0)[2] > coverage.view(1)[2], "each map looks at its own area"
    coverage.click_on_map(MECHELEN)
    coverage.expect_chosen(MECHELEN)
    assert coverage.on_map("opvoedkaart.cover.selected", panel=1) == MECHELEN
    assert coverage.visit.sideways() <= 0


# --- what is not known ---------------------------------------------------------------------------------------------


def test_where_nothing_is_recorded_every_municipality_has_the_pattern(visitor):
    coverage = of(visitor()).open(type="family_care_centre")
    assert set(coverage.classes().values()) == {UNKNOWN_CLASS}
    assert set(coverage.fills().values()) == {"pattern"}
    assert NOT_REACHED_COLOUR not in coverage.fills().values()
    agrees(coverage, asked(types=EMPTY))
    assert coverage.on_map("opvoedkaart.doors") == 0
    expect(coverage.legend().locator(".hatch")).to_have_count(1)


# --- without a mouse, on a phone, without tiles --------------------------------------------------------------------


def test_the_whole_page_with_the_keyboard_alone(visitor):
    coverage = of(visitor()).open(area="10000")
    keys = coverage.page.keyboard
    _tab_to(coverage, "a.skip")
    keys.press("Enter")
    expect(coverage.table).to_be_focused()

    _tab_to(coverage, "a.skip-table")
    expect(coverage.table.locator("a.skip-table")).to_be_in_viewport()
    keys.press("Enter")
    expect(coverage.page.locator("#after-table")).to_be_focused()
    _tab_to(coverage, ".st-key-download-pdf button")

    coverage.field.focus()
    _tab_to(coverage, '[data-column="children"]')
    keys.press("Enter")
    coverage.visit.expect_query(sort="children")
    expect(coverage.heading("children")).to_be_focused()
    keys.press("Space")
    coverage.visit.expect_query(sort="-children")

    _tab_to(coverage, "tbody tr button")
    first = coverage.codes[0]
    keys.press("Enter")
    coverage.expect_chosen(first)
    expect(coverage.name(first)).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(coverage.profile).to_be_visible()
    coverage.visit.expect_query(profile=first)


def test_a_phone_scrolls_only_the_table_sideways(visitor):
    coverage = of(visitor(width=360, scheme="dark")).open()
    assert coverage.visit.sideways() <= 0
    assert coverage.region.evaluate("(part) => part.scrollWidth > part.clientWidth")
    coverage.region.evaluate("(part) => { part.scrollLeft = 300; }")
    coverage.heading("rank").click()
    coverage.visit.expect_query(sort="rank")
    assert coverage.region.evaluate("(part) => part.scrollLeft") > 0, "it stays where it was"
    coverage.unfold()
    assert coverage.visit.sideways() <= 0
    coverage.fold()
    coverage.page.locator("iframe").scroll_into_view_if_needed()
    here = coverage.page.evaluate("document.querySelector('.stMain').scrollTop")
    coverage.click_on_map(GENT)
    coverage.expect_chosen(GENT)
    assert coverage.page.evaluate("document.querySelector('.stMain').scrollTop") == here, (
        "the map stays under the finger"
    )
    dark = coverage.on_map("getComputedStyle(document.documentElement).getPropertyValue('--land').trim()")
    assert dark == "#1c2b29"


def test_the_map_is_whole_without_tiles_and_hostile_names_stay_text(visitor, hostile_server):
    coverage = of(visitor(at=hostile_server)).open(type="parenting_shop", measure="fragility", area="12000")
    assert coverage.watch.tiles == []
    assert coverage.on_map("opvoedkaart.layers.municipalities.getLayers().length") == 304
    assert coverage.on_map("document.querySelectorAll('.leaflet-tile').length") == 0
    assert coverage.on_map("opvoedkaart.doors") == 9
    names = coverage.headline()
    assert any("<" in line or "{" in line or "Langenaam" in line for line in names), (
        "the service most depend on is named"
    )
    assert coverage.page.locator(".cover-head img, .cover-head script, .cover-head a, .cover-head svg").count() == 0
    for frame in coverage.page.frames:
        assert frame.evaluate("window.__pwned") is None
    assert coverage.visit.sideways() <= 0


# --- others --------------------------------------------------------------------------------------------------------


def test_two_visitors_do_not_see_each_others_choices(visitor):
    one, other = of(visitor()).open(area="12000"), of(visitor()).open(measure="served", area="12000")
    one.choose(state.MEASURE, list(Measure).index(Measure.CHOICE))
    one.expect_request(CoverageRequest(measure=Measure.CHOICE, area="12000"))
    other.name(MECHELEN).click()
    other.expect_chosen(MECHELEN)
    other.expect_request(CoverageRequest(measure=Measure.SERVED, area="12000"))
    one.expect_chosen(None)
    agrees(other, asked(measure=Measure.SERVED, area="12000"))


def test_the_finder_loads_nothing_of_this_page(visitor):
    visit = visitor()
    asked_for = []
    visit.page.on("request", lambda request: asked_for.append(request.url))
    visit.open(place="Mechelen")
    assert any("finder.js" in url for url in asked_for)
    assert [url for url in asked_for if any(name in url for name in ("coverage", "classes", "areas-"))] == []


def test_rows_can_be_larger_areas(visitor):
    coverage = of(visitor()).open(by="primary_care_zone", measure="e2sfca")
    report = asked(measure=Measure.ENHANCED)
    rows = {row.area.code: row for row in report.by(AreaLevel.PRIMARY_CARE_ZONE)}
    assert set(coverage.codes) == set(rows)
    beside_agrees(coverage, report, rows.values())
    code = next(code for code, row in rows.items() if row.state is State.REACHED)
    coverage.name(code).click()
    coverage.expect_chosen(code)
    towns = rows[code].area.nis_codes
    towns_are_seen = f"arg.every((arg) => opvoedkaart.map.getBounds().contains({LAYER}.getBounds()))"
    coverage.expect_on_map(f"opvoedkaart.map.getZoom() > 8.5 && {towns_are_seen}", list(towns))


def _tab_to(coverage, selector, *, most=40):
    for _step in range(most):
        if coverage.page.evaluate("(wanted) => document.activeElement?.matches(wanted) ?? false", selector):
            return
        coverage.page.keyboard.press("Tab")
    pytest.fail(f"{selector} cannot be reached with the keyboard")
