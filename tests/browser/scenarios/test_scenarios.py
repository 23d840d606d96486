"""A planner with scenarios: keeps one, opens it, works it out again, compares two, prints; bad files do no harm."""

import datetime as dt
import io
import json
from functools import cache

import pypdf
import pytest
from playwright.sync_api import expect

from geo.coverage import Measure
from geo.networks import NetworkRequest
from geo.scenarios import plans as scenarios_plans
from geo.scenarios.file import ScenarioError
from tests.app import support
from tests.app.coverage.test_coverage import asked as covered
from tests.app.networks.test_networks import answered
from tests.app.planning.test_planning import book, given, planned
from tests.browser import hostile, network_visit, plan_visit
from tests.browser.axe import broken
from tests.browser.paper import pages_of
from tests.browser.scenario_visit import of, saved
from ui.planning import sentences
from ui.planning import view as planning_view
from ui.scenarios import page as scenarios_page
from ui.scenarios import view
from words import i18n, problems

pytestmark = pytest.mark.browser

AREA = "31000"
ASKED = {"area": AREA, "type": "house_of_the_child", "age": "0-2", "objective": "mclp", "sites": "3"}
SAVED = dt.date(2026, 3, 3)
NEXT_DOOR = "32000"
NETWORKS = NetworkRequest(area=AREA, min_children=600)
PAPER_PX = 703
"""What A4 leaves between its margins of 12 mm."""
CONTRAST = """(part) => { const lightness = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((each) => each / 255)
    .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
    .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
  const [ink, paper] = [getComputedStyle(part.querySelector('p')).color, getComputedStyle(part).backgroundColor];
  const [low, high] = [lightness(ink), lightness(paper)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05); }"""


@pytest.fixture(autouse=True)
def dutch():
    i18n.use_language("nl")
    yield
    i18n.use_language("nl")


@cache
def best():
    return planned(area=AREA)


@cache
def own():
    """One place of the reader's own, the first of the proposal."""
    return given([best().places[0].id], area=AREA)


def file_of(found, *, name="Alle drie", note="voor maandag", **changed):
    text = scenarios_plans.write(found, name=name, note=note, saved=SAVED)
    return json.dumps(json.loads(text) | changed, ensure_ascii=False)


def plain(text):
    return " ".join(text.split())


def rows(found):
    return [[plain(cell) for cell in row] for row in found]


def areas():
    from geo.places import AreaLevel
    from geo.places.areas import areas_at

    return {
        area.code: area
        for level in AreaLevel
        if level is not AreaLevel.PARTNERSHIP
        for area in areas_at(support.data().municipalities, level)
    }


# --- keeping and opening -------------------------------------------------------------------------------------------


def test_a_plan_is_kept_opened_worked_out_again_and_taken_back_to_the_first_tab(visitor, tmp_path):
    planner = plan_visit.of(visitor()).open(**ASKED)
    third = planner.ids[2]
    planner.type_place(third, "Blankenberge")
    expect(planner.place(third)).to_have_count(0)
    expect(planner.places).to_have_count(3)
    mine, link = planner.ids, planner.visit.query
    plan = given(mine, area=AREA)
    path = saved(planner.visit, "plan", tmp_path, name="Kust & <b>stad</b>", note="eerst\ndan")
    assert path.name == "opvoedkaart-kust-b-stad-b.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["name"] == "Kust & <b>stad</b>"
    assert document["places"] == mine
    assert document["request"] == plan.request.to_json()
    assert document["summary"] == pytest.approx(scenarios_plans.summary(plan))

    planner.page.keyboard.press("Escape")
    planner.page.locator(".tabs a").nth(2).click()
    reader = of(planner.visit)
    planner.visit.expect_query(**{**link, "tab": "scenarios"})
    reader.give_all(a=path.read_text(encoding="utf-8"))
    opened = scenarios_plans.read(path.read_bytes(), book())
    expect(reader.heading("a")).to_have_text(["A · Kust & <b>stad</b>"])
    for said in (document["note"], scenarios_page.request_text(opened, areas()), plan.data_version):
        expect(reader.card("a")).to_contain_text(said)
    expect(reader.trouble("a")).to_have_count(0)
    expect(reader.answer).to_be_visible()
    summary = scenarios_plans.summary(plan)
    assert reader.table(0)[1:] == [row[:2] for row in rows(view.difference_rows(summary, {}))]

    reader.do("work", "a")
    expect(reader.answer.locator("th[scope=col]")).to_have_count(4)
    assert reader.table(0)[1:] == rows(view.difference_rows(summary, summary))
    assert {row[3] for row in reader.table(0)[1:]} == {"="}

    reader.do("open", "a")
    planner.expect_there()
    planner.expect_marks(3)
    assert planner.ids == mine
    planner.visit.expect_query(**link, tab=None)


