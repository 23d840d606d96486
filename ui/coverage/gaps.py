"""Gaps in the coverage of an area, and records to check."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from geo.arrays import Rows64
from geo.coverage import CoverageReport, Measure, State
from geo.coverage.measures import Unit
from geo.coverage.profile import Profile
from geo.coverage.row import CoverageRow
from geo.coverage.service_areas import service_areas_of
from geo.directory import Service
from geo.directory.directory import CONFIDENCE_CODES, STATUS_CODES, TYPE_CODES
from geo.directory.freshness import freshness
from geo.directory.service import Confidence, Freshness, Precision, Status
from geo.places import AreaLevel
from ui.coverage.headline import TYPES_WITHOUT_DOORS, nobody_sentence, sentence_values, unknown_sentence
from words import amounts, i18n, phrases
from words.i18n import _


def gap_sentences(report: CoverageReport, row: CoverageRow) -> list[str]:
    """Return the gaps in the coverage of an area, worst first.

    It is empty where the request finds none.

    For several municipalities they are named; for one it is told why, and how it stands beside its peers.
    """
    return (
        list(_municipality_gaps(report, row)) if row.area.level is AreaLevel.MUNICIPALITY else _area_gaps(report, row)
    )


def known_outside(profile: Profile) -> list[str]:
    """Return one sentence per neighbour with a service that children of an area have within reach."""
    names = profile.report.dataset.municipalities.names(i18n.current_language())
    reach = amounts.reach_text(profile.report.request.reach_m)
    said = _("{share} of the children live within {reach} of a service in {town}.")
    return [
        said.format(share=amounts.value_text(share, Unit.SHARE), reach=reach, town=names[code])
        for code, share in profile.outside
    ]


def no_service_known() -> str:
    """Return what stands where a list of services is empty."""
    return _("We know of none. That is no proof that there is none.")


def records_to_check(report: CoverageReport, row: CoverageRow) -> list[str]:
    """Return one sentence per record about an area that needs checking, those that could change the number first."""
    at = _area_positions(report, row)
    found = list(_unrecorded_sentences(report, row, at))
    reasons: dict[str, list[str]] = {}
    for service, reason in _doubtful_services(report, at):
        reasons.setdefault(service.id, [service.name]).append(reason)
    found += [_("{name}: {reasons}.").format(name=name, reasons="; ".join(said)) for name, *said in reasons.values()]
    return found


def _area_gaps(report: CoverageReport, row: CoverageRow) -> list[str]:
    found = [
        (_("Not reached, as far as we know: {names}."), _towns_in_state(report, row, State.NOT_REACHED)),
        (_("Not known: {names}."), _towns_in_state(report, row, State.UNKNOWN)),
    ]
    return [said.format(names=phrases.enumerate_names(towns)) for said, towns in found if towns]


def _towns_in_state(report: CoverageReport, row: CoverageRow, state: State) -> list[str]:
    at = _area_positions(report, row)
    return _town_names(report, at[[report.states[each] is state for each in at]])


def _municipality_gaps(report: CoverageReport, row: CoverageRow) -> Iterator[str]:
    values = sentence_values(report, row)
    if row.state is State.UNKNOWN:
        yield unknown_sentence(report, row)
    elif row.state is State.NOT_REACHED:
        yield nobody_sentence(report, row)
    elif report.request.measure is Measure.REACH and row.value is not None and row.value < 1:
        away = amounts.children_text((1 - row.value) * row.children)
        yield _("{away} of {ages} live farther than {reach} from {service}.").format(
            away=_capitalise_first(away), **values
        )
    yield from _missing_sentences(report, row, values)
    if (
        row.peers_value is not None
        and row.value is not None
        and row.state is State.REACHED
        and _is_behind_peers(report, row)
    ):
        yield _("It does less well than the municipalities that resemble it: {value}, against {peers}.").format(
            **values
        )
    if row.neighbour:
        said = _("For {share} of the children the nearest known service stands in {neighbour}.")
        neighbour = report.dataset.municipalities.names(i18n.current_language())[row.neighbour]
        yield said.format(share=amounts.value_text(row.neighbour_share, Unit.SHARE), neighbour=neighbour)


def _missing_sentences(report: CoverageReport, row: CoverageRow, values: dict[str, str]) -> Iterator[str]:
    """Yield that nothing is for a municipality, or that nothing stands in it."""
    at = _area_positions(report, row)
    is_for_it = report.supply.serves[:, at].any()
    if not is_for_it and report.request.measure is not Measure.SERVED and row.state is not State.UNKNOWN:
        yield _("We know of nothing that says it is for {area} ({kinds}).").format(**values)
    elif is_for_it and not np.isin(at, report.supply.doors.municipality).any() and report.info.uses_doors:
        yield _("Something is meant for {area} ({kinds}), but no known place of it stands there.").format(**values)


def _is_behind_peers(report: CoverageReport, row: CoverageRow) -> bool:
    """Return whether a row does less well than its peers, as far as can be read off the printed numbers."""
    unit = report.info.unit
    if amounts.value_text(row.value, unit) == amounts.value_text(row.peers_value, unit):
        return False
    is_higher = (row.value or 0.0) > (row.peers_value or 0.0)
    return is_higher is not report.info.is_better_high


def _capitalise_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _area_positions(report: CoverageReport, row: CoverageRow) -> Rows64:
    position = report.dataset.demand.position
    return np.array([position[code] for code in row.area.nis_codes if code in position], dtype=np.int64)


def _unrecorded_sentences(report: CoverageReport, row: CoverageRow, at: Rows64) -> Iterator[str]:
    names = _town_names(report, at[~report.supply.is_recorded[at]])
    if names:
        values = {"names": phrases.enumerate_names(names), "kinds": phrases.types_text(report.request.types)}
        yield _("No record that we trust speaks of {names} or what lies around ({kinds}): ask there.").format(**values)


def _town_names(report: CoverageReport, at: Rows64) -> list[str]:
    names = report.dataset.municipalities.names(i18n.current_language())
    return sorted(names[report.dataset.demand.nis_codes[each]] for each in at)


def _doubtful_services(report: CoverageReport, at: Rows64) -> Iterator[tuple[Service, str]]:
    """Yield services about which something is doubtful, with what: places, leads, age; a service may come twice."""
    supply = report.supply
    for each in np.flatnonzero(supply.hides[:, at].any(axis=1)):
        if report.service(int(each)).service_type not in TYPES_WITHOUT_DOORS:
            yield report.service(int(each)), _("an address is missing")
    for each in np.unique(supply.doors.service[np.isin(supply.doors.municipality, at)]):
        service = report.service(int(each))
        if any(place.precision is Precision.LOCALITY for place in service.locations):
            yield service, _("only the village or district is known")
    yield from _uncounted_records(report, at)
    for each in np.flatnonzero(report.point_sums.bears[:, at].any(axis=1)):
        service = report.service(int(each))
        if service.assured_date is None:
            yield service, _("source without a date")
        elif freshness(service.assured_date, report.today) is Freshness.OLD:
            yield service, _("source of {month}").format(month=i18n.month_text(service.assured_date))


def _uncounted_records(report: CoverageReport, at: Rows64) -> Iterator[tuple[Service, str]]:
    """Yield records of the types that speak of the area but do not count: leads, and what is only announced."""
    directory, request = report.dataset.directory, report.request
    is_of_type = np.isin(directory.type_code, [TYPE_CODES[kind] for kind in request.types])
    speaks = is_of_type & service_areas_of(report.dataset).speaks_of[:, at].any(axis=1)
    speaks[report.supply.rows] = False
    is_lead = directory.confidence == CONFIDENCE_CODES[Confidence.LOW]
    is_going = np.isin(directory.status, [STATUS_CODES[Status.ACTIVE], STATUS_CODES[Status.ANNOUNCED]])
    for row in np.flatnonzero(speaks & is_lead & is_going):
        yield directory.services[int(row)], _("a lead that is not confirmed, and not counted")
    is_announced = directory.status == STATUS_CODES[Status.ANNOUNCED]
    for row in np.flatnonzero(speaks & ~is_lead & is_announced):
        yield directory.services[int(row)], _("announced, and not counted")
