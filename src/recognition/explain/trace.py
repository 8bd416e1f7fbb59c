"""Reading one row of a plan's values: what a truth rests on, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from recognition.counting import Span
from recognition.decide.sheet import Layout
from recognition.decide.values import Values
from recognition.facts.facts import Facts
from recognition.plan.graph import GATHERED, Step
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.standard.library import PERIODS

STANDARD = "standard"
"""Stands among what is missing for a fact of the standard itself that is not settled."""


@dataclass
class Trace:
    """One batch worked out with all its values kept; elements are named by JSON Pointers."""

    steps: Sequence[Step]
    values: Values
    facts: Facts
    layout: Layout = field(init=False)

    def __post_init__(self) -> None:
        self.layout = Layout(self.facts)

    # --- values at one place

    def ends(self, place: int, element: int) -> tuple[Any, Any]:
        """A step's least and most at an element of its level."""
        lo, hi = self.values[place]
        return _at(lo, element), _at(hi, element)

    def open(self, place: int, element: int) -> bool:
        lo, hi = self.ends(place, element)
        return bool(lo != hi)

    def elements(self, step: Step, element: int) -> range:
        """The elements of a gathered collection that belong to an element of the step's level."""
        offsets = self.layout.offsets(step.value[0], step.level)
        return range(int(offsets[element]), int(offsets[element + 1]))

    # --- what is missing

    def missing(self, place: int, element: int) -> dict[str, None]:
        """Pointers to the unknown facts that leave a value open, in the order of the rule."""
        return dict.fromkeys(self._missing(place, element))

    def _missing(self, place: int, element: int) -> Iterator[str]:
        step = self.steps[place]
        if not self.open(place, element):
            return
        if step.op == "field":
            yield self.pointer(str(step.value), element)
        elif step.op == "attested":
            yield f"/attestations/{step.value}"
        elif step.op == "literal":
            yield STANDARD
        elif step.op == "spread":
            yield from self._missing(step.args[0], self._owner(step, element))
        elif step.op in GATHERED:
            yield from self._missing_among(step, element)
        else:
            told = [p for arg in step.args for p in self._missing(arg, element)]
            yield from told or [STANDARD]

    def _missing_among(self, step: Step, element: int) -> Iterator[str]:
        where, *others = step.args
        collection: str = step.value[0]
        for part in self.elements(step, element):
            lo, hi = self.ends(where, part)
            if not hi:
                continue
            if self._phantom(collection, part):
                yield self.element(collection, part)
                continue
            if not lo:
                yield from self._missing(where, part)
            for other in others:
                yield from self._missing(other, part)
            if step.op == "years":
                yield from self._open_period(step, part)

    def _open_period(self, step: Step, part: int) -> Iterator[str]:
        """What leaves counted time open: the ends of a period, and part-time work however exact."""
        collection, part_time = step.value
        weighs = collection == "experience" and part_time != "calendar"
        share = ("experience.fte",) if weighs else ()
        for path in (*PERIODS[collection], *share):
            lo, hi = self.facts.field(path)
            partly = path in share and part_time == "open" and lo[part] < 1
            if partly or lo[part] != hi[part]:
                yield self.pointer(path, part)

    # --- what it rests on

    def evidence(self, place: int, element: int) -> dict[str, None]:
        """Pointers to the elements that carry a value, in the order of the rule."""
        return dict.fromkeys(self._evidence(place, element))

    def _evidence(self, place: int, element: int) -> Iterator[str]:
        step = self.steps[place]
        if step.op == "field":
            yield self.element(_collection(str(step.value)), element) or self.pointer(
                str(step.value), element
            )
        elif step.op == "attested":
            yield f"/attestations/{step.value}"
        elif step.op == "spread":
            yield from self._evidence(step.args[0], self._owner(step, element))
        elif step.op in GATHERED:
            yield from self._evidence_among(step, element)
        elif step.op == "any":
            yield from self._evidence_of_any(step, element)
        else:
            for arg in step.args:
                yield from self._evidence(arg, element)

    def _evidence_of_any(self, step: Step, element: int) -> Iterator[str]:
        """The first alternative that is met; all of them when none is."""
        met = [arg for arg in step.args if bool(self.ends(arg, element)[0])]
        for arg in met[:1] or step.args:
            yield from self._evidence(arg, element)

    def _evidence_among(self, step: Step, element: int) -> Iterator[str]:
        collection: str = step.value[0]
        parts = self.elements(step, element)
        sure = [part for part in parts if self.ends(step.args[0], part)[0]]
        perhaps = [part for part in parts if self.ends(step.args[0], part)[1]]
        for part in (sure if step.op == "exists" and sure else perhaps) or parts:
            yield self.element(collection, part)
        if not parts:
            yield from self._lists(collection, step.level, element)
        for other in step.args[1:]:
            if self.steps[other].op == "spread" and len(parts):
                yield from self._evidence(other, parts[0])

    # --- names

    def _owner(self, step: Step, element: int) -> int:
        owner = self.layout.owner(step.level, str(step.value))
        return int(owner[element])

    def _phantom(self, collection: str, part: int) -> bool:
        many = self.facts.many(collection)
        return many is not None and bool(many[part])

    def element(self, collection: str, part: int) -> str:
        """`/degrees/0/accreditations/1`; a phantom is its list; the profile itself is empty."""
        if not collection:
            return ""
        around = COLLECTIONS[collection].parent
        owner = int(self.facts.owner(collection)[part])
        listed = self._list(collection, owner)
        if self._phantom(collection, part):
            return (
                self.element(around, owner) if around and self._phantom(around, owner) else listed
            )
        return f"{listed}/{part - int(self.facts.offsets(collection)[owner])}"

    def _list(self, collection: str, owner: int) -> str:
        """The list of an element around it, which is no phantom."""
        here = self.element(COLLECTIONS[collection].parent, owner)
        return here + "/" + "/".join(COLLECTIONS[collection].steps)

    def _lists(self, collection: str, level: str, element: int) -> Iterator[str]:
        """The lists of a collection within an element; the list around them where that is empty."""
        around = COLLECTIONS[collection].parent
        if level == around:
            phantom = bool(around) and self._phantom(around, element)
            yield self.element(around, element) if phantom else self._list(collection, element)
            return
        offsets = self.layout.offsets(around, level)
        owners = range(int(offsets[element]), int(offsets[element + 1]))
        for owner in owners:
            yield from self._lists(collection, around, owner)
        if not owners:
            yield from self._lists(around, level, element)

    def pointer(self, path: str, element: int) -> str:
        """The pointer of a field of an element."""
        collection = _collection(path)
        if collection and self._phantom(collection, element):
            return self.element(collection, element)
        steps = (step for step in LEAVES[path].steps if isinstance(step, str))
        return "/".join((self.element(collection, element), *steps))


def _collection(path: str) -> str:
    return LEAVES[path].collection


def _at(end: Any, element: int) -> Any:
    if isinstance(end, Span):
        return tuple(_at(np.asarray(part), element) for part in end[:2])
    return end[element] if np.ndim(end) else end[()]
