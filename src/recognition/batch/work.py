"""One chunk decided: profiles in, tables out. The same function on one core, many, or a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from recognition.admit import admitted
from recognition.batch.missing import missing
from recognition.batch.output.decisions import texts
from recognition.batch.output.layout import View
from recognition.batch.output.summary import Summary, deciding, verdicts
from recognition.batch.rejects import line, reject, remarks
from recognition.batch.scanning import plain
from recognition.collector import at_rest
from recognition.decide.decide import decide
from recognition.facts.assumptions import NOTHING, Assumptions
from recognition.facts.facts import Facts
from recognition.facts.implying import with_memberships
from recognition.facts.scan.source import ScannedSource
from recognition.facts.supposed import supposing
from recognition.facts.valid import valid
from recognition.plan.plan import Plan
from recognition.standard.library import Library

ROWS = 2000
"""Records worked on at once: few enough to stay near the processor."""
Places = Sequence[int] | NDArray[np.int64]
IDS = pa.schema([("id", pa.string()), ("line", pa.int64())])
"""The ids of the profiles that were decided, and where they stood."""


@dataclass(frozen=True)
class Telling:
    """How decisions are laid out, and whether what a report needs is counted."""

    view: View = field(default_factory=View)
    report: bool = False


@dataclass(frozen=True)
class Outcome:
    """Some profiles' decisions and rejects, and where the decided ones stood.

    `decisions` are laid out by the view, rows that `only` leaves out not yet left out. `summary`
    counts: read = decided + rejected; blank lines are not counted. `warnings` are what of decided
    profiles was not understood, profile by profile.
    """

    decisions: pa.Table
    rejects: tuple[dict[str, Any], ...]
    summary: Summary
    ids: pa.Table = field(default_factory=IDS.empty_table)
    warnings: tuple[dict[str, Any], ...] = ()

    @property
    def decided(self) -> int:
        return self.summary.decided

    @property
    def read(self) -> int:
        return self.summary.read


@dataclass(frozen=True)
class Work:
    """What every chunk of a run needs: plan, library, day, what is told and what is assumed."""

    plan: Plan
    library: Library
    as_of: int
    telling: Telling = Telling()
    assumptions: Assumptions = NOTHING

    @property
    def size(self) -> int:
        """How many profiles are decided at once where they come as columns."""
        return self.telling.view.profiles(self.plan)

    def lines(self, lines: Sequence[bytes], file: str, first: int) -> Outcome:
        """The outcome of some lines of JSON; `first` numbers the first of them.

        What cannot be read is told line by line; blank lines are passed over.
        """
        source, taken = plain(lines, self.library.vocabularies)
        others = [(first + i, lines[i]) for i in np.flatnonzero(~taken).tolist()]
        others = [(number, line) for number, line in others if line and not line.isspace()]
        scanned = list(self._scanned(source, first + np.flatnonzero(taken))) if source else []
        with at_rest():
            starts = range(0, len(others), ROWS)
            read = [self._read(others[start : start + ROWS], file) for start in starts]
        joined = self.joined([*scanned, *read])
        return self.in_order(joined) if scanned and read else joined

    def table(self, table: pa.Table, file: str, first: int) -> Outcome:
        """The outcome of a table of `records.arrow_schema`; `first` numbers its first row."""
        slices = (table.slice(start, self.size) for start in range(0, len(table), self.size))
        return self.joined(list(self.tables(slices, file, first)))

    def tables(self, tables: Iterable[pa.Table], file: str, first: int) -> Iterator[Outcome]:
        """The outcomes of tables that follow one another; `first` numbers their first row."""
        for table in tables:
            yield self._rows(table, file, first)
            first += len(table)

    def _scanned(self, source: ScannedSource, places: NDArray[np.int64]) -> Iterator[Outcome]:
        """The outcomes of profiles that are known to hold together, some at once."""
        for start in range(0, source.rows, self.size):
            part = source.part(start, start + self.size)
            facts = Facts(part, self.as_of, self.library.vocabularies)
            yield self._outcome(facts, places[start : start + self.size], [])

    def _read(self, numbered: Sequence[tuple[int, bytes]], file: str) -> Outcome:
        """The outcome of some lines, each with its number."""
        raw = [line for _, line in numbered]
        let_in = admitted(raw, self.as_of, self.library.vocabularies)
        rejects = [reject(file, *numbered[i], wrong) for i, wrong in let_in.refused.items()]
        warned = [
            remarks(file, numbered[i][0], told) for i, told in let_in.warnings.items() if told
        ]
        outcome = self._outcome(let_in.facts, [numbered[i][0] for i in let_in.places], rejects)
        return replace(
            outcome,
            summary=replace(outcome.summary, warned=len(warned)),
            warnings=tuple(warned),
        )

    def _rows(self, table: pa.Table, file: str, first: int) -> Outcome:
        """The outcome of some rows; those that do not hold together are read one by one."""
        facts = Facts.from_arrow(table, self.as_of, self.library.vocabularies)
        fits = valid(facts)
        places = first + np.flatnonzero(fits).astype(np.int64)
        if fits.all():
            return self._outcome(facts, places, [])
        whole = table.filter(pa.array(fits))
        facts = Facts.from_arrow(whole, self.as_of, self.library.vocabularies)
        outcome = self._outcome(facts, places, [])
        rows = [(first + int(i), line(table.slice(int(i), 1))) for i in np.flatnonzero(~fits)]
        return self.in_order(self.joined([outcome, self._read(rows, file)]))

    def _outcome(self, facts: Facts, places: Places, rejects: Sequence[dict[str, Any]]) -> Outcome:
        ids, stated = texts(facts.ids()), with_memberships(facts)
        facts, apart = supposing(stated, self.assumptions), bool(self.telling.view.findings)
        decided = decide(self.plan, facts, self.library, apart)
        told = self.telling.view.table(self.plan, decided, ids, self.as_of)
        if self.telling.view.assumed:
            without = decided
            if facts is not stated:
                without = decide(self.plan, stated, self.library, apart)
            told = self.telling.view.owing(told, decided, without)
        summary = Summary(len(ids) + len(rejects), len(ids), len(rejects), verdicts(decided))
        if self.telling.report:
            summary.deciding = deciding(decided)
            summary.missing = missing(self.plan, facts, self.library, decided)
        where = pa.table([ids, pa.array(places, pa.int64())], schema=IDS)
        return Outcome(told, tuple(rejects), summary, where)

    def joined(self, several: Sequence[Outcome]) -> Outcome:
        """Outcomes as one, in order."""
        schema, summary = self.telling.view.schema(self.plan), Summary()
        for outcome in several:
            summary.add(outcome.summary)
        return Outcome(
            pa.concat_tables([schema.empty_table(), *(one.decisions for one in several)]),
            tuple(reject for one in several for reject in one.rejects),
            summary,
            pa.concat_tables([IDS.empty_table(), *(one.ids for one in several)]),
            tuple(warned for one in several for warned in one.warnings),
        )

    def in_order(self, outcome: Outcome) -> Outcome:
        """An outcome with its profiles in the order of their places."""
        order = np.argsort(outcome.ids["line"].to_numpy(), kind="stable")
        each = self.telling.view.each(self.plan)
        rows = (order[:, None] * each + np.arange(each)).ravel()
        return replace(
            outcome,
            decisions=outcome.decisions.take(pa.array(rows)),
            ids=outcome.ids.take(pa.array(order)),
        )
