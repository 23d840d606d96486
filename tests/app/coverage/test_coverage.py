"""The coverage page without a browser: every choice, held against what `geo.coverage.measuring` answers to it."""

import base64
import datetime as dt
import json
from functools import cache

import numpy as np
import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from geo.ages import AgeGroup
from geo.coverage import CoverageRequest, Measure, State, measure
from geo.coverage.measures import MEASURES, Unit
from geo.coverage.request import BICYCLE_M, WALK_M, Capacity
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.places import AreaLevel
from tests.app import support
from tests.browser import hostile
from ui import browser_files, components
from ui.coverage import headline, state
from ui.coverage.classes import classes_for
from words import amounts, definitions, i18n, labels

STATES = [State.REACHED, State.NOT_REACHED, State.UNKNOWN]
DEFAULT = {"type": "house_of_the_child", "age": "0-2", "measure": "reach"}
SHOP = ServiceType.PARENTING_SHOP
GENK = "partnership:huis-van-het-kind-genk"
BY_UNIT = [Measure.SERVED, Measure.REACH, Measure.NEAREST, Measure.ENHANCED]


@cache
def dataset():
    """What the app measures on."""
    return support.data()


def asked(*, today=support.TODAY, **choices):
    """What the domain answers."""
    return measure(dataset(), CoverageRequest(**choices), today=today)


def sent(app):
    """What the table and the maps get."""
    return json.loads(_report(app).json)


def wish(app, **what):
    """Let the table or a map say what the reader wants, as the browser does, and run the app on it."""
    states = app._tree.get_widget_states()
    events = json.dumps([{"event": "wish", "value": what}])
    name = f"$$STREAMLIT_INTERNAL_KEY_{_report(app).id}__events"
    states.widgets.append(WidgetState(id=name, json_trigger_value=events))
    return app._run(states)


def _report(app):
    (found,) = [
        element.proto for element in app.get("bidi_component") if element.proto.component_name == "opvoedkaart_report"
    ]
    return found


def choose(app, key, value):
    return app.selectbox(key=key).set_value(value).run()


def agrees(app, report, *, by=AreaLevel.MUNICIPALITY):
    """Table, map, legend and headline all say what the report says."""
    assert not app.exception
    data = sent(app)
    rows = report.by(by)
    told = data["table"]
    assert told["codes"] == [row.area.code for row in rows]
    assert [known(data)["names"][code] for code in told["codes"]] == [
        row.area.name(i18n.current_language()) for row in rows
    ]
    assert told["children"] == [round(row.children) for row in rows]
    assert told["values"] == [_approximately(row) for row in rows]
    assert texts(told, "value") == [_value_text(row, report.info.unit) for row in rows]
    assert texts(told, "bounds") == [amounts.bounds_in_a_cell(row, report.info.unit) for row in rows]
    assert texts(told, "peers") == [amounts.number_text(row.peers_value, report.info.unit) for row in rows]
    assert len(set(told["texts"])) == len(told["texts"])
    assert [STATES[at] for at in told["states"]] == [row.state for row in rows]
    assert told["ranks"] == [row.rank for row in rows]
    need = known(data)
    assert [need["need"].get(code) for code in told["codes"]] == [row.deprivation_pct for row in rows]
    assert {code: amounts.percent(value) for code, value in need["need"].items()} == need["need_texts"]
    assert [each[::2] for each in told["evidence"]] == [[row.evidence.records, row.evidence.located] for row in rows]
    assert [each[3] for each in told["evidence"]] == [row.evidence.high_confidence for row in rows]
    assert data["panels"][0]["headline"] == headline.headline_sentences(report)
    map_agrees(data, 0, report)
    return data


def known(data):
    """The names of areas and their need by code, which the browser fetches once."""
    return json.loads(
        (browser_files.STATIC_DIR / data["areas"].removeprefix(components.BASE)).read_text(encoding="utf-8")
    )


