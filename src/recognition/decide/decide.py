"""A plan worked out over the facts of a batch: decisions as columns, one row a profile.

A single profile is a batch of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from recognition.bounds import Array
from recognition.decide.apart import Apart
from recognition.decide.context import Context
from recognition.decide.findings import least, statuses
from recognition.decide.operations import OPERATIONS
from recognition.decide.sheet import Columns, Layout, Sheet
from recognition.decide.statuses import Decided, Findings
from recognition.decide.values import Rows, Singles, Values
from recognition.facts.facts import Facts
from recognition.plan.graph import Graph
from recognition.plan.lines import Line
from recognition.plan.plan import Plan
from recognition.plan.question import place_of
from recognition.rule.syntax import Node
from recognition.standard.library import PERIODS, Library

Done = Sequence[Sequence[int]]
"""For each step the earlier ones that nobody needs after it."""
FEW = 256
"""So many profiles at most are worked out in stacks, where stacks are worth it."""


def work_out(
    plan: Plan,
    facts: Columns,
    library: Library,
    done: Done | None = None,
    few: int | None = None,
) -> Values:
    """The value of each step over a batch; `done` says after which step others may be forgotten.

    At most `few` profiles are worked out in stacks of steps, more of them step by step.
    """
    sheet = Sheet(facts, library.tables, PERIODS)
    most = (FEW if plan.stacks_well else 0) if few is None else few
    return _in_stacks(plan, sheet) if facts.rows <= most else _singly(plan, sheet, done)


def _singly(plan: Plan, sheet: Sheet, done: Done | None) -> Singles:
    values = Singles()
    for place, stack in enumerate(plan.singly):
        args = [values[arg] for (arg,) in stack.args]
        values.append(OPERATIONS[stack.op](Context(sheet, stack), args))
        for arg in done[place] if done else ():
            values[arg] = None
    return values


def _in_stacks(plan: Plan, sheet: Sheet) -> Rows:
    rows = Rows(plan.arrangement, sheet.size)
    for number, stack in enumerate(plan.arrangement.stacks):
        if stack.op != "literal":
            context = Context(sheet.several(stack.copies), stack)
            rows.put(number, OPERATIONS[stack.op](context, rows.args(number)))
    return rows


def decide(plan: Plan, facts: Columns, library: Library, told: bool = False) -> list[Decided]:
    """Every line's decisions on every row; where `told`, with what does not concern the person."""
    values = work_out(plan, facts, library, plan.done_when_told if told else plan.done)
    decided = read_lines(plan, values, facts)
    return Apart(plan.steps, values, Layout(facts)).told(decided) if told else decided


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
