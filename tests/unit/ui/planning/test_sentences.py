"""What a plan brings, said with the numbers that `geo.planning` works out, whatever the language."""

import re
from dataclasses import replace

import pytest

from geo.coverage.measures import Unit
from geo.planning import Objective, search
from geo.planning.plan import PlanStatus
from geo.solver.control import Step
from tests.support.tiny_demand import TODAY, house
from tests.support.tiny_flanders import location
from tests.support.tiny_plan import ask, book, planned, site
from ui.planning import sentences
from words import amounts, i18n
from words.i18n import _

BERK = house("berk", location("Berk"))
BY_DISTANCE = [Objective.LEAST_MEAN, Objective.LEAST_WORST]


@pytest.fixture(params=["nl", "fr", "en"], autouse=True)
def language(request):
    i18n.use_language(request.param)
    return request.param


def own(*sites, **choices):
    """A plan of places that the reader chose."""
    return search.evaluate(book(BERK), ask(**choices), [site(each) for each in sites], today=TODAY)


@pytest.mark.parametrize("objective", Objective)
def test_the_headline_has_the_numbers_of_the_plan_and_no_gap_left_open(objective):
    plan = planned(BERK, objective=objective, sites=2, share=0.8)
    lines = sentences.headline_sentences(plan)
    assert not any(re.search(r"[{}]", line) for line in lines)
    first = lines[0]
    assert i18n.number_text(len(plan.places)) in first
    for outcome in (plan.before, plan.after):
        assert amounts.value_text(outcome.reached / outcome.children, Unit.SHARE) in first
    if objective is Objective.MOST_REACHED:
        assert amounts.children_text(plan.after.reached - plan.closed.reached) in first
    if objective is Objective.LEAST_MEAN:
        assert amounts.value_text(plan.after.mean_m, Unit.METRES) in first
    if objective is Objective.LEAST_WORST:
        assert amounts.value_text(plan.after.worst_m, Unit.METRES) in first
    assert lines[-1] == sentences.proof_sentence(plan)


def test_what_closes_and_the_round_of_a_bus_are_named():
    closing = planned(BERK, sites=1, closed=frozenset({"berk"}))
    assert any(closing.closing_services[0].name in line for line in sentences.headline_sentences(closing))
    bus = planned(BERK, sites=2, tour_m=5_000.0)
    (line,) = [line for line in sentences.headline_sentences(bus) if " – " in line]
    length = i18n.number_text(bus.tour_m / 1000, decimals=1)
    assert length in line
    assert " – ".join(stop.name(i18n.current_language()) for stop in (*bus.tour, bus.tour[0])) in line


def test_how_sure_it_is_depends_on_the_proof():
    proven, given = planned(BERK, sites=1), own("Aster", sites=1)
    assert (proven.proof.status, given.proof.status) == (PlanStatus.OPTIMAL, PlanStatus.GIVEN)
    open_ = replace(proven, proof=replace(proven.proof, status=PlanStatus.NOT_PROVEN, gap=0.0123, seconds=20.0))
    assert len({sentences.proof_sentence(plan) for plan in (proven, given, open_)}) == 3
    assert i18n.number_text(1.23, decimals=2) in sentences.proof_sentence(open_)
    tiny = replace(open_, proof=replace(open_.proof, gap=1e-6))
    assert i18n.number_text(0.01, decimals=2) in sentences.proof_sentence(tiny)  # never "by at most 0 %"


def test_the_loss_against_the_optimum_is_told_in_children():
    best, mine = planned(BERK, sites=1), own("Ceder", sites=1)
    assert best.proof.value - mine.proof.value == 40  # Aster brings 100, Ceder 60
    assert amounts.children_text(40) in sentences.loss_sentence(mine, best)
    assert amounts.children_text(40) not in sentences.loss_sentence(own("Aster", sites=1), best)
    assert sentences.loss_sentence(own("Aster", sites=1), best) == _("As good as the proposal.")


@pytest.mark.parametrize("objective", BY_DISTANCE)
def test_the_loss_against_the_optimum_is_told_in_distance(objective):
    best, mine = planned(BERK, sites=1, objective=objective), own("Berk", sites=1, objective=objective)
    more = mine.proof.value - best.proof.value
    assert more > 1
    assert amounts.value_text(more, Unit.METRES) in sentences.loss_sentence(mine, best)
    assert sentences.loss_sentence(best, best) == _("As good as the proposal.")


def test_the_loss_of_the_fewest_sites_is_the_share_that_is_not_reached():
    wanted = {"objective": Objective.FEWEST_SITES, "share": 0.8}
    best, mine = planned(BERK, **wanted), own("Aster", **wanted)
    less = (best.after.reached - mine.after.reached) / 480
    assert amounts.value_text(less, Unit.SHARE) in sentences.loss_sentence(mine, best)


def test_each_place_and_each_change_have_their_numbers():
    plan = planned(BERK, sites=1)
    assert amounts.children_text(100) in sentences.site_text(plan.sites[0])
    signs = {sentences.gain_text(row) for row in plan.gains if abs(row.gain) >= 0.5}
    assert signs == {"+100"}


def test_who_only_has_a_shorter_way_and_who_has_a_longer_one_are_not_told_the_same():
    farther = own(sites=1, closed=frozenset({"berk"}))
    (berk,) = [row for row in farther.gains if row.gain < -0.5]
    assert sentences.gain_text(berk) == "−200"
    longer = {sentences.gain_text(row) for row in farther.gains if abs(row.gain) < 0.5}
    shorter = {sentences.gain_text(row) for row in planned(BERK, sites=1).gains if abs(row.gain) < 0.5}
    assert longer
    assert shorter
    assert not longer & shorter


def test_what_is_taken_for_granted_is_told_whole():
    plan = planned(BERK, sites=9, need_weight=0.5, closed=frozenset({"berk"}))
    told = sentences.assumptions_to_tell(plan)
    assert len(told) == len(plan.assumptions)
    assert not any(re.search(r"[{}]", line) for line in told)


def test_every_step_of_a_search_has_its_words():
    assert set(sentences.STEP_LABELS) == set(Step)
    assert len({_(text) for text in sentences.STEP_LABELS.values()}) == len(Step)
