"""One spelling: a profile with each code as its vocabulary has it, and years as days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from recognition.profile.model import Code, Day, Parts
from recognition.profile.schema import Slot, slots
from recognition.profile.vocabulary import Vocabularies


def canonical(
    model: type[BaseModel], held: Mapping[str, Any], vocabularies: Vocabularies
) -> dict[str, Any]:
    """The same document, of a model it is known to fit, in its one spelling."""
    written = {
        name: _spelt(slots(model)[name], value, vocabularies) for name, value in held.items()
    }
    return _as_days(model, written)


def _spelt(slot: Slot, value: Any, vocabularies: Vocabularies) -> Any:
    match value, slot.mark:
        case list(), _:
            return [_spelt(slot, element, vocabularies) for element in value]
        case Mapping(), None if slot.model is not None:
            return canonical(slot.model, value, vocabularies)
        case Mapping(), Parts() as parts:
            return {_entry(name, parts.code, vocabularies): part for name, part in value.items()}
        case str(), Code() as code:
            return _entry(value, code, vocabularies)
    return value


def _entry(text: str, mark: Code, vocabularies: Vocabularies) -> str:
    known = vocabularies[mark.vocabulary]
    return known.entry(known.number(text) or 0) or text


def _as_days(model: type[BaseModel], held: dict[str, Any]) -> dict[str, Any]:
    for name, slot in slots(model).items():
        if isinstance(slot.mark, Day) and slot.mark.year and held.get(slot.mark.year) is not None:
            year = int(held[slot.mark.year])
            held[name] = f"{year:04}-12-31" if slot.mark.end else f"{year:04}-01-01"
    years = {slot.mark.year for slot in slots(model).values() if isinstance(slot.mark, Day)}
    return {name: value for name, value in held.items() if name not in years}
