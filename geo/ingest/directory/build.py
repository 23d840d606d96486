"""Build the HSDS 3.0 directory from collected rows and judgements."""

from __future__ import annotations

import argparse
from pathlib import Path

from geo.errors import DataError
from geo.ingest.directory import package
from geo.ingest.directory.judgements import Judgements
from geo.ingest.directory.places import PlaceBook
from geo.ingest.directory.services import ServiceMaker
from geo.ingest.directory.sources import collect_rows
from geo.ingest.directory.tables import build_tables

JUDGEMENTS_DIR = Path(__file__).resolve().parents[3] / "data" / "judgements"


def build_directory(sources: Path, out: Path, *, judgements: Path = JUDGEMENTS_DIR) -> None:
    """Write `out`/directory from `sources`/services.

    The geographic tables stand in `out` already.

    Raises `DataError` with every problem: an unclear row, a judgement that nothing uses, a bad phone number.
    """
    judged = Judgements.read(judgements)
    book = PlaceBook(sources, out)
    services = ServiceMaker(book, judged).services(collect_rows(sources, judged))
    problems = judged.problems + judged.unused()
    if problems:
        raise DataError("The directory's sources and judgements", problems)
    package.write_package(out / "directory", build_tables(services, book))


def main() -> None:
    """Build the directory alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, required=True, help="folder with the raw sources")
    parser.add_argument("--out", type=Path, required=True, help="folder that holds the geographic tables")
    arguments = parser.parse_args()
    build_directory(arguments.sources, arguments.out)


if __name__ == "__main__":
    main()
