"""What the columns of tables are called, and what they hold: derived from the profile's shape.

A column is known by its field's name or its label, English or Chinese; letters and digits count,
their case does not. In a flat table `degree_1_awarded_on` is a field of the first degree; in a
table of degrees it is `awarded_on`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from recognition.batch.cells import LANGUAGES
from recognition.problems import Problem
from recognition.profile import Code, Mark, Parts, Profile, Statements, Truth
from recognition.remarks import near
from recognition.shape import COLLECTIONS, Slot, slots
from recognition.vocabulary import Vocabularies, fold

Step = str | tuple[str]
"""A key, or (in a tuple) what tells an element from the others of its list."""

LINKS: Mapping[str, Mapping[str, str]] = {
    "applicant": {"en": "Applicant", "zh": "申请人编号"},
    "number": {"en": "No.", "zh": "序号"},
    "kind": {"en": "Statement", "zh": "说明"},
    "holds": {"en": "Holds", "zh": "是否"},
}
"""Columns of related tables that are no fields: whose row it is, and which."""
TABLES: Mapping[str, Mapping[str, str]] = {
    "": {"name": "applicants", "en": "Applicants", "zh": "申请人"},
    "attestations": {"name": "attestations", "en": "Statements", "zh": "说明"},
}


@dataclass(frozen=True)
class Field:
    """What a column holds: the `place` below its row's element, where `#` is a number's.

    `form` is `value`, `codes` (several in a cell), `none` (a list, of which the cell can only say
    that it is empty), or one of LINKS.
    """

    place: tuple[str, ...]
    form: str
    mark: Mark | None = None
    written: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table that was given: where it stands, and the place its cells go to."""

    index: int
    heading: str
    field: Field
    place: tuple[Step, ...]


@dataclass(frozen=True)
class Scheme:
    """The columns that a table may have; `of` is its collection, empty for applicants."""

    of: str
    known: Mapping[str, Field]

    def field(self, heading: str) -> tuple[Field, list[str]] | None:
        """The field of a heading, and the numbers in it."""
        plain = fold(heading)
        found = self.known.get(plain) or self.known.get(_DIGITS.sub("#", plain))
        if found is None:
            return None
        return found, _DIGITS.findall(plain) if "#" in found.place else []

    def columns(
        self, headings: Sequence[str], file: str, sheet: str
    ) -> tuple[list[Column], list[Problem]]:
        """The columns of a row of headings, and what is wrong with it; `#…` is a remark."""
        read: list[Column] = []
        problems = []
        places: dict[Any, str] = {}
        for index, heading in enumerate(headings):
            if not heading or heading.startswith("#"):
                continue
            found = self.field(heading)
            if found is None:
                problems.append(self._unknown(heading, file, sheet))
                continue
            column = Column(index, heading, found[0], _placed(*found))
            key = (column.place, found[0].form if not column.place else "")
            if key in places:
                detail = f"`{places[key]}` and `{heading}` are the same column"
                problems.append(Problem("two-columns", "", detail + _in(sheet), file=file))
            places[key] = heading
            read.append(column)
        return read, problems + self._missing(read, file, sheet)

    def _unknown(self, heading: str, file: str, sheet: str) -> Problem:
        names = (field.written.replace("#", "1") for field in self.known.values())
        hint = near(heading, names) or "begin the heading with `#` where it is not to be read"
        detail = f"`{heading}` is no column of such a table"
        return Problem("unknown-column", "", detail + _in(sheet), hint, file)

    def _missing(self, read: Iterable[Column], file: str, sheet: str) -> list[Problem]:
        forms = {column.field.form for column in read}
        due = {"": [], "attestations": ["applicant", "kind", "holds"]}.get(self.of, ["applicant"])
        due = due + (["of"] if COLLECTIONS.get(self.of) and COLLECTIONS[self.of].parent else [])
        names = {field.form: field.written for field in self.known.values()}
        missing = [names[form] for form in due if form not in forms]
        if not self.of and not any(column.place == ("id",) for column in read):
            missing.append("id")
        return [
            Problem("missing", "", f"the column `{name}` is missing" + _in(sheet), file=file)
            for name in missing
        ]


_DIGITS = re.compile(r"\d+")


def _in(sheet: str) -> str:
    return f" in `{sheet}`" if sheet else ""


def _placed(field: Field, numbers: list[str]) -> tuple[Step, ...]:
    left = iter(numbers)
    return tuple((str(int(next(left))),) if step == "#" else step for step in field.place)


