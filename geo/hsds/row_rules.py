"""Rules on several values together: ages, hours, places, types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from geo.directory.service import Precision
from geo.directory.service_types import ServiceType
from geo.errors import Complaint, DataProblem
from geo.hsds.contracts import HsdsColumn, HsdsKind
from geo.hsds.tables import Tables
from geo.hsds.terms import known_attributes
from geo.hsds.value_rules import number_of, wrong_values
from geo.messages import N_
from geo.places.nis_codes import is_area_code

# The box around Belgium, with a margin of about 10 km: lon from, lon to, lat from, lat to (EPSG:4326)
BELGIUM_BOX_DEG = (2.4, 6.55, 49.4, 51.65)
LATEST_CLOSING = "06:00"  # an earlier closing than opening up to this hour passes midnight

AGES_REVERSED = Complaint(
    "ages_reversed", N_("The ages {first} to {last} leave nobody; expected a maximum above the minimum.")
)
UNKNOWN_TYPE = Complaint(
    "unknown_service_type", N_("The service {value} has no known service type; expected one of: {choices}.")
)
SEVERAL_TYPES = Complaint(
    "several_service_types", N_("The service {value} has several service types ({found}); exactly one is expected.")
)
HALF_A_POINT = Complaint(
    "half_a_point", N_("Only one of latitude and longitude is given; expected both or neither."), "error"
)
SWAPPED = Complaint(
    "coordinates_swapped",
    N_("Latitude {lat} and longitude {lon} look swapped: the other way round they lie in Belgium."),
    "warning",
)
ABROAD = Complaint("outside_belgium", N_("Latitude {lat} and longitude {lon} lie outside Belgium."), "warning")
POINT_NOT_SHOWN = Complaint(
    "point_of_municipality",
    N_("Only the municipality is known (precision municipality), so the coordinates are not used."),
    "warning",
)
CLOSES_FIRST = Complaint(
    "closes_before_opens", N_("It opens at {opens} and closes at {closes}; expected a later closing time."), "warning"
)
HALF_THE_HOURS = Complaint(
    "half_the_hours",
    N_("Opening hours need opens_at, closes_at and byday together; without them they are shown as text only."),
    "warning",
)
PERIOD_REVERSED = Complaint("period_reversed", N_("The period ends on {last}, before it begins on {first}."), "warning")
NOWHERE = Complaint(
    "service_nowhere",
    N_("The service {value} has neither a location nor a service area with a REFNIS code, so nobody will find it."),
    "warning",
)
AREA_WITHOUT_CODE = Complaint(
    "area_without_code",
    N_("{value} is not a REFNIS code of five digits, so this area is not searched."),
    "warning",
)
BAD_NIS = Complaint("bad_nis_code", N_("{value} is not a NIS code; expected five digits."))
LANGUAGE_WITHOUT_CODE = Complaint(
    "language_without_code",
    N_("The language has no code, so it is not searched; expected a code such as nl."),
    "warning",
)


@dataclass(slots=True)
class AttributeFacts:
    """Facts that the rules need of the attributes.

    Gathered in one pass.
    """

    pregnancy: set[str] = field(default_factory=set)
    only_municipality: set[str] = field(default_factory=set)
    types: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    sources: dict[int, str] = field(default_factory=dict)

    @classmethod
    def by(cls, tables: Tables) -> AttributeFacts:
        """Return what the attributes of some tables say."""
        facts = cls()
        for index, row, (fact, what) in known_attributes(tables):
            link, entity = row.get("link_id", ""), row.get("link_entity") or "service"
            if fact == "service_type" and entity == "service":
                facts.types[link][what] = None
            elif fact == "pregnancy":
                facts.pregnancy.add(link)
            elif fact == "precision" and what == Precision.MUNICIPALITY and entity == "location":
                facts.only_municipality.add(link)
            elif fact == "source_url":
                facts.sources[index] = row.get("value", "")
        return facts


def problems_together(tables: Tables) -> Iterator[DataProblem]:
    """Yield the problems that only several values together show."""
    facts = AttributeFacts.by(tables)
    for rule in ROW_RULES:
        yield from rule(tables, facts)


def check_ages(tables: Tables, facts: AttributeFacts) -> Iterator[DataProblem]:
    """Yield services whose ages leave nobody.

    0 to 0 is right for pregnancy alone.
    """
    for index, row in enumerate(tables.rows("service")):
        first, last = row.get("minimum_age", ""), row.get("maximum_age", "")
        if not last:
            continue
        lowest, highest = number_of(first or "0"), number_of(last)
        only_pregnancy = lowest == highest == 0 and row.get("id") in facts.pregnancy
        if highest <= lowest and not only_pregnancy:
            yield _problem_at(tables, "service", index, "maximum_age", AGES_REVERSED, first=first or "0", last=last)


def check_types(tables: Tables, facts: AttributeFacts) -> Iterator[DataProblem]:
    """Yield services without exactly one type from our list."""
    choices = ", ".join(ServiceType)
    for index, row in enumerate(tables.rows("service")):
        key = row.get("id", "")
        types = facts.types.get(key, {})
        if not types:
            yield _problem_at(tables, "service", index, "service_type", UNKNOWN_TYPE, value=key, choices=choices)
        elif len(types) > 1:
            yield _problem_at(
                tables, "service", index, "service_type", SEVERAL_TYPES, value=key, found=", ".join(types)
            )


def check_coordinates(tables: Tables, facts: AttributeFacts) -> Iterator[DataProblem]:
    """Yield locations whose coordinates cannot be right together."""
    for index, row in enumerate(tables.rows("location")):
        lat, lon = row.get("latitude", ""), row.get("longitude", "")
        if not lat and not lon:
            continue
        if not lat or not lon:
            yield _problem_at(tables, "location", index, "longitude" if lat else "latitude", HALF_A_POINT)
        elif row.get("id") in facts.only_municipality:
            yield _problem_at(tables, "location", index, "latitude", POINT_NOT_SHOWN)
        elif not _in_belgium(number_of(lon), number_of(lat)):
            swapped = _in_belgium(number_of(lat), number_of(lon))
            yield _problem_at(tables, "location", index, "latitude", SWAPPED if swapped else ABROAD, lat=lat, lon=lon)


def _in_belgium(lon: float, lat: float) -> bool:
    west, east, south, north = BELGIUM_BOX_DEG
    return west <= lon <= east and south <= lat <= north


def check_hours(tables: Tables, _: AttributeFacts) -> Iterator[DataProblem]:
    """Yield schedules the clock cannot use, or that run backwards."""
    for index, row in enumerate(tables.rows("schedule")):
        opens, closes = row.get("opens_at", ""), row.get("closes_at", "")
        first, last = row.get("valid_from", ""), row.get("valid_to", "")
        missing = [name for name in ("opens_at", "closes_at", "byday") if not row.get(name)]
        if missing and (opens or closes):
            yield _problem_at(tables, "schedule", index, missing[0], HALF_THE_HOURS)
        elif opens and LATEST_CLOSING < closes[:5] < opens[:5]:
            yield _problem_at(tables, "schedule", index, "closes_at", CLOSES_FIRST, opens=opens, closes=closes)
        if first and last and last[:10] < first[:10]:
            yield _problem_at(tables, "schedule", index, "valid_to", PERIOD_REVERSED, first=first, last=last)


def check_reachability(tables: Tables, _: AttributeFacts) -> Iterator[DataProblem]:
    """Yield services that no search can reach."""
    physical = {row.get("id") for row in tables.rows("location") if row.get("location_type") == "physical"}
    found = {
        row.get("service_id") for row in tables.rows("service_at_location") if row.get("location_id") in physical
    } | {row.get("service_id") for row in tables.rows("service_area") if is_area_code(row.get("extent", ""))}
    for index, row in enumerate(tables.rows("service")):
        if row.get("id") not in found:
            yield _problem_at(tables, "service", index, "id", NOWHERE, value=row.get("id", ""))


def check_codes(tables: Tables, _: AttributeFacts) -> Iterator[DataProblem]:
    """Yield areas, municipalities and languages whose code cannot be used."""
    for index, row in enumerate(tables.rows("service_area")):
        if not is_area_code(row.get("extent", "")):
            yield _problem_at(tables, "service_area", index, "extent", AREA_WITHOUT_CODE, value=row.get("extent", ""))
    for index, row in enumerate(tables.rows("location")):
        code = row.get("external_identifier", "")
        if code and "NIS" in row.get("external_identifier_type", "").upper() and not is_area_code(code):
            yield _problem_at(tables, "location", index, "external_identifier", BAD_NIS, value=code)
    for index, row in enumerate(tables.rows("language")):
        if not row.get("code"):
            yield _problem_at(tables, "language", index, "code", LANGUAGE_WITHOUT_CODE)


def check_source_links(tables: Tables, facts: AttributeFacts) -> Iterator[DataProblem]:
    """Yield source addresses that are no links."""
    wrong = wrong_values(set(facts.sources.values()), HsdsColumn("value", HsdsKind.URL))
    for index, value in facts.sources.items() if wrong else ():
        if value in wrong:
            complaint, more = wrong[value]
            yield _problem_at(tables, "attribute", index, "value", complaint, value=value, **more)


def _problem_at(
    tables: Tables, table: str, index: int, field: str, complaint: Complaint, **values: object
) -> DataProblem:
    return complaint.at(tables.resource(table), tables.row_number(table, index), field, **values)


ROW_RULES: tuple[Callable[[Tables, AttributeFacts], Iterator[DataProblem]], ...] = (
    check_types,
    check_ages,
    check_coordinates,
    check_hours,
    check_reachability,
    check_codes,
    check_source_links,
)
