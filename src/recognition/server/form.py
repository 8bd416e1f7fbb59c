"""The form's answers as a profile, and the places of a profile in the form.

FormField names are JSON Pointers with dots: `degrees.0.awarded_on` is `/degrees/0/awarded_on`. What
is left empty is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from recognition.problems import Problem
from recognition.profile import written
from recognition.profile.model import Code, Truth
from recognition.profile.schema import LEAVES
from recognition.profile.vocabulary import Vocabularies
from recognition.server.fields import SECTIONS, FormField, Section

UNKNOWN = "unknown"
"""Chosen where an empty field would say something else than unknown."""
FINDINGS: Mapping[str, list[dict[str, bool]]] = {
    "none": [],
    "closed": [{"open": False}],
    "open": [{"open": True}],
}
"""What may be said of findings on one's conduct, and how a profile says it."""
_ABSENT = object()
_MOST_FIELDS = 3000


@dataclass(frozen=True)
class Answers:
    """What was typed, by field name; a name may have several values."""

    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The value of a field; empty when it was left so."""
        return self.held.get(name, ("",))[-1]

    def several(self, name: str) -> tuple[str, ...]:
        return tuple(value for value in self.held.get(name, ()) if value)

    def under(self, prefix: str) -> Iterator[str]:
        """The names of filled fields in a row or a list."""
        for name, values in self.held.items():
            if (name == prefix or name.startswith(prefix + ".")) and any(v.strip() for v in values):
                yield name

    def rows(self, section: Section) -> int:
        """How many rows a section shows."""
        sent = [
            int(found[1])
            for name in self.held
            if (found := re.match(rf"{section.collection}\.(\d{{1,3}})(?:\.|$)", name))
        ]
        return min(max([section.rows, *(index + 1 for index in sent)]), section.most)

    def filled(self, section: Section) -> list[int]:
        return [i for i in range(self.rows(section)) if any(self.under(section.row(i)))]


def read(raw: bytes) -> Answers:
    """A form's answers as browsers send them, filled rows first; ValueError for too many fields."""
    pairs = parse_qsl(
        raw.decode("utf-8", "replace"),
        keep_blank_values=True,
        errors="replace",
        max_num_fields=_MOST_FIELDS,
    )
    held: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        held[name] = (*held.get(name, ()), value)
    answers = Answers(held)
    for section in SECTIONS:
        answers = _closed_up(answers, section)
    return answers


def _closed_up(answers: Answers, section: Section) -> Answers:
    """The same answers with a section's filled rows first, so that rows and profile agree."""
    filled = answers.filled(section)
    order = [*filled, *(i for i in range(answers.rows(section)) if i not in filled)]
    moved = {section.row(old): section.row(new) for new, old in enumerate(order)}

    def placed(name: str) -> str:
        row = ".".join(name.split(".")[:2])
        return moved.get(row, row) + name[len(row) :]

    return Answers({placed(name): values for name, values in answers.held.items()})


# --- the profile


@dataclass
class FormReader:
    """One reading of the answers; what contradicts itself gathers in `problems`."""

    answers: Answers
    vocabularies: Vocabularies
    problems: list[Problem] = field(default_factory=list)

    def profile(self) -> dict[str, Any]:
        """The profile that the answers state."""
        told: dict[str, Any] = {"id": "form"}
        for section in SECTIONS:
            rows = [self._row(section, index) for index in self.answers.filled(section)]
            if self._none(section.collection, bool(rows)):
                told[section.collection] = []
            elif rows:
                told[section.collection] = rows
        return {**told, **self._conduct(), **self._statements()}

    def _none(self, name: str, given: bool) -> bool:
        """Whether a list is said to be known as empty; a problem if it is not empty."""
        none = bool(self.answers.one(f"{name}.none"))
        if none and given:
            self.problems.append(
                Problem(
                    "none-and-some",
                    "/" + name.replace(".", "/"),
                    "said to be none, and some are given",
                )
            )
        return none and not given

    def _row(self, section: Section, index: int) -> Any:
        row = section.row(index)
        if not section.fields[0].tail:
            return self._value(section.fields[0], row)
        told = self._element(section.fields, row)
        if section.inner:
            inside = self._element(section.inner, row)
            if self._none(f"{row}.accreditations", bool(inside)):
                told["accreditations"] = []
            elif inside:
                told["accreditations"] = [inside]
        return told

    def _element(self, fields: tuple[FormField, ...], row: str) -> dict[str, Any]:
        values = ((part.tail.split(".")[-1], self._value(part, part.name(row))) for part in fields)
        return {name: value for name, value in values if value is not _ABSENT}

    def _value(self, asked: FormField, name: str) -> Any:
        """A field's value as it stands in a profile."""
        if asked.way == "marks":
            chosen = list(self.answers.several(name))
            return [] if self._none(name, bool(chosen)) else chosen or _ABSENT
        text = self.answers.one(name).strip()
        if asked.way == "end" and self.answers.one(f"{name}.open"):
            return self._open(name, text)
        if not text:
            return _ABSENT
        return self._stated(asked, text)

    def _stated(self, asked: FormField, text: str) -> Any:
        mark = LEAVES[asked.path].mark
        if isinstance(mark, Code) and asked.way == "codes":
            return written.codes(text, mark, self.vocabularies)
        if isinstance(mark, Code) and mark.otherwise and text == UNKNOWN:
            return None
        return written.value(text, mark, self.vocabularies)

    def _open(self, name: str, text: str) -> str:
        if text and written.plain(text).lower() not in written.OPEN:
            self.problems.append(
                Problem(
                    "open-and-day",
                    "/" + name.replace(".", "/"),
                    f"`{text}` is given, and said to be open",
                )
            )
        return ".."

    def _truth(self, text: str) -> Any:
        return written.value(text, Truth(), self.vocabularies) if text else None

    def _conduct(self) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if bound := self.answers.one("conduct.bound_by_code"):
            told["bound_by_code"] = self._truth(bound)
        if (findings := self.answers.one("conduct.findings")) in FINDINGS:
            told["findings"] = FINDINGS[findings]
        return {"conduct": told} if told else {}

    def _statements(self) -> dict[str, Any]:
        told = {
            name.removeprefix("attestations."): self._truth(self.answers.one(name))
            for name in self.answers.under("attestations")
        }
        return {"attestations": told} if told else {}


def place(pointer: str, known: Collection[str]) -> str:
    """The place in the form that a JSON Pointer means; empty when the form has none."""
    steps = pointer.split("/")[1:]
    while steps and ".".join(steps) not in known:
        steps.pop()
    return ".".join(steps)
