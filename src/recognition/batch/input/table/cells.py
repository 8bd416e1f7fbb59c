"""A cell of a table as a value of a profile: blank is unknown, what is typed `written` reads."""

from __future__ import annotations

import datetime as dt
from typing import Any

from recognition.profile import written
from recognition.profile.model import Amount, Mark, Truth
from recognition.profile.vocabulary import Vocabularies


def text(cell: Any) -> str:
    """What a cell says; empty when it is blank."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case dt.datetime():
            return cell.date().isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell).strip()


def value(cell: Any, mark: Mark | None, vocabularies: Vocabularies) -> Any:
    """The value of a cell that is not blank, by the field's mark.

    A workbook's numbers and truths stay what they are where an amount or a truth is due.
    """
    if isinstance(cell, int | float) and isinstance(mark, Amount | Truth):
        return cell
    return written.value(text(cell), mark, vocabularies)
