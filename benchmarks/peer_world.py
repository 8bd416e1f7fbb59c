"""Recognition on the people of `peer_profiles.py`, by the draft standard in `peers/standards`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
from peer_columns import Run
from peer_profiles import DAY, STANDARD, draft, flat, joined, people, profile, statuses
from peer_profiles import table as arrow

from recognition.decide.decide import decide
from recognition.facts.facts import Facts
from recognition.plan.question import Question, compiled
from recognition.profile.records import reader

PIECE = 20_000
"""Profiles decided at once."""


class World:
    """What is made once: the library, the people told in both ways, what is right for each."""

    def __init__(self, count: int) -> None:
        self.library = draft()
        self.bodies = joined(self.library)
        self.people = list(people(count, self.bodies))
        self.flat = [flat(person) for person in self.people]
        self.right = np.array([statuses(self.bodies, record) for record in self.flat])
        self.plan = compiled(self.library, Question((STANDARD,)))

    def decided(self, facts: Facts) -> Any:
        """Six findings and the verdict, shape (7, profiles)."""
        (line,) = decide(self.plan, facts, self.library)
        return (*line.findings[0].statuses, line.verdict)

    def profiles(self, count: int) -> Iterator[list[dict[str, Any]]]:
        """The first profiles, in pieces."""
        for start in range(0, count, PIECE):
            some = self.people[start : min(start + PIECE, count)]
            yield [profile(start + i, person) for i, person in enumerate(some)]

    def tables(self, count: int) -> list[pa.Table]:
        return [arrow(some) for some in self.profiles(count)]

    def columns(self, table: pa.Table) -> Facts:
        return Facts.from_arrow(table, DAY, self.library.vocabularies)


# --- Recognition, on nested profiles


def from_columns(world: World, threads: int, count: int) -> Run:
    """Columns that are built already, as peers that work on columns have theirs."""
    several = [world.columns(table) for table in world.tables(count)]
    for facts in several:
        world.decided(facts)
    return _on(threads, world.decided, several)


def from_arrow(world: World, threads: int, count: int) -> Run:
    """Columns built of Arrow tables each time."""
    return _on(threads, lambda table: world.decided(world.columns(table)), world.tables(count))


def from_objects(world: World, threads: int, count: int) -> Run:
    """Columns built of Python objects each time, as peers that take one record are given some."""
    names = world.library.vocabularies
    read = reader(names).decode_all
    several = [read([msgspec.json.encode(one) for one in some]) for some in world.profiles(count)]
    decided = world.decided
    return _on(threads, lambda some: decided(Facts.from_records(some, DAY, names)), several)


def _on(threads: int, decided: Callable[[Any], Any], several: Sequence[Any]) -> Run:
    def read(told: Sequence[Any]) -> Any:
        return np.concatenate([np.transpose(one) for one in told])

    if threads == 1:
        return Run(lambda: [decided(one) for one in several], read)
    pool = ThreadPoolExecutor(threads)
    return Run(lambda: list(pool.map(decided, several)), read)


WAYS = {"columns": from_columns, "Arrow": from_arrow, "objects": from_objects}
"""What profiles are given as."""
