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
    try:
        first = dt.date(*map(int, written.groups("01")))
    except ValueError:
        raise ValueError(f"`{text}` does not exist in the calendar") from None
    return day(first), day(first) if written[3] else _last(first, written[2]) - 1


def _last(first: dt.date, month: str | None) -> int:
    """The day after a year (no month given) or a month that begins on `first`."""
    years, months = (0, first.month) if month else (1, 0)
    return int(plus(np.int32(day(first)), years=years, months=1 if months else 0))


def iso(number: int) -> str:
    """`2016-06-02`; the ends of time are `..`."""
    return calendar(number).isoformat() if FIRST <= number <= LAST else ".."


def calendar(number: int) -> dt.date:
    """The calendar day of a number from FIRST to LAST."""
    return dt.date.fromordinal(int(number) + _EPOCH)


def plus(days: Any, years: Any = 0, months: Any = 0, more: Any = 0) -> Days:
    """Days moved by years, then months, then days.

    29 February goes to 1 March of a common year; a day past its month's end goes to the first
    of the next month. The ends of time stay where they are.
    """
    days = np.asarray(days, np.int32)
    fixed = (days <= BEFORE_ALL) | (days >= AFTER_ALL)
    moved: Any = np.where(fixed, 0, days)
    if np.any(years):
        moved = _step(moved, years * 12)
    if np.any(months):
        moved = _step(moved, months)
    out: Days = np.where(fixed, days, moved + more).astype(np.int32)
    return out


def _step(days: Days, months: Any) -> Any:
    month = _months(days)
    target, following = _first(month + months), _first(month + months + 1)
    return np.minimum(target + (days - _first(month)), following)


def of_month(days: Days) -> Any:
    """The day of the month, from 0."""
    return days - _first(_months(days))


def start_of_year(days: Any) -> Days:
    """1 January of each day's year; the ends of time stay."""
    days = np.asarray(days, np.int32)
    fixed = (days <= BEFORE_ALL) | (days >= AFTER_ALL)
    years = _months(np.where(fixed, 0, days)) // 12
    out: Days = np.where(fixed, days, _first(years * 12)).astype(np.int32)
    return out


def first_of_year(year: Any) -> Any:
    """1 January of a calendar year."""
    return _first((np.asarray(year, np.int64) - 1970) * 12)


# --- months are counted from January 1970; those of everyday dates are looked up in tables


def _months_by_calendar(days: Any) -> Any:
    return np.asarray(days, np.int64).view("M8[D]").astype("M8[M]").view(np.int64)


def _first_by_calendar(months: Any) -> Any:
    return np.asarray(months, np.int64).view("M8[M]").astype("M8[D]").view(np.int64)


_EARLY, _LATE = -120_000, 120_000
"""Days from 1641 to 2298."""
_MONTHS = _months_by_calendar(np.arange(_EARLY, _LATE)).astype(np.int32)
_MOST = int(_MONTHS[-1]) + 1200
_FIRSTS = _first_by_calendar(np.arange(-_MOST, _MOST)).astype(np.int32)


def _months(days: Any) -> Any:
    """The month in which each day lies."""
    return _looked_up(_MONTHS, days - _EARLY, _months_by_calendar, days)


def _first(months: Any) -> Any:
    """The first day of each month."""
    return _looked_up(_FIRSTS, months + _MOST, _first_by_calendar, months)


def _looked_up(table: Any, at: Any, otherwise: Any, values: Any) -> Any:
    """The table's entries, if all that are asked for are in it."""
    at = np.asarray(at)
    if at.size and at.min() >= 0 and at.max() < len(table):
        return table.take(at)
    return otherwise(values)
