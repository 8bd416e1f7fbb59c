"""Amounts are said in both languages: what was measured, what is required."""

from __future__ import annotations

import re
from typing import Any

import pytest

from recognition.explain import amounts
from recognition.explain.decision import Measure
from recognition.standard.library import Library

DAY, LATER = "2001-02-03", "2002-03-04"


@pytest.mark.parametrize(
    ("told", "en", "zh"),
    [
        (None, "", ""),
        (Measure(None, None, "years"), "", ""),
        (Measure(7.0, 7.0, "years"), "7 years counted", "已计7年"),
        (Measure(1.0, 1.0, "months"), "1 month counted", "已计1个月"),
        (Measure(0.0, 0.0, "hours"), "0 hours counted", "已计0学时"),
        (Measure(3.0, 3.0, ""), "3 counted", "已计3"),
        (Measure(2.5, 7.0, "years"), "between 2.5 and 7 years counted", "计得2.5至7年"),
        (Measure(0.0, 1.0, "years"), "between 0 and 1 year counted", "计得0至1年"),
        (Measure(None, 4.0, "credits"), "between 0 and 4 credits counted", "计得0至4学分"),
        (Measure(5.0, None, "hours"), "5 hours or more may count", "可能为5学时或以上"),
        (Measure(0.0, None, "hours"), "", ""),
        (Measure(DAY, DAY, "date"), f"the day is {DAY}", f"日期为{DAY}"),
        (
            Measure(DAY, LATER, "date"),
            f"the day lies between {DAY} and {LATER}",
            f"日期介于{DAY}与{LATER}之间",
        ),
        (Measure(DAY, None, "date"), f"the day is {DAY} or later", f"日期为{DAY}或以后"),
        (Measure(None, DAY, "date"), f"the day is {DAY} or earlier", f"日期为{DAY}或以前"),
        (Measure(None, None, "date"), "", ""),
    ],
)
def test_what_was_measured_is_said(books: Library, told: Measure | None, en: str, zh: str) -> None:
    """Known, between bounds, open at an end, or nothing at all."""
    said = [amounts.measured(books, told, lang) for lang in ("en", "zh")]
    assert said == [en, zh]


@pytest.mark.parametrize(
    ("comparison", "en", "zh"),
    [
        ("reached", "required: at least 4 years", "要求：至少4年"),
        ("at_least", "required: at least 4 years", "要求：至少4年"),
        ("at_most", "required: at most 4 years", "要求：至多4年"),
        ("more_than", "required: more than 4 years", "要求：多于4年"),
        ("less_than", "required: less than 4 years", "要求：少于4年"),
    ],
)
def test_each_comparison_of_amounts_says_what_it_requires(
    books: Library, comparison: str, en: str, zh: str
) -> None:
    """At least, at most, more, less."""
    asked = Measure(4.0, 4.0, "years")
    said = [amounts.required(books, asked, comparison, "", lang) for lang in ("en", "zh")]
    assert said == [en, zh]


@pytest.mark.parametrize(
    ("comparison", "en", "zh"),
    [
        ("on_or_after", f"required: {DAY} or later", f"要求：{DAY}或以后"),
        ("on_or_before", f"required: {DAY} or earlier", f"要求：{DAY}或以前"),
        ("after", f"required: later than {DAY}", f"要求：晚于{DAY}"),
        ("before", f"required: earlier than {DAY}", f"要求：早于{DAY}"),
    ],
)
def test_each_comparison_of_days_says_what_it_requires(
    books: Library, comparison: str, en: str, zh: str
) -> None:
    """On a day or after it, before it, and the days themselves in or out."""
    asked = Measure(DAY, DAY, "date")
    said = [amounts.required(books, asked, comparison, "", lang) for lang in ("en", "zh")]
    assert said == [en, zh]


