"""A registry of tiny packages on this machine, and a project that is set up from it."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

from geo.settings import ROOT
from setup.libraries import FILES, MAP_LIBRARIES, STAMP
from setup.packages import digest

REAL_UV = Path(sys.executable).with_name("uv")
PATIENCE_S = 300


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self):
        self.server.shelf.wait_at(self.path)
        with suppress(BrokenPipeError, ConnectionResetError):  # who asked may have been killed
            super().do_GET()

    def log_message(self, *_):
        pass


class Shelf:
    """A registry (PEP 503) at an address of this machine."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.held, self.asked, self.free = "", threading.Event(), threading.Event()
        (folder / "simple").mkdir(parents=True)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
        self.server.shelf = self
        self.address = f"http://127.0.0.1:{self.server.server_port}/simple/"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self):
        self.free.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def wait_at(self, path: str):
        if self.held and path.rpartition("/")[2].startswith(self.held):
            self.asked.set()
            self.free.wait(PATIENCE_S)

    def put(self, name: str, version: str, *, requires=(), extra=(), tag="py3-none-any", script=""):
        """Offer a wheel; return the line that locks it."""
        place = self.folder / "simple" / name
        place.mkdir(exist_ok=True)
        wheel = place / f"{name}-{version}-{tag}.whl"
        _write_wheel(wheel, [*(f"Requires-Dist: {wanted}" for wanted in requires), *_extras(extra)], script)
        links = "".join(f'<a href="{path.name}">{path.name}</a>\n' for path in sorted(place.glob("*.whl")))
        (place / "index.html").write_text(f"<!DOCTYPE html><html><body>{links}</body></html>")
        return f"{name}=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"

    def put_uv(self):
        """Offer an uv that is the one of our own lock, if it is here."""
        if not REAL_UV.exists():
            return self.put("uv", "1.0", tag="py3-none-win_amd64")
        return self.put("uv", "1.0", script=f'#!/bin/sh\nexec "{REAL_UV}" "$@"\n')


def _extras(extra):
    for requirement in extra:
        yield "Provides-Extra: more"
        yield f"Requires-Dist: {requirement} ; extra == 'more'"


def _write_wheel(path, metadata, script):
    name, version, tag = path.stem.split("-", 2)
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": "\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata, ""]),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    if script:
        files[f"{name}-{version}.data/scripts/{name}"] = script
    record = "".join(f"{file},,\n" for file in (*files, f"{info}/RECORD"))
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in {**files, f"{info}/RECORD": record}.items():
            entry = zipfile.ZipInfo(file)
            entry.external_attr = 0o100755 << 16
            archive.writestr(entry, text)


class Project:
    """A folder with our set-up and tiny locks, its libraries in place and nothing to translate."""

    def __init__(self, folder: Path, shelf: Shelf):
        self.folder, self.shelf, self.settings = folder, shelf, {}
        shutil.copytree(ROOT / "setup", folder / "setup", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "locale").mkdir()
        (folder / "locale" / "messages.py").touch()
        (folder / "package-lock.json").touch()
        self._put_libraries_in_place()
        self.lock("requirements-uv.txt", shelf.put_uv())

    def _put_libraries_in_place(self):
        vendor = self.folder / "static" / "vendor"
        for name in (*FILES.values(), MAP_LIBRARIES, STAMP):
            (vendor / name).parent.mkdir(parents=True, exist_ok=True)
            (vendor / name).touch()
        made_of = digest(self.folder / "package-lock.json", self.folder / "setup" / "libraries.py")
        (vendor / STAMP).write_text(made_of)

    def lock(self, name: str, *pins: str):
        (self.folder / name).write_text("".join(pins))

    def make_quickly(self, with_uv=True):
        """Make the .venv as the set-up would, with installers that are lent."""
        script = (
            "from setup import environment as e, packages as p; done = p.digest(p.ROOT / p.UV_LOCK); "
            "e.write(e.Record(e._whose(), done={p.UV_LOCK: done}))"
        )
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", self.folder / ".venv"], check=True)
        (self.site / "pip").symlink_to(Path(find_spec("pip").origin).parent)
        if with_uv:
            (self.folder / ".venv" / "bin" / "uv").symlink_to(REAL_UV)
        subprocess.run([sys.executable, "-c", script], cwd=self.folder, check=True)

    @property
    def site(self) -> Path:
        return next(self.folder.glob(".venv/lib/python*/site-packages"))

    @property
    def environment(self):
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
        ours = {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": self.shelf.address,
            "PIP_RETRIES": "1",
            "PIP_CACHE_DIR": str(self.shelf.folder / "pip-cache"),
            "UV_CACHE_DIR": str(self.shelf.folder / "uv-cache"),
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
        }
        return {**plain, **ours, **self.settings}

    def start(self, task="run", **options):
        command = [sys.executable, "-m", "setup", task]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(command, cwd=self.folder, env=self.environment, **pipes, **options)

    def set_up(self, task="run"):
        """Run the set-up; return its status and what it said."""
        with self.start(task) as process:
            said = process.communicate()[0]
        return process.returncode, said

    def installed(self):
        """Return the packages in the .venv with their versions, the installers left out."""
        found = dict(path.name.removesuffix(".dist-info").split("-") for path in self.site.glob("*.dist-info"))
        return {name: version for name, version in found.items() if name not in ("pip", "setuptools", "wheel", "uv")}
