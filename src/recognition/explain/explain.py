"""A row of findings as a decision that explains itself (contract, section 6)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recognition import dates
from recognition.counting import in_years
from recognition.decide.decide import STATUSES, UNKNOWN, VERDICTS, Decided, read_lines
from recognition.decide.values import Values
from recognition.explain import wording
from recognition.explain.trace import STANDARD, Trace
from recognition.facts.facts import Facts
from recognition.plan.lines import Asked, Version
from recognition.plan.plan import Plan
from recognition.rule.syntax import DATE, SPAN
from recognition.standard.library import Library

CONFIDENCE = ("unverified", "reported", "confirmed")
"""From the weakest to the strongest: a decision tells its weakest link."""


@dataclass
class Explanation:
    """A batch worked out with all values kept, ready to be read row by row."""

    library: Library
    plan: Plan
    values: Values
    facts: Facts

    def __post_init__(self) -> None:
        self.trace = Trace(self.plan.steps, self.values, self.facts)
        self._findings_told: dict[tuple[int, int, int], dict[str, Any]] = {}
        self.decided = read_lines(self.plan, self.values, self.facts)

    def decisions(self, row: int, profile: Mapping[str, Any]) -> dict[str, Any]:
        """The decisions on one profile, as printed by `evaluate` and returned by the API."""
        return {
            "profile": profile.get("id"),
            "as_of": dates.iso(int(self.facts.as_of.lo[row])),
            "notice": wording.NOTICE,
            "decisions": [self.decision(decided, row, profile) for decided in self.decided],
        }

    def decision(self, decided: Decided, row: int, profile: Mapping[str, Any]) -> dict[str, Any]:
        """One decision with its findings, in the order of the criteria."""
        line, chosen = decided.line, int(decided.chosen[row])
        version, verdict = line.versions[chosen], int(decided.verdict[row])
        findings = self._findings(decided, version, chosen, row, profile)
        agreement = line.standard.agreement
        missing = (pointer for found in findings for pointer in found["missing"])
        facts = (p for p in missing if p != STANDARD and not wording.stated_share(profile, p))
        settling = list(dict.fromkeys(facts)) if verdict == UNKNOWN else []
        return {
            "standard": line.standard.id,
            "title": agreement.title,
            "effect": agreement.effect,
            "version": version.edition.version,
            "host": line.host,
            "verdict": VERDICTS[verdict],
            "confidence": _weakest(findings),
            "findings": findings,
            "would_settle": settling,
            "would_settle_text": {
                lang: [wording.reason(self.library, p, profile, lang) for p in settling]
                for lang in wording.LANGUAGES
            },
            "ask": self._ask(agreement.ask) if verdict == UNKNOWN else None,
            "remaining": list(version.edition.remaining),
        }

    def _findings(
        self, decided: Decided, version: Version, chosen: int, row: int, profile: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """The criteria's findings; in force and host are told only when they are not met."""
        found = decided.findings[chosen]
        force = self._status(version.in_force, row)
        if force == "unmet":
            return [self._common(version.in_force, force, version, row)]
        told = [self._common(version.in_force, force, version, row)] if force != "met" else []
        for i, asked in enumerate(version.criteria):
            status = STATUSES[found.statuses[i][row]]
            if asked.source is None:
                told += [self._common(asked, status, version, row)] if status != "met" else []
            else:
                element = int(found.elements[asked.subject][row]) if asked.subject else row
                told.append(self._told(asked, status, element, profile))
        return told

    def _status(self, asked: Asked, row: int) -> str:
        lo, hi = self.trace.ends(asked.truth, row)
        return STATUSES[int(lo) + int(hi)]

    def _common(self, asked: Asked, status: str, version: Version, row: int) -> dict[str, Any]:
        """The finding on being in force, or on the host's taking part."""
        missing = [STANDARD] if status == "unknown" else []
        text = wording.sentence(
            self.library, wording.TEXTS[asked.criterion], status, None, missing, ["/as_of/0"], {}
        )
        return _as_finding(
            asked.criterion,
            wording.TEXTS[asked.criterion],
            status,
            None,
            None,
            [],
            missing,
            self._common_source(asked, version),
            "confirmed",
            text,
        )

    def _common_source(self, asked: Asked, version: Version) -> dict[str, Any]:
        if asked.criterion == "host":
            return {"id": None, "clause": "parties", "also": [], "title": "", "url": None}
        source = version.edition.document["in_force"]["source"]
        return self._source((source,) if isinstance(source, str) else tuple(source), "in force")

    def _told(
        self, asked: Asked, status: str, element: int, profile: Mapping[str, Any]
    ) -> dict[str, Any]:
        """A criterion's finding; the same for all hosts that ask the same of the same element."""
        key = (asked.truth, element, id(asked.source))
        if key not in self._findings_told:
            self._findings_told[key] = self._finding(asked, status, element, profile)
        return self._findings_told[key]

    def _finding(
        self, asked: Asked, status: str, element: int, profile: Mapping[str, Any]
    ) -> dict[str, Any]:
        criterion = asked.source
        assert criterion is not None
        evidence: list[str] = []
        missing: list[str] = []
        if element >= 0:
            evidence = [pointer for pointer in self.trace.evidence(asked.truth, element) if pointer]
            missing = list(self.trace.missing(asked.truth, element)) if status == "unknown" else []
        counted = self._amounts(asked, "measured", element)
        text = wording.sentence(
            self.library, criterion.requirement, status, counted, missing, evidence, profile
        )
        return _as_finding(
            criterion.id,
            criterion.title,
            status,
            counted,
            self._amounts(asked, "required", element),
            evidence,
            missing,
            self._source(criterion.sources, criterion.clause),
            criterion.confidence,
            text,
        )

    def _source(self, sources: tuple[str, ...], clause: str) -> dict[str, Any]:
        known = [self.library.sources.get(source, {}) for source in sources]
        links = [source["url"] for source in known if source.get("linkable") and source.get("url")]
        return {
            "id": sources[0],
            "clause": clause,
            "also": list(sources[1:]),
            "title": known[0].get("title", sources[0]),
            "url": links[0] if links else None,
        }

    def _amounts(self, asked: Asked, which: str, element: int) -> dict[str, Any] | None:
        """What was measured, or is required: both ends and their unit."""
        place = getattr(asked, which)
        if place < 0 or element < 0:
            return None
        here = self.trace.around(place, asked.truth, element)
        least, most = (self._said(asked, place, end) for end in self.trace.ends(place, here))
        return {
            "at_least": least,
            "at_most": most,
            "unit": asked.unit or self._unit(asked.measured),
        }

    def _said(self, asked: Asked, place: int, end: Any) -> Any:
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

    def _ask(self, body: str) -> dict[str, Any] | None:
        entries = self.library.vocabularies["bodies"]
        number = entries.number(body) if body else None
        if number is None:
            return None
        return {"body": body, **{lang: entries.label(number, lang) for lang in wording.LANGUAGES}}


def _as_finding(
    criterion: str,
    title: Mapping[str, str],
    status: str,
    counted: Any,
    required: Any,
    evidence: list[str],
    missing: list[str],
    source: Any,
    confidence: str,
    text: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "criterion": criterion,
        "title": title,
        "status": status,
        "measured": counted,
        "required": required,
        "evidence": evidence,
        "missing": missing,
        "source": source,
        "confidence": confidence,
        "text": text,
    }


def _finite(value: Any) -> float | None:
    number = float(value)
    return round(number, 4) if math.isfinite(number) else None


def _weakest(findings: list[dict[str, Any]]) -> str:
    return min(
        (found["confidence"] for found in findings), key=CONFIDENCE.index, default="confirmed"
    )
