"""What is told of profiles beside decisions: why one is turned away, what was not understood."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
import pyarrow as pa

from recognition.problems import Problem


def reject(file: str, number: int, line: bytes, problems: Sequence[Problem]) -> dict[str, Any]:
    """A row of the rejects file: where it stood, everything wrong with it, and the row itself."""
    return {
        **remarks(file, number, problems),
        "row": line.decode("utf-8", "replace").rstrip("\r"),
    }


MOST = 100
"""So many warnings are told of a profile."""


def remarks(file: str, number: int, problems: Sequence[Problem]) -> dict[str, Any]:
    """Where a profile stood, and what there is to say of it."""
    told = [
        {"pointer": p.pointer, "code": p.code, "detail": p.detail, "hint": p.hint} for p in problems
    ]
    return {"file": file, "line": number, "problems": told}


def encoded_warnings(warnings: Sequence[dict[str, Any]]) -> bytes:
    """The warnings on some profiles, one a line, each with its place; the first of many only."""
    rows = (
        {**{key: value for key, value in told.items() if key != "problems"}, **warning}
        for told in warnings
        for warning in told["problems"][:MOST]
    )
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


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
