"""All tables there are and what their columns are called, derived from the profile's shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from recognition.batch.input.table.columns import LINKS, TABLES, Field, Scheme
from recognition.profile.model import Code, Parts, Profile, Statements, Truth
from recognition.profile.schema import COLLECTIONS, Slot, slots
from recognition.profile.vocabulary import LANGUAGES, Vocabularies
from recognition.profile.written import fold


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
