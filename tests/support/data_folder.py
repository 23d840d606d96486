"""A whole data folder on disk: tiny Flanders with its manifest, as the app and the command line read it."""

import hashlib
import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from geo.finder import files as finder_files
from tests.support import tiny_flanders


def write_data(folder: Path, *extra) -> Path:
    """Write the tables of tiny Flanders, its ten services (and more) and `datapackage.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    municipalities = [asdict(row) for row in tiny_flanders.municipalities()]
    parquet.write_table(pa.Table.from_pylist(municipalities), folder / "municipalities.parquet")
    parquet.write_table(pa.Table.from_pylist(tiny_flanders.name_rows()), folder / "gazetteer.parquet")
    package = finder_files.to_hsds([*tiny_flanders.services(), *extra], data_version="tiny")
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(folder / "directory")
    write_manifest(folder)
    return folder


def write_manifest(folder: Path) -> None:
    """List every file with its size and hash."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path != folder / "datapackage.json"]
    resources = [
        {
            "name": path.stem,
            "path": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "hash": "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(),
            "title": path.stem,
            "licenses": [{"name": "CC0-1.0", "title": "Creative Commons Zero"}],
            "sources": [{"title": "Invented for tests"}],
        }
        for path in files
    ]
    (folder / "datapackage.json").write_text(json.dumps({"title": "Tiny Flanders", "resources": resources}))