def texts(table, column):
    """What the cells of a column show."""
    return [table["texts"][at] for at in table["cells"][column]]


def _value_text(row, unit):
    return labels.state_name(State.UNKNOWN) if row.state is State.UNKNOWN else amounts.number_text(row.value, unit)


def _approximately(row):
    """A value is told to four digits, and not at all where the state is unknown."""
    return None if row.state is State.UNKNOWN else pytest.approx(row.value, rel=1e-3)


def map_agrees(data, panel, report):
    """Each municipality has its class, the legend counts them, and the doors are those of what counts."""
    shown, legend = data["maps"][panel], data["panels"][panel]["legend"]
    classes = classes_for(report)
    codes = shown["codes"] or data["table"]["codes"]  # what table and map share is sent once
    assert codes == [row.area.code for row in report.rows]
    assert shown["classes"] == [classes.of(row) for row in report.rows]
    assert sum(int(entry["count"].replace(".", "")) for entry in legend) == len(report.rows)
    unknown = sum(row.state is State.UNKNOWN for row in report.rows)
    assert [entry["count"] for entry in legend if not entry["colour"]] == [str(unknown)][: bool(unknown)]
    bits = np.unpackbits(np.frombuffer(base64.b64decode(shown["mask"]), np.uint8), bitorder="little")
    assert set(np.flatnonzero(bits)) == set(report.supply.rows)


# --- choosing ------------------------------------------------------------------------------------------------------


def test_the_first_view_is_the_default_request():
    app = support.opened("coverage")
    data = agrees(app, asked())
    assert support.query(app) == DEFAULT
    assert data["began"] == {"order": "", "search": "", "chosen": ""}
    assert len(data["maps"]) == len(data["panels"]) == 1
    assert definitions.caveat_sentence(CoverageRequest()) in support.text(app)
    assert 'href="about#coverage"' in support.markup(app)


@pytest.mark.parametrize("name", Measure)
def test_every_measure_is_told_as_it_is_measured(name):
    app = support.opened("coverage")
    choose(app, state.MEASURE, name)
    agrees(app, asked(measure=name))
    assert support.query(app) == {**DEFAULT, "measure": name.value}
    assert any(box.key == state.REACH for box in app.selectbox) is MEASURES[name].uses_reach
    assert any(box.key == state.CAPACITY for box in app.selectbox) is (MEASURES[name].unit is Unit.PER_THOUSAND)


def test_types_ages_reach_and_area_narrow_the_question_together():
    app = support.opened("coverage")
    app.multiselect(key=state.TYPES).set_value([SHOP, ServiceType.PLAY_AND_ENCOUNTER]).run()
    app.multiselect(key=state.AGES).set_value([AgeGroup.FROM_3_TO_5, AgeGroup.FROM_6_TO_11]).run()
    choose(app, state.REACH, WALK_M)
    choose(app, state.AREA, "10000")
    wanted = {
        "types": frozenset({SHOP, ServiceType.PLAY_AND_ENCOUNTER}),
        "ages": frozenset({AgeGroup.FROM_3_TO_5, AgeGroup.FROM_6_TO_11}),
        "reach_m": WALK_M,
        "area": "10000",
    }
    agrees(app, asked(**wanted))
    assert support.query(app) == {
        "type": "parenting_shop,play_and_encounter",
        "age": "3-5,6-11",
        "measure": "reach",
        "reach": "1.2",
        "area": "10000",
    }


def test_a_distance_of_ones_own_is_typed_and_kept_through_other_measures():
    app = support.opened("coverage")
    assert not app.number_input
    choose(app, state.REACH, state.OTHER_REACH_M)
    app.number_input(key=state.KILOMETRES).set_value(5.0).run()
    agrees(app, asked(reach_m=5_000.0))
    assert support.query(app) == {**DEFAULT, "reach": "5"}
    choose(app, state.MEASURE, Measure.SERVED)
    assert not app.number_input
    choose(app, state.MEASURE, Measure.CHOICE)
    agrees(app, asked(reach_m=5_000.0, measure=Measure.CHOICE))
    choose(app, state.REACH, BICYCLE_M)
    agrees(app, asked(measure=Measure.CHOICE))


