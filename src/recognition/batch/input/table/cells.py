"""A cell of a table as a value of a profile: blank is unknown, what is typed `written` reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from recognition.profile import written
from recognition.profile.model import Amount, Code, Day, Mark, Truth
from recognition.profile.vocabulary import Vocabularies

EXACT = 10**15
"""A workbook keeps fifteen digits of a number: what had more was rounded."""


class Coarse(str):
    """A month or a year that a workbook holds as a whole day, as it is shown."""


@dataclass(frozen=True)
class Unread:
    """A cell of which nobody can tell what it says: as it is shown, why, what would be right."""

    shown: str
    code: str
    detail: str
    hint: str


def text(cell: Any) -> str:
    """What a cell says; empty when it is blank."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case dt.datetime():
            return cell.date().isoformat()
        case Unread():
            return cell.shown
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell).strip()


def value(cell: Any, mark: Mark | None, vocabularies: Vocabularies) -> Any:
    """The value of a cell that is not blank and can be read, by the field's mark.

    A workbook's numbers and truths stay what they are where an amount or a truth is due.
    """
    if isinstance(cell, int | float) and isinstance(mark, Amount | Truth):
        return cell
    return written.value(text(cell), mark, vocabularies)


def unread(cell: Any, mark: Mark | None) -> Unread | None:
    """Why a cell cannot be read as what its field's mark is due, where a workbook changed it.

    Whoever types `2016.10`, `0107` or a number of eighteen digits finds another number in the cell;
    `3-4` becomes a day. A year alone is a number all the same.
    """
    match cell:
        case Unread():
            return cell
        case Coarse() | dt.date() | dt.time() | dt.timedelta() if not isinstance(mark, Day):
            detail = f"the workbook holds a date or a time here, {text(cell)}"
            return _as_text(cell, "wrong-type", detail)
        case bool():
            return None
        case int() | float() if not isinstance(mark, Amount | Truth):
            return _number(cell, mark)
    return None


def _number(cell: float, mark: Mark | None) -> Unread | None:
    """A number that stands where none is due."""
    said = text(cell)
    if isinstance(mark, Day):
        detail = f"{said} is a number, and what it was before, as {said}0, is lost"
        return None if float(cell).is_integer() else _as_text(cell, "not-a-date", detail)
    if isinstance(mark, Code):
        return _as_text(cell, "wrong-type", f"{said} is a number, where a code or a name is due")
    if abs(cell) >= EXACT:
        return _as_text(cell, "wrong-type", f"{said} has lost the digits behind its fifteenth")
    if not float(cell).is_integer():
        return _as_text(cell, "wrong-type", f"{said} is a number, and may have lost its last zeros")
    return None


def _as_text(cell: Any, code: str, detail: str) -> Unread:
    return Unread(text(cell), code, detail, "format the cell as text, and write it again")
