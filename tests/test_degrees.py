"""What a degree is asked: only what concerns its own country."""

from __future__ import annotations

import pytest

from recognition.evaluate import evaluate
from recognition.standard.library import Library

REVIEW = "/attestations/ceeaa-mid-term-review-passed"


def asked(library: Library, place: str) -> set[str]:
    """What would settle the decisions of all standards for a degree accredited by nobody known."""
    accreditation = {"accord": "washington-accord"}
    degree = {"level": "bachelor", "delivered_in": place, "accreditations": [accreditation]}
    answer = evaluate(library, {"id": "graduate", "degrees": [degree]}, as_of="2024-06-30")
    return {fact for decision in answer["decisions"] for fact in decision["would_settle"]}


@pytest.mark.parametrize(("place", "due"), [("PK", False), ("GB", False), ("CN", True)])
def test_a_limit_is_asked_where_it_concerns_the_degree(
    library: Library, place: str, due: bool
) -> None:
    """The review of the Chinese accreditor is asked of degrees taught in China alone."""
    assert (REVIEW in asked(library, place)) is due
