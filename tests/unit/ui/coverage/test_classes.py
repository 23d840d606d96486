"""Values fall into few classes whose bounds and colours a legend can tell."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as given_by

from geo.coverage import Measure
from geo.coverage.measures import MEASURES, Unit
from tests.support.tiny_demand import house, measured, row
from tests.support.tiny_flanders import areas, location
from ui.coverage.classes import (
    BAD_COLOURS,
    GOOD_COLOURS,
    NOT_REACHED_CLASS,
    NOT_REACHED_COLOUR,
    UNKNOWN_CLASS,
    classes_for,
    quantile_bounds,
)

ASTER = house("aster", location("Aster"), service_areas=areas("Aster"))
HIDDEN = house("hidden", service_areas=areas("Den"))


def classes(report):
    """The class of each municipality by name."""
    found = classes_for(report)
    return {each.area.name_nl: found.of(each) for each in report.rows}


def test_nobody_is_a_class_of_its_own_and_unknown_is_none_of_the_ramp():
    assert classes(measured(ASTER, HIDDEN, reach_m=300.0)) == {
        "Aster": 3,  # 60 of 100 children: more than 40 %, up to 60 %
        "Berk": NOT_REACHED_CLASS,
        "Ceder": NOT_REACHED_CLASS,
        "Den": UNKNOWN_CLASS,
        "Els": NOT_REACHED_CLASS,
        "Fijnspar": UNKNOWN_CLASS,  # nobody of that age lives there
    }


@pytest.mark.parametrize(("north", "expected"), [(0, 3), (650, 2)])
def test_a_value_on_a_bound_belongs_to_the_class_below_it(north, expected):
    report = measured(house("it", location("Aster", north=north)), reach_m=300.0)
    assert row(report, "Aster").value == pytest.approx({0: 0.6, 650: 0.4}[north])
    assert classes(report)["Aster"] == expected


def test_everybody_is_in_the_best_class():
    assert classes(measured(ASTER, reach_m=30_000.0)) == dict.fromkeys(
        ("Aster", "Berk", "Ceder", "Den", "Els"), len(GOOD_COLOURS)
    ) | {"Fijnspar": UNKNOWN_CLASS}


def test_served_has_two_classes():
    report = measured(ASTER, measure=Measure.SERVED)
    assert classes(report) == dict.fromkeys(("Berk", "Ceder", "Den", "Els"), NOT_REACHED_CLASS) | {
        "Aster": 1,
        "Fijnspar": UNKNOWN_CLASS,
    }
    assert classes_for(report).colours == (NOT_REACHED_COLOUR, GOOD_COLOURS[3])


def test_distances_are_divided_at_the_two_reaches_and_beyond():
    report = measured(ASTER, measure=Measure.NEAREST, far=True)
    assert classes(report) == {
        "Aster": 1,  # 0 and 400 m
        "Berk": 1,  # 1 km
        "Ceder": 2,  # 2 and 2.3 km
        "Den": 1,
        "Els": 2,  # 1.4 km
        "Fijnspar": UNKNOWN_CLASS,
        "Ginder": UNKNOWN_CLASS,  # 31 km, but nothing is recorded there
    }
    assert classes_for(report).bounds[1:3] == (1_200.0, 3_750.0)


@pytest.mark.parametrize("name", Measure)
def test_more_is_darker_and_worse_is_another_colour(name):
    colours = classes_for(measured(ASTER, measure=name)).colours
    assert colours[0] == NOT_REACHED_COLOUR
    ramp = GOOD_COLOURS if MEASURES[name].is_better_high else BAD_COLOURS
    assert set(colours[1:]) <= set(ramp)
    light = [_luminance(colour) for colour in ramp]
    assert light == sorted(light, reverse=True)


def test_every_two_neighbours_of_a_ramp_differ_without_colour():
    for ramp in (GOOD_COLOURS, BAD_COLOURS):
        light = [_luminance(colour) for colour in ramp]
        assert all((above + 0.05) / (below + 0.05) > 1.25 for above, below in itertools.pairwise(light))


def test_offer_is_divided_by_the_areas_themselves():
    services = [house(f"house-{name}", location(name)) for name in ("Aster", "Berk", "Ceder", "Den")]
    report = measured(*services, measure=Measure.TWO_STEP, reach_m=300.0)
    found = classes_for(report)
    known = sorted(
        (each.value, found.of(each)) for each in report.rows if each.value and found.of(each) not in (UNKNOWN_CLASS, 0)
    )
    # 1 over 60 for 60 of 100, over 200, over 60 for all of Ceder, over 80: so many per 1,000
    assert [value for value, _ in known] == pytest.approx([5, 10, 12.5, 16.6667], abs=1e-3)
    assert [at for _, at in known] == [1, 2, 4, 5]
    assert found.bounds[0] == 0
    assert found.bounds[-1] == max(value for value, _ in known)


def test_without_a_service_there_is_one_class_and_no_error():
    report = measured(measure=Measure.ENHANCED)
    assert set(classes(report).values()) == {UNKNOWN_CLASS}
    assert quantile_bounds([]) == (0.0, 1.0)


@given(given_by.lists(given_by.floats(1e-6, 1e6), min_size=1, max_size=60))
def test_bounds_rise_hold_everything_and_have_two_digits(values):
    bounds = quantile_bounds(values)
    assert bounds[0] == 0
    assert bounds[-1] == max(values)
    assert 2 <= len(bounds) <= 6
    assert list(bounds) == sorted(set(bounds))
    assert all(float(f"{bound:.1e}") == bound for bound in bounds[1:-1])


def test_the_units_of_all_measures_have_classes():
    assert {info.unit for info in MEASURES.values()} == set(Unit)


def _luminance(colour):
    """The relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
