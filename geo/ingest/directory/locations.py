"""Places of source rows, no more precise than their facts allow."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geo.directory.service import Confidence, Precision
from geo.directory.service_types import ServiceType
from geo.errors import DataProblem
from geo.ingest.directory.drafts import DraftPlace
from geo.ingest.directory.judgements import Judgement, Judgements
from geo.ingest.directory.normal import make_slug, split_house_number
from geo.ingest.directory.places import Locality, PlaceBook
from geo.ingest.directory.sources import HOUSES, RowGroup, SourceRow
from geo.messages import N_

NO_PLACE = "-"
AT_HOME_OR_BY_WIRE = frozenset(
    {
        ServiceType.MOBILE_SUPPORT,
        ServiceType.EDUCATIONAL_OPPORTUNITIES,
        ServiceType.PARENTING_LINE,
        ServiceType.PROVINCIAL_CENTRE,
        ServiceType.FLEMISH_COORDINATOR,
    }
)

_QUALIFIED = re.compile(r"^(?P<part>.+?)\s*\((?P<whole>.+)\)$")

_UNKNOWN_PLACE = N_("{place} is no municipality or deelgemeente that can be told; say in places.csv what it means.")
_UNKNOWN_MUNICIPALITY = N_("{value} is no municipality of today or of before the mergers of 2019 and 2025.")
_UNKNOWN_LOCALITY = N_("{value} is no deelgemeente or postcode locality of {municipality}.")
_WRONG_POSTCODE = N_("Postcode {postcode} is not in use in {municipality}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whereabouts:
    """Municipality of a row and, where the source names one, the locality in it."""

    nis_code: str
    locality: Locality | None = None
    is_named: bool = False  # the source names the locality as such, not only as seat of its municipality
    building: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _PrintedAddress:
    """Words of an address as the source prints them."""

    street: str
    number: str
    postcode: str


class Locator:
    """Finder of places for service rows.

    What it cannot tell becomes a problem.
    """

    def __init__(self, book: PlaceBook, judgements: Judgements) -> None:
        self._book, self._judgements = book, judgements

    def places(self, group: RowGroup, confidence: Confidence) -> list[DraftPlace]:
        """Return the distinct places of a service.

        Those of its rows come first, then those that a judgement adds.
        """
        found = [self._place_from_row(row, group.service_id, confidence) for row in group.placed_rows]
        added = self._judgements.on("locations", group.service_id)
        found += [self._place_from_judgement(judgement, group.service_id, confidence) for judgement in added]
        return list({place.id: place for place in found if place is not None}.values())

    def place_of_row(self, row: SourceRow, service_id: str, confidence: Confidence) -> DraftPlace | None:
        """Return the own place of a row, or None."""
        return self._place_from_row(row, service_id, confidence)

    def municipality_of(self, row: SourceRow) -> str | None:
        """Return the municipality of a row, also without any door."""
        where = self._judged(row) or self._read(row, report=False)
        return where.nis_code if where else None

    def _place_from_row(self, row: SourceRow, service_id: str, confidence: Confidence) -> DraftPlace | None:
        judged = self._judgements.on_row("places", row.file, row.name)
        if judged and judged[0]["municipality"] == NO_PLACE:
            return None
        if not row["place"] and not row["street"] and not judged:
            return None
        if row.service_type in AT_HOME_OR_BY_WIRE and not row["street"]:
            return None
        where = self._judged(row) or self._read(row)
        if where is None:
            return None
        door = _PrintedAddress(street=row["street"], number=row["house_number"], postcode=row["postcode"])
        if door.postcode and not self._book.has_postcode(where.nis_code, door.postcode):
            values = {"postcode": door.postcode, "municipality": self._book.name(where.nis_code)}
            self._report_problem(row.problem("wrong_postcode", _WRONG_POSTCODE, "postcode", **values))
        return self._place(where, door, service_id, confidence)

    def _place_from_judgement(self, judgement: Judgement, service_id: str, confidence: Confidence) -> DraftPlace | None:
        where = self._whereabouts_from_judgement(judgement, "")
        door = _PrintedAddress(
            street=judgement["street"], number=judgement["house_number"], postcode=judgement["postcode"]
        )
        return self._place(where, door, service_id, confidence) if where else None

    def _judged(self, row: SourceRow) -> _Whereabouts | None:
        """Return what a judgement says about the place of a row, if it says where."""
        for judgement in self._judgements.on_row("places", row.file, row.name):
            if judgement["municipality"] == NO_PLACE:
                return None
            if judgement["municipality"] or judgement["locality"]:
                default = row["municipality"] or row["place"]
                return self._whereabouts_from_judgement(judgement, default)
            read = self._read(row)
            if read:
                return _Whereabouts(
                    nis_code=read.nis_code,
                    locality=read.locality,
                    is_named=read.is_named,
                    building=judgement["building"],
                )
        return None

    def _whereabouts_from_judgement(self, judgement: Judgement, default: str) -> _Whereabouts | None:
        name = judgement["municipality"] or default
        nis_code = self._book.municipality(name)
        if nis_code is None:
            self._report_problem(
                judgement.problem("unknown_municipality", _UNKNOWN_MUNICIPALITY, "municipality", value=name)
            )
            return None
        building = judgement["building"]
        if not judgement["locality"]:
            return _Whereabouts(nis_code=nis_code, locality=self._book.locality(name, nis_code), building=building)
        locality = self._book.locality(judgement["locality"], nis_code)
        if locality is None:
            values = {"value": judgement["locality"], "municipality": self._book.name(nis_code)}
            self._report_problem(judgement.problem("unknown_locality", _UNKNOWN_LOCALITY, "locality", **values))
        return _Whereabouts(nis_code=nis_code, locality=locality, is_named=True, building=building)

    def _read(self, row: SourceRow, *, report: bool = True) -> _Whereabouts | None:
        """Return what the columns of a row say by themselves."""
        found = (
            self._whereabouts_of_house(row)
            if row.file == HOUSES
            else self._whereabouts_of_name(row["place"], row["postcode"])
        )
        if found is None and report:
            place = row["place"] or row["municipality"]
            self._report_problem(row.problem("unknown_place", _UNKNOWN_PLACE, "place", place=place))
        return found

    def _whereabouts_of_house(self, row: SourceRow) -> _Whereabouts | None:
        nis_code = self._book.municipality(row["municipality"])
        if nis_code is None:
            return None
        locality = self._book.locality(row["place"], nis_code)
        if make_slug(row["place"]) in (make_slug(row["municipality"]), make_slug(self._book.name(nis_code)), ""):
            return _Whereabouts(nis_code=nis_code, locality=locality)
        return _Whereabouts(nis_code=nis_code, locality=locality, is_named=True) if locality else None

    def _whereabouts_of_name(self, place: str, postcode: str) -> _Whereabouts | None:
        nis_code = self._book.municipality(place)
        if nis_code is not None:
            return _Whereabouts(nis_code=nis_code, locality=self._book.locality(place, nis_code))
        match = _QUALIFIED.match(place)
        whole = self._book.municipality(match["whole"]) if match else None
        if match and whole:
            locality = self._book.locality(match["part"], whole)
            return _Whereabouts(nis_code=whole, locality=locality, is_named=True) if locality else None
        found = self._book.localities_named(place, postcode)
        return _Whereabouts(nis_code=found[0].nis_code, locality=found[0], is_named=True) if len(found) == 1 else None

    def _place(self, where: _Whereabouts, door: _PrintedAddress, service_id: str, confidence: Confidence) -> DraftPlace:
        """Return the place. A lead (low confidence) claims no street, only the locality the street was in."""
        if door.street and not door.postcode and where.locality is None:
            door = replace(door, postcode=self._book.only_postcode(where.nis_code))
        claims = bool(door.street) and confidence is not Confidence.LOW
        point = self._find_point(where, door)
        is_local = point is not None and (bool(door.street) or where.is_named)
        city = where.locality.name if where.locality else self._book.name(where.nis_code)
        number = split_house_number(door.number)
        postcode = door.postcode or (where.locality.postcode if where.locality else "")
        return DraftPlace(
            id=_place_id(city, door, where.building, service_id, claims=claims),
            nis_code=where.nis_code,
            precision=Precision.LOCALITY if is_local else Precision.MUNICIPALITY,
            name=where.building or ("" if claims else city),
            street=door.street if claims else "",
            house_number=number.number if claims else "",
            box=number.box if claims else "",
            postcode=postcode if claims else "",
            city=city if claims else "",
            lon=point.lon if point and is_local else None,
            lat=point.lat if point and is_local else None,
        )

    def _find_point(self, where: _Whereabouts, door: _PrintedAddress) -> Locality | None:
        if door.postcode and (where.locality is None or self._book.is_one_place(door.postcode, where.nis_code)):
            return self._book.at_postcode(door.postcode, where.nis_code) or where.locality
        return where.locality

    def _report_problem(self, problem: DataProblem) -> None:
        if problem not in self._judgements.problems:
            self._judgements.problems.append(problem)


def _place_id(city: str, door: _PrintedAddress, building: str, service_id: str, *, claims: bool) -> str:
    """Return the id: services share a place with the same street or building, never a bare municipality."""
    if claims:
        return make_slug(city, door.street, door.number)
    return make_slug(city, building) if building else make_slug(city, service_id)