def test_leads_and_what_is_closed_for_a_while_count_when_asked_for():
    app = support.opened("coverage", type="parenting_shop")
    before = sent(app)["table"]["states"]
    app.toggle(key=state.LEADS).set_value(v=True).run()
    leads = {"types": frozenset({SHOP}), "confidences": frozenset(Confidence)}
    agrees(app, asked(**leads))
    assert sent(app)["table"]["states"] != before
    app.toggle(key=state.PAUSED).set_value(v=True).run()
    statuses = frozenset({Status.ACTIVE, Status.TEMPORARILY_CLOSED, Status.ANNOUNCED})
    agrees(app, asked(**leads, statuses=statuses))
    assert support.query(app)["confidence"] == "high,low,medium"
    assert set(support.query(app)["status"].split(",")) == statuses


def test_offer_is_counted_per_service_or_per_location():
    app = support.opened("coverage", measure="2sfca", type="pupil_guidance_centre", age="6-11")
    choose(app, state.CAPACITY, Capacity.LOCATION)
    wanted = {
        "types": frozenset({ServiceType.PUPIL_GUIDANCE_CENTRE}),
        "ages": frozenset({AgeGroup.FROM_6_TO_11}),
        "measure": Measure.TWO_STEP,
    }
    agrees(app, asked(**wanted, capacity=Capacity.LOCATION))
    assert support.query(app)["capacity"] == "location"


def test_a_type_of_which_nothing_is_recorded_leaves_everything_unknown():
    kind = ServiceType.FAMILY_CARE_CENTRE
    for name in BY_UNIT:
        app = support.opened("coverage", type=kind.value, measure=name.value)
        data = agrees(app, asked(types=frozenset({kind}), measure=name))
        assert set(data["table"]["states"]) == {STATES.index(State.UNKNOWN)}
        assert set(data["maps"][0]["classes"]) == {-1}
        assert [entry["colour"] for entry in data["panels"][0]["legend"]] == [""]
        assert set(data["table"]["ranks"]) == {None}


def test_rows_can_be_larger_areas_while_the_map_keeps_its_municipalities():
    app = support.opened("coverage")
    for level in state.ROW_LEVELS[1:]:
        choose(app, state.ROWS, level)
        agrees(app, asked(), by=level)
        assert support.query(app) == {**DEFAULT, "by": level.value}
    choose(app, state.ROWS, AreaLevel.MUNICIPALITY)
    assert support.query(app) == DEFAULT


@pytest.mark.parametrize("area", ["12025", "elz1", "11000", "10000", "04000", "02000", GENK])
def test_any_area_can_be_chosen(area):
    app = support.opened("coverage", area=area)
    report = asked(area=area)
    agrees(app, report)
    assert sent(app)["table"]["codes"] == sorted(dataset().areas.by_code(area).nis_codes)


# --- comparing -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", [Measure.NEAREST, Measure.ENHANCED, Measure.SERVED])
def test_two_measures_stand_side_by_side(second):
    app = support.opened("coverage")
    choose(app, state.COMPARE, state.measure_choice(second))
    first, other = asked(), asked(measure=second)
    data = agrees(app, first)
    assert support.query(app) == {**DEFAULT, "compare": f"measure:{second.value}"}
    assert [panel["title"] for panel in data["panels"]] == [
        labels.measure_name(each) for each in (Measure.REACH, second)
    ]
    map_agrees(data, 1, other)
    assert data["panels"][1]["headline"] == headline.headline_sentences(other)
    assert "other" in data["columns"]
    assert data["table"]["other"] == [_approximately(row) for row in other.rows]
    unit = MEASURES[second].unit
    shown = [amounts.number_text(None if row.state is State.UNKNOWN else row.value, unit) for row in other.rows]
    assert texts(data["table"], "other") == shown


