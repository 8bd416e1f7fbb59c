"""A piece of an input: what is decided at once, and kept as one part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, overload

import pyarrow as pa

from recognition.facts.scan import PAD
from recognition.problems import Problem

BOM = b"\xef\xbb\xbf"


class Lines(Sequence[bytes]):
    """The lines of a text, which is cut only where one of them is asked for.

    `text` ends with PAD, which is no part of the last line.
    """

    def __init__(self, *parts: bytes | memoryview) -> None:
        self.text = b"".join([*parts, PAD])
        self._count = self.text.count(b"\n") + 1

    @classmethod
    def of(cls, lines: Sequence[bytes]) -> Lines:
        """Lines as one text; a line feed within a line becomes another white space."""
        if isinstance(lines, cls):
            return lines
        return cls(b"\n".join(line.replace(b"\n", b"\r") for line in lines))

    @property
    def size(self) -> int:
        """Bytes, with a line feed behind the last line."""
        return len(self.text) - len(PAD) + 1

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        return self._cut[at]

    @cached_property
    def _cut(self) -> list[bytes]:
        return self.text[: -len(PAD)].split(b"\n")


class Cell(NamedTuple):
    """Where a value stood: its sheet (or a folder's file), its row from 1, its column's heading."""

    sheet: str
    row: int
    column: str


@dataclass(frozen=True)
class Origin:
    """The row of a table that a line was made of, and the cells its values stood in.

    `cells` has them by JSON Pointer. With `problems` the row is refused before it is examined;
    `row` is then what it held.
    """

    sheet: str
    line: int
    cells: Mapping[str, Cell]
    problems: tuple[Problem, ...] = ()
    row: bytes = b""


@dataclass(frozen=True)
class Chunk:
    """Profiles of one input: lines, or tables of `records.arrow_schema`.

    `line` is the number of the first of them, from 1; `origins` say it for each line that was made
    of a row. `upto` counts the bytes read so far. Tables are read only when `table` is called with
    how many profiles one may have at most, in whichever process does so.
    """

    number: int
    file: str
    line: int
    lines: Sequence[bytes]
    upto: int
    origins: tuple[Origin, ...] = ()
    table: Callable[[int], Iterable[pa.Table]] | None = None


@dataclass(frozen=True)
class Source:
    """An input that was opened and may be read, in chunks of about some bytes."""

    path: Path
    size: int
    chunks: Callable[[int], Iterator[Chunk]]


@dataclass(frozen=True)
class Held:
    """Tables that were read already, for who decides them where the input is not."""

    tables: tuple[pa.Table, ...]

    def __call__(self, size: int) -> Iterator[pa.Table]:
        return iter(self.tables)


def loaded(chunk: Chunk, size: int) -> Chunk:
    """A chunk with its tables in it, of up to `size` profiles each as they would be read."""
    return chunk if chunk.table is None else replace(chunk, table=Held(tuple(chunk.table(size))))
