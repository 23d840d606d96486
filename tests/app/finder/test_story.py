"""The first visit of a parent without a browser; the same story as tests/browser/test_story.py tells with one."""

from geo.ages import AgeGroup
from geo.directory import ServiceType
from tests.app import support
from ui.finder import state

SHOPS = frozenset({ServiceType.PARENTING_SHOP})
TODDLERS = frozenset({AgeGroup.FROM_0_TO_2})


def test_a_parent_searches_chooses_reads_keeps_and_prints():
    app = support.opened()
    assert support.sent(app)["count"] == support.answer().total

    app.text_input(key=state.PLACE).set_value("Mechelen").run()
    here = support.answer("Mechelen")
    assert support.sent(app)["count"] == here.total
    assert support.ids(app)[0] == here.serving[0].service.id

    support.toggle(app, state.AGE, AgeGroup.FROM_0_TO_2)
    assert support.sent(app)["count"] == support.answer("Mechelen", ages=TODDLERS).total

    support.toggle(app, state.TYPE, ServiceType.PARENTING_SHOP)
    shops = support.answer("Mechelen", ages=TODDLERS, types=SHOPS)
    assert support.sent(app)["count"] == shops.total
    assert support.query(app) == {"place": "Mechelen", "age": "0-2", "type": "parenting_shop"}

    first, second = (hit.service for hit in shops.hits(shops.rows[:2]))
    support.wish(app, do="service", id=first.id)
    assert support.sent(app)["detail"]["title"] == first.name
    assert support.query(app)["service"] == first.id
    support.wish(app, do="service", id="")
    assert support.sent(app)["detail"] is None
    assert support.sent(app)["count"] == shops.total

    for service in (first, second):
        support.wish(app, do="keep", id=service.id)
    assert support.sent(app)["kept"] == [first.id, second.id]
    assert support.query(app)["keep"] == f"{first.id},{second.id}"

    sheet = support.opened(**support.query(app), print="1")
    assert not sheet.exception
    words = support.text(sheet)
    assert words.index(first.name) < words.index(second.name)
    assert "data:image/svg" in support.markup(sheet)
    assert not sheet.get("component_instance"), "paper has no map"
    assert not sheet.button_group
