"""From documents to standards: every problem of every file told at once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from recognition import dates
from recognition.problems import Problem, Refused
from recognition.profile.json import flaws, parsed
from recognition.rule.names import NamedRule
from recognition.rule.reading import near
from recognition.rule.syntax import At
from recognition.standard.model import Agreement, Hosts, Party, Period, Status


def read(path: Path, root: Path, problems: list[Problem]) -> tuple[Any, str]:
    """A JSON document and its digest; one that is no JSON is noted and read as None."""
    file = str(path.relative_to(root))
    try:
        raw = path.read_bytes()
    except OSError:
        problems.append(Problem("no-such-file", "", f"`{file}` is no file", file=file))
        return None, ""
    try:
        written = parsed(raw)
    except Refused as refused:
        problems += [replace(problem, file=file) for problem in refused.problems]
        return None, ""
    problems += [replace(problem, file=file) for _, problem in flaws(written)]
    return written, digest(written)


def digest(written: Any) -> str:
    """The SHA-256 of what a document says, in hexadecimal.

    It is of the one text that has the keys sorted and no space, in UTF-8; so the layout of a file
    and the order of its keys are no part of it.
    """
    text = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def named_rules(documents: Mapping[str, Any], problems: list[Problem]) -> dict[str, NamedRule]:
    """The rules of all files of `rules/`, by name."""
    rules: dict[str, NamedRule] = {}
    for file, held in documents.items():
        for name, written in _whole_rules(held):
            if name in rules:
                problems.append(
                    Problem(
                        "duplicate",
                        At().down("rules", name).pointer,
                        f"a rule `{name}` stands in {rules[name].file} too",
                        file=file,
                    )
                )
            rules[name] = NamedRule(
                name, written["is"], written.get("parameters", {}), written.get("words", {}), file
            )
            problems.extend(_unfilled(rules[name]))
    return rules


def _whole_rules(document: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """The rules of a file that say what they are; what is wrong with the others was told."""
    rules = document.get("rules") if isinstance(document, Mapping) else None
    for name, written in (rules if isinstance(rules, Mapping) else {}).items():
        if isinstance(written, Mapping) and "is" in written:
            parts = (written.get("parameters", {}), written.get("words", {}))
            if all(isinstance(part, Mapping) for part in parts):
                yield name, written


def _unfilled(rule: NamedRule) -> Iterable[Problem]:
    """Parameters that the words of a rule name and the rule does not have."""
    said = rule.words.get("requirement", {})
    for lang, text in said.items() if isinstance(said, Mapping) else ():
        for key in sorted(set(_OPEN.findall(str(text))) - set(rule.parameters)):
            at = At(rule.file).down("rules", rule.name, "words", "requirement", lang)
            detail = f"`{{{key}}}` stands in the words, and the rule has no such parameter"
            hint = near(key, rule.parameters)
            yield Problem("no-such-parameter", at.pointer, detail, hint, rule.file)


_OPEN = re.compile(r"\{([^{}]*)\}")
"""A parameter's place in the words of a rule."""


# --- agreements


def agreement(written: Mapping[str, Any], file: str, problems: list[Problem]) -> Agreement:
    """An agreement's document as a value; its dates are checked here."""
    at = At(file)
    parties = tuple(
        _party(party, at.down("parties", i), problems)
        for i, party in enumerate(written.get("parties", ()))
    )
    return Agreement(
        written["id"],
        written["title"],
        written["effect"],
        written.get("ask") or "",
        _hosts(written.get("hosts")),
        parties,
        written,
    )


def _hosts(written: Mapping[str, Any] | None) -> Hosts | None:
    if written is None:
        return None
    return Hosts(*(tuple(written.get(key, ())) for key in ("places", "perhaps", "parties")))


def _party(written: Mapping[str, Any], at: At, problems: list[Problem]) -> Party:
    history = tuple(
        Status(
            held["is"],
            period(held, at.down("status", i), problems),
            sources_of(held),
            held["confidence"],
        )
        for i, held in enumerate(written["status"])
    )
    return Party(written["place"], tuple(written["bodies"]), history)


def sources_of(written: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of the sources that are cited, one or several."""
    source = written["source"]
    return (source,) if isinstance(source, str) else tuple(source)


def period(written: Mapping[str, Any], at: At, problems: list[Problem]) -> Period:
    """`from` and `until`, each a coarse date, `..`, null (nobody knows) or earliest and latest."""
    first = day(written.get("from"), (dates.BEFORE_ALL, dates.AFTER_ALL), at.down("from"), problems)
    last = day(written.get("until"), (first[0], dates.AFTER_ALL), at.down("until"), problems)
    if last[1] < first[0]:
        problems.append(
            Problem(
                "end-before-start",
                at.down("until").pointer,
                "the period ends before it begins",
                file=at.file,
            )
        )
    return Period(first, last)


def day(written: Any, unknown: tuple[int, int], at: At, problems: list[Problem]) -> tuple[int, int]:
    """The bounds of a day as written; `unknown` where nobody knows it, or it is none."""
    if written is None:
        return unknown
    if isinstance(written, Mapping):
        first = day(written["earliest"], unknown, at.down("earliest"), problems)[0]
        last = day(written["latest"], unknown, at.down("latest"), problems)[1]
        if last < first:
            detail = "the earliest day comes after the latest"
            problems.append(Problem("end-before-start", at.pointer, detail, file=at.file))
        return first, max(first, last)
    try:
        return dates.parse(str(written))
    except ValueError as error:
        problems.append(
            Problem(
                "not-a-date",
                at.pointer,
                str(error),
                "write 2016, 2016-06, 2016-06-02 or ..",
                at.file,
            )
        )
        return unknown
