"""The reading of rules and their JSON Schema accept the same documents."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

import expressions
import world
from recognition.problems import Problem, Refused
from recognition.rule.forms import MAKERS
from recognition.rule.parse import parse
from recognition.rule.signatures import SIGNATURES
from recognition.standard import documents
from strategies import randoms

KINDS = {
    "truth": "truth",
    "number": "number",
    "date": "date",
    "span": "span",
    "code": "code:places",
}
BEYOND = {
    "apart",
    "duplicate",
    "no-periods",
    "no-such-agreement",
    "no-such-code",
    "no-such-field",
    "no-such-parameter",
    "no-such-rule",
    "not-a-date",
    "rule-in-itself",
    "wrong-kind",
}
"""Codes of what no JSON Schema can say: kinds, places to stand, names, the calendar."""
SAID_ONLY = ("[least, most]", "is no row of", "needs `")
"""Nor can it say that a number is above another, how long a row is, what a named rule needs."""
JUNK: tuple[Any, ...] = (
    7,
    -1,
    0.5,
    True,
    False,
    None,
    "AU",
    "degrees",
    "open",
    [],
    {},
    [7],
    ["AU"],
)
Steps = tuple[str | int, ...]


@cache
def schema() -> Draft202012Validator:
    """The schema of one expression."""
    whole = documents.schema("rule")
    return Draft202012Validator({"$defs": whole["$defs"], "$ref": "#/$defs/expression"})


def wrong(written: Any, kind: str) -> list[Problem]:
    """What the reading finds wrong with an expression of a kind."""
    try:
        parse(written, KINDS[kind], world.library().names)
    except Refused as refused:
        return list(refused.problems)
    return []


def sayable(problem: Problem) -> bool:
    """Whether a JSON Schema could say it: of the expression's own shape, not of what is put in."""
    put_in = problem.file or "/with/" in problem.pointer or _cell(problem.pointer)
    beyond = problem.code in BEYOND or any(word in problem.detail for word in SAID_ONLY)
    return not (put_in or beyond)


def _cell(pointer: str) -> bool:
    return any(part[:1].isdigit() for part in pointer.split("/in/")[1:])


def _places(written: Any, steps: Steps = ()) -> Iterator[Steps]:
    yield steps
    if isinstance(written, dict | list):
        for step in written if isinstance(written, dict) else range(len(written)):
            yield from _places(written[step], (*steps, step))


def broken(random: Random, written: Any) -> Any:
    """The same expression with something else at one place, something less, or something more."""
    whole = [copy.deepcopy(written)]
    *path, last = (0, *random.choice(list(_places(written))))
    inside: Any = whole
    for step in path:
        inside = inside[step]
    held = inside[last]
    if isinstance(held, dict) and random.random() < 0.5:
        held[random.choice((*SIGNATURES, "where", "of", "n", "months", "with", "so"))] = 7
    elif isinstance(held, list) and random.random() < 0.5:
        held.append(random.choice(JUNK))
    elif len(path) > 0 and random.random() < 0.3:
        del inside[last]
    else:
        inside[last] = copy.deepcopy(random.choice(JUNK))
    return whole[0]


def disagreement(random: Random) -> str:
    """A broken expression that one of the two accepts for its shape and the other does not."""
    kind = random.choice(list(KINDS))
    written = expressions.expression(random, kind, depth=2)
    for _ in range(random.randint(0, 2)):
        written = broken(random, written)
    fits, problems = schema().is_valid(written), wrong(written, kind)
    if any(map(sayable, problems)) if fits else not problems:
        return f"{json.dumps(written)}\nfits the schema: {fits}; the reading: {problems}"
    return ""


def test_two_thousand_documents_fit_the_schema_as_they_are_read() -> None:
    """What is read fits the schema, and what fits is refused only for what no schema can say."""
    random = Random(20261127)
    for _ in range(2000):
        assert not disagreement(random)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(randoms)
def test_any_document_fits_the_schema_as_it_is_read(random: Random) -> None:
    """Whatever is broken in an expression, reading and schema tell of it alike."""
    assert not disagreement(random)


def test_every_form_has_a_signature_a_maker_and_a_place_in_the_schema() -> None:
    """No form is known to one of the three alone."""
    form = documents.schema("rule")["$defs"]["form"]
    assert set(SIGNATURES) == set(MAKERS) == set(form["properties"])


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ({"at_least": [{"elapsed": {"since": {"date": "2016"}}}, {"months": 30}]}, True),
        ({"months": 30}, False),
        ({"at_most": [7, {"months": 30}]}, False),
        ({"party": {"of": "a", "is": ["full"]}}, False),
        ({"party": {"of": "a", "is": ["full"], "body": "EA", "place": "AU"}}, False),
        ({"party": {"of": "a", "is": ["full"], "body": "EA"}}, True),
        (
            {"years": {"in": "experience", "since": {"as_of": True}, "after": {"as_of": True}}},
            False,
        ),
        ({"any": {"for": "p", "in": ["AU"], "is": {"inside": [{"host": True}, ["AU"]]}}}, True),
        ({"any": {"for": [], "in": ["AU"], "is": {"truth": True}}}, False),
        ({"any": {"for": "p", "is": {"truth": True}}}, False),
        ({"date": 2016}, False),
        ({"as_of": False}, False),
        ([], False),
    ],
)
def test_the_schema_says_what_can_be_said(written: Any, fits: bool) -> None:
    """The schema refuses what the language has no meaning for."""
    assert schema().is_valid(written) is fits
