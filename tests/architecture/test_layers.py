"""The house plan holds: who may know whom, and how large a room may be."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geo.settings import ROOT

HOUSE = ("app.py", "pages", "ui", "geo")
MOST_LINES, MOST_BODY_LINES, MOST_PAGE_LINES = 300, 50, 60
HEAVY = {"pandas", "geopandas", "shapely", "streamlit", "folium", "pyogrio", "geo.ingest"}


def modules(*parts: str) -> list[Path]:
    found = [ROOT / part for part in parts or HOUSE]
    return sorted(path for start in found for path in ([start] if start.is_file() else start.rglob("*.py")))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_layers_hold():
    lint = Path(sys.executable).parent / "lint-imports"
    answer = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("module", ["geo.cli", "geo.store", "geo.finder", "geo.gazetteer"])
def test_the_way_to_an_answer_imports_nothing_heavy(module):
    script = f"import sys, {module}; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(answer.stdout.split()) & HEAVY == set()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_is_small_and_says_what_it_is_for(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MOST_LINES
    said = ast.get_docstring(ast.parse(source))
    assert said
    assert said.splitlines()[0].endswith(".")


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_functions_are_step_sized(path):
    functions = [
        part
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = {function.name: _body_lines(function) for function in functions if _body_lines(function) > MOST_BODY_LINES}
    assert long == {}


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[1] if ast.get_docstring(function) and len(function.body) > 1 else function.body[0]
    return (function.end_lineno or 0) - first.lineno + 1


@pytest.mark.parametrize("path", modules("app.py", "pages"), ids=name_of)
def test_a_page_reads_like_a_table_of_contents(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_PAGE_LINES


@pytest.mark.parametrize("path", modules("app.py", "pages", "ui"), ids=name_of)
def test_no_markup_is_let_through(path):
    source = path.read_text(encoding="utf-8")
    assert "unsafe_allow_html" not in source
    assert "unsafe_allow_javascript" not in source


@pytest.mark.parametrize("path", sorted((ROOT / "static").glob("*.js")), ids=name_of)
def test_scripts_make_no_markup_and_run_no_text(path):
    source = path.read_text(encoding="utf-8")
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc"):
        assert way not in source


def _foreign(source: str) -> list[str]:
    return re.findall(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s\"'`)<]*", source, re.IGNORECASE)


ALLOWED = ("https://www.openstreetmap.org/directions",)


DRAWN = [*sorted((ROOT / "static").glob("*.js")), *sorted((ROOT / "static").glob("*.css"))]


@pytest.mark.parametrize("path", [*DRAWN, *modules("app.py", "pages", "ui")], ids=name_of)
def test_nothing_is_fetched_from_anybody_else(path):
    found = _foreign(path.read_text(encoding="utf-8"))
    assert [address for address in found if not address.startswith(ALLOWED)] == []


def test_symbols_fetch_nothing():
    for path in (ROOT / "static" / "icons").glob("*.svg"):
        source = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in source
        assert "<script" not in source


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-node.txt", "requirements-uv.txt"]
)
def test_requirements_are_pinned_by_hash_and_name_no_address(name):
    source = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"https?://|--index-url|--find-links|git\+", source) == []
    pins = re.split(r"\n(?=[a-zA-Z0-9])", source.strip())
    assert [pin.split("\n")[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
