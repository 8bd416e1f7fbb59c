"""Files cut into chunks of whole lines, in order, without holding a file in memory."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import orjson

from recognition.problems import Problem, Refused

SIZE = 8 * 2**20
"""Bytes of a chunk, about: some 6,000 profiles."""
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Chunk:
    """Lines of one file; `line` is the number of the first of them, from 1."""

    number: int
    file: str
    line: int
    lines: tuple[bytes, ...]
    upto: int


def chunks(paths: Iterable[Path], size: int | None = None) -> Iterator[Chunk]:
    """All lines of all files, empty ones too, in chunks numbered from 0; `upto` counts bytes read.

    `size` is a chunk's in bytes, about; SIZE if it is not given.
    """
    number = upto = 0
    for path in paths:
        line = 1
        for lines in _lines(path, size or SIZE):
            upto += sum(map(len, lines)) + len(lines)
            yield Chunk(number, str(path), line, lines, upto)
            number, line = number + 1, line + len(lines)


def _lines(path: Path, size: int) -> Iterator[tuple[bytes, ...]]:
    if path.name.removesuffix(".gz").endswith(".json"):
        yield from _of_document(path)
        return
    with _opened(path) as file:
        rest = _block(file, path, len(BOM)).removeprefix(BOM)
        while block := _block(file, path, size):
            head, newline, tail = block.rpartition(b"\n")
            if newline:
                yield tuple((rest + head).split(b"\n"))
                rest = tail
            else:
                rest += block
        if rest:
            yield tuple(rest.split(b"\n"))


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _block(file: IO[bytes], path: Path, size: int) -> bytes:
    try:
        return file.read(size)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Refused(
            [
                Problem(
                    "broken-file",
                    "",
                    f"the file breaks off: {error}",
                    "what was decided before is kept; `--resume` goes on with a whole file",
                    str(path),
                )
            ]
        ) from None


def _of_document(path: Path) -> Iterator[tuple[bytes, ...]]:
    """A JSON document: one profile, or a list of them, each as a line of its own."""
    with _opened(path) as file:
        raw = _block(file, path, -1).removeprefix(BOM)
    try:
        several = isinstance(orjson.loads(raw), list)
    except orjson.JSONDecodeError as error:
        raise Refused([Problem("not-json", "", str(error), file=str(path))]) from None
    lines = _elements(raw.decode()) if several else (raw.decode(),)
    yield tuple(line.translate(_BREAKS).encode() for line in lines)


_BREAKS = str.maketrans("\r\n", "  ")
_GAP = re.compile(r"[\s,\]]*")


def _elements(text: str) -> Iterator[str]:
    """The elements of a list as they are written, so that what is wrong with one is still seen."""
    decoder = json.JSONDecoder()
    at = text.index("[") + 1
    while (at := _GAP.match(text, at).end()) < len(text):  # type: ignore[union-attr]
        end = decoder.raw_decode(text, at)[1]
        yield text[at:end]
        at = end
