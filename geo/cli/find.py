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
    age_group,
    count,
    dataset,
    functions,
    language,
    service_function,
    service_type,
)
from geo.directory.records import Record
from geo.directory.service_types import ServiceType
from geo.finder import files
from geo.finder.filters import ServiceFilter
from geo.finder.proximity import Hit
from geo.finder.records import hints_record, hit_record, place_record
from geo.finder.search import SearchResult, search
from geo.places.gazetteer import Ambiguous, Found, Resolution
from geo.places.place import Place
from geo.store.dataset import Dataset

NAME = "find"
HELP = "Find parenting support for a place."
FORMATS = ("text", "json", "geojson", "csv")
SHOWN_AS_TEXT = 10

UNKNOWN_PLACE = 1
AMBIGUOUS_PLACE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `find`."""
    add = parser.add_argument
    add("place", nargs="+", metavar="PLACE", help="a postcode, municipality, deelgemeente, station or place id")
    add("--age", type=age_group, action="append", default=[], metavar="AGE", help=f"one of {', '.join(AgeGroup)}")
    add("--type", type=service_type, action="append", default=[], metavar="TYPE", help=f"{', '.join(ServiceType)}")
    add("--function", type=service_function, action="append", default=[], metavar="FUNCTION", help=functions())
    add("--language", type=language, action="append", default=[], metavar="CODE", help="a language, such as fr")
    add("--free", action="store_true", help="only what is known to be free")
    add("--no-appointment", action="store_true", help="only where no appointment is needed")
    add("--open-now", action="store_true", help="only what is known to be open now")
    add("--with-address", action="store_true", help="only what has an address")
    add("--limit", type=count, metavar="N", help=f"at most N in each list (default: {SHOWN_AS_TEXT} as text, else all)")
    add("--format", choices=FORMATS, default="text", help="default: text")
    add_data_options(parser)


def run(args: argparse.Namespace, *, now: dt.datetime) -> int:
    """Find, print, and return 0; 2 when the place can be several, 1 when it is unknown."""
    data = dataset(args)
    text = " ".join(args.place)
    named = data.gazetteer.by_id(text)
    resolution = Found(named) if named else data.gazetteer.resolve(text)
    if not isinstance(resolution, Found):
        return _not_found(resolution, args.format, data)
    limit = args.limit or (SHOWN_AS_TEXT if args.format == "text" else None)
    result = search(data, resolution.place, wanted(args), now=now, limit=limit)
    output.write(_WRITERS[args.format](_Answer(result, resolution.alternatives, data.data_version, now)))
    return 0


def wanted(args: argparse.Namespace) -> ServiceFilter:
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


def _not_found(resolution: Resolution, wanted_format: str, data: Dataset) -> int:
    """Tell the choices or the nearest names: as JSON on standard output, otherwise in words on standard error."""
    is_ambiguous = isinstance(resolution, Ambiguous)
    if wanted_format == "json":
        key, places = find_text.options(resolution)
        text = getattr(resolution, "text", "")
        answer = {"place": None, "text": text, key: [place_record(place) for place in places]}
        output.write(_json(answer | {"data_version": data.data_version}))
    else:
        sys.stderr.write(find_text.not_found(resolution))
    return AMBIGUOUS_PLACE if is_ambiguous else UNKNOWN_PLACE


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)


class _Answer(NamedTuple):
    """What was found, and what the answer must say beside it."""

    result: SearchResult
    alternatives: tuple[Place, ...]
    data_version: str
    now: dt.datetime


def _as_json(answer: _Answer) -> str:
    result, now = answer.result, answer.now
    return _json(
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


def _offers(result: SearchResult) -> list[files.Offer]:
    """Return what was found as rows: what serves the place, what is only near, what is around; each once."""
    listed = [("serving", hit) for hit in result.serving]
    listed += [("nearby", hit) for hit in result.nearby if hit.area_level is None]
    listed += [("around", hit) for hit in result.around_place]
    return [(hit.service, hit.location, _found(hit, how)) for how, hit in listed]


def _found(hit: Hit, how: str) -> Record:
    distance = None if hit.distance_m is None else round(hit.distance_m)
    return {"found": how, "distance_m": distance, "distance_is_approximate": hit.distance_is_approximate}


def _as_geojson(answer: _Answer) -> str:
    return files.geojson(_offers(answer.result), data_version=answer.data_version, now=answer.now).decode()


def _as_csv(answer: _Answer) -> str:
    return files.csv_table(_offers(answer.result), data_version=answer.data_version, now=answer.now).decode()


def _as_text(answer: _Answer) -> str:
    return find_text.found(answer.result, answer.alternatives, data_version=answer.data_version, now=answer.now)


_WRITERS = {"text": _as_text, "json": _as_json, "geojson": _as_geojson, "csv": _as_csv}
