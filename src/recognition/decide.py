"""A plan worked out over the facts of a batch: decisions as columns, one row a profile.

A single profile is a batch of one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from recognition.bounds import Array, Bounds
from recognition.operations import OPERATIONS, Columns, Layout, Sheet
from recognition.plan import Graph, Step
from recognition.question import Line, Plan, Version, place_of
from recognition.rule.syntax import Node
from recognition.standard.library import PERIODS, Library

UNMET, UNKNOWN, MET = 0, 1, 2
"""A finding's status, and a verdict; the least of several findings is their verdict."""
VERDICTS = ("ineligible", "undetermined", "eligible")
STATUSES = ("unmet", "unknown", "met")


@dataclass(frozen=True)
class Findings:
    """One version of a line worked out: being in force and each criterion as uint8 (rows,);
    `elements`: for each subject the element its findings are about (−1 where there is none)."""

    in_force: Array
    statuses: tuple[Array, ...]
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
    steps: Sequence[Step],
    facts: Columns,
    library: Library,
    done: Sequence[Sequence[int]] | None = None,
) -> list[Any]:
    """The value of each step over a batch; `done` says which earlier ones go after each step."""
    sheet = Sheet(facts, library.tables, PERIODS)
    values: list[Any] = []
    for place, step in enumerate(steps):
        values.append(OPERATIONS[step.op](sheet, step, [values[arg] for arg in step.args]))
        for arg in done[place] if done else ():
            values[arg] = None
    return values


def decide(plan: Plan, facts: Columns, library: Library) -> list[Decided]:
    """Every line's decisions on every row."""
    values = work_out(plan.steps, facts, library, plan.done)
    return read_lines(plan, values, facts)


def read_lines(plan: Plan, values: Sequence[Any], facts: Columns) -> list[Decided]:
    """The lines' decisions from the steps' values."""
    lines = Lines(values, Layout(facts))
    return [lines.read(line) for line in plan.lines]


@dataclass
class Lines:
    """Lines being read: what several of them share is worked out once."""

    values: Sequence[Any]
    layout: Layout

    def read(self, line: Line) -> Decided:
        """The version that comes furthest decides; the later one where several do."""
        rows = self.layout.facts.rows
        findings = tuple(self.shared(version) for version in line.versions)
        if len(findings) == 1:
            return Decided(line, findings[0].verdict, np.zeros(rows, np.uint8), findings)
        rank = np.stack([found.verdict * 3 + found.in_force for found in findings])
        chosen = (len(rank) - 1 - rank[::-1].argmax(axis=0)).astype(np.uint8)
        verdict = np.maximum.reduce([found.verdict for found in findings])
        return Decided(line, verdict, chosen, findings)

    def shared(self, version: Version) -> Findings:
        """The findings of a version, which are the same for all hosts that ask the same of it."""
        asked = tuple((one.truth, one.excused, one.subject) for one in version.criteria)
        key = ("found", version.in_force.truth, asked)
        return self.layout.share(key, lambda: self.found(version))

    def found(self, version: Version) -> Findings:
        """A version's findings, in the order of its criteria."""
        rows = self.layout.facts.rows
        ranked = {
            subject: self.ranked(collection, subject, version)
            for subject, collection in version.edition.subjects.items()
        }
        told = [
            self.status(asked.truth, rows) if not asked.subject else ranked[asked.subject][0][i]
            for i, asked in enumerate(version.criteria)
        ]
        force = self.status(version.in_force.truth, rows)
        elements = {subject: element for subject, (_, element) in ranked.items()}
        return Findings(force, tuple(told), np.minimum.reduce([force, *told]), elements)

    def status(self, place: int, rows: int) -> Array:
        """A truth as a status: both its ends added up."""
        return self.layout.share(("status", place), lambda: _status(self.values[place], rows))

    def ranked(
        self, collection: str, subject: str, version: Version
    ) -> tuple[dict[int, Array], Array]:
        """For a subject's criteria the statuses of the element that comes furthest; which it is.

        Criteria from which a person is excused are met whatever the element.
        """
        asked = {i: one for i, one in enumerate(version.criteria) if one.subject == subject}
        places = tuple(one.truth for one in asked.values())
        digits, element = self.layout.share(
            ("ranked", collection, places), lambda: self._ranked(collection, places)
        )
        told = dict(zip(asked, digits, strict=True))
        for i, one in asked.items():
            if one.excused >= 0:
                told[i] = np.maximum(told[i], self.status(one.excused, self.layout.facts.rows))
        return told, element

    def _ranked(self, collection: str, places: tuple[int, ...]) -> tuple[list[Array], Array]:
        """An element's rank is a number in base three: the verdict, then each criterion."""
        owner = self.layout.owner(collection, "")
        size, runs = len(owner), self.layout.runs(collection, "")
        there = _status(self.layout.facts.present(collection), size)
        told = [np.minimum(self.status(place, size), there) for place in places]
        rank = np.minimum.reduce([there, *told]).astype(np.int64)
        for status in told:
            rank = rank * 3 + status
        best = runs.fold(np.maximum, rank, 0)
        element = runs.fold(np.minimum, np.where(rank == best[owner], np.arange(size), size), -1)
        powers = 3 ** np.arange(len(told))[::-1, None]
        return list((best // powers % 3).astype(np.uint8)), element


def _status(truth: Bounds, rows: int) -> Array:
    lo, hi = truth
    told: Array = np.add(lo, hi, dtype=np.uint8)
    return told if told.ndim else np.broadcast_to(told, rows)


def value_of(node: Node, facts: Columns, library: Library, host: str | None = None) -> Any:
    """The value of one expression on each row: Bounds, of Spans for a span."""
    graph = Graph()
    place = graph.add(node, place_of(library, host))
    return work_out(graph.steps, facts, library)[place]
