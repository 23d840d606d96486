"""Parser of Dutch opening hours; refuses what it does not understand."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from geo.ingest.directory.hours_words import DAYPARTS, MONTHS, WEEK, Token, TokenKind, split_tokens
from geo.opening.schedules import Schedule

_REMARK = re.compile(r"\d{4}(-\d{2})?|as printed .*")  # when or where a collector read the hours
_SINCE = re.compile(r"vanaf (?:(?P<day>\d{1,2}) (?P<word>[a-z]+) |(?P<month>\d{2})/)(?P<year>\d{4})")
_ALWAYS = re.compile(
    r"(?:dag en nacht|24u/24u|24/24|24/7|7/7)(?: bereikbaar| open)?(?: ?\((?:telefoon|telefonisch)\))?"
)
_PARENTHESIS = re.compile(r"\s*\(([^)]*)\)")
_SENTENCE_END = re.compile(r"\.\s+(?=[A-Z])")
_APPOINTMENT = (("enkel", "op", "afspraak"), ("alleen", "op", "afspraak"), ("op", "afspraak"), ("na", "afspraak"))
_EXCEPT = (("niet", "tijdens"), ("niet", "in"), ("niet", "op"), ("behalve", "tijdens"), ("behalve", "in"))
_SCHOOL_HOLIDAYS = (("vakanties",), ("schoolvakanties",), ("schoolvakantie",), ("schoolvrije", "dagen"))
_SUMMER = (("zomermaanden",), ("zomervakantie",))
_EVERY = ("elke", "iedere", "alle")


class _NotUnderstoodError(ValueError):
    """Some of the text has no sure meaning."""


@dataclass(frozen=True, slots=True)
class _TimeSlot:
    """Hours on a day."""

    opens: dt.time
    closes: dt.time
    by_appointment: bool = False
    interval: int = 1


@dataclass(slots=True)
class _ParsedHours:
    """What has been understood so far."""

    weekly: dict[str, list[_TimeSlot]] = field(default_factory=dict)
    monthly: list[tuple[tuple[str, ...], _TimeSlot]] = field(default_factory=list)
    texts: list[Schedule] = field(default_factory=list)
    limits: dict[str, bool] = field(default_factory=dict)
    valid_from: dt.date | None = None
    keeps_text: bool = False
    entries: int = 0


def parse_hours(text: str) -> list[Schedule] | None:
    """Parse Dutch opening hours, or return None unless all is understood.

    Times on the wall in Brussels. What a schedule cannot express (only part of the year) stays in its
    `description`. "Op afspraak" beside hours becomes a schedule of its own with only that text. Never raises.
    """
    clean = text.strip()
    if _ALWAYS.fullmatch(clean.lower()):
        midnight = dt.time()
        return [Schedule(freq="WEEKLY", byday=WEEK, opens_at=midnight, closes_at=midnight,
                         school_holidays=True, public_holidays=True)]  # fmt: skip
    hours = _ParsedHours()
    try:
        for clause in _split_clauses(clean, hours):
            _ClauseReader(clause, hours).read()
    except _NotUnderstoodError:
        return None
    return _to_schedules(hours, clean) or None


def _split_clauses(text: str, hours: _ParsedHours) -> list[str]:
    """Split a text at semicolons, sentences and parentheses; remarks are taken out."""
    inside = []
    for content in _PARENTHESIS.findall(text):
        if since := _SINCE.fullmatch(content.lower()):
            hours.valid_from = _since_date(since)
        elif content.lower() == "op schooldagen":
            hours.keeps_text = True  # it does not say whether that is all hours or only the last
        elif not _REMARK.fullmatch(content.lower()):
            inside.append(content)
    outside = _SENTENCE_END.sub(";", _PARENTHESIS.sub("", text)).rstrip(". ")
    return [clause.strip() for part in (outside, *inside) for clause in part.split(";") if clause.strip()]


def _since_date(match: re.Match[str]) -> dt.date:
    """Read the date in "vanaf 14 oktober 2019" or the first of the month in "vanaf 02/2024"."""
    month = MONTHS.get(match["word"] or "") or int(match["month"] or 0)
    try:
        return dt.date(int(match["year"]), month, int(match["day"] or 1))
    except ValueError as error:
        raise _NotUnderstoodError from error


class _ClauseReader:
    """Parser of one clause, word by word."""

    def __init__(self, text: str, hours: _ParsedHours) -> None:
        self._text, self._hours, self._at = text, hours, 0
        tokens = split_tokens(text)
        if tokens is None:
            raise _NotUnderstoodError
        self._tokens = tokens

    def read(self) -> None:
        """Add what the clause says to the hours."""
        if any(token.text == "telefonisch" for token in self._tokens):
            self._hours.texts.append(Schedule(description=self._text))
            return
        joined = ""
        while self._at < len(self._tokens):
            if separator := self._take_token(",", "en"):
                joined = separator
            elif not (self._read_appointment(joined) or self._read_exception()):
                self._read_entry()

    def _peek_token(self, ahead: int = 0) -> Token:
        place = self._at + ahead
        return self._tokens[place] if place < len(self._tokens) else Token(TokenKind.WORD, "")

    def _take_token(self, *texts: str) -> str:
        """Go past the next token when it is one of these; its text, or nothing."""
        text = self._peek_token().text
        if text in texts and text:
            self._at += 1
            return text
        return ""

    def _take_phrase(self, phrases: tuple[tuple[str, ...], ...]) -> bool:
        for phrase in phrases:
            if all(self._peek_token(place).text == word for place, word in enumerate(phrase)):
                self._at += len(phrase)
                return True
        return False

    def _read_appointment(self, joined: str) -> bool:
        """Read "op afspraak" where it stands on its own: the whole text, or beside hours after "en"."""
        if not self._take_phrase(_APPOINTMENT):
            return False
        if (self._hours.entries and joined != "en") or self._at < len(self._tokens):
            raise _NotUnderstoodError
        self._hours.texts.append(Schedule(by_appointment=True, description=self._text))
        return True

    def _read_exception(self) -> bool:
        """Read "niet in schoolvakanties of op feestdagen"; it must be clear to which hours it belongs."""
        if not self._take_phrase(_EXCEPT):
            return False
        if self._hours.entries != 1:
            raise _NotUnderstoodError
        while True:
            self._take_token("de")
            if self._take_phrase(_SCHOOL_HOLIDAYS):
                self._hours.limits["school_holidays"] = False
            elif self._take_token("feestdagen"):
                self._hours.limits["public_holidays"] = False
            elif self._take_phrase(_SUMMER):
                self._hours.keeps_text = True
            else:
                raise _NotUnderstoodError
            if not self._take_token("of", "en"):
                return True
            self._take_token("op", "in", "tijdens")

    def _read_entry(self) -> None:
        """Read days and what holds on them."""
        self._hours.entries += 1
        self._take_token("op")
        every = bool(self._take_token(*_EVERY))
        interval = 2 if self._take_token("tweewekelijks") else 1
        self._take_token("op")
        if self._peek_token().kind is TokenKind.NTH:
            days, part = self._read_nth_days(every=every)
        else:
            days, part = self._read_days(every=every)
        self._take_token(":")
        more = bool(self._take_token("bijkomend"))
        self._take_token("open")
        if self._peek_token().text == "tot":
            self._read_until(days)
        else:
            self._add_slots(days, self._read_slots(interval, part), more=more)

    def _read_nth_days(self, *, every: bool) -> tuple[tuple[str, ...], str]:
        """Read "2e en 4e maandag van de maand"; "elke 2e maandag" alone could also mean every other week."""
        numbers = [self._next_text(TokenKind.NTH)]
        while self._peek_token().text in (",", "en") and self._peek_token(1).kind is TokenKind.NTH:
            self._at += 1
            numbers.append(self._next_text(TokenKind.NTH))
        day, _, part = self._next_text(TokenKind.DAY).partition(" ")
        of_the_month = self._take_phrase((("van", "de", "maand"),))
        if every and len(numbers) == 1 and not of_the_month:
            raise _NotUnderstoodError
        return tuple(number + day for number in numbers), part

    def _read_days(self, *, every: bool) -> tuple[tuple[str, ...], str]:
        """Read "maandag t/m vrijdag", "ma, di en do", "werkdagen", "andere werkdagen" or "elke dag"."""
        if self._take_phrase((("andere", "werkdagen"),)):
            return tuple(day for day in WEEK[:5] if day not in self._hours.weekly), ""
        if self._take_token("werkdag", "werkdagen"):
            return WEEK[:5], ""
        if self._take_token("dagelijks") or (every and self._take_token("dag", "dagen")):
            return WEEK, ""
        days, part = self._read_day_range()
        while self._peek_token().text in (",", "en") and self._peek_token(1).kind is TokenKind.DAY:
            self._at += 1
            following, part = self._read_day_range()
            days += following
        return days, part

    def _read_day_range(self) -> tuple[tuple[str, ...], str]:
        first, _, part = self._next_text(TokenKind.DAY).partition(" ")
        if self._peek_token().text in ("-", "tot", "t/m") and self._peek_token(1).kind is TokenKind.DAY:
            self._at += 1
            last, _, part = self._next_text(TokenKind.DAY).partition(" ")
            if WEEK.index(last) > WEEK.index(first):
                return WEEK[WEEK.index(first) : WEEK.index(last) + 1], part
            raise _NotUnderstoodError
        return (first,), part

    def _read_slots(self, interval: int, part: str) -> list[_TimeSlot]:
        """Read one or more stretches of hours, with "op afspraak" after them if so."""
        slots = [self._read_slot(interval, part)]
        while True:
            skip = 1 if self._peek_token().text in (",", "en") else 0
            skip_from = skip + (1 if self._peek_token(skip).text == "van" else 0)
            if self._peek_token(skip_from).kind is not TokenKind.TIME:
                break
            self._at += skip
            slots.append(self._read_slot(interval, part))
        by_appointment = self._take_phrase(_APPOINTMENT)
        return [replace(slot, by_appointment=by_appointment) for slot in slots]

    def _read_slot(self, interval: int, part: str) -> _TimeSlot:
        self._take_token("van")
        opens = dt.time.fromisoformat(self._next_text(TokenKind.TIME))
        if not self._take_token("-", "tot"):
            raise _NotUnderstoodError
        closes = dt.time.fromisoformat(self._next_text(TokenKind.TIME))
        earliest, latest = DAYPARTS[part]
        if not earliest <= opens < closes <= latest:
            raise _NotUnderstoodError
        return _TimeSlot(opens, closes, interval=interval)

    def _next_text(self, kind: TokenKind) -> str:
        token = self._peek_token()
        if token.kind is not kind:
            raise _NotUnderstoodError
        self._at += 1
        return token.text

    def _add_slots(self, days: tuple[str, ...], slots: list[_TimeSlot], *, more: bool) -> None:
        """Put hours on days; a day that has hours already must be said to get more."""
        known = [day for day in days if day[-2:] in self._hours.weekly]
        if not days or (known and not more):
            raise _NotUnderstoodError
        if days[0] in WEEK:
            for day in days:
                self._hours.weekly.setdefault(day, []).extend(slots)
        else:
            self._hours.monthly.extend((days, slot) for slot in slots)

    def _read_until(self, days: tuple[str, ...]) -> None:
        """Read "dinsdag tot 18u": the last hours of those days end at another time."""
        self._take_token("tot")
        closes = dt.time.fromisoformat(self._next_text(TokenKind.TIME))
        for day in days:
            slots = self._hours.weekly.get(day[-2:])
            if not slots or closes <= slots[-1].opens:
                raise _NotUnderstoodError
            if day in WEEK:
                slots[-1] = replace(slots[-1], closes=closes)
        if days[0] not in WEEK:
            last = self._hours.weekly[days[0][-2:]][-1]
            if closes <= last.closes:
                raise _NotUnderstoodError
            self._hours.monthly.append((days, replace(last, opens=last.closes, closes=closes)))


def _to_schedules(hours: _ParsedHours, text: str) -> list[Schedule]:
    """Write what was understood as schedules: equal hours of several days become one."""
    days_of: dict[_TimeSlot, list[str]] = {}
    for day in sorted(hours.weekly, key=WEEK.index):
        for slot in hours.weekly[day]:
            days_of.setdefault(slot, []).append(day)
    rows = [("WEEKLY", tuple(days), slot) for slot, days in days_of.items()]
    rows += [("MONTHLY", days, slot) for days, slot in hours.monthly]
    description = text if hours.keeps_text else ""
    structured = [
        Schedule(
            freq=freq, byday=days, opens_at=slot.opens, closes_at=slot.closes, interval=slot.interval,
            by_appointment=slot.by_appointment, valid_from=hours.valid_from, description=description,
            school_holidays=hours.limits.get("school_holidays"), public_holidays=hours.limits.get("public_holidays"),
        )
        for freq, days, slot in rows
    ]  # fmt: skip
    return structured + hours.texts if structured or all(text.by_appointment for text in hours.texts) else []
