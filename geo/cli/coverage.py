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
    AMBIGUOUS_AREA,
    UNKNOWN_AREA,
    add_data_options,
    child_age,
    data_options,
    dataset,
    day,
    one_of,
    reach,
    service_type,
)
from geo.coverage.files import export
from geo.coverage.measure import measure
from geo.coverage.measures import Measure
from geo.coverage.report import CoverageReport
from geo.coverage.request import BICYCLE_M, Capacity, CoverageRequest
from geo.directory.service import Confidence, Status
from geo.directory.service_types import ServiceType
from geo.opening.schedules import BRUSSELS
from geo.places.area_search import Meant, Unclear, area_meant
from geo.places.areas import SUMMED, Level
from geo.store.dataset import Dataset

NAME = "coverage"
HELP = "Tell which municipalities and how many of their children are reached by services."
FORMATS = ("text", "csv", "json", "geojson")

_DEFAULT = CoverageRequest()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `coverage`."""
    add = parser.add_argument
    types, ages = ", ".join(ServiceType), ", ".join(CHILD_AGES)
    add("--type", type=service_type, action="append", metavar="TYPE", help=_help(types, _DEFAULT.types))
    add("--age", type=child_age, action="append", metavar="AGE", help=_help(ages, _DEFAULT.ages))
    add("--measure", type=one_of(Measure, "measure"), metavar="MEASURE", default=_DEFAULT.measure, help=_of(Measure))
    add("--reach-km", type=reach, metavar="KM", default=BICYCLE_M, help="0.2 to 30; default: 3.75")
    capacity = f"for 2sfca and e2sfca, what counts as one: {_of(Capacity)}"
    add("--capacity", type=one_of(Capacity, "capacity"), metavar="WHAT", default=_DEFAULT.capacity, help=capacity)
    add("--area", metavar="AREA", default="", help="code or name of a municipality or larger area (default: all)")
    add("--by", type=one_of(Level, "level", SUMMED), metavar="LEVEL", default=Level.MUNICIPALITY, help=_levels())
    statuses, trusted = _help(", ".join(Status), _DEFAULT.statuses), _help(", ".join(Confidence), _DEFAULT.confidences)
    add("--status", type=one_of(Status, "status"), action="append", metavar="STATUS", help=statuses)
    add("--confidence", type=one_of(Confidence, "confidence"), action="append", metavar="LEVEL", help=trusted)
    add("--on", type=day, metavar="DATE", help="the day that decides which records are fresh (default: today)")
    add("--format", choices=FORMATS, default="text", help="default: text")
    add_data_options(parser)


def _help(choices: str, default: frozenset[StrEnum]) -> str:
    return f"one of {choices}; may be repeated (default: {', '.join(sorted(default))})"


def _of(kind: type[StrEnum]) -> str:
    return f"one of {', '.join(kind)}"


def _levels() -> str:
    return f"one row for each: {', '.join(SUMMED)}"


def run(args: argparse.Namespace, *, now: dt.datetime) -> int:
    """Measure, print, and return 0; 2 when the area can be several, 1 when it is unknown."""
    data = dataset(args)
    meant = area_meant(args.area, data.areas, data.gazetteer)
    if isinstance(meant, Unclear):
        return _unclear(meant, args.format, data)
    today = args.on or now.astimezone(BRUSSELS).date()
    report = measure(data, wanted(args, meant.area.code), today=today)
    output.write(_WRITERS[args.format](_Answer(report, args.by, data, meant, data_options(args))))
    return 0


def wanted(args: argparse.Namespace, area: str = "") -> CoverageRequest:
    """Return the request that the options describe, for the area of a code."""
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


def _unclear(meant: Unclear, wanted_format: str, data: Dataset) -> int:
    """Tell the choices or the nearest names: as JSON on standard output, otherwise in words on standard error."""
    if wanted_format == "json":
        key = "choices" if meant.is_ambiguous else "suggestions"
        answer = {"area": None, "text": meant.text, key: [asdict(option) for option in meant.options]}
        output.write(_json(answer | {"data_version": data.data_version}))
    else:
        sys.stderr.write(coverage_text.unclear(meant))
    return AMBIGUOUS_AREA if meant.is_ambiguous else UNKNOWN_AREA


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)


class _Answer(NamedTuple):
    """What was measured, and what the answer must say beside it."""

    report: CoverageReport
    level: Level
    data: Dataset
    meant: Meant
    options: tuple[str, ...]


def _as_text(answer: _Answer) -> str:
    return coverage_text.told(answer.report, answer.level, answer.meant, options=answer.options)


def _as_csv(answer: _Answer) -> str:
    return export.csv_table(answer.report, answer.level, options=answer.options).decode()


def _as_json(answer: _Answer) -> str:
    document = export.document(answer.report, answer.level, answer.data, options=answer.options)
    return _json(document | {"alternatives": [asdict(option) for option in answer.meant.others]})


def _as_geojson(answer: _Answer) -> str:
    return export.geojson(answer.report, answer.level, answer.data, options=answer.options).decode()


_WRITERS = {"text": _as_text, "csv": _as_csv, "json": _as_json, "geojson": _as_geojson}
