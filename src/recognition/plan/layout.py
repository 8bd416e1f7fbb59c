"""Where the findings of a plan lie: statuses of all criteria as one table, equal ones once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from recognition.bounds import Array
from recognition.plan.lines import Line, Version
from recognition.standard.model import MOST


class Ranking(NamedTuple):
    """Criteria on one element of a collection: they are told of the one that comes furthest."""

    collection: str
    places: tuple[int, ...]


class Together(NamedTuple):
    """Rankings of one collection by their numbers, worked out together.

    `places` are their criteria, the first ones of all rankings, the second ones, and so on: `wide`
    times. The last criterion of a short ranking is said again, which changes no order.
    """

    collection: str
    numbers: Sequence[int]
    wide: int
    places: Sequence[int]


def _together(rankings: Sequence[Ranking], numbers: Sequence[int]) -> Together:
    chosen = [rankings[number] for number in numbers]
    wide = max(len(one.places) for one in chosen)
    assert wide <= MOST, "ranks of so many criteria are too great a number"
    places = [one.places[min(i, len(one.places) - 1)] for i in range(wide) for one in chosen]
    return Together(chosen[0].collection, numbers, wide, places)


@dataclass(frozen=True)
class StatusLayout:
    """All findings of a plan as rows of one table of statuses, equal ones once.

    The table has a row for each of the `truths` (steps on the profile), then a row for each
    criterion of each of the `rankings`. `rows` picks from it: version after version, being in
    force first; each begins where `starts` says. Where `excused`, a finding is at least the status
    in the row of `excuses`.
    """

    truths: tuple[int, ...]
    rankings: tuple[Ranking, ...]
    digits: tuple[int, ...]
    """For each ranking the row of its first criterion."""
    height: int
    rows: Array
    starts: Array
    excused: Array
    excuses: Array
    versions: tuple[tuple[int, ...], ...]
    """For each line the numbers of its versions."""
    subjects: tuple[Mapping[str, int], ...]
    """For each version the number of the ranking of each of its subjects."""

    @cached_property
    def singly(self) -> list[Together]:
        """Each ranking by itself."""
        return [_together(self.rankings, [number]) for number in range(len(self.rankings))]

    @cached_property
    def together(self) -> list[Together]:
        """The rankings of each collection."""
        groups: dict[str, list[int]] = {}
        for number, ranking in enumerate(self.rankings):
            groups.setdefault(ranking.collection, []).append(number)
        return [_together(self.rankings, numbers) for numbers in groups.values()]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> StatusLayout:
        """Where the findings of lines stand."""
        numbers: dict[Hashable, int] = {}
        distinct: list[Version] = []
        versions = []
        for line in lines:
            for version in line.versions:
                if numbers.setdefault(_asked_of(version), len(distinct)) == len(distinct):
                    distinct.append(version)
            versions.append(tuple(numbers[_asked_of(version)] for version in line.versions))
        return cls._of(distinct, tuple(versions))

    @classmethod
    def _of(
        cls, distinct: Sequence[Version], versions: tuple[tuple[int, ...], ...]
    ) -> StatusLayout:
        truths = tuple(dict.fromkeys(place for one in distinct for place in _on_profile(one)))
        ranked = [_rankings(version) for version in distinct]
        rankings = tuple(dict.fromkeys(one for each in ranked for one in each.values()))
        row = {place: i for i, place in enumerate(truths)}
        digits = len(truths) + np.cumsum([0, *(len(one.places) for one in rankings)])
        first = dict(zip(rankings, digits.tolist(), strict=False))
        rows: list[int] = []
        starts: list[int] = []
        excused: list[tuple[int, int]] = []
        for version, subjects in zip(distinct, ranked, strict=True):
            starts.append(len(rows))
            rows.append(row[version.in_force.truth])
            place = {subject: first[one] for subject, one in subjects.items()}
            for asked in version.criteria:
                if asked.subject and asked.excused >= 0:
                    excused.append((len(rows), row[asked.excused]))
                rows.append(place[asked.subject] if asked.subject else row[asked.truth])
                if asked.subject:
                    place[asked.subject] += 1
        pairs = np.array(excused, np.intp).reshape(-1, 2)
        number = {one: i for i, one in enumerate(rankings)}
        return cls(
            truths,
            rankings,
            tuple(digits[:-1].tolist()),
            int(digits[-1]),
            np.array(rows, np.intp),
            np.array(starts, np.intp),
            pairs[:, 0],
            pairs[:, 1],
            versions,
            tuple({name: number[one] for name, one in each.items()} for each in ranked),
        )


def _asked_of(version: Version) -> Hashable:
    """What is asked by a version: the same for all hosts that ask the same of it."""
    criteria = tuple((one.truth, one.aside, one.subject) for one in version.criteria)
    return version.in_force.truth, criteria, tuple(version.edition.subjects.items())


def _on_profile(version: Version) -> Iterator[int]:
    """The steps on the profile that a version reads."""
    yield version.in_force.truth
    for asked in version.criteria:
        if not asked.subject:
            yield asked.truth
        elif asked.excused >= 0:
            yield asked.excused


def _rankings(version: Version) -> dict[str, Ranking]:
    """How the elements of each subject are ranked, where something is asked of it."""
    asked: dict[str, list[int]] = {}
    for one in version.criteria:
        if one.subject:
            asked.setdefault(one.subject, []).append(one.truth)
    of = version.edition.subjects
    return {subject: Ranking(of[subject], tuple(places)) for subject, places in asked.items()}
