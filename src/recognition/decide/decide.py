"""A plan worked out over the facts of a batch: decisions as columns, one row a profile.

A single profile is a batch of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from recognition.bounds import Array
from recognition.decide.context import Context
from recognition.decide.findings import least, statuses
from recognition.decide.operations import OPERATIONS
from recognition.decide.sheet import Columns, Sheet
from recognition.decide.values import Rows, Singles, Values
from recognition.facts.facts import Facts
from recognition.plan.graph import Graph
from recognition.plan.lines import Line
from recognition.plan.plan import Plan
from recognition.plan.question import place_of
from recognition.rule.syntax import Node
from recognition.standard.library import PERIODS, Library

UNMET, UNKNOWN, MET = 0, 1, 2
"""A finding's status, and a verdict; the least of several findings is their verdict."""
Verdict = Literal["ineligible", "undetermined", "eligible"]
Status = Literal["unmet", "unknown", "met"]
VERDICTS: tuple[Verdict, ...] = ("ineligible", "undetermined", "eligible")
STATUSES: tuple[Status, ...] = ("unmet", "unknown", "met")

FEW = 256
"""So many profiles at most are worked out in stacks, where stacks are worth it."""


@dataclass(frozen=True)
class Findings:
    """One version of a line worked out: being in force and each criterion as uint8 (rows,);
    `elements`: for each subject the element its findings are about (−1 where there is none)."""

    in_force: Array
    statuses: Array
    verdict: Array
    elements: Mapping[str, Array]


@dataclass(frozen=True)
class Decided:
    """A line's decisions: `verdict` uint8 (rows,), `chosen` the version each row is decided by."""

    line: Line
    verdict: Array
    chosen: Array
    findings: tuple[Findings, ...]


def work_out(
    plan: Plan, facts: Columns, library: Library, keep: bool = True, few: int | None = None
) -> Values:
    """The value of each step over a batch; if not `keep`, perhaps only what the lines read.

    At most `few` profiles are worked out in stacks of steps, more of them step by step.
    """
    sheet = Sheet(facts, library.tables, PERIODS)
    most = (FEW if plan.stacks_well else 0) if few is None else few
    return _in_stacks(plan, sheet) if facts.rows <= most else _singly(plan, sheet, keep)


def _singly(plan: Plan, sheet: Sheet, keep: bool) -> Singles:
    values = Singles()
    for place, stack in enumerate(plan.singly):
        args = [values[arg] for (arg,) in stack.args]
        values.append(OPERATIONS[stack.op](Context(sheet, stack), args))
        for arg in () if keep else plan.done[place]:
            values[arg] = None
    return values


def _in_stacks(plan: Plan, sheet: Sheet) -> Rows:
    rows = Rows(plan.arrangement, sheet.size)
    for number, stack in enumerate(plan.arrangement.stacks):
        if stack.op != "literal":
            context = Context(sheet.several(stack.copies), stack)
            rows.put(number, OPERATIONS[stack.op](context, rows.args(number)))
    return rows


def decide(plan: Plan, facts: Columns, library: Library) -> list[Decided]:
    """Every line's decisions on every row."""
    return read_lines(plan, work_out(plan, facts, library, keep=False), facts)


def read_lines(plan: Plan, values: Values, facts: Columns) -> list[Decided]:
    """The lines' decisions from the steps' values."""
    findings = _findings(plan, values, facts)
    first = np.zeros(facts.rows, np.uint8)
    return [
        _decided(line, tuple(findings[number] for number in numbers), first)
        for line, numbers in zip(plan.lines, plan.layout.versions, strict=True)
    ]


def _findings(plan: Plan, values: Values, facts: Columns) -> list[Findings]:
    """The findings of every version that is asked, in the order of its criteria."""
    layout = plan.layout
    told, elements = statuses(layout, values, facts)
    ends = [*layout.starts[1:].tolist(), len(told)]
    verdicts = least(told, layout.starts)
    return [
        Findings(
            told[start],
            told[start + 1 : end],
            verdict,
            {name: elements[number] for name, number in subjects.items()},
        )
        for start, end, verdict, subjects in zip(
            layout.starts.tolist(), ends, verdicts, layout.subjects, strict=True
        )
    ]


def _decided(line: Line, findings: tuple[Findings, ...], first: Array) -> Decided:
    """The version that comes furthest decides; the later one where several do."""
    if len(findings) == 1:
        return Decided(line, findings[0].verdict, first, findings)
    rank = np.stack([found.verdict * 3 + found.in_force for found in findings])
    chosen = (len(rank) - 1 - rank[::-1].argmax(axis=0)).astype(np.uint8)
    verdict = np.maximum.reduce([found.verdict for found in findings])
    return Decided(line, verdict, chosen, findings)


def value_of(
    node: Node, facts: Facts, library: Library, host: str | None = None, few: int | None = None
) -> Any:
    """The value of one expression on each row: Bounds, of Spans for a span."""
    graph = Graph()
    place = graph.add(node, place_of(library, host))
    return work_out(Plan(tuple(graph.steps), (), graph.written), facts, library, few=few)[place]
