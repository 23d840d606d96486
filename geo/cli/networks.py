"""`opvoedkaart networks`: which municipalities could join forces."""

from __future__ import annotations

import argparse
import datetime as dt
import math

from geo.cli import output
from geo.cli.networks_text import proposal_text
from geo.cli.options import add_data_options, load_dataset, parse_age_group, parse_seconds, parse_service_type
from geo.directory import ServiceType
from geo.networks import NetworkRequest
from geo.networks.files import ProposalFile, to_csv, to_geojson, to_json
from geo.solver.control import LIMIT_S

NAME = "networks"
HELP = "Propose networks of neighbouring municipalities, each with enough children and small enough."
FORMATS = ("text", "json", "geojson", "csv")
_DEFAULT = NetworkRequest()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `networks`."""
    add = parser.add_argument
    add("--area", default="", metavar="CODE", help="code of a province, region, arrondissement or zone (default: all)")
    add("--age", type=parse_age_group, action="append", default=[], metavar="AGE", help="0-2, 3-5, 6-11 or 12-17")
    add(
        "--min-children",
        type=_children_count,
        default=_DEFAULT.min_children,
        metavar="N",
        help="each network has at least N",
    )
    add(
        "--max-across-km",
        type=_kilometres,
        default=_DEFAULT.max_across_km,
        metavar="KM",
        help="and is at most KM across",
    )
    add("--cross-provinces", action="store_true", help="a network may lie in several provinces")
    add("--split-partnerships", action="store_true", help="partnerships that exist need not stay together")
    add(
        "--type", type=parse_service_type, action="append", default=[], metavar="TYPE", help=f"{', '.join(ServiceType)}"
    )
    add("--time-limit", type=parse_seconds, metavar="SECONDS", help="then the best found is given (default: 60)")
    add("--format", choices=FORMATS, default="text", help="default: text")
    add_data_options(parser)


def _children_count(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of children; expected a whole number")
    return int(text[:9])


def _kilometres(text: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of kilometres")
    return value


def request_from(args: argparse.Namespace) -> NetworkRequest:
    """Return the network request of the options."""
    return NetworkRequest(
        area=args.area,
        ages=frozenset(args.age) or _DEFAULT.ages,
        min_children=args.min_children,
        max_across_km=args.max_across_km,
        cross_provinces=args.cross_provinces,
        keep_partnerships=not args.split_partnerships,
        types=frozenset(args.type) or _DEFAULT.types,
    )


def run(args: argparse.Namespace, *, now: dt.datetime) -> int:
    """Propose, print, and return 0."""
    from geo.networks import search  # noqa: PLC0415  (the solver is heavy, and only this command needs it)

    request = request_from(args)
    data = load_dataset(args)
    plan = search.propose(
        data,
        data.adjacency,
        request,
        places=search.possible_seats(data.gazetteer),
        time_limit_s=LIMIT_S if args.time_limit is None else args.time_limit,
    )
    output.write_text(WRITERS[args.format](ProposalFile(plan, data.municipalities, data.boundaries)))
    return 0


WRITERS = {"text": proposal_text, "json": to_json, "geojson": to_geojson, "csv": to_csv}