def test_two_areas_stand_side_by_side_and_below_each_other():
    app = support.opened("coverage", area="10000")
    choose(app, state.COMPARE, state.area_choice("04000"))
    assert not app.exception
    data = sent(app)
    first, second = asked(area="10000"), asked(area="04000")
    map_agrees(data, 0, first)
    map_agrees(data, 1, second)
    assert data["table"]["codes"] == [row.area.code for row in (*first.rows, *second.rows)]
    assert texts(data["table"], "value") == [_value_text(row, Unit.SHARE) for row in (*first.rows, *second.rows)]
    assert "other" not in data["columns"]
    choose(app, state.COMPARE, "")
    agrees(app, first)
    assert len(sent(app)["maps"]) == 1


def test_areas_that_overlap_are_listed_once():
    app = support.opened("coverage", area="10000", compare="area:11000")
    codes = sent(app)["table"]["codes"]
    assert len(codes) == len(set(codes)) == len(asked(area="10000").rows)


# --- the address ---------------------------------------------------------------------------------------------------


def test_a_share_link_brings_everything_back():
    link = {
        "type": "parenting_shop,play_and_encounter",
        "age": "0-2,6-11",
        "measure": "choice",
        "reach": "5",
        "capacity": "location",
        "area": "30000",
        "status": "active,announced,temporarily closed",
        "confidence": "high,low,medium",
        "compare": "measure:2sfca",
        "by": "arrondissement",
        "nis": "31000",
        "sort": "-value",
        "find": "bru",
        "lang": "fr",
    }
    app = support.opened("coverage", **link)
    data = sent(app)
    assert not app.exception
    assert support.query(app) == link
    assert data["began"] == {"order": "-value", "search": "bru", "chosen": "31000"}
    assert data["key"] == repr(sorted(CoverageRequest.from_query(link).to_query().items()))
    i18n.use_language("fr")
    report = measure(dataset(), CoverageRequest.from_query(link), today=dt.date(2026, 3, 3))
    rows = report.by(AreaLevel.ARRONDISSEMENT)
    assert [known(data)["names"][code] for code in data["table"]["codes"]] == [row.area.name_fr for row in rows]
    assert texts(data["table"], "value") == [_value_text(row, Unit.SHARE) for row in rows]
    assert data["lang"] == "fr"


@pytest.mark.parametrize(
    "link",
    [
        {"type": "castle", "age": "pregnant,99", "measure": "beauty", "reach": "1e999"},
        {"reach": "-3", "capacity": "bed", "area": "<script>", "status": "?", "confidence": "?"},
        {"compare": "area:nowhere", "by": "street", "nis": "99999", "sort": "colour", "profile": "99999"},
        {"compare": "measure:reach", "reach": "nan", "profile": "../../etc"},
    ],
)
def test_nonsense_in_the_address_falls_back_without_a_word(link):
    app = support.opened("coverage", **link)
    agrees(app, asked())
    assert not app.error
    assert not app.warning
    assert {name: value for name, value in support.query(app).items() if name != "compare"} == DEFAULT


def test_two_visitors_do_not_see_each_others_choices():
    one, other = support.opened("coverage", age="3-5"), support.opened("coverage")
    choose(one, state.MEASURE, Measure.NEAREST)
    wish(one, do="select", code="12025")
    agrees(other.run(), asked())
    agrees(one.run(), asked(ages=frozenset({AgeGroup.FROM_3_TO_5}), measure=Measure.NEAREST))
    assert "nis" not in support.query(other)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_page_speaks_every_language(language):
    app = support.opened("coverage", lang=language, measure="fragility", by="province")
    i18n.use_language(language)
    report = asked(measure=Measure.FRAGILITY)
    assert not app.exception
    data = sent(app)
    assert data["panels"][0]["headline"] == headline.headline_sentences(report)
    told = [known(data)["names"][code] for code in data["table"]["codes"]]
    assert told == [row.area.name(language) for row in report.by(AreaLevel.PROVINCE)]
    assert support.query(app).get("lang", "nl") == language
    about = "about#coverage" if language == "nl" else f"about?lang={language}#coverage"
    assert f'href="{about}"' in support.markup(app)


