"""Days and periods in words, as far as they are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from recognition import dates
from recognition.standard.model import Period
from recognition.standard.succession import NEVER

CORRECTED: Mapping[str, str] = {
    "en": "on no day: another version corrects it",
    "zh": "从未生效：已由其他版本更正",
}


def day(first: int, last: int) -> str:
    """A day as far as it is known: `2018-06-14`, `2018-06`, `2018`, `..`, or between which days."""
    if first == last:
        return dates.iso(first)
    low = "?" if first <= dates.BEFORE_ALL else dates.iso(first)
    high = "?" if last >= dates.AFTER_ALL else dates.iso(last)
    for coarse in (low[:4], low[:7]):
        if "?" not in (low, high) and dates.parse(coarse) == (first, last):
            return coarse
    return "?" if low == high else f"{low}/{high}"


def said(period: Period, lang: str) -> str:
    """A period as it is read: `from 2018-06 until ..`, `自2018年6月起`."""
    return CORRECTED[lang] if period == NEVER else _IN[lang](period)


def _english(period: Period) -> str:
    return f"from {day(*period.first)} until {day(*_last(period))}"


def _last(period: Period) -> tuple[int, int]:
    """The bounds of the last day; that one nobody knows follows the first is no news."""
    least, most = period.last
    unknown = least <= period.first[0] and most >= dates.AFTER_ALL
    return dates.BEFORE_ALL if unknown else least, most


def _chinese(period: Period) -> str:
    ends = [_end(period.first, "起始日", "自{}起")]
    if period.last != (dates.AFTER_ALL, dates.AFTER_ALL):
        ends.append(_end(_last(period), "终止日", "至{}止"))
    return "，".join(ends)


def _end(bounds: tuple[int, int], name: str, known: str) -> str:
    """One end of a period: known to the day, the month or the year, between days, or not at all."""
    low, _, high = day(*bounds).partition("/")
    if low == "?" and high in ("", "?"):
        return f"{name}不详"
    if not high:
        return known.format(_written(low))
    if low == "?":
        return f"{name}不晚于{_written(high)}"
    if high == "?":
        return f"{name}不早于{_written(low)}"
    return f"{name}介于{_written(low)}与{_written(high)}之间"


def _written(iso: str) -> str:
    """`2018年6月14日` of `2018-06-14`, `2018年6月` of `2018-06`."""
    units = zip(iso.split("-"), "年月日", strict=False)
    return "".join(f"{int(number)}{unit}" for number, unit in units)


_IN: Mapping[str, Callable[[Period], str]] = {"en": _english, "zh": _chinese}
