"""How decisions are laid out: one row a decision, or one an applicant; which, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recognition import dates
from recognition.batch.output import decisions
from recognition.batch.output.decisions import CODED, DECISIONS, FINDINGS, Ids
from recognition.bounds import Array
from recognition.decide.statuses import STATUSES, VERDICTS, Decided, Findings
from recognition.plan.lines import Line, Version
from recognition.plan.plan import Plan
from recognition.problems import Problem, Refused

FORMS = ("", "columns", "nested")
ASSUMED = "assumed"
CELLS = 2**24
"""Values of decisions that are held at once, about."""
MOST = 2**16
"""Profiles that are decided at once, at most."""


@dataclass(frozen=True)
class View:
    """`wide`: one row an applicant, a column a standard (and host: `ipea:AU`). `findings`:
    `nested`, a list of criteria with their status; or `columns`, one for each criterion. `only`:
    rows with this verdict. `assumed`: a last column, whether assumptions change the row."""

    wide: bool = False
    findings: str = ""
    only: str = ""
    assumed: bool = False

    def __post_init__(self) -> None:
        if self.wide and self.findings:
            detail = "one row an applicant has no room for findings"
            raise Refused([Problem("two-forms", "", detail, "leave out `--wide` or `--findings`")])

    def schema(self, plan: Plan) -> pa.Schema:
        """The columns of the output."""
        plain = self._plain(plan)
        return plain.append(pa.field(ASSUMED, pa.bool_())) if self.assumed else plain

    def _plain(self, plan: Plan) -> pa.Schema:
        """The columns beside that of what was assumed."""
        if self.wide:
            return pa.schema([*list(DECISIONS)[:2], *((name, CODED) for name in columns(plan))])
        if self.findings == "columns":
            return pa.schema([*DECISIONS, *((name, CODED) for name in criteria(plan))])
        return FINDINGS if self.findings else DECISIONS

    def each(self, plan: Plan) -> int:
        """Rows of a profile, before some are left out by `only`."""
        return 1 if self.wide else len(plan.lines)

    def profiles(self, plan: Plan) -> int:
        """How many profiles to decide at once, a power of two: fewer where each has many cells."""
        told = 8 + len(criteria(plan)) * (self.findings == "columns")
        cells = len(plan.lines) * (4 if self.wide else told)
        return 1 << (max(1, min(MOST, CELLS // max(1, cells))).bit_length() - 1)

    def table(self, plan: Plan, decided: Sequence[Decided], ids: Ids, as_of: int) -> pa.Table:
        """All decisions, laid out, `each` rows a profile, without the column of `owing`."""
        if self.wide:
            return self._wide(plan, decided, ids, as_of)
        told = decisions.decisions(plan, decided, ids, as_of, self.findings == "nested")
        if self.findings != "columns" or not len(told):
            return told if len(told) else self._plain(plan).empty_table()
        return pa.table([*told.columns, *_spread(plan, decided)], schema=self._plain(plan))

    def owing(
        self, told: pa.Table, decided: Sequence[Decided], without: Sequence[Decided]
    ) -> pa.Table:
        """A table of decisions with the column of whether assumptions change a row of it.

        `without` are the decisions on what is stated alone.
        """
        pairs = zip(decided, without, strict=True)
        changed = np.stack([decisions.otherwise(one, other) for one, other in pairs], axis=1)
        rows = changed.any(axis=1) if self.wide else changed.ravel()
        return told.append_column(pa.field(ASSUMED, pa.bool_()), pa.array(rows))

    def kept(self, table: pa.Table) -> pa.Table:
        """The rows with the verdict that `only` asks for; all if it asks for none."""
        if not self.only:
            return table
        verdicts = [name for name in table.column_names[2:] if name != ASSUMED]
        names = verdicts if self.wide else ["verdict"]
        held = [pc.equal(table[name].cast(pa.string()), self.only) for name in names]
        return table.filter(pa.array(np.any([np.asarray(one) for one in held], axis=0)))

    def _wide(self, plan: Plan, decided: Sequence[Decided], ids: Ids, as_of: int) -> pa.Table:
        told = pa.array(VERDICTS)
        verdicts = [
            pa.DictionaryArray.from_arrays(one.verdict.astype(np.int32), told) for one in decided
        ]
        first = [decisions.texts(ids), decisions.same(dates.iso(as_of), len(ids))]
        return pa.table([*first, *verdicts], schema=self._plain(plan))


def columns(plan: Plan) -> list[str]:
    """A name for each line of a plan: its standard, its version where two are asked, its host."""
    asked: dict[tuple[str, str | None], int] = {}
    for line in plan.lines:
        key = (line.standard.id, line.host)
        asked[key] = asked.get(key, 0) + 1
    return [_name(line, asked[line.standard.id, line.host] > 1) for line in plan.lines]


def _name(line: Line, several: bool) -> str:
    version = "@" + "+".join(one.edition.version for one in line.versions) if several else ""
    return line.standard.id + version + (f":{line.host}" if line.host else "")


def criteria(plan: Plan) -> list[str]:
    """The ids of all criteria that a plan asks, in order, each once; `criterion:` before them."""
    asked = (
        name
        for line in plan.lines
        for version in line.versions
        for name in decisions.names(version)
    )
    return [f"criterion:{name}" for name in dict.fromkeys(asked)]


def _spread(plan: Plan, decided: Sequence[Decided]) -> list[pa.Array]:
    """A column for each criterion, null where it is not asked or not told."""
    place = {name.partition(":")[2]: i for i, name in enumerate(criteria(plan))}

    def told(version: Version, found: Findings) -> Array:
        codes = np.full((len(place), len(found.in_force)), decisions.NOT_TOLD, np.int8)
        codes[[place[name] for name in decisions.names(version)]] = decisions.told_of(found)
        return codes

    codes = np.stack([decisions.chosen(one, told) for one in decided], axis=2)
    return [
        pa.DictionaryArray.from_arrays(
            pa.array(one.astype(np.int32), mask=one == decisions.NOT_TOLD), pa.array(STATUSES)
        )
        for one in codes.reshape(len(place), -1)
    ]
