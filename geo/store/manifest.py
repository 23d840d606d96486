"""Manifest of the data: files, sources, licences and hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self

from geo.errors import Complaint, DataError, DataProblem
from geo.messages import N_

MANIFEST_NAME = "datapackage.json"

MANIFEST_MISSING = Complaint("manifest_missing", N_("The list of data files is missing; expected {path}."))
MANIFEST_BROKEN = Complaint("manifest_broken", N_("The list of data files cannot be read: {reason}."))
MANIFEST_INCOMPLETE = Complaint(
    "manifest_incomplete", N_("The entry of this file needs {columns}, and a path inside the data folder.")
)
FILE_MISSING = Complaint("missing_file", N_("The file is missing."))
FILE_ALTERED = Complaint(
    "altered_file", N_("The file was altered: it has {found} bytes and hash {found_hash}, not {expected} and {hash}.")
)


@dataclass(frozen=True, slots=True)
class Licence:
    """Terms under which a file may be used.

    Every part may be empty.
    """

    name: str = ""
    title: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class DataSource:
    """Where a file comes from; every part may be empty."""

    title: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One file of the package, as its entry tells it.

    `raw` is the whole entry (fields, units, attribution, dates).
    """

    name: str
    path: str
    bytes: int
    sha256: str
    title: str
    description: str
    licences: tuple[Licence, ...]
    sources: tuple[DataSource, ...]
    raw: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All files of a data folder.

    `data_version` is the first ten hexadecimals of the SHA-256 over all hashes in the manifest, sorted: those of the
    resources, and of the files that the browser draws from them.
    """

    title: str
    resources: tuple[Resource, ...]
    data_version: str

    @classmethod
    def read(cls, data_dir: Path) -> Self:
        """Return the manifest of a folder.

        Raises DataError when it is missing or cannot be read.
        """
        path = data_dir / MANIFEST_NAME
        if not path.is_file():
            raise DataError(
                MANIFEST_NAME, (MANIFEST_MISSING.at(MANIFEST_NAME, path=f"{data_dir.name}/{MANIFEST_NAME}"),)
            )
        content = path.read_bytes()
        try:
            document = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise DataError(MANIFEST_NAME, (MANIFEST_BROKEN.at(MANIFEST_NAME, reason=str(error)),)) from error
        entries = document.get("resources") if isinstance(document, dict) else None
        if not isinstance(entries, list):
            raise DataError(MANIFEST_NAME, (MANIFEST_BROKEN.at(MANIFEST_NAME, reason="resources"),))
        return cls(
            title=str(document.get("title", "")),
            resources=_parse_resources(entries),
            data_version=_data_version(document),
        )

    def problems(self, data_dir: Path) -> tuple[DataProblem, ...]:
        """Return every file that is missing or altered.

        Altered is what is not as the manifest says, byte for byte.
        """
        return tuple(problem for resource in self.resources for problem in _file_problems(data_dir, resource))

    def resource(self, name: str) -> Resource | None:
        """Return one resource by its name."""
        return next((resource for resource in self.resources if resource.name == name), None)


def _data_version(document: dict[str, object]) -> str:
    entries = [*_dicts_of(document, "resources"), *_dicts_of(document, "browser_files")]
    hashes = sorted(str(entry.get("hash", "")) for entry in entries)
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:10]


def _parse_resources(entries: list[object]) -> tuple[Resource, ...]:
    read = [_parse_resource(entry) for entry in entries]
    problems = [
        MANIFEST_INCOMPLETE.at(MANIFEST_NAME, number, columns="name, path, bytes, hash (sha256)")
        for number, resource in enumerate(read, start=1)
        if resource is None
    ]
    if problems:
        raise DataError(MANIFEST_NAME, problems)
    return tuple(resource for resource in read if resource is not None)


def _parse_resource(entry: object) -> Resource | None:
    if not isinstance(entry, dict):
        return None
    name, path, size, digest = (entry.get(key) for key in ("name", "path", "bytes", "hash"))
    if not (isinstance(name, str) and isinstance(path, str) and isinstance(size, int) and isinstance(digest, str)):
        return None
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or not path:
        return None
    return Resource(
        name=name,
        path=path,
        bytes=size,
        sha256=digest.removeprefix("sha256:").lower(),
        title=str(entry.get("title", "")),
        description=str(entry.get("description", "")),
        licences=tuple(Licence(*_texts_of(item, "name", "title", "path")) for item in _dicts_of(entry, "licenses")),
        sources=tuple(DataSource(*_texts_of(item, "title", "path")) for item in _dicts_of(entry, "sources")),
        raw=entry,
    )


def _dicts_of(entry: dict[str, object], key: str) -> list[dict[str, object]]:
    items = entry.get(key)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _texts_of(item: dict[str, object], *keys: str) -> list[str]:
    return [str(item.get(key, "")) for key in keys]


def _file_problems(data_dir: Path, resource: Resource) -> Iterator[DataProblem]:
    path = data_dir / resource.path
    if not path.is_file():
        yield FILE_MISSING.at(resource.path)
        return
    size, digest = path.stat().st_size, sha256_of(path)
    if (size, digest) != (resource.bytes, resource.sha256):
        values: dict[str, object] = {"expected": resource.bytes, "hash": resource.sha256[:12]}
        yield FILE_ALTERED.at(resource.path, None, "", found=size, found_hash=digest[:12], **values)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimals."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
