"""Headline of a coverage report, in one to three sentences."""

from __future__ import annotations

import numpy as np

from geo.arrays import Flags
from geo.coverage import CoverageReport, Measure, State
from geo.coverage.row import FEW_CHILDREN, CoverageRow
from geo.directory import ServiceType
from geo.messages import N_
from words import amounts, labels, phrases
from words.i18n import _, ngettext

_NOBODY_REACH = N_(
    "In {area}, no child of {ages} lives within {reach} of {service}, as far as we know; {nobody} of that age live "
    "there."
)
_SOME_NOBODY_REACH = N_(
    "In {count} of the {total} municipalities, no child of {ages} lives within {reach} of {service}, as far as we "
    "know; {nobody} of that age live there."
)
_NO_DOOR = N_("In or around {area} we know of no address of {service}, so there is no distance to measure.")
_NOBODY = {
    Measure.SERVED: N_("We know of nothing for {area} ({kinds}); {nobody} of {ages} live there."),
    Measure.CHOICE: N_(
        "In {area}, no child of {ages} has two or more services ({kinds}) within {reach}, as far as we know; {nobody} "
        "of that age live there."
    ),
    Measure.NEAREST: _NO_DOOR,
    Measure.NEIGHBOUR: _NO_DOOR,
}
_SOME_NOBODY = {
    Measure.SERVED: N_(
        "For {count} of the {total} municipalities we know of nothing ({kinds}); {nobody} of {ages} live there."
    ),
    Measure.CHOICE: N_(
        "In {count} of the {total} municipalities, no child of {ages} has two or more services ({kinds}) within "
        "{reach}, as far as we know; {nobody} of that age live there."
    ),
}
_WHOLE = {
    Measure.SERVED: N_(
        "In {area}, {value} of the children of {ages} live in a municipality that {service} is for, as far as we know."
    ),
    Measure.REACH: N_(
        "In {area}, {value} of the children of {ages} live within {reach} of {service}, as far as we know."
    ),
    Measure.CHOICE: N_(
        "In {area}, {value} of the children of {ages} have two or more services ({kinds}) within {reach}, as far as "
        "we know."
    ),
    Measure.FRAGILITY: N_(
        "In {area}, {value} of the children of {ages} have exactly one service ({kinds}) within {reach}, as far as we "
        "know: {affected} would lose their only one if it closed."
    ),
    Measure.NEAREST: N_(
        "In {area}, children of {ages} live {value} on average from the nearest service whose place we know "
        "({kinds}); nine in ten live within {p90}."
    ),
    Measure.NEIGHBOUR: N_(
        "In {area}, {value} of the children of {ages} have their nearest service ({kinds}) in another municipality, "
        "as far as we know."
    ),
    Measure.ENHANCED: N_(
        "In {area}, what we know of within {reach} ({kinds}) comes to {value} of {ages}, shared with the children "
        "around; near counts more."
    ),
    Measure.TWO_STEP: N_(
        "In {area}, what we know of within {reach} ({kinds}) comes to {value} of {ages}, shared with the children "
        "around."
    ),
}
_SERVED_HERE = N_("In {area} there is something for {everyone} of {ages}, as far as we know: {names}.")
_BOUNDED = N_("Not every service and address is known, so it may be {bounds}.")
_UNBOUNDED = N_("Not every service and address is known, so it may be more; it is {bounds}.")
_MAY_BE_MORE = N_("Not every service and address is known, so it may be more.")
_ALL_UNKNOWN = N_(
    "For {area} we do not know ({kinds}): no record that we trust speaks of it, or the address of a service is missing."
)
_NOTHING_RECORDED = N_("For {area} we do not know: no record that we trust speaks of {service} in or around it.")
_HIDDEN = N_("For {area} we do not know: we miss the address of {names}.")
_MAY_REACH = N_(
    "For {area} we do not know: services around it of which we miss the address may be within reach of most children."
)
_NO_CHILDREN = N_("In {area} no children of {ages} are counted.")
_PEERS = N_("In the municipalities that resemble it most, this is {peers}.")
_NO_DOORS = N_("This help comes to people or is reached by phone: the measure “{served}” says more about it.")
TYPES_WITHOUT_DOORS = {ServiceType.PARENTING_LINE, ServiceType.MOBILE_SUPPORT}
"""Types whose services need no door: they come to people, or are called."""
_MOST_NAMED = 3
_FEW_CHILDREN = N_("Fewer than {number} children: the number is marked and not ranked.")


