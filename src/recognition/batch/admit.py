"""Lines and rows let in as records; what cannot be read is turned away with reasons."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
from numpy.typing import NDArray

from recognition.batch.chunk import Lines
from recognition.facts.facts import Facts
from recognition.facts.scan.source import ScannedSource
from recognition.facts.valid import valid
from recognition.problems import Problem, Refused
from recognition.profile.records import reader
from recognition.profile.validate import examine, normalised
from recognition.profile.vocabulary import Vocabularies
from recognition.standard.library import Library

ENOUGH = 4 * 2**20
"""Bytes of a chunk from which on scanning pays, for it takes a moment to begin with."""


def plain(
    lines: Sequence[bytes], vocabularies: Vocabularies
) -> tuple[ScannedSource | None, NDArray[np.bool_]]:
    """Profiles of lines that could be scanned, if any; which lines these are, shape (lines,)."""
    several = Lines.of(lines)
    scan = _scanner(vocabularies) if several.size >= ENOUGH else None
    if scan is None:
        return None, np.zeros(len(lines), np.bool_)
    source, taken = scan(several.text)
    return source if source.rows else None, taken


@cache
def _scanner(vocabularies: Vocabularies) -> Any:
    """What scans lines; None where there is no numba, and all lines go the longer way.

    It is imported when it is first needed: deciding a few profiles should not wait for it.
    """
    try:
        return import_module("recognition.facts.scan.reading").Scanner(vocabularies)
    except ImportError:
        return None


def admitted(
    numbered: Sequence[tuple[int, bytes]], file: str, library: Library, as_of: int
) -> tuple[Facts, list[int], list[dict[str, Any]]]:
    """The lines that hold a profile as columns, with their numbers, and a reject for each other.

    The fast reader takes what is plainly right, and mostly that is all; the exact one says what is
    wrong with the rest.
    """
    fast, vocabularies = reader(library.vocabularies), library.vocabularies
    records = fast.decode_all([line for _, line in numbered])
    whole = [i for i, record in enumerate(records) if record is not None]
    facts = Facts.from_records([records[i] for i in whole], as_of, vocabularies)
    fits = valid(facts)
    if len(whole) == len(numbered) and fits.all():
        return facts, [number for number, _ in numbered], []
    for i in np.array(whole, int)[~fits]:
        records[i] = None
    rejects = []
    for i, (number, line) in enumerate(numbered):
        if records[i] is None:
            try:
                records[i] = fast.convert(normalised(examine(line, vocabularies)))
            except Refused as refused:
                rejects.append(reject(file, number, line, refused.problems))
    kept = [i for i, record in enumerate(records) if record is not None]
    facts = Facts.from_records([records[i] for i in kept], as_of, vocabularies)
    return facts, [numbered[i][0] for i in kept], rejects


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


def encoded_rejects(rejects: Sequence[dict[str, Any]]) -> bytes:
    return b"".join(orjson.dumps(row) + b"\n" for row in rejects)


def line(table: pa.Table) -> bytes:
    """A table's one row as a line of JSON; a key that a map says twice is written twice."""
    try:
        (row,) = table.to_pylist(maps_as_pydicts="strict")
    except KeyError:
        (row,) = table.to_pylist()
    return _json(row).encode("utf-8", "replace")


def _json(value: Any) -> str:
    match value:
        case dict():
            return _object(value.items())
        case [tuple(), *_]:
            return _object(value)
        case list():
            return f"[{', '.join(map(_json, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _object(pairs: Iterable[tuple[str, Any]]) -> str:
    return "{" + ", ".join(f"{json.dumps(key)}: {_json(value)}" for key, value in pairs) + "}"
