"""The same function for Spark: batches in, batches out, and the schema of what comes out.

profiles.mapInArrow(spark.batches(decide), spark.ddl(decide))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pyarrow as pa

from recognition.distributed.decide import Decide

Batches = Iterator[pa.RecordBatch]


def batches(decide: Decide) -> Callable[[Batches], Batches]:
    """What `mapInArrow` takes; each batch is decided by itself, in order."""
    return partial(_batches, decide)


def _batches(decide: Decide, several: Batches) -> Batches:
    """Spark knows no dictionaries: texts are spelt out."""
    schema = plain(decide.schema())
    for batch in several:
        yield from decide(pa.Table.from_batches([batch])).cast(schema).to_batches()


def plain(schema: pa.Schema) -> pa.Schema:
    """A schema without dictionaries."""
    return pa.schema([pa.field(field.name, _plain(field.type)) for field in schema])


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_list(kind):
        return pa.list_(_plain(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(field.name, _plain(field.type)) for field in kind])
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def ddl(decide: Decide) -> str:
    """The columns that come out, as Spark writes them."""
    return ", ".join(f"`{field.name}` {_written(field.type)}" for field in plain(decide.schema()))


def _written(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"ARRAY<{_written(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"STRUCT<{', '.join(f'{field.name}: {_written(field.type)}' for field in kind)}>"
    return str(kind).upper()
