"""Tables of the printed report: areas, and services depended on most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.lib.units import cm
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from geo.coverage import CoverageReport, Measure, State
from geo.coverage.measures import Unit
from geo.coverage.row import CoverageRow
from geo.places import AreaLevel
from geo.store.need import Need
from ui.coverage.report.style import INK_COLOUR, LINE_COLOUR, SOFT_COLOUR, paragraph_style, plain_paragraph
from words import amounts, i18n, labels
from words.i18n import _

_SIZE_PT, _HEAD_SIZE_PT, _TIGHT_SIZE_PT = 6.4, 5.8, 5.6
_MOST_SERVICES = 12
_WIDTHS_CM = {
    "name": 2.9,
    "children": 1.25,
    "value": 1.35,
    "between": 2.1,
    "extra": 2.5,
    "state": 1.8,
    "rank": 0.8,
    "peers": 1.75,
    "need": 1.8,
    "evidence": 1.7,
}
"""Centimetres; the name takes what others leave."""


def grid_table(
    rows: Sequence[Sequence[Flowable]], widths: list[float], *, last_is_total: bool = False, padded: Iterable[int] = ()
) -> Table:
    """Return a table whose heading comes back on every page.

    Widths are in points; `padded` columns stand apart.
    """
    look: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK_COLOUR),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, LINE_COLOUR),
        ("BACKGROUND", (0, 0), (-1, 0), SOFT_COLOUR),
        *(("LEFTPADDING", (at, 0), (at, -1), 6) for at in padded),
    ]
    if last_is_total:
        look += [("LINEABOVE", (0, -1), (-1, -1), 0.8, INK_COLOUR), ("BACKGROUND", (0, -1), (-1, -1), SOFT_COLOUR)]
    return Table([list(row) for row in rows], colWidths=widths, repeatRows=1, style=TableStyle(look), hAlign="LEFT")


def areas_table(report: CoverageReport, rows: Iterable[CoverageRow], *, title: str, width: float) -> Table:
    """Return areas by name with their numbers and their sum.

    `title` heads the names.
    """
    listed = sorted(rows, key=lambda row: row.area.name(i18n.current_language()))
    names = _column_names(report, is_of_towns=all(row.area.level is AreaLevel.MUNICIPALITY for row in listed))
    head = _column_headings(report, title)
    lines = [[_head_cell(head[name], name) for name in names]]
    lines += [[_text_cell(text, name) for name, text in _cell_texts(report, row, names)] for row in listed]
    total = dict(_cell_texts(report, report.total, names)) | {
        "name": _("Together"),
        "rank": "",
        "peers": "",
        "need": "",
    }
    lines.append([_text_cell(total[name], name, bold=True) for name in names])
    fixed = {name: _WIDTHS_CM[name] * cm for name in names}
    fixed["name"] = width - sum(wide for name, wide in fixed.items() if name != "name")
    padded = [at for at, name in enumerate(names) if name in ("state", "extra")]
    return grid_table(lines, [fixed[name] for name in names], last_is_total=True, padded=padded)


def _column_names(report: CoverageReport, *, is_of_towns: bool) -> list[str]:
    left_out = set() if report.info.uses_doors else {"between"}
    left_out |= set() if is_of_towns else {"peers", "need"}
    if report.request.measure not in (Measure.NEAREST, Measure.NEIGHBOUR):
        left_out.add("extra")
    return [name for name in _WIDTHS_CM if name not in left_out]


def _column_headings(report: CoverageReport, title: str) -> dict[str, str]:
    unit = _("per 1,000 children") if report.info.unit is Unit.PER_THOUSAND else ""
    is_distance = report.request.measure is Measure.NEAREST
    return {
        "name": title,
        "children": _("Children"),
        "value": unit or _("Value"),
        "between": _("Between"),
        "extra": _("9 in 10 within") if is_distance else _("Nearest mostly in"),
        "state": _("State"),
        "rank": _("Rank"),
        "peers": _("Peers"),
        "need": _("Need"),
        "evidence": _("Evidence"),
    }


def _cell_texts(report: CoverageReport, row: CoverageRow, names: list[str]) -> list[tuple[str, str]]:
    unit = report.info.unit
    is_known = row.state is not State.UNKNOWN
    found = {
        "name": row.area.name(i18n.current_language()),
        "children": amounts.count_text(round(row.children)) + ("*" if row.is_small else ""),
        "value": amounts.number_text(row.value if is_known else None, unit),
        "between": amounts.bounds_in_a_cell(row, unit),
        "extra": _extra_text(report, row),
        "state": _state_text(row),
        "rank": amounts.count_text(row.rank) if row.rank else "–",
        "peers": amounts.number_text(row.peers_value, unit),
        "need": need_text(report.dataset.need, row),
        "evidence": evidence_text(row),
    }
    return [(name, found[name]) for name in names]


def _state_text(row: CoverageRow) -> str:
    """Return the state of a municipality; of more, how many are in each state."""
    if sum(row.states.values()) == 1:
        return labels.state_name(row.state)
    return " / ".join(amounts.count_text(row.states[state]) for state in State)


def _extra_text(report: CoverageReport, row: CoverageRow) -> str:
    if report.request.measure is Measure.NEAREST:
        return amounts.number_text(row.p90_m if row.state is not State.UNKNOWN else None, Unit.METRES)
    if not row.neighbour or row.state is State.UNKNOWN:
        return ""
    town = report.dataset.municipalities.names(i18n.current_language())[row.neighbour]
    return f"{town} ({amounts.value_text(row.neighbour_share, Unit.SHARE)})"


def need_text(known: Need, row: CoverageRow) -> str:
    """Return the births in deprived families of a municipality.

    It is "–" where not known or for a larger area.
    """
    percent = known.deprivation_pct.get(row.area.code)
    return "–" if percent is None else amounts.percent(percent)


def evidence_text(row: CoverageRow) -> str:
    """Return how many records there are, fresh, and located.

    For example `12 / 1 / 4`.
    """
    return " / ".join(
        amounts.count_text(each) for each in (row.evidence.records, row.evidence.fresh, row.evidence.located)
    )


def _head_cell(text: str, name: str) -> Paragraph:
    return plain_paragraph(text, paragraph_style(_HEAD_SIZE_PT, bold=True, right=_is_number(name)))


def _text_cell(text: str, name: str, *, bold: bool = False) -> Paragraph:
    size = _TIGHT_SIZE_PT if "/" in text and name == "state" else _SIZE_PT
    return plain_paragraph(text, paragraph_style(size, bold=bold or name == "value", right=_is_number(name)))


def _is_number(name: str) -> bool:
    return name not in ("name", "state", "extra")


def dependence_table(report: CoverageReport, *, width: float) -> list[Flowable]:
    """Return the services that most children depend on alone.

    Other measures have none.
    """
    found = report.dependence()[:_MOST_SERVICES]
    if not found:
        return []
    look = paragraph_style(_SIZE_PT)
    names = report.dataset.municipalities.names(i18n.current_language())
    rows: list[list[Flowable]] = [
        [
            _head_cell(_("Service that most children depend on"), "name"),
            _head_cell(_("Municipality"), "name"),
            _head_cell(_("Children for whom it is the only one"), "children"),
        ]
    ]
    for service, children in found:
        towns = dict.fromkeys(names.get(place.nis_code, "") for place in service.locations if place.is_located)
        rows.append(
            [
                plain_paragraph(service.name, look),
                plain_paragraph(", ".join(filter(None, towns)), look),
                _text_cell(amounts.children_text(children), "children"),
            ]
        )
    return [grid_table(rows, [width * 0.45, width * 0.25, width * 0.3])]