def headline_sentences(report: CoverageReport) -> list[str]:
    """Return the headline of a report, most important sentence first.

    It has one to three short paragraphs.
    """
    found = _municipality_sentences(report, report.rows[0]) if len(report.rows) == 1 else _area_sentences(report)
    if report.request.types <= TYPES_WITHOUT_DOORS and report.info.uses_doors:
        found.append(_(_NO_DOORS).format(served=labels.measure_name(Measure.SERVED)))
    return found


def _area_sentences(report: CoverageReport) -> list[str]:
    row = report.total
    values = sentence_values(report, row)
    unknown = row.states[State.UNKNOWN]
    if unknown == len(report.rows):
        return [_(_ALL_UNKNOWN).format(**values)]
    if row.states[State.NOT_REACHED] == len(report.rows):
        return [_join_sentences(nobody_sentence(report, row), _bounds_sentence(report, row))]
    found = [
        _nobody_count_sentence(report, values),
        _unknown_count_sentence(report, values),
        _value_sentence(report, row),
    ]
    if report.request.measure in (Measure.FRAGILITY, Measure.NEAREST, Measure.NEIGHBOUR):
        found = [_value_sentence(report, row), _worst_sentence(report, values), _unknown_count_sentence(report, values)]
    return [sentence for sentence in found if sentence]


def sentence_values(report: CoverageReport, row: CoverageRow) -> dict[str, str]:
    """Return the values that sentences about a row may name."""
    request, unit = report.request, report.info.unit
    return {
        "area": phrases.area_name(row.area),
        "ages": phrases.ages_text(request.groups),
        "reach": amounts.reach_text(request.reach_m),
        "kinds": phrases.types_text(request.types),
        "service": phrases.one_of_types(request.types),
        "value": amounts.value_text(row.value, unit),
        "p90": amounts.value_text(row.p90_m, unit),
        "peers": amounts.value_text(row.peers_value, unit),
        "total": amounts.count_text(sum(row.states.values())),
        "count": amounts.count_text(row.states[State.NOT_REACHED]),
        "nobody": amounts.children_text(row.children_in[State.NOT_REACHED]),
        "everyone": amounts.children_text(row.children),
        "unsure": amounts.children_text(row.children_in[State.UNKNOWN]),
        "affected": amounts.children_text((row.value or 0.0) * row.children),
    }


def nobody_sentence(report: CoverageReport, row: CoverageRow) -> str:
    """Return the sentence for a row where nobody is reached."""
    return _(_NOBODY.get(report.request.measure, _NOBODY_REACH)).format(**sentence_values(report, row))


def unknown_sentence(report: CoverageReport, row: CoverageRow) -> str:
    """Return why the state of a municipality is unknown."""
    values = sentence_values(report, row)
    hidden = _service_names(report, report.supply.hides, row, needs_door=True)
    if row.children <= 0:
        return _(_NO_CHILDREN).format(**values)
    if hidden:
        return _(_HIDDEN).format(names=hidden, **values)
    if report.supply.is_recorded[report.dataset.demand.position[row.area.nis_codes[0]]]:
        return _(_MAY_REACH).format(**values)
    return _(_NOTHING_RECORDED).format(**values)


def _service_names(report: CoverageReport, marked: Flags, row: CoverageRow, *, needs_door: bool = False) -> str:
    """Return the first services that a mask marks for a municipality.

    The mask is bool[s, k]; services with doors come first.

    With `needs_door` the others are named only when there is nothing else.
    """
    at = report.dataset.demand.position[row.area.nis_codes[0]]
    services = [report.service(int(each)) for each in np.flatnonzero(marked[:, at])]
    doors = [service.name for service in services if service.service_type not in TYPES_WITHOUT_DOORS]
    others = [service.name for service in services if service.service_type in TYPES_WITHOUT_DOORS]
    return phrases.enumerate_names(doors if doors and needs_door else [*doors, *others], most=_MOST_NAMED)


