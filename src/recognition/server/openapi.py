"""The description of the HTTP service (OpenAPI 3.1), with examples that were worked out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from recognition.evaluate import evaluate
from recognition.explain.decision import components
from recognition.facts.assumptions import MOST
from recognition.server.answers import PROBLEM_TYPE
from recognition.server.api import profile_schema
from recognition.standard.library import Library

Described = dict[str, Any]

EXAMPLE: Described = {
    "profile": {
        "id": "example-person",
        "citizenships": ["AU"],
        "degrees": [
            {
                "level": "bachelor",
                "discipline": "civil",
                "country": "AU",
                "started_on": "2011-02-21",
                "awarded_on": "2014-12-12",
                "years": 4,
                "accreditations": [
                    {
                        "by": "EA",
                        "accord": "washington-accord",
                        "from": "2009-01-01",
                        "until": "2018-12-31",
                        "basis": "intake",
                        "status": "full",
                        "scope": [],
                    }
                ],
            }
        ],
        "experience": [
            {
                "from": "2015-02-02",
                "until": "..",
                "country": "AU",
                "responsible_charge": True,
                "significant": True,
                "fte": 1.0,
            }
        ],
    },
    "standards": ["washington-accord"],
    "hosts": ["CA"],
    "as_of": "2026-11-24",
}
"""The person of `examples/person.json`, in short."""

WRONG: Described = {
    "type": "about:blank",
    "title": "The request was refused",
    "status": 422,
    "detail": "one thing is wrong; each is told in `errors`",
    "errors": [
        {
            "pointer": "/profile/degrees/0/level",
            "code": "no-such-code",
            "detail": "`bachelr` is no entry of the vocabulary `degree-levels`",
            "hint": "did you mean `bachelor`?",
        }
    ],
}

_TEXTS: Described = {"type": "array", "items": {"type": "string"}}

_REFUSALS = {
    "400": "the body is not JSON",
    "404": "there is no such thing",
    "413": "the body is too large",
    "415": "the body is not `application/json`",
    "422": "something in the request is wrong",
}


def describe(app: FastAPI, library: Library) -> Described:
    """The whole description; made once, on the first request for it."""
    if app.openapi_schema is None:
        app.openapi_schema = _described(app, library)
    return app.openapi_schema


def _described(app: FastAPI, library: Library) -> Described:
    told = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
    told["components"] = {
        "schemas": {
            "Evaluation": _evaluation(),
            "Profile": profile_schema(library),
            **components("#/components/schemas/{name}"),
            "Problem": _problem(),
        }
    }
    for path, operations in told["paths"].items():
        for operation in operations.values():
            _answered(operation, path)
    asked = told["paths"]["/v1/evaluations"]["post"]
    asked["requestBody"] = {"required": True, "content": _content("Evaluation", EXAMPLE)}
    asked["responses"]["200"]["content"] = _content("Answer", evaluate(library, **_known(library)))
    return told


def _known(library: Library) -> Described:
    """The example, asked of the standards that this library has."""
    listed = [id for id in EXAMPLE["standards"] if id in library.standards]
    return {**EXAMPLE, "standards": listed or list(library.standards)[:1]}


def _answered(operation: Described, path: str) -> None:
    """An operation's answers: what is right, and the problems it may tell."""
    operation["responses"] = {"200": {"description": "as asked"}, **_problems(_statuses(path))}
    if path.startswith(("/v1/standards", "/v1/schemas")):
        operation["responses"]["304"] = {"description": "unchanged since the `ETag` that was sent"}


def _statuses(path: str) -> Iterable[str]:
    if path == "/v1/evaluations":
        return ("400", "413", "415", "422")
    return ("404",) if "{" in path else ()


def _problems(statuses: Iterable[str]) -> Described:
    return {
        status: {
            "description": _REFUSALS[status],
            "content": _content("Problem", WRONG if status == "422" else None, PROBLEM_TYPE),
        }
        for status in statuses
    }


def _content(schema: str, example: Any = None, kind: str = "application/json") -> Described:
    held: Described = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {kind: held if example is None else {**held, "example": example}}


def _evaluation() -> Described:
    return {
        "type": "object",
        "required": ["profile"],
        "additionalProperties": False,
        "properties": {
            "profile": {"$ref": "#/components/schemas/Profile"},
            "standards": {**_TEXTS, "description": "`id` or `id@version`; all when left out"},
            "hosts": {**_TEXTS, "description": "ISO 3166 codes or names, as AU; all if none"},
            "as_of": {"type": "string", "format": "date", "description": "today when left out"},
            "known_on": {
                "type": "string",
                "format": "date",
                "description": "decide by the editions published by that day",
            },
            "assume": _assumed(),
        },
    }


def _assumed() -> Described:
    """What may be supposed: an object, or a list of texts."""
    value = {"type": ["boolean", "number", "string"]}
    by_path = {"type": "object", "additionalProperties": value, "maxProperties": MOST}
    typed = {"type": "array", "items": {"type": "string", "pattern": "="}, "maxItems": MOST}
    return {
        "description": "values to suppose wherever a fact is missing, by the path of its field "
        "(`experience.fte`, `attestations.KIND`); nothing when left out. What a decision rests on "
        "is told in its `assumed`",
        "anyOf": [by_path, typed],
        "examples": [{"experience.fte": 1}, ["experience.fte=1"]],
    }


def _problem() -> Described:
    told = {key: {"type": "string"} for key in ("pointer", "code", "detail", "hint")}
    return {
        "type": "object",
        "description": "RFC 9457",
        "required": ["type", "title", "status", "detail", "errors"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["pointer", "code", "detail"],
                    "properties": told,
                },
            },
        },
    }
