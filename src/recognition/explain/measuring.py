"""What was measured, and what is required: amounts with their bounds and unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recognition.counting import in_years
from recognition.explain import wording
from recognition.explain.decision import Amount, Measure
from recognition.explain.trace import Trace
from recognition.plan.graph import Step
from recognition.plan.lines import Asked
from recognition.rule.syntax import DATE, SPAN
from recognition.standard.library import Library


@dataclass(frozen=True)
class Measuring:
    """A batch worked out, its values read as amounts."""

    library: Library
    steps: Sequence[Step]
    trace: Trace

    def measure(self, asked: Asked, place: int, element: int) -> Measure | None:
        """What was measured, or is required, at a place of the plan."""
        if place < 0 or element < 0:
            return None
        least, most = (self._said(asked, place, end) for end in self.trace.ends(place, element))
        return Measure(least, most, asked.unit or self._unit(asked.measured))

    def _said(self, asked: Asked, place: int, end: Any) -> Amount | None:
        kind = self.steps[place].kind
        if kind == SPAN:
            return _finite(in_years(*map(int, end)) * (12 if asked.unit == "months" else 1))
        return wording.day(end) if kind == DATE else _finite(end)

    def _unit(self, place: int) -> str:
        """The unit of a number: that of the field it is made of."""
        step = self.steps[place]
        if step.op == "count":
            return "count"
        if step.op == "field":
            return str(self.library.facts["facts"].get(str(step.value), {}).get("unit", ""))
        return next((unit for arg in reversed(step.args) if (unit := self._unit(arg))), "")


def _finite(value: Any) -> float | None:
    number = float(value)
    return round(number, 4) if math.isfinite(number) else None
