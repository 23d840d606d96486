"""A request whose choices are declared once, and from which link, file and command line follow."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import field, fields
from typing import Any, ClassVar, Self, TypeVar

from geo.errors import RequestError
from geo.messages import N_, Message
from geo.requests.kind import Kind, UnfitError
from geo.text import shorten

UNKNOWN = N_("{value} is no choice that can be made here; expected {expected}")
UNFIT = N_("{name}: {value} cannot be used; expected {expected}.")
UNUSABLE = N_("{value} cannot be used; expected {expected}.")
NOTHING = N_("(nothing)")
NO_CHOICE = N_("This is no choice that can be made here.")
_LONGEST_IN_LINK = 8_000
_KIND = "kind"
_Value = TypeVar("_Value")


def choice(kind: Kind[Any], default: _Value) -> _Value:
    """Declare one choice of a request: its kind and its default."""
    made: _Value = field(default=default, metadata={_KIND: kind})
    return made


class Request:
    """What every request does; the requests themselves are frozen dataclasses that declare their choices.

    `COMMAND` is the command that answers it. Choices stand in links, files and commands as declared; those named in
    `FIRST_IN_LINK` and `FIRST_IN_COMMAND` come first there.
    """

    __slots__ = ()
    COMMAND: ClassVar[str] = ""
    FIRST_IN_LINK: ClassVar[tuple[str, ...]] = ()
    FIRST_IN_COMMAND: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be asked."""
        kinds = kinds_of(type(self))
        for name, kind in kinds.items():
            object.__setattr__(self, name, kind.normalize(getattr(self, name)))
        refusals = (kind.refusal(getattr(self, name)) for name, kind in kinds.items())
        for refusal in (*refusals, self.refusal_together()):
            if refusal is not None:
                raise RequestError(refusal)

    def refusal_together(self) -> Message | None:
        """Return why choices that are sound by themselves do not go together; None when they do."""
        return None

    def has_effect(self, name: str) -> bool:
        """Whether a choice changes the answer, given the other ones; a command leaves it out if not."""
        return True

    @classmethod
    def keep_fitting(cls, found: dict[str, Any]) -> dict[str, Any]:
        """Return the choices of a link without those that do not go together."""
        return found

    def to_query(self) -> dict[str, str]:
        """Return the parameters of a link: what is not the default, and what always stands there.

        Lists of more than 40 ids or points are left out: they belong in a file.
        """
        usual, kinds = defaults_of(type(self)), kinds_of(type(self))
        parts = {
            kinds[name].link: kinds[name].to_link(getattr(self, name))
            for name in _in_order(type(self), self.FIRST_IN_LINK)
            if kinds[name].always_in_link or getattr(self, name) != usual[name]
        }
        return {name: text for name, text in parts.items() if text}

    @classmethod
    def from_query(cls, query: Mapping[str, object]) -> Self:
        """Return the request of a link; what cannot be understood falls back to the default."""
        found = defaults_of(cls)
        for name, kind in kinds_of(cls).items():
            value = kind.from_link(str(query.get(kind.link) or "")[:_LONGEST_IN_LINK])
            if value is not None and kind.refusal(value) is None:
                found[name] = kind.normalize(value)
        return cls(**cls.keep_fitting(found))

    def to_json(self) -> dict[str, object]:
        """Return all choices as plain values, sets sorted."""
        return {name: kind.to_json(getattr(self, name)) for name, kind in kinds_of(type(self)).items()}

    @classmethod
    def from_json(cls, document: Mapping[str, object]) -> Self:
        """Return the request of `to_json`; what is not given has its default.

        Raises RequestError for a name or a value that cannot be used.
        """
        kinds, found = kinds_of(cls), {}
        for name, value in document.items():
            if name not in kinds:
                raise RequestError(Message(UNKNOWN, {"value": repr(str(name)[:60]), "expected": tuple(kinds)}))
            try:
                found[name] = kinds[name].from_json(value)
            except UnfitError:
                values = {"name": name, "value": quote(value), "expected": kinds[name].expected}
                raise RequestError(Message(UNFIT, values)) from None
        return cls(**found)

    @classmethod
    def problems_in(cls, document: Mapping[str, object]) -> Iterator[tuple[str, Message]]:
        """Yield each name of a file that cannot be used by itself, and why: unknown ones first."""
        kinds = kinds_of(cls)
        yield from ((name, Message(NO_CHOICE)) for name in document if name not in kinds)
        for name, value in document.items():
            if name in kinds and not _is_usable(kinds[name], value):
                yield name, Message(UNUSABLE, {"value": quote(value), "expected": kinds[name].expected})

    def command(self) -> str:
        """Return the command line that gives the same answer."""
        usual, kinds = defaults_of(type(self)), kinds_of(type(self))
        parts = ["opvoedkaart", self.COMMAND]
        for name in _in_order(type(self), self.FIRST_IN_COMMAND):
            kind, value = kinds[name], getattr(self, name)
            if (kind.always_in_command or value != usual[name]) and self.has_effect(name):
                parts += kind.arguments(value)
        return shlex.join(parts)


def kinds_of(request: type[Any]) -> Mapping[str, Kind[Any]]:
    """Return the kind of every choice of a request, as declared."""
    return {each.name: each.metadata[_KIND] for each in fields(request)}


def defaults_of(request: type[Any]) -> dict[str, Any]:
    """Return the default of every choice of a request."""
    return {each.name: each.default for each in fields(request)}


def _in_order(request: type[Any], first: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *kinds_of(request))))


def _is_usable(kind: Kind[Any], value: object) -> bool:
    try:
        return kind.refusal(kind.normalize(kind.from_json(value))) is None
    except UnfitError:
        return False


def quote(value: object) -> str | Message:
    """Return a value of a file as a sentence can quote it."""
    return shorten(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)) or Message(NOTHING)
