"""Files of JSON cut into chunks of whole lines, in order, without holding a file in memory."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import orjson
import pyarrow as pa

from recognition.batch.chunk import BOM, Chunk, Lines
from recognition.problems import Problem, Refused

PACKED = (".gz", ".zst")


def unpacked(path: Path) -> str:
    """A file's name without the ending that says how it is packed."""
    name = path.name
    for ending in PACKED:
        name = name.removesuffix(ending)
    return name


def chunks(path: Path, size: int) -> Iterator[Chunk]:
    """All lines of a file, empty ones too."""
    upto, line = 0, 1
    for lines in _lines(path, size):
        upto += lines.size
        yield Chunk(0, str(path), line, lines, upto)
        line += len(lines)


def _lines(path: Path, size: int) -> Iterator[Lines]:
    if unpacked(path).endswith(".json"):
        yield from _of_document(path)
        return
    with opened(path) as file:
        rest = block(file, path, len(BOM)).removeprefix(BOM)
        while read := block(file, path, size):
            end = read.rfind(b"\n")
            if end < 0:
                rest += read
                continue
            yield Lines(rest, memoryview(read)[:end])
            rest = read[end + 1 :]
        if rest:
            yield Lines(rest)


def opened(path: Path) -> IO[bytes]:
    """A file of bytes, unpacked as its ending says."""
    if path.suffix == ".gz":
        return gzip.open(path)  # type: ignore[return-value]
    if path.suffix == ".zst":
        return pa.input_stream(str(path), compression="zstd")  # type: ignore[no-any-return]
    return path.open("rb")


def block(file: IO[bytes], path: Path, size: int) -> bytes:
    """Some bytes of a file, all that are left when `size` is negative; Refused if it breaks off."""
    try:
        return file.read(None if size < 0 else size)  # type: ignore[arg-type]
    except (EOFError, OSError, zlib.error) as error:
        raise Refused([broken(path, str(error))]) from None


def broken(path: Path, reason: str) -> Problem:
    """A file that ends before its end, or is not what its ending says."""
    hint = "what was decided before is kept; `--resume` goes on with a whole file"
    return Problem("broken-file", "", f"the file breaks off: {reason}", hint, str(path))


def _of_document(path: Path) -> Iterator[Lines]:
    """A JSON document: one profile, or a list of them, each as a line of its own."""
    with opened(path) as file:
        raw = block(file, path, -1).removeprefix(BOM)
    try:
        several = isinstance(orjson.loads(raw), list)
    except orjson.JSONDecodeError as error:
        raise Refused([Problem("not-json", "", str(error), file=str(path))]) from None
    lines = _elements(raw.decode()) if several else (raw.decode(),)
    yield Lines("\n".join(line.translate(_BREAKS) for line in lines).encode())


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
