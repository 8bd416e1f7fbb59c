"""Files of JSON cut into chunks of whole lines, in order, without holding a file in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from recognition.batch.chunk import BOM, Chunk, Lines
from recognition.batch.input import blocks
from recognition.batch.input.elements import elements


def chunks(path: Path, size: int) -> Iterator[Chunk]:
    """All lines of a file, empty ones too."""
    upto, line = 0, 1
    for lines in _lines(path, size):
        upto += lines.size
        yield Chunk(0, str(path), line, lines, upto)
        line += len(lines)


def _lines(path: Path, size: int) -> Iterator[Lines]:
    if blocks.unpacked(path).endswith(".json"):
        yield from _of_document(path, size)
        return
    with blocks.opened(path) as file:
        rest = blocks.block(file, path, len(BOM)).removeprefix(BOM)
        while read := blocks.block(file, path, size):
            end = read.rfind(b"\n")
            if end < 0:
                rest += read
                continue
            yield Lines(rest, memoryview(read)[:end])
            rest = read[end + 1 :]
        if rest:
            yield Lines(rest)


def _of_document(path: Path, size: int) -> Iterator[Lines]:
    """A JSON document: one profile, or a list of them, each as a line of its own."""
    held, length = list[str](), 0
    with blocks.opened(path) as file:
        for element in elements(file, path):
            held.append(element.translate(_BREAKS))
            length += len(element)
            if length >= size:
                yield _lined(held)
                held, length = [], 0
    if held:
        yield _lined(held)


def _lined(held: list[str]) -> Lines:
    return Lines("\n".join(held).encode("utf-8", "surrogateescape"))


_BREAKS = str.maketrans("\r\n", "  ")
