"""What decisions owe to assumptions: seen by asking the same of what is stated alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recognition.decide.decide import read_lines, work_out
from recognition.decide.statuses import UNKNOWN, Decided
from recognition.explain import wording
from recognition.explain.decision import LANGUAGES, Assumed
from recognition.explain.trace import Trace
from recognition.facts.assumptions import STATEMENTS, Assumptions, Value
from recognition.facts.facts import Facts
from recognition.facts.supposed import Supposed
from recognition.plan.lines import Asked
from recognition.plan.plan import Plan
from recognition.profile.model import Code, Day
from recognition.profile.schema import LEAVES
from recognition.standard.library import Library
from recognition.standard.model import Criterion


@dataclass
class Owing:
    """A batch of stated facts worked out, and what was assumed beside them.

    A decision owes something to an assumption where a criterion of its would be open without it,
    and the fact is among those that are missing there.
    """

    library: Library
    plan: Plan
    stated: Facts
    supposed: Facts
    assumptions: Assumptions

    def __post_init__(self) -> None:
        values = work_out(self.plan, self.stated, self.library)
        self.trace = Trace(self.plan.steps, values, self.stated)
        decided = read_lines(self.plan, values, self.stated)
        self._decided = {id(one.line): one for one in decided}

    def assumed(self, decided: Decided, row: int) -> list[Assumed]:
        """What a decision rests on that was assumed, in the order of the criteria."""
        owed: dict[tuple[str, Value], dict[str, Criterion]] = {}
        for asked, criterion, element in self._places(decided, row):
            for missing in self._missing(asked, element):
                for one in self._bearing.get((row, missing), ()):
                    owed.setdefault(one, {})[criterion.id] = criterion
        return [self._told(*one, [*criteria.values()]) for one, criteria in owed.items()]

    def _missing(self, asked: Asked, element: int) -> Iterator[str]:
        """What leaves a criterion open as it is stated, or what it measures."""
        for place in (asked.truth, asked.measured):
            if place >= 0:
                yield from self.trace.missing(place, element)

    def open(self, decided: Decided, row: int) -> bool:
        """Whether a decision is undetermined where nothing is assumed."""
        return bool(self._decided[id(decided.line)].verdict[row] == UNKNOWN)

    def _places(self, decided: Decided, row: int) -> Iterator[tuple[Asked, Criterion, int]]:
        """The criteria that decide a row, and those that would without assumptions.

        These may be another edition's, or about another element: an assumption can have ruled out
        what would have come furthest.
        """
        for one in (decided, self._decided[id(decided.line)]):
            chosen = int(one.chosen[row])
            for asked in one.line.versions[chosen].criteria:
                found = one.findings[chosen].elements.get(asked.subject)
                element = row if found is None else int(found[row])
                if asked.source is not None and element >= 0:
                    yield asked, asked.source, element

    @cached_property
    def _bearing(self) -> dict[tuple[int, str], list[tuple[str, Value]]]:
        """By profile and pointer of what is missing: what was assumed that fills it, or bounds it.

        Each is told by its own pointer and its value.
        """
        source = self.supposed.source
        assert isinstance(source, Supposed), "these facts hold assumptions"
        bearing: dict[tuple[int, str], list[tuple[str, Value]]] = {}
        for path, value in self.assumptions:
            rows = self.stated.row(LEAVES[path].collection if path in LEAVES else "")
            for element in np.flatnonzero(source.filled(path)).tolist():
                told = self._pointer(path, element), value
                bearing.setdefault((int(rows[element]), told[0]), []).append(told)
                for other in _bounded(path):
                    if self._changed(other, element):
                        key = int(rows[element]), self._pointer(other, element)
                        bearing.setdefault(key, []).append(told)
        return bearing

    def _changed(self, path: str, element: int) -> bool:
        """Whether assumptions tell anything about a field of an element."""
        pairs = zip(self.stated.field(path), self.supposed.field(path), strict=True)
        return any(before[element] != after[element] for before, after in pairs)

    def _pointer(self, path: str, element: int) -> str:
        stated = path.startswith(f"{STATEMENTS}.")
        return "/" + path.replace(".", "/", 1) if stated else self.trace.pointer(path, element)

    def _told(self, pointer: str, value: Value, criteria: Sequence[Criterion]) -> Assumed:
        def text(lang: str) -> str:
            titles = [criterion.title[lang] for criterion in criteria]
            return wording.assumed(self.library, pointer, value, titles, lang)

        ids = [criterion.id for criterion in criteria]
        return Assumed(pointer, value, ids, {lang: text(lang) for lang in LANGUAGES})


def _bounded(path: str) -> Iterator[str]:
    """The fields of the same element that a field bounds where they are unknown."""
    for leaf in LEAVES.values():
        match leaf.mark:
            case Code(otherwise=otherwise, home=home, beside=beside):
                names = [otherwise, home, beside]
            case Day(end=True, since=since):
                names = [since]
            case _:
                names = []
        if any(name and leaf.sibling(name) == path for name in names):
            yield leaf.path
