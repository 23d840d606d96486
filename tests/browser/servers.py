"""Starts the app as its users do, on a free port, and stops it again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120
PORTS = 3


@contextmanager
def serving(log: Path, **settings: str) -> Iterator[str]:
    """Serve the app until the block ends, with `settings` in its environment; give its address without a slash."""
    process, address = _started(log, settings)
    try:
        yield address
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


def _started(log: Path, settings: dict[str, str]) -> tuple[subprocess.Popen[bytes], str]:
    """Start a server; on another port when somebody took the one that was free a moment ago."""
    for _ in range(PORTS):
        port = _free_port()
        command = [str(Path(sys.executable).parent / "streamlit"), "run", "app.py", "--server.port", str(port)]
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **settings}, stdout=out, stderr=subprocess.STDOUT
            )
        if _answers(process, f"http://127.0.0.1:{port}/_stcore/health"):
            return process, f"http://127.0.0.1:{port}"
        process.kill()
        process.wait()
    raise RuntimeError(f"The server does not answer:\n{log.read_text(errors='replace')}")


def _answers(process: subprocess.Popen[bytes], address: str) -> bool:
    """Ask until the server answers; return whether it does, and runs."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return process.poll() is None
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
