"""Text of search results for the command line."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator

from geo.ages import AgeRange
from geo.directory import SERVICE_TYPES, Service
from geo.directory.freshness import freshness
from geo.directory.service import Confidence, Precision, Status
from geo.finder import SearchResult
from geo.finder.hints import Hints
from geo.finder.proximity import Hit
from geo.opening import schedules, state
from geo.places import Place
from geo.places.gazetteer import AmbiguousName, Resolution, UnknownName
from geo.text import strip_hidden


def candidate_places(resolution: Resolution) -> tuple[str, tuple[Place, ...]]:
    """Return the candidate places of an ambiguous text and their JSON key."""
    if isinstance(resolution, AmbiguousName):
        return "choices", resolution.choices
    return "suggestions", resolution.suggestions if isinstance(resolution, UnknownName) else ()


def choices_text(resolution: Resolution) -> str:
    """List the possible places, or the nearest names, with their ids.

    One to a line; `find` takes the id too.
    """
    key, places = candidate_places(resolution)
    text = strip_hidden(getattr(resolution, "text", ""))
    if key == "choices":
        head = f"{text} can be several places; choose one:"
    else:
        head = f"{text} is no place we know." + (" Did you mean:" if places else "")
    return "\n".join([head, *(f"  {_place_text(place)}  ({place.id})" for place in places)]) + "\n"


def _place_text(place: Place) -> str:
    inside = f" ({place.municipality_nl})" if place.municipality_nl not in place.name_nl else ""
    return f"{place.name_nl}{inside}"


def result_text(result: SearchResult, alternatives: Iterable[Place], *, data_version: str, now: dt.datetime) -> str:
    """Return a search result as text.

    What serves the place, what is near, and ways on; `alternatives` are other places of that name.
    """
    lines = [_place_text(result.place) if result.place else "Flanders and Brussels"]
    lines += [f"  not meant: {_place_text(place)}  ({place.id})" for place in alternatives]
    lines.append("")
    lines += _section_lines("Serving", result.total_serving, result.serving, now)
    lines += _section_lines("Nearby, in a straight line", result.total_nearby, result.nearby, now)
    lines += _section_lines("Municipalities around, door not known", len(result.around_rows), result.around_place, now)
    lines += _hint_lines(result.hints)
    lines.append(f"data version {data_version}")
    return "\n".join(lines) + "\n"


def _section_lines(title: str, total: int, hits: tuple[Hit, ...], now: dt.datetime) -> Iterator[str]:
    shown = f"{len(hits)} of {total}" if len(hits) < total else str(total)
    yield f"{title} ({shown})"
    for hit in hits:
        yield from _hit_lines(hit, now)
    yield ""


def _hit_lines(hit: Hit, now: dt.datetime) -> Iterator[str]:
    service = hit.service
    yield f"  {strip_hidden(service.name)} - {SERVICE_TYPES[service.service_type].name}"
    yield f"    {_join_parts(_distance_text(hit), _location_text(hit), _service_ages_text(service))}"
    contact = _join_parts(*(phone.national for phone in service.phones), service.email, service.url)
    for line in (contact, _join_parts(*_state_parts(service, now))):
        if line:
            yield f"    {line}"


def _join_parts(*parts: str) -> str:
    return " · ".join(strip_hidden(part) for part in parts if part)


def _distance_text(hit: Hit) -> str:
    if hit.distance_m is None:
        return ""
    return f"{'± ' if hit.distance_is_approximate else ''}{hit.distance_m / 1000:.1f} km"


def _location_text(hit: Hit) -> str:
    location = hit.location
    if location is not None and location.precision is not Precision.MUNICIPALITY:
        return location.address.line or location.name
    areas = ", ".join(area.name or area.nis_code for area in hit.service.service_areas)
    return f"no address; for {areas}" if areas else "no address"


def _service_ages_text(service: Service) -> str:
    return ages_text(service.ages) + ("" if service.ages_stated else " (usual for this type)")


def ages_text(ages: AgeRange) -> str:
    """Return a range of ages in words.

    `pregnancy to 24 years`, `9 months to 2.5 years` or `from 3 years`.
    """
    first = "pregnancy" if ages.min_months < 0 else _age_text(ages.min_months)
    return f"from {first}" if math.isinf(ages.max_months) else f"{first} to {_age_text(ages.max_months)}"


def _age_text(months: float) -> str:
    return f"{months:g} months" if 0 < months < 24 and months % 12 else f"{months / 12:g} years"


def _state_parts(service: Service, now: dt.datetime) -> Iterable[str]:
    """Return what a caller should know before going: opening, doubts, date of the facts."""
    found_state = state.state_at(service.schedules, now=now)
    until = found_state.until or found_state.opens_next
    yield f"{found_state.state.value} until {until:%a %H:%M}" if until else f"opening {found_state.state.value}"
    if service.status is not Status.ACTIVE:
        yield service.status.value
    if service.confidence is Confidence.LOW:
        yield "not confirmed, ask first"
    today = now.astimezone(schedules.BRUSSELS_TIME).date()
    date = service.assured_date.isoformat() if service.assured_date else "no date"
    yield f"{date} ({freshness(service.assured_date, today).value})"


def _hint_lines(hints: Hints) -> Iterator[str]:
    if hints.nothing_known:
        yield "We know of nothing here; that is absence of data, not of help."
    if hints.criterion:
        yield f"Without {hints.criterion.name}: {hints.criterion.comes_back} more."
    if hints.nearest_match:
        yield f"Nearest match: {_join_parts(hints.nearest_match.service.name, _distance_text(hints.nearest_match))}."
    if hints.is_little and hints.everywhere:
        yield f"Serving everywhere: {', '.join(hints.everywhere)}."
    for name, hidden in hints.hidden_unknown.items():
        yield f"{hidden} more do not say whether they meet {name}."
