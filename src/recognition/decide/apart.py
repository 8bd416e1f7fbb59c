"""What does not concern a person, told apart from what is met: where findings are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from recognition.decide.sheet import Layout
from recognition.decide.statuses import MET, NOT_APPLICABLE, Decided, Findings
from recognition.decide.values import Values
from recognition.plan.graph import Step
from recognition.plan.lines import Asked, Version


@dataclass
class Apart:
    """A batch worked out, its values kept where they say that a criterion does not apply."""

    steps: Sequence[Step]
    values: Values
    lists: Layout

    def surely(self, asked: Asked, collection: str, rows: Any, elements: Any) -> Any:
        """Whether it surely does not apply, bool, for rows and their elements of the subject.

        Where the criterion is about the profile itself, there are none to name.
        """
        if asked.aside < 0:
            return np.False_
        lo, level = self.values[asked.aside][0], self.steps[asked.aside].level
        if not np.ndim(lo):
            return lo
        if not level:
            return lo[rows]
        if not self.lists.size(collection):
            return np.zeros(np.shape(elements), np.bool_)
        inner = level == collection
        owner = elements if inner else self.lists.owner(collection, level)[elements]
        return (elements >= 0) & lo[owner]

    def told(self, decided: Iterable[Decided]) -> list[Decided]:
        """The same decisions, each finding that is met only because it does not apply told so."""
        made: dict[int, Findings] = {}
        return [replace(one, findings=self._findings(one, made)) for one in decided]

    def _findings(self, decided: Decided, made: dict[int, Findings]) -> tuple[Findings, ...]:
        """The findings of a line's versions; those that lines share are made once."""
        pairs = list(zip(decided.line.versions, decided.findings, strict=True))
        for version, found in pairs:
            if id(found) not in made:
                made[id(found)] = self._of(version, found)
        return tuple(made[id(found)] for _, found in pairs)

    def _of(self, version: Version, found: Findings) -> Findings:
        statuses = found.statuses.copy()
        for told, asked in zip(statuses, version.criteria, strict=True):
            collection = version.edition.subjects.get(asked.subject, "")
            elements = found.elements.get(asked.subject)
            aside = self.surely(asked, collection, slice(None), elements)
            told[(told == MET) & aside] = NOT_APPLICABLE
        return replace(found, statuses=statuses)
