"""`opvoedkaart networks`: which municipalities could join forces."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geo import cli_output
from geo.cli_find import age_group, service_type
from geo.cli_options import add_data_options, dataset, seconds
from geo.models import ServiceType
from geo.municipalities import Municipalities
from geo.network_request import NetworkRequest
from geo.plain_text import defused, spreadsheet_cell

if TYPE_CHECKING:
    from geo.network_plan import Network, NetworkPlan

NAME = "networks"
HELP = "Propose networks of neighbouring municipalities, each with enough children and small enough."
FORMATS = ("text", "json", "geojson", "csv")
BOUNDARIES = Path("boundaries") / "municipalities.parquet"
COLUMNS = (
    *("network", "nis_code", "municipality", "children", "network_children", "heart", "seat", "seat_municipality"),
    *("mean_km_to_seat", "span_km", "partnerships", "missing_types", "why_left_over", "data_version"),
)
_DEFAULT = NetworkRequest()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `networks`."""
    add = parser.add_argument
    add("--area", default="", metavar="CODE", help="code of a province, region, arrondissement or zone (default: all)")
    add("--age", type=age_group, action="append", default=[], metavar="AGE", help="0-2, 3-5, 6-11 or 12-17")
    add("--min-children", type=_count, default=_DEFAULT.min_children, metavar="N", help="each network has at least N")
    add("--max-across-km", type=_km, default=_DEFAULT.max_across_km, metavar="KM", help="and is at most KM across")
    add("--cross-provinces", action="store_true", help="a network may lie in several provinces")
    add("--split-partnerships", action="store_true", help="partnerships that exist need not stay together")
    add("--type", type=service_type, action="append", default=[], metavar="TYPE", help=f"{', '.join(ServiceType)}")
    add("--time-limit", type=seconds, metavar="SECONDS", help="then the best found is given (default: 60)")
    add("--format", choices=FORMATS, default="text", help="default: text")
    add_data_options(parser)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of children; expected a whole number")
    return int(text[:9])


