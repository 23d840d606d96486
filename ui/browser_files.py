"""Files below static/cache/ that the browser fetches once.

A rerun then sends row numbers only.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import RLock

import numpy as np
import numpy.typing as npt

from geo.directory import Directory, ServiceType
from geo.errors import SettingsError
from geo.messages import N_, Message
from geo.settings import ROOT, Settings
from geo.store import Dataset
from words import i18n, labels
from words.i18n import _

STATIC_DIR = ROOT / "static"
_UNWRITABLE = N_("the folder {folder} cannot be written: {reason}")
_TYPES = list(ServiceType)


def versioned_address(name: str) -> str:
    """Return the address of a static file with its content hash.

    So a changed file is fetched anew.
    """
    return f"{name}?v={short_hash((STATIC_DIR / name).read_bytes())}"


@cache
def joined(names: tuple[str, ...]) -> str:
    """Return the address of one file with several scripts: the map's frame fetches its scripts one after the other."""
    content = b"".join((STATIC_DIR / name).read_bytes() for name in names)
    target = f"cache/{Path(names[0]).stem}-{short_hash(content)}.js"
    return target if (STATIC_DIR / target).exists() else _put(target, content)


def points_file(dataset: Dataset) -> str:
    """Return the file with every located service.

    Columns are per location, names per service row.
    """
    return write_once(f"points-{dataset.data_version}", lambda: _points_content(dataset.directory))


def _points_content(directory: Directory) -> dict[str, object]:
    located = directory.locations
    return {
        "types": [kind.value for kind in _TYPES],
        "lon": [round(place.lon or 0, 5) for place in located],
        "lat": [round(place.lat or 0, 5) for place in located],
        "type": directory.type_code[directory.loc_service].tolist(),
        "approximate": [int(place.precision.is_approximate) for place in located],
        "service": directory.loc_service.tolist(),
        "name": [service.name for service in directory.services],
        "centres": _centres_by_province(directory),
    }


def base_map(settings: Settings) -> str:
    """Return the file with what the map needs once: boundaries, tiles and words."""
    chosen = short_hash(repr((settings, boundary_files())).encode())
    return write_once(f"map-{i18n.current_language()}-{chosen}", lambda: _base_map(settings))


def _base_map(settings: Settings) -> dict[str, object]:
    return {
        "lang": i18n.current_language(),
        **boundary_files(),
        "tiles": settings.tiles,
        "attribution": settings.tiles_attribution,
        "words": {
            "map": _("Map of parenting support"),
            "brussels": _("Brussels"),
            "zoom_in": _("Zoom in"),
            "zoom_out": _("Zoom out"),
            "cluster": _("{count} services close together"),
            "mark": _("{type}: {name}"),
            "approximate_mark": _("{type}: {name}, place approximate"),
            "types": {kind.value: labels.type_name(kind) for kind in ServiceType},
        },
    }


@cache
def boundary_files() -> dict[str, str]:
    """Return the files with municipality and province shapes, by layer."""
    named = json.loads((STATIC_DIR / "map" / "index.json").read_text(encoding="utf-8"))
    return {layer: f"map/{named[layer]}" for layer in ("municipalities", "provinces")}


def names_file(dataset: Dataset) -> str:
    """Return the file with the names that the search field suggests."""
    return write_once(f"names-{dataset.data_version}", lambda: sorted({name for name, _ in dataset.gazetteer.names}))


@cache
def rows_by_id(directory: Directory) -> dict[str, int]:
    """Index service rows by service id."""
    return {service.id: row for row, service in enumerate(directory.services)}


def _centres_by_province(directory: Directory) -> dict[str, int]:
    """Return the row of the provincial centre by province code."""
    return {
        area.nis_code: row
        for row, service in enumerate(directory.services)
        if service.service_type is ServiceType.PROVINCIAL_CENTRE
        for area in service.service_areas
    }


def pack_mask(selected: npt.NDArray[np.bool_]) -> str:
    """Pack the selected service rows into base64.

    One bit per row, least significant first.
    """
    return base64.b64encode(np.packbits(selected, bitorder="little").tobytes()).decode()


_known_files: dict[str, str] = {}
_write_lock = RLock()  # a file may name another one


@cache
def _program_hash() -> str:
    """Hash the program that turns data into words.

    So another program writes other files.
    """
    sources = [path for part in ("ui", "words", "geo") for path in sorted((ROOT / part).rglob("*.py"))]
    sources += sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.mo"))
    return short_hash(b"".join(path.read_bytes() for path in sources))


def short_hash(content: bytes) -> str:
    """Return what tells one content from another in a file's name."""
    return hashlib.sha256(content).hexdigest()[:10]


def write_once(name: str, make: Callable[[], object]) -> str:
    """Write a file below static/ once and return its path.

    Readers never see half of it.

    `name` says exactly which data, language and settings the content comes from. Raises SettingsError when the
    folder cannot be written.
    """
    known = _known_files.get(name)
    if known is None:
        with _write_lock:
            known = _known_files[name] = _make_file(f"cache/{name}-{_program_hash()}.json", make)
    return known


def _make_file(target: str, make: Callable[[], object]) -> str:
    if (STATIC_DIR / target).exists():
        return target
    return _put(target, json.dumps(make(), ensure_ascii=False, separators=(",", ":")).encode())


def _put(target: str, content: bytes) -> str:
    try:
        (STATIC_DIR / "cache").mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=STATIC_DIR / "cache", delete=False) as draft:
            draft.write(content)
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(STATIC_DIR / target)
    except OSError as error:
        values = {"folder": str(STATIC_DIR / "cache"), "reason": str(error.strerror)}
        raise SettingsError(Message(_UNWRITABLE, values)) from error
    return target
