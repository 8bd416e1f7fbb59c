"""Row groups of Parquet files, read by who decides them; columns that say nothing are left out.

Texts that are codes or days come as dictionaries, as they lie in the file: each is spelt out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from recognition.batch.input.blocks import broken
from recognition.problems import Refused
from recognition.profile.model import Code, Text
from recognition.profile.schema import LEAVES


class Piece(NamedTuple):
    """Some profiles of a file: row groups from `begin` to before `end`, or a part of one."""

    begin: int
    end: int
    skip: int
    rows: int


def pieces(counts: Iterable[int], most: int) -> Iterator[Piece]:
    """Row groups of so many profiles: small ones together, one of more than `most` in parts."""
    begin = end = held = 0
    for group, count in enumerate(counts):
        if held and held + count > most:
            yield Piece(begin, group, 0, held)
            held = 0
        if not held:
            begin = group
        if count > most:
            yield from (
                Piece(group, group + 1, skip, min(most, count - skip))
                for skip in range(0, count, most)
            )
        else:
            held, end = held + count, group + 1
    if held:
        yield Piece(begin, end, 0, held)


def tables(path: Path, piece: Piece, size: int) -> Iterator[pa.Table]:
    """The profiles of a piece, up to `size` at once; raises Refused where the file breaks off."""
    held: list[pa.RecordBatch] = []
    try:
        for batch in _batches(path, piece, size):
            batch.validate(full=True)  # texts that are no UTF-8 would only fail much later
            if held and sum(map(len, held)) + len(batch) > size:
                yield pa.Table.from_batches(held).combine_chunks()
                held = []
            held.append(batch)
    except (pa.ArrowInvalid, OSError, UnicodeDecodeError) as error:
        raise Refused([broken(path, brief(error))]) from None
    if held:
        yield pa.Table.from_batches(held).combine_chunks()


def brief(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else "it cannot be read"


_left: dict[tuple[Path, int, int], tuple[int, Iterator[pa.RecordBatch]]] = {}
"""Where a part of a row group ended in this process: the next need not read it all again."""


def _batches(path: Path, piece: Piece, size: int) -> Iterator[pa.RecordBatch]:
    begin, end, skip, rows = piece
    at, batches = _left.pop((path, begin, size), (0, iter(())))
    if not 0 < at <= skip:
        at, batches = 0, _begun(path, range(begin, end), size)
    _left.clear()
    for batch in batches:
        before, at = at, at + len(batch)
        if at > skip:
            first = max(skip - before, 0)
            yield batch.slice(first, min(at, skip + rows) - before - first)
        if at == skip + rows:
            _left[path, begin, size] = at, batches
        if at >= skip + rows:
            return


def _begun(name: Path, groups: range, size: int) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(name) as file:
        columns, paths = list(_columns(file.schema_arrow)), _paths(file)
        wanted = [paths[i] for i in _wanted(file, columns, groups)]
    texts = [path for path, column in zip(paths, columns, strict=True) if _coded(column)]
    with pq.ParquetFile(name, read_dictionary=texts) as file:
        for group in groups:
            yield from file.iter_batches(size, [group], wanted, use_threads=False)


def _paths(file: pq.ParquetFile) -> list[str]:
    """The columns' names as the file has them."""
    return [file.schema.column(i).path for i in range(len(file.schema))]


# --- which columns are read, and how


class FileColumn(NamedTuple):
    """A column of single values: the field it is, the list it stands in; `kept`: read it anyway."""

    path: str
    within: str
    text: bool
    kept: bool


def _coded(column: FileColumn) -> bool:
    """Texts that are codes or days; free words differ too much to be worth a dictionary."""
    leaf = LEAVES.get(column.path)
    return column.text and not (leaf and isinstance(leaf.mark, Text))


def _columns(schema: pa.Schema) -> Iterator[FileColumn]:
    """The columns of a file, in order."""
    for field in schema:
        yield from _below(field.type, field.name, "", False)


def _below(kind: Any, path: str, within: str, kept: bool) -> Iterator[FileColumn]:
    if pa.types.is_struct(kind):
        for field in kind:
            yield from _below(field.type, f"{path}.{field.name}", within, kept)
    elif pa.types.is_map(kind):
        for inner in (kind.key_type, kind.item_type):
            yield from _below(inner, path, path, True)
    elif hasattr(kind, "value_type") and not pa.types.is_dictionary(kind):
        yield from _below(kind.value_type, path, path, kept)
    else:
        yield FileColumn(path, within, _is_text(kind), kept or _stands_in(path))


def _is_text(kind: Any) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _stands_in(path: str) -> bool:
    """A column that says another thing when it is not there than when it says nothing."""
    leaf = LEAVES.get(path)
    return leaf is not None and isinstance(leaf.mark, Code) and bool(leaf.mark.otherwise)


def _wanted(file: pq.ParquetFile, columns: Sequence[FileColumn], groups: range) -> list[int]:
    """Columns in which something is said, and of every list one at least."""
    told = [
        i
        for i, column in enumerate(columns)
        if column.kept or any(not _empty(file.metadata.row_group(g).column(i)) for g in groups)
    ]
    lists = {columns[i].within for i in told}
    for i, column in enumerate(columns):
        if column.within not in lists:
            told.append(i)
            lists.add(column.within)
    return sorted(told)


def _empty(held: Any) -> bool:
    """Whether a column of a row group is null throughout, as far as the file says."""
    told = held.statistics if held.is_stats_set else None
    return told is not None and told.has_null_count and told.null_count == held.num_values
