"""The land of `tiny_demand` on disk, with shapes, as the app and the command line read it.

Seven municipalities: six squares of 1 km and Ginder far to the east, of which no shape is known. Two houses of the
child: one with a door in the middle of Aster, one for Berk and Ceder together without any known door. At 500 m all
100 children of Aster are reached; Berk (200) and Ceder (60) are unknown because a door may stand there; Den (80) and
Els (40, a small number) are not reached; Fijnspar has no children; of Ginder (100) nothing at all is recorded.
"""

import datetime as dt
import io
import zipfile
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
import shapely
from pyarrow import parquet

from geo.directory.service import Confidence
from geo.finder import files
from geo.store.demand import COLUMNS
from tests.support import tiny_demand, tiny_flanders
from tests.support.data_folder import write_manifest
from tests.support.tiny_flanders import NIS, SQUARES, areas, location, middle

HOSTILE = '=HYPERLINK("http://evil.example","x")\x1b[2J'


def houses():
    return (
        tiny_demand.house(
            "aster",
            location("Aster"),
            service_areas=areas("Aster"),
            assured_date=dt.date(2024, 6, 3),
            confidence=Confidence.HIGH,
        ),
        tiny_demand.house("together", name=HOSTILE, service_areas=areas("Berk", "Ceder")),
    )


def write(folder: Path, *services, names=None) -> Path:
    """Write the land with the two houses (and more); `names` gives municipalities another name."""
    (folder / "boundaries").mkdir(parents=True)
    far, lived_far = tiny_demand.ginder()
    towns = [replace(town, name_nl=(names or {}).get(town.name_nl, town.name_nl)) for town in tiny_demand.towns()]
    _write(folder / "municipalities.parquet", [asdict(town) for town in (*towns, far)])
    _write(folder / "gazetteer.parquet", tiny_flanders.name_rows())
    _write(folder / "demand.parquet", [_sector(point) for point in (*tiny_demand.points(), lived_far)])
    need = tiny_demand.NEED.deprivation_pct
    _write(folder / "need.parquet", [{"nis_code": nis, "deprivation_index_pct": need.get(nis)} for nis in NIS.values()])
    shapes = [{"nis_code": NIS[name], "geometry": shapely.to_wkb(square(name))} for name in SQUARES]
    _write(folder / "boundaries" / "municipalities.parquet", shapes)
    package = files.to_hsds([*houses(), *services], data_version="tiny")
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(folder / "directory")
    write_manifest(folder)
    return folder


def square(name: str) -> shapely.Polygon:
    """The square of 1 km around the middle of a municipality, EPSG:3812."""
    x, y = middle(name)
    return shapely.box(x - 500, y - 500, x + 500, y + 500)


def _sector(point):
    own = {name: getattr(point, name) for name in ("sector", "nis_code", "submunicipality_code", "x", "y")}
    return own | dict(zip(COLUMNS.values(), point.children, strict=True))


def _write(path: Path, rows) -> None:
    parquet.write_table(pa.Table.from_pylist(rows), path)
