"""Rows of tables gathered into profiles: applicants in order, each with its rows of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from recognition.batch import cells
from recognition.batch.chunk import Cell, Chunk, Origin, Source
from recognition.batch.scheme import Column, Scheme, Schemes, Step
from recognition.problems import Problem, Refused
from recognition.profile import Code
from recognition.remarks import near, pointer, shown
from recognition.shape import COLLECTIONS
from recognition.vocabulary import Vocabularies

Row = tuple[int, int, Sequence[Any]]
"""A row's number from 1, the bytes read up to it, its cells."""


@dataclass(frozen=True)
class Sheet:
    """A table that was opened; `name` is told beside its rows, and empty for a file of its own."""

    name: str
    called: str
    headings: Sequence[str]
    rows: Callable[[], Iterator[Row]]


@dataclass(frozen=True)
class Table:
    """A sheet whose columns are known."""

    sheet: Sheet
    scheme: Scheme
    columns: Sequence[Column]

    def link(self, form: str) -> int | None:
        """Where a column stands that is no field."""
        return next((c.index for c in self.columns if c.field.form == form), None)

    def filled(self) -> Iterator[Row]:
        """The rows in which there is anything."""
        for row in self.sheet.rows():
            if any(cells.text(cell) for cell in row[2]):
                yield row


def source(path: Path, size: int, sheets: Sequence[Sheet], schemes: Schemes) -> Source:
    """The input that some sheets make; raises Refused with all that is wrong with their columns."""
    tables, problems = _tables(path, sheets, schemes)
    if "" not in tables and not problems:
        detail = "no table of applicants is among " + ", ".join(f"`{s.called}`" for s in sheets)
        problems.append(Problem("missing", "", detail, "call it `applicants`", str(path)))
    problems += _twofold(path, tables)
    if problems:
        raise Refused(problems)
    return Source(path, size, Gathering(path, tables, schemes.vocabularies).chunks)


def _tables(
    path: Path, sheets: Sequence[Sheet], schemes: Schemes
) -> tuple[dict[str, Table], list[Problem]]:
    tables: dict[str, Table] = {}
    problems = []
    for sheet in sheets:
        scheme = schemes.named(sheet.called) if len(sheets) > 1 else schemes.schemes[""]
        if scheme is None:
            hint = near(sheet.called, schemes.names()) or "one of " + ", ".join(schemes.names())
            detail = f"`{sheet.called}` is the name of no table here"
            problems.append(Problem("unknown-table", "", detail, hint, str(path)))
            continue
        if scheme.of in tables:
            detail = f"`{sheet.called}` and `{tables[scheme.of].sheet.called}` are the same table"
            problems.append(Problem("two-tables", "", detail, file=str(path)))
        columns, wrong = scheme.columns(sheet.headings, str(path), sheet.name)
        tables[scheme.of] = Table(sheet, scheme, columns)
        problems += wrong
    return tables, problems


