"""What is assumed is as if it had been stated, is told, and is never assumed unasked."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings

import strategies
import world
from recognition import dates
from recognition.evaluate import answer, answers
from recognition.explain.decision import Decision, Finding
from recognition.facts.assumptions import FIELDS, MOST, Assumptions, read
from recognition.facts.facts import Facts
from recognition.facts.supposed import supposing
from recognition.problems import Refused
from recognition.profile.model import Text
from recognition.profile.records import arrow_schema
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.profile.validate import examine
from recognition.standard.library import Library
from strategies import Json, randoms

quick = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
TODAY = dt.date(2024, 2, 29)


# --- the law: an assumption is the fact, filled in where it is missing


def assumed(random: Random, count: int = 3) -> Json:
    """Some assumptions that fit together."""
    some: Json = {}
    for _ in range(random.randint(1, count)):
        path, value = _one(random)
        try:
            read({**some, path: value}, world.vocabularies())
        except Refused:
            continue
        some[path] = value
    return some


def _one(random: Random) -> tuple[str, Any]:
    if random.random() < 0.1:
        return f"attestations.{random.choice(strategies.ATTESTATIONS)}", random.random() < 0.5
    if random.random() < 0.1:
        return "conduct.bound_by_code", random.random() < 0.5
    collection = random.choice([name for name in strategies.SHAPE if name not in strategies.PLAIN])
    name = random.choice(list(strategies.SHAPE[collection]))
    around = {"country": random.choice(strategies.COUNTRIES)} if name == "region" else {}
    return f"{collection}.{name}", strategies.fitting(random, collection, name, around)


def filled(profile: Json, some: Json) -> Json:
    """The profile with facts filled in wherever they are missing and go with what is there."""
    made = copy.deepcopy(profile)
    for path, value in some.items():
        for before, after in zip(_holders(profile, path), _holders(made, path), strict=True):
            if _missing(before, path) and _fits(before, path, value):
                after[path.rpartition(".")[2]] = value
    return made


def _holders(profile: Json, path: str) -> Iterator[Json]:
    """The objects that have a field, or should."""
    *heads, _ = path.split(".")
    if heads in (["attestations"], ["conduct"]):
        if profile.get(heads[0]) is None:
            profile[heads[0]] = {}
        yield profile[heads[0]]
        return
    several: list[Any] = [profile]
    for step in heads:
        held = [one.get(step) for one in several]
        several = [one for list_ in held for one in (list_ if isinstance(list_, list) else [list_])]
        several = [one for one in several if one is not None]
    yield from several


def _missing(holder: Json, path: str) -> bool:
    name = path.rpartition(".")[2]
    if path == "degrees.delivered_in" and name not in holder:
        return holder.get("country") is None
    if path in ("cpd.from", "cpd.until") and holder.get("year") is not None:
        return False
    return holder.get(name) is None


def _fits(holder: Json, path: str, value: Any) -> bool:
    """Whether an element may have the field beside its others."""
    *heads, name = path.split(".")
    element: Any = {**holder, name: value}
    walked = ""
    if heads == ["attestations"]:
        return True
    wrapped = [".".join(heads[: i + 1]) for i in range(len(heads))]
    for walked in reversed(wrapped):
        element = {walked.rpartition(".")[2]: [element] if walked in COLLECTIONS else element}
    try:
        examine({"id": "x", **element}, world.vocabularies())
    except Refused:
        return False
    return True


def columns(facts: Facts) -> dict[str, Any]:
    """Everything that is known of profiles."""
    paths = [path for path, leaf in LEAVES.items() if not isinstance(leaf.mark, Text)]
    told = {path: [end.tolist() for end in facts.field(path)] for path in paths}
    said = {
        kind: [end.tolist() for end in facts.attested(kind)] for kind in strategies.ATTESTATIONS
    }
    return {**told, **said}


def records(profiles: list[Json]) -> Facts:
    return world.facts(profiles, [TODAY] * len(profiles))


def arrow(profiles: list[Json]) -> Facts:
    table = pa.Table.from_pylist(profiles, arrow_schema())
    return Facts.from_arrow(table, dates.day(TODAY), world.vocabularies())


def absent_no_more(profile: Json) -> Json:
    """A profile as a table has it: no key is absent there."""
    for degree in profile.get("degrees") or ():
        degree.setdefault("delivered_in", None)
    return profile


@quick
@given(randoms)
def test_an_assumption_is_the_same_as_the_fact_filled_in(random: Random) -> None:
    """All that is known of profiles with assumptions is what it is with the facts filled in."""
    profiles, some = [strategies.profile(random) for _ in range(3)], assumed(random)
    supposed = supposing(records(profiles), read(some, world.vocabularies()))
    due = [filled(profile, some) for profile in profiles]
    assert columns(supposed) == columns(records(due)), json.dumps([some, profiles])


@quick
@given(randoms)
def test_an_assumption_is_the_same_in_a_table(random: Random) -> None:
    """Tables of profiles are filled in as records are."""
    profiles = [absent_no_more(strategies.profile(random)) for _ in range(3)]
    some = assumed(random)
    supposed = supposing(arrow(profiles), read(some, world.vocabularies()))
    due = [absent_no_more(filled(profile, some)) for profile in profiles]
    assert columns(supposed) == columns(arrow(due)), json.dumps([some, profiles])


def decided(library: Library, profiles: list[Json], some: Any) -> list[Decision]:
    told = answers(library, profiles, (), ("AU",), TODAY.isoformat(), assume=some)
    return [decision for one in told for decision in one.decisions]


@pytest.mark.parametrize("seed", range(3))
def test_verdicts_are_those_of_the_facts_filled_in(library: Library, seed: int) -> None:
    """Under every standard: the verdicts, and the statuses of all criteria."""
    random = Random(seed)
    profiles, some = [strategies.profile(random) for _ in range(2)], assumed(random, 6)
    due = decided(library, [filled(profile, some) for profile in profiles], ())
    for one, other in zip(decided(library, profiles, some), due, strict=True):
        assert one.verdict == other.verdict
        assert [f.status for f in one.findings] == [f.status for f in other.findings]


def _read(found: Finding) -> tuple[Any, ...]:
    return found.criterion, found.status, found.measured, found.missing


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_decision_that_lists_no_assumption_is_the_same_without(
    library: Library, seed: int
) -> None:
    """And one that lists any says so by its confidence, and names the fact if it settles it."""
    random = Random(seed)
    profiles, some = [strategies.profile(random) for _ in range(6)], assumed(random, 12)
    pairs = zip(decided(library, profiles, some), decided(library, profiles, ()), strict=True)
    resting = 0
    for one, plain in pairs:
        assert plain.assumed == []
        if not one.assumed:
            assert one.verdict == plain.verdict
            assert one.would_settle == plain.would_settle
            assert list(map(_read, one.findings)) == list(map(_read, plain.findings))
            continue
        resting += 1
        assert one.confidence == "assumed"
        if plain.verdict == "undetermined":
            assert {told.pointer for told in one.assumed} <= {*one.would_settle}
        else:
            assert one.verdict == plain.verdict
            assert one.would_settle == []
    assert resting


def test_nothing_is_assumed_unless_it_is_asked_for() -> None:
    """Facts with no assumptions are those facts themselves."""
    facts = records([{"id": "x"}])
    assert supposing(facts, Assumptions()) is facts


# --- what is filled in, one by one


FTE = {"experience.fte": 1}


@pytest.mark.parametrize(
    ("profile", "some", "share"),
    [
        ({"experience": [{"fte": None}, {}, {"fte": 0.5}]}, FTE, [[1, 1], [1, 1], [0.5, 0.5]]),
        ({"experience": None}, FTE, [[0, 1]]),
        ({"experience": []}, FTE, []),
    ],
)
def test_a_value_that_is_given_stays_and_an_unknown_list_stays_unknown(
    profile: Json, some: Json, share: list[list[float]]
) -> None:
    """Only elements that are there, and say nothing, are filled in."""
    facts = supposing(records([{"id": "x", **profile}]), read(some, world.vocabularies()))
    assert np.stack(facts.field("experience.fte"), axis=1).tolist() == share


@pytest.mark.parametrize(
    ("element", "some"),
    [
        ({"from": "2020"}, {"experience.from": "2001"}),
        ({"from": "2020"}, {"experience.until": "2019-12-31"}),
        ({"until": "2020"}, {"experience.from": "2021"}),
        ({"country": "CN"}, {"experience.region": "US-TX"}),
        ({"region": "US-TX"}, {"experience.country": "CN"}),
    ],
)
def test_what_is_stated_is_never_contradicted(element: Json, some: Json) -> None:
    """A coarse day stays coarse; no end comes before its beginning, no region lies abroad."""
    plain = records([{"id": "x", "experience": [element]}])
    assert columns(supposing(plain, read(some, world.vocabularies()))) == columns(plain)


# --- what may be assumed


def refused(given: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as told:
        read(given, world.vocabularies())
    return [(problem.pointer, problem.code) for problem in told.value.problems]


def test_what_is_typed_is_read_as_in_a_cell() -> None:
    """By the field's mark, names in either language too; an object says the same."""
    typed = read(
        ["experience.fte = 100%", "degrees.level=学士", "attestations.application-complete=是"],
        world.vocabularies(),
    )
    assert typed == read(
        {
            "experience.fte": 1.0,
            "degrees.level": "bachelor",
            "attestations.application-complete": True,
        },
        world.vocabularies(),
    )