@pytest.mark.parametrize(
    ("asked", "requirement", "en"),
    [
        (None, "", ""),
        (Measure(None, 4.0, "years"), "", ""),
        (Measure(4.0, None, "years"), "", ""),
        (Measure(4.0, 6.0, "years"), "", "required: at least 4 to 6 years (open)"),
        (Measure(4.0, 6.0, "years"), "Of 4 years", "required: at least 4 to 6 years (open)"),
        (Measure(1.0, 1.0, "years"), "", "required: at least 1 year"),
        (Measure(4.0, 4.0, "years"), "At least 4 years", ""),
        (Measure(4.0, 4.0, "years"), "At least Four years", ""),
        (Measure(4.0, 4.0, "years"), "At least 4.", ""),
        (Measure(4.0, 4.0, "years"), "Of 4.5 years", "required: at least 4 years"),
        (Measure(4.0, 4.0, "years"), "Of 1.4 years", "required: at least 4 years"),
        (Measure(4.0, 4.0, "years"), "Of 14 years", "required: at least 4 years"),
        (Measure(4.0, 4.0, "years"), "Of 40 years", "required: at least 4 years"),
        (Measure(4.0, 4.0, "years"), "In fourteen years", "required: at least 4 years"),
        (Measure(4.0, 4.0, "years"), "须有四年经历", ""),
        (Measure(4.0, 4.0, "years"), "须有十四年经历", "required: at least 4 years"),
        (Measure(4.0, 4.0, "years"), "四项", "required: at least 4 years"),
        (Measure(11.0, 11.0, "years"), "Eleven years", "required: at least 11 years"),
        (Measure(DAY, DAY, "date"), f"By {DAY}", ""),
        (Measure(DAY, LATER, "date"), "", f"required: at least {DAY} to {LATER} (open)"),
    ],
)
def test_what_is_required_is_said_where_the_requirement_does_not_say_it(
    books: Library, asked: Measure | None, requirement: str, en: str
) -> None:
    """In figures or in a word; where it is open both ends are said."""
    assert amounts.required(books, asked, "at_least", requirement, "en") == en


def test_an_open_requirement_is_said_in_chinese(books: Library) -> None:
    """Both ends, with the unit behind the last."""
    said = amounts.required(books, Measure(4.0, 6.0, "years"), "at_least", "", "zh")
    assert said == "要求：至少4至6年（未确定）"


@pytest.mark.parametrize(
    ("told", "en", "zh"),
    [
        (
            Measure(0.5, 7.0, "years"),
            "7 years if the work was full time; between 0.5 and 7 years counted, "
            "because the share of full time is not stated",
            "如为全时工作则计7年；计得0.5至7年，原因：未说明全时比例",
        ),
        (
            Measure(None, 1.0, "years"),
            "1 year if the work was full time; between 0 and 1 year counted, "
            "because the share of full time is not stated",
            "如为全时工作则计1年；计得0至1年，原因：未说明全时比例",
        ),
    ],
)
def test_work_of_an_unstated_share_is_said_as_if_it_were_full_time(
    books: Library, told: Measure, en: str, zh: str
) -> None:
    """The most first, then between which bounds it lies, and why."""
    assert [amounts.full_time(books, told, lang) for lang in ("en", "zh")] == [en, zh]


WORDS = {
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


def test_small_numbers_are_found_as_they_are_written() -> None:
    """In English as words of their own, in Chinese before years or months."""
    assert set(amounts.WRITTEN) == set(WORDS)
    for figures, (word, sign) in WORDS.items():
        for text in (f"of {word} years", f"满{sign}年", f"满{sign}个月"):
            assert re.search(amounts.WRITTEN[figures], text), text
        for text in (f"{word}x", f"x{word}", f"{sign}项"):
            assert not re.search(amounts.WRITTEN[figures], text), text


@pytest.mark.parametrize("tens", "一二三四五六七八九十")
def test_a_sign_behind_another_is_another_number(tens: str) -> None:
    """Thirteen is not three, thirty-three neither."""
    assert not re.search(amounts.WRITTEN["3"], f"{tens}三年")


@pytest.mark.parametrize(
    ("value", "written"),
    [(7, "7"), (6.999, "6.99"), (0.29, "0.29"), (2.5, "2.5"), (0, "0"), (10.0, "10"), (1.005, "1")],
)
def test_numbers_are_cut_off_after_two_places(value: Any, written: str) -> None:
    """They are never rounded up, and a hundredth is not lost."""
    assert amounts.number(value) == written
