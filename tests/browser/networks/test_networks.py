"""A co-ordinator in the tab of networks: asks, reads, looks at the map, changes, stops, takes files along, shares."""

import csv
import io
import json

import geopandas
import pypdf
import pytest
from playwright.sync_api import expect

from geo.ages import AgeGroup
from geo.directory.partnerships import partnership_areas
from geo.networks import NetworkRequest
from tests.app import support
from tests.app.networks.test_networks import answered
from tests.browser.axe import broken
from tests.browser.network_visit import of
from tests.browser.paper import pages_of
from ui.networks import colouring, sentences, state
from words import i18n, phrases, problems

pytestmark = pytest.mark.browser

LINK = {"area": "31000", "age": "0-2", "children": "600"}
REQUEST = NetworkRequest(area="31000", min_children=600)
"""Brugge and around: three networks, and Torhout is left over."""
TORHOUT = "31033"
BOUNDARIES = support.data().data_dir / "boundaries" / "municipalities.parquet"
HARD = {"area": "02000", "age": "0-2", "children": "3000", "across": "40", "cross": "1"}
"""All of Flanders, across provinces: a search of half a minute."""


@pytest.fixture(autouse=True)
def dutch():
    i18n.use_language("nl")
    yield
    i18n.use_language("nl")


def plain(lines):
    return [" ".join(line.split()) for line in lines]


def towns():
    return support.data().municipalities


def groups(plan):
    return json.dumps([list(network.members) for network in plan.networks], separators=(",", ":"))


def area(plan):
    return support.data().areas.by_code(plan.request.area)


def lines(network):
    """What the page says of a network, in order."""
    kept = sentences.kept_text(network, {each.code: each for each in partnership_areas(support.data().directory)})
    return plain(
        [
            sentences.facts_text(network),
            sentences.seat_text(network),
            *([kept] if kept else []),
            *sentences.missing_sentences(network),
        ]
    )


def agrees(visitor, plan):
    """List and map say what the domain proposes, each network in one colour that its neighbours do not have."""
    visitor.expect_groups(groups(plan))
    language = i18n.current_language()
    names = towns().names(language)
    rows = visitor.rows
    assert [row["number"] for row in rows] == [str(at + 1) for at in range(len(plan.networks))]
    for row, network in zip(rows, plan.networks, strict=True):
        assert row["members"] == phrases.enumerate_names(sorted(names[code] for code in network.members))
        assert row["lines"] == lines(network)
        assert row["services"] == [each for offer in network.offers for each in (*offer.located, *offer.serving)]
    left = visitor.list.locator("[data-left]")
    assert left.evaluate_all("(all) => all.map((each) => each.dataset.left)") == [e.nis_code for e in plan.left_over]
    assert plain(left.all_inner_texts()) == plain(problems.sentence(each.why) for each in plan.left_over)
    seats = {at: network.seat.place for at, network in enumerate(plan.networks, start=1)}
    shown = {at: [lat, lon] for at, lat, lon in visitor.seats}  # where numbers would overlap, some wait for more room
    assert shown == {at: pytest.approx([seats[at].lat, seats[at].lon]) for at in shown}
    _colours_agree(visitor, plan, rows)


def _colours_agree(visitor, plan, rows):
    fills = visitor.fills
    colours = [{fills[code] for code in network.members} for network in plan.networks]
    assert all(len(each) == 1 for each in colours)
    shown = [each.pop() for each in colours]
    assert shown == [_hex(row["colour"]) for row in rows]
    assert set(shown) <= set(colouring.NETWORK_COLOURS)
    assert {fills[each.nis_code] for each in plan.left_over} <= {"pattern"}
    touching = colouring.touching_networks([network.members for network in plan.networks], _adjacency())
    for at, other in zip(*touching.nonzero(), strict=True):
        assert shown[at] != shown[other]


def _hex(colour):
    return "#" + "".join(f"{int(part):02x}" for part in colour.removeprefix("rgb(").removesuffix(")").split(","))


def _adjacency():
    return support.data().adjacency


# --- asking --------------------------------------------------------------------------------------------------------


def test_a_link_shows_the_networks_that_the_domain_proposes(visitor):
    planner = of(visitor()).open(**LINK)
    plan = answered(REQUEST)
    assert (len(plan.networks), [each.nis_code for each in plan.left_over]) == (3, [TORHOUT])
    agrees(planner, plan)
    assert [number for number, _lat, _lon in planner.seats] == [1, 2, 3]
    assert plain(planner.headline) == plain(sentences.headline_sentences(plan, area(plan)))
    planner.expect_in_sight(tuple(code for network in plan.networks for code in network.members))
    assert planner.visit.query == {"tab": "networks", **REQUEST.to_query()}
    expect(planner.page.locator(".st-key-networks-map iframe")).to_have_attribute(
        "title", i18n._("Map of the networks")
    )


def test_an_answer_that_takes_a_while_comes_by_itself(visitor):
    planner = of(visitor()).open(area="40000", age="0-2", children="990")
    agrees(planner, answered(NetworkRequest(area="40000", min_children=990)))
    expect(planner.progress).to_have_count(0)
    expect(planner.stop).to_have_count(0)


