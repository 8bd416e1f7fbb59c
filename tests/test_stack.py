"""Steps in stacks come to what they come to one by one, for the whole library."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

import strategies
import world
from recognition.counting import Span
from recognition.decide.decide import read_lines, work_out
from recognition.decide.values import Rows, Singles
from recognition.facts.facts import Facts
from recognition.plan.batching import stacked
from recognition.plan.plan import Plan
from recognition.plan.question import Question, compiled
from recognition.standard.library import Library


@pytest.fixture(scope="module")
def books() -> Library:
    return Library.load()


@pytest.fixture(scope="module")
def whole(books: Library) -> Plan:
    return compiled(books, Question())


def parts(end: Any) -> tuple[Any, ...]:
    return tuple(end) if isinstance(end, Span) else (end,)


def alike(one: Any, other: Any) -> bool:
    """Whether two values have the same ends; one of them may be one for all elements."""
    pairs = (
        np.broadcast_arrays(here, there)
        for ends in zip(one, other, strict=True)
        for here, there in zip(*map(parts, ends), strict=True)
    )
    return all(np.array_equal(here, there) for here, there in pairs)


@pytest.mark.parametrize("rows", [1, 2, 9])
def test_stacks_come_to_what_single_steps_come_to(books: Library, whole: Plan, rows: int) -> None:
    """Every step of the whole library has the same value, every line the same findings."""
    random = Random(rows)
    for _ in range(6):
        facts = some(random, rows)
        together, apart = (work_out(whole, facts, books, few=few) for few in (rows, 0))
        assert isinstance(together, Rows)
        assert isinstance(apart, Singles)
        for place, step in enumerate(whole.steps):
            assert alike(together[place], apart[place]), step
        for one, other in zip(
            read_lines(whole, together, facts), read_lines(whole, apart, facts), strict=True
        ):
            assert np.array_equal(one.verdict, other.verdict)
            assert np.array_equal(one.chosen, other.chosen)
            for found, same in zip(one.findings, other.findings, strict=True):
                assert np.array_equal(found.statuses, same.statuses)
                assert found.elements.keys() == same.elements.keys()
                for subject, element in found.elements.items():
                    assert np.array_equal(element, same.elements[subject])


def some(random: Random, rows: int) -> Facts:
    """Profiles made by chance, each decided on a day of its own."""
    profiles = [strategies.profile(random) for _ in range(rows)]
    return world.facts(profiles, [strategies.day(random) for _ in profiles])


def test_stacks_come_after_what_they_need_and_hold_every_step_once(whole: Plan) -> None:
    """Each step is in one stack, behind those of its arguments."""
    done: set[int] = set()
    for stack in stacked(whole.steps):
        assert {arg for same in stack.args for arg in same} <= done
        assert not done & set(stack.places)
        done |= set(stack.places)
    assert done == set(range(len(whole.steps)))


def test_few_stacks_hold_many_steps(whole: Plan) -> None:
    """What is worked out at once is most of it."""
    fetched = sum(step.op in ("literal", "field", "as_of") for step in whole.steps)
    assert len(stacked(whole.steps)) - fetched < (len(whole.steps) - fetched) / 5
