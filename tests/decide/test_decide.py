"""A decision takes the edition in force, the host's standing, the element that comes furthest."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from recognition.decide.decide import _decided
from recognition.decide.statuses import Findings
from recognition.evaluate import answer, answers, evaluate
from recognition.plan.question import Question, compiled
from recognition.problems import Refused
from recognition.standard.library import Library

AT_HOME = {
    "body": "EA",
    "title": "CPEng",
    "status": "active",
    "good_standing": True,
    "granted_on": "2010-01-01",
    "expires_on": "..",
    "independent_practice": True,
}
READY: dict[str, Any] = {
    "id": "ready",
    "degrees": [{"level": "bachelor"}],
    "registrations": [AT_HOME],
    "experience": [{"from": "2000-01-01", "until": "..", "fte": 1.0}],
    "attestations": {"cpd-maintained": True},
}
"""Someone who meets every criterion of the league, wherever it is asked."""


def decision(
    books: Library,
    as_of: str,
    host: str = "AU",
    standard: str = "league",
    **changes: Any,
) -> dict[str, Any]:
    decided = evaluate(books, {**READY, **changes}, [standard], [host], as_of)["decisions"]
    assert len(decided) == 1
    one: dict[str, Any] = decided[0]
    return one


def statuses(decided: dict[str, Any]) -> dict[str, str]:
    return {found["criterion"]: found["status"] for found in decided["findings"]}


# --- editions


@pytest.mark.parametrize(
    ("as_of", "version", "verdict"),
    [
        ("1997-05-31", "2013", "ineligible"),  # none is in force, the latest is told
        ("1997-06-01", "1997", "ineligible"),  # too soon for the experience
        ("2007-06-01", "1997", "eligible"),
        ("2012-12-31", "1997", "eligible"),
        ("2013-01-01", "2013", "undetermined"),
        ("2013-01-31", "2013", "eligible"),
        ("2026-01-01", "2013", "eligible"),
    ],
)
def test_the_edition_in_force_on_the_day_decides(
    books: Library, as_of: str, version: str, verdict: str
) -> None:
    decided = decision(books, as_of)
    assert (decided["version"], decided["verdict"]) == (version, verdict)


def test_before_the_first_edition_nobody_is_eligible_and_in_force_says_why(books: Library) -> None:
    assert statuses(decision(books, "1990-01-01")) == {"in-force": "unmet"}


def test_at_a_coarse_edge_being_in_force_is_open(books: Library) -> None:
    decided = decision(books, "2013-01-15")
    assert statuses(decided)["in-force"] == "unknown"
    assert {status for name, status in statuses(decided).items() if name != "in-force"} == {"met"}


def test_in_force_is_told_only_where_it_is_not_met(books: Library) -> None:
    assert "in-force" not in statuses(decision(books, "2020-01-01"))


def test_someone_ineligible_by_a_criterion_is_so_at_a_coarse_edge_too(books: Library) -> None:
    assert decision(books, "2013-01-15", degrees=[])["verdict"] == "ineligible"


def test_a_pinned_version_decides_whatever_else_is_in_force(books: Library) -> None:
    decided = decision(books, "2010-01-01", standard="league@1997")
    assert (decided["version"], decided["verdict"]) == ("1997", "eligible")
    late = decision(books, "2020-01-01", standard="league@1997")
    assert (late["version"], late["verdict"]) == ("1997", "ineligible")
    assert statuses(late) == {"in-force": "unmet"}


# --- hosts


@pytest.mark.parametrize(
    ("as_of", "host", "status"),
    [
        ("2017-12-31", "PK", "unmet"),
        ("2018-06-01", "PK", "unknown"),
        ("2018-12-31", "PK", "met"),
        ("2030-06-01", "PK", "unknown"),
        ("2031-01-01", "PK", "unmet"),
        ("2008-12-31", "TW", "unmet"),
        ("2009-01-01", "TW", "unknown"),
        ("2009-12-31", "TW", "met"),
        ("2020-01-01", "CN", "unmet"),
    ],
)
def test_the_host_is_a_party_with_dated_status(
    books: Library, as_of: str, host: str, status: str
) -> None:
    decided = decision(books, as_of, host)
    assert statuses(decided).get("host", "met") == status
    assert (
        decided["verdict"]
        == {"met": "eligible", "unknown": "undetermined", "unmet": "ineligible"}[status]
    )


def test_without_a_host_named_all_hosts_are_decided(books: Library) -> None:
    decided = evaluate(books, READY, ["league"], (), "2020-01-01")["decisions"]
    assert [one["host"] for one in decided] == ["AU", "GB", "TW", "PK"]


def test_a_host_named_twice_is_decided_once(books: Library) -> None:
    decided = evaluate(books, READY, ["league"], ["AU", "AU"], "2020-01-01")["decisions"]
    assert len(decided) == 1


def test_what_is_no_jurisdiction_and_what_is_no_standard_are_refused_together(
    books: Library,
) -> None:
    with pytest.raises(Refused) as refused:
        compiled(books, Question(("leage", "league@1998"), ("QQ",)))
    assert [(p.code, p.pointer) for p in refused.value.problems] == [
        ("no-such-standard", "/standards/0"),
        ("no-such-version", "/standards/1"),
        ("no-such-code", "/hosts/0"),
    ]
    assert "did you mean `league`?" in refused.value.problems[0].hint


# --- where a criterion applies


def test_a_criterion_for_one_host_is_left_out_for_the_others(books: Library) -> None:
    assert "title-gb" not in statuses(decision(books, "2020-01-01", "AU"))
    british = decision(books, "2020-01-01", "GB")
    assert statuses(british)["title-gb"] == "unmet"
    assert british["verdict"] == "ineligible"


def test_a_criterion_for_one_host_decides_there(books: Library) -> None:
    chartered = {**AT_HOME, "body": "EngC", "title": "CEng"}
    decided = decision(books, "2020-01-01", "GB", registrations=[chartered])
    assert decided["verdict"] == "eligible"


# --- subjects: criteria about one element


LAPSED = {**AT_HOME, "status": "lapsed"}
DEPENDENT = {**AT_HOME, "independent_practice": False}
VAGUE = {"body": "EA"}


def test_conditions_on_a_subject_hold_together_for_one_element(books: Library) -> None:
    decided = decision(books, "2020-01-01", registrations=[LAPSED, DEPENDENT])
    assert decided["verdict"] == "ineligible"


@pytest.mark.parametrize(
    ("registrations", "furthest", "verdict"),
    [
        ([AT_HOME, LAPSED], 0, "eligible"),
        ([LAPSED, DEPENDENT], 0, "ineligible"),  # the earlier criterion is met
        ([LAPSED, VAGUE], 1, "undetermined"),  # the verdict comes first
        ([VAGUE, AT_HOME, LAPSED], 1, "eligible"),
    ],
)
def test_the_findings_are_those_of_the_element_that_comes_furthest(
    books: Library, registrations: list[dict[str, Any]], furthest: int, verdict: str
) -> None:
    decided = decision(books, "2020-01-01", registrations=registrations)
    assert decided["verdict"] == verdict
    assert decided["findings"][0]["evidence"] == [f"/registrations/{furthest}"]


@pytest.mark.parametrize("others", [[], [LAPSED], [LAPSED, VAGUE], [VAGUE, DEPENDENT, LAPSED]])
def test_the_order_of_elements_changes_no_finding(
    books: Library, others: list[dict[str, Any]]
) -> None:
    told = [
        (decided["verdict"], statuses(decided))
        for listed in ([AT_HOME, *others], [*others, AT_HOME], [*reversed(others), AT_HOME])
        for decided in [decision(books, "2020-01-01", registrations=listed)]
    ]
    assert told == [told[0]] * 3


def test_a_subject_without_element_leaves_its_criteria_unmet(books: Library) -> None:
    found = statuses(decision(books, "2020-01-01", registrations=[]))
    assert found["independent-practice"] == found["registration-active"] == "unmet"
    assert found["academic"] == "met"


def test_a_subject_in_an_unknown_list_is_open(books: Library) -> None:
    decided = decision(books, "2020-01-01", registrations=None)
    assert statuses(decided)["independent-practice"] == "unknown"
    assert decided["would_settle"] == ["/registrations"]


# --- a batch


def test_a_profile_is_decided_the_same_alone_and_among_others(books: Library) -> None:
    people = [
        READY,
        {"id": "nobody"},
        {**READY, "id": "none", "registrations": [], "experience": [], "degrees": []},
        {**READY, "id": "several", "registrations": [LAPSED, VAGUE, AT_HOME]},
    ]
    together = answers(books, people, as_of="2020-01-01")
    assert together == [answer(books, one, as_of="2020-01-01") for one in people]


def test_equal_expressions_are_worked_out_once(books: Library) -> None:
    plan = compiled(books)
    assert len({(step.node, step.op, step.level) for step in plan.steps}) == len(plan.steps)
    assert plan.written > len(plan.steps)


def test_the_version_decides_that_comes_furthest(books: Library) -> None:
    """The best verdict, then the surest to be in force; of several the latest."""
    (line,) = compiled(books, Question(("league",), ("AU",))).lines
    ends = [(verdict, force) for verdict, force in product(range(3), repeat=2) if verdict <= force]
    rows = np.array([*product(ends, repeat=2)], np.uint8)
    made = tuple(_found(verdict, force) for verdict, force in rows.transpose(1, 2, 0))
    decided = _decided(line, made, np.zeros(len(rows), np.uint8))
    due = [0 if tuple(one) > tuple(other) else 1 for one, other in rows.tolist()]
    assert decided.chosen.tolist() == due
    assert decided.verdict.tolist() == rows[:, :, 0].max(axis=1).tolist()


def _found(verdict: Any, in_force: Any) -> Findings:
    return Findings(in_force, np.empty((0, len(verdict)), np.uint8), verdict, {})
