"""Decisions into the file that was asked for, written aside and renamed when it is whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from recognition.batch import sheets

Tables = Iterable[pa.Table]


def write(tables: Tables, path: Path, schema: pa.Schema) -> None:
    """Write tables of a schema by the ending of the path."""
    writers: dict[str, Callable[[Tables, Path, pa.Schema], None]] = {
        ".parquet": _parquet,
        ".csv": _csv,
        ".ndjson": _ndjson,
        ".jsonl": _ndjson,
        ".xlsx": _xlsx,
    }
    aside = path.with_name(path.name + ".new")
    writers[path.suffix](tables, aside, schema)
    os.replace(aside, path)


def write_bytes(pieces: Iterable[bytes], path: Path) -> None:
    aside = path.with_name(path.name + ".new")
    with aside.open("wb") as file:
        file.writelines(pieces)
    os.replace(aside, path)


def _parquet(tables: Tables, path: Path, schema: pa.Schema) -> None:
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table)


def _ndjson(tables: Tables, path: Path, schema: pa.Schema) -> None:
    with path.open("wb") as file:
        for table in tables:
            file.writelines(orjson.dumps(row) + b"\n" for row in table.to_pylist())


def _csv(tables: Tables, path: Path, schema: pa.Schema) -> None:
    flat = _flat(schema)
    with pa.csv.CSVWriter(path, flat) as writer:
        for table in tables:
            writer.write_table(_flattened(table, flat))


def _xlsx(tables: Tables, path: Path, schema: pa.Schema) -> None:
    flat = _flat(schema)
    sheets.write((_flattened(table, flat) for table in tables), path, flat.names)


# --- flat columns: lists are joined by a space, for criterion ids hold none


def _flat(schema: pa.Schema) -> pa.Schema:
    return pa.schema([(field.name, pa.string()) for field in schema])


def _flattened(table: pa.Table, flat: pa.Schema) -> pa.Table:
    return pa.table([_text(table[name]) for name in flat.names], schema=flat)


def _text(column: Any) -> Any:
    if not pa.types.is_list(column.type):
        return column.cast(pa.string())
    if pa.types.is_struct(column.type.value_type):
        column = _paired(column.combine_chunks())
    return pc.binary_join(column, " ")


def _paired(findings: Any) -> Any:
    """Findings as `criterion=status`."""
    told = findings.flatten()
    pairs = pc.binary_join_element_wise(told.field("criterion"), told.field("status"), "=")
    lengths = pc.list_value_length(findings).to_numpy()
    ends = pa.array([0, *lengths.cumsum().tolist()], pa.int32())
    return pa.ListArray.from_arrays(ends, pairs)
