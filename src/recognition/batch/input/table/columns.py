"""What the columns of tables are called, and what they hold: derived from the profile's shape.

A column is known by its field's name or its label, English or Chinese; letters and digits count,
their case does not. In a flat table `degree_1_awarded_on` is a field of the first degree; in a
table of degrees it is `awarded_on`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recognition.problems import Problem
from recognition.profile.model import Mark
from recognition.profile.remarks import near
from recognition.profile.schema import COLLECTIONS
from recognition.profile.written import fold

Step = str | tuple[str]
"""A key, or (in a tuple) what tells an element from the others of its list."""

LINKS: Mapping[str, Mapping[str, str]] = {
    "applicant": {"en": "Applicant", "zh": "申请人编号"},
    "number": {"en": "No.", "zh": "序号"},
    "kind": {"en": "Statement", "zh": "说明"},
    "holds": {"en": "Holds", "zh": "是否"},
}
"""Columns of related tables that are no fields: whose row it is, and which."""
TABLES: Mapping[str, Mapping[str, str]] = {
    "": {"name": "applicants", "en": "Applicants", "zh": "申请人"},
    "attestations": {"name": "attestations", "en": "Statements", "zh": "说明"},
}


@dataclass(frozen=True)
class Field:
    """What a column holds: the `place` below its row's element, where `#` is a number's.

    `form` is `value`, `codes` (several in a cell), `none` (a list, of which the cell can only say
    that it is empty), or one of LINKS.
    """

    place: tuple[str, ...]
    form: str
    mark: Mark | None = None
    written: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table that was given: where it stands, and the place its cells go to."""

    index: int
    heading: str
    field: Field
    place: tuple[Step, ...]


@dataclass(frozen=True)
class Scheme:
    """The columns that a table may have; `of` is its collection, empty for applicants."""

    of: str
    known: Mapping[str, Field]

    def field(self, heading: str) -> tuple[Field, list[str]] | None:
        """The field of a heading, and the numbers in it."""
        plain = fold(heading)
        found = self.known.get(plain) or self.known.get(_DIGITS.sub("#", plain))
        if found is None:
            return None
        return found, _DIGITS.findall(plain) if "#" in found.place else []

    def columns(
        self, headings: Sequence[str], file: str, sheet: str
    ) -> tuple[list[Column], list[Problem]]:
        """The columns of a row of headings, and what is wrong with it; `#…` is a remark."""
        read: list[Column] = []
        problems = []
        places: dict[Any, str] = {}
        for index, heading in enumerate(headings):
            if not heading or heading.startswith("#"):
                continue
            found = self.field(heading)
            if found is None:
                problems.append(self._unknown(heading, file, sheet))
                continue
            column = Column(index, heading, found[0], _placed(*found))
            key = (column.place, found[0].form if not column.place else "")
            if key in places:
                detail = f"`{places[key]}` and `{heading}` are the same column"
                problems.append(Problem("two-columns", "", detail + _in(sheet), file=file))
            places[key] = heading
            read.append(column)
        return read, problems + self._missing(read, file, sheet)

    def _unknown(self, heading: str, file: str, sheet: str) -> Problem:
        names = (field.written.replace("#", "1") for field in self.known.values())
        hint = near(heading, names) or "begin the heading with `#` where it is not to be read"
        detail = f"`{heading}` is no column of such a table"
        return Problem("unknown-column", "", detail + _in(sheet), hint, file)

    def _missing(self, read: Iterable[Column], file: str, sheet: str) -> list[Problem]:
        forms = {column.field.form for column in read}
        due = {"": [], "attestations": ["applicant", "kind", "holds"]}.get(self.of, ["applicant"])
        due = due + (["of"] if COLLECTIONS.get(self.of) and COLLECTIONS[self.of].parent else [])
        names = {field.form: field.written for field in self.known.values()}
        missing = [names[form] for form in due if form not in forms]
        if not self.of and not any(column.place == ("id",) for column in read):
            missing.append("id")
        return [
            Problem("missing", "", f"the column `{name}` is missing" + _in(sheet), file=file)
            for name in missing
        ]


_DIGITS = re.compile(r"\d+")


def _in(sheet: str) -> str:
    return f" in `{sheet}`" if sheet else ""


def _placed(field: Field, numbers: list[str]) -> tuple[Step, ...]:
    left = iter(numbers)
    return tuple((str(int(next(left))),) if step == "#" else step for step in field.place)
