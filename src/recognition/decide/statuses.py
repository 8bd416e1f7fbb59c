"""Statuses and verdicts as small numbers, and decisions as columns of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from recognition.bounds import Array
from recognition.plan.lines import Line

UNMET, UNKNOWN, MET, NOT_APPLICABLE = 0, 1, 2, 3
"""A finding's status, and a verdict; the least of several findings is their verdict. What does not
concern a person counts as met, and is told apart where findings are told."""
Verdict = Literal["ineligible", "undetermined", "eligible"]
Status = Literal["unmet", "unknown", "met", "not-applicable"]
VERDICTS: tuple[Verdict, ...] = ("ineligible", "undetermined", "eligible")
STATUSES: tuple[Status, ...] = ("unmet", "unknown", "met", "not-applicable")


@dataclass(frozen=True)
class Findings:
    """One version of a line worked out: being in force and each criterion as uint8 (rows,);
    `elements`: for each subject the element its findings are about (−1 where there is none).

    Where findings are to be told, what does not concern a person is told apart from what is met.
    """

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
