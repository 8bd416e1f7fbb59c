"""Statuses and verdicts are small numbers in an order that a least finding can be taken of."""

from __future__ import annotations

from typing import get_args

from recognition.decide import statuses


def test_each_number_has_its_word() -> None:
    """From the worst to the best; what does not concern a person stands apart, behind them."""
    words = {
        statuses.UNMET: "unmet",
        statuses.UNKNOWN: "unknown",
        statuses.MET: "met",
        statuses.NOT_APPLICABLE: "not-applicable",
    }
    assert list(words) == [0, 1, 2, 3]
    assert statuses.STATUSES == tuple(words.values()) == get_args(statuses.Status)
    assert statuses.VERDICTS == ("ineligible", "undetermined", "eligible")
    assert get_args(statuses.Verdict) == statuses.VERDICTS