def test_a_file_of_other_data_says_so_and_is_worked_out_again_on_request(visitor):
    reader = of(visitor()).open()
    summary = scenarios_plans.summary(best())
    reader.give_all(a=file_of(best(), data_version="oud <i>*geheel*</i>", summary=summary | {"sites": 7.0}))
    expect(reader.trouble("a")).to_contain_text("oud <i>*geheel*</i>")
    expect(reader.trouble("a")).to_contain_text(best().data_version)
    expect(reader.answer).to_be_visible()
    assert reader.table(0)[1] == [i18n._("New places"), "7"]
    again = reader.page.locator(".st-key-scenario-work-a button")
    expect(again).to_have_text(i18n._("Work out again on these data"))
    again.click()
    expect(reader.answer.locator("th[scope=col]")).to_have_count(4)
    assert reader.table(0)[1:] == rows(view.difference_rows(summary | {"sites": 7.0}, summary))
    assert reader.table(0)[1] == [i18n._("New places"), "7", "3", "−4"]
    reader.do("remove", "a")
    expect(reader.card("a")).to_have_count(0)
    expect(reader.answer).to_have_count(0)


# --- two beside each other -----------------------------------------------------------------------------------------


def test_two_files_stand_beside_each_other_and_their_maps_go_together(visitor):
    reader = of(visitor()).open().give_all(a=file_of(best()), b=file_of(own(), name="Maar een"))
    reader.expect_maps(3, 1)
    for panel, (title, plan) in enumerate((("A · Alle drie", best()), ("B · Maar een", own()))):
        _panel_agrees(reader, panel, title, plan)
    summaries = scenarios_plans.summary(best()), scenarios_plans.summary(own())
    assert reader.table(0)[1:] == rows(view.difference_rows(*summaries))
    _towns_agree(reader)

    first = reader.expect_in_step()
    reader.map(0).locator(".leaflet-control-zoom-in").click()
    nearer = reader.expect_in_step(but_not=first)
    assert nearer[0] > first[0]
    reader.drag(1, reader.map(1).locator(".leaflet-control-scale"), 80, -60)
    elsewhere = reader.expect_in_step(but_not=nearer)
    assert elsewhere[0] == nearer[0]


def _panel_agrees(reader, panel, title, plan):
    head = reader.head(panel)
    expect(head.get_by_role("heading")).to_have_text(title)
    line = head.locator("p.first")
    assert plain(line.inner_text()) == plain(sentences.headline_sentences(plan)[0])
    assert head.locator("ol li").all_inner_texts() == [place.name("nl") for place in plan.places]
    assert reader.marks(panel) == [
        [at, pytest.approx(place.lat), pytest.approx(place.lon)] for at, place in enumerate(plan.places, start=1)
    ]
    request = plan.request
    report = covered(
        area=request.area, types=request.types, ages=request.ages, measure=Measure.REACH, reach_m=request.reach_m
    )
    drawn = planning_view.map_for_browser(support.data(), plan, report, is_after=True)
    assert reader.on_map(panel, "[opvoedkaart.cover.codes, [...opvoedkaart.cover.classes]]") == [
        drawn["codes"],
        drawn["classes"],
    ]
    frame = reader.page.locator(f".st-key-scenario-panel-{panel} iframe")
    expect(frame).to_have_attribute("title", i18n._("Map of scenario {name}").format(name=title))


def _towns_agree(reader):
    names = support.data().municipalities.names("nl")
    changes = view.town_changes(best(), own())
    lost = best().after.reached - own().after.reached
    assert sum(each.gain for each in changes) == pytest.approx(-lost, abs=len(names) / 2)
    found = reader.table(1)[1:]
    assert [row[0] for row in found] == [names[each.nis_code] for each in changes]
    assert [row[1:3] for row in found] == [
        [i18n.number_text(round(each.reached_a)), i18n.number_text(round(each.reached_b))] for each in changes
    ]
    losers = reader.answer.locator("tr.loses th").all_inner_texts()
    assert losers == [names[each.nis_code] for each in changes if each.gain < -0.5]
    assert losers


def test_the_plan_of_the_first_tab_is_compared_and_stays_as_it_is(visitor):
    planner = plan_visit.of(visitor()).open(**ASKED)
    link = planner.visit.query
    planner.page.locator(".st-key-plan-compare button").click()
    reader = of(planner.visit)
    other = planned(area=NEXT_DOOR, sites=2)
    reader.give_all(b=file_of(other, name="Naast de deur"))
    reader.expect_maps(3, 2)
    expect(reader.head(0).get_by_role("heading")).to_have_text(f"A · {i18n._('The plan you have now')}")
    _panel_agrees(reader, 1, "B · Naast de deur", other)
    there, beside = reader.marks(0), reader.view(1)
    reader.map(0).locator(".leaflet-control-zoom-in").click()
    reader.drag(0, reader.map(0).locator(".proposal").first, 60, 40)
    reader.expect_marks(0, there)  # here one only looks
    planner.visit.expect_query(**{**link, "tab": "scenarios", "at": None})
    assert reader.view(1) == beside, "maps of other areas do not go together"
    planner.page.locator(".tabs a").first.click()
    expect(planner.plan).to_be_visible()
    planner.visit.expect_query(**link, tab=None)
    assert planner.ids == [place.id for place in best().places]


