"""The finder without a browser: the first view, the search and every filter, against what the domain answers."""

import pytest

from geo.ages import AgeGroup
from geo.directory import ServiceType
from geo.directory.service_types import ServiceFunction
from geo.finder.hints import SIGHT_M
from tests.app import support
from ui.finder import search_field, state
from words import i18n, labels

PLACE = "Mechelen"


def _agrees(app, expected):
    """The list, its numbers and the map all say what the domain says."""
    assert not app.exception
    sent = support.sent(app)
    assert sent["count"] == expected.total
    assert sent["counts"] == {
        state.TYPE: [expected.counts_by_type[kind] for kind in labels.FAMILY_TYPES],
        state.AGE: [expected.counts_by_age[group] for group in AgeGroup],
        state.PROFESSIONAL: [expected.counts_by_type[kind] for kind in labels.PROFESSIONAL_TYPES],
    }
    assert support.shown_on_map(app) == {
        support.data().directory.services[row].id for row in expected.mask.nonzero()[0]
    }
    shown = support.ids(app)
    assert len(shown) == len(set(shown))
    lines = set(expected.hints.everywhere) if expected.hints.is_little else set()
    assert set(shown) - lines <= {hit.service.id for hit in expected.hits(expected.rows)}
    return shown


def test_the_first_view_lists_everything_and_asks_nothing():
    app = support.opened()
    shown = _agrees(app, support.answer())
    everything = support.answer()
    assert shown == [hit.service.id for hit in everything.hits(everything.rows[: len(shown)])]
    assert shown
    assert app.text_input(key=state.PLACE).value == ""
    assert support.query(app) == {}
    assert support.choices(app) == []
    assert not app.info
    assert not app.error


def test_a_place_shows_first_what_is_for_it_and_then_what_is_near():
    app = support.opened()
    app.text_input(key=state.PLACE).set_value(PLACE).run()
    expected = support.answer(PLACE)
    shown = _agrees(app, expected)
    assert shown[0] == expected.serving[0].service.id
    sections = {section["id"]: section for section in support.sent(app)["sections"]}
    near = [hit for hit in expected.hits(expected.only_nearby_rows) if hit.distance_m <= SIGHT_M]
    services = support.data().directory.services
    assert [services[hit[0]].id for hit in sections["near"]["hits"]] == [
        hit.service.id for hit in near[: len(sections["near"]["hits"])]
    ]
    assert all(hit[1] for hit in sections["near"]["hits"]), "what is near has a distance"
    assert support.query(app) == {"place": PLACE}
    assert support.map_says(app)["nis"] == "12025"


def test_everything_that_is_for_a_place_can_be_reached_with_more():
    app = support.opened(place=PLACE)
    expected = support.answer(PLACE)
    for _ in range(50):
        waiting = [section["id"] for section in support.sent(app)["sections"] if section["more"]]
        if not waiting:
            break
        support.wish(app, do="more", section=waiting[0])
    assert set(support.ids(app)) == {hit.service.id for hit in expected.hits(expected.rows)}


FILTERS = {
    "age": (state.AGE, [AgeGroup.FROM_0_TO_2], {"ages": frozenset({AgeGroup.FROM_0_TO_2})}, {"age": "0-2"}),
    "two ages": (
        state.AGE,
        [AgeGroup.PREGNANT, AgeGroup.FROM_12_TO_17],
        {"ages": frozenset({AgeGroup.PREGNANT, AgeGroup.FROM_12_TO_17})},
        {"age": "pregnant,12-17"},
    ),
    "type": (
        state.TYPE,
        [ServiceType.PARENTING_SHOP],
        {"types": frozenset({ServiceType.PARENTING_SHOP})},
        {"type": "parenting_shop"},
    ),
    "professionals": (
        state.PROFESSIONAL,
        [ServiceType.PROVINCIAL_CENTRE],
        {"types": frozenset({ServiceType.PROVINCIAL_CENTRE})},
        {"type": "provincial_centre"},
    ),
    "function": (
        state.FUNCTION,
        [ServiceFunction.MEETING],
        {"functions": frozenset({ServiceFunction.MEETING})},
        {"function": "meeting"},
    ),
    "free": (state.ONLY, ["free"], {"free": True}, {"free": "1"}),
    "no appointment": (state.ONLY, ["no_appointment"], {"no_appointment": True}, {"walkin": "1"}),
    "address": (state.ONLY, ["with_address"], {"with_address": True}, {"address": "1"}),
}


@pytest.mark.parametrize("place", ["", PLACE])
@pytest.mark.parametrize(("key", "values", "wanted", "link"), FILTERS.values(), ids=FILTERS)
def test_a_filter_leaves_what_the_domain_leaves(place, key, values, wanted, link):
    app = support.opened(**{"place": place} if place else {})
    support.toggle(app, key, *values)
    _agrees(app, support.answer(place, **wanted))
    assert support.query(app) == {**({"place": place} if place else {}), **link}
    support.toggle(app, key)
    _agrees(app, support.answer(place))


def test_open_now_leaves_only_what_is_open_by_the_clock():
    app = support.opened()
    support.toggle(app, state.ONLY, "open_now")
    _agrees(app, support.answer(open_now=True))
    assert support.query(app) == {"open": "1"}
    hits = [hit for section in support.sent(app)["sections"] for hit in section["hits"]]
    assert {hit[2] for hit in hits} <= {"open", "stale"}  # stale: open, says an old source
    assert hits
    with_hours = {service.id for service in support.data().directory.services if service.schedules}
    assert set(support.ids(app)) <= with_hours


