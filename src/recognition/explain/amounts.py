"""What was measured and what is required, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from recognition.explain.decision import Amount, Measure
from recognition.standard.library import Library

TEXTS: Mapping[str, Mapping[str, str]] = {
    "counted": {"en": "{} counted", "zh": "已计{}"},
    "between": {"en": "between {} and {} counted", "zh": "计得{}至{}"},
    "at-least": {"en": "{} or more may count", "zh": "可能为{}或以上"},
    "day": {"en": "the day is {}", "zh": "日期为{}"},
    "day-from": {"en": "the day is {} or later", "zh": "日期为{}或以后"},
    "day-until": {"en": "the day is {} or earlier", "zh": "日期为{}或以前"},
    "days": {"en": "the day lies between {} and {}", "zh": "日期介于{}与{}之间"},
    "range": {"en": "{} to {} (open)", "zh": "{}至{}（未确定）"},
    "required": {"en": "required: {}", "zh": "要求：{}"},
    "full-time": {
        "en": "{most} if the work was full time; between {least} and {most} counted, "
        "because the share of full time is not stated",
        "zh": "如为全时工作则计{most}；计得{least}至{most}，原因：未说明全时比例",
    },
}
COMPARED: Mapping[str, Mapping[str, str]] = {
    "reached": {"en": "at least {}", "zh": "至少{}"},
    "at_least": {"en": "at least {}", "zh": "至少{}"},
    "at_most": {"en": "at most {}", "zh": "至多{}"},
    "more_than": {"en": "more than {}", "zh": "多于{}"},
    "less_than": {"en": "less than {}", "zh": "少于{}"},
    "on_or_after": {"en": "{} or later", "zh": "{}或以后"},
    "on_or_before": {"en": "{} or earlier", "zh": "{}或以前"},
    "after": {"en": "later than {}", "zh": "晚于{}"},
    "before": {"en": "earlier than {}", "zh": "早于{}"},
}
"""What each comparison requires."""
_IN_WORDS = {
    "1": ("one", "一"),
    "2": ("two", "两"),
    "3": ("three", "三"),
    "4": ("four", "四"),
    "5": ("five", "五"),
    "6": ("six", "六"),
    "7": ("seven", "七"),
    "8": ("eight", "八"),
    "9": ("nine", "九"),
    "10": ("ten", "十"),
    "12": ("twelve", "十二"),
    "15": ("fifteen", "十五"),
    "20": ("twenty", "二十"),
}
WRITTEN = {
    figures: rf"\b{word}\b|(?<![一二三四五六七八九十]){sign}(?=年|个月)"
    for figures, (word, sign) in _IN_WORDS.items()
}
"""Small numbers as they are written in words, to be searched for."""


def measured(library: Library, told: Measure | None, lang: str) -> str:
    """What was measured; nothing where it may be anything."""
    if told is None:
        return ""
    least, most, unit = told.at_least, told.at_most, told.unit
    if least is None and most is None:
        return ""
    if unit == "date":
        return _days(least, most, lang)
    if least == most:
        return TEXTS["counted"][lang].format(_amount(library, least, unit, lang))
    if most is None:
        return TEXTS["at-least"][lang].format(_amount(library, least, unit, lang)) if least else ""
    return TEXTS["between"][lang].format(number(least or 0), _amount(library, most, unit, lang))


def full_time(library: Library, told: Measure, lang: str) -> str:
    """Counted time of which only the share of full time is not known."""
    most = _amount(library, told.at_most, told.unit, lang)
    return TEXTS["full-time"][lang].format(most=most, least=number(told.at_least or 0))


def required(
    library: Library, told: Measure | None, comparison: str, requirement: str, lang: str
) -> str:
    """What a comparison requires; nothing where nobody knows, or the requirement says it."""
    if told is None or told.at_least is None or told.at_most is None:
        return ""
    ends = [_end(library, told, end, lang) for end in (told.at_least, told.at_most)]
    if told.at_least == told.at_most and _says(requirement, told.at_least):
        return ""
    amount = ends[0] if ends[0] == ends[1] else _range(library, told, lang)
    return TEXTS["required"][lang].format(COMPARED[comparison][lang].format(amount))


def _range(library: Library, told: Measure, lang: str) -> str:
    least = told.at_least if told.unit == "date" else number(told.at_least)
    return TEXTS["range"][lang].format(least, _end(library, told, told.at_most, lang))


def _end(library: Library, told: Measure, end: Any, lang: str) -> str:
    return str(end) if told.unit == "date" else _amount(library, end, told.unit, lang)


def _says(requirement: str, amount: Amount) -> bool:
    """Whether a text has the amount in it, in figures or in a word."""
    figures = amount if isinstance(amount, str) else number(amount)
    figure = rf"(?<![\d.]){re.escape(figures)}(?!\d|\.\d)"
    written = rf"{figure}|{WRITTEN[figures]}" if figures in WRITTEN else figure
    return bool(re.search(written, requirement, re.IGNORECASE))


def _days(least: Amount | None, most: Amount | None, lang: str) -> str:
    """A day, or between which days it lies, one of which may be open."""
    if least is None or most is None:
        return TEXTS["day-until" if least is None else "day-from"][lang].format(least or most)
    return TEXTS["day" if least == most else "days"][lang].format(least, most)


def _amount(library: Library, value: Any, unit: str, lang: str) -> str:
    words = library.facts.get("units", {}).get(unit, {}).get(lang, "")
    if isinstance(words, Mapping):
        words = words["one" if value == 1 else "other"]
    return f"{number(value)}{words}" if lang == "zh" else f"{number(value)} {words}".strip()


def number(value: Any) -> str:
    """Two places, cut off, not rounded: six years and 364 days never read as seven."""
    return f"{int(value * 100 + 1e-6) / 100:g}"
