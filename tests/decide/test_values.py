"""Values of steps in registers: what is put into a row is read from it, open or not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from recognition.bounds import Bounds, exactly
from recognition.counting import Span
from recognition.decide.values import Register, Singles, laid
from recognition.plan.arrangement import Literals
from recognition.rule.syntax import CODE, DATE, NUMBER, SPAN, TRUTH

LOW, HIGH = np.array([1, 0, 0, 0]), np.array([1, 1, 1, 0])


@pytest.mark.parametrize(
    ("kind", "made"), [(TRUTH, np.bool_), (NUMBER, np.float64), (DATE, np.int32), (CODE, np.int32)]
)
def test_a_register_keeps_values_of_its_kind(kind: str, made: Any) -> None:
    """Two steps of two elements each, laid end to end: known ends are one array."""
    register = Register(("", kind), 3, 2)
    register.write(slice(1, 3), Bounds(LOW.astype(made), HIGH.astype(made)), 2)
    register.write(slice(0, 1), exactly(made(1)), 1)
    rows = register.read(np.array([1, 2]))
    assert (rows.lo.tolist(), rows.hi.tolist()) == (LOW.tolist(), HIGH.tolist())
    assert rows.lo.dtype == made
    assert not rows.exact
    assert register.read(np.array([0])).exact
    assert register.one(0).exact
    assert register.one(2).hi.tolist() == [1, 0]
    assert not register.one(2).exact


def test_a_register_writes_no_more_steps_than_it_has_rows_for() -> None:
    """Copies without a step of their own, which fill a stack up, are left out."""
    register = Register(("", NUMBER), 2, 2)
    register.write(slice(0, 2), exactly(np.arange(6.0)), 3)
    assert register.read(np.array([0, 1])).lo.tolist() == [0, 1, 2, 3]


def test_spans_have_three_parts_at_each_end() -> None:
    """First days, days and what they drift by are kept together."""
    low = Span(np.array([5, 6]), np.array([10, 20]), np.array([0, 1]))
    high = Span(np.array([4, 6]), np.array([11, 20]), np.array([1, 1]))
    register = Register(("", SPAN), 1, 2)
    register.write(slice(0, 1), Bounds(low, high), 1)
    for read in (register.read(np.array([0])), register.one(0)):
        for end, written in zip(read, (low, high), strict=True):
            assert [part.tolist() for part in end] == [part.tolist() for part in written]


@pytest.mark.parametrize("open_", [False, True])
def test_literals_fill_their_rows(open_: bool) -> None:
    """One value for all elements; known where all of them are."""
    register = Register(("", NUMBER), 2, 3)
    lo = np.array([[7.0], [1.0]])
    register.fill(Literals(np.array([0, 1]), Bounds(lo, lo + 2 if open_ else lo)))
    found = register.read(np.array([1]))
    assert found.lo.tolist() == [1, 1, 1]
    assert found.hi.tolist() == ([3, 3, 3] if open_ else [1, 1, 1])
    assert found.exact is not open_


def test_truths_are_laid_end_to_end() -> None:
    """One truth for all elements is repeated; ends are one array where nothing is open."""
    known, whole = exactly(np.array([True, False])), exactly(np.asarray(True))
    assert laid([known, whole], 2).lo.tolist() == [True, False, True, True]
    assert laid([known, whole], 2).exact
    open_ = Bounds(np.array([False, False]), np.array([False, True]))
    both = Singles([known, open_]).truths([1, 0], "", 2)
    assert both.lo.tolist() == [False, False, True, False]
    assert both.hi.tolist() == [False, True, True, False]
    assert not both.exact
