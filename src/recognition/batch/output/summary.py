"""What a run came to, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from recognition.batch.output.decisions import names, told_of
from recognition.decide.statuses import UNKNOWN, UNMET, VERDICTS, Decided

Counts = Counter[tuple[str, ...]]


@dataclass
class Summary:
    """What a run came to: read = decided + rejected; decisions by standard and verdict.

    `deciding` counts, by standard, verdict and criterion, what stands against being eligible;
    `missing`, by standard and path, facts that would settle what is undetermined; `duplicates`
    are ids met more than once, `warned` profiles of which something was not understood.
    """

    read: int = 0
    decided: int = 0
    rejected: int = 0
    verdicts: Counts = field(default_factory=Counter)
    deciding: Counts = field(default_factory=Counter)
    missing: Counts = field(default_factory=Counter)
    duplicates: int = 0
    warned: int = 0

    def add(self, other: Summary) -> None:
        """Add what another part came to."""
        self.read += other.read
        self.decided += other.decided
        self.rejected += other.rejected
        self.warned += other.warned
        for name in COUNTED:
            getattr(self, name).update(getattr(other, name))

    def written(self) -> dict[str, Any]:
        """The same as JSON has it."""
        counted = {
            name: [[*key, number] for key, number in sorted(getattr(self, name).items())]
            for name in COUNTED
        }
        return {**{name: getattr(self, name) for name in NUMBERED}, **counted}

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> Summary:
        """What `written` wrote."""
        said = cls(**{name: written[name] for name in NUMBERED})
        for name in COUNTED:
            counts = getattr(said, name)
            counts.update({tuple(key): number for *key, number in written[name]})
        return said


NUMBERED = ("read", "decided", "rejected", "warned")
COUNTED = ("verdicts", "deciding", "missing")


def verdicts(decided: Iterable[Decided]) -> Counts:
    """Decisions by standard and verdict."""
    counted: Counts = Counter()
    for one in decided:
        numbers = np.bincount(one.verdict, minlength=len(VERDICTS)).tolist()
        for verdict, number in zip(VERDICTS, numbers, strict=True):
            counted[one.line.standard.id, verdict] += number
    return +counted


def deciding(decided: Iterable[Decided]) -> Counts:
    """What stands against being eligible: by standard, verdict and criterion."""
    counted: Counts = Counter()
    for one in decided:
        for place, (version, found) in enumerate(zip(one.line.versions, one.findings, strict=True)):
            for status in (UNMET, UNKNOWN):
                rows = (one.chosen == place) & (one.verdict == status)
                numbers = (told_of(found)[:, rows] == status).sum(axis=1).tolist()
                for name, number in zip(names(version), numbers, strict=True):
                    counted[one.line.standard.id, VERDICTS[status], name] += number
    return +counted
