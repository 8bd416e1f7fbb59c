"""Columns say what the oracle says, for thousands of expressions and profiles."""

from __future__ import annotations

import datetime as dt
import json
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import expressions
import reference
import strategies
import world
from strategies import randoms

KINDS = ("truth", "truth", "number", "date", "span", "code")
HOSTS = (None, "AU", "US-TX")
BATCHES, ROWS = 420, 25


def disagreements(random: Random, kind: str, rows: int) -> list[str]:
    """Rows of a random batch on which a random expression is not what the oracle says."""
    expression = expressions.expression(random, kind)
    profiles = [strategies.profile(random) for _ in range(rows)]
    days, host = [strategies.day(random) for _ in profiles], random.choice(HOSTS)
    found = world.columns(expression, kind, world.facts(profiles, days), host)
    wanted = [
        world.early(reference.interpret(expression, profile, day, host, world.ORACLE), kind)
        for profile, day in zip(profiles, days, strict=True)
    ]
    return [
        f"{json.dumps(expression)}\non {json.dumps(profile)}\n{day} {host}: {got}, not {due}"
        for profile, day, got, due in zip(profiles, days, found, wanted, strict=True)
        if got != due
    ]


def test_ten_thousand_pairs_agree_with_the_oracle() -> None:
    """Columns and oracle agree on at least ten thousand pairs of expression and profile."""
    random, pairs = Random(20261124), 0
    for batch in range(BATCHES):
        wrong = disagreements(random, KINDS[batch % len(KINDS)], ROWS)
        assert not wrong, wrong[0]
        pairs += ROWS
    assert pairs >= 10_000


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(randoms, st.sampled_from(KINDS))
def test_any_expression_agrees_with_the_oracle(random: Random, kind: str) -> None:
    """Whatever expression is made, columns say of a profile what the oracle says."""
    wrong = disagreements(random, kind, 1)
    assert not wrong, wrong[0]


def test_every_form_is_tried() -> None:
    """The forms that are made by chance are all forms of the language."""
    random, seen = Random(1), set()
    for n in range(1500):
        seen |= _keys(expressions.expression(random, KINDS[n % len(KINDS)]))
    assert seen >= set(reference.FORMS) | {
        "rule",
        "n",
        "months",
        "part_time",
        "until",
        "after",
        "for",
    }


def _keys(written: object) -> set[str]:
    if isinstance(written, dict):
        return set(written).union(*map(_keys, written.values()))
    return set().union(*map(_keys, written)) if isinstance(written, list) else set()


@pytest.mark.parametrize("standard", world.STANDARDS)
def test_verdicts_on_cases_are_the_oracle_s(standard: str) -> None:
    """Each case of a standard is decided by the columns as by the oracle."""
    for case in world.cases(standard):
        day = dt.date.fromisoformat(case["as_of"])
        found = world.verdicts(standard, case["host"], [case["profile"]], day)
        wanted = world.oracle_verdict(standard, case["host"], case["profile"], day)
        assert found in ([], [wanted]), case["id"]


@pytest.mark.parametrize("standard", world.STANDARDS)
def test_verdicts_on_forgotten_cases_are_the_oracle_s(standard: str) -> None:
    """Cases with facts forgotten are decided by the columns as by the oracle."""
    random = Random(20261124)
    for case in world.cases(standard):
        day = dt.date.fromisoformat(case["as_of"])
        less = [strategies.forget(random, case["profile"], count) for count in (1, 2, 4)]
        found = world.verdicts(standard, case["host"], less, day)
        wanted = [world.oracle_verdict(standard, case["host"], profile, day) for profile in less]
        assert found in ([], wanted), case["id"]
