"""Installs a lock into the .venv: exactly its versions and hashes, whatever has been released since."""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from pathlib import Path

from setup import environment
from setup.commands import ROOT, Command, NoWheelError, SetupError, ask, last_words, run, tell
from setup.environment import PYTHON
from setup.registry import pip_environment, uv_environment, uv_options

UV = PYTHON.parent / "uv"
UV_LOCK, RUN_LOCK, DEV_LOCK, NODE_LOCK = LOCKS = (
    "requirements-uv.txt",
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-node.txt",
)
NOT_LOCKED = {"pip", "setuptools", "wheel", "uv"}  # what a .venv comes with, and the installer itself
EXACTLY = ["--require-hashes", "--only-binary", ":all:"]  # nothing is built: building would fetch what no lock names
INSTALLED = "import importlib.metadata as m; print(*{d.name for d in m.distributions()})"


def digest(*paths: Path) -> str:
    """Return a hash of what files hold."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def make_sure(*locks: str) -> None:
    """Install the locks that are not installed yet, the installer first."""
    for place, lock in enumerate(locks):
        inputs = digest(ROOT / lock)
        if not environment.is_done(lock, inputs):
            with environment.doing(lock, inputs, keeps=locks[:place]):
                _install_installer() if lock == UV_LOCK else _install_whole(lock)


def _install_installer() -> None:
    try:
        _install_by_pip(UV_LOCK, [])
        run([UV, "--version"], UV_LOCK)
    except (NoWheelError, OSError):
        tell("there is no uv for this machine; pip installs instead, which takes longer")


def _install_whole(lock: str) -> None:
    tell(f"installing {lock}")
    install(lock)
    if not has_uv():
        _remove_what_is_not_in(lock)
    check(lock)


def names(lock: str) -> set[str]:
    """Return the names of the packages in a lock."""
    return set(re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def has_uv() -> bool:
    """Return whether uv is here and runs."""
    try:
        return ask([UV, "--version"]).returncode == 0
    except OSError:
        return False


def install(lock: str, target: Path | None = None) -> None:
    """Install a lock, by uv or else by pip, into .venv or another folder."""
    if target:
        shutil.rmtree(target, ignore_errors=True)
    options = ["--target", str(target)] if target else []
    if has_uv():
        _install_by_uv(lock, options)
    else:
        _install_by_pip(lock, options)


def _install_by_uv(lock: str, options: list[str]) -> None:
    # where Python keeps no bytecode of its own, every start would be slow without this
    bytecode = ["--compile-bytecode"] if sys.dont_write_bytecode else []
    command: Command = [UV, "pip", "sync", "--no-progress", "--python", PYTHON, *uv_options(), *EXACTLY, *bytecode]
    run([*command, *options, lock], lock, uv_environment())


def _install_by_pip(lock: str, options: list[str]) -> None:
    command: Command = [PYTHON, "-I", "-m", "pip", "install", "--quiet", "--no-deps", *EXACTLY]
    run([*command, *options, "-r", lock], lock, pip_environment())


def _remove_what_is_not_in(lock: str) -> None:
    installed = {_plain(name) for name in run([PYTHON, "-I", "-c", INSTALLED], ".venv").split()}
    surplus = installed - {_plain(name) for name in names(lock)} - NOT_LOCKED
    if surplus:
        run([PYTHON, "-I", "-m", "pip", "uninstall", "--quiet", "--yes", *sorted(surplus)], ".venv", pip_environment())


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def check(lock: str) -> None:
    """Refuse a lock that lacks what its own packages need."""
    if has_uv():
        answer = ask([UV, "pip", "check", "--no-config", "--python", PYTHON], uv_environment())
    else:
        answer = ask([PYTHON, "-I", "-m", "pip", "check"], pip_environment())
    if answer.returncode != 0:
        said = last_words(answer.stdout + answer.stderr)
        raise SetupError(f"{lock} lacks what its own packages need; `make lock` writes it anew.\n{said}")
