"""The laws of bounds: what is settled stays settled, and nobody else's profile matters."""

from __future__ import annotations

import datetime as dt
import json
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import expressions
import strategies
import world
from strategies import Json, randoms

SEED, BATCHES, ROWS = 20261124, 120, 24
batches = st.integers(0, 2**32).map(Random)
"""Whole batches: too much to shrink, so a seed is drawn and not each choice."""
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def _asked(random: Random, rows: int = ROWS) -> tuple[Any, list[Json], list[dt.date], str | None]:
    """A truth, profiles, a day for each, and a host."""
    profiles = [strategies.profile(random) for _ in range(rows)]
    days = [strategies.day(random) for _ in profiles]
    truth = expressions.expression(random, "truth")
    return truth, profiles, days, random.choice((None, "AU", "US-TX"))


def _settled_otherwise(before: Any, after: Any) -> bool:
    return len(set(before)) == 1 and before != after


def overturned(random: Random, rows: int = ROWS) -> list[str]:
    """Settled truths of a random batch that change when one fact of each profile is learnt."""
    truth, known, days, host = _asked(random, rows)
    learnt = [strategies.learn(random, profile) for profile in known]
    before = world.columns(truth, "truth", world.facts(known, days), host)
    after = world.columns(truth, "truth", world.facts(learnt, days), host)
    return [
        f"{json.dumps(truth)} was {b[0]}, is {a}\n{json.dumps(k)}\n{json.dumps(p)}\n{d}"
        for b, a, k, p, d in zip(before, after, known, learnt, days, strict=True)
        if _settled_otherwise(b, a)
    ]


def test_learning_never_overturns_a_settled_truth() -> None:
    """A truth that is settled stays so whatever is learnt, over thousands of profiles."""
    random = Random(SEED)
    for _ in range(BATCHES):
        wrong = overturned(random)
        assert not wrong, wrong[0]


@quick
@given(randoms)
def test_no_example_overturns_a_settled_truth(random: Random) -> None:
    """No profile can be found in which learning a fact overturns a settled truth."""
    wrong = overturned(random, 1)
    assert not wrong, wrong[0]


def shuffled(random: Random, held: Any) -> Any:
    """The same profile with the elements of its lists in another order."""
    if isinstance(held, dict):
        return {key: shuffled(random, inner) for key, inner in held.items()}
    if isinstance(held, list):
        return [shuffled(random, inner) for inner in random.sample(held, len(held))]
    return held


@quick
@given(batches)
def test_the_order_of_lists_does_not_matter(random: Random) -> None:
    """Permuting the lists of a profile changes nothing."""
    truth, profiles, days, host = _asked(random)
    moved = [shuffled(random, profile) for profile in profiles]
    assert world.columns(truth, "truth", world.facts(profiles, days), host) == world.columns(
        truth, "truth", world.facts(moved, days), host
    )


@quick
@given(batches)
def test_a_batch_is_the_sum_of_its_parts(random: Random) -> None:
    """Splitting a batch and deciding its parts gives the same rows."""
    truth, profiles, days, host = _asked(random)
    cut = random.randrange(len(profiles) + 1)
    whole = world.columns(truth, "truth", world.facts(profiles, days), host)
    parts = [
        world.columns(truth, "truth", world.facts(profiles[at], days[at]), host)
        for at in (slice(cut), slice(cut, None))
    ]
    assert whole == parts[0] + parts[1]


@quick
@given(batches)
def test_a_row_is_the_decision_on_one_profile(random: Random) -> None:
    """Each row of a batch equals the decision on its profile alone."""
    truth, profiles, days, host = _asked(random)
    whole = world.columns(truth, "truth", world.facts(profiles, days), host)
    assert whole == [
        world.columns(truth, "truth", world.facts([profile], [day]), host)[0]
        for profile, day in zip(profiles, days, strict=True)
    ]


@quick
@given(batches)
def test_asking_twice_gives_the_same(random: Random) -> None:
    """The same question on the same facts has the same answer."""
    truth, profiles, days, host = _asked(random)
    batch = world.facts(profiles, days)
    assert world.columns(truth, "truth", batch, host) == world.columns(truth, "truth", batch, host)


# --- the standards themselves


def _turned(before: str, after: str) -> bool:
    return before not in ("undetermined", after)


@pytest.mark.parametrize("standard", world.STANDARDS)
def test_forgetting_never_turns_a_verdict(standard: str) -> None:
    """With fewer facts, a case's verdict is the same or undetermined, never another."""
    random = Random(SEED)
    for case in world.cases(standard):
        day = dt.date.fromisoformat(case["as_of"])
        less = [strategies.forget(random, case["profile"], count) for count in (1, 1, 2, 3, 5, 8)]
        verdicts = world.verdicts(standard, case["host"], [case["profile"], *less], day)
        wrong = [
            json.dumps(profile)
            for profile, verdict in zip(less, verdicts[1:], strict=True)
            if _turned(verdict, verdicts[0])
        ]
        assert not wrong, f"{case['id']}: {wrong[0]}"


@pytest.mark.parametrize("standard", world.STANDARDS)
def test_learning_never_turns_a_verdict(standard: str) -> None:
    """A verdict on a profile made by chance stays when facts are learnt."""
    random = Random(SEED)
    known = [strategies.profile(random) for _ in range(60)]
    learnt = [strategies.learn(random, profile) for profile in known]
    host = next(iter(world.standards().hosts(standard)), None)
    for day in (dt.date(2016, 7, 1), dt.date(2024, 2, 29)):
        before, after = (world.verdicts(standard, host, batch, day) for batch in (known, learnt))
        assert not any(map(_turned, before, after))
