"""A chunk's lines are scanned where they are plain, and decided as they were before."""

from __future__ import annotations

import random
from collections.abc import Sequence

import fuzz
import make_profiles
import pytest

from recognition.batch import scanning
from recognition.batch.output.layout import View
from recognition.batch.work import Outcome, Telling, Work
from recognition.plan.question import Question, compiled
from recognition.standard.library import Library

TODAY = 20_000

MADE = [line.rstrip("\n").encode() for line in make_profiles.profiles(1500)]


def outcome(lines: Sequence[bytes], library: Library, telling: Telling) -> Outcome:
    plan = compiled(library, Question(("ipea", "washington-accord"), ("AU", "US-TX")))
    return Work(plan, library, TODAY, telling).lines(lines, "some.ndjson", 7)


@pytest.mark.parametrize("telling", [Telling(), Telling(View(findings="nested"), report=True)])
def test_what_is_scanned_and_what_is_not_is_decided_in_order_as_before(
    library: Library, telling: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    luck = random.Random(1)
    lines = [line for one in zip(MADE[:700], fuzz.spoilt(MADE, luck), strict=False) for line in one]
    lines += [b"", b" ", b'{"id":"x\n"}', b'{"id":\n"y"}']
    before = outcome(lines, library, telling)
    monkeypatch.setattr(scanning, "ENOUGH", 0)
    after = outcome(lines, library, telling)
    assert after.decisions.equals(before.decisions)
    assert after.ids.equals(before.ids)
    assert after.rejects == before.rejects
    assert after.summary == before.summary
    assert 700 < after.decided < after.read < len(lines)


def test_without_a_scanner_the_same_is_decided(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "ENOUGH", 0)
    scanned = outcome(MADE[:50], library, Telling())
    monkeypatch.setattr(scanning, "_scanner", lambda vocabularies: None)
    assert outcome(MADE[:50], library, Telling()).decisions.equals(scanned.decisions)
