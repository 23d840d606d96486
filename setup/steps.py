"""The steps of a set-up, each done once: `run` for the app, `dev` for tests and checks too, `lock` for new locks."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from setup import environment, libraries, packages
from setup.commands import ROOT, SetupError, run, tell, write_whole
from setup.environment import PYTHON
from setup.packages import DEV_LOCK, LOCKS, RUN_LOCK, UV, UV_LOCK
from setup.registry import uv_environment, uv_options

USAGE = "usage: python -m setup run | dev | lock\n"
COMMAND = '#!/bin/sh\nexec "$(dirname "$0")/python" -m geo "$@"\n'
NO_ADDRESSES = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")


def set_up(*locks: str) -> None:
    """Bring this folder to what its locks say; do nothing that was done before."""
    environment.make_sure()
    packages.make_sure(*locks)
    _put_command()
    libraries.make_sure()
    _compile_catalogues()


def _put_command() -> None:
    """Put the command `opvoedkaart` into the .venv."""
    for site in environment.PLACE.glob("lib/python*/site-packages"):
        write_whole(site / "opvoedkaart.pth", f"{ROOT}\n")
    write_whole(PYTHON.parent / "opvoedkaart", COMMAND)
    (PYTHON.parent / "opvoedkaart").chmod(0o755)


def _compile_catalogues() -> None:
    """Translate the catalogues into what the app reads."""
    script = ROOT / "locale" / "messages.py"
    sources = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))
    inputs = packages.digest(script, *sources)
    whole = all(path.with_suffix(".mo").is_file() for path in sources)
    if not (whole and environment.is_done("locale", inputs)):
        with environment.doing("locale", inputs, keeps=LOCKS):
            run([PYTHON, script, "compile"], "locale")


def make_locks() -> None:
    """Write every lock anew from what the .in files ask for, without upgrades."""
    if not packages.has_uv():
        raise SetupError("uv makes the locks, and there is none for this machine.")
    shape = [*uv_options(), "--universal", "--python-version", "3.11", "--generate-hashes", *NO_ADDRESSES]
    for lock in LOCKS:
        asked = Path(lock).with_suffix(".in")
        run([UV, "pip", "compile", asked, "--quiet", *shape, "-o", lock], lock, uv_environment())
    command, surroundings = libraries.npm()
    run([*command, "install", "--package-lock-only"], "package-lock.json", surroundings)


TASKS = {
    "run": lambda: set_up(UV_LOCK, RUN_LOCK),
    "dev": lambda: set_up(UV_LOCK, RUN_LOCK, DEV_LOCK),
    "lock": make_locks,
}


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other set-up is at work in this folder."""
    folder = os.open(ROOT, os.O_RDONLY)
    os.set_inheritable(folder, True)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("waiting for another set-up that is at work in this folder")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def main(arguments: list[str]) -> int:
    """Run one task; return the exit status."""
    task = TASKS.get(arguments[0]) if len(arguments) == 1 else None
    if task is None:
        sys.stderr.write(USAGE)
        return 2
    try:
        with alone():
            task()
    except SetupError as error:
        sys.stderr.write(f"Set-up stopped: {error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"Set-up stopped: {error}; run the same command again.\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("Set-up was interrupted; run the same command again to finish it.\n")
        return 130
    return 0
