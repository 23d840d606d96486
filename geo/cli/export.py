"""`opvoedkaart export`: the whole directory as a file in an open format."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from geo.cli.options import add_data_options, load_dataset
from geo.finder import files
from geo.hsds import read_tables
from geo.store import Dataset

NAME = "export"
HELP = "Write the whole directory as HSDS (zip), GeoJSON, CSV or GeoParquet."
FORMATS = ("hsds", "geojson", "csv", "geoparquet")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `export`."""
    parser.add_argument("--format", choices=FORMATS, required=True)
    parser.add_argument("out", type=Path, metavar="OUT", help="the file to write; - for standard output")
    add_data_options(parser)


def run(args: argparse.Namespace, *, now: dt.datetime) -> int:
    """Write the file; return 0."""
    content = export_directory(load_dataset(args), args.format, now=now)
    if str(args.out) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return 0
    _write_whole(args.out, content)
    return 0


def export_directory(data: Dataset, wanted: str, *, now: dt.datetime) -> bytes:
    """Return the directory in one of `FORMATS`.

    As HSDS it keeps every column that it was read with.
    """
    version = data.data_version
    if wanted == "hsds":
        return files.tables_to_hsds(read_tables(data.directory_source), data_version=version)
    write = {"geojson": files.to_geojson, "csv": files.to_csv, "geoparquet": files.to_geoparquet}[wanted]
    return write(files.offer_rows(data.directory.services), data_version=version, now=now)


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; what is no ordinary file (a pipe, a device) is written to directly."""
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