def test_each_thing_that_cannot_be_assumed_is_told_where_it_stands() -> None:
    """All at once, with the field that may have been meant."""
    given = {
        "experience.ftee": 1,
        "experience.fte": 2,
        "degrees.title": "BEng",
        "degrees": [],
        "cpd.year": 2020,
        "degrees.years": None,
        "birth_date": 1988,
        "attestations.no/such": True,
        "registrations.body": "A Body Nobody Knows",
    }
    assert sorted(refused(given)) == [
        ("/assume/attestations.no~1such", "no-such-code"),
        ("/assume/birth_date", "wrong-type"),
        ("/assume/cpd.year", "unknown-field"),
        ("/assume/degrees", "unknown-field"),
        ("/assume/degrees.title", "unknown-field"),
        ("/assume/degrees.years", "wrong-type"),
        ("/assume/experience.fte", "too-large"),
        ("/assume/experience.ftee", "unknown-field"),
    ]
    assert refused({"registrations.body": "A Body Nobody Knows"}) == [
        ("/assume/registrations.body", "unknown-name")
    ]
    assert refused({"registrations.title": "MHKIE"}) == [
        ("/assume/registrations.title", "implies-more")
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (5, [("/assume", "wrong-type")]),
        ("experience.fte=1", [("/assume", "wrong-type")]),
        ([7, "experience.fte"], [("/assume/0", "wrong-type"), ("/assume/1", "wrong-type")]),
        (["experience.fte=1", "experience.fte=0.5"], [("/assume/1", "two-forms")]),
        (["experience.fte=1"] * (MOST + 1), [("/assume", "too-many")]),
        (["experience.fte="], [("/assume/0", "wrong-type")]),
    ],
)
def test_what_is_no_assumption_is_told(given: Any, told: list[tuple[str, str]]) -> None:
    """Neither an object nor a list of texts, one thing twice, too many."""
    assert refused(given) == told


