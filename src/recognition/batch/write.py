"""Decisions into the file that was asked for, written aside and renamed when it is whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from recognition.batch.work import DECISIONS


def write(tables: Iterable[pa.Table], path: Path) -> None:
    """Write tables of decisions by the ending of the path."""
    writers: dict[str, Callable[[Iterable[pa.Table], Path], None]] = {
        ".parquet": _parquet,
        ".csv": _csv,
        ".ndjson": _ndjson,
        ".jsonl": _ndjson,
    }
    aside = path.with_name(path.name + ".new")
    writers[path.suffix](tables, aside)
    os.replace(aside, path)


def write_bytes(pieces: Iterable[bytes], path: Path) -> None:
    aside = path.with_name(path.name + ".new")
    with aside.open("wb") as file:
        file.writelines(pieces)
    os.replace(aside, path)


def _parquet(tables: Iterable[pa.Table], path: Path) -> None:
    with pq.ParquetWriter(path, DECISIONS, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table)


def _ndjson(tables: Iterable[pa.Table], path: Path) -> None:
    with path.open("wb") as file:
        for table in tables:
            file.writelines(orjson.dumps(row) + b"\n" for row in table.to_pylist())


def _csv(tables: Iterable[pa.Table], path: Path) -> None:
    """Lists are joined by a space: criterion ids hold none."""
    flat = pa.schema([(field.name, pa.string()) for field in DECISIONS])
    with pa.csv.CSVWriter(path, flat) as writer:
        for table in tables:
            columns = [_flat(table[field.name], field.type) for field in DECISIONS]
            writer.write_table(pa.table(columns, schema=flat))


def _flat(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if pa.types.is_list(kind):
        return pa.compute.binary_join(column, " ")
    return column.cast(pa.string())
