"""`opvoedkaart find`: what serves a place, and what is near it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from typing import NamedTuple

from geo.ages import AgeGroup
from geo.cli import find_text, output
from geo.cli.options import (
    add_data_options,
    function_codes,
    load_dataset,
    parse_age_group,
    parse_count,
    parse_function,
    parse_language,
    parse_service_type,
)
from geo.directory import ServiceType
from geo.directory.records import Record
from geo.finder import SearchResult, ServiceFilter, files, search
from geo.finder.proximity import Hit
from geo.finder.records import hints_record, hit_record, place_record
from geo.places import Place
from geo.places.gazetteer import AmbiguousName, Match, Resolution
from geo.store import Dataset

NAME = "find"
HELP = "Find parenting support for a place."
FORMATS = ("text", "json", "geojson", "csv")
TEXT_LIMIT = 10

EXIT_UNKNOWN_PLACE = 1
EXIT_AMBIGUOUS_PLACE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `find`."""
    add = parser.add_argument
    add("place", nargs="+", metavar="PLACE", help="a postcode, municipality, deelgemeente, station or place id")
    add("--age", type=parse_age_group, action="append", default=[], metavar="AGE", help=f"one of {', '.join(AgeGroup)}")
    add(
        "--type", type=parse_service_type, action="append", default=[], metavar="TYPE", help=f"{', '.join(ServiceType)}"
    )
    add("--function", type=parse_function, action="append", default=[], metavar="FUNCTION", help=function_codes())
    add("--language", type=parse_language, action="append", default=[], metavar="CODE", help="a language, such as fr")
    add("--free", action="store_true", help="only what is known to be free")
    add("--no-appointment", action="store_true", help="only where no appointment is needed")
    add("--open-now", action="store_true", help="only what is known to be open now")
    add("--with-address", action="store_true", help="only what has an address")
    add(
        "--limit",
        type=parse_count,
        metavar="N",
        help=f"at most N in each list (default: {TEXT_LIMIT} as text, else all)",
    )
    add("--format", choices=FORMATS, default="text", help="default: text")
    add_data_options(parser)


def run(args: argparse.Namespace, *, now: dt.datetime) -> int:
    """Find, print, and return the exit status.

    0; 2 when the place can be several, 1 when it is unknown.
    """
    data = load_dataset(args)
    text = " ".join(args.place)
    named = data.gazetteer.by_id(text)
    resolution = Match(named) if named else data.gazetteer.resolve(text)
    if not isinstance(resolution, Match):
        return _write_choices(resolution, args.format, data)
    limit = args.limit or (TEXT_LIMIT if args.format == "text" else None)
    result = search(data, resolution.place, filter_from(args), now=now, limit=limit)
    output.write_text(_WRITERS[args.format](_Answer(result, resolution.alternatives, data.data_version, now)))
    return 0


def filter_from(args: argparse.Namespace) -> ServiceFilter:
    """Return the filter that the options describe."""
    return ServiceFilter(
        types=frozenset(args.type),
        ages=frozenset(args.age),
        languages=frozenset(args.language),
        functions=frozenset(args.function),
        free=args.free,
        no_appointment=args.no_appointment,
        open_now=args.open_now,
        with_address=args.with_address,
    )


def _write_choices(resolution: Resolution, wanted_format: str, data: Dataset) -> int:
    """Write the choices or the nearest names.

    As JSON on standard output, otherwise in words on standard error.
    """
    is_ambiguous = isinstance(resolution, AmbiguousName)
    if wanted_format == "json":
        key, places = find_text.candidate_places(resolution)
        text = getattr(resolution, "text", "")
        answer = {"place": None, "text": text, key: [place_record(place) for place in places]}
        output.write_text(_json_text(answer | {"data_version": data.data_version}))
    else:
        sys.stderr.write(find_text.choices_text(resolution))
    return EXIT_AMBIGUOUS_PLACE if is_ambiguous else EXIT_UNKNOWN_PLACE


def _json_text(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)


class _Answer(NamedTuple):
    """What was found, and what the answer must say beside it."""

    result: SearchResult
    alternatives: tuple[Place, ...]
    data_version: str
    now: dt.datetime


def _as_json(answer: _Answer) -> str:
    result, now = answer.result, answer.now
    return _json_text(
        {
            "place": place_record(result.place) if result.place else None,
            "alternatives": [place_record(place) for place in answer.alternatives],
            "filter": result.wanted.to_json(),
            "serving": [hit_record(hit, now=now, with_distance=False) for hit in result.serving],
            "nearby": [hit_record(hit, now=now, with_distance=True) for hit in result.nearby],
            "around": [hit_record(hit, now=now, with_distance=False) for hit in result.around_place],
            "total_serving": result.total_serving,
            "total_nearby": result.total_nearby,
            "total_around": len(result.around_rows),
            "hints": hints_record(result.hints),
            "data_version": answer.data_version,
        }
    )


def _offer_rows(result: SearchResult) -> list[files.OfferRow]:
    """Return what was found as rows: what serves the place, what is only near, what is around; each once."""
    listed = [("serving", hit) for hit in result.serving]
    listed += [("nearby", hit) for hit in result.nearby if hit.area_level is None]
    listed += [("around", hit) for hit in result.around_place]
    return [(hit.service, hit.location, _match_record(hit, how)) for how, hit in listed]


def _match_record(hit: Hit, how: str) -> Record:
    distance = None if hit.distance_m is None else round(hit.distance_m)
    return {"found": how, "distance_m": distance, "distance_is_approximate": hit.distance_is_approximate}


def _as_geojson(answer: _Answer) -> str:
    return files.to_geojson(_offer_rows(answer.result), data_version=answer.data_version, now=answer.now).decode()


def _as_csv(answer: _Answer) -> str:
    return files.to_csv(_offer_rows(answer.result), data_version=answer.data_version, now=answer.now).decode()


def _as_text(answer: _Answer) -> str:
    return find_text.result_text(answer.result, answer.alternatives, data_version=answer.data_version, now=answer.now)


_WRITERS = {"text": _as_text, "json": _as_json, "geojson": _as_geojson, "csv": _as_csv}
