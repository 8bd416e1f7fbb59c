"""Which evidence is missing most often: what would settle undetermined decisions, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from recognition.decide.decide import work_out
from recognition.decide.statuses import UNKNOWN, Decided
from recognition.explain.trace import STANDARD, Trace
from recognition.facts.facts import Facts
from recognition.plan.plan import Plan
from recognition.standard.library import Library


def missing(
    plan: Plan, facts: Facts, library: Library, decided: list[Decided]
) -> Counter[tuple[str, ...]]:
    """Undetermined decisions by standard and path of a fact that is wanted, as `experience.until`.

    What all hosts ask of an element alike is looked for once.
    """
    trace = Trace(plan.steps, work_out(plan, facts, library), facts)
    known: dict[tuple[int, int], frozenset[str]] = {}
    counted: Counter[tuple[str, ...]] = Counter()
    for line in decided:
        for row in np.flatnonzero(line.verdict == UNKNOWN):
            wanted: set[str] = set()
            for place in _open(line, int(row)):
                if place not in known:
                    known[place] = frozenset(map(_path, trace.missing(*place)))
                wanted |= known[place]
            counted.update((line.line.standard.id, path) for path in wanted)
    return counted


def _open(decided: Decided, row: int) -> Iterator[tuple[int, int]]:
    """Steps and elements of a row's open criteria."""
    chosen = int(decided.chosen[row])
    version, found = decided.line.versions[chosen], decided.findings[chosen]
    for asked, statuses in zip(version.criteria, found.statuses, strict=True):
        element = int(found.elements[asked.subject][row]) if asked.subject else row
        if statuses[row] == UNKNOWN and element >= 0:
            yield asked.truth, element


def _path(pointer: str) -> str:
    """A pointer's field, whichever element it is in; a statement keeps its kind."""
    if pointer == STANDARD or pointer.startswith("/attestations/"):
        return pointer.strip("/").replace("/", ".", 1)
    return ".".join(step for step in pointer.split("/")[1:] if not step.isdigit())
