"""A chunk decided, whatever it was read from; rejects of rows are told by sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa

from recognition.batch.chunk import Cell, Chunk, Origin
from recognition.batch.rejects import reject
from recognition.batch.work import Outcome, Telling, Work
from recognition.plan.plan import Plan
from recognition.standard.library import Library


def decide_chunk(
    chunk: Chunk, plan: Plan, library: Library, as_of: int, telling: Telling
) -> Outcome:
    """The outcome of a chunk."""
    work = Work(plan, library, as_of, telling)
    return work.joined(list(outcomes(chunk, work)))


def outcomes(chunk: Chunk, work: Work) -> Iterator[Outcome]:
    """The outcomes of a chunk's profiles, some at once, in order."""
    if chunk.table is not None:
        yield from work.tables(chunk.table(work.size), chunk.file, chunk.line)
    elif not chunk.origins:
        yield work.lines(chunk.lines, chunk.file, chunk.line)
    else:
        yield _placed(work.lines(chunk.lines, chunk.file, 0), chunk)


def place(chunk: Chunk) -> dict[str, str]:
    """Where a chunk's profiles were read: the file, and its sheet."""
    sheet = chunk.origins[0].sheet if chunk.origins else ""
    return {"file": chunk.file, **({"sheet": sheet} if sheet else {})}


def _placed(outcome: Outcome, chunk: Chunk) -> Outcome:
    """An outcome whose lines were counted from 0, told by the rows they were made of."""
    refused = _refused(chunk)
    rejects = sorted([*outcome.rejects, *refused], key=lambda one: int(one["line"]))
    lines = [chunk.origins[at].line for at in outcome.ids["line"].to_pylist()]
    summary = replace(outcome.summary, read=outcome.read + len(refused), rejected=len(rejects))
    return replace(
        outcome,
        rejects=tuple(_in_row(one, chunk.origins[one["line"]]) for one in rejects),
        warnings=tuple(_in_row(one, chunk.origins[one["line"]]) for one in outcome.warnings),
        summary=summary,
        ids=outcome.ids.set_column(1, "line", pa.array(lines, pa.int64())),
    )


def _refused(chunk: Chunk) -> list[dict[str, Any]]:
    """The rows that were refused before they were examined."""
    return [
        reject(chunk.file, at, origin.row, origin.problems)
        for at, origin in enumerate(chunk.origins)
        if origin.problems
    ]


def _in_row(told: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    """A reject, or warnings, with the row, and the cell of each problem that has one."""
    where = {"sheet": origin.sheet} if origin.sheet else {}
    problems = [_in_cell(problem, origin) for problem in told["problems"]]
    row = {key: value for key, value in told.items() if key not in ("file", "line")}
    return {"file": told["file"], **where, "line": origin.line, **row, "problems": problems}


def _in_cell(problem: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    cell = _cell(problem["pointer"], origin.cells)
    if cell is None:
        return dict(problem)
    there = (cell.sheet, cell.row) == (origin.sheet, origin.line)
    return {
        **problem,
        **({} if there else {"sheet": cell.sheet, "line": cell.row}),
        **({"column": cell.column} if cell.column else {}),
    }


def _cell(pointer: str, cells: Mapping[str, Cell]) -> Cell | None:
    """The cell of a value, of the list it is in, or one of the element's own."""
    if not pointer:
        return None
    if pointer in cells:
        return cells[pointer]
    inside = next((cell for at, cell in cells.items() if at.startswith(pointer + "/")), None)
    if inside is not None:
        return inside._replace(column="")
    return _cell(pointer.rpartition("/")[0], cells)
