"""Text tables: one flat file, or a folder of related ones; encoding and separator are found out."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from recognition.batch.chunk import Source
from recognition.batch.input import blocks
from recognition.batch.input.table.schema import Schemes
from recognition.batch.input.table.sheets import Row, TableSheet
from recognition.batch.input.table.tables import source as of_sheets
from recognition.problems import Problem, Refused

ENDINGS = (".csv", ".tsv")
ENCODINGS = ("utf-8-sig", "gb18030")
"""What a file may be written in, the first that fits; UTF-16 is known by its mark."""
LONGEST = 2**24
"""Characters of a cell: where there are more, a quotation mark was not closed."""

csv.field_size_limit(LONGEST)  # Python's own, 131,072, would end a run at a long remark


def tables(folder: Path) -> list[Path]:
    """The text tables of a folder by their names; none unless applicants are there."""
    found = sorted(path for path in folder.iterdir() if _read(path))
    names = {_stem(path).casefold() for path in found}
    return found if names & {"applicants", "profiles", "申请人"} or len(found) == 1 else []


def _read(path: Path) -> bool:
    hidden = path.name.startswith((".", "#", "~", "_"))
    return path.is_file() and not hidden and blocks.unpacked(path).lower().endswith(ENDINGS)


def _stem(path: Path) -> str:
    return Path(blocks.unpacked(path)).stem


def file(path: Path, schemes: Schemes) -> Source:
    """One flat table."""
    return of_sheets(path, path.stat().st_size, [_sheet(path, "")], schemes)


def folder(path: Path, schemes: Schemes) -> Source:
    """Related tables, each in a file of its own."""
    found = tables(path)
    sheets = [_sheet(table, table.name) for table in found]
    return of_sheets(path, sum(table.stat().st_size for table in found), sheets, schemes)


def _sheet(path: Path, name: str) -> TableSheet:
    encoding = _encoding(path)
    with blocks.opened(path) as file, io.TextIOWrapper(file, encoding, newline="") as text:
        head = text.readline()
    between = _separator(head)
    rows = partial(_rows, path, encoding, between)
    with closing(rows()) as read:
        headings = next((row for _, _, row in read if any(row)), [])
    return TableSheet(name, _stem(path), [str(h).strip() for h in headings], partial(_body, rows))


def _body(rows: Any) -> Iterator[Row]:
    """The rows below the headings."""
    headed = False
    for row in rows():
        if headed:
            yield row
        headed = headed or any(row[2])


def _rows(path: Path, encoding: str, between: str) -> Generator[Row]:
    with blocks.opened(path) as file, io.TextIOWrapper(file, encoding, newline="") as text:
        reader = csv.reader(text, delimiter=between, strict=True)
        while True:
            first = reader.line_num + 1
            row = _next(reader, path)
            if row is None:
                return
            yield first, _position(file), row


def _next(reader: Any, path: Path) -> Sequence[str] | None:
    try:
        row: Sequence[str] | None = next(reader, None)
    except (csv.Error, OSError, EOFError, UnicodeError) as error:
        detail = f"the table cannot be read on: {error}"
        hint = "look for a quotation mark that is not closed, or a file cut off"
        problem = Problem("broken-file", "", detail, hint, str(path), reader.line_num)
        raise Refused([problem]) from None
    return row


def _position(file: Any) -> int:
    """The bytes read so far, of a packed file those it was packed in."""
    return int(getattr(file, "fileobj", file).tell())


def _separator(head: str) -> str:
    """What stands most often between the headings."""
    quoted = False
    counts = dict.fromkeys(",;\t", 0)
    for letter in head:
        quoted ^= letter == '"'
        if not quoted and letter in counts:
            counts[letter] += 1
    return max(counts, key=lambda letter: counts[letter])


def _encoding(path: Path) -> str:
    """The encoding that the whole file fits; read in blocks, for it may be large."""
    with blocks.opened(path) as file:
        head = blocks.block(file, path, 4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        known: tuple[str, ...] = ("utf-16",)
    else:
        known = ENCODINGS[:1] if head.startswith(codecs.BOM_UTF8) else ENCODINGS
    for encoding in known:
        if _fits(path, encoding):
            return encoding
    detail = "the table is written in no encoding that is known here"
    raise Refused([Problem("not-text", "", detail, "save it as UTF-8", str(path))])


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with blocks.opened(path) as file:
        try:
            while read := blocks.block(file, path, 2**20):
                decoder.decode(read)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
