"""A finding is said in words, English and Chinese, as the table says."""

from __future__ import annotations

from typing import Any

import pytest

import explained
from recognition import dates
from recognition.explain import wording
from recognition.standard.library import Library


@pytest.mark.parametrize("entry", explained.entries("sentences"))
def test_a_finding_is_said_in_both_languages(books: Library, entry: dict[str, Any]) -> None:
    """The sentences are those of the table."""
    assert explained.found(books, entry) == entry["is"]


def test_verdicts_and_statuses_have_words() -> None:
    """Each is said in both languages."""
    assert wording.VERDICTS == {
        "eligible": {"en": "eligible", "zh": "符合"},
        "ineligible": {"en": "ineligible", "zh": "不符合"},
        "undetermined": {"en": "undetermined", "zh": "无法确定"},
    }
    assert wording.STATUSES == {
        "met": {"en": "met", "zh": "已满足"},
        "unmet": {"en": "not met", "zh": "未满足"},
        "unknown": {"en": "open", "zh": "未确定"},
        "not-applicable": {"en": "not applicable", "zh": "不适用"},
    }


@pytest.mark.parametrize(("lang", "told"), [("en", "a, b"), ("zh", "a、b")])
def test_words_are_joined_as_the_language_joins_them(lang: str, told: str) -> None:
    """By commas, or by the mark of enumeration."""
    assert wording.joined(["a", "b"], lang) == told


@pytest.mark.parametrize(
    ("day", "written"),
    [(0, "1970-01-01"), (dates.AFTER_ALL, None), (dates.BEFORE_ALL, None)],
)
def test_the_ends_of_time_are_no_day(day: int, written: str | None) -> None:
    """They are told as open."""
    assert wording.day(day) == written


@pytest.mark.parametrize(
    ("pointer", "stated"),
    [
        ("/experience/0/fte", True),
        ("/experience/1/fte", False),
        ("/experience/2/fte", False),
        ("/experience/0/until", False),
        ("/experience/x/fte", False),
    ],
)
def test_a_stated_share_is_one_that_the_profile_has(pointer: str, stated: bool) -> None:
    """A share of zero is stated too; what is absent or null is not."""
    profile = {"experience": [{"fte": 0}, {"fte": None}], "id": "x"}
    assert wording.stated_share(profile, pointer) is stated
