"""Load all data of one version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pyarrow import ArrowException

from geo.directory.directory import Directory
from geo.directory.partnerships import partnership_areas
from geo.errors import Complaint, DataError, DataProblem
from geo.hsds.read import read_directory
from geo.messages import N_
from geo.places.areas import Areas
from geo.places.gazetteer import Gazetteer
from geo.places.municipalities import Municipalities
from geo.store.demand import Demand
from geo.store.manifest import Manifest, sha256_of
from geo.store.need import Need

if TYPE_CHECKING:
    from geo.places.adjacency import Adjacency
    from geo.places.boundaries import MunicipalityLookup

MUNICIPALITIES_FILE = "municipalities.parquet"
GAZETTEER_FILE = "gazetteer.parquet"
DIRECTORY_FOLDER = "directory"
DEMAND_FILE, NEED_FILE = "demand.parquet", "need.parquet"
BOUNDARIES = "boundaries/municipalities.parquet"

UNREADABLE = Complaint("unreadable_table", N_("The table cannot be read: {reason}."))
FILE_MISSING = Complaint("missing_file", N_("The file is missing."))

Part = TypeVar("Part")


@dataclass(frozen=True, kw_only=True, eq=False)
class Statistics:
    """Children and need, read when first asked.

    Raises DataError where a table is missing or cannot be read.
    """

    data_dir: Path
    municipalities: Municipalities

    @cached_property
    def demand(self) -> Demand:
        """Where children live."""
        return _read_table(
            self.data_dir / DEMAND_FILE, lambda path: Demand.from_parquet(path, self.municipalities.by_nis)
        )

    @cached_property
    def need(self) -> Need:
        """Deprivation and income of municipalities."""
        return _read_table(self.data_dir / NEED_FILE, Need.from_parquet)


@dataclass(frozen=True, kw_only=True, eq=False)
class Dataset:
    """All data of one run.

    `data_version` identifies exactly which data gave an answer.
    """

    municipalities: Municipalities
    gazetteer: Gazetteer
    directory: Directory
    statistics: Statistics
    data_version: str
    manifest: Manifest
    data_dir: Path
    directory_path: Path | None = None

    @cached_property
    def areas(self) -> Areas:
        """The municipalities, what contains them, and the partnerships of this directory."""
        return Areas(self.municipalities, partnership_areas(self.directory))

    @cached_property
    def boundaries(self) -> MunicipalityLookup:
        """The municipalities as polygons, read when first asked."""
        from geo.places.boundaries import MunicipalityLookup  # noqa: PLC0415  (a finder's answer needs no polygons)

        return _read_table(self.data_dir / BOUNDARIES, MunicipalityLookup.from_parquet)

    @cached_property
    def adjacency(self) -> Adjacency:
        """Which municipalities border each other, measured when first asked."""
        from geo.places.adjacency import Adjacency  # noqa: PLC0415  (only networks ask)

        return Adjacency.from_boundaries(self.boundaries)

    @property
    def demand(self) -> Demand:
        """Where children live."""
        return self.statistics.demand

    @property
    def need(self) -> Need:
        """Deprivation and income of municipalities."""
        return self.statistics.need

    @property
    def directory_source(self) -> Path:
        """Where the services were read from."""
        return self.directory_path or self.data_dir / DIRECTORY_FOLDER


def load(data_dir: Path, *, directory_path: Path | None = None, verify: bool = True) -> Dataset:
    """Return the data of a folder.

    Raises DataError with all its problems when a file is damaged or altered.

    Parameters
    ----------
    data_dir : Path
        The folder with `datapackage.json`, `municipalities.parquet`, `gazetteer.parquet` and `directory/`.
    directory_path : Path or None
        Another HSDS package, zip or JSON to take the services from; its hash then counts in `data_version`.
    verify : bool
        Whether to compare every file with its size and SHA-256 in the manifest first.
    """
    manifest = Manifest.read(data_dir)
    problems = list(manifest.problems(data_dir)) if verify else []
    municipalities = _read_part(data_dir / MUNICIPALITIES_FILE, Municipalities.from_parquet, problems)
    gazetteer = _read_part(data_dir / GAZETTEER_FILE, Gazetteer.from_parquet, problems)
    directory = _read_part(directory_path or data_dir / DIRECTORY_FOLDER, read_directory, problems)
    if problems or municipalities is None or gazetteer is None or directory is None:
        raise DataError(data_dir.name, problems)
    return Dataset(
        municipalities=municipalities,
        gazetteer=gazetteer,
        directory=directory,
        statistics=Statistics(data_dir=data_dir, municipalities=municipalities),
        data_version=_data_version(manifest, directory_path),
        manifest=manifest,
        data_dir=data_dir,
        directory_path=directory_path,
    )


def _read_part(path: Path, read: Callable[[Path], Part], problems: list[DataProblem]) -> Part | None:
    """Return what `read` makes of a file, or add its problems to the list (each file is complained of once)."""
    known = {problem.resource for problem in problems}
    try:
        return read(path)
    except DataError as error:
        problems += error.problems
    except FileNotFoundError:
        problems += [] if path.name in known else [FILE_MISSING.at(path.name)]
    except (ArrowException, OSError, KeyError, TypeError, ValueError) as error:
        problems += [] if path.name in known else [UNREADABLE.at(path.name, reason=str(error).split("\n")[0])]
    return None


def _data_version(manifest: Manifest, directory_path: Path | None) -> str:
    """Return the version of the data; with another directory it covers that one's files as well."""
    if directory_path is None:
        return manifest.data_version
    files = sorted(path for path in directory_path.rglob("*") if path.is_file()) if directory_path.is_dir() else []
    digest = hashlib.sha256(manifest.data_version.encode())
    for path in files or [directory_path]:
        digest.update(path.name.encode() + b"\0" + sha256_of(path).encode())
    return digest.hexdigest()[:10]


def _read_table(path: Path, read: Callable[[Path], Part]) -> Part:
    """Return what `read` makes of a table, or say what is wrong with it."""
    try:
        return read(path)
    except FileNotFoundError as error:
        raise DataError(path.name, [FILE_MISSING.at(path.name)]) from error
    except DataError:
        raise
    except (ArrowException, OSError, KeyError, TypeError, ValueError) as error:
        raise DataError(path.name, [UNREADABLE.at(path.name, reason=str(error).split("\n")[0])]) from error
