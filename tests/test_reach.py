"""How far an answer reaches: nobody is eligible for want of criteria."""

from __future__ import annotations

from typing import Any

import pytest

from recognition.evaluate import evaluate
from recognition.standard.library import Library

DAY = "2026-11-23"
NOTHING: dict[str, Any] = {
    "id": "nobody",
    "citizenships": ["CN"],
    "residences": [{"country": "CN", "from": "2000", "until": ".."}],
    "degrees": [],
    "registrations": [],
    "memberships": [],
    "assessments": [],
    "examinations": [],
    "languages": [],
    "competences": [],
    "referees": [],
    "cpd": [],
    "conduct": {"bound_by_code": False, "findings": []},
    "experience": [{"from": "2024-01-01", "until": "..", "country": "CN", "fte": 1.0}],
}


@pytest.mark.parametrize("stated", [False, True])
def test_who_has_nothing_may_apply_at_most(library: Library, stated: bool) -> None:
    """No degree, no registration, a job since 2024; without statements, and with every one."""
    kinds = library.vocabularies["attestations"].codes if stated else ()
    profile = {**NOTHING, "attestations": dict.fromkeys(kinds, True)}
    decided = evaluate(library, profile, as_of=DAY)["decisions"]
    eligible = [one for one in decided if one["verdict"] == "eligible"]
    far = [(one["standard"], one["host"]) for one in eligible if one["reach"] != "may-apply"]
    assert far == []
    assert len(decided) > 300


def test_every_agreement_says_how_far_it_reaches(library: Library) -> None:
    """With what it gives and does not give; where hosts are, whether one is registered there."""
    for id, standard in library.standards.items():
        document = standard.agreement.document
        assert document["reach"]["is"], id
        assert all(document["gives"].get(lang) for lang in ("en", "zh")), id
        assert document.get("hosts") is None or document.get("host_is"), id
        for other in document["reach"].get("except", ()):
            versions = {edition.version for edition in standard.editions}
            assert set(other.get("versions", ())) <= versions, id
            assert set(other.get("hosts", ())) <= set(library.vocabularies["places"].codes), id


def test_the_first_exception_that_fits_is_the_reach(library: Library) -> None:
    """By version and host; else what holds for all."""
    agreement = library.standards["washington-accord"].agreement
    assert agreement.reach("2018-06.1", "AU") == "recognised"
    assert agreement.reach("2018-06.1", "CA") == "criteria"