def _km(text: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of kilometres")
    return value


def wanted(args: argparse.Namespace) -> NetworkRequest:
    """Return the request that the options describe."""
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
    from geo import networks  # noqa: PLC0415  (the solver is heavy, and only this command needs it)
    from geo.adjacency import Adjacency  # noqa: PLC0415
    from geo.coverage_ground import Ground  # noqa: PLC0415

    request = wanted(args)
    data = dataset(args)
    boundaries = data.data_dir / BOUNDARIES
    plan = networks.plan(
        Ground.of(data),
        Adjacency.from_parquet(boundaries),
        request,
        places=networks.seats(data.gazetteer),
        time_limit_s=networks.LIMIT_S if args.time_limit is None else args.time_limit,
    )
    cli_output.write(WRITERS[args.format](Told(plan, data.municipalities, boundaries)))
    return 0


class Told(NamedTuple):
    """A proposal, the municipalities it speaks of, and the file with their boundaries."""

    plan: NetworkPlan
    municipalities: Municipalities
    boundaries: Path

    def name(self, nis_code: str) -> str:
        """Return the Dutch name of a municipality."""
        return defused(self.municipalities.area_name(nis_code))


def as_text(told: Told) -> str:
    """Return a proposal for a terminal."""
    plan = told.plan
    lines = [headline(plan), quality(plan), ""]
    for number, network in enumerate(plan.networks, start=1):
        lines += [*_network_lines(told, number, network), ""]
    if plan.left_over:
        lines += ["Left over:", *(f"  {defused(each.why.message)}" for each in plan.left_over), ""]
    lines += [*(f"Note: {defused(note.message)}" for note in plan.notes)]
    lines += [plan.request.command(), f"data {plan.data_version}"]
    return "\n".join(lines) + "\n"


def headline(plan: NetworkPlan) -> str:
    """Return what was found in a sentence."""
    request = plan.request
    asked = f"each with at least {request.min_children} children ({', '.join(request.groups)})"
    width = f"and at most {request.max_across_km:g} km across"
    left = f"; {len(plan.left_over)} municipalities left over" if plan.left_over else ""
    return f"{len(plan.networks)} networks, {asked} {width}{left}."


def quality(plan: NetworkPlan) -> str:
    """Return how spread out they are, and how far from the best that may be."""
    spread = f"On average a child's municipality is {plan.mean_km:.2f} km from the heart of its network"
    if plan.fewest_left < len(plan.left_over):
        return f"{spread}; it is not proven that fewer municipalities could not be left over."
    if plan.gap is None:
        return f"{spread}; how much better another division could be, is not known."
    if plan.gap < 1e-6:
        return f"{spread}; no other division does better (proven)."
    return f"{spread}; no other division saves more than {plan.gap:.1%} of that."


def _network_lines(told: Told, number: int, network: Network) -> list[str]:
    seat = network.seat.place
    place = defused(seat.name_nl)
    where = place if seat.name_nl == seat.municipality_nl else f"{place} ({defused(seat.municipality_nl)})"
    kept = " (as the partnership that exists)" if network.is_partnership else ""
    ages = ", ".join(f"{group} {count:.0f}" for group, count in network.children)
    lines = [
        f"{number}. {', '.join(told.name(code) for code in network.members)}{kept}",
        f"   {network.total:.0f} children ({ages}); {network.span_km:.1f} km across",
        f"   proposed seat: {where}, on average {network.seat.mean_km:.1f} km from the children",
    ]
    for offer in network.offers:
        if offer.is_missing:
            lines.append(f"   {offer.service_type}: none known, which does not say that there is none")
        else:
            lines.append(f"   {offer.service_type}: {len(offer.located)} in it, {len(offer.serving)} more for it")
    return lines


def record(told: Told) -> dict[str, Any]:
    """Return a proposal as plain values."""
    from geo.network_plan import SPREAD  # noqa: PLC0415  (the solver is heavy, and only this command needs it)

    plan = told.plan
    return {
        "request": plan.request.to_json(),
        "summary": plan.summary(),
        "definition": SPREAD,
        "networks": [network_record(told, at, network) for at, network in enumerate(plan.networks, start=1)],
        "left_over": [
            {"nis_code": each.nis_code, "name": told.name(each.nis_code), "children": round(each.children, 1)}
            | {"why": each.why.message}
            for each in plan.left_over
        ],
        "notes": [note.message for note in plan.notes],
        "command": plan.request.command(),
        "data_version": plan.data_version,
    }


def network_record(told: Told, number: int, network: Network) -> dict[str, Any]:
    """Return a network as plain values; lengths in km."""
    seat = network.seat
    return {
        "network": number,
        "members": [{"nis_code": code, "name": told.name(code)} for code in network.members],
        "children": {group.value: round(count, 1) for group, count in network.children},
        "total_children": round(network.total, 1),
        "heart": network.heart,
        "seat": {"id": seat.place.id, "name": seat.place.name_nl, "nis_code": seat.place.nis_code}
        | {"lon": seat.place.lon, "lat": seat.place.lat, "mean_km": round(seat.mean_km, 3)},
        "spread_child_km": round(network.spread, 1),
        "span_km": round(network.span_km, 3),
        "offers": [
            {
                "type": each.service_type,
                "located": each.located,
                "serving": each.serving,
                "none_known_for": each.without,
            }
            for each in network.offers
        ],
        "missing_types": list(network.missing),
        "partnerships": list(network.partnerships),
        "is_partnership": network.is_partnership,
    }


def _as_json(told: Told) -> str:
    return json.dumps(record(told), ensure_ascii=False, allow_nan=False, indent=1)


def _as_geojson(told: Told) -> str:
    from geo.network_shapes import outlines  # noqa: PLC0415  (polygons are heavy)

    shapes = outlines(told.boundaries, [network.members for network in told.plan.networks])
    features = []
    for number, (network, shape) in enumerate(zip(told.plan.networks, shapes, strict=True), start=1):
        properties = network_record(told, number, network)
        features.append({"type": "Feature", "id": number, "geometry": shape, "properties": properties})
    document = {"type": "FeatureCollection", "data_version": told.plan.data_version, "features": features}
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _as_csv(told: Told) -> str:
    """One row per municipality; those left over have no network."""
    out = io.StringIO()
    rows = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    rows.writeheader()
    version = told.plan.data_version
    for number, network in enumerate(told.plan.networks, start=1):
        shared = {
            "network": number,
            "network_children": round(network.total, 1),
            "heart": network.heart,
            "seat": spreadsheet_cell(defused(network.seat.place.name_nl)),
            "seat_municipality": network.seat.place.nis_code,
            "mean_km_to_seat": round(network.seat.mean_km, 3),
            "span_km": round(network.span_km, 3),
            "partnerships": ";".join(network.partnerships),
            "missing_types": ";".join(network.missing),
            "data_version": version,
        }
        for code, count in network.member_children:
            own = {"nis_code": code, "municipality": spreadsheet_cell(told.name(code)), "children": round(count, 1)}
            rows.writerow(shared | own)
    for each in told.plan.left_over:
        own = {"nis_code": each.nis_code, "municipality": spreadsheet_cell(told.name(each.nis_code))}
        why = {"children": round(each.children, 1), "why_left_over": spreadsheet_cell(each.why.message)}
        rows.writerow(own | why | {"data_version": version})
    return out.getvalue()


WRITERS = {"text": as_text, "json": _as_json, "geojson": _as_geojson, "csv": _as_csv}
