"""What surely does not concern a person is told apart from what is met, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from explained import WORDS, standing
from recognition.admit import admitted
from recognition.decide.apart import Apart
from recognition.decide.decide import decide, read_lines, work_out
from recognition.decide.sheet import Layout
from recognition.decide.statuses import Decided
from recognition.plan.question import Question, compiled
from recognition.standard.library import Library

DAY = 19_723
SPOKEN = {"attested": "us-code-familiarity"}
LEVEL = {"equals": [{"field": "degrees.level"}, "bachelor"]}
COUNTRY = {"equals": [{"field": "degrees.country"}, "US"]}
IN_US = {"exists": {"in": "degrees", "where": COUNTRY}}
NONE: list[Any] = []
ONE: list[Any] = [{}]
UNMET, UNKNOWN, MET, ASIDE = range(4)


def decided(
    books: Library,
    rules: list[Any],
    profiles: list[Any],
    in_: str = "",
    changes: Mapping[int, Any] | None = None,
    few: int = 0,
) -> tuple[list[Decided], list[Decided]]:
    """Decisions on profiles as they are read, and with what does not concern them told apart."""
    made = standing(books, rules, in_, WORDS, changes or {})
    people = [{"id": str(i), **profile} for i, profile in enumerate(profiles)]
    facts = admitted(people, DAY, books.vocabularies).facts
    plan = compiled(made, Question(("yonder",)))
    values = work_out(plan, facts, made, few=few)
    read = read_lines(plan, values, facts)
    return read, Apart(plan.steps, values, Layout(facts)).told(read)


@pytest.mark.parametrize("few", [0, 99])
@pytest.mark.parametrize(
    ("rules", "in_", "where", "profiles", "read", "told"),
    [
        (  # it always applies
            [SPOKEN], "", None,
            [{"attestations": {"us-code-familiarity": said}} for said in (True, False, None)],
            [MET, UNMET, UNKNOWN], [MET, UNMET, UNKNOWN],
        ),
        (  # of the profile
            [SPOKEN], "", IN_US,
            [
                {"degrees": [{"country": country}], "attestations": {"us-code-familiarity": said}}
                for country, said in [("AU", None), ("AU", True), ("US", True), ("US", None)]
            ] + [{"degrees": []}, {}],
            [MET, MET, MET, UNKNOWN, MET, UNKNOWN], [ASIDE, ASIDE, MET, UNKNOWN, ASIDE, UNKNOWN],
        ),
        (  # nobody knows of whom it is asked
            [SPOKEN], "", {"unpublished": "truth"},
            [{}, *({"attestations": {"us-code-familiarity": said}} for said in (True, False))],
            [UNKNOWN, MET, UNKNOWN], [UNKNOWN, MET, UNKNOWN],
        ),
        (
            [SPOKEN], "", {"one_of": [{"host": True}, ["US-TX"]]},
            [{}, {"attestations": {"us-code-familiarity": True}}], [UNKNOWN, MET], [UNKNOWN, MET],
        ),
        (  # of one element
            [LEVEL], "degrees", COUNTRY,
            [
                {"degrees": []},
                {"degrees": [{"country": "AU"}]},
                {"degrees": [{"country": "US", "level": "bachelor"}]},
                {"degrees": [{"country": "US", "level": "diploma"}, {"country": "AU"}]},
                {"degrees": [{"country": "US", "level": "bachelor"}, {"country": "AU"}]},
                {"degrees": [{}]},
            ],
            [UNMET, MET, MET, MET, MET, UNKNOWN], [UNMET, ASIDE, MET, ASIDE, MET, UNKNOWN],
        ),
        (  # nobody has an element
            [LEVEL], "degrees", COUNTRY, [{"degrees": []}] * 2, [UNMET, UNMET], [UNMET, UNMET],
        ),
        (  # of the profile, where the criterion is about an element
            [LEVEL], "degrees", {"attested": "us-code-familiarity"},
            [
                {"degrees": degrees, "attestations": {"us-code-familiarity": said}}
                for degrees, said in [(NONE, False), (ONE, False), (ONE, True), (NONE, True)]
            ],
            [MET, MET, UNKNOWN, UNMET], [ASIDE, ASIDE, UNKNOWN, UNMET],
        ),
        (  # of the degree, where the criterion is about an accreditation of it
            [{"equals": [{"field": "degrees.accreditations.by"}, "EA"]}],
            "degrees.accreditations", COUNTRY,
            [
                {"degrees": [
                    {"country": "US", "accreditations": [{"by": "PEC"}]},
                    {"country": "AU", "accreditations": [{"by": "PEC"}]},
                ]},
                {"degrees": [{"country": "US", "accreditations": [{"by": "EA"}]}]},
                {"degrees": [{"country": "AU", "accreditations": [{"by": "PEC"}, {"by": "EA"}]}]},
                {"degrees": [{"country": "US", "accreditations": [{"by": "PEC"}]}]},
            ],
            [MET, MET, MET, UNMET], [ASIDE, MET, ASIDE, UNMET],
        ),
    ],
)  # fmt: skip
def test_what_is_met_for_not_applying_is_told_apart(
    books: Library,
    few: int,
    rules: list[Any],
    in_: str,
    where: Any,
    profiles: list[Any],
    read: list[int],
    told: list[int],
) -> None:
    """By what is said of the profile, or of the element that the finding is about."""
    changes = {0: {"applies_when": where}} if where else {}
    before, after = decided(books, rules, profiles, in_, changes, few)
    assert [one.findings[0].statuses[-1].tolist() for one in before] == [read]
    assert [one.findings[0].statuses[-1].tolist() for one in after] == [told]


def test_each_criterion_is_told_apart_by_itself(books: Library) -> None:
    """Two that do not apply to different people; verdicts stay what they are."""
    changes = {0: {"applies_when": IN_US}, 2: {"applies_when": {"not": IN_US}}}
    people = [
        {"degrees": [{"country": country}], "attestations": {"us-code-familiarity": True}}
        for country in ("US", "AU")
    ]
    before, after = decided(books, [SPOKEN, SPOKEN, SPOKEN], people, changes=changes)
    (one,) = after
    assert one.findings[0].statuses[-3:].tolist() == [[MET, ASIDE], [MET, MET], [ASIDE, MET]]
    assert one.verdict is before[0].verdict
    assert one.chosen is before[0].chosen


def test_lines_that_share_findings_share_what_is_told(books: Library) -> None:
    """An edition that is the same for several hosts is told once; others by themselves."""
    plan = compiled(books, Question(("league",), ("AU", "GB")))
    facts = admitted([{"id": "x"}], DAY, books.vocabularies).facts
    values = work_out(plan, facts, books)
    read = read_lines(plan, values, facts)
    told = Apart(plan.steps, values, Layout(facts)).told(read)
    made: dict[int, Any] = {}
    for before, after in zip(read, told, strict=True):
        assert len(before.findings) == len(after.findings)
        for one, other in zip(before.findings, after.findings, strict=True):
            assert made.setdefault(id(one), other) is other
            assert other.statuses.tolist() == one.statuses.tolist()


@pytest.mark.parametrize(("told", "due"), [((), MET), ((False,), MET), ((True,), ASIDE)])
def test_decisions_are_told_apart_where_that_is_asked_for(
    books: Library, told: tuple[bool, ...], due: int
) -> None:
    """Otherwise they are as they are read."""
    made = standing(books, [SPOKEN], changes={0: {"applies_when": IN_US}})
    facts = admitted([{"id": "x", "degrees": []}], DAY, books.vocabularies).facts
    (one,) = decide(compiled(made, Question(("yonder",))), facts, made, *told)
    assert one.findings[0].statuses[-1].tolist() == [due]
