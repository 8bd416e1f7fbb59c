"""The published JSON Schema of a profile (2020-12), derived from the model and the vocabularies."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any

from pydantic import BaseModel

from recognition.profile.model import Amount, Code, Day, Mark, Parts, Profile, Statements, Truth
from recognition.profile.schema import Slot, slots
from recognition.profile.vocabulary import Vocabularies

Schema = dict[str, Any]

_COARSE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_ABOUT = (
    "What one engineer states, with evidence. What is absent or null is unknown; "
    "a list that is given is complete."
)
_LISTED = 150
"""A vocabulary with more entries than this is described, not listed."""


def json_schema(vocabularies: Vocabularies, labels: Mapping[str, str] | None = None) -> Schema:
    """The schema of a profile. `labels` describe fields, by path (`degrees.awarded_on`)."""
    top = _object(Profile, "", vocabularies, labels or {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Profile",
        "description": _ABOUT,
        **top,
    }


def _object(
    model: type[BaseModel], path: str, vocabularies: Vocabularies, labels: Mapping[str, str]
) -> Schema:
    properties = {
        name: _property(slot, f"{path}.{name}".lstrip("."), vocabularies, labels)
        for name, slot in slots(model).items()
    }
    required = [name for name, slot in slots(model).items() if slot.required]
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": required} if required else schema


def _property(
    slot: Slot, path: str, vocabularies: Vocabularies, labels: Mapping[str, str]
) -> Schema:
    described = {"description": labels[path]} if path in labels else {}
    if slot.required:
        return {"type": "string", "minLength": 1, **described}
    if slot.model is not None:
        inner = _object(slot.model, path, vocabularies, labels)
        listed = {"type": "array", "items": inner} if slot.form == "list" else inner
        return {**_or_null(listed), **described}
    if slot.form == "list":
        return {"type": ["array", "null"], "items": _value(slot.mark, vocabularies), **described}
    return {**_value(slot.mark, vocabularies), **described}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _value(mark: Mark | None, vocabularies: Vocabularies) -> Schema:
    match mark:
        case Day(end=end):
            pattern = f"^({_COARSE}|[.][.])$" if end else f"^({_COARSE})$"
            return {"type": ["string", "null"], "pattern": pattern}
        case Truth():
            return {"type": ["boolean", "null"]}
        case Amount():
            return _amount(mark)
        case Code():
            return _code(mark, vocabularies)
        case Statements(vocabulary=name):
            return _map({"enum": [*vocabularies[name].codes]}, {"type": ["boolean", "null"]})
        case Parts(code=code, amount=amount):
            names = {"enum": [*vocabularies[code.vocabulary].spellings()]}
            return _map(names, _amount(amount))
    return {"type": ["string", "null"]}


def _map(names: Schema, held: Schema) -> Schema:
    return {"type": ["object", "null"], "propertyNames": names, "additionalProperties": held}


def _amount(mark: Amount) -> Schema:
    least = "exclusiveMinimum" if mark.above else "minimum"
    schema = {"type": ["integer" if mark.whole else "number", "null"], least: mark.least}
    return schema if mark.most == inf else {**schema, "maximum": mark.most}


def _code(mark: Code, vocabularies: Vocabularies) -> Schema:
    """A closed vocabulary is listed, aliases too; a long or open one is named in words."""
    known = vocabularies[mark.vocabulary]
    written = known.accepted(mark.only)
    if known.closed and len(written) < _LISTED:
        return {"enum": [*written, None]}
    shape = {"country": "^[A-Z]{2}$", "region": "^[A-Z]{2}-[A-Z0-9]{1,3}$"}.get(mark.only)
    if shape and all(_has_shape(code, mark.only) for code in written):
        return {"type": ["string", "null"], "pattern": shape}
    return {"type": ["string", "null"], "examples": [*written[:5]]}


def _has_shape(code: str, only: str) -> bool:
    return ("-" in code) == (only == "region")
