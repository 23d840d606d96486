"""The .venv: made by this Python, in this folder, and a record in it of what was installed whole."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from setup.commands import ROOT, NothingChangedError, SetupError, ask, run, tell, write_whole

PLACE = ROOT / ".venv"
PYTHON = PLACE / "bin" / "python"
RECORD = PLACE / "set-up.json"
WHOSE = "import sys, sysconfig; print(sys.prefix, sys.implementation.cache_tag, sysconfig.get_platform(), sep='\\n')"


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a .venv; `done` gives the inputs of every finished step."""

    whose: str
    unfinished: str = ""
    done: dict[str, str] = field(default_factory=dict)


def read() -> Record | None:
    """Return the record of the .venv, if there is one that can be read."""
    try:
        return Record(**json.loads(RECORD.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(record: Record) -> None:
    """Keep the record."""
    write_whole(RECORD, json.dumps(asdict(record), indent=1) + "\n")


def make_sure() -> None:
    """Make the .venv unless there is a whole one of this Python and folder."""
    reason = what_is_wrong()
    if reason:
        tell(f"making .venv with Python {sys.version.split()[0]} ({reason})")
        _make()


def what_is_wrong() -> str:
    """Return why the .venv cannot be used, or nothing."""
    record = read()
    if not PLACE.exists():
        return "there is none yet"
    if record is None:
        return "the one that is here was not finished"
    if record.unfinished:
        return f"in the one that is here, {record.unfinished} was not finished"
    now = _whose()
    if now != record.whose:
        return "the one that is here was made elsewhere or by another Python"
    return "" if now.split("\n")[1] == sys.implementation.cache_tag else "the one that is here has another Python"


def _whose() -> str:
    try:
        asked = ask([PYTHON, "-I", "-c", WHOSE])
    except OSError:
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


def _make() -> None:
    _check_venv_module()
    if PLACE.is_dir() and not PLACE.is_symlink():
        shutil.rmtree(PLACE)
    else:
        PLACE.unlink(missing_ok=True)
    base = getattr(sys, "_base_executable", None) or sys.executable  # not the .venv that may be asking for a new one
    run([base, "-I", "-m", "venv", PLACE], ".venv")
    whose = _whose()
    if not whose:
        raise SetupError(f"{base} made a .venv that does not run; name another Python: make PYTHON=python3.12")
    write(Record(whose))


def _check_venv_module() -> None:
    try:
        import ensurepip  # noqa: F401, PLC0415 (Debian and Ubuntu leave these out)
        import venv  # noqa: F401, PLC0415
    except ImportError:
        raise SetupError("Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv") from None


def is_done(step: str, inputs: str) -> bool:
    """Return whether a step was finished with these inputs."""
    record = read()
    return record is not None and record.done.get(step) == inputs


@contextmanager
def doing(step: str, inputs: str, keeps: tuple[str, ...]) -> Iterator[None]:
    """Record a step as done when it ends well, with the steps it keeps."""
    before = read() or Record(whose=_whose())
    kept = {name: known for name, known in before.done.items() if name in keeps}
    write(Record(before.whose, unfinished=step, done=kept))
    try:
        yield
    except NothingChangedError:
        write(before)
        raise
    write(Record(before.whose, done={**kept, step: inputs}))
