"""A piece of an input: what is decided at once, and kept as one part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from recognition.problems import Problem

BOM = b"\xef\xbb\xbf"


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
    """Profiles of one input: lines, or a table of `records.arrow_schema`.

    `line` is the number of the first of them, from 1; `origins` say it for each line that was made
    of a row. `upto` counts the bytes read so far.
    """

    number: int
    file: str
    line: int
    lines: tuple[bytes, ...]
    upto: int
    origins: tuple[Origin, ...] = ()
    table: pa.Table | None = None


@dataclass(frozen=True)
class Source:
    """An input that was opened and may be read, in chunks of about some bytes."""

    path: Path
    size: int
    chunks: Callable[[int], Iterator[Chunk]]
