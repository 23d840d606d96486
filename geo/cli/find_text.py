"""Writes what was found as text for a terminal."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator

from geo.ages import AgeRange
from geo.directory.freshness import freshness
from geo.directory.service import Confidence, Precision, Service, Status
from geo.directory.service_types import SERVICE_TYPES
from geo.finder.hints import Hints
from geo.finder.proximity import Hit
from geo.finder.search import SearchResult
from geo.opening import schedules, state
from geo.places.gazetteer import Ambiguous, Resolution, Unknown
from geo.places.place import Place
from geo.text import defused


def options(resolution: Resolution) -> tuple[str, tuple[Place, ...]]:
    """Return what a text that is no one place leaves to choose from, with its name in JSON."""
    if isinstance(resolution, Ambiguous):
        return "choices", resolution.choices
    return "suggestions", resolution.suggestions if isinstance(resolution, Unknown) else ()


def not_found(resolution: Resolution) -> str:
    """Return the choices, or the nearest names, one to a line with the id that `find` also takes."""
    key, places = options(resolution)
    text = defused(getattr(resolution, "text", ""))
    if key == "choices":
        head = f"{text} can be several places; choose one:"
    else:
        head = f"{text} is no place we know." + (" Did you mean:" if places else "")
    return "\n".join([head, *(f"  {_place(place)}  ({place.id})" for place in places)]) + "\n"


def _place(place: Place) -> str:
    inside = f" ({place.municipality_nl})" if place.municipality_nl not in place.name_nl else ""
    return f"{place.name_nl}{inside}"


def found(result: SearchResult, alternatives: Iterable[Place], *, data_version: str, now: dt.datetime) -> str:
    """Return what serves the place, what is near, and ways on; `alternatives` are other places of that name."""
    lines = [_place(result.place) if result.place else "Flanders and Brussels"]
    lines += [f"  not meant: {_place(place)}  ({place.id})" for place in alternatives]
    lines.append("")
    lines += _section("Serving", result.total_serving, result.serving, now)
    lines += _section("Nearby, in a straight line", result.total_nearby, result.nearby, now)
    lines += _section("Municipalities around, door not known", len(result.around_rows), result.around_place, now)
    lines += _hints(result.hints)
    lines.append(f"data version {data_version}")
    return "\n".join(lines) + "\n"


def _section(title: str, total: int, hits: tuple[Hit, ...], now: dt.datetime) -> Iterator[str]:
    shown = f"{len(hits)} of {total}" if len(hits) < total else str(total)
    yield f"{title} ({shown})"
    for hit in hits:
        yield from _hit(hit, now)
    yield ""


def _hit(hit: Hit, now: dt.datetime) -> Iterator[str]:
    service = hit.service
    yield f"  {defused(service.name)} - {SERVICE_TYPES[service.service_type].name}"
    yield f"    {_joined(_distance(hit), _where(hit), _ages(service))}"
    contact = _joined(*(phone.national for phone in service.phones), service.email, service.url)
    for line in (contact, _joined(*_state(service, now))):
        if line:
            yield f"    {line}"


def _joined(*parts: str) -> str:
    return " · ".join(defused(part) for part in parts if part)


def _distance(hit: Hit) -> str:
    if hit.distance_m is None:
        return ""
    return f"{'± ' if hit.distance_is_approximate else ''}{hit.distance_m / 1000:.1f} km"


def _where(hit: Hit) -> str:
    location = hit.location
    if location is not None and location.precision is not Precision.MUNICIPALITY:
        return location.address.line or location.name
    areas = ", ".join(area.name or area.nis_code for area in hit.service.service_areas)
    return f"no address; for {areas}" if areas else "no address"


def _ages(service: Service) -> str:
    return ages_text(service.ages) + ("" if service.ages_stated else " (usual for this type)")


def ages_text(ages: AgeRange) -> str:
    """Return `pregnancy to 24 years`, `9 months to 2.5 years` or `from 3 years`."""
    first = "pregnancy" if ages.min_months < 0 else _age(ages.min_months)
    return f"from {first}" if math.isinf(ages.max_months) else f"{first} to {_age(ages.max_months)}"


def _age(months: float) -> str:
    return f"{months:g} months" if 0 < months < 24 and months % 12 else f"{months / 12:g} years"


def _state(service: Service, now: dt.datetime) -> Iterable[str]:
    """Return what a caller should know before going: opening, doubts, date of the facts."""
    found_state = state.state(service.schedules, now=now)
    until = found_state.until or found_state.opens_next
    yield f"{found_state.state.value} until {until:%a %H:%M}" if until else f"opening {found_state.state.value}"
    if service.status is not Status.ACTIVE:
        yield service.status.value
    if service.confidence is Confidence.LOW:
        yield "not confirmed, ask first"
    today = now.astimezone(schedules.BRUSSELS).date()
    date = service.assured_date.isoformat() if service.assured_date else "no date"
    yield f"{date} ({freshness(service.assured_date, today).value})"


def _hints(hints: Hints) -> Iterator[str]:
    if hints.nothing_known:
        yield "We know of nothing here; that is absence of data, not of help."
    if hints.criterion:
        yield f"Without {hints.criterion.name}: {hints.criterion.comes_back} more."
    if hints.nearest_match:
        yield f"Nearest match: {_joined(hints.nearest_match.service.name, _distance(hints.nearest_match))}."
    if hints.is_little and hints.everywhere:
        yield f"Serving everywhere: {', '.join(hints.everywhere)}."
    for name, hidden in hints.hidden_unknown.items():
        yield f"{hidden} more do not say whether they meet {name}."
