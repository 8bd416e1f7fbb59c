"""Statuses of criteria as one table: least findings, and the element that comes furthest."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from recognition.admit import Raw, admitted
from recognition.counting import Segments
from recognition.decide.decide import read_lines, work_out
from recognition.decide.findings import _furthest, least
from recognition.plan.question import compiled
from recognition.standard.library import Library

STARTS = np.array([0, 2, 3])


@pytest.mark.parametrize("rows", [1, 3, 4, 9])
def test_the_verdict_of_a_version_is_its_least_finding(rows: int) -> None:
    """However many rows there are beside how many versions."""
    told = np.array([[2, 1, 0, 2, 2, 1, 0, 0, 2], [1, 2, 2, 2, 0, 1, 2, 0, 2]], np.uint8)
    table = np.concatenate([told, told[:1], told[::-1]])[:, :rows]
    found = least(table, STARTS)
    assert found.tolist() == [
        table[:2].min(axis=0).tolist(),
        table[2].tolist(),
        table[3:].min(axis=0).tolist(),
    ]


def test_without_versions_there_is_no_verdict() -> None:
    """Nothing is asked, and nothing is found."""
    assert least(np.empty((0, 2), np.uint8), np.array([], np.intp)).shape == (0, 2)


def test_the_furthest_element_has_the_best_verdict_then_the_best_early_criteria() -> None:
    """Of all pairs of elements with two criteria the first in the order of ranks is told."""
    for one, other in product(product(range(3), repeat=2), repeat=2):
        status = np.array([one, other], np.uint8).T
        (found,) = _furthest(status, Segments.of(np.array([0, 2])))
        assert found == (0 if (min(one), *one) >= (min(other), *other) else 1)


def test_each_profile_has_a_furthest_element_of_its_own() -> None:
    """−1 where there is none; elements of a neighbour do not count."""
    status = np.array([[0, 2, 1, 2, 2]], np.uint8)
    runs = Segments.of(np.array([0, 2, 2, 3, 5]))
    assert _furthest(status, runs).tolist() == [1, -1, 2, 3]
    assert _furthest(np.empty((1, 0), np.uint8), Segments.of(np.array([0, 0]))).tolist() == [-1]


def test_elements_are_the_same_ranked_together_and_apart(books: Library) -> None:
    """Subjects of all standards in one ranking are about the elements they are about alone."""
    held = [{"body": "PEC"}, {"body": "EA", "status": "active"}, {"body": None}]
    people: list[Raw] = [
        {"id": "several", "registrations": held},
        {"id": "none", "registrations": []},
        {"id": "backwards", "registrations": held[::-1]},
    ]
    let_in = admitted(people, 18_262, books.vocabularies)
    facts, problems = let_in.facts, let_in.problems
    assert problems == []
    plan = compiled(books)
    assert any(len(one.numbers) > 1 for one in plan.layout.together)
    together, apart = (
        read_lines(plan, work_out(plan, facts, books, few=few), facts) for few in (3, 0)
    )
    for one, other in zip(together, apart, strict=True):
        for found, alone in zip(one.findings, other.findings, strict=True):
            told, wanted = ({k: v.tolist() for k, v in f.elements.items()} for f in (found, alone))
            assert told == wanted
