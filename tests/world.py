"""The small world of the laws, twice: as the oracle takes it, and as columns take it."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

from expressions import AGREEMENTS, RULES
from recognition import dates
from recognition.counting import Span
from recognition.decide.decide import decide, value_of
from recognition.decide.statuses import VERDICTS
from recognition.facts.facts import Facts
from recognition.plan.plan import Plan
from recognition.plan.question import Question, compiled
from recognition.profile.canonical import canonical
from recognition.profile.model import Profile
from recognition.profile.records import reader
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.profile.validate import examine, normalised
from recognition.profile.vocabulary import Vocabularies
from recognition.rule.names import NamedRule, Names
from recognition.rule.parse import parse
from recognition.standard import library as libraries
from recognition.standard import load
from recognition.standard.library import PERIODS, Library
from recognition.standard.parties import Tables
from reference import ANY, NOWHERE, World, verdict

HOME = libraries.home()
EARLY = dt.date(1900, 1, 1).toordinal()


@cache
def vocabularies() -> Vocabularies:
    """The project's own vocabularies."""
    return Vocabularies.load(HOME)


def homes(known: Vocabularies) -> dict[str, frozenset[str]]:
    """The entries of the vocabularies, each with its countries."""
    return {
        code: frozenset(place.partition("-")[0] for place in _written(entry) if place)
        for vocabulary in known.named.values()
        for code, entry in vocabulary.details.items()
    }


def _written(entry: Any) -> Sequence[str]:
    return entry.get("countries") or [entry.get("place") or ""]


ORACLE = World(
    RULES,
    AGREEMENTS,
    {"US-TX": "US", "US-NC": "US", "AU-QLD": "AU"},
    {"ICE": "EngC"},
    homes(vocabularies()),
)


@cache
def library() -> Library:
    """A library of the small world's rules and agreements, without standards."""
    agreements = {id: load.agreement(_whole(id), id, []) for id in AGREEMENTS}
    rules = {
        name: NamedRule(name, rule["is"], rule.get("parameters", {}), {}, "rules.json")
        for name, rule in RULES.items()
    }
    kinds = {path: libraries._kind(path) for path in LEAVES}
    names = Names(
        {path: kind for path, kind in kinds.items() if kind},
        {path: held.parent for path, held in COLLECTIONS.items()},
        PERIODS,
        vocabularies().named,
        rules,
        tuple(agreements),
    )
    tables = Tables(vocabularies(), {id: made.parties for id, made in agreements.items()})
    return Library(HOME, vocabularies(), rules, {}, {}, {}, {}, names, tables)


def _whole(id: str) -> dict[str, Any]:
    """An agreement's document with the parts that decide nothing."""
    parties = [
        {
            **party,
            "status": [{**held, "source": "s", "confidence": "high"} for held in party["status"]],
        }
        for party in AGREEMENTS[id]["parties"]
    ]
    return {"id": id, "title": {"en": id, "zh": id}, "effect": "none", "parties": parties}


def facts(profiles: Sequence[Any], days: Sequence[dt.date]) -> Facts:
    """Profiles as columns, each decided on a day of its own."""
    read = reader(vocabularies())
    records = [
        read.decode(json.dumps(profile).encode())
        or read.convert(normalised(examine(profile, vocabularies()).profile))
        for profile in profiles
    ]
    as_of = np.array([dates.day(day) for day in days], np.int32)
    return Facts.from_records(records, as_of, vocabularies())


def columns(expression: Any, kind: str, batch: Facts, host: str | None) -> list[Any]:
    """The bounds of an expression on each row of a batch, as the oracle writes them.

    Worked out in stacks and step by step, they are the same.
    """
    node = parse(expression, "code:places" if kind == "code" else kind, library().names)
    ways = [value_of(node, batch, library(), host, few) for few in (batch.rows, 0)]
    one, other = (_rows(value, kind, batch.rows) for value in ways)
    assert one == other, "stacks and single steps differ"
    return one


def _rows(value: Any, kind: str, rows: int) -> list[Any]:
    if kind == "span":
        ends = [_spans(end, rows) for end in value]
    else:
        ends = [np.broadcast_to(end, rows).tolist() for end in value]
    return [_WRITTEN[kind](lo, hi) for lo, hi in zip(*ends, strict=True)]


def _spans(span: Span, rows: int) -> list[tuple[int, int]]:
    first, days = (np.broadcast_to(part, rows).tolist() for part in span[:2])
    return list(zip(first, days, strict=True))


def _day(number: int) -> float:
    if number in (dates.BEFORE_ALL, dates.AFTER_ALL):
        return math.copysign(math.inf, number)
    return number + dt.date(1970, 1, 1).toordinal()


def _code(lo: int, hi: int) -> str:
    if lo != hi:
        return ANY
    return NOWHERE if lo == -1 else vocabularies()["places"].entry(lo)


def _span(*ends: tuple[int, int]) -> Any:
    return early(
        [(int(_day(max(first, -(2**29)))), days) if days else (None, 0) for first, days in ends],
        "span",
    )


def early(told: Any, kind: str) -> Any:
    """Bounds as they are compared: how many days a span has that began before 1900 is not told."""
    if kind != "span":
        return told
    return tuple(
        ("early", "many") if days and first <= EARLY else (first if days else None, days)
        for first, days, *_ in told
    )


_WRITTEN: dict[str, Any] = {
    "truth": lambda lo, hi: (lo, hi),
    "number": lambda lo, hi: (lo, hi),
    "date": lambda lo, hi: (_day(lo), _day(hi)),
    "code": _code,
    "span": _span,
}


# --- the standards themselves


@cache
def standards() -> Library:
    """The project's own library."""
    return Library.load()


@cache
def _plan(standard: str, host: str | None) -> Plan:
    return compiled(standards(), Question((standard,), (host,) if host else ()))


def verdicts(standard: str, host: str | None, profiles: Sequence[Any], day: dt.date) -> list[str]:
    """The verdicts of a standard on profiles, for one host; none where no host can be asked."""
    batch = facts(profiles, [day] * len(profiles))
    lines = decide(_plan(standard, host), batch, standards())
    return [VERDICTS[verdict] for line in lines for verdict in line.verdict]


STANDARDS = sorted(path.parent.name for path in HOME.glob("standards/*/agreement.json"))


def cases(standard: str) -> Iterator[Any]:
    """The cases written beside a standard."""
    path = HOME / "standards" / standard / "cases.jsonl"
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        yield json.loads(line)


@cache
def _oracle() -> World:
    """The project's rules, agreements, places and bodies as the oracle takes them."""
    made = standards()
    places, bodies = (made.vocabularies[name].details for name in ("places", "bodies"))
    return World(
        {
            name: {"is": rule.body, "parameters": rule.parameters}
            for name, rule in made.rules.items()
        },
        {id: standard.agreement.document for id, standard in made.standards.items()},
        {code: place["in"] for code, place in places.items() if "in" in place},
        {code: body["acts_for"] for code, body in bodies.items() if "acts_for" in body},
        homes(made.vocabularies),
    )


def oracle_verdict(standard: str, host: str | None, profile: Any, day: dt.date) -> str:
    """The oracle's verdict: that of the edition which comes furthest; none that was corrected."""
    asked = standards().standards[standard]
    corrected = {edition.document.get("corrects") for edition in asked.editions}
    known = canonical(Profile, profile, vocabularies())
    told = [
        verdict(edition.document, asked.agreement.document, known, day, host, _oracle())[0]
        for edition in asked.editions
        if edition.version not in corrected
    ]
    return max(told, key=VERDICTS.index, default="ineligible")
