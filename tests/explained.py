"""What a standard of one criterion finds: how the tables of explanations are run."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from recognition.evaluate import evaluate
from recognition.standard import editions
from recognition.standard.library import Library
from recognition.standard.model import Standard

AS_OF = "2024-01-01"
WORDS = {"requirement": {"en": "This is asked", "zh": "要求如此"}}
TABLES = Path(__file__).parent / "conformance/explanations"


def entries(table: str) -> list[Any]:
    """A table's entries as parameters, each with its rule put in."""
    written = json.loads((TABLES / f"{table}.json").read_text("utf-8"))
    rules = written["rules"]
    told = [{**one, "rule": rules.get(str(one["rule"]), one["rule"])} for one in written["entries"]]
    return [pytest.param(one, id=one["name"]) for one in told]


def found(books: Library, entry: dict[str, Any]) -> dict[str, Any]:
    """What is found of an entry, in the words of its `is`."""
    words = entry.get("words", WORDS)
    told = finding(books, entry["rule"], entry["profile"], entry.get("subject", ""), words)
    return {key: told["text"].get(key, told.get(key)) for key in entry["is"]}


def finding(
    books: Library, rule: Any, profile: dict[str, Any], in_: str = "", words: Any = WORDS
) -> dict[str, Any]:
    """The finding on a standard of one criterion; it is about an element of `in_` if named."""
    (one,) = decision(books, [rule], profile, in_, words)["findings"]
    found: dict[str, Any] = one
    return found


def decision(
    books: Library,
    rules: list[Any],
    profile: dict[str, Any],
    in_: str = "",
    words: Any = WORDS,
    changes: Mapping[int, Mapping[str, Any]] = MappingProxyType({}),
    assume: Any = (),
) -> dict[str, Any]:
    """The decision on a standard of criteria `asked-0` and so on, some of them changed."""
    made = standing(books, rules, in_, words, changes)
    told = evaluate(made, {"id": "x", **profile}, ["yonder"], (), AS_OF, assume=assume)
    one: dict[str, Any] = told["decisions"][0]
    return one


def standing(
    books: Library,
    rules: list[Any],
    in_: str = "",
    words: Any = WORDS,
    changes: Mapping[int, Mapping[str, Any]] = MappingProxyType({}),
) -> Library:
    """The library with that standard alone."""
    document = copy.deepcopy(dict(books.standards["yonder"].editions[0].document))
    criteria = [
        {**_criterion(document, number, rule, in_, words), **changes.get(number, {})}
        for number, rule in enumerate(rules)
    ]
    document |= {"criteria": criteria, "subjects": {"it": {"in": in_}} if in_ else {}}
    problems: list[Any] = []
    edition = editions.edition(document, "yonder.json", "", books.names, books.sources, problems)
    assert problems == []
    standard = Standard(books.standards["yonder"].agreement, (edition,))
    return replace(books, standards={"yonder": standard})


def _criterion(
    document: dict[str, Any], number: int, rule: Any, in_: str, words: Any
) -> dict[str, Any]:
    """A criterion with a rule and words of its own; without words the rule's are said."""
    criterion = {**document["criteria"][7], "id": f"asked-{number}", "rule": rule}
    criterion.pop("words", None)
    return criterion | ({"words": words} if words else {}) | ({"subject": "it"} if in_ else {})
