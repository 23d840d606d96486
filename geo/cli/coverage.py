"""`opvoedkaart coverage`: which municipalities and children are reached."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import NamedTuple

from geo.ages import CHILD_AGES
from geo.cli import coverage_text, output
from geo.cli.options import (
    EXIT_AMBIGUOUS_AREA,
    EXIT_UNKNOWN_AREA,
    add_data_options,
    code_parser,
    data_options,
    load_dataset,
    parse_child_age,
    parse_day,
    parse_reach,
    parse_service_type,
)
from geo.coverage import CoverageReport, CoverageRequest, Measure, measure
from geo.coverage.files import export
from geo.coverage.request import BICYCLE_M, Capacity
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.opening.schedules import BRUSSELS_TIME
from geo.places import AreaLevel
from geo.places.area_search import AreaMatch, NoAreaMatch, find_area
from geo.places.areas import SUMMED_LEVELS
from geo.store import Dataset

NAME = "coverage"
HELP = "Tell which municipalities and how many of their children are reached by services."
FORMATS = ("text", "csv", "json", "geojson")

_DEFAULT = CoverageRequest()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `coverage`."""
    add = parser.add_argument
    types, ages = ", ".join(ServiceType), ", ".join(CHILD_AGES)
    add("--type", type=parse_service_type, action="append", metavar="TYPE", help=_choices_help(types, _DEFAULT.types))
    add("--age", type=parse_child_age, action="append", metavar="AGE", help=_choices_help(ages, _DEFAULT.ages))
    add(
        "--measure",
        type=code_parser(Measure, "measure"),
        metavar="MEASURE",
        default=_DEFAULT.measure,
        help=_codes_help(Measure),
    )
    add("--reach-km", type=parse_reach, metavar="KM", default=BICYCLE_M, help="0.2 to 30; default: 3.75")
    capacity = f"for 2sfca and e2sfca, what counts as one: {_codes_help(Capacity)}"
    add("--capacity", type=code_parser(Capacity, "capacity"), metavar="WHAT", default=_DEFAULT.capacity, help=capacity)
    add("--area", metavar="AREA", default="", help="code or name of a municipality or larger area (default: all)")
    add(
        "--by",
        type=code_parser(AreaLevel, "level", SUMMED_LEVELS),
        metavar="LEVEL",
        default=AreaLevel.MUNICIPALITY,
        help=_levels_help(),
    )
    statuses, trusted = (
        _choices_help(", ".join(Status), _DEFAULT.statuses),
        _choices_help(", ".join(Confidence), _DEFAULT.confidences),
    )
    add("--status", type=code_parser(Status, "status"), action="append", metavar="STATUS", help=statuses)
    add("--confidence", type=code_parser(Confidence, "confidence"), action="append", metavar="LEVEL", help=trusted)
    add("--on", type=parse_day, metavar="DATE", help="the day that decides which records are fresh (default: today)")
    add("--format", choices=FORMATS, default="text", help="default: text")
    add_data_options(parser)


def _choices_help(choices: str, default: frozenset[StrEnum]) -> str:
    return f"one of {choices}; may be repeated (default: {', '.join(sorted(default))})"


def _codes_help(kind: type[StrEnum]) -> str:
    return f"one of {', '.join(kind)}"


def _levels_help() -> str:
    return f"one row for each: {', '.join(SUMMED_LEVELS)}"


def run(args: argparse.Namespace, *, now: dt.datetime) -> int:
    """Measure, print, and return the exit status.

    0; 2 when the area can be several, 1 when it is unknown.
    """
    data = load_dataset(args)
    meant = find_area(args.area, data.areas, data.gazetteer)
    if isinstance(meant, NoAreaMatch):
        return _write_choices(meant, args.format, data)
    today = args.on or now.astimezone(BRUSSELS_TIME).date()
    report = measure(data, request_from(args, meant.area.code), today=today)
    output.write_text(_WRITERS[args.format](_Answer(report, args.by, data, meant, data_options(args))))
    return 0


def request_from(args: argparse.Namespace, area: str = "") -> CoverageRequest:
    """Return the coverage request of the options.

    `area` is the code of its area.
    """
    return CoverageRequest(
        types=frozenset(args.type or _DEFAULT.types),
        ages=frozenset(args.age or _DEFAULT.ages),
        measure=args.measure,
        reach_m=args.reach_km,
        capacity=args.capacity,
        area=area,
        statuses=frozenset(args.status or _DEFAULT.statuses),
        confidences=frozenset(args.confidence or _DEFAULT.confidences),
    )


def _write_choices(meant: NoAreaMatch, wanted_format: str, data: Dataset) -> int:
    """Write the choices or the nearest names.

    As JSON on standard output, otherwise in words on standard error.
    """
    if wanted_format == "json":
        key = "choices" if meant.is_ambiguous else "suggestions"
        answer = {"area": None, "text": meant.text, key: [asdict(option) for option in meant.options]}
        output.write_text(_json_text(answer | {"data_version": data.data_version}))
    else:
        sys.stderr.write(coverage_text.choices_text(meant))
    return EXIT_AMBIGUOUS_AREA if meant.is_ambiguous else EXIT_UNKNOWN_AREA


def _json_text(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)


class _Answer(NamedTuple):
    """What was measured, and what the answer must say beside it."""

    report: CoverageReport
    level: AreaLevel
    data: Dataset
    meant: AreaMatch
    options: tuple[str, ...]


def _as_text(answer: _Answer) -> str:
    return coverage_text.report_text(answer.report, answer.level, answer.meant, options=answer.options)


def _as_csv(answer: _Answer) -> str:
    return export.to_csv(answer.report, answer.level, options=answer.options).decode()


def _as_json(answer: _Answer) -> str:
    document = export.to_json(answer.report, answer.level, answer.data, options=answer.options)
    return _json_text(document | {"alternatives": [asdict(option) for option in answer.meant.others]})


def _as_geojson(answer: _Answer) -> str:
    return export.to_geojson(answer.report, answer.level, answer.data, options=answer.options).decode()


_WRITERS = {"text": _as_text, "csv": _as_csv, "json": _as_json, "geojson": _as_geojson}