def test_networks_are_opened_and_compared_too(visitor, tmp_path):
    planner = network_visit.of(visitor()).open(area=AREA, age="0-2", children="600")
    path = saved(planner.visit, "networks", tmp_path)
    more = NetworkRequest(area=AREA, min_children=1_000)
    reader = of(planner.visit).open()
    reader.give_all(a=path.read_text(encoding="utf-8"), b=file_of(answered(more), name="Groter"))
    plans = answered(NETWORKS), answered(more)
    expect(reader.answer).to_be_visible()
    assert reader.table(0)[1:] == rows(view.difference_rows(*(plan.summary() for plan in plans)))
    drawn = view.networks_for_browser(support.data(), [("A", plans[0]), ("B", plans[1])])
    assert reader.table(1)[1:] == [[town["name"], *map(plain, town["cells"])] for town in drawn["towns"]]
    expect(reader.page.locator("iframe")).to_have_count(0)
    reader.side("b").locator("a.scenario-link").click()
    planner.expect_groups("")
    planner.visit.expect_query(tab="networks", **more.to_query())

    reader.open().give_all(a=file_of(best()), b=path.read_text(encoding="utf-8"))
    expect(reader.page.locator('.stMain [data-testid="stAlert"]')).to_have_text(
        i18n._("One of these asks for places and the other for networks; they cannot be compared.")
    )
    expect(reader.answer).to_have_count(0)


# --- files that are no use -----------------------------------------------------------------------------------------


def _bad():
    """Files that are damaged, foreign or wrong, by what is the matter."""
    document = json.loads(file_of(best()))
    request = document["request"]
    return {
        "empty": "",
        "cut off": file_of(best())[:200],
        "no text": b"\xff\xfe\x00",
        "too deep": "[" * 50_000,
        "a layer": '{"type": "FeatureCollection", "features": []}',
        "a later version": json.dumps(document | {"opvoedkaart_scenario": 99}),
        "hidden signs": json.dumps(document | {"name": "a\u202eb"}),
        "wrong types": json.dumps(document | {"summary": [1], "saved": 3, "request": {"sites": "**99**", "ages": 1}}),
        "unknown area": json.dumps(document | {"request": request | {"area": "<script>"}}),
        "many faults": json.dumps(document | {"summary": {f"n{at}": "x" for at in range(40)}}),
    }


def test_files_that_cannot_be_used_get_a_sentence_and_change_nothing(visitor):
    reader = of(visitor()).open().give_all(a=file_of(best()))
    expect(reader.answer).to_be_visible()
    before = reader.table(0), reader.visit.query
    for name, content in {"huge.json": b"x" * 1_000_001, "plan.txt": b"{}"}.items():
        reader.offer("a", content, name=name)
        expect(reader.refused("a").filter(has_text=name).get_by_role("alert")).to_have_text(
            i18n._("This is no scenario: expected a JSON file of at most {most} MB. Nothing was changed.").format(
                most=1
            )
        )
        expect(reader.trouble("a")).to_have_count(0)
        expect(reader.heading("a")).to_have_text(["A · Alle drie"])
        assert (reader.table(0), reader.visit.query) == before, name
    assert broken(reader.page) == []

    for name, content in _bad().items():
        data = content if isinstance(content, bytes) else content.encode()
        with pytest.raises(ScenarioError) as caught:
            scenarios_plans.read(data, book())
        said = [problems.sentence(each) for each in caught.value.problems]
        reader.give("a", content, name=f"{name}.json")
        expect(reader.trouble("a").nth(1)).to_have_text(said[0])
        expect(reader.trouble("a").first).to_have_text(i18n._("This file cannot be opened; nothing was changed."))
        expect(reader.trouble("a")).to_have_count(min(len(said), 10) + 1 + (len(said) > 10))
        expect(reader.heading("a")).to_have_text(["A · Alle drie"])
        assert (reader.table(0), reader.visit.query) == before, name
    assert broken(reader.page) == []

    reader.give("a", file_of(own(), name="Toch goed"))
    expect(reader.heading("a")).to_have_text(["A · Toch goed"])
    expect(reader.refused("a")).to_have_count(0)
    expect(reader.trouble("a")).to_have_count(0)


