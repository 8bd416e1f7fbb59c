"""One page of the form as its template sees it: texts, labels, choices, problems beside fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from recognition.explain.decision import Answer
from recognition.problems import Problem
from recognition.profile.model import Code
from recognition.server import choices, texts
from recognition.server.choices import Choice
from recognition.server.fields import SECTIONS, FormField, Section
from recognition.server.form import Answers, place
from recognition.server.result import Group
from recognition.standard.library import Library

_FEW = 12
"""So many statements are shown at once."""


@dataclass(frozen=True)
class Page:
    """A form with its answers; `added` is the list that gets one more row."""

    library: Library
    lang: str
    answers: Answers
    added: str = ""
    problems: tuple[Problem, ...] = ()
    decided: Answer | None = None
    groups: tuple[Group, ...] = ()

    def text(self, key: str, *values: object) -> str:
        return texts.text(self.lang, key, *values)

    @property
    def other(self) -> str:
        """The other language."""
        return "zh" if self.lang == "en" else "en"

    # --- fields

    def rows(self, section: Section) -> range:
        more = section.collection == self.added
        return range(min(self.answers.rows(section) + more, section.most))

    def full(self, section: Section) -> bool:
        """Whether no row can be added."""
        return len(self.rows(section)) >= section.most

    def label(self, field: FormField) -> str:
        return str(self.library.facts["facts"][field.path][self.lang])

    def help(self, field: FormField) -> str:
        """What helps to fill in a field; how to write it comes first."""
        key = {
            "experience.codes.code": "codes-help",
            "experience.fte": "fte-help",
            "cpd.year": "year-help",
        }.get(field.path)
        if key:
            return self.text(key)
        told = str(self.library.facts["facts"][field.path]["help"][self.lang])
        return self.text("until-help") if field.way == "end" else told

    def open_label(self, field: FormField) -> str:
        key = f"open-{field.path.partition('.')[0]}"
        return self.text(key if key in texts.CATALOGUE and "accred" not in field.path else "open")

    def choices(self, field: FormField) -> tuple[Choice, ...]:
        assert field.code is not None
        return choices.choices(self.library, field.code, self.lang)

    @property
    def suggestions(self) -> Mapping[str, tuple[Choice, ...]]:
        """The lists that texts with suggestions share, by the id of each."""
        near = {self.suggested(f): f for s in SECTIONS for f in s.fields if f.way == "near"}
        return {id: self.choices(field) for id, field in near.items()}

    def suggested(self, field: FormField) -> str:
        """The id of a field's list of suggestions."""
        code = field.code or Code("")
        return f"list-{code.only or code.vocabulary}"

    def wanted(self, section: Section) -> bool:
        """Whether a folded section has something to show."""
        name = section.collection
        told = any(place == name or place.startswith(name + ".") for place in self.errors)
        return bool(told or self.added == name or any(self.answers.under(name)))

    # --- the question

    @property
    def chosen(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The agreements and the hosts that were ticked."""
        return self.answers.several("standards"), self.answers.several("hosts")

    def standards(self) -> list[Choice]:
        return choices.standards(self.library, self.lang)

    def hosts(self) -> list[Choice]:
        return choices.hosts(self.library, self.lang)

    @cached_property
    def statements(self) -> list[Choice]:
        """The statements that are asked for, and those that were answered before."""
        known = tuple(id for id in self.chosen[0] if id in self.library.standards)
        places = tuple(code for code, _ in self.hosts() if code in self.chosen[1])
        asked = choices.question(self.library, known, places)
        answered = [
            name.removeprefix("attestations.") for name in self.answers.under("attestations")
        ]
        return choices.statements(self.library, asked, tuple(answered), self.lang)

    @property
    def unfolded(self) -> bool:
        """Whether the statements stand open: few, answered, or asked for."""
        asked = self.answers.one("do") == "show" or any(self.answers.under("attestations"))
        return asked or len(self.statements) <= _FEW

    # --- what is wrong, and where things are

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The ids on the page that can be led to, in its order."""
        named = ["", "standards", "hosts", "as_of"]
        for section in SECTIONS:
            named.append(section.collection)
            for row in map(section.row, self.rows(section)):
                fields = (*section.fields, *section.inner)
                named += [row, f"{row}.accreditations", *(field.name(row) for field in fields)]
        statements = (f"attestations.{kind}" for kind, _ in self.statements)
        conduct = ("conduct", "conduct.bound_by_code", "conduct.findings")
        return tuple(dict.fromkeys((*named, *conduct, "attestations", *statements)))

    def place(self, pointer: str) -> str:
        """Where on the page a JSON Pointer leads; empty if nowhere."""
        return place(pointer, self.places)

    @cached_property
    def errors(self) -> Mapping[str, list[str]]:
        """What is wrong, by place, in the order of the page."""
        told: dict[str, list[str]] = {}
        for problem in self.problems:
            message = self.message(problem)
            here = told.setdefault(self.place(problem.pointer), [])
            here += [message] if message not in here else []
        return dict(sorted(told.items(), key=lambda item: self.places.index(item[0])))

    def message(self, problem: Problem) -> str:
        """A problem in the language of the page."""
        inputs = [*re.findall(r"`([^`]*)`", problem.detail), "", ""]
        if f"problem-{problem.code}" not in texts.CATALOGUE:
            return self.text("problem-other", problem.detail)
        told = self.text(f"problem-{problem.code}", *inputs)
        near = re.fullmatch(r"did you mean `(.*)`\?", problem.hint)
        return f"{told} {self.text('near', near[1])}" if near else told

    def called(self, place: str) -> str:
        """What a place on the page is called: `Job 2: Until`."""
        if place in ("as_of", "standards", "hosts"):
            return self.text(place)
        for section in SECTIONS:
            for index in self.rows(section):
                row = section.row(index)
                for field in (*section.fields, *section.inner):
                    if field.name(row) == place:
                        return f"{self.row_name(section, index)}: {self.label(field)}"
                if f"{place}.".startswith(f"{row}."):
                    return self.row_name(section, index)
        key = f"section-{place.partition('.')[0]}"
        return self.text(key if key in texts.CATALOGUE else "not-whole-form")

    def row_name(self, section: Section, index: int) -> str:
        return self.text("row-number", self.text(f"row-{section.collection}"), index + 1)
