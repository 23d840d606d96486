"""Tests prove something every time: none waits by the clock, and none is left out."""

import ast
from pathlib import Path

from geo.settings import ROOT

WAITS = {"sleep", "wait_for_timeout"}
LEAVES_OUT = {"skip", "skipif", "skipIf", "skipTest", "skipUnless", "importorskip", "xfail", "expectedFailure"}
POLLING = {("tests/browser/servers.py", "_answers")}
"""The functions that ask again and again until something is so."""


def named(tree: ast.AST) -> list[tuple[str, str, int]]:
    """Return every name that is used, with the function it stands in and its line."""
    found = []

    def walk(part: ast.AST, inside: str) -> None:
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = part.name
        if isinstance(part, ast.Attribute):
            found.append((part.attr, inside, part.lineno))
        if isinstance(part, ast.Name):
            found.append((part.id, inside, part.lineno))
        if isinstance(part, ast.ImportFrom):
            found.extend((each.name, inside, part.lineno) for each in part.names)
        for child in ast.iter_child_nodes(part):
            walk(child, inside)

    walk(tree, "")
    return found


def sources() -> list[tuple[str, ast.AST]]:
    files = sorted((ROOT / "tests").rglob("*.py"))
    assert Path(__file__).resolve() in files
    return [(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in files]


def test_no_test_waits_by_the_clock():
    used = [(file, *each) for file, tree in sources() for each in named(tree)]
    found = [f"{file}:{line} {name}" for file, name, inside, line in used
             if name in WAITS and (file, inside) not in POLLING]  # fmt: skip
    assert found == []


def test_no_test_is_left_out():
    used = [(file, *each) for file, tree in sources() for each in named(tree)]
    assert [f"{file}:{line} {name}" for file, name, _, line in used if name in LEAVES_OUT] == []


def test_what_waits_or_is_left_out_is_seen():
    source = "@pytest.mark.skip\ndef test_a():\n    time.sleep(1)\n    page.wait_for_timeout(500)\n"
    seen = {(name, inside) for name, inside, _ in named(ast.parse(source))}
    assert {("skip", "test_a"), ("sleep", "test_a"), ("wait_for_timeout", "test_a")} <= seen
