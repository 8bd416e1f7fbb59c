"""What changed between two editions, in criteria, clauses and dates, in either language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recognition.standard.library import Library
from recognition.standard.model import Criterion, Edition
from recognition.standard.periods import said
from recognition.standard.words import CONFIDENCE

TEXTS: Mapping[str, Mapping[str, str]] = {
    "in-force": {"en": "in force", "zh": "有效期"},
    "step": {"en": "still to be done: {}", "zh": "后续步骤：{}"},
    "criterion": {"en": "{}: {} ({})", "zh": "{}：{}（{}）"},
    "change": {"en": "{}: {} `{}` → `{}`", "zh": "{}：{}“{}” → “{}”"},
    "requirement": {"en": "requirement", "zh": "要求"},
    "subject": {"en": "subject", "zh": "对象"},
    "clause": {"en": "clause", "zh": "条款"},
    "sources": {"en": "sources", "zh": "依据"},
    "confidence": {"en": "confidence", "zh": "可靠程度"},
    "rule": {
        "en": "{}: rule (changed) → under the same words",
        "zh": "{}：规则有变，文字未变",
    },
    "applies": {
        "en": "{}: where it applies (changed) → see the document",
        "zh": "{}：适用范围有变，详见文件",
    },
}


def changes(
    library: Library, old: Edition, new: Edition, lang: str = "en"
) -> Iterator[tuple[str, str]]:
    """Pairs of a sign (`+`, `-`, `~`) and a sentence."""
    if old.in_force != new.in_force:
        told = " → ".join(said(edition.in_force, lang) for edition in (old, new))
        yield "~", f"{TEXTS['in-force'][lang]} {told}"
    before = {criterion.id: criterion for criterion in old.criteria}
    after = {criterion.id: criterion for criterion in new.criteria}
    for id, criterion in before.items():
        if id not in after:
            yield "-", _criterion(library, criterion, lang)
    for id, criterion in after.items():
        if id not in before:
            yield "+", _criterion(library, criterion, lang)
        else:
            for sentence in _differences(library, before[id], criterion, lang):
                yield "~", sentence
    yield from _steps(old, new, lang)


def _criterion(library: Library, criterion: Criterion, lang: str) -> str:
    clause = library.clause(criterion.clause, lang)
    return TEXTS["criterion"][lang].format(criterion.id, criterion.requirement[lang], clause)


def _steps(old: Edition, new: Edition, lang: str) -> Iterator[tuple[str, str]]:
    """What remains to be done with the body, gone or new."""
    before, after = ([step[lang] for step in edition.remaining] for edition in (old, new))
    text = TEXTS["step"][lang]
    yield from (("-", text.format(step)) for step in before if step not in after)
    yield from (("+", text.format(step)) for step in after if step not in before)


def _differences(library: Library, old: Criterion, new: Criterion, lang: str) -> Iterator[str]:
    was, now = (_told(library, criterion, lang) for criterion in (old, new))
    for what in was:
        if was[what] != now[what]:
            label = TEXTS[what][lang]
            yield TEXTS["change"][lang].format(new.id, label, was[what], now[what])
    if old.rule != new.rule and old.requirement == new.requirement:
        yield TEXTS["rule"][lang].format(new.id)
    if old.applies != new.applies:
        yield TEXTS["applies"][lang].format(new.id)


def _told(library: Library, criterion: Criterion, lang: str) -> dict[str, str]:
    """What a criterion says, part by part."""
    return {
        "requirement": criterion.requirement[lang],
        "subject": criterion.subject,
        "clause": library.clause(criterion.clause, lang),
        "sources": ", ".join(criterion.sources),
        "confidence": CONFIDENCE[criterion.confidence][lang],
    }
