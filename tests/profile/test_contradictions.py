"""What a profile says twice and differently is told, and decides nothing."""

from __future__ import annotations

from typing import Any

import pytest

from recognition import dates
from recognition.evaluate import evaluate
from recognition.profile.contradictions import MOST, contradictions
from recognition.standard.library import Library

DAY = dates.parse("2026-11-23")[0]
STATED: list[tuple[dict[str, Any], str]] = [
    ({"attestations": {"cpd-maintained": True}, "cpd": []}, "/attestations/cpd-maintained"),
    (
        {"attestations": {"cpd-maintained": True}, "cpd": [{"year": 2009, "hours": 90}]},
        "/attestations/cpd-maintained",
    ),
    (
        {
            "attestations": {"ordinarily-resident-in-host": True},
            "residences": [{"country": "GB", "from": "2010", "until": "2020"}],
        },
        "/attestations/ordinarily-resident-in-host",
    ),
    (
        {
            "attestations": {"no-serious-charge-or-conviction": True},
            "conduct": {"findings": [{"kind": "criminal"}]},
        },
        "/attestations/no-serious-charge-or-conviction",
    ),
    (
        {"degrees": [{"notional_start": "2001-09", "started_on": "2000-09"}]},
        "/degrees/0/notional_start",
    ),
    (
        {"registrations": [{"status": "active", "expires_on": "2020-01-01"}]},
        "/registrations/0/status",
    ),
    ({"registrations": [{"body": "EngC", "country": "KR"}]}, "/registrations/0/country"),
]
AGREED: list[dict[str, Any]] = [
    {"attestations": {"cpd-maintained": True}},
    {"attestations": {"cpd-maintained": True}, "cpd": [{"year": 2025, "hours": 9}]},
    {"attestations": {"cpd-maintained": True}, "cpd": [{"from": "2025-01-01"}]},
    {"attestations": {"ordinarily-resident-in-host": True}, "residences": [{"from": "2010"}]},
    {"degrees": [{"notional_start": "1999-09", "started_on": "2000-09"}]},
    {"degrees": [{"notional_start": "2000", "started_on": "2000-09"}]},
    {"registrations": [{"status": "active", "expires_on": ".."}, {"status": "active"}]},
    {"registrations": [{"body": "EngC", "country": "GB"}, {"body": "TBPELS", "country": "US"}]},
]


@pytest.mark.parametrize(("profile", "pointer"), STATED)
def test_a_contradiction_is_told_where_it_stands(
    library: Library, profile: dict[str, Any], pointer: str
) -> None:
    """As a warning of the answer, with its place."""
    answer = evaluate(library, {"id": "x", **profile}, ["ipea"], ["GB"], "2026-11-23")
    assert [(told["pointer"], told["code"]) for told in answer["warnings"]] == [
        (pointer, "contradiction")
    ]


@pytest.mark.parametrize("profile", AGREED)
def test_what_may_agree_is_no_contradiction(library: Library, profile: dict[str, Any]) -> None:
    """Unknown and coarse facts are given the benefit of the doubt."""
    assert contradictions(profile, DAY, library.vocabularies) == []


def test_no_more_than_some_are_told(library: Library) -> None:
    """However many there are."""
    many = [{"status": "active", "expires_on": "2020"}] * 1000
    assert len(contradictions({"registrations": many}, DAY, library.vocabularies)) == MOST
