"""Finds a Chromium for the browser tests, or installs one, and prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

SETTING = "OPVOEDKAART_CHROMIUM"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OS_RELEASE = Path("/etc/os-release")


class NoChromiumError(Exception):
    """There is no browser to test with; the message says what to do."""


def find() -> str | None:
    """Return the path of the Chromium that is here: the one in the setting, the system's, or Playwright's own."""
    chosen = os.environ.get(SETTING, "").strip()
    if chosen:
        found = shutil.which(chosen)
        if found is None:
            raise NoChromiumError(f"{SETTING} is {chosen!r}, and no program can be started there.")
        return found
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def install() -> None:
    """Install one: from Debian's packages where that can be done, otherwise the one that Playwright brings."""
    for command in _commands():
        print(f"No Chromium was found; trying: {' '.join(command)}", file=sys.stderr)
        if subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0 and find():
            return


def _commands() -> list[list[str]]:
    is_root = os.geteuid() == 0
    if is_root and _is_debian() and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "--no-install-recommends"]
        return [["apt-get", "update"], *([*install, name] for name in NAMES[:2])]  # the first draws no windows
    return [[sys.executable, "-m", "playwright", "install", *(["--with-deps"] if is_root else []), "chromium"]]


def _is_debian() -> bool:
    return OS_RELEASE.is_file() and "ID=debian" in OS_RELEASE.read_text(encoding="utf-8").splitlines()


def found_or_installed() -> str:
    """Return the path of a Chromium, installed now where there was none; raises NoChromiumError when that fails."""
    path = find()
    if path is None:
        install()
        path = find()
    if path is None:
        raise NoChromiumError("No Chromium was found, and none could be installed.")
    return path


def main() -> int:
    """Print the path of a Chromium; return 1 with a sentence when there is none to be had."""
    try:
        print(found_or_installed())
    except (NoChromiumError, Error, OSError) as error:
        print(f"{error} Install Chromium or Chrome, or set {SETTING} to its path, and try again.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
