"""A decision tells what it owes to assumptions: the facts that would be missing, and where."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from explained import decision, standing
from recognition.evaluate import answers, evaluate
from recognition.standard.library import Library
from recognition.standard.model import Standard

FTE = {"experience.fte": 1}
JOB = {"from": "2014-01-01", "until": ".."}
SPOKEN = {"attested": "us-code-familiarity"}
BODY = {"equals": [{"field": "registrations.body"}, "EA"]}
ACTIVE = {"equals": [{"field": "registrations.status"}, "active"]}
TAUGHT = {
    "exists": {"in": "degrees", "where": {"equals": [{"field": "degrees.delivered_in"}, "US"]}}
}
OF_BODY = {"exists": {"in": "registrations", "where": BODY}}


def years(least: int) -> Any:
    """So many years of work, ten of which lie between the job and the day."""
    return {"at_least": [{"years": {"in": "experience"}}, least]}


def owed(decided: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(one["pointer"], one["value"], one["criteria"]) for one in decided["assumed"]]


@pytest.mark.parametrize(
    ("rules", "profile", "assume", "verdict", "due"),
    [
        (
            [years(7)],
            {"experience": [JOB]},
            FTE,
            "eligible",
            [("/experience/0/fte", 1, ["asked-0"])],
        ),
        (
            [years(11)],
            {"experience": [JOB]},
            FTE,
            "ineligible",  # as without it, but so is what was counted
            [("/experience/0/fte", 1, ["asked-0"])],
        ),
        (
            [years(7), SPOKEN, years(8)],
            {"experience": [JOB]},
            {**FTE, "attestations.us-code-familiarity": True},
            "eligible",
            [
                ("/experience/0/fte", 1, ["asked-0", "asked-2"]),
                ("/attestations/us-code-familiarity", True, ["asked-1"]),
            ],
        ),
        (
            [years(7)],
            {"experience": [{**JOB, "fte": 1}, JOB]},
            FTE,
            "eligible",
            [],  # met by the first job alone
        ),
        (
            [years(7)],
            {"experience": [{**JOB, "fte": 1, "from": "2020-01-01"}, JOB]},
            FTE,
            "eligible",
            [("/experience/1/fte", 1, ["asked-0"])],
        ),
        (
            [SPOKEN],
            {},
            {"attestations.us-code-familiarity": False, "attestations.cpd-maintained": True},
            "ineligible",
            [("/attestations/us-code-familiarity", False, ["asked-0"])],
        ),
        (
            [{"field": "conduct.bound_by_code"}],
            {},
            {"conduct.bound_by_code": True},
            "eligible",
            [("/conduct/bound_by_code", True, ["asked-0"])],
        ),
    ],
)
def test_what_fills_a_missing_fact_is_told_with_its_criteria(
    books: Library, rules: list[Any], profile: Any, assume: Any, verdict: str, due: Any
) -> None:
    """Each fact once, with all the criteria that would miss it; nothing that is stated."""
    decided = decision(books, rules, profile, assume=assume)
    assert (decided["verdict"], owed(decided)) == (verdict, due)
    assert decided["confidence"] == ("assumed" if due else "confirmed")


@pytest.mark.parametrize(
    ("rules", "profile", "assume", "verdict", "due"),
    [
        ([TAUGHT], {"degrees": [{}]}, {"degrees.country": "US"}, "eligible", "/degrees/0/country"),
        (
            [TAUGHT],
            {"degrees": [{"delivered_in": None}]},
            {"degrees.country": "US"},
            "undetermined",
            None,
        ),
        (
            [OF_BODY],
            {"registrations": [{"body": "A Body Nobody Knows"}]},
            {"registrations.country": "NZ"},
            "ineligible",
            "/registrations/0/country",
        ),
        (
            [OF_BODY],
            {"registrations": [{"body": None}]},
            {"registrations.country": "NZ"},
            "undetermined",
            None,
        ),
        (
            [years(7)],
            {"experience": [{"fte": 1, "until": None}]},
            {"experience.from": "2020-01-01"},
            "ineligible",
            "/experience/0/from",
        ),
        (
            [{"exists": {"in": "experience", "where": {"on_or_after": [
                {"field": "experience.until"}, {"date": "2010-01-01"}]}}}],
            {"experience": [{}]},
            {"experience.from": "2020-01-01"},
            "eligible",
            "/experience/0/from",
        ),
    ],
)  # fmt: skip
def test_what_bounds_a_missing_fact_is_told_by_its_own_pointer(
    books: Library, rules: list[Any], profile: Any, assume: Any, verdict: str, due: str | None
) -> None:
    """A country that says where one was taught, a start before which no end can be."""
    decided = decision(books, rules, profile, assume=assume)
    assert decided["verdict"] == verdict
    assert [one["pointer"] for one in decided["assumed"]] == ([due] if due else [])


@pytest.mark.parametrize(
    ("some", "settle", "verdict"),
    [
        ({"experience.until": ".."}, ["/experience/0/from", "/experience/0/until"], "undetermined"),
        ({"experience.until": "..", "experience.from": "2001"}, None, "eligible"),
        ({"experience.until": "..", "experience.from": "2020"}, None, "ineligible"),
    ],
)
def test_what_was_assumed_would_settle_what_is_open_without_it(
    books: Library, some: dict[str, str], settle: list[str] | None, verdict: str
) -> None:
    """Behind what is missing still; where nothing is, in the order in which it is missing."""
    decided = decision(books, [years(7)], {"experience": [{"fte": 1}]}, assume=some)
    assert decided["verdict"] == verdict
    assert decided["would_settle"] == (settle or ["/experience/0/from", "/experience/0/until"])
    assert len(decided["would_settle_text"]["en"]) == 2


def test_what_is_settled_without_assumptions_needs_none(books: Library) -> None:
    """They are told where they fill in a measure, and would settle nothing."""
    decided = decision(books, [years(11)], {"experience": [JOB]}, assume=FTE)
    assert len(decided["assumed"]) == 1
    assert decided["would_settle"] == []


def test_an_element_that_was_ruled_out_by_an_assumption_is_owed(books: Library) -> None:
    """The decision is about the second registration, for want of what was assumed of the first."""
    held = [{"status": "active"}, {"body": "EA"}]
    some = {"registrations.body": "PEC"}
    decided = decision(books, [ACTIVE, BODY], {"registrations": held}, "registrations", assume=some)
    assert decided["verdict"] == "undetermined"
    assert owed(decided) == [("/registrations/0/body", "PEC", ["asked-1"])]
    assert decided["would_settle"] == ["/registrations/1/status", "/registrations/0/body"]


def test_a_measure_that_is_known_by_an_assumption_is_owed(books: Library) -> None:
    """Even where it is the first thing that is asked, and the criterion is met without it."""
    made = standing(books, [{"at_least": [{"field": "degrees.eqf"}, 1]}], "degrees")
    (edition,) = made.standards["yonder"].editions
    alone = Standard(replace(made.standards["yonder"].agreement, hosts=None), (edition,))
    made = replace(made, standards={"yonder": alone})
    profile = {"id": "x", "degrees": [{}]}
    told = evaluate(made, profile, ["yonder"], (), "2024-01-01", assume={"degrees.eqf": 5})
    (decided,) = told["decisions"]
    assert (decided["verdict"], decided["host"]) == ("eligible", None)
    assert owed(decided) == [("/degrees/0/eqf", 5, ["asked-0"])]
    (found,) = decided["findings"]
    assert found["measured"] == {"at_least": 5, "at_most": 5, "unit": "level"}


def test_without_an_element_nothing_is_owed(books: Library) -> None:
    """No registration, nothing that could be missing of it."""
    some = {"registrations.body": "PEC"}
    decided = decision(books, [BODY], {"registrations": []}, "registrations", assume=some)
    assert (decided["verdict"], decided["assumed"]) == ("ineligible", [])


def test_each_profile_owes_what_was_assumed_of_its_own(books: Library) -> None:
    """Of several profiles decided at once, by their own pointers."""
    known = {**JOB, "fte": 1}
    people: list[Any] = [
        {"id": "known", "experience": [known, known]},
        {"id": "second", "experience": [{**known, "until": "2014-06-30"}, JOB]},
        {"id": "first", "experience": [JOB]},
    ]
    told = answers(books, people, ["yonder"], (), "2024-01-01", assume=FTE)
    found = [[one.pointer for one in answer.decisions[0].assumed] for answer in told]
    assert found == [[], ["/experience/1/fte"], ["/experience/0/fte"]]


@pytest.mark.parametrize(
    ("rules", "profile", "assume", "en", "zh"),
    [
        (
            [years(7), years(8)],
            {"experience": [{"fte": 1, "from": "2023", "until": ".."}, JOB]},
            FTE,
            "the share of full time of your second job is taken to be 1 "
            "(for: United States codes, United States codes)",
            "您第二段工作经历的全时比例按“1”计（涉及：美国规范、美国规范）",
        ),
        (
            [years(7)],
            {"experience": [{"fte": 1, "from": "2014-01-01"}]},
            {"experience.until": ".."},
            "the end of your first job is taken to be open (for: United States codes)",
            "您第一段工作经历的结束日期按“尚未结束”计（涉及：美国规范）",
        ),
        (
            [years(7)],
            {"experience": [{"fte": 1, "from": "2014-01-01"}]},
            {"experience.until": "2022-01"},
            "the end of your first job is taken to be 2022-01 (for: United States codes)",
            "您第一段工作经历的结束日期按“2022-01”计（涉及：美国规范）",
        ),
        (
            [TAUGHT],
            {"degrees": [{}]},
            {"degrees.country": "US"},
            "the country of your first degree is taken to be United States "
            "(for: United States codes)",
            "您第一个学位的国家或地区按“美国”计（涉及：美国规范）",
        ),
        (
            [SPOKEN],
            {},
            {"attestations.us-code-familiarity": True},
            "it is taken to hold: shown familiarity with United States codes "
            "(for: United States codes)",
            "按属实计：已证明熟悉美国规范（涉及：美国规范）",
        ),
        (
            [SPOKEN],
            {},
            {"attestations.us-code-familiarity": False},
            "it is taken not to hold: shown familiarity with United States codes "
            "(for: United States codes)",
            "按不属实计：已证明熟悉美国规范（涉及：美国规范）",
        ),
        (
            [{"field": "conduct.bound_by_code"}],
            {},
            {"conduct.bound_by_code": True},
            "the statement on a code of ethics is taken to be yes (for: United States codes)",
            "是否受职业道德守则约束的说明按“是”计（涉及：美国规范）",
        ),
        (
            [{"field": "conduct.bound_by_code"}],
            {},
            {"conduct.bound_by_code": False},
            "the statement on a code of ethics is taken to be no (for: United States codes)",
            "是否受职业道德守则约束的说明按“否”计（涉及：美国规范）",
        ),
    ],
)
def test_an_assumption_is_said_in_both_languages(
    books: Library, rules: list[Any], profile: Any, assume: Any, en: str, zh: str
) -> None:
    """What is taken to be what, and for which criteria."""
    (one,) = decision(books, rules, profile, assume=assume)["assumed"]
    assert one["text"] == {"en": en, "zh": zh}
