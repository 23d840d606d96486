"""Strips: the numbers of an area beside others, one line a measure."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from geo.coverage import State
from geo.coverage.measures import MEASURES, Unit
from geo.coverage.profile import ComparedNumber, Profile
from geo.messages import N_
from words import amounts, i18n, labels
from words.i18n import _

OTHERS = {"peers": N_("Peers"), "province": N_("Province"), "region": N_("Region")}
"""What a number is held beside, in the order of the columns."""
_ROOM = 1.15
"""How far beyond its largest number a strip without a natural end goes."""
_ROW = Markup(
    '<tr><th scope="row">{name}</th><td class="number"><strong>{value}</strong><small>{bounds}</small></td>'
    '<td class="plot"><span class="strip" aria-hidden="true">{marks}</span></td>'
    '{others}<td class="number">{rank}</td></tr>'
)
_NUMBER = Markup('<td class="number">{}</td>')
_MARK = Markup('<i class="{kind}" style="left: {at}%"></i>')
_BAND = Markup('<i class="band" style="left: {low}%; width: {width}%"></i>')
_TABLE = Markup(
    '<div class="wide" role="group" aria-label="{title}" tabindex="0"><table class="beside"><thead><tr>'
    '<th scope="col">{measure}</th><th scope="col">{own}</th>'
    '<th scope="col" class="plot"><span class="hidden">{plot}</span></th>{others}'
    '<th scope="col">{rank}</th></tr></thead><tbody>{rows}</tbody></table></div>'
)
_HEAD = Markup('<th scope="col"><i class="key {kind}" aria-hidden="true"></i>{name}</th>')


def comparison_table(profile: Profile) -> Markup:
    """Return the numbers of an area as a table with a strip per measure: its own, its peers', the larger areas'.

    Whatever there is to compare with for no measure, such as the peers of a province, has no column.
    """
    others = [kind for kind in OTHERS if any(getattr(each, kind) is not None for each in profile.numbers)]
    return _TABLE.format(
        title=_("The numbers, beside others"),
        measure=_("Measure"),
        own=_("Here"),
        plot=_("Plot"),
        others=Markup("").join(_HEAD.format(kind=kind, name=_(OTHERS[kind])) for kind in others),
        rank=_("Rank"),
        rows=Markup("").join(_table_row(each, others) for each in profile.numbers),
    )


def _table_row(each: ComparedNumber, others: list[str]) -> Markup:
    unit = MEASURES[each.measure].unit
    return _ROW.format(
        name=labels.measure_name(each.measure),
        value=_mark_small(number_here(each), each),
        bounds=amounts.bounds_text(each.row, unit),
        marks=_strip_marks(each),
        others=Markup("").join(_NUMBER.format(amounts.number_text(getattr(each, kind), unit)) for kind in others),
        rank=i18n.number_text(each.row.rank) if each.row.rank else "–",
    )


def number_here(each: ComparedNumber) -> str:
    """Return the own number as a column wants it, or that it is unknown."""
    if each.row.state is State.UNKNOWN:
        return labels.state_name(State.UNKNOWN)
    return amounts.number_text(each.row.value, MEASURES[each.measure].unit)


def _mark_small(number: str, each: ComparedNumber) -> str:
    """Return a known number with the mark of areas with few children, which the headline explains."""
    return f"{number} *" if each.row.is_small and each.row.state is not State.UNKNOWN else number


def _strip_marks(each: ComparedNumber) -> Markup:
    found = strip_of(each)
    marks = Markup("")
    if found.band:
        low, high = found.band
        marks += _BAND.format(low=_percent_text(low), width=_percent_text(high - low))
    for kind, at in found.marks:
        marks += _MARK.format(kind=kind, at=_percent_text(at))
    return marks


def _percent_text(part: float) -> str:
    return f"{part * 100:.1f}"


@dataclass(frozen=True, slots=True)
class Strip:
    """Where marks stand on a strip, from 0 (left) to 1 (right), the own mark last; the band lies between the bounds."""

    band: tuple[float, float] | None
    marks: tuple[tuple[str, float], ...]


def strip_of(each: ComparedNumber) -> Strip:
    """Return the strip of a number beside others, as the screen and the paper draw it."""
    row, end = each.row, _right_end(each)
    has_band = row.low is not None and row.high is not None and row.high > row.low
    own = row.value if row.state is not State.UNKNOWN else None
    found = (("region", each.region), ("province", each.province), ("peers", each.peers), ("own", own))
    return Strip(
        (_part(row.low or 0.0, end), _part(row.high or 0.0, end)) if has_band else None,
        tuple((kind, _part(value, end)) for kind, value in found if value is not None),
    )


def _part(value: float, end: float) -> float:
    return min(max(value / end, 0.0), 1.0)


def _right_end(each: ComparedNumber) -> float:
    """Return the right end of the strip: everybody, or somewhat more than the largest number on it."""
    if MEASURES[each.measure].unit is Unit.SHARE:
        return 1.0
    known = [value for value in (each.row.value, each.row.high, each.peers, each.province, each.region) if value]
    return max(known, default=1.0) * _ROOM