def test_a_long_search_tells_how_far_it_is_and_lets_the_reader_stop_and_go_on(visitor):
    planner = of(visitor()).go(**HARD)
    expect(planner.stop).to_be_visible()
    expect(planner.progress).to_be_visible()
    expect(planner.page.locator(".st-key-networks-progress")).to_contain_text(i18n._("Looking for networks…"))
    planner.stop.click()
    expect(planner.again).to_be_visible()
    expect(planner.stop).to_have_count(0)
    expect(planner.page.locator('[data-testid="stAlert"]')).to_contain_text("Gestopt.")
    planner.visit.expect_query(tab="networks", **HARD)
    assert broken(planner.page) == []
    planner.again.click()
    expect(planner.stop).to_be_visible()
    planner.choose(state.AREA, "Arrondissement Brugge")
    planner.type_number(state.CHILDREN, "600")
    planner.type_number(state.ACROSS, "20")
    agrees(planner, answered(REQUEST))
    expect(planner.again).to_have_count(0)


# --- list and map --------------------------------------------------------------------------------------------------


def test_list_and_map_choose_the_same_network(visitor):
    planner = of(visitor()).open(**LINK)
    first, second, third = answered(REQUEST).networks
    planner.expect_chosen(-1, None)
    all_of_it = planner.view

    planner.name(0).click()
    planner.expect_chosen(0, first.heart)
    planner.expect_in_sight(first.members)
    near = planner.view
    assert near[0] >= all_of_it[0]
    assert near != all_of_it

    planner.click_on_map(second.members[-1])
    planner.expect_chosen(1, second.members[-1])
    assert planner.view == near  # who points on the map stays where he is

    planner.seat(3).click()
    planner.expect_chosen(2, third.members[0])
    planner.seat(3).click()
    planner.expect_chosen(-1, None)

    planner.name(2).press("Enter")
    planner.expect_chosen(2, third.heart)
    expect(planner.name(2)).to_be_focused()
    planner.name(2).press("Enter")
    planner.expect_chosen(-1, None)
    planner.expect_in_sight(tuple(code for network in (first, second, third) for code in network.members))

    planner.click_on_map(TORHOUT)
    expect(planner.left(TORHOUT)).to_have_class("chosen")
    planner.expect_chosen(-1, TORHOUT)


def test_the_map_goes_along_with_the_list_and_stops_above_what_follows(visitor):
    planner = of(visitor()).open(**LINK)
    planner.unfold()
    foot = planner.page.locator("footer.foot")
    foot.scroll_into_view_if_needed()
    expect(planner.page.locator(".st-key-networks-map iframe")).to_be_in_viewport()
    body, command = (planner.page.locator(f".st-key-networks-{name}").bounding_box() for name in ("map", "command"))
    assert body["y"] + body["height"] <= command["y"]


# --- changing and sharing ------------------------------------------------------------------------------------------


def test_changes_change_the_answer_and_the_address_and_a_link_restores_them(visitor):
    planner = of(visitor()).open(**LINK)
    frame = planner.page.wait_for_selector(".st-key-networks-map iframe")
    planner.zoom_in()
    view = planner.view

    planner.type_number(state.CHILDREN, "1000")
    request = NetworkRequest(area="31000", min_children=1_000)
    agrees(planner, answered(request))
    planner.choose(state.AGES, i18n._("3–5 years"))
    planner.toggle(state.KEEP)
    request = NetworkRequest(
        area="31000", ages=frozenset({AgeGroup.FROM_0_TO_2, AgeGroup.FROM_3_TO_5}), keep_partnerships=False
    )
    plan = answered(request)
    planner.visit.expect_query(tab="networks", children=None, **request.to_query())
    agrees(planner, plan)
    assert planner.view == view
    assert frame.evaluate("(frame) => frame.isConnected")
    assert plain(planner.headline) == plain(sentences.headline_sentences(plan, area(plan)))

    planner.name(1).click()
    planner.expect_chosen(1, plan.networks[1].heart)
    other = of(visitor()).open(**{name: value for name, value in planner.visit.query.items() if name != "tab"})
    agrees(other, plan)
    other.expect_chosen(1, plan.networks[1].heart)
    other.expect_in_sight(plan.networks[1].members)
    assert other.headline == planner.headline
    assert other.visit.query == planner.visit.query


def test_two_visitors_at_once_do_not_share_choices(visitor):
    one, two = of(visitor()).open(**LINK), of(visitor()).open(**LINK)
    one.name(0).click()
    one.expect_chosen(0, answered(REQUEST).networks[0].heart)
    one.type_number(state.CHILDREN, "1000")
    agrees(one, answered(NetworkRequest(area="31000", min_children=1_000)))
    two.name(1).click()
    two.expect_chosen(1, answered(REQUEST).networks[1].heart)
    agrees(two, answered(REQUEST))


# --- files and paper -----------------------------------------------------------------------------------------------


