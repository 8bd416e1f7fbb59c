"""Rows gathered into profiles: applicants in order, each with its rows of other tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from recognition.batch.chunk import Cell, Chunk, Origin
from recognition.batch.input.table import cells
from recognition.batch.input.table.assembly import Filled, Growth
from recognition.batch.input.table.columns import Column, Step
from recognition.batch.input.table.sheets import Table
from recognition.problems import Problem
from recognition.profile import written
from recognition.profile.model import Code
from recognition.profile.remarks import shown
from recognition.profile.schema import COLLECTIONS
from recognition.profile.vocabulary import Vocabularies


@dataclass(frozen=True)
class Gathering:
    """The tables of one input, ready to be read."""

    path: Path
    tables: Mapping[str, Table]
    vocabularies: Vocabularies

    def chunks(self, size: int) -> Iterator[Chunk]:
        """Profiles as lines of JSON, each with the row it was made of."""
        lines: list[bytes] = []
        origins: list[Origin] = []
        held = upto = 0
        for read, line, origin in self._profiles():
            lines.append(line)
            origins.append(origin)
            held, upto = held + len(line) + len(origin.row), read
            if held >= size:
                yield Chunk(0, str(self.path), 1, tuple(lines), upto, tuple(origins))
                lines, origins, held = [], [], 0
        if lines:
            yield Chunk(0, str(self.path), 1, tuple(lines), upto, tuple(origins))

    def _profiles(self) -> Iterator[tuple[int, bytes, Origin]]:
        """Each applicant, then the rows that belong to none."""
        applicants = self.tables[""]
        others = {of: self._by_applicant(table) for of, table in self.tables.items() if of}
        id_at = next(c.index for c in applicants.columns if c.place == ("id",))
        met: dict[str, int] = {}
        upto = 0
        for number, upto, row in applicants.filled():
            growth, id = Growth(), _id(_at(row, id_at))
            self._fill(growth, applicants, (), number, row)
            if others and id in met:
                growth.problems.append(_again(id, met[id]))
            elif others:
                met[id] = number
                self._join(growth, {of: rows.pop(id, []) for of, rows in others.items()})
            yield upto, *_line(growth, applicants.sheet.name, number)
        for of, rows in others.items():
            for id, left in rows.items():
                for number, row in left:
                    yield upto, b"", self._stray(self.tables[of], id, number, row)

    def _by_applicant(self, table: Table) -> dict[str, list[tuple[int, Sequence[Any]]]]:
        rows: dict[str, list[tuple[int, Sequence[Any]]]] = {}
        link = table.link("applicant")
        for number, _, row in table.filled():
            rows.setdefault(_id(_at(row, link)), []).append((number, row))
        return rows

    def _join(
        self, growth: Growth, rows: Mapping[str, Sequence[tuple[int, Sequence[Any]]]]
    ) -> None:
        """Put the rows of other tables into their lists, parents before children."""
        for of in sorted(rows, key=lambda of: of.count(".")):
            table, counted = self.tables[of], 0
            for number, row in rows[of]:
                counted += 1
                if of == "attestations":
                    self._attest(growth, table, number, row)
                    continue
                place = self._element(growth, table, number, row, counted)
                if place is not None:
                    self._fill(growth, table, place, number, row)

    def _element(
        self, growth: Growth, table: Table, number: int, row: Sequence[Any], counted: int
    ) -> tuple[Step, ...] | None:
        """The place of a row's element; none where the element it belongs to is not there."""
        of, told = table.scheme.of, table.link("number")
        name = cells.text(_at(row, told)) or str(counted)
        place: tuple[Step, ...] = (*steps(of), (name if told is not None else str(number),))
        link = table.link("of")
        if link is not None:
            around = self._around(growth, of, cells.text(_at(row, link)))
            if not growth.has(around):
                growth.problems.append(_no_parent(table, number, _at(row, link)))
                return None
            place = (*around, *place)
        if told is not None and growth.has(place):
            detail = f"`{name}` is the number of two rows" + _where(table, number)
            growth.problems.append(Problem("duplicate-key", "", detail, "number them apart"))
            return None
        return place

    def _around(self, growth: Growth, of: str, name: str) -> tuple[Step, ...]:
        """The element that a row names; the only one there is where it names none."""
        listed = steps(COLLECTIONS[of].parent)
        names = list(growth.at(listed) or ())
        return (*listed, (name,)) if name or len(names) != 1 else (*listed, names[0])

    def _fill(
        self, growth: Growth, table: Table, base: tuple[Step, ...], number: int, row: Sequence[Any]
    ) -> None:
        """Put a row's cells into their places; blank ones are unknown and left out."""
        growth.problems += _unheaded(table, number, row)
        blank = []
        for column in table.columns:
            cell, place = _at(row, column.index), (*base, *column.place)
            if not column.place:
                growth.problems += _unread_link(table, number, cell)
                continue
            if cells.text(cell):
                stood = Cell(table.sheet.name, number, column.heading)
                growth.put(place, Filled(self._value(column, cell), stood))
            else:
                blank.append((column, place))
        growth.open(base)
        for column, place in blank:
            self._unknown(growth, column, place, Cell(table.sheet.name, number, column.heading))

    def _unknown(self, growth: Growth, column: Column, place: tuple[Step, ...], cell: Cell) -> None:
        """A blank cell is left out, but where a key left out would stand for another field."""
        mark = column.field.mark
        if isinstance(mark, Code) and mark.otherwise and growth.has((*place[:-1], mark.otherwise)):
            growth.put(place, Filled(None, cell))

    def _value(self, column: Column, cell: Any) -> Any:
        mark = column.field.mark
        if (wrong := cells.unread(cell, mark)) is not None:
            return wrong
        if column.field.form == "codes" and isinstance(mark, Code):
            return written.codes(cells.text(cell), mark, self.vocabularies)
        if column.field.form == "none":
            said = cells.text(cell)
            return [] if written.plain(said).lower() in written.NONE else said
        return cells.value(cell, mark, self.vocabularies)

    def _attest(self, growth: Growth, table: Table, number: int, row: Sequence[Any]) -> None:
        of = {column.field.form: column for column in table.columns}
        kind, holds = (_at(row, of[form].index) for form in ("kind", "holds"))
        if wrong := list(_unread_link(table, number, kind)):
            growth.problems += wrong
            return
        name = written.code(cells.text(kind), Code("attestations"), self.vocabularies)
        if cells.text(holds):
            cell = Cell(table.sheet.name, number, of["holds"].heading)
            growth.put(("attestations", name), Filled(self._value(of["holds"], holds), cell))

    def _stray(self, table: Table, id: str, number: int, row: Sequence[Any]) -> Origin:
        """A row that belongs to no applicant: refused by itself."""
        said = f"{shown(id)} is the id of no applicant" if id else "the applicant is missing"
        problem = Problem("no-such-applicant", "", said, "name an id of the table of applicants")
        wrong = next(_unread_link(table, number, _at(row, table.link("applicant"))), problem)
        told = {c.heading: cells.text(_at(row, c.index)) for c in table.columns}
        return Origin(table.sheet.name, number, {}, (wrong,), orjson.dumps(told))


