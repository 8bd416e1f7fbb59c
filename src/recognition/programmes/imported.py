"""A table of accredited programmes as a list: each row read, or told with what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recognition import dates
from recognition.problems import Problem, Refused
from recognition.profile.vocabulary import Vocabularies, Vocabulary
from recognition.profile.written import fold
from recognition.programmes import spelling, tables
from recognition.programmes.columns import columns, recognised
from recognition.programmes.load import CODES
from recognition.programmes.model import ROR

_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)|年)?")
_BETWEEN = re.compile(r"\s*(?:至|到|—|–|~|～|\bto\b|\buntil\b|\s-\s|(?<=\d)-(?=\d{4}))\s*")
_OPEN = frozenset({"..", "ongoing", "present", "current", "至今", "长期"})
_ENDS = {"from": "period", "until": "period"}
_SEVERAL = re.compile(r"[;；\n]")
_HEADINGS_WITHIN = 20


@dataclass
class Imported:
    """What was read of a table: institutions by key, rows as in a list, and what is wrong."""

    institutions: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Row:
    """One line of a table: its cells by field, and where it stands."""

    def __init__(
        self, line: tables.Line, at: Mapping[str, Sequence[int]], headings: Sequence[str], file: str
    ) -> None:
        self._number, self._cells = line
        self._at, self._headings, self._file = at, headings, file

    def texts(self, name: str) -> list[str]:
        """What the cells of a field say, in the order of their columns."""
        cells = [self._cells[i] for i in self._at.get(name, ()) if i < len(self._cells)]
        several = (_SEVERAL.split(cell) for cell in cells)
        return list(
            dict.fromkeys(text.strip() for held in several for text in held if text.strip())
        )

    def text(self, name: str) -> str:
        return " ".join(self.texts(name))

    def wrong(self, name: str, code: str, detail: str, hint: str) -> Problem:
        """A problem of a cell, which is named by its column's heading."""
        found = next((held for held in (name, _ENDS.get(name)) if held in self._at), None)
        heading = self._headings[self._at[found][0]] if found else name
        return Problem(code, heading, detail, hint, self._file, self._number)


def imported(
    path: Path, mapped: Mapping[str, str], defaults: Mapping[str, str], known: Vocabularies
) -> Imported:
    """The rows of a table; `mapped` are fields by heading, `defaults` values where cells are blank.

    Raises Refused where the table cannot be read or its columns are not known.
    """
    held = tables.lines(path)
    starts = [i for i, (_, row) in enumerate(held[:_HEADINGS_WITHIN]) if recognised(row, mapped)]
    if not starts:
        hint = "head the columns `institution`, `programme`, `from`, `until`, or use --map"
        raise Refused([Problem("missing", "", "no row of headings is known", hint, str(path))])
    headings = held[starts[0]][1]
    at = columns(headings, mapped, str(path))
    found = Imported()
    for line in held[starts[0] + 1 :]:
        _read(_Row(line, at, headings, str(path)), defaults, known, found)
    return found


def _read(row: _Row, defaults: Mapping[str, str], known: Vocabularies, found: Imported) -> None:
    problems: list[Problem] = []
    written = dict(_fields(row, defaults, known, problems))
    country, ror = _country(row, defaults, known, problems), _ror(row, problems)
    named = {name: row.texts(name) for name in ("institution", "programme")}
    for name, texts in named.items():
        if not any(map(spelling.key, texts)):
            problems.append(row.wrong(name, "missing", f"the {name} is missing", "name it"))
    if problems:
        found.problems += problems
        return
    key = _institution(named["institution"], country, ror, found)
    found.rows.append({"institution": key, "programme": named["programme"], **written})


def _institution(texts: list[str], country: str, ror: str, found: Imported) -> str:
    """The key of an institution: of the one that bears the first name in that country."""
    key = f"{country}:{spelling.key(texts[0])}"
    held = found.institutions.setdefault(key, {"names": [], "country": country})
    held["names"] += [text for text in texts if text not in held["names"]]
    if ror:
        held["ror"] = ror
    return key


def _fields(
    row: _Row, defaults: Mapping[str, str], known: Vocabularies, problems: list[Problem]
) -> Iterator[tuple[str, Any]]:
    for name, vocabulary in CODES.items():
        texts = row.texts(name) or list(filter(None, [defaults.get(name)]))
        codes = [_code(row, name, text, known[vocabulary], problems) for text in texts]
        if codes:
            yield name, codes if name == "scope" else codes[0]
    if "level" not in defaults and not row.text("level"):
        problems.append(row.wrong("level", "missing", "the level is missing", "say --level"))
    if campus := row.text("campus"):
        yield "campus", campus
    yield from _period(row, problems)


def _code(
    row: _Row, name: str, text: str, vocabulary: Vocabulary, problems: list[Problem]
) -> str | None:
    """The code of a text that is a code, an alias or a label; None, and told, for another."""
    number = vocabulary.number(text) or _labels(vocabulary).get(fold(text))
    if number is None:
        hint = "one of " + ", ".join(vocabulary.codes)
        problems.append(row.wrong(name, "no-such-code", f"`{text}` is no {name}", hint))
    return vocabulary.entry(number) if number else None


def _labels(vocabulary: Vocabulary) -> Mapping[str, int]:
    return vocabulary.memo.once(
        _labels,
        lambda: {
            fold(vocabulary.label(number, lang)): number
            for number in range(1, len(vocabulary) + 1)
            for lang in ("en", "zh")
        },
    )


def _country(
    row: _Row, defaults: Mapping[str, str], known: Vocabularies, problems: list[Problem]
) -> str:
    text = row.text("country") or defaults.get("country", "")
    if not text:
        problems.append(row.wrong("country", "missing", "the country is missing", "say --country"))
        return ""
    return _code(row, "country", text, known["places"], problems) or ""


def _ror(row: _Row, problems: list[Problem]) -> str:
    """An institution's ROR id, which may be written as an address; empty where there is none."""
    ror = row.text("ror").rstrip("/").rpartition("/")[2].lower()
    if ror and not re.match(ROR, ror):
        problems.append(row.wrong("ror", "no-such-code", f"`{ror}` is no ROR id", "as 03kqdja62"))
    return ror


def _period(row: _Row, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    first, last = row.text("from"), row.text("until")
    if (period := row.text("period")) and not (first or last):
        parts = _BETWEEN.split(period)
        if len(parts) != 2:
            hint = "write 2020-01 to 2025-12"
            problems.append(row.wrong("period", "not-a-date", f"`{period}` is no period", hint))
            return
        first, last = parts
    days = {"from": _day(row, "from", first, problems), "until": _day(row, "until", last, problems)}
    begin, end = days["from"], days["until"]
    if begin and end and dates.parse(end)[1] < dates.parse(begin)[0]:
        detail = "the period ends before it begins"
        problems.append(row.wrong("until", "end-before-start", detail, "exchange the two"))
    yield from ((name, day) for name, day in days.items() if day)


def _day(row: _Row, name: str, text: str, problems: list[Problem]) -> str | None:
    """`2016/6/2`, `2016.6`, `2016年` as in a list; what is day and what month is not guessed."""
    if not text or (name == "until" and text.casefold() in _OPEN):
        return ".." if text else None
    written = _DAY.fullmatch(text)
    day = "-".join(part.zfill(2) for part in written.groups() if part) if written else text
    try:
        dates.parse(day)
    except ValueError as error:
        hint = "write 2016, 2016-06 or 2016-06-02"
        problems.append(row.wrong(name, "not-a-date", str(error), hint))
        return None
    return day
