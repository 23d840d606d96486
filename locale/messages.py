"""Keeps the translations: `extract` the messages, `compile` the catalogues, `check` that nothing is missing."""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TEMPLATE = HERE / "messages.pot"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
SOURCES = ("app.py", "pages/**/*.py", "ui/**/*.py", "words/**/*.py", "geo/**/*.py")
BUILD_ONLY = "geo/ingest/**/*.py"
"""Whoever builds the data reads English."""
PLACEHOLDER = re.compile(r"\{\w*\}")


def languages() -> list[str]:
    """Return the codes that have a catalogue."""
    return sorted(path.parent.parent.name for path in HERE.glob("*/LC_MESSAGES/messages.po"))


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language is."""
    return HERE / language / "LC_MESSAGES" / "messages.po"


def template() -> Catalog:
    """Read the code and return all its messages, without dates and line numbers, so that it only changes with them."""
    found = Catalog(project="Opvoedkaart", charset="utf-8", fuzzy=False)
    method = [(BUILD_ONLY, "ignore"), *((pattern, "python") for pattern in SOURCES)]
    for name, _line, message, comments, _context in extract_from_dir(ROOT, method, keywords=KEYWORDS):
        if not name.startswith((".venv", "node_modules")):
            found.add(message, locations=[(name, None)], auto_comments=comments)
    return found


def read(path: Path, language: str | None = None) -> Catalog:
    """Return a catalogue from disk."""
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as stable text: sorted, without the dates of the header."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=116, sort_output=True, omit_header=False, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not re.match(r'"(POT-Creation|PO-Revision)-Date', line)).encode()


def extract() -> None:
    """Write the template and bring every catalogue up to it."""
    fresh = template()
    TEMPLATE.write_bytes(written(fresh))
    for language in languages():
        catalogue = read(catalogue_path(language), language)
        catalogue.update(fresh, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue_path(language).write_bytes(written(catalogue))


def compile_all() -> None:
    """Write the binary catalogues that the app reads."""
    for language in languages():
        with catalogue_path(language).with_suffix(".mo").open("wb") as stream:
            write_mo(stream, read(catalogue_path(language), language))


def unreadable() -> Iterator[str]:
    """Yield messages that stand inside an f-string, where the extraction does not see them."""
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(outer, ast.JoinedStr) and any(map(_is_message, ast.walk(outer))):
                yield f"{path.relative_to(ROOT)}:{outer.lineno}: a message inside an f-string is never translated"


def _is_message(node: ast.AST) -> bool:
    name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
    return name in KEYWORDS and isinstance(node, ast.Call) and isinstance(node.args[0], ast.Constant)


def problems() -> Iterator[str]:
    """Yield what is missing or wrong in code, template and catalogues."""
    yield from unreadable()
    fresh = template()
    ids = {message.id for message in fresh if message.id}
    if not TEMPLATE.exists() or {message.id for message in read(TEMPLATE) if message.id} != ids:
        yield "locale/messages.pot is not what the code says: run `make messages`"
    for language in languages():
        catalogue = read(catalogue_path(language), language)
        for message in catalogue:
            if message.id:
                yield from _message_problems(language, message)
        for missing in ids - {message.id for message in catalogue if message.id}:
            yield f"{language}: not in the catalogue: {missing!r}"


def _message_problems(language: str, message) -> Iterator[str]:  # noqa: ANN001 (Babel's Message)
    sources = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    if message.fuzzy or not all(strings):
        yield f"{language}: not translated: {sources[0]!r}"
        return
    wanted = set(PLACEHOLDER.findall(sources[-1]))
    for string in strings:
        if set(PLACEHOLDER.findall(string)) - wanted or (
            string is strings[-1] and set(PLACEHOLDER.findall(string)) != wanted
        ):
            yield f"{language}: other placeholders than the source: {string!r}"


def main(arguments: list[str]) -> int:
    """Run one command; return the exit status."""
    command = arguments[0] if arguments else ""
    if command == "extract":
        extract()
    elif command == "compile":
        compile_all()
    elif command == "check":
        found = list(problems())
        sys.stdout.write("\n".join([*found, f"translations: {len(found)} problems\n"]))
        return 1 if found else 0
    else:
        sys.stderr.write("usage: messages.py extract | compile | check\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
