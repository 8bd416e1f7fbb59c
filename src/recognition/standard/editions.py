"""One edition of a standard, read from its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from recognition.problems import Problem
from recognition.rule.forms import FORMS
from recognition.rule.names import Names
from recognition.rule.place import Here
from recognition.rule.reading import RuleReading
from recognition.rule.syntax import TRUTH, At
from recognition.standard import applying
from recognition.standard.authority import best_first, supported
from recognition.standard.load import day, period, sources_of
from recognition.standard.model import Criterion, Edition
from recognition.standard.phrase import filled

Source = Mapping[str, Any]
"""A source as written in `standards/sources.json`."""


def edition(
    written: Mapping[str, Any],
    file: str,
    digest: str,
    names: Names,
    sources: Mapping[str, Source],
    problems: list[Problem],
) -> Edition:
    """One edition with its rules read; problems of all its criteria are noted."""
    at, reading = At(file), RuleReading(names, FORMS)
    subjects = {
        key: reading.collection(subject["in"], Here(at.down("subjects", key, "in")))
        for key, subject in written.get("subjects", {}).items()
    }
    _calendar(written["published"], at.down("published"), problems)
    criteria = tuple(
        _criterion(item, at.down("criteria", i), subjects, sources, reading)
        for i, item in enumerate(written["criteria"])
    )
    for criterion in criteria:
        _calendar(criterion.read_on, criterion.at.down("read_on"), problems)
    problems.extend(reading.problems)
    problems.extend(_twice([criterion.id for criterion in criteria], at))
    return Edition(
        written["standard"],
        written["version"],
        period(written["in_force"], at.down("in_force"), problems),
        written["published"],
        subjects,
        criteria,
        tuple(written.get("remaining", ())),
        written,
        digest,
    )


def _calendar(written: str, at: At, problems: list[Problem]) -> None:
    """A day of the calendar, though nothing is worked out with it."""
    day(written or None, (0, 0), at, problems)


def _twice(ids: list[str], at: At) -> Iterable[Problem]:
    for i, name in enumerate(ids):
        if name in ids[:i]:
            yield Problem(
                "duplicate",
                at.down("criteria", i, "id").pointer,
                f"a criterion `{name}` stands here already",
                file=at.file,
            )


def _criterion(
    written: Mapping[str, Any],
    at: At,
    subjects: Mapping[str, str],
    sources: Mapping[str, Source],
    reading: RuleReading,
) -> Criterion:
    subject = written.get("subject", "")
    here = Here(at, subjects.get(subject, ""))
    if subject and subject not in subjects:
        reading.wrong(
            here.down("subject"), "no-such-subject", f"no subject `{subject}` in this edition"
        )
    rule = reading.expression(written["rule"], TRUTH, here.down("rule"))
    return Criterion(
        written["id"],
        written["title"],
        rule,
        applying.node(written, here, reading),
        subject,
        _requirement(written, here, reading),
        written["clause"],
        best_first(sources_of(written), sources),
        supported(written["confidence"], sources_of(written), sources),
        _read_on(written, here, sources, reading),
        at,
        applying.expression(written),
    )


def _read_on(
    written: Mapping[str, Any], here: Here, sources: Mapping[str, Source], reading: RuleReading
) -> str:
    """The day its sources were read: its own, else the first of theirs; that a source is none is
    told of the whole library."""
    if "read_on" in written:
        return str(written["read_on"])
    days = [sources[id].get("read_on", "") for id in sources_of(written) if id in sources]
    if not all(days):
        detail, hint = "`read_on` is missing", "a source that is cited does not say its own"
        reading.wrong(here, "missing", detail, hint)
        return ""
    return min(days, default="")


def _requirement(written: Mapping[str, Any], here: Here, reading: RuleReading) -> Mapping[str, str]:
    """The requirement in words: the criterion's own, or its rule's with the parameters put in."""
    if "words" in written:
        words: Mapping[str, str] = written["words"]["requirement"]
        return words
    rule = written["rule"]
    called = isinstance(rule, Mapping) and "rule" in rule
    named = reading.names.rules.get(str(rule["rule"])) if called else None
    if called and named is None:  # that there is no such rule was told
        return {"en": "", "zh": ""}
    if named is None or "requirement" not in named.words:
        reading.wrong(
            here,
            "missing",
            "the requirement is not said in words",
            "give `words`, or use a named rule that has them",
        )
        return {"en": "", "zh": ""}
    defaults = {
        key: declared["default"]
        for key, declared in named.parameters.items()
        if isinstance(declared, Mapping) and "default" in declared
    }
    bound = rule.get("with", {})
    given = defaults | dict(bound if isinstance(bound, Mapping) else {})
    said = named.words["requirement"]
    return {lang: filled(text, given, lang, reading.names) for lang, text in said.items()}
