"""One chunk decided: profiles in, tables out. The same function on one core, many, or a cluster."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa

from recognition.batch.admit import admitted, line
from recognition.batch.decisions import DECISIONS, FINDINGS, decisions
from recognition.batch.missing import missing
from recognition.decide import decide
from recognition.facts import Facts, valid
from recognition.question import Plan
from recognition.standard.library import Library

ROWS = 2000
"""Profiles worked on at once: few enough for their records to stay near the processor."""
IDS = pa.schema([("id", pa.string()), ("line", pa.int64())])
"""The ids of the profiles that were decided, and where they stood."""


@dataclass(frozen=True)
class Telling:
    """What is told beside verdicts: every finding; which evidence is missing."""

    findings: bool = False
    missing: bool = False


@dataclass(frozen=True)
class Outcome:
    """A chunk's decisions and rejects; read = decided + rejected, blank lines are not counted.

    `missing` counts undetermined decisions by standard and by the path of a fact that is wanted.
    """

    decisions: pa.Table
    rejects: tuple[dict[str, Any], ...]
    read: int
    decided: int
    ids: pa.Table = field(default_factory=IDS.empty_table)
    missing: Counter[tuple[str, str]] = field(default_factory=Counter)


def decide_lines(
    lines: Sequence[bytes],
    file: str,
    first: int,
    plan: Plan,
    library: Library,
    as_of: int,
    telling: Telling = Telling(),
) -> Outcome:
    """Decide the profiles of some lines; what cannot be read is told line by line."""
    work = Work(plan, library, as_of, telling)
    numbered = [(first + i, line) for i, line in enumerate(lines) if line and not line.isspace()]
    with _uncollected():
        several = [
            work.lines(numbered[start : start + ROWS], file)
            for start in range(0, len(numbered), ROWS)
        ]
    return work.joined(several)


def decide_table(
    table: pa.Table,
    file: str,
    first: int,
    plan: Plan,
    library: Library,
    as_of: int,
    telling: Telling = Telling(),
) -> Outcome:
    """Decide the profiles of a table of `records.arrow_schema`; `first` numbers its first row."""
    work = Work(plan, library, as_of, telling)
    return work.joined(
        [
            work.table(table.slice(start, ROWS), file, first + start)
            for start in range(0, len(table), ROWS)
        ]
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Records hold no cycles; looking for some would take half the time."""
    gc_was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc_was_on:
            gc.enable()


@dataclass(frozen=True)
class Work:
    """What every chunk of a run needs: the plan, the library, the day, what is told."""

    plan: Plan
    library: Library
    as_of: int
    telling: Telling = Telling()

    def lines(self, numbered: Sequence[tuple[int, bytes]], file: str) -> Outcome:
        """The outcome of some lines of JSON."""
        return self._outcome(*admitted(numbered, file, self.library, self.as_of))

    def table(self, table: pa.Table, file: str, first: int) -> Outcome:
        """The outcome of some rows of a table; rows that do not hold together are examined."""
        facts = Facts.from_arrow(table, self.as_of, self.library.vocabularies)
        fits = valid(facts)
        places = (first + np.flatnonzero(fits)).tolist()
        if fits.all():
            return self._outcome(facts, places, [])
        whole = table.filter(pa.array(fits))
        facts = Facts.from_arrow(whole, self.as_of, self.library.vocabularies)
        outcome = self._outcome(facts, places, [])
        rows = [(first + int(i), line(table.slice(int(i), 1))) for i in np.flatnonzero(~fits)]
        return self._in_order(self.joined([outcome, self.lines(rows, file)]))

    def _outcome(
        self, facts: Facts, places: Sequence[int], rejects: Sequence[dict[str, Any]]
    ) -> Outcome:
        ids, decided = facts.ids(), decide(self.plan, facts, self.library)
        told = decisions(self.plan, decided, ids, self.as_of, self.telling.findings)
        read = len(ids) + len(rejects)
        where = pa.table([pa.array(ids, pa.string()), pa.array(places, pa.int64())], schema=IDS)
        wanted = Counter[tuple[str, str]]()
        if self.telling.missing:
            wanted = missing(self.plan, facts, self.library, decided)
        return Outcome(told, tuple(rejects), read, len(ids), where, wanted)

    def joined(self, several: Sequence[Outcome]) -> Outcome:
        """Outcomes as one, in order."""
        schema = FINDINGS if self.telling.findings else DECISIONS
        wanted = Counter[tuple[str, str]]()
        for outcome in several:
            wanted.update(outcome.missing)
        return Outcome(
            pa.concat_tables([schema.empty_table(), *(one.decisions for one in several)]),
            tuple(reject for one in several for reject in one.rejects),
            sum(one.read for one in several),
            sum(one.decided for one in several),
            pa.concat_tables([IDS.empty_table(), *(one.ids for one in several)]),
            wanted,
        )

    def _in_order(self, outcome: Outcome) -> Outcome:
        """An outcome with its profiles in the order of their places."""
        order = np.argsort(outcome.ids["line"].to_numpy(), kind="stable")
        lines = len(self.plan.lines)
        rows = (order[:, None] * lines + np.arange(lines)).ravel()
        return replace(
            outcome,
            decisions=outcome.decisions.take(pa.array(rows)),
            ids=outcome.ids.take(pa.array(order)),
        )
