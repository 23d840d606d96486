"""Areas that a service is for: municipalities, provinces or regions."""

from __future__ import annotations

import re

from geo.directory.service_types import ServiceType
from geo.ingest.directory.drafts import DraftPlace
from geo.ingest.directory.judgements import Judgement, Judgements
from geo.ingest.directory.locations import Locator
from geo.ingest.directory.places import PlaceBook
from geo.ingest.directory.sources import HOUSES, RowGroup
from geo.messages import N_

Areas = list[tuple[str, str]]
DOORS_ONLY = frozenset({ServiceType.PUPIL_GUIDANCE_CENTRE, ServiceType.FAMILY_CARE_CENTRE})

_PART = re.compile(r"^(?P<whole>.+?)\s*\((?P<part>.+)\)$")

_UNKNOWN_AREA = N_("{value} is no municipality, province or region.")
_NO_MUNICIPALITY = N_("The row covers {value}, which is no municipality of today or of before the mergers.")


class AreaFinder:
    """Finder of service areas for groups of rows."""

    def __init__(self, book: PlaceBook, judgements: Judgements, locator: Locator) -> None:
        self._book, self._judgements, self._locator = book, judgements, locator

    def areas(self, group: RowGroup, places: list[DraftPlace]) -> Areas:
        """Return (REFNIS code, name) of each area.

        A judgement decides; else a Huis serves what its rows list, a door of which the area is unknown serves the
        municipality it is in, and a CLB or CKG with a known place none (it is found nearby).
        """
        judged = self._judgements.on("areas", group.service_id)
        if judged:
            return self.judged_areas(judged)
        if group.first.file == HOUSES:
            return self._covered_areas(group)
        if group.first.service_type in DOORS_ONLY and any(place.lon is not None for place in places):
            return []
        codes = {place.nis_code for place in places}
        codes |= {found for row in group.rows if (found := self._locator.municipality_of(row))}
        return [(code, self._book.area_name(code)) for code in sorted(codes)]

    def judged_areas(self, judgements: list[Judgement]) -> Areas:
        """Return the areas that judgements name.

        They name them by municipality (of today or before) or REFNIS code.
        """
        old_names: dict[str, list[str]] = {}
        given: dict[str, str] = {}
        for judgement in judgements:
            code = self._area_code(judgement["area"])
            if code is None:
                self._judgements.problems.append(
                    judgement.problem("unknown_area", _UNKNOWN_AREA, "area", value=judgement["area"])
                )
                continue
            names = old_names.setdefault(code, [])
            if not judgement["area"].isdigit():
                names.append(judgement["area"])
            if judgement.values.get("name") and judgement.table == "areas":
                given[code] = judgement["name"]
        return self._named_areas(old_names, given)

    def _area_code(self, text: str) -> str | None:
        return text if self._book.is_area(text) else self._book.municipality(text)

    def _covered_areas(self, group: RowGroup) -> Areas:
        """Return what the column covers_municipalities of a Huis lists: `Antwerpen (Deurne)` is a part of one."""
        old_names: dict[str, list[str]] = {}
        given: dict[str, str] = {}
        for row in group.rows:
            for text in filter(None, (part.strip() for part in row["covers_municipalities"].split(";"))):
                match = _PART.match(text)
                name = match["whole"] if match else text
                code = self._book.municipality(name)
                if code is None:
                    problem = row.problem("unknown_area", _NO_MUNICIPALITY, "covers_municipalities", value=text)
                    self._judgements.problems.append(problem)
                    continue
                names = old_names.setdefault(code, [])
                if name not in names:
                    names.append(name)
                if match:
                    given[code] = text
        return self._named_areas(old_names, given)

    def _named_areas(self, old_names: dict[str, list[str]], given: dict[str, str]) -> Areas:
        return [
            (code, given.get(code) or self._book.area_name(code, names)) for code, names in sorted(old_names.items())
        ]
