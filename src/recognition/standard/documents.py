"""The shape of documents: JSON Schemas 2020-12, published for editors and held to at load."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

from recognition.problems import Problem
from recognition.profile.schema import COLLECTIONS
from recognition.rule.schema import definitions
from recognition.rule.syntax import At

NAMES = ("rule", "agreement", "standard", "case", "programmes")


@cache
def schema(name: str) -> dict[str, Any]:
    """A published schema by name; that of rules is made of the signatures of the language."""
    text = resources.files("recognition.schemas").joinpath(f"{name}.json").read_text("utf-8")
    written: dict[str, Any] = json.loads(text)
    return {**written, "$defs": definitions(COLLECTIONS)} if name == "rule" else written


@cache
def _validator(name: str) -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resources(
        (schema(other)["$id"], Resource.from_contents(schema(other))) for other in NAMES
    )
    return Draft202012Validator(schema(name), registry=registry)


def problems(document: Any, name: str, file: str = "") -> list[Problem]:
    """What is wrong with a document's shape, in the order of its pointers."""
    errors = (error for error in _validator(name).iter_errors(document) if not _in_a_rule(error))
    found = [problem for error in errors for problem in _told(error, file)]
    return sorted(set(found), key=lambda problem: (problem.pointer, problem.detail))


def _in_a_rule(error: ValidationError) -> bool:
    """Inside an expression the reading of rules finds the same, and says it better."""
    return any(key in ("rule", "applies_when", "is") for key in list(error.absolute_path)[2:])


def _told(error: ValidationError, file: str) -> Iterable[Problem]:
    """An error in the words of the document."""
    at = At(file).down(*error.absolute_path)
    if error.validator == "additionalProperties":
        for key in sorted(set(error.instance) - set(error.schema.get("properties", {}))):
            yield Problem(
                "unknown-field",
                at.down(key).pointer,
                f"`{key}` has no meaning here",
                "one of " + ", ".join(sorted(error.schema["properties"])),
                file,
            )
    elif error.validator == "required":
        for key in (key for key in error.validator_value if key not in error.instance):
            yield Problem(
                "missing", at.pointer, f"`{key}` is missing", _described(error, key), file
            )
    elif error.validator == "enum":
        choices = ", ".join(str(choice) for choice in error.validator_value)
        yield Problem(
            "no-such-code",
            at.pointer,
            f"`{error.instance}` is not one of the choices",
            choices,
            file,
        )
    else:
        yield Problem(
            "wrong-type", at.pointer, error.message, str(error.schema.get("description", "")), file
        )


def _described(error: ValidationError, key: str) -> str:
    inside = error.schema.get("properties", {}).get(key, {})
    return str(inside.get("description", "")) if isinstance(inside, dict) else ""
