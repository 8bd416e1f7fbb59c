"""The JSON Schema of the rule language, made of the signatures of its forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any

from recognition.rule import shapes
from recognition.rule.signatures import PARAMETER_KINDS, SIGNATURES

Schema = dict[str, Any]


def definitions(collections: Iterable[str]) -> Schema:
    """What a schema of rules may refer to: `expression` and what it is made of."""
    return {
        "kind": {"enum": list(PARAMETER_KINDS)},
        "collection": {"enum": list(collections)},
        "parameter": _object({"parameter": {"type": "string"}}, ("parameter",)),
        "named": _object({"rule": {"type": "string"}, "with": {"type": "object"}}, ("rule",)),
        "each": _of(shapes.EACH),
        "form": {
            **_object({form: _of(one.takes) for form, one in SIGNATURES.items()}),
            "minProperties": 1,
            "maxProperties": 1,
        },
        "expression": {
            "description": "an expression of the rule language",
            "if": {"type": "object"},
            "then": _either(_ref("form"), _ref("named"), _PARAMETER),
            "else": {"type": ["number", "string"]},
        },
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_EXPRESSION, _PARAMETER = _ref("expression"), _ref("parameter")


def _either(*choices: Schema) -> Schema:
    return {"anyOf": list(choices)}


def _object(properties: Schema, required: Iterable[str] = ()) -> Schema:
    made = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**made, "required": list(required)} if required else made


def _list(items: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "items": items}


def _keys(parts: Mapping[str, shapes.Part]) -> Schema:
    return {key: _of(part) for key, part in parts.items()}


@singledispatch
def _of(part: Any) -> Schema:
    raise TypeError(f"{part} is no part of a signature")


@_of.register
def _(part: shapes.Expression) -> Schema:
    return _EXPRESSION


@_of.register
def _(part: shapes.Expressions) -> Schema:
    return _either(_list(_EXPRESSION), _ref("each"), _PARAMETER)


@_of.register
def _(part: shapes.Exactly) -> Schema:
    size = len(part.parts)
    parts = [_of(one) for one in part.parts]
    return {"type": "array", "minItems": size, "maxItems": size, "prefixItems": parts}


@_of.register
def _(part: shapes.Alike) -> Schema:
    return _of(shapes.Exactly((shapes.Expression(), shapes.Expression())))


@_of.register
def _(part: shapes.Keys) -> Schema:
    made = _object(_keys({**part.needed, **part.one_of, **part.optional}), part.needed)
    if part.one_of:
        made["oneOf"] = [{"required": [key]} for key in part.one_of]
    if part.apart:
        made["not"] = {"required": list(part.apart)}
    return made


@_of.register
def _(part: shapes.Either) -> Schema:
    return _either(_of(part.other), _of(part.keys))


@_of.register
def _(part: shapes.AskedShape) -> Schema:
    return _either(_EXPRESSION, _object({"months": _EXPRESSION}, ("months",)))


@_of.register
def _(part: shapes.CollectionShape) -> Schema:
    return _either(_ref("collection"), _PARAMETER)


@_of.register
def _(part: shapes.ColumnsShape) -> Schema:
    names = {**_list({"type": "string"}), "uniqueItems": True}
    return _either({"type": "string"}, names)


@_of.register
def _(part: shapes.RowsShape) -> Schema:
    return _either(_list({}), _PARAMETER)


@_of.register
def _(part: shapes.TextShape) -> Schema:
    return _either({"type": "string"}, _PARAMETER)


@_of.register
def _(part: shapes.Codes) -> Schema:
    codes = _either(_list(_either({"type": "string"}, _PARAMETER)), _PARAMETER)
    return _either(*codes["anyOf"], _EXPRESSION) if part.single else codes


@_of.register
def _(part: shapes.Whole) -> Schema:
    least = {} if part.least is None else {"minimum": part.least}
    return _either({"type": "integer", **least}, _PARAMETER)


@_of.register
def _(part: shapes.Choice) -> Schema:
    choice = {"enum": list(part.words)}
    return _either(choice, _PARAMETER) if part.settable else choice


@_of.register
def _(part: shapes.Yes) -> Schema:
    return {"const": True}


@_of.register
def _(part: shapes.Flag) -> Schema:
    return {"type": "boolean"}


@_of.register
def _(part: shapes.Ends) -> Schema:
    return {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "number"}}


@_of.register
def _(part: shapes.DayShape) -> Schema:
    return {"type": "string"}
