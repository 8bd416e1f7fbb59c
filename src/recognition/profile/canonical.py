"""One spelling: a profile with each code as its vocabulary has it, and years as days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from recognition.names import Reading
from recognition.profile.model import Code, Day, Parts, Statements
from recognition.profile.schema import Slot, slots
from recognition.profile.vocabulary import Vocabularies

Held = Mapping[str, Any]


def canonical(model: type[BaseModel], held: Held, vocabularies: Vocabularies) -> dict[str, Any]:
    """The same document, of a model it is known to fit, in its one spelling."""
    written = {
        name: _spelt(slots(model)[name], value, held, vocabularies) for name, value in held.items()
    }
    return _as_days(model, written)


def _spelt(slot: Slot, value: Any, around: Held, vocabularies: Vocabularies) -> Any:
    match value, slot.mark:
        case list(), _:
            return [_spelt(slot, element, around, vocabularies) for element in value]
        case Mapping(), None if slot.model is not None:
            return canonical(slot.model, value, vocabularies)
        case Mapping(), Parts() as parts:
            return _mapped(value, parts.code, vocabularies)
        case Mapping(), Statements(vocabulary=kinds):
            return _mapped(value, Code(kinds), vocabularies)
        case str(), Code() as code:
            return _entry(value, code, around, vocabularies)
    return value


def _mapped(held: Held, mark: Code, vocabularies: Vocabularies) -> dict[str, Any]:
    return {_entry(name, mark, {}, vocabularies): value for name, value in held.items()}


def _entry(text: str, mark: Code, around: Held, vocabularies: Vocabularies) -> str:
    return read(text, mark, around, vocabularies).code or text


def read(text: str, mark: Code, around: Held, vocabularies: Vocabularies) -> Reading:
    """What a text means, by the country and the body that stand beside it in its object."""
    beside = (around.get(name) if name else None for name in (mark.country, mark.beside))
    country, body = (str(said) if isinstance(said, str) else "" for said in beside)
    return vocabularies.read(mark, text, country, body)


def _as_days(model: type[BaseModel], held: dict[str, Any]) -> dict[str, Any]:
    for name, slot in slots(model).items():
        if isinstance(slot.mark, Day) and slot.mark.year and held.get(slot.mark.year) is not None:
            year = int(held[slot.mark.year])
            held[name] = f"{year:04}-12-31" if slot.mark.end else f"{year:04}-01-01"
    years = {slot.mark.year for slot in slots(model).values() if isinstance(slot.mark, Day)}
    return {name: value for name, value in held.items() if name not in years}
