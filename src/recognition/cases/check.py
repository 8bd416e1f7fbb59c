"""Cases: people with the decision that is expected of them (contract, section 5)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from recognition.evaluate import answer
from recognition.explain.decision import Decision
from recognition.problems import Problem, Refused
from recognition.standard import documents
from recognition.standard.library import Library

_IGNORED = ("deciding", "confidence", "rule_basis")
"""Fields of other people's cases that say where a case comes from."""


@dataclass(frozen=True)
class Checked:
    """A case that was run: what was expected and what was found; passed when nothing differs."""

    id: str
    why: str
    standard: str
    expected: Mapping[str, Any]
    found: Mapping[str, Any]
    differs: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.differs


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The cases of a file, one JSON object a line; raises Refused with every line that is none."""
    cases: dict[str, dict[str, Any]] = {}
    problems = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            case, wrong = _case(line, str(path))
            if case.get("id") in cases and not wrong:
                wrong = [Problem("duplicate", "/id", f"a case `{case['id']}` stands here already")]
            problems += [replace(problem, file=str(path), line=number) for problem in wrong]
            cases[case.get("id", number)] = case
    if problems:
        raise Refused(problems)
    return iter(cases.values())


def _case(line: str, file: str) -> tuple[dict[str, Any], list[Problem]]:
    try:
        case = json.loads(line)
    except ValueError as error:
        return {}, [Problem("not-json", "", str(error))]
    wrong = documents.problems(case, "case", file)
    return (case if isinstance(case, dict) else {}), wrong


def check(library: Library, case: Mapping[str, Any]) -> Checked:
    """Run a case: the verdict must be the same, the criteria named must be among those found."""
    standard, version = case["standard"], case.get("version")
    expected = case["expect"]
    asked = f"{standard}@{version}" if version else standard
    hosts = [case["host"]] if case.get("host") else []
    try:
        decisions = answer(library, case["profile"], [asked], hosts, case["as_of"]).decisions
    except Refused as refused:
        return _checked(
            case,
            expected,
            {"problems": [str(problem) for problem in refused.problems]},
            ("refused",),
        )
    if len(decisions) != 1:
        return _checked(case, expected, {"decisions": len(decisions)}, ("host is not named",))
    found = _found(decisions[0])
    differs = [] if found["verdict"] == expected["verdict"] else ["verdict"]
    for status in ("unmet", "unknown"):
        differs += [
            f"{status}: {name}" for name in expected.get(status, ()) if name not in found[status]
        ]
    return _checked(case, expected, found, tuple(differs))


def _found(decision: Decision) -> dict[str, Any]:
    names = {
        status: [f.criterion for f in decision.findings if f.status == status]
        for status in ("unmet", "unknown")
    }
    return {"verdict": decision.verdict, "version": decision.version, **names}


def _checked(
    case: Mapping[str, Any], expected: Any, found: Any, differs: tuple[str, ...]
) -> Checked:
    return Checked(case["id"], case.get("why", ""), case["standard"], expected, found, differs)
