"""Files of bytes, packed or not, read in blocks; one that breaks off is told as a problem."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import IO

import pyarrow as pa

from recognition.problems import Problem, Refused

PACKED = (".gz", ".zst")


def unpacked(path: Path) -> str:
    """A file's name without the ending that says how it is packed."""
    name = path.name
    for ending in PACKED:
        name = name.removesuffix(ending)
    return name


def opened(path: Path) -> IO[bytes]:
    """A file of bytes, unpacked as its ending says."""
    if path.suffix == ".gz":
        return gzip.open(path)  # type: ignore[return-value]  # it reads bytes
    if path.suffix == ".zst":
        return _Unpacked(path)
    return path.open("rb")


class _Unpacked(io.BufferedReader):
    """A file of Zstandard, read as the standard library reads others; `fileobj` as it is packed."""

    def __init__(self, path: Path) -> None:
        self.fileobj = path.open("rb")
        super().__init__(pa.CompressedInputStream(pa.PythonFile(self.fileobj, "r"), "zstd"))


def block(file: IO[bytes], path: Path, size: int) -> bytes:
    """Some bytes of a file, all that are left when `size` is negative; Refused if it breaks off."""
    try:
        return file.read(None if size < 0 else size)  # type: ignore[arg-type]  # None reads all
    except (EOFError, OSError, zlib.error) as error:
        raise Refused([broken(path, str(error))]) from None


def broken(path: Path, reason: str) -> Problem:
    """A file that ends before its end, or is not what its ending says."""
    hint = "what was decided before is kept; `--resume` goes on with a whole file"
    return Problem("broken-file", "", f"the file breaks off: {reason}", hint, str(path))
