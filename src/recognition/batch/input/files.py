"""Inputs of every kind, opened by their endings and read in chunks, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from recognition.batch.chunk import Chunk, Source
from recognition.batch.input import blocks, ndjson, parquet, xlsx
from recognition.batch.input.table import delimited
from recognition.batch.input.table.schema import Schemes
from recognition.problems import Problem, Refused
from recognition.standard.library import Library

SIZE = 8 * 2**20
"""Bytes of a chunk, about: some 6,000 profiles."""
LINES = (".ndjson", ".jsonl", ".json")
INPUTS = (*LINES, ".csv", ".tsv", ".parquet", ".xlsx")


def expanded(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The paths, those with `*`, `?` or `[` replaced by the files they stand for, in order."""
    found: dict[Path, None] = {}
    for path in paths:
        matched = [path] if path.exists() or not _pattern(path) else sorted(_matching(path))
        found |= dict.fromkeys(matched or [path])
    return tuple(found)


def _pattern(path: Path) -> bool:
    return any(letter in str(path) for letter in "*?[")


def _matching(path: Path) -> Iterator[Path]:
    parts = path.parts
    at = next(i for i, part in enumerate(parts) if _pattern(Path(part)))
    return Path(*parts[:at]).glob("/".join(parts[at:]))


def unreadable(path: Path) -> Problem | None:
    """Why a path cannot be an input, if it cannot."""
    if path.is_dir():
        if delimited.tables(path):
            return None
        detail = f"no table of applicants is in the folder `{path}`"
        return Problem("no-such-file", "", detail, "name it `applicants.csv`", str(path))
    if not path.is_file():
        return Problem("no-such-file", "", f"`{path}` is no file", file=str(path))
    if not blocks.unpacked(path).endswith(INPUTS) or _packed_whole(path):
        hint = "its ending is one of " + ", ".join(INPUTS) + "; text also with .gz or .zst"
        return Problem("no-such-format", "", f"`{path.name}` cannot be read", hint, str(path))
    return None


def _packed_whole(path: Path) -> bool:
    return path.suffix in blocks.PACKED and Path(blocks.unpacked(path)).suffix in (
        ".parquet",
        ".xlsx",
    )


def opened(paths: Iterable[Path], library: Library) -> list[Source]:
    """The inputs, their columns looked at; raises Refused with all that cannot be read."""
    schemes = Schemes(library.facts, library.vocabularies)
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            sources.append(_source(path, schemes))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return sources


def _source(path: Path, schemes: Schemes) -> Source:
    name = blocks.unpacked(path)
    if path.is_dir():
        return delimited.folder(path, schemes)
    if name.endswith((".csv", ".tsv")):
        return delimited.file(path, schemes)
    if name.endswith(".xlsx"):
        return xlsx.source(path, schemes)
    if name.endswith(".parquet"):
        return parquet.source(path)
    return Source(path, path.stat().st_size, partial(ndjson.chunks, path))


def chunks(sources: Iterable[Source], size: int | None = None) -> Iterator[Chunk]:
    """The chunks of all inputs, numbered from 0; `upto` counts the bytes of all read so far.

    `size` is a chunk's in bytes, about; SIZE if it is not given.
    """
    number = before = 0
    for source in sources:
        for chunk in source.chunks(size or SIZE):
            yield replace(chunk, number=number, upto=before + chunk.upto)
            number += 1
        before += source.size


def files(path: Path) -> list[Path]:
    """The files an input is made of: a folder's tables, or the file itself."""
    return delimited.tables(path) if path.is_dir() else [path]
