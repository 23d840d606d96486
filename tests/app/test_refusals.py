"""What cannot be asked is refused on every page in the language of the reader."""

import datetime as dt
import json

import pytest

from geo.networks import NetworkRequest
from geo.planning import PlanRequest
from geo.requests.request import kinds_of
from geo.scenarios import plans
from geo.scenarios.file import Scenario, dumps
from tests.app import support
from tests.support import refusals
from ui.markdown import escape_markdown
from ui.networks import answers as networks_answers
from ui.planning import answers as plan_answers
from ui.planning import state
from ui.scenarios import upload
from words import i18n, problems

LANGUAGES = ("nl", "fr", "en")
IN_DUTCH = "20 haltes zijn te veel voor één ronde; hoogstens 12 kunnen."


@pytest.fixture(scope="module")
def errors():
    return {way: refusals.raised(way) for way in refusals.WAYS}


def warned(app):
    assert not app.exception
    return [each.value for each in app.warning]


def said_by(error, language):
    i18n.use_language(language)
    return escape_markdown(problems.refusal(error))


def test_a_round_with_too_many_stops_is_refused_in_dutch():
    app = support.opened("planning", lang="nl", area="30000", sites="20", tour="50")
    assert app.session_state["plan-job"].search.done.wait(60)
    i18n.use_language("nl")
    assert warned(app.run()) == [escape_markdown(IN_DUTCH)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_that_cannot_be_asked(language, errors, monkeypatch):
    """Every way to be refused, on the page that shows most of them."""
    app = support.opened("planning", lang=language, area="04000", reach="1.2", sites="1")
    i18n.use_language(language)  # the words of choices are made in the test's own thread
    for way, error in errors.items():

        def refuse(error=error):
            raise error

        monkeypatch.setattr(state, "chosen_request", refuse)
        app.run()
        assert warned(app) == [said_by(error, language)], way
        assert language == "en" or escape_markdown(str(error)) not in warned(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ["no code of an area", "networks too wide", "networks of ages that are not counted"])
def test_networks_that_cannot_be_asked(language, way, errors, monkeypatch):
    def refuse(*_args, **_named):
        raise errors[way]

    monkeypatch.setattr(networks_answers, "answer", refuse)
    assert warned(support.opened("planning", tab="networks", lang=language)) == [said_by(errors[way], language)]


def kept(kind, request):
    """A scenario without numbers."""
    return Scenario(
        kind=kind, name="x", request=request, summary={}, data_version="x", program_version="1",
        saved=dt.date(2026, 3, 3),
    )  # fmt: skip


def given(content, language):
    """Open the tab of scenarios and give it a file."""
    app = support.opened("planning", tab="scenarios", lang=language)
    next(each for each in app.file_uploader if "-a-" in each.key).set_value(("x.json", content, "application/json"))
    return app.run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(plans.KINDS))
def test_a_file_in_which_every_choice_is_wrong(language, kind):
    made = plans.KINDS[kind]
    names = list(kinds_of(made))
    document = json.loads(dumps(kept(kind, made()))) | {"request": {name: {"x": 1} for name in names}}
    app = given(json.dumps(document).encode(), language)
    i18n.use_language(language)
    found = [each.value for each in app.error][1:]
    for name, line in zip(names, found[: upload.MOST_PROBLEMS], strict=False):
        message = dict(made.problems_in(document["request"]))[name]
        assert line == escape_markdown(f"request.{name}: {problems.sentence(message)}")
        assert language == "en" or str(message) not in line.replace("\\", "")
    assert len(found) == min(len(names), upload.MOST_PROBLEMS) + (len(names) > upload.MOST_PROBLEMS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("request_", "answers"),
    [(PlanRequest(area="30000"), plan_answers), (NetworkRequest(area="30000"), networks_answers)],
)
def test_a_file_that_cannot_be_worked_out(language, request_, answers, errors, monkeypatch):
    error = errors["networks too wide"]

    def refuse(*_args, **_named):
        raise error

    monkeypatch.setattr(answers, "answer", refuse)
    kind = plans.PLAN if isinstance(request_, PlanRequest) else plans.NETWORKS
    app = given(dumps(kept(kind, request_)).encode(), language)
    app.button(key="scenario-work-a").click().run()
    assert warned(app)[-1] == said_by(error, language)