def _municipality_sentences(report: CoverageReport, row: CoverageRow) -> list[str]:
    if row.state is State.UNKNOWN:
        found = [unknown_sentence(report, row), _nearest_sentence(report, row), _bounds_sentence(report, row)]
    else:
        is_reached = row.state is State.REACHED
        is_served = report.request.measure is Measure.SERVED and row.value == 1
        first = (
            _served_sentence(report, row)
            if is_served
            else _value_sentence(report, row)
            if is_reached
            else _join_sentences(nobody_sentence(report, row), _bounds_sentence(report, row))
        )
        values = sentence_values(report, row)
        found = [first, _(_PEERS).format(**values) if row.peers_value is not None else ""]
    found.append(_(_FEW_CHILDREN).format(number=FEW_CHILDREN) if row.is_small and row.children > 0 else "")
    return [sentence for sentence in found if sentence]


def _served_sentence(report: CoverageReport, row: CoverageRow) -> str:
    names = _service_names(report, report.supply.serves, row)
    return _(_SERVED_HERE).format(names=names, **sentence_values(report, row))


def _nearest_sentence(report: CoverageReport, row: CoverageRow) -> str:
    if report.request.measure is not Measure.NEAREST or row.value is None:
        return ""
    said = _("The nearest whose place we know is at {value} on average; a nearer one may exist.")
    return said.format(**sentence_values(report, row))


def _value_sentence(report: CoverageReport, row: CoverageRow) -> str:
    """Return the value of a row, with its bounds where there are any; nothing when it is not known."""
    if row.value is None or row.state is State.UNKNOWN:
        return ""
    return _join_sentences(
        _(_WHOLE[report.request.measure]).format(**sentence_values(report, row)), _bounds_sentence(report, row)
    )


def _bounds_sentence(report: CoverageReport, row: CoverageRow) -> str:
    said = amounts.bounds_text(row, report.info.unit)
    if not said:
        return ""
    if row.high is None and not row.low:
        return _(_MAY_BE_MORE)
    return _(_UNBOUNDED if row.high is None else _BOUNDED).format(bounds=said)


def _nobody_count_sentence(report: CoverageReport, values: dict[str, str]) -> str:
    if not report.total.states[State.NOT_REACHED]:
        return ""
    return _(_SOME_NOBODY.get(report.request.measure, _SOME_NOBODY_REACH)).format(**values)


def _unknown_count_sentence(report: CoverageReport, values: dict[str, str]) -> str:
    count = report.total.states[State.UNKNOWN]
    if not count:
        return ""
    said = ngettext(
        "For {number} municipality ({unsure}) we do not know: no record that we trust, or an address is missing.",
        "For {number} municipalities ({unsure}) we do not know: no record that we trust, or an address is missing.",
        count,
    )
    return said.format(number=amounts.count_text(count), **values)


def _worst_sentence(report: CoverageReport, values: dict[str, str]) -> str:
    """Return where it is worst: the service most depend on, or the municipalities farthest away."""
    if report.request.measure is Measure.FRAGILITY:
        return _dependence_sentence(report)
    known = [row for row in report.rows if row.rank is not None and row.value is not None]
    if not known:
        return ""
    if report.request.measure is Measure.NEAREST:
        worst = max(known, key=lambda row: row.value or 0.0)
        said = _("It is farthest in {town}: {farthest} on average.")
        return said.format(
            town=phrases.area_name(worst.area), farthest=amounts.value_text(worst.value, report.info.unit), **values
        )
    count = sum((row.value or 0.0) > 1 - 1e-9 for row in known)
    if not count:
        return ""
    said = ngettext(
        "In {number} municipality that holds for all children.",
        "In {number} municipalities that holds for all children.",
        count,
    )
    return said.format(number=amounts.count_text(count))


def _dependence_sentence(report: CoverageReport) -> str:
    """Return the service that most children of the area depend on alone."""
    found = report.dependence()
    if not found:
        return ""
    said = _("Most children depend on {name}: for {children} it is the only one.")
    return said.format(name=found[0][0].name, children=amounts.children_text(found[0][1]))


def _join_sentences(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