def _at(row: Sequence[Any], index: int | None) -> Any:
    return row[index] if index is not None and index < len(row) else None


def _unread_link(table: Table, number: int, cell: Any) -> Iterator[Problem]:
    """What is wrong with a cell that is to say which row belongs to which."""
    if (wrong := cells.unread(cell, None)) is not None:
        yield Problem(wrong.code, "", wrong.detail + _where(table, number), wrong.hint)


def _id(cell: Any) -> str:
    """An id by which rows belong together; none where a workbook changed what it was."""
    return "" if cells.unread(cell, None) else cells.text(cell)


def _unheaded(table: Table, number: int, row: Sequence[Any]) -> Iterator[Problem]:
    """Cells that stand under no heading."""
    headings = table.sheet.headings
    for i in [i for i in table.unheaded if i < len(row)] + list(range(len(headings), len(row))):
        if said := cells.text(row[i]):
            detail = f"{shown(said)} stands under no heading" + _where(table, number)
            yield Problem("no-heading", "", detail, "give it a heading")


def _line(growth: Growth, sheet: str, number: int) -> tuple[bytes, Origin]:
    """A profile's line and origin; a profile with problems of its own is refused unexamined."""
    found: dict[str, Cell] = {}
    line = orjson.dumps(growth.document(found))
    if growth.problems:
        return b"", Origin(sheet, number, found, tuple(growth.problems), line)
    return line, Origin(sheet, number, found)


def _where(table: Table, number: int) -> str:
    return f" in `{table.sheet.name}`, row {number}" if table.sheet.name else ""


def _again(id: str, before: int) -> Problem:
    detail = f"{shown(id)} is the id of row {before} already"
    hint = "give each applicant an id of their own, for the other tables name them by it"
    return Problem("duplicate-id", "/id", detail, hint)


def _no_parent(table: Table, number: int, said: Any) -> Problem:
    name = table.scheme.known[_of_name(table)].written
    detail = f"there is no {name} {shown(cells.text(said) or '1')}" + _where(table, number)
    hint = f"number the rows of `{COLLECTIONS[table.scheme.of].parent}`"
    return Problem(f"no-such-{name}", "", detail, hint)


def _of_name(table: Table) -> str:
    return next(name for name, field in table.scheme.known.items() if field.form == "of")


def steps(of: str) -> tuple[str, ...]:
    """The keys that lead to a table's list in its parent's element."""
    return COLLECTIONS[of].steps if of in COLLECTIONS else (of,)
