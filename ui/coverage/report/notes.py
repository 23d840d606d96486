"""Notes below a printed report: definitions, limits, sources, command."""

from __future__ import annotations

import datetime as dt

from reportlab.lib.units import cm
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from geo.coverage import CoverageReport, CoverageRequest
from geo.coverage.files.records import command_line
from geo.coverage.measures import MEASURES, Unit
from geo.coverage.request import Capacity
from geo.directory.service import Confidence, Status
from geo.messages import N_
from geo.places import AreaLevel
from geo.store import Dataset, Manifest
from geo.store.dataset import BOUNDARIES, DEMAND_FILE, DIRECTORY_FOLDER, NEED_FILE
from geo.store.manifest import Resource
from ui.about import page
from ui.coverage.report.style import LINE_COLOUR, SOFT_COLOUR, labelled_paragraph, paragraph_style, plain_paragraph
from words import amounts, definitions, i18n, labels, phrases
from words.i18n import _

_SIZE_PT = 5.9
_SPLIT = N_(
    "Children per neighbourhood are an estimate: every neighbourhood of a municipality gets its mix of ages. In an "
    "uneven city 6 to 8 % of the children are put in the wrong place that way, between former municipalities 1 to 2 "
    "%; a covered share then differs by about 1.5 percentage points. Counts per municipality are official (2022)."
)
_NO_NORM = N_(
    "The reach of {reach} is a choice of whoever asked, not an official norm. Straight lines are shorter than roads."
)
_STRAIGHT = N_("Straight lines are shorter than roads.")
_NOT_COMPLETE = N_("Nobody has a complete list of services: what is missing here may exist.")
_NEED = N_(
    "Need: births in deprived families (kansarmoede-index); known in Flanders only, and not for every municipality."
)
_COLUMNS = N_("In a sum over municipalities the state counts those reached / not reached / unknown.")
_EVIDENCE_ORDER = N_("Evidence in the table: records / fresh / with a known place.")
_USED_PATHS = (BOUNDARIES, DEMAND_FILE, NEED_FILE, f"{DIRECTORY_FOLDER}/service.csv")
"""The tables behind a report, as the manifest names them."""


def note_parts(report: CoverageReport, dataset: Dataset, *, today: dt.date, width: float) -> list[Flowable]:
    """Return definitions and sources in two columns, then the command."""
    half = (width - 0.5 * cm) / 2
    left = [_title_paragraph(_("What the words mean")), *_definition_lines(report)]
    right = [
        _title_paragraph(_("What to keep in mind")),
        *_limit_lines(report),
        _title_paragraph(_("Sources and licences")),
        *_source_lines(dataset.manifest),
    ]
    columns = Table(
        [[left, right]],
        colWidths=[half + 0.25 * cm, half + 0.25 * cm],
        style=TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, 0), 0),
                ("LEFTPADDING", (1, 0), (1, 0), 0.25 * cm),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0.25 * cm),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                ("LINEABOVE", (0, 0), (-1, 0), 0.5, LINE_COLOUR),
            ]
        ),
    )
    options = ("--directory", dataset.directory_path.name) if dataset.directory_path else ()
    return [columns, _command_box(report, options, today=today, width=width)]


def _title_paragraph(text: str) -> Paragraph:
    return plain_paragraph(text, paragraph_style(_SIZE_PT + 1, bold=True, after=1.5))


def _definition_lines(report: CoverageReport) -> list[Flowable]:
    found = definitions.term_definitions(report.request.measure)
    return [
        labelled_paragraph(name if name == "*" else f"{name}.", text, paragraph_style(_SIZE_PT, after=1.5))
        for name, text in found
    ]


def _limit_lines(report: CoverageReport) -> list[Flowable]:
    request = report.request
    lines = [_(_NOT_COMPLETE)]
    if report.info.uses_doors:
        lines += [
            _(_SPLIT),
            _(_NO_NORM).format(reach=amounts.reach_text(request.reach_m)) if report.info.uses_reach else _(_STRAIGHT),
        ]
    else:
        lines.append(definitions.caveat_sentence(request))
    lines += [*counted_lines(request), _(_NEED)]
    lines += [_(_EVIDENCE_ORDER), _(_COLUMNS)] if len(report.rows) > 1 else []
    return [plain_paragraph(line, paragraph_style(_SIZE_PT, after=1.5)) for line in lines]


def counted_lines(request: CoverageRequest) -> list[str]:
    """Return which records count, where that is unusual."""
    usual = CoverageRequest()
    lines = []
    if (request.statuses, request.confidences) != (usual.statuses, usual.confidences):
        statuses = phrases.enumerate_names(labels.status_name(each) for each in Status if each in request.statuses)
        trusted = [each for each in Confidence if each in request.confidences]
        confidences = phrases.enumerate_names(map(labels.confidence_name, trusted))
        line = _("Counted are records whose status is {statuses} and whose confidence is {confidences}.")
        lines.append(line.format(statuses=statuses, confidences=confidences))
    if request.capacity is Capacity.LOCATION and MEASURES[request.measure].unit is Unit.PER_THOUSAND:
        lines.append(_("Every location of a service counts as one."))
    return lines


def _source_lines(manifest: Manifest) -> list[Flowable]:
    used = [resource for path in _USED_PATHS for resource in manifest.resources if resource.path == path]
    look = paragraph_style(_SIZE_PT, after=1.5)
    return [labelled_paragraph(f"{_resource_name(resource)}.", _source_text(resource), look) for resource in used]


def _resource_name(resource: Resource) -> str:
    title = next((title for start, title in page.SOURCE_TITLES.items() if resource.path.startswith(start)), "")
    return _(title) or resource.title


def _source_text(resource: Resource) -> str:
    sources = "; ".join(dict.fromkeys(part.title for part in resource.sources if part.title))
    parts = [sources.rstrip("."), str(resource.raw.get("reference_date") or "")]
    parts.append(", ".join(dict.fromkeys(part.name for part in resource.licences if part.name)))
    return " ".join(f"{part}." for part in parts if part)


def _command_box(report: CoverageReport, options: tuple[str, ...], *, today: dt.date, width: float) -> Table:
    look = paragraph_style(_SIZE_PT + 0.4)
    made = _("Data version {version}, as on {date}. This command gives the same numbers:")
    lines = [
        plain_paragraph(made.format(version=report.data_version, date=i18n.date_text(today)), look),
        plain_paragraph(
            command_line(report, AreaLevel.MUNICIPALITY, options=options), paragraph_style(_SIZE_PT + 0.4, bold=True)
        ),
    ]
    box = [
        ("BACKGROUND", (0, 0), (-1, -1), SOFT_COLOUR),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    return Table([[lines]], colWidths=[width], style=TableStyle(box))