def test_what_a_hostile_file_says_is_only_ever_text(visitor):
    reader = of(visitor()).open().give_all(b=file_of(own(), name="Gewoon"))
    tried = 0
    for text in hostile.ATTACKS.values():
        name, note = text[:100], text[:1_000]
        content = file_of(best(), name="x", note="y", summary={"sites": 3.0, text[:60]: 1.0}, data_version=text[:60])
        attack = json.dumps(json.loads(content) | {"name": name, "note": note, text[:40]: text[:40]})
        reader.give("a", attack)
        try:
            scenarios_plans.read(attack.encode(), book())
        except ScenarioError as error:
            expect(reader.trouble("a").nth(1)).to_have_text(problems.sentence(error.problems[0]))
            continue
        tried += 1
        expect(reader.heading("a")).to_have_text([f"A · {name}"])
        assert plain(reader.card("a").locator(".scenario-note").inner_text()) == plain(note)
        reader.expect_maps(3, 1)
        expect(reader.head(0).get_by_role("heading")).to_have_text(f"A · {name}")
        for part in (reader.card("a"), reader.head(0), reader.answer):
            expect(part.locator("script, img, svg, b, i, a, em, strong")).to_have_count(0)
    assert tried >= 5
    assert all(frame.evaluate("window.__pwned") is None for frame in reader.page.frames)


# --- on paper and everywhere ---------------------------------------------------------------------------------------


def test_paper_has_both_maps_and_both_tables_and_fits(visitor):
    reader = of(visitor(width=1900, scheme="dark")).open()
    reader.give_all(a=file_of(best()), b=file_of(own(), name="Maar een"))
    reader.expect_maps(3, 1)
    page = reader.page
    page.evaluate("window.print = () => { window.printed = true; }")
    page.locator(".sheet-buttons [data-print]").click()
    page.wait_for_function("window.printed === true")

    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert pages_of(paper) == 3
    reader_ = pypdf.PdfReader(io.BytesIO(paper))
    box = reader_.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    words = _letters("".join(sheet.extract_text() for sheet in reader_.pages))
    towns = support.data().municipalities.names("nl")
    said = ["A · Alle drie", "B · Maar een", "voor maandag", sentences.headline_sentences(best())[0]]
    said += [towns[each.nis_code] for each in view.town_changes(best(), own())]
    said += [row[0] for row in view.difference_rows(scenarios_plans.summary(best()), {})]
    assert [each for each in said if _letters(each) not in words] == []

    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER_PX, "height": 1000})
    reader.visit.expect_to_fit()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert reader.visit.sideways() <= 0
    for frame in page.locator("iframe").all():
        box = frame.bounding_box()
        assert 200 < box["width"] <= PAPER_PX
        assert box["x"] + box["width"] <= PAPER_PX
    for furniture in (".only-screen", '[data-testid="stFileUploader"]', ".scenario-card ~ button", ".tabs"):
        for part in page.locator(furniture).all():
            expect(part).to_be_hidden()
    for panel in range(2):
        expect(reader.map(panel).locator(".leaflet-control-zoom")).to_be_hidden()
    ink = reader.answer.locator("td").first.evaluate("(cell) => getComputedStyle(cell).color")
    assert ink == "rgb(30, 43, 42)"


def _letters(text):
    return "".join(each for each in text if each.isalnum())


@pytest.mark.parametrize(("scheme", "language"), [("light", "nl"), ("dark", "fr")])
def test_a_phone_has_everything_and_nothing_scrolls_sideways(visitor, scheme, language):
    i18n.use_language(language)
    reader = of(visitor(width=360, scheme=scheme)).open(lang=language)
    expect(reader.choice("a").locator("p")).to_have_text(i18n._("Choose a file"))
    assert reader.visit.sideways() <= 0
    assert broken(reader.page) == []
    reader.give_all(a=file_of(best(), name="Eenwoordzonderspaties" * 5))
    expect(reader.answer).to_be_visible()
    assert reader.page.locator(".st-key-scenario-open-a button").evaluate(CONTRAST) >= 4.5
    assert reader.visit.sideways() <= 0
    reader.give_all(b=file_of(own()))
    reader.expect_maps(3, 1)
    assert plain(reader.head(1).locator("p.first").inner_text()) == plain(sentences.headline_sentences(own())[0])
    assert reader.table(0)[1:] == rows(
        view.difference_rows(scenarios_plans.summary(best()), scenarios_plans.summary(own()))
    )
    assert reader.visit.sideways() <= 0
    assert broken(reader.page) == []


def test_two_visitors_do_not_see_each_others_files(visitor):
    one, two = of(visitor()).open(), of(visitor()).open()
    one.give_all(a=file_of(best()))
    two.give_all(b=file_of(own(), name="Van mij"))
    expect(one.card("b")).to_have_count(0)
    expect(two.card("a")).to_have_count(0)
    expect(two.heading("b")).to_have_text(["B · Van mij"])
