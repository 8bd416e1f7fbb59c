"""One chunk decided: lines in, tables out. The same function on one core, many, or a cluster."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from recognition import dates
from recognition.bounds import Array
from recognition.decide import MET, UNKNOWN, UNMET, VERDICTS, Decided, Findings, Plan, decide
from recognition.examine import examine, normalised
from recognition.facts import Facts, valid
from recognition.problems import Problem, Refused
from recognition.records import Record, reader
from recognition.standard.library import Library

ROWS = 2000
"""Profiles worked on at once: few enough for their records to stay near the processor."""

DECISIONS = pa.schema(
    [
        ("profile", pa.string()),
        ("as_of", pa.string()),
        ("standard", pa.dictionary(pa.int32(), pa.string())),
        ("version", pa.dictionary(pa.int32(), pa.string())),
        ("host", pa.dictionary(pa.int32(), pa.string())),
        ("verdict", pa.dictionary(pa.int32(), pa.string())),
        ("unmet", pa.list_(pa.string())),
        ("unknown", pa.list_(pa.string())),
    ]
)
"""One row a decision: criteria that are unmet, and those that are open, by their ids in order."""


@dataclass(frozen=True)
class Outcome:
    """A chunk's decisions and rejects; read = decided + rejected, blank lines are not counted."""

    decisions: pa.Table
    rejects: tuple[dict[str, Any], ...]
    read: int
    decided: int


def decide_lines(
    lines: Sequence[bytes], file: str, first: int, plan: Plan, library: Library, as_of: int
) -> Outcome:
    """Decide the profiles of some lines; what cannot be read is told line by line."""
    numbered = [(first + i, line) for i, line in enumerate(lines) if line and not line.isspace()]
    tables, rejects, decided = [], [], 0
    gc_was_on = gc.isenabled()
    gc.disable()  # records hold no cycles; looking for some would take half the time
    try:
        for start in range(0, len(numbered), ROWS):
            table, refused, count = _some(
                numbered[start : start + ROWS], file, plan, library, as_of
            )
            tables.append(table)
            rejects += refused
            decided += count
    finally:
        if gc_was_on:
            gc.enable()
    whole = pa.concat_tables([DECISIONS.empty_table(), *tables])
    return Outcome(whole, tuple(rejects), len(numbered), decided)


def _some(
    numbered: Sequence[tuple[int, bytes]], file: str, plan: Plan, library: Library, as_of: int
) -> tuple[pa.Table, list[dict[str, Any]], int]:
    records, rejects = read_records(numbered, file, library)
    facts = Facts.from_records(records, as_of, library.vocabularies)
    return decisions(plan, decide(plan, facts, library), facts.ids(), as_of), rejects, len(records)


def read_records(
    numbered: Sequence[tuple[int, bytes]], file: str, library: Library
) -> tuple[list[Record], list[dict[str, Any]]]:
    """Records of the lines that hold a profile, in order, and a reject for each that does not.

    The fast reader takes what is plainly right; the exact one says what is wrong with the rest.
    """
    fast = reader(library.vocabularies)
    records = fast.decode_all([line for _, line in numbered])
    whole = [i for i, record in enumerate(records) if record is not None]
    fits = valid(Facts.from_records([records[i] for i in whole], 0, library.vocabularies))
    for i in np.array(whole, int)[~fits]:
        records[i] = None
    rejects = []
    for i, (number, line) in enumerate(numbered):
        if records[i] is None:
            try:
                records[i] = fast.convert(normalised(examine(line, library.vocabularies)))
            except Refused as refused:
                rejects.append(reject(file, number, line, refused.problems))
    return [record for record in records if record is not None], rejects


def reject(file: str, number: int, line: bytes, problems: Sequence[Problem]) -> dict[str, Any]:
    """A row of the rejects file: where it stood, everything wrong with it, and the row itself."""
    return {
        "file": file,
        "line": number,
        "problems": [
            {"pointer": p.pointer, "code": p.code, "detail": p.detail, "hint": p.hint}
            for p in problems
        ],
        "row": line.decode("utf-8", "replace").rstrip("\r"),
    }


