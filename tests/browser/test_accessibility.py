"""No state of any page breaks a rule that axe knows, the toolkit's parts included: there is no list of exceptions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from geo.coverage import CoverageRequest, Measure
from tests.app.support import ambiguous, answer
from tests.browser import plan_visit
from tests.browser.axe import broken
from tests.browser.coverage_visit import of
from tests.browser.visit import Visit
from ui.coverage import state as coverage_state
from ui.finder import state
from ui.planning import state as planning_state

pytestmark = pytest.mark.browser


def _open(**query: str) -> Callable[[Visit], object]:
    return lambda visit: visit.open(**query)


def _opened(path: str, **query: str) -> Callable[[Visit], object]:
    return lambda visit: visit.go(path, **query)


def _unfolded(visit: Visit) -> None:
    visit.open(place="Mechelen")
    visit.unfold()
    expect(visit.pill("free")).to_be_visible()


def _ambiguous(visit: Visit) -> None:
    visit.open_asked(place=ambiguous())
    expect(visit.page.locator(".st-key-choices button").nth(1)).to_be_visible()


def _unknown(visit: Visit) -> None:
    visit.open_asked(place="qqqqqqq")


def _helpless(visit: Visit) -> None:
    visit.open(place="Voeren", type="family_care_centre", free="1", age="18-24")
    expect(visit.list.locator(".help")).to_be_visible()


def _detail(visit: Visit) -> None:
    visit.open(place="Mechelen", service=answer("Mechelen").serving[0].service.id)
    expect(visit.detail).to_be_visible()


def _kept(visit: Visit) -> None:
    found = answer("Mechelen")
    visit.open(place="Mechelen", keep=",".join(hit.service.id for hit in found.hits(found.rows[:3])))
    expect(visit.page.locator("a.print")).to_be_visible()


def _sheet(visit: Visit) -> None:
    found = answer("Mechelen")
    visit.go("", print="1", keep=",".join(hit.service.id for hit in found.hits(found.rows[: state.MOST_KEPT])))
    expect(visit.page.locator(".sheet h1")).to_be_visible()


def _coverage(*, maps: int = 1, **query: str) -> Callable[[Visit], object]:
    return lambda visit: of(visit).open(maps=maps, **query)


def _profile(code: str, **query: str) -> Callable[[Visit], object]:
    return lambda visit: of(visit).open_profile(code, **query)


def _every_measure(visit: Visit) -> None:
    """Look at one measure after the other; the last stays for the caller to judge."""
    coverage = of(visit).open(area="elz1", measure=Measure.SERVED.value)
    for measure in [each for each in Measure if each is not Measure.SERVED]:
        assert broken(visit.page) == []
        coverage.choose(coverage_state.MEASURE, list(Measure).index(measure))
        coverage.expect_request(CoverageRequest(area="elz1", measure=measure))


def _chosen(visit: Visit) -> None:
    coverage = of(visit).open(nis="12025", sort="-children", area="12000", measure="e2sfca")
    coverage.expect_chosen("12025")
    coverage.unfold()


STATES: dict[str, tuple[Callable[[Visit], object], dict[str, object]]] = {
    "first view": (_open(), {}),
    "results": (_open(place="Mechelen"), {}),
    "all choices": (_unfolded, {}),
    "ambiguous place": (_ambiguous, {}),
    "unknown place": (_unknown, {}),
    "nothing found": (_helpless, {}),
    "detail": (_detail, {}),
    "kept": (_kept, {}),
    "sheet": (_sheet, {}),
    "about": (_opened("about"), {}),
    "results, dark": (_open(place="Gent", type="parenting_shop", age="0-2"), {"scheme": "dark"}),
    "all choices, dark": (_unfolded, {"scheme": "dark"}),
    "kept, dark": (_kept, {"scheme": "dark"}),
    "detail, dark": (_detail, {"scheme": "dark"}),
    "about, dark": (_opened("about"), {"scheme": "dark"}),
    "results, phone": (_open(place="Mechelen"), {"width": 360}),
    "detail, phone": (_detail, {"width": 360}),
    "about, phone": (_opened("about"), {"width": 360}),
    "results, French": (_open(place="Bruxelles", lang="fr"), {}),
    "about, French": (_opened("about", lang="fr"), {}),
    "results, English": (_open(place="Ghent", lang="en"), {}),
    "about, English": (_opened("about", lang="en"), {}),
    "coverage": (_coverage(), {}),
    "coverage, every measure": (_every_measure, {}),
    "coverage, two measures, dark": (
        _coverage(maps=2, compare="measure:nearest", area="elz1", nis="23002"),
        {"scheme": "dark"},
    ),
    "coverage, two areas, French": (_coverage(maps=2, compare="area:elz2", area="elz1", lang="fr"), {}),
    "coverage, a municipality chosen, more choices": (_chosen, {}),
    "coverage, nothing known, phone": (_coverage(type="family_care_centre", area="21000"), {"width": 360}),
    "profile of a municipality, dark": (_profile("12025"), {"scheme": "dark"}),
    "profile of a province": (_profile("30000", measure="nearest"), {}),
    "profile of a partnership, phone, French": (
        _profile("partnership:huis-van-het-kind-genk", lang="fr"),
        {"width": 360},
    ),
}


@pytest.mark.parametrize("screen", STATES)
def test_no_rule_is_broken(visitor, screen):
    arrive, how = STATES[screen]
    visit = visitor(**how)
    arrive(visit)
    assert broken(visit.page) == []


def test_the_notice_of_broken_data_breaks_no_rule(visitor, refused_server):
    visit = visitor(at=refused_server).go("")
    expect(visit.page.locator(".broken h1")).to_be_visible()
    assert broken(visit.page) == []


# --- the planning page ---------------------------------------------------------------------------------------------


def _planning(**query: str) -> Callable[[Visit], object]:
    return lambda visit: plan_visit.of(visit).open(**{"area": "30000", "objective": "mclp", "sites": "3", **query})


def _plan_moved(visit: Visit) -> None:
    """A place is kept, one is moved, a text that means nothing is told, everything is unfolded."""
    planner = plan_visit.of(visit).open(area="30000", objective="mclp", sites="3", at="point:2.88_50.85")
    planner.button(planner.ids[0], plan_visit.KEEP).click()
    expect(planner.button(planner.ids[0], plan_visit.KEEP)).to_have_attribute("aria-pressed", "true")
    planner.type_place(planner.ids[0], "qqqqqqq")
    expect(planner.plan.get_by_role("alert")).to_be_visible()
    planner.unfold()


def _plan_choices(visit: Visit) -> None:
    plan_visit.of(visit).open(area="30000", objective="p_center", sites="2", need="0.5")
    visit.page.locator(".st-key-plan-more button").first.click()
    expect(visit.page.locator(f".st-key-{planning_state.CANDIDATES}")).to_be_visible()


def _plan_stopped(visit: Visit) -> None:
    planner = plan_visit.of(visit)
    visit.go("planning", objective="lscp", type="house_of_the_child")
    planner.stop.click()
    expect(planner.again).to_be_visible()


PLANNING: dict[str, tuple[Callable[[Visit], object], dict[str, object]]] = {
    "a proposal": (_planning(tour="60"), {}),
    "places of one's own": (_plan_moved, {}),
    "more choices": (_plan_choices, {}),
    "stopped": (_plan_stopped, {}),
    "phone, dark, French": (_planning(lang="fr", objective="p_median"), {"width": 360, "scheme": "dark"}),
}


@pytest.mark.parametrize("screen", PLANNING)
def test_planning_breaks_no_rule(visitor, screen):
    arrive, how = PLANNING[screen]
    visit = visitor(**how)
    arrive(visit)
    assert broken(visit.page) == []
