"""What a workbook shows that its values do not say: coarse dates, leading zeros, errors, formulas
that were never worked out.

The values of a workbook are read elsewhere, all at once; here its sheets are gone through once
more, as a stream, for the few cells whose value is not what people see.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

from recognition.batch.input.table.cells import Coarse, Unread

Remark = Callable[[Any], Any]
"""From the value of a cell to what it says."""
Remarked = tuple[int, int, Remark]
"""A cell's row and column, both from 0, and what is remarkable in it."""

BLOCK = 2**16


class Shown:
    """A workbook that was opened for what it shows; close it after use."""

    def __init__(self, path: Path) -> None:
        self.file = ZipFile(path)
        self.parts, since = _workbook(self.file)
        self.formats = [_format(number, code, since) for number, code in _styles(self.file)]

    def __enter__(self) -> Shown:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def cells(self, sheet: str) -> Iterator[Remarked]:
        """The remarkable cells of a sheet by its name, in order."""
        reading = _Reading(self.formats)
        with self.file.open(self.parts[sheet]) as part:
            while block := part.read(BLOCK):
                reading.parser.Parse(block)
                yield from reading.found
                reading.found.clear()


def _workbook(file: ZipFile) -> tuple[dict[str, str], dt.date]:
    """The parts of the sheets by their names, and the day 0 of dates."""
    relations = ElementTree.fromstring(file.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    book = ElementTree.fromstring(file.read("xl/workbook.xml"))
    parts: dict[str, str] = {}
    since = dt.date(1899, 12, 30)
    for element in book.iter():
        if _local(element.tag) == "sheet":
            id = next((v for key, v in element.attrib.items() if _local(key) == "id"), "")
            parts[element.get("name", "")] = posixpath.join("/xl", targets.get(id, ""))[1:]
        elif _local(element.tag) == "workbookPr" and element.get("date1904") in ("1", "true"):
            since = dt.date(1904, 1, 1)
    return parts, since


def _local(name: str) -> str:
    """A name without its namespace, for there are two of them."""
    return name.rpartition("}")[2]


def _styles(file: ZipFile) -> Iterator[tuple[int, str]]:
    """For each style of cells the number of its format, and its code where it is told."""
    if "xl/styles.xml" not in file.namelist():
        return
    styles = ElementTree.fromstring(file.read("xl/styles.xml"))
    codes: dict[int, str] = {}
    for element in styles.iter():
        if _local(element.tag) == "numFmt":
            codes.setdefault(int(element.get("numFmtId", 0)), element.get("formatCode", ""))
    for element in styles:
        for style in element if _local(element.tag) == "cellXfs" else ():
            number = int(style.get("numFmtId", 0))
            yield number, codes.get(number, BUILT_IN.get(number, ""))


# --- formats of numbers

BUILT_IN: Mapping[int, str] = {
    16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
}  # fmt: skip
"""Formats that are not exact to the day and need no code. Of 27 to 58 it depends on the language of
whoever looks what they show: where one shows a month in Chinese, no more than that is said."""

_SAID_AS_IS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].', re.DOTALL)
_CLOCK = re.compile(r"am/pm|a/p|上午/下午")
_MINUTES = re.compile(r"(?<=h)([^a-z]*)m{1,2}(?![a-z])|m{1,2}(?=[^a-z]*s)")


def _format(number: int, code: str, since: dt.date) -> Remark | None:
    """What a format makes of a number where that is not the number itself, or a whole day."""
    plain = _SAID_AS_IS.sub("", code.partition(";")[0]).lower()
    if len(plain) > 1 and set(plain) == {"0"}:
        return partial(_padded, len(plain)) if plain == code.partition(";")[0] else None
    shown = _MINUTES.sub("", _CLOCK.sub("", plain))
    year, month = bool(re.search("[yeg]", shown)), "m" in shown
    if plain in ("", "general", "@") or (year and month and _shows_day(shown)):
        return None
    coded = since if number in range(27, 59) else None
    return partial(_coarse, "%Y-%m" if month else "%Y", coded) if year else partial(_yearless, code)


def _shows_day(shown: str) -> bool:
    """Whether the day of the month is there; three and more letters show that of the week."""
    return any(len(run) <= 2 for run in re.findall("d+", shown))


def _padded(width: int, value: Any) -> Any:
    whole = isinstance(value, float) and value.is_integer() and value >= 0
    return str(int(value)).zfill(width) if whole else value


def _coarse(form: str, since: dt.date | None, value: Any) -> Any:
    """A month or a year; numbers are days where it is known that the format makes dates of them."""
    if since is not None and isinstance(value, int | float) and 0 < value < 2_900_000:
        value = since + dt.timedelta(days=int(value))
    if not isinstance(value, dt.date):
        return value
    return Coarse(f"{value.year:04}" + (f"-{value.month:02}" if form == "%Y-%m" else ""))


def _yearless(code: str, value: Any) -> Any:
    """A date of which no year is seen, which may be one that somebody never wrote."""
    if not isinstance(value, dt.date):
        return value
    detail = f"the cell shows no year: it holds {value:%Y-%m-%d}, and its format is `{code}`"
    return Unread(f"{value:%Y-%m-%d}", "not-a-date", detail, "format the cell as yyyy-mm-dd")


# --- the cells of a sheet


class _Reading:
    """A sheet as it is gone through: what stands in the cell that is open, and what was found."""

    def __init__(self, formats: Sequence[Remark | None]) -> None:
        self.formats, self.found = formats, list[Remarked]()
        self.row = self.column = -1
        self.kind, self.style, self.within = "", 0, ""
        self.formula: str | None = None
        self.value = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._text

    def _open(self, name: str, told: Mapping[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self.row = int(told["r"]) - 1 if "r" in told else self.row + 1
                self.column = -1
            case "c":
                self.column = _column(told["r"]) if "r" in told else self.column + 1
                self.kind, self.style = told.get("t", "n"), int(told.get("s", 0))
                self.formula, self.value = None, ""
            case "f":
                self.formula, self.within = "", "f"
            case "v":
                self.within = "v"

    def _text(self, said: str) -> None:
        if self.within == "f":
            self.formula = (self.formula or "") + said
        elif self.within == "v":
            self.value += said

    def _close(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            remark = self._remark()
            if remark is not None:
                self.found.append((self.row, self.column, remark))
        elif tag in ("f", "v"):
            self.within = ""

    def _remark(self) -> Remark | None:
        if self.kind == "e":
            return partial(_instead, _error(self.value))
        if self.formula is not None and not self.value and self.kind != "str":
            return partial(_instead, _unworked(self.formula))
        if self.value and self.kind in ("n", "d") and self.style < len(self.formats):
            return self.formats[self.style]
        return None


def _column(reference: str) -> int:
    """The column of a cell's reference, `AB12`, from 0."""
    at = 0
    for letter in reference.rstrip("0123456789"):
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1


def _instead(unread: Unread, value: Any) -> Unread:
    return unread


def _error(value: str) -> Unread:
    detail = f"`{value}` is an error in the workbook, not a value"
    return Unread(value or "#", "error-in-cell", detail, "mend the formula, or empty the cell")


def _unworked(formula: str) -> Unread:
    detail = f"the workbook holds no value of the formula `={formula[:60]}`"
    hint = "open the workbook where it can be calculated, and save it; or write the value itself"
    return Unread(f"={formula}", "no-value", detail, hint)
