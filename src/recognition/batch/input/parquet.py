"""Parquet, its columns those of a profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from recognition.batch.chunk import Chunk, Source
from recognition.batch.input import row_groups
from recognition.batch.input.blocks import broken
from recognition.problems import Problem, Refused
from recognition.profile.records import arrow_schema
from recognition.profile.remarks import near, shown

ROWS = 2**17
"""Profiles of a chunk, at most."""


def source(path: Path) -> Source:
    """A file whose columns are a profile's; raises Refused with those that are not."""
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
        _check(schema, str(path))
    except (pa.ArrowInvalid, OSError, UnicodeDecodeError) as error:
        raise Refused([broken(path, row_groups.brief(error))]) from None
    return Source(path, path.stat().st_size, partial(_chunks, path))


def fitted(table: pa.Table) -> pa.Table:
    """A table's columns in the types that profiles have; raises Refused with those that do not
    fit."""
    _check(table.schema, "")
    return table.cast(_target(table.schema))


def _check(schema: pa.Schema, file: str) -> None:
    problems = list(_misfits(schema, arrow_schema(), file, ""))
    if "id" not in schema.names:
        problems.append(Problem("missing", "", "the column `id` is missing", file=file))
    if problems:
        raise Refused(problems)


def _chunks(path: Path, size: int) -> Iterator[Chunk]:
    """Pieces of about `size` bytes of text, told by where they stand; who decides, reads."""
    whole, first = path.stat().st_size, 1
    with pq.ParquetFile(path) as file:
        counts = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
    for piece in row_groups.pieces(counts, min(ROWS, max(1, size // 64))):
        upto = whole * (first - 1 + piece.rows) // sum(counts)
        yield Chunk(0, str(path), first, (), upto, (), partial(_tables, path, piece))
        first += piece.rows


def _tables(path: Path, piece: row_groups.Piece, size: int) -> Iterator[pa.Table]:
    """The profiles of a piece, up to `size` at once."""
    for table in row_groups.tables(path, piece, size):
        target = _target(table.schema)
        yield table if table.schema == target else table.cast(target)


# --- columns of other types that say the same: days as dates, whole numbers, large texts


def _target(schema: pa.Schema) -> pa.Schema:
    """The columns that are there, in the types that profiles have."""
    known = arrow_schema()
    return pa.schema([f.with_type(_typed(f.type, known.field(f.name).type)) for f in schema])


def _typed(given: pa.DataType, known: pa.DataType) -> pa.DataType:
    if pa.types.is_null(given):
        return known
    if pa.types.is_struct(known):
        fields = _fields(known)
        return pa.struct([pa.field(f.name, _typed(f.type, fields[f.name].type)) for f in given])
    if pa.types.is_list(known):
        inner = given.value_field
        return pa.list_(inner.with_type(_typed(inner.type, known.value_type)))
    if pa.types.is_map(known):
        item = _typed(given.item_type, known.item_type)
        return pa.map_(_typed(given.key_type, known.key_type), item)
    coded = pa.types.is_dictionary(given) and pa.types.is_string(given.value_type)
    return given if coded else known


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
