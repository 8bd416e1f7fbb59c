"""What changed between two editions, in criteria, clauses and dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recognition import dates
from recognition.standard.model import Edition, Period
from recognition.standard.succession import NEVER


def changes(old: Edition, new: Edition) -> Iterator[tuple[str, str]]:
    """Pairs of a sign (`+`, `-`, `~`) and a sentence."""
    if old.in_force != new.in_force:
        yield "~", f"in force {said(old.in_force)} → {said(new.in_force)}"
    before = {criterion.id: criterion for criterion in old.criteria}
    after = {criterion.id: criterion for criterion in new.criteria}
    for id, criterion in before.items():
        if id not in after:
            yield "-", f"{id}: {criterion.requirement['en']} ({criterion.clause})"
    for id, criterion in after.items():
        if id not in before:
            yield "+", f"{id}: {criterion.requirement['en']} ({criterion.clause})"
            continue
        for what, was, now in _differences(before[id], criterion):
            yield "~", f"{id}: {what} {was} → {now}"
    yield from _steps(old, new)


def _steps(old: Edition, new: Edition) -> Iterator[tuple[str, str]]:
    """What remains to be done with the body, gone or new."""
    before, after = ([step["en"] for step in edition.remaining] for edition in (old, new))
    yield from (("-", f"still to be done: {step}") for step in before if step not in after)
    yield from (("+", f"still to be done: {step}") for step in after if step not in before)


def _differences(old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    for what, of in (
        ("requirement", lambda c: c.requirement["en"]),
        ("subject", lambda c: c.subject),
        ("clause", lambda c: c.clause),
        ("sources", lambda c: ", ".join(c.sources)),
        ("confidence", lambda c: c.confidence),
    ):
        if of(old) != of(new):
            yield what, f"`{of(old)}`", f"`{of(new)}`"
    if old.rule != new.rule and old.requirement == new.requirement:
        yield "rule", "(changed)", "under the same words"
    if old.applies != new.applies:
        yield "where it applies", "(changed)", "see the document"


def said(period: Period) -> str:
    """A period as it is read: `from 2018-06 until ..`, each end with what is not known of it."""
    if period == NEVER:
        return "on no day: another version corrects it"
    return f"from {_end(*period.first)} until {_end(*period.last)}"


def _end(first: int, last: int) -> str:
    if first == last:
        return dates.iso(first)
    low = "?" if first <= dates.BEFORE_ALL else dates.iso(first)
    high = "?" if last >= dates.AFTER_ALL else dates.iso(last)
    return f"{low}/{high}"
