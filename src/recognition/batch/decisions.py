"""Decisions as a table: one row a decision, a profile's decisions together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from recognition import dates
from recognition.bounds import Array
from recognition.decide import STATUSES, UNKNOWN, UNMET, VERDICTS, Decided, Findings
from recognition.question import Plan

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
FINDING = pa.struct([("criterion", pa.string()), ("status", pa.string())])
FINDINGS = DECISIONS.append(pa.field("findings", pa.list_(FINDING)))
"""With every criterion and its status."""


def decisions(
    plan: Plan,
    decided: Sequence[Decided],
    ids: Sequence[str | None],
    as_of: int,
    findings: bool = False,
) -> pa.Table:
    """One row a decision, a profile's decisions together, in the order of the plan's lines."""
    rows, lines = len(ids), len(decided)
    schema = FINDINGS if findings else DECISIONS
    if not rows or not lines:
        return schema.empty_table()
    tables = pa.concat_tables([_line(line, findings) for line in decided]).combine_chunks()
    order = np.arange(lines * rows).reshape(lines, rows).T.ravel()
    table = tables.take(pa.array(order)) if lines > 1 else tables
    names = pa.array(np.repeat(np.array(ids, object), lines), pa.string())
    day = pa.array([dates.iso(as_of)], pa.string()).take(pa.array(np.zeros(rows * lines, np.int32)))
    return pa.table([names, day, *table.columns], schema=schema)


def _line(decided: Decided, findings: bool) -> pa.Table:
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
            *([_all(decided)] if findings else []),
        ],
        schema=pa.schema(list(FINDINGS if findings else DECISIONS)[2:]),
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


def _all(decided: Decided) -> pa.Array:
    """For each row every criterion of the version that decides it, with its status."""
    codes = np.zeros(len(decided.verdict), np.int64)
    spelt: list[list[dict[str, str]]] = []
    for place, (version, found) in enumerate(
        zip(decided.line.versions, decided.findings, strict=True)
    ):
        names = [asked.criterion for asked in (version.in_force, *version.criteria)]
        held = found.in_force != UNMET
        told = [found.in_force, *(np.where(held, one, _NOT_TOLD) for one in found.statuses)]
        patterns, of = np.unique(np.vstack(told).T, axis=0, return_inverse=True)
        chosen = decided.chosen == place
        codes[chosen] = of.ravel()[chosen] + len(spelt)
        spelt += [_pattern(names, pattern) for pattern in patterns]
    return pa.array(spelt, pa.list_(FINDING)).take(pa.array(codes))


_NOT_TOLD = len(STATUSES)


def _pattern(names: Sequence[str], pattern: Array) -> list[dict[str, str]]:
    return [
        {"criterion": name, "status": STATUSES[status]}
        for name, status in zip(names, pattern, strict=True)
        if status != _NOT_TOLD
    ]


def _flags(found: Findings, status: int) -> Array:
    """Which criteria have a status, in force first; where it is not, that alone is told."""
    held = found.in_force != UNMET
    told = [(one == status) & held for one in found.statuses]
    return np.vstack([found.in_force == status, *told])


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
