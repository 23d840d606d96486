"""The strip of a measure shows the numbers of its row, in place and inside the strip."""

import re
from dataclasses import replace

import pytest

from geo.coverage import Measure, measure
from geo.coverage.profile import PROFILE_MEASURES, profile_of
from geo.directory.service import Precision
from tests.support.tiny_demand import TODAY, ask, dataset, house
from tests.support.tiny_flanders import NIS, areas, location
from ui.coverage import strips
from words import i18n, labels

ASTER = house("aster", location("Aster"), service_areas=areas("Aster"))
MARK = re.compile(r'<i class="(own|peers|province|region)" style="left: ([\d.]+)%">')
BAND = re.compile(r'<i class="band" style="left: ([\d.]+)%; width: ([\d.]+)%">')


@pytest.fixture(autouse=True)
def english(dutch):
    i18n.use_language("en")


def rows(code, *services, **choices):
    """The markup of each measure of a profile, and the head."""
    land = dataset(*services)
    area = land.areas.by_code(code)
    profile = profile_of(area, ask(**choices), lambda request, today: measure(land, request, today=today), TODAY)
    head, *lines = str(strips.comparison_table(profile)).split("<tr>")[1:]
    return head, dict(zip(PROFILE_MEASURES, lines, strict=True))


def marks(line):
    return {kind: float(at) for kind, at in MARK.findall(line)}


def words(line):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)).strip()


def test_shares_stand_where_they_are_between_nobody_and_everybody():
    _head, lines = rows(NIS["Aster"], ASTER, reach_m=300.0)
    assert marks(lines[Measure.REACH]) == {"own": 60.0, "peers": 0.0, "province": 16.7, "region": 12.5}
    assert words(lines[Measure.REACH]) == "Within reach 60 % 0 % 17 % 12 % 1"
    assert not BAND.search(lines[Measure.REACH]), "nothing is uncertain"


def test_distances_share_one_scale_that_holds_the_bounds_too():
    village = house("village", location("Ceder", precision=Precision.LOCALITY))
    _head, lines = rows(NIS["Ceder"], village)
    (low, width) = map(float, BAND.findall(lines[Measure.NEAREST])[0])
    assert width > 0
    assert low + width <= 100
    assert all(0 <= at <= 100 for at in marks(lines[Measure.NEAREST]).values())
    # Ceder 150 m on average; its province farther: 300 children at 1 and 2 km and more
    assert marks(lines[Measure.NEAREST])["own"] < marks(lines[Measure.NEAREST])["region"]


def test_a_bound_beyond_everything_else_stays_inside_the_strip():
    land = dataset(house("village", location("Ceder", precision=Precision.LOCALITY)))
    area = land.areas.by_code(NIS["Ceder"])
    profile = profile_of(area, ask(), lambda request, today: measure(land, request, today=today), TODAY)
    (nearest,) = [each for each in profile.numbers if each.measure is Measure.NEAREST]
    far = replace(nearest, row=replace(nearest.row, low=1_000.0, high=11_500.0))
    line = str(strips.comparison_table(replace(profile, numbers=(far,))))
    assert BAND.findall(line) == [("7.6", "79.4")]  # the strip ends at 115 % of 11.5 km, 13,225 m


def test_what_is_unknown_has_no_mark_of_its_own_but_its_bounds():
    hidden = house("hidden", service_areas=areas("Berk"))
    _head, lines = rows(NIS["Berk"], hidden, reach_m=300.0)
    line = lines[Measure.REACH]
    assert "own" not in marks(line)
    assert BAND.findall(line) == [("0.0", "100.0")]
    assert labels.state_name("unknown") in words(line)


def test_columns_with_nothing_to_compare_are_left_out():
    head, lines = rows("10000", ASTER, reach_m=300.0)
    assert "key region" in head
    assert "key peers" not in head
    assert "key province" not in head
    assert {len(re.findall(r"<t[hd]", line)) for line in (head, *lines.values())} == {5}


def test_numbers_of_few_children_are_marked():
    _head, lines = rows(NIS["Els"], house("els", location("Els")), reach_m=300.0)
    assert "100 % *" in words(lines[Measure.REACH])
    _head, lines = rows(NIS["Berk"], house("berk", location("Berk")), reach_m=300.0)
    assert "*" not in words(lines[Measure.REACH])


def test_the_plot_is_hidden_from_who_hears_the_numbers_and_the_table_can_be_scrolled_by_keyboard():
    _head, lines = rows(NIS["Aster"], ASTER)
    assert all('class="strip" aria-hidden="true"' in line for line in lines.values())
    land = dataset(ASTER)
    area = land.areas.by_code(NIS["Aster"])
    profile = profile_of(area, ask(), lambda request, today: measure(land, request, today=today), TODAY)
    assert re.match(
        r'<div class="wide" role="group" aria-label="[^"]+" tabindex="0">', str(strips.comparison_table(profile))
    )
