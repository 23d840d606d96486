"""A proposal of networks as JSON, GeoJSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.places import Municipalities
from geo.text import spreadsheet_cell, strip_hidden

if TYPE_CHECKING:
    from geo.networks.proposal import Network, NetworkProposal
    from geo.places.boundaries import MunicipalityLookup

COLUMNS = (
    *("network", "nis_code", "municipality", "children", "network_children", "heart", "seat", "seat_municipality"),
    *("mean_km_to_seat", "span_km", "partnerships", "missing_types", "why_left_over", "data_version"),
)


class ProposalFile(NamedTuple):
    """A proposal, and the municipalities it speaks of with their boundaries."""

    plan: NetworkProposal
    municipalities: Municipalities
    boundaries: MunicipalityLookup

    def name(self, nis_code: str) -> str:
        """Return the Dutch name of a municipality."""
        return strip_hidden(self.municipalities.area_name(nis_code))


def proposal_record(proposal_file: ProposalFile) -> dict[str, Any]:
    """Return a proposal as plain values."""
    from geo.networks.proposal import SPREAD_DEFINITION  # noqa: PLC0415  (the solver is heavy, and only this command needs it)

    plan = proposal_file.plan
    return {
        "request": plan.request.to_json(),
        "summary": plan.summary(),
        "definition": SPREAD_DEFINITION,
        "networks": [network_record(proposal_file, at, network) for at, network in enumerate(plan.networks, start=1)],
        "left_over": [
            {"nis_code": each.nis_code, "name": proposal_file.name(each.nis_code), "children": round(each.children, 1)}
            | {"why": str(each.why)}
            for each in plan.left_over
        ],
        "notes": [str(note) for note in plan.notes],
        "command": plan.request.command(),
        "data_version": plan.data_version,
    }


def network_record(proposal_file: ProposalFile, number: int, network: Network) -> dict[str, Any]:
    """Return a network as plain values; lengths in km."""
    seat = network.seat
    return {
        "network": number,
        "members": [{"nis_code": code, "name": proposal_file.name(code)} for code in network.members],
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


def to_json(proposal_file: ProposalFile) -> str:
    """Return the proposal as JSON."""
    return json.dumps(proposal_record(proposal_file), ensure_ascii=False, allow_nan=False, indent=1)


def to_geojson(proposal_file: ProposalFile) -> str:
    """Return the networks as a GeoJSON FeatureCollection in EPSG:4326."""
    shapes = proposal_file.boundaries.draw_networks(network.members for network in proposal_file.plan.networks)
    features = []
    for number, (network, shape) in enumerate(zip(proposal_file.plan.networks, shapes, strict=True), start=1):
        properties = network_record(proposal_file, number, network)
        features.append({"type": "Feature", "id": number, "geometry": shape, "properties": properties})
    document = {"type": "FeatureCollection", "data_version": proposal_file.plan.data_version, "features": features}
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def to_csv(proposal_file: ProposalFile) -> str:
    """Return one row per municipality; those left over have no network."""
    out = io.StringIO()
    rows = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    rows.writeheader()
    version = proposal_file.plan.data_version
    for number, network in enumerate(proposal_file.plan.networks, start=1):
        shared = {
            "network": number,
            "network_children": round(network.total, 1),
            "heart": network.heart,
            "seat": spreadsheet_cell(strip_hidden(network.seat.place.name_nl)),
            "seat_municipality": network.seat.place.nis_code,
            "mean_km_to_seat": round(network.seat.mean_km, 3),
            "span_km": round(network.span_km, 3),
            "partnerships": ";".join(network.partnerships),
            "missing_types": ";".join(network.missing),
            "data_version": version,
        }
        for code, count in network.member_children:
            own = {
                "nis_code": code,
                "municipality": spreadsheet_cell(proposal_file.name(code)),
                "children": round(count, 1),
            }
            rows.writerow(shared | own)
    for each in proposal_file.plan.left_over:
        own = {"nis_code": each.nis_code, "municipality": spreadsheet_cell(proposal_file.name(each.nis_code))}
        why = {"children": round(each.children, 1), "why_left_over": spreadsheet_cell(str(each.why))}
        rows.writerow(own | why | {"data_version": version})
    return out.getvalue()
