"""`opvoedkaart plan`: where new services come so that most children gain."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geo.ages import CHILD_AGES
from geo.cli import output
from geo.cli.coverage_text import choices_text
from geo.cli.options import (
    EXIT_AMBIGUOUS_AREA,
    EXIT_UNKNOWN_AREA,
    add_data_options,
    load_dataset,
    parse_child_age,
    parse_day,
    parse_reach,
    parse_seconds,
    parse_service_type,
)
from geo.directory import ServiceType
from geo.directory.service import Confidence, Status
from geo.opening.schedules import BRUSSELS_TIME
from geo.places.area_search import NoAreaMatch, find_area
from geo.planning import Objective, PlanRequest
from geo.planning.choices import CandidateKind
from geo.requests import points
from geo.solver.control import LIMIT_S
from geo.store import Dataset
from geo.text import strip_hidden

if TYPE_CHECKING:
    from geo.planning.candidates import CandidateBook

NAME = "plan"
HELP = "Propose sites for new services."
FORMATS = ("text", "json", "geojson")
_DEFAULT = PlanRequest()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `plan`."""
    add = parser.add_argument
    add("--area", default="", metavar="AREA", help="code or name; several joined by + (default: everywhere)")
    add("--type", type=parse_service_type, action="append", default=[], metavar="TYPE", help=", ".join(ServiceType))
    add("--age", type=parse_child_age, action="append", default=[], metavar="AGE", help=", ".join(CHILD_AGES))
    add("--objective", choices=list(Objective), default=_DEFAULT.objective, help="default: mclp, most children reached")
    add("--sites", type=int, default=_DEFAULT.sites, metavar="N", help="new sites, kept ones included (default: 3)")
    add("--share", type=float, default=_DEFAULT.share, metavar="PART", help="for lscp: part of the children, to 1")
    add("--reach-km", type=parse_reach, default=_DEFAULT.reach_m, metavar="KM", help="0.2 to 30; default: 3.75")
    add("--need-weight", type=float, default=0.0, metavar="PART", help="0 (all children alike) to 1 (by need)")
    add("--keep", action="append", default=[], metavar="ID", help="a candidate that is part of the plan")
    add("--close", action="append", default=[], metavar="ID", help="a service of the directory that closes")
    add("--forbid", action="append", default=[], metavar="ID", help="a candidate that is never chosen")
    add("--candidates", choices=list(CandidateKind), default=_DEFAULT.candidates, help="default: submunicipality")
    add(
        "--point",
        type=parse_point,
        action="append",
        default=[],
        metavar="LON,LAT",
        help="a candidate of the kind points",
    )
    add("--outside", action="store_true", help="count children outside the area too, within reach of a candidate")
    add("--tour-km", type=float, default=0.0, metavar="KM", help="sites are the stops of one round at most so long")
    add("--depot", default="", metavar="ID", help="the candidate where the round begins and ends")
    add("--status", type=Status, choices=list(Status), action="append", default=[], help="which records count")
    add("--confidence", type=Confidence, choices=list(Confidence), action="append", default=[])
    add("--site", action="append", default=[], metavar="ID", help="do not search: say what these sites would do")
    add("--scenario", type=Path, metavar="FILE", help="work out a saved scenario again, its own places too")
    add("--time-limit", type=parse_seconds, metavar="SECONDS", help="default: 60")
    add("--on", type=parse_day, metavar="DATE", help="the day that decides which records are fresh (default: today)")
    add("--format", choices=FORMATS, default="text", help="default: text")
    add_data_options(parser)


def parse_point(text: str) -> points.Point:
    """Parse a point of `LON,LAT` in degrees."""
    found = points.point(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no point; expected longitude,latitude in degrees")
    return found


def run(args: argparse.Namespace, *, now: dt.datetime) -> int:
    """Plan, print, and return the exit status.

    0; 2 when the area can be several, 1 when it is unknown.
    """
    from geo.cli import plan_text  # noqa: PLC0415
    from geo.planning import (  # noqa: PLC0415
        files,
        search,
    )
    from geo.planning.candidates import CandidateBook  # noqa: PLC0415

    data = load_dataset(args)
    area = find_area_codes(args.area, data)
    if isinstance(area, NoAreaMatch):
        sys.stderr.write(choices_text(area))
        return EXIT_AMBIGUOUS_AREA if area.is_ambiguous else EXIT_UNKNOWN_AREA
    book, today = CandidateBook.of(data), args.on or now.astimezone(BRUSSELS_TIME).date()
    wanted, sites = read_scenario(args.scenario, book) if args.scenario else (request_from(args, area), args.site)
    limit_s = LIMIT_S if args.time_limit is None else args.time_limit
    if sites:
        plan = search.evaluate(book, wanted, sites, today=today)
    else:
        plan = search.solve(book, wanted, today=today, time_limit_s=limit_s)
    writers = {"text": plan_text.plan_text, "json": files.to_json, "geojson": files.to_geojson}
    output.write_text(writers[args.format](plan))
    return 0


def read_scenario(path: Path, book: CandidateBook) -> tuple[PlanRequest, Sequence[str]]:
    """Return the request and the chosen places of a saved scenario.

    The places are those that its maker chose; says so on standard error when the data are others.

    Raises ScenarioError with everything that is wrong in the file; what is left out of it is told.
    """
    from geo.scenarios import file, plans, read  # noqa: PLC0415

    opened = read(path.read_bytes(), book, kinds={plans.PLAN: PlanRequest})
    scenario, version = opened.scenario, book.dataset.data_version
    told = [str(each) for each in opened.warnings]
    if file.is_other_data(scenario, version):
        said = f"made on data {scenario.data_version}, worked out on {version}"
        told.append(f"{strip_hidden(scenario.name)} was {said}.")
    sys.stderr.write("".join(f"opvoedkaart plan: {line}\n" for line in told))
    if not isinstance(scenario.request, PlanRequest):
        raise TypeError(f"no plan: {type(scenario.request).__name__}")
    return scenario.request, opened.places


def find_area_codes(text: str, data: Dataset) -> str | NoAreaMatch:
    """Return area codes joined by "+", or the first unclear area.

    Areas are given by code or name.
    """
    codes = []
    for part in text.split("+"):
        meant = find_area(part, data.areas, data.gazetteer)
        if isinstance(meant, NoAreaMatch):
            return meant
        codes.append(meant.area.code)
    return "+".join(codes)


def request_from(args: argparse.Namespace, area: str = "") -> PlanRequest:
    """Return the plan request of the options.

    `area` is the code of its area.
    """
    return PlanRequest(
        area=area,
        types=frozenset(args.type) or _DEFAULT.types,
        ages=frozenset(args.age) or _DEFAULT.ages,
        reach_m=args.reach_km,
        objective=Objective(args.objective),
        sites=args.sites,
        share=args.share,
        need_weight=args.need_weight,
        kept=frozenset(args.keep),
        closed=frozenset(args.close),
        forbidden=frozenset(args.forbid),
        candidates=CandidateKind(args.candidates),
        points=tuple(args.point),
        demand_outside=args.outside,
        tour_m=args.tour_km * 1000,
        depot=args.depot,
        statuses=frozenset(args.status) or _DEFAULT.statuses,
        confidences=frozenset(args.confidence) or _DEFAULT.confidences,
    )
