"""What the cases of a standard hold: of each criterion, whether it alone decides some case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from recognition import dates
from recognition.admit import admitted
from recognition.decide.decide import decide
from recognition.decide.statuses import MET, UNMET, Decided
from recognition.facts.implying import with_memberships
from recognition.plan.question import Question, compiled
from recognition.problems import Problem, Refused
from recognition.standard.library import Library
from recognition.standard.model import Standard

Case = Mapping[str, Any]
Criteria = set[tuple[str, str]]
"""Criteria by their edition's version and their own id."""


def remarks(library: Library) -> Iterator[Problem]:
    """Criteria whose loss no case would show, standard by standard."""
    for standard in library.standards.values():
        path = library.root / "standards" / standard.id / "cases.jsonl"
        if path.is_file():
            yield from _missed(standard, deciding(library, standard, _cases(path)))


def _cases(path: Path) -> list[Case]:
    lines = path.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _missed(standard: Standard, alone: Criteria) -> Iterator[Problem]:
    corrected = {edition.document.get("corrects") for edition in standard.editions}
    for edition in standard.editions:
        for criterion in edition.criteria:
            if edition.version not in corrected and (edition.version, criterion.id) not in alone:
                detail = f"no case in which `{criterion.id}` alone decides"
                hint = f"add one to standards/{standard.id}/cases.jsonl"
                at = criterion.at
                yield Problem("undecided", at.pointer, detail, hint, at.file)


def deciding(library: Library, standard: Standard, cases: Iterable[Case]) -> Criteria:
    """The criteria that alone decide some case; all cases of a version are worked out at once."""
    found: Criteria = set()
    ranked = sorted(cases, key=lambda case: case.get("version") or "")
    for version, group in groupby(ranked, key=lambda case: case.get("version") or ""):
        found |= _of_version(library, standard, version, list(group))
    return found


def _of_version(library: Library, standard: Standard, version: str, cases: list[Case]) -> Criteria:
    name = f"{standard.id}@{version}" if version else standard.id
    hosts = tuple(dict.fromkeys(case["host"] for case in cases if case.get("host")))
    days = np.array([dates.parse(case["as_of"])[0] for case in cases], np.int32)
    try:
        plan = compiled(library, Question((name,), hosts))
    except Refused:  # that a case names no edition or host is told where cases are run
        return set()
    # what is refused is told where cases are run, too
    profiles = [orjson.dumps(case["profile"]) for case in cases]
    let_in = admitted(profiles, days, library.vocabularies)
    asked = [cases[place].get("host") for place in let_in.places]
    return {
        pair
        for line in decide(plan, with_memberships(let_in.facts), library)
        for pair in _alone(line, asked)
    }


def _alone(decided: Decided, asked: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    """Version and criterion for each row of the line's host that one criterion alone decides."""
    for row, host in enumerate(asked):
        if host == decided.line.host:
            chosen = int(decided.chosen[row])
            version, findings = decided.line.versions[chosen], decided.findings[chosen]
            statuses = [int(told[row]) for told in findings.statuses]
            place = _lowest(statuses, int(findings.in_force[row]))
            if place is not None:
                yield version.edition.version, version.criteria[place].criterion


def _lowest(statuses: list[int], in_force: int) -> int | None:
    """The place of the criterion without which the verdict would be another, or of the only one
    not met, though nobody may know whether the edition is in force."""
    least, *others = sorted(statuses)
    second = min(others, default=MET)
    alone = least < second and (least < in_force or (second == MET and in_force > UNMET))
    return statuses.index(least) if alone else None
