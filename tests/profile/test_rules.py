"""Every reader of a profile holds to the rules that the marks declare, at each of their edges."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import product
from math import inf, nextafter
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pyarrow as pa
import pytest

from recognition import dates
from recognition.batch.chunk import Lines
from recognition.facts.facts import Facts
from recognition.facts.scan.reading import Scanner
from recognition.facts.valid import valid
from recognition.problems import Refused
from recognition.profile.json_schema import json_schema
from recognition.profile.model import Amount, Relation, relations
from recognition.profile.records import arrow_schema, reader
from recognition.profile.schema import COLLECTIONS, LEAVES, Leaf
from recognition.profile.validate import examine
from recognition.profile.vocabulary import Vocabularies

NAMES = Vocabularies.load(Path(__file__).parents[2])
SCANNER = Scanner(NAMES)
SCHEMA = jsonschema.Draft202012Validator(json_schema(NAMES))
DAYS = ("2019", "2020", "2021", "2020-05", "2020-06", "2020-06-14", "2020-06-15", None)


class Case(NamedTuple):
    """A profile at an edge of a rule, and whether the rule lets it in."""

    profile: dict[str, Any]
    fits: bool


def profile(collection: str, held: Any) -> dict[str, Any]:
    """The profile in which a collection is this."""
    while collection:
        for step in reversed(COLLECTIONS[collection].steps):
            held = {step: held}
        collection = COLLECTIONS[collection].parent
        held = [held] if collection else held
    return {"id": "x", **held}


def amount_cases(leaf: Leaf, mark: Amount) -> Iterator[Case]:
    """Numbers at both ends and beside them, whole and broken ones, the greatest and negative."""
    ends = [float(end) for end in (mark.least, mark.most) if end < inf]
    near = {nextafter(end, to) for end in ends for to in (-inf, inf)}
    near |= {end + step for end in ends for step in (-1, -0.5, 0, 0.5, 1)}
    for number in sorted({*near, 2.0, 2.5, 1e308, -1e308}):
        above = number > mark.least if mark.above else number >= mark.least
        whole = number.is_integer() or not mark.whole
        in_map = {NAMES["language-parts"].codes[0]: number}
        held = in_map if leaf.steps == (1,) else [{leaf.steps[0]: number}]
        yield Case(profile(leaf.collection, held), above and number <= mark.most and whole)


def in_order(end: Any, begin: Any) -> bool:
    return None in (end, begin) or dates.parse(end)[1] >= dates.parse(begin)[0]


def not_twofold(day: Any, year: Any) -> bool:
    return None in (day, year)


def inside(inner: Any, outer: Any) -> bool:
    return None in (inner, outer) or inner.startswith(outer)


TOGETHER: dict[Relation, tuple[Callable[[Any, Any], bool], tuple[Any, ...], tuple[Any, ...]]] = {
    Relation.SINCE: (in_order, DAYS, DAYS),
    Relation.YEAR: (not_twofold, ("2020", "2020-06-15", None), (2020, None)),
    Relation.WITHIN: (inside, ("US-TX", "AU-QLD", None), ("US", "AU", "CN", None)),
}
"""For each relation when it holds, and values of the one field and of the other."""


def related_cases(leaf: Leaf, relation: Relation, other: str) -> Iterator[Case]:
    fits, ones, others = TOGETHER[relation]
    for one, beside in product(ones, others):
        element = {leaf.steps[0]: one, other: beside}
        yield Case(profile(leaf.collection, [element]), fits(one, beside))


def rules() -> dict[str, list[Case]]:
    """The edges of each rule of the model, by what it is about."""
    found: dict[str, list[Case]] = {}
    for path, leaf in LEAVES.items():
        if isinstance(leaf.mark, Amount):
            found[path] = list(amount_cases(leaf, leaf.mark))
        for relation, other in relations(leaf.mark):
            found[f"{path} {relation.name} {other}"] = list(related_cases(leaf, relation, other))
    return found


RULES = rules()


def written(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def exactly(document: dict[str, Any]) -> bool:
    try:
        examine(written(document), NAMES)
    except Refused:
        return False
    return True


def fast(document: dict[str, Any]) -> bool:
    record = reader(NAMES).decode(written(document))
    return record is not None and bool(valid(Facts.from_records([record], 0, NAMES))[0])


def columns(document: dict[str, Any]) -> bool:
    table = pa.Table.from_pylist([document], schema=arrow_schema())
    return bool(valid(Facts.from_arrow(table, 0, NAMES))[0])


def scanned(document: dict[str, Any]) -> bool:
    return bool(SCANNER(Lines.of([written(document)]).text)[1][0])


def plain(document: dict[str, Any]) -> bool:
    """Whether its numbers are of few digits: others are left to the other readers."""
    return not any(len(word) > 15 or "e+" in word or "e-" in word for word in _words(document))


def _words(document: dict[str, Any]) -> list[str]:
    return written(document).decode().replace("}", " ").replace("]", " ").split()


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("read", [exactly, fast, columns])
def test_a_reader_lets_in_what_a_rule_does(
    read: Callable[[dict[str, Any]], bool], rule: str
) -> None:
    """At each edge of each rule a reader takes what is declared, and nothing else."""
    assert {case.fits for case in RULES[rule]} == {True, False}
    for case in RULES[rule]:
        assert read(case.profile) == case.fits, case


@pytest.mark.parametrize("rule", RULES)
def test_the_scanner_takes_nothing_that_a_rule_refuses(rule: str) -> None:
    """What is scanned fits, and what fits and is plain is scanned."""
    for case in RULES[rule]:
        taken = scanned(case.profile)
        assert case.fits or not taken, case
        assert taken or not (case.fits and plain(case.profile)), case


@pytest.mark.parametrize("rule", [rule for rule in RULES if " " not in rule])
def test_the_schema_lets_in_the_amounts_that_a_rule_does(rule: str) -> None:
    """The published schema tells the ranges of numbers; how fields go together it cannot tell."""
    for case in RULES[rule]:
        assert SCHEMA.is_valid(case.profile) == case.fits, case


def test_each_relation_is_asked_of_some_field() -> None:
    """No relation is without a field, or none of its readers would be tested."""
    asked = {relation for leaf in LEAVES.values() for relation, _ in relations(leaf.mark)}
    assert asked == set(Relation) == set(TOGETHER)