def test_several_filters_hold_together_and_survive_a_new_place():
    app = support.opened()
    support.toggle(app, state.AGE, AgeGroup.FROM_0_TO_2)
    support.toggle(app, state.TYPE, ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PLAY_AND_ENCOUNTER)
    app.text_input(key=state.PLACE).set_value("Gent").run()
    wanted = {
        "ages": frozenset({AgeGroup.FROM_0_TO_2}),
        "types": frozenset({ServiceType.HOUSE_OF_THE_CHILD, ServiceType.PLAY_AND_ENCOUNTER}),
    }
    _agrees(app, support.answer("Gent", **wanted))


# --- places --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2800", "mechelen", "Malines", "MECHELEN ", "Mechelen station", "Mecheln"])
def test_a_place_is_found_however_it_is_written(text):
    app = support.opened()
    app.text_input(key=state.PLACE).set_value(text).run()
    assert not app.exception
    assert support.sent(app)["place"] == support.place(text).id
    assert support.map_says(app)["nis"] == "12025"


def test_an_ambiguous_place_offers_every_meaning_and_takes_the_one_that_is_chosen():
    text = support.ambiguous()
    app = support.opened()
    app.text_input(key=state.PLACE).set_value(text).run()
    assert not app.exception
    meant = [choice.id for choice in support.data().gazetteer.resolve(text).choices]
    assert support.choices(app) == meant
    assert support.sent(app)["place"] == ""
    for chosen in meant:
        again = support.opened(place=text)
        again.button(key=f"choice-{chosen}").click().run()
        assert support.sent(again)["place"] == chosen
        shared = support.opened(**support.query(again))
        assert support.sent(shared)["place"] == chosen, "the link finds the same place again"


def test_a_misspelt_place_that_could_be_several_offers_them():
    app = support.opened(place="xqzzvv")
    assert not app.exception
    assert "xqzzvv" in support.text(app)
    assert support.sent(app)["count"] == support.answer().total
    assert support.map_says(app)["place"] is None


def test_names_of_places_are_written_in_the_language_of_the_reader():
    for language, name in {"nl": "Kortrijk", "fr": "Courtrai"}.items():
        app = support.opened(place="Kortrijk", lang=language)
        assert support.sent(app)["title"].startswith(name)


def test_near_me_searches_the_position_and_keeps_it_out_of_the_address():
    app = support.near(support.opened(place="Gent"), lon=4.4776, lat=51.0259)
    assert not app.exception
    assert support.sent(app)["place"].startswith("position")
    assert support.query(app) == {}
    assert support.map_says(app)["nis"] == "12025"
    app.text_input(key=state.PLACE).set_value("Gent").run()
    assert support.map_says(app)["nis"] == support.place("Gent").nis_code


@pytest.mark.parametrize("reason", ["denied", "timeout", "unavailable", "unsupported", "<b>"])
def test_near_me_refused_says_to_type_instead(reason):
    app = support.near(support.opened(), refused=reason)
    assert not app.exception
    i18n.use_language("nl")
    assert [notice.value for notice in app.info] == [search_field._refusal_text(reason)]
    assert support.sent(app)["count"] == support.answer().total


@pytest.mark.parametrize(
    "said", [{}, {"lon": "4", "lat": None}, {"lon": float("nan"), "lat": 51.0}, {"lon": 1e308, "lat": -1e308}]
)
def test_a_position_that_makes_no_sense_changes_nothing(said):
    app = support.near(support.opened(), **said)
    assert not app.exception
    assert support.sent(app)["count"] == support.answer().total
    assert len(app.info) == 1


# --- when little is found --------------------------------------------------------------------------------------------


def test_no_result_says_why_and_offers_ways_on_that_work():
    link = {"place": "Voeren", "type": "family_care_centre", "age": "18-24", "free": "1"}
    app = support.opened(**link)
    assert not app.exception
    assert support.sent(app)["count"] == 0
    assert [section["id"] for section in support.sent(app)["sections"]] == ["lines"], "the lines that serve everywhere"
    help_ = support.sent(app)["help"]
    assert help_["title"]
    wishes = [wish for _label, wish in help_["choices"]]
    assert {"do": "everything"} in wishes
    for wish in wishes:
        again = support.wish(support.opened(**link), **wish)
        assert not again.exception
        assert support.query(again) != link
    everything = support.wish(app, do="everything")
    assert support.query(everything) == {"place": "Voeren"}
    assert support.ids(everything)


def test_help_leaves_out_the_choice_it_names():
    app = support.opened(place="Voeren", type="family_care_centre")
    assert support.sent(app)["help"]["lines"]
    for _label, wish in support.sent(app)["help"]["choices"]:
        if wish["do"] == "without":
            support.wish(app, **wish)
            assert state.TYPE not in support.query(app)
            assert app.button_group(key=state.TYPE).value == []
            return
    pytest.fail("the help does not offer to leave out the type")


def test_plenty_of_results_need_no_help():
    assert support.sent(support.opened(place="Gent"))["help"] is None


def test_more_choices_open_and_close_and_nothing_hidden_filters():
    app = support.opened()
    assert not any(group.key == state.ONLY for group in app.button_group)
    support.toggle(app, state.ONLY, "free")
    assert support.query(app) == {"free": "1"}
    app.button(key="more-choices").click().run()
    assert not any(group.key == state.ONLY for group in app.button_group)
    assert support.query(app) == {}
    assert support.sent(app)["count"] == support.answer().total


def test_a_link_with_a_folded_choice_opens_it():
    app = support.opened(free="1")
    assert app.button_group(key=state.ONLY).value == ["free"]
