"""Which edition follows which: a new one ends an open one, a correction takes another's place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from recognition import dates
from recognition.standard.model import Agreement, Edition, Period, Standard

NEVER = Period((dates.AFTER_ALL, dates.AFTER_ALL), (dates.BEFORE_ALL, dates.BEFORE_ALL))
"""In force on no day."""
OPEN = (dates.AFTER_ALL, dates.AFTER_ALL)


def standards(
    agreements: Mapping[str, Agreement], editions: Iterable[Edition]
) -> dict[str, Standard]:
    """Agreements with their editions in order, by id; one without an edition has none."""
    by_id: dict[str, list[Edition]] = {id: [] for id in sorted(agreements)}
    for edition in editions:
        by_id.get(edition.standard, []).append(edition)
    return {id: Standard(agreements[id], in_order(told)) for id, told in by_id.items()}


def in_order(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Editions by their first day; what is corrected is never in force, what is followed ends.

    A published file never changes, so an edition that was open when it was published is ended
    here, by the one that begins after it.
    """
    ordered = sorted(editions, key=lambda edition: (edition.in_force.first, edition.version))
    corrected = {edition.document.get("corrects") for edition in ordered}
    live = [edition for edition in ordered if edition.version not in corrected]
    ended = {
        before.version: replace(before, in_force=_until(before.in_force, after.in_force))
        for before, after in pairwise(live)
        if before.in_force.last == OPEN
    }
    gone = {edition.version: replace(edition, in_force=NEVER) for edition in ordered}
    gone = {version: edition for version, edition in gone.items() if version in corrected}
    return tuple({**ended, **gone}.get(edition.version, edition) for edition in ordered)


def _until(before: Period, after: Period) -> Period:
    """The same period, ended on the day before another begins."""
    first, last = after.first
    return Period(before.first, (max(first - 1, dates.BEFORE_ALL), last - 1))
