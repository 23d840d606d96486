"""What is named in one place is explained, drawn, translated and documented in the others."""

import logging
import re
from dataclasses import fields

import pytest
from babel.messages.pofile import read_po

from geo.ages import AGE_GROUP_NAMES, AgeGroup
from geo.coverage import State
from geo.coverage.row import STATE_MEANINGS, STATE_NAMES
from geo.directory import SERVICE_TYPES, ServiceType
from geo.directory.service import CONFIDENCE_NAMES, STATUS_NAMES, Confidence, Freshness, Precision, Status
from geo.directory.service_types import ServiceFunction
from geo.finder.filters import QUERY_NAMES
from geo.places import AreaLevel
from geo.places.areas import LEVEL_NAMES
from geo.settings import ENV_PREFIX, ROOT, Settings
from tests.app import support
from ui import cache, maps
from ui.finder import state
from words import i18n, labels


@pytest.mark.parametrize("kind", list(ServiceType))
def test_a_type_has_everything_it_needs(kind):
    info = SERVICE_TYPES[kind]
    assert info.name
    assert info.definition.endswith(".")
    assert info.source.startswith("https://")
    assert info.functions
    assert (ROOT / "static" / "icons" / f"{kind.value}.svg").is_file()
    assert (kind in labels.FAMILY_TYPES) != (kind in labels.PROFESSIONAL_TYPES)


@pytest.mark.parametrize("language", sorted({"nl", "fr"} | set(i18n.LANGUAGES) - {"en"}))
@pytest.mark.parametrize("kind", list(ServiceType))
def test_a_type_is_translated(kind, language):
    with (ROOT / "locale" / language / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    for text in (SERVICE_TYPES[kind].name, SERVICE_TYPES[kind].definition, SERVICE_TYPES[kind].standing):
        message = catalogue.get(text)
        assert message, text
        assert message.string, text


def test_symbols_differ():
    drawings = {path.read_text(encoding="utf-8") for path in (ROOT / "static" / "icons").glob("*.svg")}
    assert len(drawings) == len(list((ROOT / "static" / "icons").glob("*.svg")))


def test_every_value_has_words():
    assert set(AGE_GROUP_NAMES) == set(AgeGroup)
    assert set(STATE_NAMES) == set(STATE_MEANINGS) == set(State)
    assert set(STATUS_NAMES) == set(Status)
    assert set(CONFIDENCE_NAMES) == set(Confidence)
    assert set(LEVEL_NAMES) == set(AreaLevel)
    assert set(labels.FUNCTION_NAMES) == set(ServiceFunction)
    assert set(labels.PRECISION_SENTENCES) == set(Precision)
    assert set(labels.FRESHNESS_SENTENCES) == set(Freshness)
    assert set(labels.CRITERION_NAMES) == set(QUERY_NAMES)
    assert set(labels.ONLY_LABELS) == set(state.ONLY_CRITERIA)


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_a_setting_is_documented(setting):
    assert f"{ENV_PREFIX}{setting.upper()}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^ *{setting} :", Settings.__doc__ or "", re.MULTILINE)


def test_no_setting_is_documented_that_is_not_there():
    named = set(re.findall(rf"{ENV_PREFIX}([A-Z_]+[A-Z])", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named - {field.name.upper() for field in fields(Settings)} <= {"CHROMIUM", "SOURCES"}


def test_every_page_is_in_the_menu():
    menu = support.markup(support.opened())
    for page in (ROOT / "pages").glob("[!_]*.py"):
        assert f'href="{page.stem}"' in menu


def test_the_script_of_the_map_is_small_and_always_the_same():
    visits = [
        support.opened(),
        support.opened(place="Mechelen"),
        support.opened(place="Gent", type="parenting_shop", age="0-2", address="1"),
        support.opened(service=support.data().directory.services[0].id, keep=support.data().directory.services[1].id),
    ]
    scripts = {support.base_script(visit) for visit in visits}
    assert len(scripts) == 1
    assert len(scripts.pop().encode()) < 5000


def test_the_map_takes_its_scripts_from_our_own_server():
    scripts, styles = maps._asset_addresses(("map_frame/classes.js",))
    for _name, address in (*scripts, *styles):
        assert address.startswith("../../app/static/")
        assert (ROOT / "static" / address.removeprefix("../../app/static/").split("?")[0]).is_file()


def test_what_is_typed_is_never_logged(caplog):
    typed = {"known": "Zwijndrecht", "unknown": "Teststraat 7 bij oma", "ambiguous": support.ambiguous()}
    cache.load_settings.clear()
    with caplog.at_level(logging.DEBUG):
        app = support.opened()
        for text in typed.values():
            app.text_input(key=state.PLACE).set_value(text).run()
        support.near(app, lon=4.477612, lat=51.025934)
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.split(".")[0] in ("geo", "ui"))
    others = "\n".join(record.getMessage() for record in caplog.records)
    for secret in (*typed.values(), "4.477612", "51.025934"):
        assert secret not in said
        assert secret not in others
