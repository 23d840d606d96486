"""Draft services from source rows and judgements."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import replace
from itertools import chain

from geo.directory.service import Confidence
from geo.directory.service_types import SERVICE_TYPES, ServiceType
from geo.ingest.directory import hours
from geo.ingest.directory.areas import AreaFinder
from geo.ingest.directory.drafts import DraftHours, DraftService
from geo.ingest.directory.judgements import Judgement, Judgements
from geo.ingest.directory.locations import Locator
from geo.ingest.directory.normal import capitalise_first, list_in_words, normal_phone, normal_url
from geo.ingest.directory.places import PlaceBook
from geo.ingest.directory.sources import RowCollection, RowGroup, SourceRow
from geo.messages import N_
from geo.opening.schedules import Schedule

FACTS = ("free", "no_appointment", "by_appointment", "pregnancy", "from_birth", "first")
STATUSES = ("active", "announced", "temporarily closed", "inactive", "defunct")

DROPPED = "-"
MOST_OFFERS = 6

_FREE = re.compile(r"\bGratis\b")

_BAD_PHONE = N_("{value} is not a Belgian phone number; correct or drop it in corrections.csv.")
_BAD_CHOICE = N_("{value} is not known; expected one of: {choices}.")


class ServiceMaker:
    """Maker of draft services.

    What cannot be told is added to the problems of the judgements.
    """

    def __init__(self, book: PlaceBook, judgements: Judgements) -> None:
        self._judgements = judgements
        self._locator = Locator(book, judgements)
        self._areas = AreaFinder(book, judgements, self._locator)

    def services(self, collected: RowCollection) -> list[DraftService]:
        """Return all services, sorted by id.

        They are those of the source rows and those that judgements add.
        """
        found = [self._from_group(group) for group in collected.groups]
        found += [self._from_addition(addition) for addition in self._judgements.additions()]
        for service in found:
            self._apply_judgements(service)
        return sorted(found, key=lambda service: service.id)

    def _from_group(self, group: RowGroup) -> DraftService:
        row = group.first
        confidence = Confidence(row["confidence"])
        places = self._locator.places(group, confidence)
        date, source = _latest_evidence(group)
        service = DraftService(
            id=group.service_id,
            name=group.name,
            alternate_name=group.alternate_name,
            service_type=row.service_type,
            confidence=confidence,
            organization=self._organization_name(group),
            description=self._offers(group),
            eligibility=capitalise_first(self._in_plain_words(_first_value(group, "target_group"))),
            email=_first_value(group, "email").lower(),
            url=normal_url(_first_value(group, "website")),
            phones=self._phone_numbers(group),
            assured_date=date,
            source_url=source,
            places=places,
            areas=self._areas.areas(group, places),
            hours=self._hours(group, confidence),
        )
        _set_ages(service, _first_value(group, "age_min"), _first_value(group, "age_max"))
        if any(_FREE.search(member["notes"]) for member in group.rows):
            service.facts.add("free")
        return service

    def _from_addition(self, addition: Judgement) -> DraftService:
        return DraftService(
            id=addition["service_id"],
            name=addition["name"],
            alternate_name=addition["alternate_name"],
            service_type=ServiceType(addition["service_type"]),
            confidence=Confidence(addition["confidence"]),
            organization=addition["organization"],
            description=addition["description"],
            alert=addition["alert"],
            assured_date=_full_date(addition["source_date"]),
            source_url=addition["source_url"],
            note=addition["why"],
            areas=self._areas.judged_areas([addition]),
        )

    def _apply_judgements(self, service: DraftService) -> None:
        """Apply the judgements about a service as a whole: facts, status and the words people read."""
        for fact in self._judgements.on("facts", service.id):
            if self._known(fact, "fact", FACTS):
                service.facts.add(fact["fact"])
        if "from_birth" in service.facts:
            service.facts.discard("pregnancy")
        for closure in self._judgements.on("closures", service.id):
            if self._known(closure, "status", STATUSES):
                service.status, service.note = closure["status"], closure["why"]
        for text in self._judgements.on("texts", service.id):
            service.description = _judged_text(text["description"], service.description)
            service.alert = _judged_text(text["alert"], service.alert)
            service.eligibility = _judged_text(text["eligibility"], service.eligibility)

    def _known(self, judgement: Judgement, column: str, choices: tuple[str, ...]) -> bool:
        known = judgement[column] in choices
        if not known:
            values = {"value": judgement[column], "choices": ", ".join(choices)}
            self._judgements.problems.append(judgement.problem("unknown_choice", _BAD_CHOICE, column, **values))
        return known

    def _offers(self, group: RowGroup) -> str:
        """Return one sentence with the first things that the rows list as offered, in plain words."""
        parts = chain.from_iterable(row["offers"].split(";") for row in group.rows)
        offers = list(dict.fromkeys(words for part in parts if (words := self._in_plain_words(part.strip()))))
        return f"Je vindt er {list_in_words(offers[:MOST_OFFERS])}." if offers else ""

    def _in_plain_words(self, text: str) -> str:
        """Return words of a source as a parent would say them; empty when they help nobody."""
        judged = self._judgements.on("words", text) if text else []
        return _judged_text(judged[0]["words"], text) if judged else text

    def _organization_name(self, group: RowGroup) -> str:
        for row in group.rows:
            text = row["organisation"]
            judged = self._judgements.on("organizations", text) if text else []
            name = judged[0]["organization"] if judged else text
            if name:
                return name
        return ""

    def _phone_numbers(self, group: RowGroup) -> list[str]:
        found = []
        for row in group.rows:
            number = normal_phone(row["phone"]) if row["phone"] else ""
            if number is None:
                self._judgements.problems.append(row.problem("bad_phone", _BAD_PHONE, "phone", value=row["phone"]))
            elif number and number not in found:
                found.append(number)
        return found

    def _hours(self, group: RowGroup, confidence: Confidence) -> list[DraftHours]:
        """Return the schedules; what all placed rows say alike is said once, for the whole service."""
        found: list[DraftHours] = []
        rows = group.placed_rows
        for row in rows:
            place = self._locator.place_of_row(row, group.service_id, confidence) if len(rows) > 1 else None
            found += [DraftHours(schedule, place.id if place else None) for schedule in self._row_schedules(row)]
        times = Counter(item.schedule for item in found)
        common = [schedule for schedule, count in times.items() if count > 1]
        return [DraftHours(schedule) for schedule in common] + [item for item in found if item.schedule not in common]

    def _row_schedules(self, row: SourceRow) -> list[Schedule]:
        judged = self._judgements.on_row("hours", row.file, row.name)
        if judged:
            return [_judged_schedule(judgement) for judgement in judged]
        text = row["opening_hours"]
        found = (hours.parse_hours(text) or [Schedule(description=text)]) if text else []
        return [replace(schedule, description=capitalise_first(schedule.description)) for schedule in found]


def _judged_schedule(judgement: Judgement) -> Schedule:
    def time(text: str) -> dt.time | None:
        return dt.time.fromisoformat(text) if text else None

    return Schedule(
        freq=judgement["freq"],
        byday=tuple(filter(None, judgement["byday"].split(","))),
        opens_at=time(judgement["opens_at"]),
        closes_at=time(judgement["closes_at"]),
        by_appointment=judgement["by_appointment"] == "yes",
        description=judgement["description"],
    )


def _first_value(group: RowGroup, column: str) -> str:
    return next((row[column] for row in group.rows if row[column]), "")


def _judged_text(judged: str, found: str) -> str:
    """Return what is judged in place of what was found: nothing judged keeps it, `-` drops it."""
    return "" if judged == DROPPED else judged or found


def _latest_evidence(group: RowGroup) -> tuple[str, str]:
    """Return the latest date that a row of the service states and the page that states it, else the first page."""
    dated = max(group.rows, key=lambda row: row["source_date"])
    best = dated if dated["source_date"] else group.first
    address = best["source_url"] if best["source_url"].startswith(("http://", "https://")) else ""
    return _full_date(best["source_date"]), address


def _full_date(month: str) -> str:
    """Return `2024-03` as `2024-03-01`."""
    return f"{month}-01" if len(month) == len("2024-03") else month


def _set_ages(service: DraftService, first: str, last: str) -> None:
    """Set the stated ages in years.

    A count from 0 speaks of children that are born: it does not take away pregnancy from a type that begins there
    (a Huis van het Kind for "0 to 24" is for expectant parents too).
    """
    service.minimum_age, service.maximum_age = first, last
    if last and float(first or 0) == 0 and SERVICE_TYPES[service.service_type].ages.min_months < 0:
        service.facts.add("pregnancy")