class Schemes:
    """The tables there are, by what they are called: a collection's path, empty for applicants."""

    def __init__(self, facts: Mapping[str, Any], vocabularies: Vocabularies) -> None:
        self.vocabularies = vocabularies
        self._labels, self._items = facts["facts"], facts["collections"]
        self.schemes = {path: self._scheme(path) for path in self.tables()}
        self._called = {fold(name): path for path in self.schemes for name in self.called(path)}

    @staticmethod
    def tables() -> list[str]:
        """Applicants, the collections that have a table of their own, and attestations."""
        own = [path for path, held in COLLECTIONS.items() if held.slot.model is not None]
        return ["", *own, "attestations"]

    def named(self, name: str) -> Scheme | None:
        """The scheme of a table by the name of its file or sheet."""
        path = self._called.get(fold(name))
        return None if path is None else self.schemes[path]

    def names(self) -> list[str]:
        """What tables may be called, each by its first name."""
        return [self.called(path)[0] for path in self.schemes]

    def called(self, path: str) -> list[str]:
        """The names of a table, the one it is written by first."""
        if path in TABLES:
            return [*TABLES[path].values(), *(["profiles"] if not path else [])]
        last = path.rpartition(".")[2]
        labels = [self._items[path]["items"][lang] for lang in LANGUAGES]
        return [last, *labels, path.replace(".", "_")]

    def _scheme(self, path: str) -> Scheme:
        if path == "attestations":
            return Scheme(path, dict(_unambiguous(self._statements())))
        model = COLLECTIONS[path].slot.model if path else Profile
        assert model is not None
        known = (
            [*self._links(path), *self._fields(model, path)] if path else self._fields(model, "")
        )
        return Scheme(path, dict(_unambiguous(known)))

    # --- columns that are no fields

    def _links(self, path: str) -> Iterator[tuple[list[str], Field]]:
        yield _link("applicant", ["applicant_id", "id", "编号", "申请人"])
        parent = COLLECTIONS[path].parent
        if parent:
            name, items = singular(parent), self._items[parent]["item"]
            names = [name, f"{name}_number", *items.values(), items["zh"] + "序号"]
            yield names, Field((), "of", None, name)
        if any(held.parent == path and held.slot.model for held in COLLECTIONS.values()):
            yield _link("number", [])

    def _statements(self) -> Iterator[tuple[list[str], Field]]:
        yield _link("applicant", ["applicant_id", "id", "编号", "申请人"])
        yield _link("kind", ["attestation", "事项"])
        names, field = _link("holds", ["answer", "答复"])
        yield names, replace(field, mark=Truth())

    # --- fields

    def _fields(self, model: type[BaseModel], path: str) -> Iterator[tuple[list[str], Field]]:
        for slot in slots(model).values():
            here = f"{path}.{slot.name}" if path else slot.name
            match slot.form, slot.mark:
                case "object", _:
                    yield from self._object(slot, here)
                case "list", None:
                    yield from self._list(slot, here)
                case "list", Code() as mark:
                    names = [slot.name, *self._words(f"{here}.code"), *self._item(here)]
                    yield names, Field((slot.name,), "codes", mark, slot.name)
                case "map", Statements() | Parts():
                    yield from self._map(slot, here)
                case _:
                    names = [slot.name, *self._words(here)]
                    yield names, Field((slot.name,), "value", slot.mark, slot.name)

    def _object(self, slot: Slot, here: str) -> Iterator[tuple[list[str], Field]]:
        """Fields of an object within: with its name before them or without."""
        assert slot.model is not None
        for names, field in self._fields(slot.model, here):
            both = [f"{slot.name}_{name}" for name in names] + names
            written = f"{slot.name}_{field.written}"
            yield both, replace(field, place=(slot.name, *field.place), written=written)

    def _list(self, slot: Slot, here: str) -> Iterator[tuple[list[str], Field]]:
        """The list, of which a cell can say that it is empty; then its elements' fields."""
        assert slot.model is not None
        names = [slot.name, singular(here), *self._item(here)]
        yield names, Field((slot.name,), "none", None, slot.name)
        for inner, field in self._fields(slot.model, here):
            place = (slot.name, "#", *field.place)
            written = f"{singular(here)}_#_{field.written}"
            numbered = [f"{name}#{part}" for name in names for part in inner]
            yield numbered, replace(field, place=place, written=written)

    def _map(self, slot: Slot, here: str) -> Iterator[tuple[list[str], Field]]:
        """A column for each entry a map may have."""
        parts = isinstance(slot.mark, Parts)
        code = slot.mark.code if isinstance(slot.mark, Parts) else None
        name = code.vocabulary if code else slot.name
        mark = slot.mark.amount if isinstance(slot.mark, Parts) else Truth()
        known = self.vocabularies[name]
        for number, entry in enumerate(known.codes, 1):
            labels = [known.label(number, lang) for lang in LANGUAGES]
            before = [slot.name, singular(here), *self._item(here)]
            names = [f"{word}_{what}" for word in before for what in (entry, *labels)]
            written = f"{singular(here)}_{entry}"
            yield (
                names + ([] if parts else labels),
                Field((slot.name, entry), "value", mark, written),
            )

    def _words(self, path: str) -> list[str]:
        held = self._labels.get(path, {})
        return [held[lang] for lang in LANGUAGES if lang in held]

    def _item(self, path: str) -> list[str]:
        held = self._items[path]
        return [held[which][lang] for which in ("item", "items") for lang in LANGUAGES]


def singular(path: str) -> str:
    """The name of one element: `degree` of `degrees`, `experience` of `experience`."""
    return path.rpartition(".")[2].removesuffix("s")


def _link(form: str, names: list[str]) -> tuple[list[str], Field]:
    return [form, *LINKS[form].values(), *names], Field((), form, None, form)


def _unambiguous(named: Iterable[tuple[list[str], Field]]) -> Iterator[tuple[str, Field]]:
    """Folded names, of those that mean one field alone; its own name is always the field's."""
    meant: dict[str, set[Field]] = {}
    own: dict[str, Field] = {}
    for names, field in named:
        own[_folded(field.written)] = field
        for name in names:
            meant.setdefault(_folded(name), set()).add(field)
    for name, fields in meant.items():
        if len(fields) == 1 and name not in own:
            yield name, next(iter(fields))
    yield from own.items()


def _folded(name: str) -> str:
    """A name as headings are looked up by it, its `#` kept."""
    return "#".join(fold(part) for part in name.split("#"))
