"""Words in both languages: each is there, and is in its language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from recognition.problems import Problem
from recognition.rule.syntax import At
from recognition.standard.library import Library
from recognition.standard.links import agreement_at
from recognition.standard.model import Criterion

LANGUAGES = ("en", "zh")
CHINESE = re.compile(r"[\u3400-\u9fff]")
HALF_WIDTH = re.compile(r"(?<=[\u3400-\u9fff])\s?[,;:!?]\s?(?=[\u3400-\u9fff])")
PROSE = re.compile(r"\b[A-Za-z]*[a-z]{2,}\b(?!\. \d)")
"""A word in a clause; `Art. 13` and `22 TAC 133` are references, and the same in each language."""
CLAUSES = At("standards/clauses.json")
UNFILLED = re.compile(r"\{[^{}]*\}")
ONE_LANGUAGE = ("measure",)
"""Words that one language alone has: Chinese counts things by a word of their own."""


def problems(library: Library) -> Iterator[Problem]:
    """Words that are missing in a language, or are not in it."""
    for standard in library.standards.values():
        yield from _document(standard.agreement.document, agreement_at(standard))
        for edition in standard.editions:
            at = At(f"standards/{standard.id}/{edition.version}.json")
            yield from _document(edition.document, at)
            for criterion in edition.criteria:
                yield from _sentence(criterion)
    for rule in library.rules.values():
        yield from _document(rule.words, At(rule.file).down("rules", rule.name, "words"))
    yield from _document(library.facts, At("rules/facts.json"))
    yield from _clauses(library)
    for name, code, words, at in _entries(library):
        if not _same(words):
            yield from _words(words, at)
        elif name != "places" and not _is_name(words["en"], code):
            yield _untranslated(words, at)


def _clauses(library: Library) -> Iterator[Problem]:
    """A clause that is cited in words is said in Chinese; one that is nowhere cited is not."""
    cited: set[str] = set()
    for standard in library.standards.values():
        for criterion in (one for edition in standard.editions for one in edition.criteria):
            if PROSE.search(criterion.clause) and criterion.clause not in library.clauses:
                at = criterion.at.down("clause")
                detail = f"the clause `{criterion.clause}` has no Chinese"
                hint = f"say it in {CLAUSES.file}"
                yield Problem("untranslated", at.pointer, detail, hint, at.file)
            cited.add(criterion.clause)
    for clause, text in library.clauses.items():
        at = CLAUSES.down("clauses", clause)
        if clause not in cited:
            yield Problem("unused", at.pointer, f"nobody cites `{clause}`", "", at.file)
        for code, detail in _wrong(text, "zh"):
            yield Problem(code, at.pointer, detail, "", at.file)


def remarks(library: Library) -> Iterator[Problem]:
    """Regions that go by their own name in Chinese too, all in one remark."""
    same = [code for name, code, words, _ in _entries(library) if name == "places" and _same(words)]
    if same:
        shown = ", ".join(same[:5])
        detail = f"{len(same)} places have no Chinese name: {shown} …"
        yield Problem("untranslated", "", detail, file="rules/vocabularies/places.json")


def _entries(library: Library) -> Iterator[tuple[str, str, Mapping[str, Any], At]]:
    """Every entry of every vocabulary: the vocabulary, the code, the words, where it stands."""
    for name, vocabulary in library.vocabularies.named.items():
        bodies = name == "bodies"
        file = "standards/bodies.json" if bodies else f"rules/vocabularies/{name}.json"
        for i, (code, entry) in enumerate(vocabulary.details.items()):
            at = At(file).down(name if bodies else "entries", i)
            yield name, code, entry.get("names", entry), at.down("names") if bodies else at


def _same(words: Mapping[str, Any]) -> bool:
    return bool(words.get("en")) and words.get("en") == words.get("zh")


def _is_name(text: str, code: str) -> bool:
    """An abbreviation that is the same in every language: `IELTS`, `C1`."""
    return text == code or text.upper() == text


def _untranslated(words: Mapping[str, Any], at: At) -> Problem:
    detail = f"the Chinese is the English: `{words['en']}`"
    return Problem("wrong-language", at.down("zh").pointer, detail, "say it in Chinese", at.file)


def _document(document: Any, at: At) -> Iterator[Problem]:
    """The words anywhere in a document."""
    if isinstance(document, Mapping):
        if any(isinstance(document.get(lang), str) for lang in LANGUAGES):
            yield from _words(document, at)
        for key, inner in document.items():
            if key not in ONE_LANGUAGE:
                yield from _document(inner, at.down(key))
    elif isinstance(document, list):
        for i, inner in enumerate(document):
            yield from _document(inner, at.down(i))


def _words(words: Mapping[str, Any], at: At) -> Iterator[Problem]:
    for lang in LANGUAGES:
        text = _text(words.get(lang))
        if not text.strip():
            yield Problem("missing", at.pointer, f"no words in `{lang}`", "", at.file)
            continue
        for code, detail in _wrong(text, lang):
            yield Problem(code, at.down(lang).pointer, detail, "", at.file)


def _text(written: Any) -> str:
    """Words as they are, or their forms one after the other: `year`, `years`."""
    if isinstance(written, Mapping):
        return " ".join(map(_text, written.values()))
    return written if isinstance(written, str) else ""


def _wrong(text: str, lang: str) -> Iterator[tuple[str, str]]:
    if lang == "en" and CHINESE.search(text):
        yield "wrong-language", f"Chinese in the English text `{text}`"
    if lang == "zh" and not CHINESE.search(text):
        yield "wrong-language", f"no Chinese in the Chinese text `{text}`"
    if lang == "zh" and (found := HALF_WIDTH.search(text)):
        yield (
            "half-width",
            f"a half-width `{found[0].strip()}` between Chinese characters: `{text}`",
        )


def _sentence(criterion: Criterion) -> Iterator[Problem]:
    """A requirement as it is read, with its parameters put in."""
    for lang in LANGUAGES:
        text = criterion.requirement[lang]
        wrong = list(_wrong(text, lang))
        if found := UNFILLED.search(text):
            wrong.append(("unfilled", f"`{found[0]}` of `{criterion.id}` is not filled in"))
        for code, detail in wrong:
            yield Problem(code, criterion.at.pointer, detail, "", criterion.at.file)