def _twofold(path: Path, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Lists that stand in numbered columns and in a table of their own: which rows are the same?"""
    for of in tables:
        if not of:
            continue
        around = COLLECTIONS[of].parent if of in COLLECTIONS else ""
        name = _steps(of)[-1]
        for column in tables[around].columns if around in tables else ():
            if name in column.place[:-1]:
                detail = f"`{column.heading}` stands beside the table `{tables[of].sheet.called}`"
                hint = "give the list in columns, or in a table of its own"
                yield Problem("two-forms", "", detail, hint, str(path))
                break


def _steps(of: str) -> tuple[str, ...]:
    return COLLECTIONS[of].steps if of in COLLECTIONS else (of,)


# --- a profile as it grows


@dataclass(frozen=True)
class Leaf:
    """A value and the cell it stood in."""

    value: Any
    cell: Cell


@dataclass
class Growth:
    """What the rows of one applicant say: objects by key, lists by what tells elements apart."""

    tree: dict[Step, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, place: tuple[Step, ...], leaf: Leaf) -> None:
        """Set a value; one that stands there already, or a list said to be empty, is a problem."""
        at = self.tree
        for step in place[:-1]:
            within = at.setdefault(step, {})
            if isinstance(within, Leaf):
                return self._twice(within, leaf)
            at = within
        if place[-1] in at:
            return self._twice(at[place[-1]], leaf)
        at[place[-1]] = leaf

    def open(self, place: tuple[Step, ...]) -> None:
        """Make an object stand at a place, with nothing in it yet."""
        at: Any = self.tree
        for step in place:
            at = at.setdefault(step, {}) if isinstance(at, dict) else at

    def at(self, place: tuple[Step, ...]) -> Any:
        """What stands at a place; None where there is nothing."""
        at: Any = self.tree
        for step in place:
            at = at.get(step) if isinstance(at, dict) else None
        return at

    def has(self, place: tuple[Step, ...]) -> bool:
        return self.at(place) is not None

    def _twice(self, before: Any, leaf: Leaf) -> None:
        first = before.cell if isinstance(before, Leaf) else None
        beside = f" beside `{first.column}` of row {first.row}" if first else ""
        detail = f"`{leaf.cell.column}` of row {leaf.cell.row} says another thing{beside}"
        self.problems.append(
            Problem("two-forms", "", detail, "say it once; a list with rows is not `none`")
        )

    def document(self, found: dict[str, Cell]) -> Any:
        """The profile; cells are noted by the pointers of their values."""
        return _written(self.tree, (), found)


def _written(held: Any, place: tuple[str | int, ...], found: dict[str, Cell]) -> Any:
    if isinstance(held, Leaf):
        found[pointer(place)] = held.cell
        return held.value
    if any(isinstance(step, tuple) for step in held):
        return [_written(part, (*place, i), found) for i, part in enumerate(held.values())]
    return {step: _written(part, (*place, step), found) for step, part in held.items()}


# --- gathering


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
            growth, id = Growth(), cells.text(_at(row, id_at))
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
            rows.setdefault(cells.text(_at(row, link)), []).append((number, row))
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
        place: tuple[Step, ...] = (*_steps(of), (name if told is not None else str(number),))
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
        listed = _steps(COLLECTIONS[of].parent)
        names = list(growth.at(listed) or ())
        return (*listed, (name,)) if name or len(names) != 1 else (*listed, names[0])

    def _fill(
        self, growth: Growth, table: Table, base: tuple[Step, ...], number: int, row: Sequence[Any]
    ) -> None:
        """Put a row's cells into their places; blank ones are unknown and left out."""
        for i in range(len(row)):
            if cells.text(row[i]) and not _headed(table, i):
                detail = f"{shown(cells.text(row[i]))} stands under no heading"
                growth.problems.append(
                    Problem("no-heading", "", detail + _where(table, number), "give it a heading")
                )
        blank = []
        for column in table.columns:
            cell, place = _at(row, column.index), (*base, *column.place)
            if not column.place:
                continue
            if cells.text(cell):
                stood = Cell(table.sheet.name, number, column.heading)
                growth.put(place, Leaf(self._value(column, cell), stood))
            else:
                blank.append((column, place))
        growth.open(base)
        for column, place in blank:
            self._unknown(growth, column, place, Cell(table.sheet.name, number, column.heading))

    def _unknown(self, growth: Growth, column: Column, place: tuple[Step, ...], cell: Cell) -> None:
        """A blank cell is left out, but where a key left out would stand for another field."""
        mark = column.field.mark
        if isinstance(mark, Code) and mark.otherwise and growth.has((*place[:-1], mark.otherwise)):
            growth.put(place, Leaf(None, cell))

    def _value(self, column: Column, cell: Any) -> Any:
        mark = column.field.mark
        if column.field.form == "codes" and isinstance(mark, Code):
            return cells.listed(cell, mark, self.vocabularies)
        if column.field.form == "none":
            return [] if cells.text(cell).lower() in cells.NONE else cells.text(cell)
        return cells.value(cell, mark, self.vocabularies)

    def _attest(self, growth: Growth, table: Table, number: int, row: Sequence[Any]) -> None:
        of = {column.field.form: column for column in table.columns}
        kind, holds = (_at(row, of[form].index) for form in ("kind", "holds"))
        name = cells.code(cells.text(kind), Code("attestations"), self.vocabularies)
        if cells.text(holds):
            cell = Cell(table.sheet.name, number, of["holds"].heading)
            growth.put(("attestations", name), Leaf(self._value(of["holds"], holds), cell))

    def _stray(self, table: Table, id: str, number: int, row: Sequence[Any]) -> Origin:
        """A row that belongs to no applicant: refused by itself."""
        said = f"{shown(id)} is the id of no applicant" if id else "the applicant is missing"
        problem = Problem("no-such-applicant", "", said, "name an id of the table of applicants")
        told = {c.heading: cells.text(_at(row, c.index)) for c in table.columns}
        return Origin(table.sheet.name, number, {}, (problem,), orjson.dumps(told))


def _at(row: Sequence[Any], index: int | None) -> Any:
    return row[index] if index is not None and index < len(row) else None


def _headed(table: Table, index: int) -> bool:
    return index < len(table.sheet.headings) and bool(table.sheet.headings[index])


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
