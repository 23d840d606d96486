"""Small plots of an area's numbers beside others: one line per measure, drawn as plain boxes, told in words as well."""

from __future__ import annotations

from markupsafe import Markup

from geo.coverage.measures import MEASURES, Unit
from geo.coverage.profile import Beside, Profile
from geo.coverage.row import State
from words import amounts, i18n, labels
from words.i18n import _

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


def beside(profile: Profile) -> Markup:
    """Return the numbers of an area as a table with a strip per measure: its own, its peers', the larger areas'.

    Whatever there is to compare with for no measure, such as the peers of a province, has no column.
    """
    kinds = {"peers": _("Peers"), "province": _("Province"), "region": _("Region")}
    others = [kind for kind in kinds if any(getattr(each, kind) is not None for each in profile.numbers)]
    return _TABLE.format(
        title=_("The numbers, beside others"),
        measure=_("Measure"),
        own=_("Here"),
        plot=_("Plot"),
        others=Markup("").join(_HEAD.format(kind=kind, name=kinds[kind]) for kind in others),
        rank=_("Rank"),
        rows=Markup("").join(_row(each, others) for each in profile.numbers),
    )


def _row(each: Beside, others: list[str]) -> Markup:
    unit = MEASURES[each.measure].unit
    is_unknown = each.row.state is State.UNKNOWN
    return _ROW.format(
        name=labels.measure_name(each.measure),
        value=labels.state_name(State.UNKNOWN) if is_unknown else _marked(amounts.number(each.row.value, unit), each),
        bounds=amounts.bounds(each.row, unit),
        marks=_marks(each, unit),
        others=Markup("").join(_NUMBER.format(amounts.number(getattr(each, kind), unit)) for kind in others),
        rank=i18n.number(each.row.rank) if each.row.rank else "–",
    )


def _marked(number: str, each: Beside) -> str:
    """Return a number with the mark of areas with few children, which the headline explains."""
    return f"{number} *" if each.row.is_small else number


def _marks(each: Beside, unit: Unit) -> Markup:
    row = each.row
    top = _top(each, unit)
    marks = Markup("")
    if row.low is not None and row.high is not None and row.high > row.low:
        marks += _BAND.format(low=_percent(row.low, top), width=_percent(row.high - row.low, top))
    for kind, value in (("region", each.region), ("province", each.province), ("peers", each.peers)):
        if value is not None:
            marks += _MARK.format(kind=kind, at=_percent(value, top))
    if row.value is not None and row.state is not State.UNKNOWN:
        marks += _MARK.format(kind="own", at=_percent(row.value, top))
    return marks


def _top(each: Beside, unit: Unit) -> float:
    """Return the right end of the strip: everybody, or somewhat more than the largest number on it."""
    if unit is Unit.SHARE:
        return 1.0
    known = [value for value in (each.row.value, each.row.high, each.peers, each.province, each.region) if value]
    return max(known, default=1.0) * 1.15 or 1.0


def _percent(value: float, top: float) -> str:
    return f"{min(max(value / top, 0.0), 1.0) * 100:.1f}"
