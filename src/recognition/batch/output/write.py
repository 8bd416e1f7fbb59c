"""Decisions into the file that was asked for, written aside and renamed when it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from recognition.batch.output import workbook

Tables = Iterable[pa.Table]
Kept = Callable[[Tables, Path, pa.Schema], None]
"""How tables are kept in a file of a part."""
SOME = 1024
"""Rows that are written as text at once."""


@dataclass(frozen=True)
class Form:
    """A form of output: how a part of it is kept, and parts put together."""

    kept: Kept
    joined: Callable[[Iterable[Path], Path, pa.Schema], None]


def write(parts: Iterable[Path], path: Path, schema: pa.Schema) -> None:
    """Put parts together as the ending of a path says; they may still be made while they are."""
    with _aside(path) as aside:
        FORMS[path.suffix].joined(parts, aside, schema)


def write_bytes(pieces: Iterable[bytes], path: Path) -> None:
    with _aside(path) as aside, aside.open("wb") as file:
        file.writelines(pieces)


@contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """A file beside another, which takes its place once it is whole."""
    aside = path.with_name(path.name + ".new")
    try:
        yield aside
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def kept(tables: Tables, path: Path, schema: pa.Schema) -> None:
    """Tables as they lie in memory, packed a little."""
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, schema, options=options) as to:
        for table in tables:
            to.write_table(table.combine_chunks())


def tables(path: Path) -> Iterator[pa.Table]:
    """What `kept` kept."""
    with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as read:
        yield read.schema.empty_table()
        for batch in read:
            yield pa.Table.from_batches([batch])


def _parquet(parts: Iterable[Path], path: Path, schema: pa.Schema) -> None:
    coded = [field.name for field in schema if field.name != "profile"]
    with pq.ParquetWriter(
        path, schema, compression="zstd", use_dictionary=coded, write_statistics=["profile"]
    ) as writer:
        for part in parts:
            for table in tables(part):
                writer.write_table(table)


def _ndjson(tables: Tables, path: Path, schema: pa.Schema) -> None:
    with path.open("wb") as file:
        for table in tables:
            for some in table.to_batches(SOME):
                file.writelines(orjson.dumps(row) + b"\n" for row in some.to_pylist())


def _csv(tables: Tables, path: Path, schema: pa.Schema) -> None:
    flat, headless = _flat(schema), pa.csv.WriteOptions(include_header=False)
    with path.open("wb") as file, pa.csv.CSVWriter(file, flat, write_options=headless) as writer:
        for table in filter(len, tables):  # of an empty one the writer makes a broken line
            writer.write_table(_flattened(table.combine_chunks(), flat))


def _headed(parts: Iterable[Path], path: Path, schema: pa.Schema) -> None:
    head = pa.BufferOutputStream()
    pa.csv.write_csv(_flat(schema).empty_table(), head)
    _one_after_another(parts, path, schema, head.getvalue())


def _one_after_another(
    parts: Iterable[Path], path: Path, schema: pa.Schema, head: bytes = b""
) -> None:
    with path.open("wb") as file:
        file.write(head)
        for part in parts:
            with part.open("rb") as read:
                shutil.copyfileobj(read, file)


def _xlsx(parts: Iterable[Path], path: Path, schema: pa.Schema) -> None:
    flat = _flat(schema)
    rows = (_flattened(table, flat) for part in parts for table in tables(part))
    workbook.write(rows, path, flat.names)


FORMS: Mapping[str, Form] = {
    ".parquet": Form(kept, _parquet),
    ".csv": Form(_csv, _headed),
    ".ndjson": Form(_ndjson, _one_after_another),
    ".jsonl": Form(_ndjson, _one_after_another),
    ".xlsx": Form(kept, _xlsx),
}


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
    return pc.binary_join(column.cast(pa.list_(pa.string())), " ")


def _paired(findings: Any) -> Any:
    """Findings as `criterion=status`."""
    told = findings.flatten()
    names, statuses = (told.field(name).cast(pa.string()) for name in ("criterion", "status"))
    pairs = pc.binary_join_element_wise(names, statuses, "=")
    lengths = pc.list_value_length(findings).to_numpy()
    ends = pa.array([0, *lengths.cumsum().tolist()], pa.int32())
    return pa.ListArray.from_arrays(ends, pairs)
