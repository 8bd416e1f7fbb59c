"""How decisions are laid out: one row a decision, or one an applicant; which, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recognition.batch.decisions import DECISIONS, FINDINGS
from recognition.bounds import Array
from recognition.decide import STATUSES
from recognition.problems import Problem, Refused
from recognition.question import Line, Plan

CODED = pa.dictionary(pa.int32(), pa.string())
FORMS = ("", "columns", "nested")


@dataclass(frozen=True)
class View:
    """`wide`: one row an applicant, a column a standard (and host: `ipea:AU`). `findings`:
    `nested`, a list of criteria with their status; or `columns`, one for each criterion. `only`:
    rows with this verdict."""

    wide: bool = False
    findings: str = ""
    only: str = ""

    def __post_init__(self) -> None:
        if self.wide and self.findings:
            detail = "one row an applicant has no room for findings"
            raise Refused([Problem("two-forms", "", detail, "leave out `--wide` or `--findings`")])

    def schema(self, plan: Plan) -> pa.Schema:
        """The columns of the output."""
        if self.wide:
            return pa.schema([*list(DECISIONS)[:2], *((name, CODED) for name in columns(plan))])
        if self.findings == "columns":
            return pa.schema([*DECISIONS, *((name, CODED) for name in criteria(plan))])
        return FINDINGS if self.findings else DECISIONS

    def of(self, table: pa.Table, plan: Plan) -> pa.Table:
        """Decisions as the output has them; a profile's lie together, in the plan's order."""
        if self.wide:
            return self._wide(table, plan)
        if self.only:
            table = table.filter(pc.equal(table["verdict"].cast(pa.string()), self.only))
        return _spread(table, plan) if self.findings == "columns" else table

    def _wide(self, table: pa.Table, plan: Plan) -> pa.Table:
        lines = max(1, len(plan.lines))
        first = pa.array(np.arange(0, len(table), lines))
        rows = table.select(["profile", "as_of"]).take(first)
        verdict = table["verdict"].combine_chunks()
        told = [verdict.take(pc.add(first, i)).cast(CODED) for i in range(len(plan.lines))]
        wide = pa.table([*rows.columns, *told], schema=self.schema(plan))
        if not self.only or not told:
            return wide
        held = [pc.equal(part.cast(pa.string()), self.only) for part in told]
        return wide.filter(pa.array(np.any([one.to_numpy(False) for one in held], axis=0)))


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
        one.criterion
        for line in plan.lines
        for version in line.versions
        for one in (version.in_force, *version.criteria)
    )
    return [f"criterion:{name}" for name in dict.fromkeys(asked)]


def _spread(table: pa.Table, plan: Plan) -> pa.Table:
    """A column for each criterion, in place of the list of findings."""
    names = criteria(plan)
    findings = table["findings"].combine_chunks()
    told = findings.flatten()
    row = pc.list_parent_indices(findings).to_numpy()
    of = _codes(told.field("criterion"), [name.partition(":")[2] for name in names])
    status = _codes(told.field("status"), STATUSES)
    codes = np.full((len(names), len(table)), -1, np.int32)
    codes[of, row] = status
    spread = [
        pa.DictionaryArray.from_arrays(pa.array(one, mask=one < 0), pa.array(STATUSES))
        for one in codes
    ]
    held = table.drop_columns(["findings"])
    return pa.table([*held.columns, *spread], names=[*held.column_names, *names])


def _codes(values: pa.Array, known: Sequence[str]) -> Array:
    found: Array = pc.index_in(values, pa.array(known)).to_numpy()
    return found
