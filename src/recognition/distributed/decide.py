"""Profiles in, decisions out, as Arrow tables: one function, for Ray Data and Spark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from recognition.batch.input.parquet import fitted
from recognition.batch.output.layout import View
from recognition.batch.rejects import encoded_rejects
from recognition.batch.work import Outcome, Telling, Work
from recognition.distributed.packed import Packed, work
from recognition.evaluate import day
from recognition.facts import assumptions
from recognition.facts.assumptions import NOTHING, Assumptions, Given
from recognition.plan.question import Question, compiled
from recognition.standard.library import Library

ROW, REJECT = "row", "reject"
PLACE = ("file", "line")


@dataclass(frozen=True)
class Decide:
    """Decides tables of profiles, on whatever machine it is sent to.

    In: the columns of `records.arrow_schema`, or a column `row` of profiles in JSON. Columns
    `file` and `line` may say where each stood. Out: the columns of the view, and `reject`: first
    the decisions, in the order of their profiles, where it is null; then a row for each profile
    that cannot be read, where it is what the file of rejects would say.
    """

    packed: Packed
    question: Question
    as_of: int
    view: View = View()
    assumptions: Assumptions = NOTHING

    @classmethod
    def of(
        cls,
        library: Library,
        question: Question = Question(),
        as_of: str | None = None,
        view: View = View(),
        assume: Given = (),
    ) -> Decide:
        """A question to a library on a day, 2026-11-24, today if none; raises Refused.

        `assume` supposes values wherever facts are missing, as `{"experience.fte": 1}`.
        """
        compiled(library, question)
        assumed = assumptions.read(assume, library.vocabularies)
        view = replace(view, assumed=bool(assumed))
        return cls(Packed.of(library), question, day(as_of), view, assumed)

    def schema(self) -> pa.Schema:
        """The columns that come out."""
        return self.view.schema(self._work().plan).append(pa.field(REJECT, pa.string()))

    def __call__(self, table: pa.Table) -> pa.Table:
        """Decisions and rejects; raises Refused for columns that are none of profiles."""
        outcome, schema = self._outcome(table), self.schema()
        told = self.view.kept(outcome.decisions)
        rejects = [_told(reject, table) for reject in outcome.rejects]
        return pa.concat_tables(
            [
                _widened({name: told[name] for name in told.column_names}, len(told), schema),
                _widened({REJECT: pa.array(rejects, pa.string())}, len(rejects), schema),
            ]
        )

    def _outcome(self, table: pa.Table) -> Outcome:
        """What profiles come to, counted from 0."""
        work = self._work()
        if ROW in table.column_names:
            lines = [row or b"" for row in table[ROW].cast(pa.binary()).to_pylist()]
            return work.lines(lines, "", 0)
        profiles = table.drop_columns([name for name in PLACE if name in table.column_names])
        return work.table(fitted(profiles), "", 0)

    def _work(self) -> Work:
        return work(self.packed, self.question, self.as_of, Telling(self.view), self.assumptions)


def _told(reject: Mapping[str, Any], table: pa.Table) -> str:
    """A reject as its file tells it, with the place where the table says its row stood."""
    at = reject["line"]
    place = {name: table[name][at].as_py() for name in PLACE if name in table.column_names}
    rest = {name: value for name, value in reject.items() if name not in PLACE}
    return encoded_rejects([{**place, **rest}]).decode().rstrip("\n")


def _widened(columns: Mapping[str, Any], rows: int, schema: pa.Schema) -> pa.Table:
    """Columns as a table of a schema, null where there are none."""
    return pa.table(
        [columns.get(field.name, pa.nulls(rows, field.type)) for field in schema], schema=schema
    )
