"""Parquet, its columns those of a profile: row groups read one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from recognition.batch.chunk import Chunk, Source
from recognition.batch.lines import broken
from recognition.problems import Problem, Refused
from recognition.records import arrow_schema
from recognition.remarks import near, shown

ROWS = 6000
"""Profiles of a chunk."""


def source(path: Path) -> Source:
    """A file whose columns are a profile's; raises Refused with those that are not."""
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
        problems = list(_misfits(schema, arrow_schema(), str(path), ""))
    except (pa.ArrowInvalid, OSError, UnicodeDecodeError) as error:
        raise Refused([broken(path, _brief(error))]) from None
    if "id" not in schema.names:
        problems.append(Problem("missing", "", "the column `id` is missing", file=str(path)))
    if problems:
        raise Refused(problems)
    return Source(path, path.stat().st_size, partial(_chunks, path))


def _chunks(path: Path, size: int) -> Iterator[Chunk]:
    whole = path.stat().st_size
    try:
        with pq.ParquetFile(path) as file:
            first, rows = 1, file.metadata.num_rows
            target = _target(file.schema_arrow)
            for batch in file.iter_batches(batch_size=min(ROWS, max(1, size // 1000))):
                batch.validate(full=True)  # texts that are no UTF-8 would only fail much later
                table = pa.Table.from_batches([batch]).cast(target)
                upto = whole * (first - 1 + len(table)) // rows
                yield Chunk(0, str(path), first, (), upto, (), table)
                first += len(table)
    except (pa.ArrowInvalid, OSError, UnicodeDecodeError) as error:
        raise Refused([broken(path, _brief(error))]) from None


def _brief(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else "it cannot be read"


# --- columns of other types that say the same: days as dates, whole numbers, large texts


def _target(schema: pa.Schema) -> pa.Schema:
    """The columns that are there, in the types that profiles have."""
    known = arrow_schema()
    return pa.schema([pa.field(f.name, _typed(f.type, known.field(f.name).type)) for f in schema])


def _typed(given: pa.DataType, known: pa.DataType) -> pa.DataType:
    if pa.types.is_null(given):
        return known
    if pa.types.is_struct(known):
        fields = _fields(known)
        return pa.struct([pa.field(f.name, _typed(f.type, fields[f.name].type)) for f in given])
    if pa.types.is_list(known):
        return pa.list_(_typed(given.value_type, known.value_type))
    return known


def _fields(kind: Any) -> Mapping[str, pa.Field]:
    return {field.name: field for field in kind}


def _misfits(given: Any, known: Any, file: str, within: str) -> Iterator[Problem]:
    fields = _fields(known)
    for field in given:
        name = f"{within}{field.name}"
        if field.name not in fields:
            detail = f"{shown(name)} is no column of profiles"
            yield Problem("unknown-column", "", detail, near(field.name, fields), file)
        else:
            yield from _misfit(field.type, fields[field.name].type, file, name)


def _misfit(given: pa.DataType, known: pa.DataType, file: str, name: str) -> Iterator[Problem]:
    if pa.types.is_null(given):
        return
    if pa.types.is_struct(known) and pa.types.is_struct(given):
        yield from _misfits(given, known, file, f"{name}.")
    elif pa.types.is_list(known) and _listed(given):
        yield from _misfit(given.value_type, known.value_type, file, name)
    elif not _same(given, known):
        detail = f"the column `{name}` holds `{given}` where `{known}` is due"
        hint = "write days as text, for they may be coarse; `date32` is read too"
        yield Problem("wrong-type", "", detail, hint if pa.types.is_string(known) else "", file)


def _listed(given: pa.DataType) -> bool:
    return bool(pa.types.is_list(given) or pa.types.is_large_list(given))


def _same(given: pa.DataType, known: pa.DataType) -> bool:
    if pa.types.is_dictionary(given):
        given = given.value_type
    if pa.types.is_string(known):
        day = pa.types.is_date(given)
        return bool(pa.types.is_string(given) or pa.types.is_large_string(given) or day)
    if pa.types.is_map(known):
        same = pa.types.is_map(given) and pa.types.is_string(given.key_type)
        return bool(same and _same(given.item_type, known.item_type))
    if pa.types.is_floating(known):
        return bool(pa.types.is_floating(given) or pa.types.is_integer(given))
    return bool(given == known)
