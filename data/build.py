"""Builds the tables below `data/`, the shapes in `static/map/`, and `geo/hsds/columns.csv` from the raw sources."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo.errors import GeoError  # noqa: E402  (the folder above must be importable first)
from geo.ingest import hsds_columns, package  # noqa: E402
from geo.ingest.directory import build as directory_build  # noqa: E402
from geo.ingest.geodata import (  # noqa: E402
    boundaries,
    browser_shapes,
    demand,
    gazetteer,
)
from geo.ingest.geodata.sources import SourceFolder  # noqa: E402

WRITTEN = ("*.parquet", "boundaries/*", "directory/*", "datapackage.json", "README.md")
"""What the build writes inside the data folder; the rest is written by people."""
WRITTEN_BESIDE = ("static/map/*.json", hsds_columns.HSDS_COLUMNS.path)
"""What it writes outside that folder, from the folder above."""


def build(folder: Path, out: Path, root: Path) -> str:
    """Write all files from the raw sources in `folder` to `out` and below `root`; return the version of the data."""
    sources = SourceFolder(folder)
    layers = boundaries.read_boundaries(sources)
    sectors = demand.read_sectors(sources)
    municipalities = boundaries.add_centres(layers, sectors)

    boundaries.write_boundaries(layers, out)
    boundaries.write_municipalities(municipalities, out)
    demand.write_demand(sectors, out)
    demand.write_need(sources, sectors, out)
    gazetteer.write_gazetteer(gazetteer.build_entries(sources, layers, municipalities, sectors), out)
    browser_files = browser_shapes.write_browser_files(layers, root / "static" / "map")
    directory_build.build_directory(folder, out)
    hsds_columns.write(sources, root)
    return package.write_package(out, root, browser_files)


def differences(folder: Path, out: Path, root: Path) -> list[str]:
    """Build again in a temporary folder and return the files that differ from those in `out` and below `root`."""
    with tempfile.TemporaryDirectory() as temporary:
        fresh_root = Path(temporary)
        fresh_out = fresh_root / "data"
        build(folder, fresh_out, fresh_root)
        fresh = _contents(fresh_out, WRITTEN) | _contents(fresh_root, WRITTEN_BESIDE)
    shipped = _contents(out, WRITTEN) | _contents(root, WRITTEN_BESIDE)
    return sorted(name for name in fresh.keys() | shipped.keys() if fresh.get(name) != shipped.get(name))


def _contents(folder: Path, patterns: tuple[str, ...]) -> dict[str, bytes]:
    files = (path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, 1 when `--check` finds a difference, or 2 when the sources are incomplete."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, required=True, metavar="DIR", help="the folder with the raw sources")
    parser.add_argument("--out", type=Path, default=ROOT / "data", metavar="DIR", help="where to write (default: data)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file would change")
    options = parser.parse_args(arguments)
    out, root = options.out, options.out.resolve().parent
    if not options.sources.is_dir():
        print(
            f"There is no folder {options.sources}: --sources must name the folder with the raw sources.",
            file=sys.stderr,
        )
        return 2
    try:
        if options.check:
            return _report(differences(options.sources, out, root))
        print(f"Data version {build(options.sources, out, root)} written to {out}.")
    except GeoError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _report(changed: list[str]) -> int:
    if not changed:
        print("The data files are what the sources give.")
        return 0
    print("These data files are not what the sources give; build them again:", *changed, sep="\n- ", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