# --- what the table and the map ask for ----------------------------------------------------------------------------


def test_what_is_asked_for_in_the_table_stands_in_the_address():
    app = support.opened("coverage")
    wish(app, do="select", code="12025", go=True)
    assert support.query(app) == {**DEFAULT, "nis": "12025"}
    wish(app, do="sort", by="-children")
    wish(app, do="find", text="mech")
    assert support.query(app) == {**DEFAULT, "nis": "12025", "sort": "-children", "find": "mech"}
    agrees(app, asked())
    wish(app, do="select", code="")
    wish(app, do="sort", by="")
    wish(app, do="find", text="")
    assert support.query(app) == DEFAULT


@pytest.mark.parametrize(
    "what",
    [
        {"do": "select", "code": "99999", "go": True},
        {"do": "select"},
        {"do": "sort", "by": "__proto__"},
        {"do": "sort", "by": "-"},
        {"do": "dance"},
        {},
    ],
)
def test_a_wish_that_makes_no_sense_changes_nothing(what):
    app = support.opened("coverage")
    wish(app, **what)
    agrees(app, asked())
    assert support.query(app) == DEFAULT


def test_a_search_without_end_is_cut_off():
    app = support.opened("coverage")
    wish(app, do="find", text="a" * 5_000)
    assert support.query(app)["find"] == "a" * state.LONGEST_SEARCH


def test_what_is_chosen_stays_while_other_things_change():
    app = support.opened("coverage", nis="12025", sort="children", find="e")
    choose(app, state.MEASURE, Measure.NEAREST)
    choose(app, state.AREA, "10000")
    app.toggle(key=state.LEADS).set_value(v=True).run()
    assert support.query(app) == {
        **DEFAULT,
        "measure": "nearest",
        "area": "10000",
        "confidence": "high,low,medium",
        "nis": "12025",
        "sort": "children",
        "find": "e",
    }


# --- another directory ---------------------------------------------------------------------------------------------


def test_texts_of_a_hostile_directory_reach_the_table_as_data_only(tmp_path, monkeypatch):
    monkeypatch.setenv("OPVOEDKAART_DIRECTORY", str(hostile.write(tmp_path / "theirs.json")))
    app = support.opened("coverage", type="parenting_shop", measure="fragility")
    assert not app.exception
    assert set(sent(app)["table"]["states"]) == {0, 1, 2}
    markup = support.markup(app)
    for piece in ("<script>", "<img src=x", "<svg onload", "<a href=# onclick"):
        assert piece not in markup


def test_without_a_single_service_everything_is_unknown(tmp_path, monkeypatch):
    path = tmp_path / "empty.json"
    path.write_text(json.dumps({"services": []}), encoding="utf-8")
    monkeypatch.setenv("OPVOEDKAART_DIRECTORY", str(path))
    for name in BY_UNIT:
        app = support.opened("coverage", measure=name.value)
        assert not app.exception
        assert set(sent(app)["table"]["states"]) == {STATES.index(State.UNKNOWN)}


def test_a_request_is_the_same_whatever_the_order_of_its_link():
    one = support.opened("coverage", type="parenting_shop,house_of_the_child", age="3-5,0-2")
    other = support.opened("coverage", age="0-2,3-5", type="house_of_the_child,parenting_shop")
    assert support.query(one) == support.query(other)
    first, second = sent(one), sent(other)
    assert first["table"] == second["table"]