def test_assumptions_go_together() -> None:
    """What could not stand in one profile is not assumed together."""
    assert refused({"experience.from": "2020", "experience.until": "2019"}) == [
        ("/assume/experience.until", "end-before-start")
    ]


@pytest.mark.parametrize("path", FIELDS)
def test_every_field_that_decides_can_be_written(path: str) -> None:
    """No path needs a hint at another, and no value of the wrong kind is taken."""
    assert refused({path: {}})[0][0] == f"/assume/{path}"


# --- what is told


PART = {"from": "2001-01-01", "until": ".."}


def test_what_was_assumed_is_told_with_where_it_mattered(library: Library) -> None:
    """In both languages, with the criteria that rest on it; the document shows nothing of it."""
    profile = {"id": "x", "experience": [{"fte": 0.5, **PART}, {**PART}]}
    [told] = answer(library, profile, ["ipea"], ["AU"], "2026-11-23", assume=FTE).decisions
    [one] = told.assumed
    assert (one.pointer, one.value, one.criteria) == (
        "/experience/1/fte",
        1,
        ["experience", "responsible-charge"],
    )
    assert one.text["en"].startswith("the share of full time of your second job is taken to be 1 (")
    assert one.text["zh"].startswith("您第二段工作经历的全时比例按“1”计（涉及：")
    assert "/experience/1/fte" in told.would_settle


def test_statements_and_codes_are_told_in_words(library: Library) -> None:
    """A statement by its label, an entry by its name, an open end as such."""
    profile = {"id": "x", "experience": [{"from": "2001"}], "degrees": [{"awarded_on": "2000"}]}
    some = ["attestations.consents-to-listing=no", "experience.until=..", "degrees.country=AU"]
    told = answer(library, profile, assume=some, as_of="2026-11-23")
    said = {one.text[lang] for d in told.decisions for one in d.assumed for lang in ("en", "zh")}
    starts = (
        "it is taken not to hold: ",
        "按不属实计：",
        "the end of your first job is taken to be open",
    )
    for start in (*starts, "the country of your first degree is taken to be Australia"):
        assert any(text.startswith(start) for text in said), start
