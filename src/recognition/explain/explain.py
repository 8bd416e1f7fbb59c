"""A row of findings as a decision that explains itself (contract, section 6)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from recognition import dates
from recognition.counting import in_years
from recognition.decide.decide import STATUSES, UNKNOWN, VERDICTS, Decided, Status, read_lines
from recognition.decide.values import Values
from recognition.explain import wording
from recognition.explain.decision import (
    CONFIDENCE,
    LANGUAGES,
    Amount,
    Answer,
    Body,
    Cited,
    Confidence,
    Decision,
    Finding,
    Measure,
    Warned,
)
from recognition.explain.trace import STANDARD, Trace
from recognition.facts.facts import Facts
from recognition.plan.lines import Asked, Version
from recognition.plan.plan import Plan
from recognition.rule.syntax import DATE, SPAN
from recognition.standard.library import Library
from recognition.standard.model import Criterion


@dataclass
class Explanation:
    """A batch worked out with all values kept, ready to be read row by row."""

    library: Library
    plan: Plan
    values: Values
    facts: Facts

    def __post_init__(self) -> None:
        self.trace = Trace(self.plan.steps, self.values, self.facts)
        self._findings_told: dict[tuple[int, int, int], Finding] = {}
        self.decided = read_lines(self.plan, self.values, self.facts)

    def answer(
        self,
        row: int,
        profile: Mapping[str, Any],
        warnings: Sequence[Warned] = (),
        proposals: Sequence[Mapping[str, Any]] = (),
    ) -> Answer:
        """The decisions on one profile, with what of it was not understood, or proposed for it."""
        return Answer(
            profile["id"],
            dates.iso(int(self.facts.as_of.lo[row])),
            wording.NOTICE,
            warnings,
            proposals,
            [self.decision(decided, row, profile) for decided in self.decided],
        )

    def decision(self, decided: Decided, row: int, profile: Mapping[str, Any]) -> Decision:
        """One decision with its findings, in the order of the criteria."""
        line, chosen = decided.line, int(decided.chosen[row])
        version, verdict = line.versions[chosen], int(decided.verdict[row])
        findings = self._findings(decided, version, chosen, row, profile)
        settling = _settling(findings, profile) if verdict == UNKNOWN else []
        agreement = line.standard.agreement
        return Decision(
            standard=line.standard.id,
            title=agreement.title,
            effect=agreement.effect,
            reach=agreement.reach(version.edition.version, line.host),
            gives=agreement.document.get("gives"),
            then=agreement.document.get("reach", {}).get("then"),
            opens=agreement.document.get("opens"),
            host_is=agreement.document.get("host_is"),
            version=version.edition.version,
            host=line.host,
            verdict=VERDICTS[verdict],
            confidence=_weakest(findings),
            findings=findings,
            would_settle=settling,
            would_settle_text={
                lang: [wording.reason(self.library, p, profile, lang) for p in settling]
                for lang in LANGUAGES
            },
            assumed=[],
            ask=self._ask(agreement.ask) if verdict == UNKNOWN else None,
            remaining=list(version.edition.remaining),
        )

    def _findings(
        self, decided: Decided, version: Version, chosen: int, row: int, profile: Mapping[str, Any]
    ) -> list[Finding]:
        """The criteria's findings; in force and host are told only when they are not met."""
        found = decided.findings[chosen]
        force = self._status(version.in_force, row)
        if force == "unmet":
            return [self._common(version.in_force, force, version)]
        told = [self._common(version.in_force, force, version)] if force != "met" else []
        for i, asked in enumerate(version.criteria):
            status = STATUSES[found.statuses[i][row]]
            if asked.source is None:
                told += [self._common(asked, status, version)] if status != "met" else []
            else:
                element = int(found.elements[asked.subject][row]) if asked.subject else row
                told.append(self._told(asked, asked.source, status, element, profile))
        return told

    def _status(self, asked: Asked, row: int) -> Status:
        lo, hi = self.trace.ends(asked.truth, row)
        return STATUSES[int(lo) + int(hi)]

    def _common(self, asked: Asked, status: Status, version: Version) -> Finding:
        """The finding on being in force, or on the host's taking part."""
        asks = wording.TEXTS[asked.criterion]
        missing = [STANDARD] if status == "unknown" else []
        return Finding(
            criterion=asked.criterion,
            title=asks,
            status=status,
            measured=None,
            required=None,
            evidence=[],
            missing=missing,
            source=self._common_source(asked, version),
            confidence="confirmed",
            text=wording.sentence(self.library, asks, status, None, missing, True, {}),
        )

    def _common_source(self, asked: Asked, version: Version) -> Cited:
        if asked.criterion == "host":
            return Cited(None, "parties", [], "", None)
        source = version.edition.document["in_force"]["source"]
        return self._cited((source,) if isinstance(source, str) else tuple(source), "in force")

    def _told(
        self,
        asked: Asked,
        criterion: Criterion,
        status: Status,
        element: int,
        profile: Mapping[str, Any],
    ) -> Finding:
        """A criterion's finding; the same for all hosts that ask the same of the same element."""
        key = (asked.truth, element, id(criterion))
        if key not in self._findings_told:
            self._findings_told[key] = self._finding(asked, criterion, status, element, profile)
        return self._findings_told[key]

    def _finding(
        self,
        asked: Asked,
        criterion: Criterion,
        status: Status,
        element: int,
        profile: Mapping[str, Any],
    ) -> Finding:
        evidence: list[str] = []
        missing: list[str] = []
        if element >= 0:
            evidence = [pointer for pointer in self.trace.evidence(asked.truth, element) if pointer]
            missing = list(self.trace.missing(asked.truth, element)) if status == "unknown" else []
        measured = self._measure(asked, asked.measured, element)
        stated = any(map(wording.is_statement, evidence))
        return Finding(
            criterion=criterion.id,
            title=criterion.title,
            status=status,
            measured=measured,
            required=self._measure(asked, asked.required, element),
            evidence=evidence,
            missing=missing,
            source=self._cited(criterion.sources, criterion.clause),
            confidence=cast(Confidence, criterion.confidence),
            text=wording.sentence(
                self.library, criterion.requirement, status, measured, missing, stated, profile
            ),
        )

    def _cited(self, sources: Sequence[str], clause: str) -> Cited:
        known = [self.library.sources.get(source, {}) for source in sources]
        links = [source["url"] for source in known if source.get("linkable") and source.get("url")]
        title = known[0].get("title", sources[0])
        return Cited(sources[0], clause, list(sources[1:]), title, links[0] if links else None)

    def _measure(self, asked: Asked, place: int, element: int) -> Measure | None:
        """What was measured, or is required, at a place of the plan."""
        if place < 0 or element < 0:
            return None
        here = self.trace.around(place, asked.truth, element)
        least, most = (self._said(asked, place, end) for end in self.trace.ends(place, here))
        return Measure(least, most, asked.unit or self._unit(asked.measured))

    def _said(self, asked: Asked, place: int, end: Any) -> Amount | None:
        kind = self.plan.steps[place].kind
        if kind == SPAN:
            return _finite(in_years(*map(int, end[:2])) * (12 if asked.unit == "months" else 1))
        return wording.day(end) if kind == DATE else _finite(end)

    def _unit(self, place: int) -> str:
        """The unit of a number: that of the field it is made of."""
        step = self.plan.steps[place]
        if step.op == "count":
            return "count"
        if step.op == "field":
            return str(self.library.facts["facts"].get(str(step.value), {}).get("unit", ""))
        return next((unit for arg in reversed(step.args) if (unit := self._unit(arg))), "")

    def _ask(self, body: str) -> Body | None:
        entries = self.library.vocabularies["bodies"]
        number = entries.number(body) if body else None
        if number is None:
            return None
        return Body(body, *(entries.label(number, lang) for lang in LANGUAGES))


def _settling(findings: Sequence[Finding], profile: Mapping[str, Any]) -> list[str]:
    """The facts of the profile that are missing, each once, in the order of the findings."""
    missing = dict.fromkeys(pointer for found in findings for pointer in found.missing)
    return [p for p in missing if p != STANDARD and not wording.stated_share(profile, p)]


def _finite(value: Any) -> float | None:
    number = float(value)
    return round(number, 4) if math.isfinite(number) else None


def _weakest(findings: Sequence[Finding]) -> Confidence:
    told = (found.confidence for found in findings)
    return min(told, key=CONFIDENCE.index, default="confirmed")
