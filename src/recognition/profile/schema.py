"""The shape of a profile, read off its model: collections, and the fields of their elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from recognition.profile.model import (
    Amount,
    Code,
    Day,
    Mark,
    Parts,
    Profile,
    Statements,
    Text,
    Truth,
)


@dataclass(frozen=True)
class Slot:
    """A field of a model as written in JSON: its mark, or the model of what it holds.

    `form` is `value`, `object`, `list` (of objects or of codes) or `map`.
    """

    name: str
    attribute: str
    form: str
    required: bool
    mark: Mark | None
    model: type[BaseModel] | None


@dataclass(frozen=True)
class Collection:
    """A list in the profile. `steps` are the keys that lead to it from its parent's element."""

    path: str
    parent: str
    steps: tuple[str, ...]
    slot: Slot


@dataclass(frozen=True)
class Leaf:
    """A field that holds one value. `steps` are the keys from its collection's element.

    A step that is a number is a place in a pair, or in a map's entry; no steps: the element itself.
    """

    path: str
    collection: str
    steps: tuple[str | int, ...]
    mark: Day | Code | Truth | Amount | Text

    def sibling(self, name: str) -> str:
        """The path of another field of the same element."""
        return ".".join([*self.path.split(".")[:-1], name])


@cache
def slots(model: type[BaseModel]) -> Mapping[str, Slot]:
    """A model's fields by the name they have in JSON."""
    read = (_slot(attribute, field) for attribute, field in model.model_fields.items())
    return MappingProxyType({slot.name: slot for slot in read})


def _slot(attribute: str, field: Any) -> Slot:
    mark = next((mark for mark in field.metadata if isinstance(mark, Mark)), None)
    kind = next(k for k in get_args(field.annotation) or (field.annotation,) if k is not type(None))
    form = {list: "list", dict: "map"}.get(get_origin(kind) or kind, "value")
    inner = get_args(kind)[0] if form == "list" else kind
    model = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
    form = "object" if model is not None and form == "value" else form
    return Slot(field.alias or attribute, attribute, form, field.is_required(), mark, model)


def _walk(
    model: type[BaseModel], collection: str, steps: tuple[str, ...]
) -> Iterator[Collection | Leaf]:
    for slot in slots(model).values():
        here = (*steps, slot.name)
        path = ".".join((collection, *here) if collection else here)
        if slot.form == "object" and slot.model is not None:
            yield from _walk(slot.model, collection, here)
        elif slot.form == "value" and not isinstance(slot.mark, Parts | Statements | None):
            yield Leaf(path, collection, here, slot.mark)
        elif not isinstance(slot.mark, Statements):
            yield Collection(path, collection, here, slot)
            yield from _elements(slot, path)


def _elements(slot: Slot, path: str) -> Iterator[Collection | Leaf]:
    if slot.model is not None:
        yield from _walk(slot.model, path, ())
    elif isinstance(slot.mark, Parts):
        yield Leaf(f"{path}.{slot.mark.key}", path, (0,), slot.mark.code)
        yield Leaf(f"{path}.{slot.mark.value}", path, (1,), slot.mark.amount)
    elif isinstance(slot.mark, Code):
        yield Leaf(f"{path}.code", path, (), slot.mark)


_ALL = tuple(_walk(Profile, "", ()))

COLLECTIONS: Mapping[str, Collection] = MappingProxyType(
    {part.path: part for part in _ALL if isinstance(part, Collection)}
)
"""The profile's lists by path, parents before children."""


def parent(collection: str) -> str:
    """The collection around one, `degrees` around `degrees.accreditations`; `""`: the profile."""
    return COLLECTIONS[collection].parent if collection else ""


LEAVES: Mapping[str, Leaf] = MappingProxyType(
    {part.path: part for part in _ALL if isinstance(part, Leaf)}
)
"""Fields that hold one value, by path."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        path: {Day: "date", Code: "code", Truth: "truth", Amount: "number", Text: "text"}[
            type(leaf.mark)
        ]
        for path, leaf in LEAVES.items()
    }
)
"""The kind of value of each field: `date`, `code`, `truth`, `number` or `text`."""
