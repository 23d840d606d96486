"""One service and the kept ones: details, links, the sheet to print, links that make no sense."""

import pytest

from geo.ages import AgeGroup
from tests.app import support
from ui.finder import state
from words import i18n, services


def _first(count):
    return [service.id for service in support.data().directory.services[:count]]


def test_every_service_has_an_address_of_its_own():
    app = support.opened()
    for service in support.data().directory.services[:: len(support.data().directory.services) // 12]:
        support.wish(app, do="service", id=service.id)
        assert not app.exception
        assert support.query(app) == {"service": service.id}
        detail = support.sent(app)["detail"]
        assert (detail["id"], detail["title"]) == (service.id, service.name)
        assert support.sent(app)["title"] == f"{service.name} · Opvoedkaart"
        card = support.cards(app)[detail["hit"][0]]
        assert card["name"] == service.name


def test_a_click_on_the_map_opens_the_service_of_that_row():
    app = support.opened(place="Gent")
    for row, service in enumerate(support.data().directory.services[:3]):
        support.wish(app, do="row", row=row)
        assert support.query(app) == {"place": "Gent", "service": service.id}
        assert support.map_says(app)["selected"] == row


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"do": "nothing"},
        {"do": "row", "row": 10**9},
        {"do": "row", "row": -1},
        {"do": "row", "row": "0"},
        {"do": "row"},
        {"do": "service", "id": "nonexistent"},
        {"do": "service", "id": {"a": 1}},
        {"do": "keep", "id": "<script>"},
        {"do": "municipality", "nis": "99999"},
        {"do": "municipality"},
        {"do": "without", "criterion": "__class__"},
        {"do": "more", "section": "<b>"},
        {"do": "more", "section": ["a"]},
    ],
    ids=str,
)
def test_a_wish_that_makes_no_sense_changes_nothing_that_is_found(said):
    app = support.wish(support.opened(place="Gent"), **said)
    assert not app.exception
    assert support.sent(app)["count"] == support.answer("Gent").total
    assert support.sent(app)["detail"] is None
    assert support.sent(app)["kept"] == []


BAD_LINKS = {
    "type": {"type": "foo"},
    "age": {"age": "999"},
    "language": {"lang": "xx"},
    "kept": {"keep": "<script>alert(1)</script>,,,"},
    "service": {"service": "nonexistent"},
    "yes and no": {"free": "perhaps", "open": "-1", "walkin": "", "address": "<b>"},
    "spoken": {"spoken": "<b>,qqqqqqqqqq"},
    "function": {"function": "sing"},
    "more": {"more": "9", "position": "4,51", "started": "1", "refused": "denied"},
}


@pytest.mark.parametrize("link", BAD_LINKS.values(), ids=BAD_LINKS)
def test_a_value_in_a_link_that_makes_no_sense_falls_back(link):
    app = support.opened(**link)
    assert not app.exception
    assert not app.error
    assert support.sent(app)["count"] == support.answer().total
    assert support.sent(app)["lang"] == i18n.DEFAULT_LANGUAGE
    assert support.sent(app)["detail"] is None
    assert "<script>" not in support.markup(app)
    assert set(support.query(app)) & {"type", "age", "lang", "function", "free", "open", "spoken"} == set()


def test_bad_values_do_not_take_good_ones_with_them():
    app = support.opened(place="Gent", type="foo,parenting_shop", age="0-2,999", lang="xx", keep="<b>")
    assert app.button_group(key=state.AGE).value == [AgeGroup.FROM_0_TO_2]
    assert support.query(app)["type"] == "parenting_shop"
    assert support.query(app)["age"] == "0-2"


def test_a_place_of_endless_length_is_cut_and_unknown():
    app = support.opened(place="x" * 100_000)
    assert not app.exception
    assert len(app.text_input(key=state.PLACE).value) == state.LONGEST_PLACE


def test_keeping_is_undone_by_the_same_button_and_by_emptying():
    one, two = _first(2)
    app = support.opened()
    support.wish(app, do="keep", id=one)
    support.wish(app, do="keep", id=two)
    support.wish(app, do="keep", id=one)
    assert support.query(app) == {"keep": two}
    app.button(key="empty").click().run()
    assert support.query(app) == {}
    assert support.sent(app)["kept"] == []


def test_no_more_is_kept_than_fits_on_a_page():
    app = support.opened(keep=",".join(_first(state.MOST_KEPT + 3)))
    assert support.query(app)["keep"] == ",".join(_first(state.MOST_KEPT))
    support.wish(app, do="keep", id=_first(state.MOST_KEPT + 1)[-1])
    assert support.query(app)["keep"] == ",".join(_first(state.MOST_KEPT))


# --- paper -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_the_sheet_says_all_that_one_needs_to_go_there(language):
    with_phone = [service for service in support.data().directory.services if service.phones][:4]
    app = support.opened(keep=",".join(service.id for service in with_phone), print="1", lang=language)
    assert not app.exception
    said = support.text(app)
    i18n.use_language(language)
    for service in with_phone:
        for line in (
            service.name,
            services.address_text(service),
            services.ages_text(service),
            services.checked_text(service),
        ):
            assert support.plain(line) in said
        assert all(phone.national in said for phone in service.phones)
    assert support.data().data_version in said
    assert f"keep={','.join(service.id for service in with_phone)}" in said
    assert not app.get("component_instance")


def test_a_sheet_with_nothing_kept_says_how_to_keep():
    app = support.opened(print="1", keep="nonexistent")
    assert not app.exception
    i18n.use_language("nl")
    assert i18n._("Nothing is kept yet. Choose “Keep” on a card first.") in support.text(app)
    assert "data:image" not in support.markup(app)
