"""Laws of searching: for all services, filters and places."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.directory import SERVICE_TYPES, Directory, ServiceType
from geo.directory.index import FINDABLE_STATUSES
from geo.directory.service import Confidence, Status
from geo.directory.service_types import Audience
from geo.finder import ServiceFilter, search
from tests import strategies
from tests.support import tiny_flanders
from tests.support.tiny_flanders import TUESDAY_TEN, TinyDataset

TOWNS = tiny_flanders.municipalities()
GAZETTEER = tiny_flanders.gazetteer()
places = strategies.squares.map(lambda name: GAZETTEER.by_id(f"municipality:{tiny_flanders.NIS[name]}"))


def find(services, place, wanted, **more):
    data = TinyDataset(TOWNS, GAZETTEER, Directory.from_services(services))
    return search(data, place, wanted, now=TUESDAY_TEN, **more)


def kept(services, wanted):
    directory = Directory.from_services(services)
    mask = wanted.mask(directory, now=TUESDAY_TEN)
    return {directory.services[row].id for row in np.flatnonzero(mask)}


def shown(result):
    return [result.proximity.directory.services[row].id for row in result.rows]


@given(strategies.directories(), strategies.filters(), strategies.filters())
def test_narrowing_a_filter_keeps_a_part(services, one, other):
    narrowed = {
        name: getattr(one, name) or getattr(other, name) for name in (*one.active_criteria(), *other.active_criteria())
    }
    assert kept(services, ServiceFilter(**narrowed)) <= kept(services, one)


@given(strategies.directories(), strategies.filters(), st.sampled_from(list(ServiceType)))
def test_another_choice_inside_a_criterion_takes_nothing_away(services, wanted, kind):
    chosen = replace(wanted, types=wanted.types | {kind}) if wanted.types else wanted
    assert kept(services, wanted) <= kept(services, chosen)


@given(strategies.directories())
def test_the_empty_filter_keeps_all_that_is_still_offered(services):
    assert kept(services, ServiceFilter()) == {s.id for s in services if s.status in FINDABLE_STATUSES}


@given(strategies.filters())
def test_a_link_and_its_filter_are_one(wanted):
    assert ServiceFilter.from_query(wanted.to_query()) == wanted
    assert ServiceFilter.from_query(wanted.to_query()).to_query() == wanted.to_query()


@given(
    st.dictionaries(
        st.sampled_from(["type", "age", "spoken", "free", "open", "function"]),
        st.one_of(strategies.texts, st.none(), st.lists(strategies.texts)),
    )
)
def test_any_link_gives_a_filter(query):
    wanted = ServiceFilter.from_query(query)
    assert ServiceFilter.from_query(wanted.to_query()) == wanted


@given(strategies.directories(), places, strategies.loose_filters(), st.randoms(use_true_random=False))
def test_the_order_in_which_services_are_given_does_not_matter(services, place, wanted, random):
    mixed = list(services)
    random.shuffle(mixed)
    one, other = find(services, place, wanted), find(mixed, place, wanted)
    assert (one.serving, one.nearby, one.hints) == (other.serving, other.nearby, other.hints)
    assert (one.counts_by_type, one.counts_by_age) == (other.counts_by_type, other.counts_by_age)


@given(strategies.directories(), places, strategies.metres, strategies.metres)
def test_moving_everything_by_one_vector_changes_no_distance(services, place, east, north):
    moved_services = [
        replace(
            s,
            locations=tuple(replace(at, x=at.x + east, y=at.y + north) if at.is_located else at for at in s.locations),
        )
        for s in services
    ]
    moved_place = replace(place, x=place.x + east, y=place.y + north)
    before, after = find(services, place, ServiceFilter()), find(moved_services, moved_place, ServiceFilter())
    distances = [{hit.service.id: hit.distance_m for hit in result.nearby} for result in (before, after)]
    assert distances[1] == pytest.approx(distances[0], abs=1e-6)


@given(strategies.directories(), places, strategies.loose_filters())
def test_nearby_lists_each_once_by_distance_inside_its_group(services, place, wanted):
    nearby = find(services, place, wanted).nearby
    ids = [hit.service.id for hit in nearby]
    assert len(ids) == len(set(ids))
    located = {s.id for s in services if any(at.is_located for at in s.locations)}
    assert set(ids) == kept(services, wanted) & located
    keys = [
        (
            SERVICE_TYPES[hit.service.service_type].audience is Audience.PROFESSIONALS,
            hit.service.confidence is Confidence.LOW or hit.service.status is Status.ANNOUNCED,
            round(hit.distance_m, 3),
        )
        for hit in nearby
    ]
    assert keys == sorted(keys)


@given(strategies.directories(), places)
def test_a_hit_stands_at_the_nearest_of_its_locations(services, place):
    for hit in find(services, place, ServiceFilter()).nearby:
        distances = [np.hypot(at.x - place.x, at.y - place.y) for at in hit.service.locations if at.is_located]
        assert hit.distance_m == pytest.approx(min(distances))
        assert np.hypot(hit.location.x - place.x, hit.location.y - place.y) == pytest.approx(hit.distance_m)
        assert hit.distance_is_approximate == hit.location.precision.is_approximate


@given(strategies.directories(), places, strategies.loose_filters())
def test_serving_is_what_names_the_town_or_what_contains_it(services, place, wanted):
    codes = {*TOWNS.areas(place.nis_code)}
    serving = {hit.service.id for hit in find(services, place, wanted).serving}
    named = {s.id for s in services if codes & {area.nis_code for area in s.service_areas}}
    standing = {
        s.id
        for s in services
        if not s.service_areas and any(at.nis_code == place.nis_code and not at.is_located for at in s.locations)
    }
    assert serving == kept(services, wanted) & (named | standing)


@given(
    strategies.directories(),
    strategies.services(service_id="zz"),
    st.one_of(st.none(), places),
    strategies.loose_filters(),
)
def test_one_service_more_takes_no_other_away(services, extra, place, wanted):
    before, after = shown(find(services, place, wanted)), shown(find([*services, extra], place, wanted))
    assert [service_id for service_id in after if service_id != "zz"] == before


@given(strategies.directories(), st.one_of(st.none(), places), strategies.filters(), st.integers(0, 5))
def test_a_limit_only_cuts_the_lists_off(services, place, wanted, limit):
    whole, cut = find(services, place, wanted, limit=None), find(services, place, wanted, limit=limit)
    assert cut.serving == whole.serving[:limit]
    assert cut.nearby == whole.nearby[:limit]
    assert shown(cut) == shown(whole)
    assert len(shown(whole)) == len(set(shown(whole)))


@given(strategies.directories(), strategies.filters())
def test_counts_say_what_choosing_would_give(services, wanted):
    result = find(services, None, wanted)
    for kind in ServiceType:
        assert result.counts_by_type[kind] == len(kept(services, replace(wanted, types=frozenset({kind}))))
    for group, count in result.counts_by_age.items():
        assert count == len(kept(services, replace(wanted, ages=frozenset({group}))))


@given(strategies.directories(), st.one_of(st.none(), places), strategies.filters())
def test_hints_keep_their_word(services, place, wanted):
    result = find(services, place, wanted)
    hints = result.hints
    assert set(hints.hidden_unknown) <= {"languages", "free", "no_appointment", "open_now"} & set(
        wanted.active_criteria()
    )
    if hints.nearest_match:
        assert hints.nearest_match.service.id in kept(services, wanted)
    if hints.criterion:
        back = kept(services, wanted.without(hints.criterion.name)) - kept(services, wanted)
        assert 0 <= hints.criterion.comes_back <= len(back)
        assert hints.criterion.nearest is None or hints.criterion.nearest.service.id in back
    if not hints.is_little:
        assert not hints.criterion
        assert len(kept(services, wanted)) >= 3