def test_every_file_holds_the_networks_on_the_page(visitor, tmp_path):
    planner = of(visitor()).open(**LINK)
    plan = answered(REQUEST)
    planner.page.locator(".st-key-networks-command summary").click()
    assert " ".join(planner.page.locator(".stCode code").inner_text().split()) == REQUEST.command()
    table, shapes = planner.taken("networks-csv", tmp_path), planner.taken("networks-geojson", tmp_path)
    assert {table.name, shapes.name} == {
        f"opvoedkaart-networks-31000-{plan.data_version}.{e}" for e in ("csv", "geojson")
    }
    _csv_agrees(table, plan)
    _geojson_agrees(shapes, plan)

    planner.open_save()
    planner.page.locator(".st-key-networks-save-name input").fill("Samen <sterk>")
    planner.page.locator(".st-key-networks-save-note textarea").fill("voor maandag")
    planner.page.locator(".st-key-networks-save-make button").click()
    kept = planner.taken("networks-save-file", tmp_path)
    assert kept.name == "opvoedkaart-samen-sterk.json"
    document = json.loads(kept.read_text(encoding="utf-8"))
    assert (document["kind"], document["name"], document["note"]) == ("networks", "Samen <sterk>", "voor maandag")
    assert document["request"] == REQUEST.to_json()
    assert document["summary"] == pytest.approx(plan.summary())
    assert document["data_version"] == plan.data_version


def _csv_agrees(path, plan):
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    by_network = {(row["network"], row["nis_code"]): float(row["children"]) for row in rows}
    assert by_network == {
        **{
            (str(at), code): round(count, 1)
            for at, network in enumerate(plan.networks, start=1)
            for code, count in network.member_children
        },
        **{("", each.nis_code): round(each.children, 1) for each in plan.left_over},
    }
    assert {row["data_version"] for row in rows} == {plan.data_version}
    assert [row["nis_code"] for row in rows if row["why_left_over"]] == [each.nis_code for each in plan.left_over]


def _geojson_agrees(path, plan):
    frame = geopandas.read_file(path)
    assert list(frame["network"]) == [1, 2, 3]
    assert list(frame["heart"]) == [network.heart for network in plan.networks]
    assert list(frame["total_children"]) == [round(network.total, 1) for network in plan.networks]
    own = geopandas.read_parquet(BOUNDARIES).to_crs(3812)
    area_of = dict(zip(own["nis_code"], own.geometry.area, strict=True))
    assert frame.geometry.is_valid.all()
    for shape, network in zip(frame.geometry.to_crs(3812), plan.networks, strict=True):
        assert shape.area == pytest.approx(sum(area_of[code] for code in network.members), rel=1e-3)


def test_paper_shows_the_map_and_every_network(visitor):
    planner = of(visitor(scheme="dark")).open(**LINK)
    plan = answered(REQUEST)
    names = towns().names("nl")
    paper = planner.page.pdf(format="A4", prefer_css_page_size=True)
    assert pages_of(paper) == 3
    reader = pypdf.PdfReader(io.BytesIO(paper))
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    words = "".join(page.extract_text() for page in reader.pages).replace(" ", "").replace("\n", "")
    for network in plan.networks:
        assert all(names[code].replace(" ", "") in words for code in network.members)
        assert sentences.seat_text(network).replace(" ", "").replace("\xa0", "") in words.replace("\xa0", "")
    assert REQUEST.command().replace(" ", "") in words
    planner.page.emulate_media(media="print")
    for furniture in ("controls", "tools", "command"):
        expect(planner.page.locator(f".st-key-networks-{furniture}")).to_be_hidden()
    expect(planner.visit.map.locator(".leaflet-control-zoom")).to_be_hidden()


# --- everywhere ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("scheme", "language"), [("light", "nl"), ("dark", "fr")])
def test_a_phone_has_everything_and_nothing_scrolls_sideways(visitor, scheme, language):
    i18n.use_language(language)
    planner = of(visitor(width=360, scheme=scheme)).open(**LINK, lang=language)
    plan = answered(REQUEST)
    agrees(planner, plan)
    assert plain(planner.headline) == plain(sentences.headline_sentences(plan, area(plan)))
    expect(planner.page.locator("html")).to_have_attribute("lang", language)
    planner.visit.expect_on_map("document.documentElement.dataset.theme === arg", scheme)
    assert planner.visit.sideways() <= 0
    planner.name(1).click()
    planner.expect_chosen(1, plan.networks[1].heart)
    planner.unfold()
    planner.page.locator(".st-key-networks-command summary").click()
    expect(planner.page.locator(".stCode code")).to_be_visible()
    assert planner.visit.sideways() <= 0
    assert broken(planner.page) == []
    planner.open_save()
    assert planner.visit.sideways() <= 0


def test_no_network_at_all_is_an_answer_too(visitor):
    planner = of(visitor()).open(**{**LINK, "children": "90000"})
    plan = answered(NetworkRequest(area="31000", min_children=90_000))
    agrees(planner, plan)
    assert plain(planner.headline[:1]) == plain(sentences.headline_sentences(plan, area(plan))[:1])
    assert broken(planner.page) == []
