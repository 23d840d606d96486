"""Builds every table under `data/` and every boundary file under `static/map/` from the raw sources."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo.errors import GeoError  # noqa: E402  (the folder above must be importable first)
from geo.ingest import package  # noqa: E402
from geo.ingest.directory import build as directory_build  # noqa: E402
from geo.ingest.geodata import (  # noqa: E402
    boundaries,
    browser_shapes,
    demand,
    gazetteer,
)
from geo.ingest.geodata.sources import Sources  # noqa: E402

WRITTEN = ("*.parquet", "boundaries/*", "directory/*", "datapackage.json", "README.md")
"""What the build writes inside the data folder; the rest is written by people."""


def build(folder: Path, out: Path, static: Path) -> str:
    """Write all files from the raw sources in `folder` to `out` and `static`; return the version of the data."""
    sources = Sources(folder)
    layers = boundaries.read(sources)
    sectors = demand.read_sectors(sources)
    municipalities = boundaries.with_centres(layers, sectors)

    boundaries.write(layers, out)
    boundaries.write_municipalities(municipalities, out)
    demand.write_demand(sectors, out)
    demand.write_need(sources, sectors, out)
    gazetteer.write(gazetteer.build(sources, layers, municipalities, sectors), out)
    browser_files = browser_shapes.write(layers, static)
    directory_build.build(folder, out)
    return package.write(out, static, browser_files)


def differences(folder: Path, out: Path, static: Path) -> list[str]:
    """Build again in a temporary folder and return the files that differ from those in `out` and `static`."""
    with tempfile.TemporaryDirectory() as temporary:
        fresh_out, fresh_static = Path(temporary) / "data", Path(temporary) / "static"
        build(folder, fresh_out, fresh_static)
        fresh = _contents(fresh_out, WRITTEN) | _contents(fresh_static, ("*.json",))
    shipped = _contents(out, WRITTEN) | _contents(static, ("*.json",))
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
    out, static = options.out, options.out.resolve().parent / "static" / "map"
    if not options.sources.is_dir():
        print(
            f"There is no folder {options.sources}: --sources must name the folder with the raw sources.",
            file=sys.stderr,
        )
        return 2
    try:
        if options.check:
            return _report(differences(options.sources, out, static))
        print(f"Data version {build(options.sources, out, static)} written to {out}.")
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
