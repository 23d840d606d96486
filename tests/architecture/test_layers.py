"""The house plan holds: who may know whom, and how large a room may be."""

import ast
import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from geo.settings import ROOT

HOUSE = ("app.py", "pages", "ui", "words", "geo")
MOST_LINES, MOST_BODY_LINES, MOST_PAGE_LINES, MOST_MODULES = 300, 50, 60, 13
OF_OTHERS = {"vendor", "cache", "map"}
HEAVY = {"pandas", "geopandas", "shapely", "streamlit", "folium", "pyogrio", "geo.ingest"}
ALLOWED = ("https://www.openstreetmap.org/directions",)


def modules(*parts: str) -> list[Path]:
    found = [ROOT / part for part in parts or HOUSE]
    return sorted(path for start in found for path in ([start] if start.is_file() else start.rglob("*.py")))


def drawn(*kinds: str) -> list[Path]:
    """Return our own files of some kinds below static/."""
    static = ROOT / "static"
    found = [path for kind in kinds for path in static.rglob(kind)]
    return sorted(path for path in found if path.relative_to(static).parts[0] not in OF_OTHERS)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_layers_hold():
    lint = Path(sys.executable).parent / "lint-imports"
    answer = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("module", ["geo.cli.main", "geo.store.dataset", "geo.finder.search", "geo.places.gazetteer"])
def test_the_way_to_an_answer_imports_nothing_heavy(module):
    script = f"import sys, {module}; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(answer.stdout.split()) & HEAVY == set()


def test_near_me_and_coverage_wake_no_geopandas():
    """It takes a second to import; only who downloads a GeoPackage waits for it."""
    script = """
import datetime as dt, sys
from geo import store
from geo.coverage.measuring import measure
from geo.coverage.request import CoverageRequest
from geo.settings import ROOT
data = store.load(ROOT / "data", verify=False)
data.boundaries.municipality_at(0.0, 0.0)
measure(data, CoverageRequest(area="11001"), today=dt.date(2025, 6, 3))
print(*sys.modules)
"""
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(answer.stdout.split()) & {"pandas", "geopandas", "pyogrio"} == set()


def test_everything_is_looked_at():
    """A module in a new folder must not fall out of the catalogues, nor a script out of the checks below."""
    spec = spec_from_file_location("opvoedkaart_messages", ROOT / "locale" / "messages.py")
    messages = module_from_spec(spec)
    spec.loader.exec_module(messages)
    searched = {path for pattern in messages.SOURCES for path in ROOT.glob(pattern)}
    assert set(modules()) <= searched
    assert {"finder.js", "coverage.js", "style.css", "map.css"} <= {path.name for path in drawn("*.js", "*.css")}


def test_modules_are_small_and_say_what_they_are_for():
    found = []
    for path in modules():
        said = (ast.get_docstring(ast.parse(text(path))) or "").splitlines()
        is_told = bool(said) and said[0].endswith(".")
        lines = len(text(path).splitlines())
        found += [] if is_told and lines <= MOST_LINES else [f"{name_of(path)}: {lines} lines, {said[:1]}"]
    assert found == []


def test_no_folder_is_a_hall():
    rooms = {}
    for path in modules("ui", "words", "geo"):
        if path.name != "__init__.py":
            rooms.setdefault(path.parent, []).append(path.name)
    assert {name_of(folder): len(names) for folder, names in rooms.items() if len(names) > MOST_MODULES} == {}


def test_functions_are_step_sized():
    found = []
    for path in modules():
        for part in ast.walk(ast.parse(text(path))):
            is_function = isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
            if is_function and _body_lines(part) > MOST_BODY_LINES:
                found.append(f"{name_of(path)}:{part.lineno} {part.name}: {_body_lines(part)} lines")
    assert found == []


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return (function.end_lineno or 0) - first.lineno + 1


def test_pages_read_like_a_table_of_contents():
    lines = {name_of(path): len(text(path).splitlines()) for path in modules("app.py", "pages")}
    assert {name: count for name, count in lines.items() if count > MOST_PAGE_LINES} == {}


def test_no_markup_is_let_through():
    ways = ("unsafe_allow_html", "unsafe_allow_javascript")
    found = [(name_of(path), way) for path in modules("app.py", "pages", "ui") for way in ways if way in text(path)]
    assert found == []


def test_scripts_make_no_markup_and_run_no_text():
    ways = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc")
    assert [(name_of(path), way) for path in drawn("*.js") for way in ways if way in text(path)] == []


def _foreign(source: str) -> list[str]:
    return re.findall(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s\"'`)<]*", source, re.IGNORECASE)


def test_nothing_is_fetched_from_anybody_else():
    shown = [*drawn("*.js", "*.css"), *modules("app.py", "pages", "ui", "words")]
    found = [(name_of(path), address) for path in shown for address in _foreign(text(path))]
    assert [each for each in found if not each[1].startswith(ALLOWED)] == []


def test_symbols_fetch_nothing():
    for path in (ROOT / "static" / "icons").glob("*.svg"):
        source = text(path).replace("http://www.w3.org/2000/svg", "")
        assert "http" not in source
        assert "<script" not in source


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-node.txt", "requirements-uv.txt"]
)
def test_requirements_are_pinned_by_hash_and_name_no_address(name):
    source = text(ROOT / name)
    assert re.findall(r"https?://|--index-url|--find-links|git\+", source) == []
    pins = re.split(r"\n(?=[a-zA-Z0-9])", source.strip())
    assert [pin.split("\n")[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
