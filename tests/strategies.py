"""Services, filters, places and texts of every sort, for laws that must hold for all of them."""

from hypothesis import strategies as st

from geo.ages import AgeGroup, AgeRange
from geo.directory import ServiceType
from geo.directory.service import Confidence, Precision, Status
from geo.directory.service_types import ServiceFunction
from geo.finder import ServiceFilter
from tests.support import tiny_flanders

LANGUAGES = ("nl", "fr", "tr", "ar")
# all that trips readers of text
LETTERS = "abehlnrstDW éßØĳ'’`-.,()/|<&>\"\\0123456789\t\n\0\u202e\u200f٢８ﷺبروكسلБрюссель京都"
texts = st.text(LETTERS, max_size=40)
names = st.text(LETTERS, max_size=8)
maybe = st.sampled_from([None, True, False])
squares = st.sampled_from(list(tiny_flanders.SQUARES))
metres = st.integers(-20_000, 20_000).map(float)


@st.composite
def age_ranges(draw):
    first = draw(st.integers(-9, 200))
    return AgeRange(first, draw(st.one_of(st.just(float("inf")), st.integers(first + 1, 300))))


def locations():
    precisions = st.sampled_from(list(Precision))
    streets = st.sampled_from(["", "Laan"])
    return st.builds(
        lambda square, east, north, precision, street: tiny_flanders.location(
            square, east, north, precision=precision, street=street
        ),
        squares,
        metres,
        metres,
        precisions,
        streets,
    )


def service_areas():
    named = st.lists(st.sampled_from([*tiny_flanders.SQUARES, "Zuid", "Noord"]), max_size=3, unique=True)
    return st.one_of(named.map(lambda chosen: tiny_flanders.areas(*chosen)), st.just(tiny_flanders.EVERYWHERE))


@st.composite
def services(draw, service_id="s"):
    return tiny_flanders.service(
        service_id,
        draw(st.sampled_from(list(ServiceType))),
        name=draw(names),
        status=draw(st.sampled_from(list(Status))),
        confidence=draw(st.sampled_from(list(Confidence))),
        ages=draw(age_ranges()),
        locations=tuple(draw(st.lists(locations(), max_size=3))),
        service_areas=draw(service_areas()),
        is_free=draw(maybe),
        needs_appointment=draw(maybe),
        languages=tuple(draw(st.lists(st.sampled_from(LANGUAGES), max_size=2, unique=True))),
        schedules=draw(st.sampled_from([(), tiny_flanders.opening("TU"), tiny_flanders.opening("WE")])),
    )


@st.composite
def directories(draw, max_size=8):
    """Some services with ids of their own, as a list."""
    count = draw(st.integers(0, max_size))
    return [draw(services(service_id=f"service-{number}")) for number in range(count)]


def filters():
    flag = st.booleans()
    return st.builds(
        ServiceFilter,
        types=st.frozensets(st.sampled_from(list(ServiceType)), max_size=3),
        ages=st.frozensets(st.sampled_from(list(AgeGroup)), max_size=2),
        languages=st.frozensets(st.sampled_from(LANGUAGES), max_size=2),
        functions=st.frozensets(st.sampled_from(list(ServiceFunction)), max_size=2),
        free=flag,
        no_appointment=flag,
        open_now=flag,
        with_address=flag,
    )


def loose_filters():
    """Filters that often keep something: at most one yes-or-no criterion."""
    return st.one_of(
        st.just(ServiceFilter()),
        st.builds(ServiceFilter, ages=st.frozensets(st.sampled_from(list(AgeGroup)), max_size=2), free=st.booleans()),
    )


def typed_texts():
    """What hands and programs put in a search field."""
    known = st.sampled_from([str(row["name"]) for row in tiny_flanders.name_rows()])
    around = st.sampled_from(["", " ", ", ", " (", ")", "station ", "gemeente ", "1000 ", "-", "/", "b", "9999", "?"])
    mixed = st.lists(st.one_of(known, around), max_size=5).map("".join)
    return st.one_of(st.text(LETTERS, max_size=150), mixed, st.text("0123456789 b-", max_size=8))
