"""The tables of one input: which they are, and what is wrong with their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from recognition.batch.chunk import Source
from recognition.batch.input.table.gather import Gathering, steps
from recognition.batch.input.table.schema import Schemes
from recognition.batch.input.table.sheets import Table, TableSheet
from recognition.problems import Problem, Refused
from recognition.profile.remarks import near
from recognition.profile.schema import COLLECTIONS


def source(path: Path, size: int, sheets: Sequence[TableSheet], schemes: Schemes) -> Source:
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
    path: Path, sheets: Sequence[TableSheet], schemes: Schemes
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
        name = steps(of)[-1]
        for column in tables[around].columns if around in tables else ():
            if name in column.place[:-1]:
                detail = f"`{column.heading}` stands beside the table `{tables[of].sheet.called}`"
                hint = "give the list in columns, or in a table of its own"
                yield Problem("two-forms", "", detail, hint, str(path))
                break
