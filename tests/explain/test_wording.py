"""A finding is said in words, English and Chinese, as the table says."""

from __future__ import annotations

from typing import Any

import pytest

import explained
from recognition import dates
from recognition.explain import wording
from recognition.facts import assumptions
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


@pytest.mark.parametrize(
    ("written", "en", "zh"),
    [
        ("experience.fte=0.5", "the share of full time: 0.5", "全时比例：0.5"),
        ("experience.until=..", "the end: open", "结束日期：尚未结束"),
        ("degrees.level=bachelor", "the level: bachelor's degree", "学历层次：学士"),
        ("degrees.awarded_on=2020-02", "the date of award: 2020-02", "授予日期：2020-02"),
        (
            "conduct.bound_by_code=yes",
            "the statement on a code of ethics: yes",
            "是否受职业道德守则约束的说明：是",
        ),
        (
            "attestations.us-code-familiarity=no",
            "shown familiarity with United States codes: no",
            "已证明熟悉美国规范：否",
        ),
    ],
)
def test_what_is_supposed_is_said_by_itself(books: Library, written: str, en: str, zh: str) -> None:
    """Each field with its value as a person says it, of no element of any list."""
    read = assumptions.read([written], books.vocabularies)
    assert [*wording.supposed(books, read, "en")] == [en]
    assert [*wording.supposed(books, read, "zh")] == [zh]


@pytest.mark.parametrize(
    ("pointer", "stated"),
    [
        ("/degrees/0", True),
        ("/degrees/12/accreditations", True),
        ("/degrees", False),
        ("/attestations/application-complete", True),
        ("/conduct/bound_by_code", True),
        ("/birth_date", False),
    ],
)
def test_what_is_stated_is_an_element_a_statement_or_conduct(pointer: str, stated: bool) -> None:
    """A list as such is nothing that was stated."""
    assert wording.is_statement(pointer) is stated


@pytest.mark.parametrize(
    ("pointer", "unstated"),
    [
        ("/experience/0/fte", False),
        ("/experience/1/fte", True),
        ("/experience/2/fte", True),
        ("/experience/1/until", False),
    ],
)
def test_an_unstated_share_is_one_that_the_profile_lacks(pointer: str, unstated: bool) -> None:
    """Absent or null; no other field is a share."""
    assert wording.unstated_share({"experience": [{"fte": 0.5}, {}]}, pointer) is unstated


@pytest.mark.parametrize(
    ("index", "en", "zh"),
    [(0, "first", "第一"), (9, "tenth", "第十"), (10, "11th", "第11"), (19, "20th", "第20")],
)
def test_elements_are_numbered_in_words_up_to_ten(
    books: Library, index: int, en: str, zh: str
) -> None:
    """Then in figures."""
    profile: dict[str, Any] = {"experience": [{}] * 20}
    pointer = f"/experience/{index}/until"
    said = [wording.reason(books, pointer, profile, lang) for lang in ("en", "zh")]
    assert said == [f"the end of your {en} job is missing", f"缺少您{zh}段工作经历的结束日期"]


def test_an_entry_without_a_name_is_told_by_its_code(books: Library) -> None:
    """As is a code that is no entry."""
    assert wording.named(books, "places", "AU") == {"en": "Australia", "zh": "澳大利亚"}
    assert wording.named(books, "places", "XX") == {"en": "XX", "zh": "XX"}


SHARE = ["/experience/0/fte"]


@pytest.mark.parametrize(
    ("share", "missing", "part_time"),
    [(None, SHARE, True), (0.5, SHARE, False), (None, [*SHARE, "/experience/0/until"], False)],
)
def test_only_a_share_that_is_missing_alone_is_said_as_such(
    books: Library, share: float | None, missing: list[str], part_time: bool
) -> None:
    """Not where it is known, and not where something else is missing too."""
    job = {"from": "2014-01-01", "until": None if len(missing) > 1 else "..", "fte": share}
    rule = {"at_least": [{"years": {"in": "experience"}}, 7]}
    told = explained.finding(books, rule, {"experience": [job]})
    assert sorted(told["missing"]) == sorted(missing)
    assert ("if the work was full time" in told["text"]["en"]) is part_time
    assert ("如为全时工作则计" in told["text"]["zh"]) is part_time
