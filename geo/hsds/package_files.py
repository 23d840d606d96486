"""Files of a data package, in a folder or a zip.

Nothing outside the package is read.
"""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Protocol, Self

from geo.errors import Complaint, DataError
from geo.messages import N_

LARGEST_BYTES = 512 * 1024 * 1024  # of one package when unpacked; a hundred thousand services take about 100 MB

NOT_FOUND = Complaint("not_found", N_("There is no file or folder at {path}."))
FILE_MISSING = Complaint("missing_file", N_("The file {path} is named in the package but is not there."))
UNREADABLE = Complaint("unreadable_file", N_("The file cannot be read: {reason}."))
LEAVES_FOLDER = Complaint(
    "path_leaves_folder", N_("The path {path} leaves the folder of the package; a path inside it is expected.")
)
TOO_LARGE = Complaint(
    "too_large", N_("The data is larger than {limit_mb} MB when unpacked; a smaller package is expected.")
)
BROKEN_ZIP = Complaint("broken_zip", N_("The zip file cannot be read: {reason}."))


class PackageFiles(Protocol):
    """Files of one package.

    Their names with forward slashes, and their bytes.
    """

    label: str

    def names(self) -> list[str]:
        """Return the names of all files, sorted."""

    def read(self, name: str) -> bytes:
        """Return the bytes of one file.

        Raises DataError when it is missing, outside the package or too large.
        """


def package_error(complaint: Complaint, *, resource: str, **values: object) -> DataError:
    """Return the error for an unreadable package or file."""
    return DataError(resource, (complaint.at(resource, None, "", **values),))


def _require_inside(name: str) -> None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name or not path.parts:
        raise package_error(LEAVES_FOLDER, resource="datapackage.json", path=name)


def too_large_error(label: str) -> DataError:
    """Return the error for data that would not fit in memory."""
    return package_error(TOO_LARGE, resource=label, limit_mb=LARGEST_BYTES // 1024**2)


class FolderFiles:
    """A package that lies unpacked in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.label = folder.name
        self._budget = LARGEST_BYTES

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Nothing stays open."""

    def names(self) -> list[str]:
        """Return the names of the files directly in the folder."""
        return sorted(path.name for path in self.folder.iterdir() if path.is_file())

    def read(self, name: str) -> bytes:
        """Return the bytes of one file below the folder."""
        _require_inside(name)
        path = self.folder / name
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise package_error(LEAVES_FOLDER, resource="datapackage.json", path=name)
        if not path.is_file():
            raise package_error(FILE_MISSING, resource=name, path=name)
        self._budget -= path.stat().st_size
        if self._budget < 0:
            raise too_large_error(name)
        try:
            return path.read_bytes()
        except OSError as error:
            raise package_error(UNREADABLE, resource=name, reason=error.strerror or "") from error


_ZIP_ERRORS = (
    *(zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError),
    *(zlib.error, lzma.LZMAError),
)


class ZipFiles:
    """A package in a zip, read in memory.

    Nothing is ever unpacked to disk.
    """

    def __init__(self, path: Path) -> None:
        self.label = path.name
        self._budget = LARGEST_BYTES
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise package_error(BROKEN_ZIP, resource=path.name, reason=str(error)) from error
        members = [info for info in self._archive.infolist() if not info.is_dir()]
        if sum(info.file_size for info in members) > LARGEST_BYTES:
            self._archive.close()
            raise too_large_error(path.name)
        self._root = _root_of([info.filename for info in members])
        self._members = {
            info.filename.removeprefix(self._root): info
            for info in members
            if info.filename.startswith(self._root) and not stat.S_ISLNK(info.external_attr >> 16)
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._archive.close()

    def names(self) -> list[str]:
        """Return the names of the files in the package's folder."""
        return sorted(name for name in self._members if "/" not in name)

    def read(self, name: str) -> bytes:
        """Return the bytes of one file.

        A file larger than the zip says of itself is refused.
        """
        _require_inside(name)
        if name not in self._members:
            raise package_error(FILE_MISSING, resource=name, path=name)
        try:
            with self._archive.open(self._members[name]) as stream:
                content = stream.read(self._budget + 1)
        except _ZIP_ERRORS as error:
            raise package_error(BROKEN_ZIP, resource=name, reason=str(error)) from error
        self._budget -= len(content)
        if self._budget < 0:
            raise too_large_error(self.label)
        return content


def _root_of(names: list[str]) -> str:
    """Return the folder inside the zip where the package begins, with its slash."""
    manifests = [name for name in names if PurePosixPath(name).name == "datapackage.json"]
    if not manifests:
        manifests = [name for name in names if PurePosixPath(name).name == "service.csv"]
    nearest = min(manifests, key=lambda name: (name.count("/"), name), default="")
    return nearest[: nearest.rfind("/") + 1]
