"""A row of findings as a decision that explains itself (contract, section 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from recognition import dates
from recognition.decide.apart import Apart
from recognition.decide.decide import read_lines
from recognition.decide.statuses import STATUSES, UNKNOWN, VERDICTS, Decided, Status
from recognition.decide.values import Values
from recognition.explain import applies, reaching, wording
from recognition.explain.decision import (
    CONFIDENCE,
    LANGUAGES,
    Answer,
    AppliedIn,
    Body,
    Cited,
    Confidence,
    Decision,
    Finding,
    Warned,
)
from recognition.explain.measuring import Measuring
from recognition.explain.owing import Owing
from recognition.explain.trace import STANDARD, Trace
from recognition.facts.facts import Facts
from recognition.plan.lines import Asked, Line, Version
from recognition.plan.plan import Plan
from recognition.standard.library import Library
from recognition.standard.model import Criterion


@dataclass
class Explanation:
    """A batch worked out with all values kept, ready to be read row by row.

    `owing` tells what decisions owe to assumptions, where `facts` hold any.
    """

    library: Library
    plan: Plan
    values: Values
    facts: Facts
    owing: Owing | None = None

    def __post_init__(self) -> None:
        self.trace = Trace(self.plan.steps, self.values, self.facts)
        self.measuring = Measuring(self.library, self.plan.steps, self.trace)
        self.apart = Apart(self.plan.steps, self.values, self.trace.layout)
        self._findings_told: dict[tuple[int, int, int, Status], Finding] = {}
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
            list(warnings),
            proposals,
            [self.decision(decided, row, profile) for decided in self.decided],
        )

    def decision(self, decided: Decided, row: int, profile: Mapping[str, Any]) -> Decision:
        """One decision with its findings, in the order of the criteria."""
        line, chosen = decided.line, int(decided.chosen[row])
        version, verdict = line.versions[chosen], int(decided.verdict[row])
        findings = self._findings(decided, version, chosen, row, profile)
        assumed = self.owing.assumed(decided, row) if self.owing else []
        settling = _settling(findings, profile) if verdict == UNKNOWN else []
        if self.owing and self.owing.open(decided, row):
            settling = [*dict.fromkeys([*settling, *(one.pointer for one in assumed)])]
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
            register=self._register(line, row),
            version=version.edition.version,
            host=line.host,
            verdict=VERDICTS[verdict],
            confidence="assumed" if assumed else _weakest(findings),
            findings=findings,
            would_settle=settling,
            would_settle_text={
                lang: [wording.reason(self.library, p, profile, lang) for p in settling]
                for lang in LANGUAGES
            },
            assumed=assumed,
            ask=self._ask(agreement.ask) if verdict == UNKNOWN else None,
            remaining=list(version.edition.remaining),
        )

    def _register(self, line: Line, row: int) -> AppliedIn | None:
        """Where the person applies, where the host of a standard is where one is registered."""
        if line.standard.agreement.document.get("host_is") != "register" or line.host is None:
            return None
        hosts = self.library.hosts(line.standard.id)
        return reaching.register(self.library, self.facts, row, line.host, hosts)

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
                collection = version.edition.subjects.get(asked.subject, "")
                if status == "met" and self.apart.surely(asked, collection, row, element):
                    told.append(self._aside(asked, asked.source, row, element))
                else:
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
            text=wording.sentence(self.library, wording.Found(asks, status, missing), {}),
        )

    def _common_source(self, asked: Asked, version: Version) -> Cited:
        if asked.criterion == "host":
            parties = wording.TEXTS["parties"]
            return Cited(None, parties["en"], parties["zh"], [], "", None)
        source = version.edition.document["in_force"]["source"]
        cited = (source,) if isinstance(source, str) else tuple(source)
        period = wording.TEXTS["period"]
        return self._cited(cited, period["en"], period["zh"])

    def _told(
        self,
        asked: Asked,
        criterion: Criterion,
        status: Status,
        element: int,
        profile: Mapping[str, Any],
    ) -> Finding:
        """A criterion's finding; the same for all hosts that ask the same of the same element."""
        key = (asked.truth, element, id(criterion), status)
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
        measured = self.measuring.measure(asked, asked.measured, element)
        required = self.measuring.measure(asked, asked.required, element)
        found = wording.Found(
            criterion.requirement,
            status,
            missing,
            any(map(wording.is_statement, evidence)),
            measured,
            required,
            asked.comparison,
            measured is not None and self._only_shares(asked, element, missing, profile),
        )
        return Finding(
            criterion=criterion.id,
            title=criterion.title,
            status=status,
            measured=measured,
            required=required,
            evidence=evidence,
            missing=missing,
            source=self._source(criterion),
            confidence=cast(Confidence, criterion.confidence),
            text=wording.sentence(self.library, found, profile),
        )

    def _only_shares(
        self, asked: Asked, element: int, missing: Sequence[str], profile: Mapping[str, Any]
    ) -> bool:
        """Whether a measure is open for want of the share of full time, and of nothing else."""
        wanted = [*self.trace.missing(asked.measured, element)]
        shares = (wording.unstated_share(profile, pointer) for pointer in (*wanted, *missing))
        return bool(wanted) and all(shares)

    def _aside(self, asked: Asked, criterion: Criterion, row: int, element: int) -> Finding:
        """The finding on a criterion that surely does not concern the person, and why."""
        at = element if self.plan.steps[asked.aside].level else row
        return Finding(
            criterion=criterion.id,
            title=criterion.title,
            status="not-applicable",
            measured=None,
            required=None,
            evidence=[pointer for pointer in self.trace.evidence(asked.aside, at) if pointer],
            missing=[],
            source=self._source(criterion),
            confidence=cast(Confidence, criterion.confidence),
            text=wording.aside(criterion.requirement, applies.words(self.library, criterion.where)),
        )

    def _source(self, criterion: Criterion) -> Cited:
        chinese = self.library.clauses.get(criterion.clause)
        return self._cited(criterion.sources, criterion.clause, chinese)

    def _cited(self, sources: Sequence[str], clause: str, chinese: str | None) -> Cited:
        known = [self.library.sources.get(source, {}) for source in sources]
        links = [source["url"] for source in known if source.get("linkable") and source.get("url")]
        title = known[0].get("title", sources[0])
        link = links[0] if links else None
        return Cited(sources[0], clause, chinese, list(sources[1:]), title, link)

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


def _weakest(findings: Sequence[Finding]) -> Confidence:
    told = (found.confidence for found in findings)
    return min(told, key=CONFIDENCE.index, default="confirmed")