# --- decisions as a table


def decisions(
    plan: Plan, decided: Sequence[Decided], ids: Sequence[str | None], as_of: int
) -> pa.Table:
    """One row a decision, a profile's decisions together, in the order of the plan's lines."""
    rows, lines = len(ids), len(decided)
    if not rows or not lines:
        return DECISIONS.empty_table()
    tables = pa.concat_tables([_line(line) for line in decided]).combine_chunks()
    order = np.arange(lines * rows).reshape(lines, rows).T.ravel()
    table = tables.take(pa.array(order)) if lines > 1 else tables
    names = pa.array(np.repeat(np.array(ids, object), lines), pa.string())
    day = pa.array([dates.iso(as_of)], pa.string()).take(pa.array(np.zeros(rows * lines, np.int32)))
    return pa.table([names, day, *table.columns], schema=DECISIONS)


def _line(decided: Decided) -> pa.Table:
    line, rows = decided.line, len(decided.verdict)
    unmet, unknown = _criteria(decided, UNMET), _criteria(decided, UNKNOWN)
    versions = [version.edition.version for version in line.versions]
    return pa.table(
        [
            _same(line.standard.id, rows),
            _coded(decided.chosen, versions),
            _same(line.host, rows),
            _coded(decided.verdict, VERDICTS),
            unmet,
            unknown,
        ],
        schema=pa.schema(list(DECISIONS)[2:]),
    )


def _same(text: str | None, rows: int) -> pa.Array:
    if text is None:
        return pa.nulls(rows, pa.dictionary(pa.int32(), pa.string()))
    return _coded(np.zeros(rows, np.int32), [text])


def _coded(codes: Array, texts: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32)), pa.array(texts, pa.string())
    )


def _criteria(decided: Decided, status: int) -> pa.Array:
    """For each row the ids of the criteria with a status, of the version that decides it.

    Rows with the same findings are many: each pattern is spelt once and then repeated.
    """
    codes = np.zeros(len(decided.verdict), np.int64)
    spelt: list[list[str]] = []
    for place, (version, found) in enumerate(
        zip(decided.line.versions, decided.findings, strict=True)
    ):
        names = [asked.criterion for asked in (version.in_force, *version.criteria)]
        patterns, of = _patterns(_flags(found, status))
        chosen = decided.chosen == place
        codes[chosen] = of[chosen] + len(spelt)
        spelt += [
            [name for name, has in zip(names, pattern, strict=True) if has] for pattern in patterns
        ]
    return pa.array(spelt, pa.list_(pa.string())).take(pa.array(codes))


def _flags(found: Findings, status: int) -> Array:
    """Which criteria have a status, in force first; where it is not in force, that alone is told."""
    told = (found.statuses == status) & (found.in_force != UNMET)
    return np.vstack([found.in_force == status, told])


def _patterns(flags: Array) -> tuple[Array, Array]:
    """The different columns of a table of flags (criteria, rows), and which one each row has."""
    weights = np.left_shift(np.int64(1), np.arange(len(flags), dtype=np.int64) % 62)
    keys = (
        (weights @ flags.astype(np.int64))
        if len(flags) <= 62
        else np.zeros(flags.shape[1], np.int64)
    )
    if len(flags) > 62:
        return np.unique(flags.T, axis=0, return_inverse=True)
    coded = pa.array(keys).dictionary_encode()
    patterns = (coded.dictionary.to_numpy()[:, None] & weights) != 0
    return patterns, coded.indices.to_numpy()


def encoded_rejects(rejects: Sequence[dict[str, Any]]) -> bytes:
    return b"".join(orjson.dumps(row) + b"\n" for row in rejects)


__all__ = ["DECISIONS", "MET", "Outcome", "decide_lines", "encoded_rejects", "read_records"]
