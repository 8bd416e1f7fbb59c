"""Days as integers, coarse dates as their first and last day, anniversaries exact to the day.

A day is the number of days since 1970-01-01. All functions on days take NumPy arrays or ints.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

BEFORE_ALL = -(2**30)
"""Earlier than every day that can be written."""
AFTER_ALL = 2**30
"""Later than every day that can be written; the end of what is open (`..`)."""

Days = NDArray[np.int32]

_EPOCH = dt.date(1970, 1, 1).toordinal()
FIRST, LAST = 1 - _EPOCH, dt.date.max.toordinal() - _EPOCH
"""The days a calendar has."""
_COARSE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def day(date: dt.date) -> int:
    """The number of a calendar day."""
    return date.toordinal() - _EPOCH


def parse(text: str) -> tuple[int, int]:
    """First and last day of a date as coarse as `2016`, `2016-06`, `2016-06-02`; `..` is open.

    Raises ValueError, in the words of the person who wrote the date.
    """
    if text == "..":
        return AFTER_ALL, AFTER_ALL
    written = _COARSE.fullmatch(text) if text.isascii() else None
    if written is None:
        raise ValueError(f"`{text}` is not a date")
    year, month, day_of_month = (int(part) if part else None for part in written.groups())
    try:
        first = dt.date(year or 0, month or 1, day_of_month or 1)
    except ValueError:
        raise ValueError(f"`{text}` does not exist in the calendar") from None
    return day(first), day(first) if day_of_month else _last(first, month) - 1


def _last(first: dt.date, month: int | None) -> int:
    """The day after a year (no month given) or a month that begins on `first`."""
    years, months = (0, first.month) if month else (1, 0)
    return int(plus(np.int32(day(first)), years=years, months=1 if months else 0))


def iso(number: int) -> str:
    """`2016-06-02`; the ends of time are `..`."""
    return calendar(number).isoformat() if FIRST <= number <= LAST else ".."


def calendar(number: int) -> dt.date:
    """The calendar day of a number from FIRST to LAST."""
    return dt.date.fromordinal(int(number) + _EPOCH)


def civil(days: Any) -> tuple[Any, Any, Any]:
    """Year, month and day of month of days (proleptic Gregorian; Hinnant's algorithm)."""
    shifted = np.asarray(days, np.int64) + 719468
    era = shifted // 146097
    of_era = shifted - era * 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    march = (5 * of_year + 2) // 153
    month = np.where(march < 10, march + 3, march - 9)
    return year_of_era + era * 400 + (month <= 2), month, of_year - (153 * march + 2) // 5 + 1


def from_civil(year: Any, month: Any, day_of_month: Any) -> Any:
    """Days of calendar dates; a day past its month's end runs on into the next month."""
    year = np.asarray(year, np.int64) - (month <= 2)
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + np.where(month > 2, -3, 9)) + 2) // 5 + day_of_month - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def plus(days: Any, years: int = 0, months: int = 0, more: int = 0) -> Days:
    """Days moved by years, then months, then days.

    29 February goes to 1 March of a common year; a day past its month's end goes to the first
    of the next month. The ends of time stay where they are.
    """
    days = np.asarray(days, np.int32)
    moved = days
    if years:
        moved = _step(moved, years * 12)
    if months:
        moved = _step(moved, months)
    fixed = (days <= BEFORE_ALL) | (days >= AFTER_ALL)
    out: Days = np.where(fixed, days, moved + np.int32(more)).astype(np.int32)
    return out


def _step(days: Days, months: int) -> Days:
    year, month, day_of_month = civil(days)
    count = year * 12 + month - 1 + months
    target, following = from_month(count), from_month(count + 1)
    out: Days = np.minimum(target + day_of_month - 1, following).astype(np.int32)
    return out


def from_month(count: Any) -> Any:
    """The first day of a month, counted as year × 12 + month − 1."""
    return from_civil(count // 12, count % 12 + 1, 1)


def start_of_year(days: Any) -> Days:
    """1 January of each day's year; the ends of time stay."""
    days = np.asarray(days, np.int32)
    fixed = (days <= BEFORE_ALL) | (days >= AFTER_ALL)
    out: Days = np.where(fixed, days, from_civil(civil(days)[0], 1, 1)).astype(np.int32)
    return out
