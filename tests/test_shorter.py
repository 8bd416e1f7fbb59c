"""Shorter ways of writing are read as the longer ones they stand for, throughout the library."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

import world
from recognition.explain import applies
from recognition.rule.parse import parse
from recognition.rule.syntax import TRUTH
from recognition.standard import applying, editions
from recognition.standard.library import Library
from recognition.standard.model import Edition
from reference import verdict

HOST = {"host": True}
Json = dict[str, Any]


def _listed(written: Any) -> tuple[str, Any] | None:
    """The key and the hosts that say shorter where a criterion applies, if they can."""
    match written:
        case {"one_of": [{"host": True}, list(hosts)]}:
            return "hosts", hosts
        case {"not": {"one_of": [{"host": True}, list(hosts)]}}:
            return "except_hosts", hosts
    return None


def shorter(criterion: Mapping[str, Any]) -> Json:
    """A criterion with its hosts as a list, and with the rest of where it applies beside it."""
    made = copy.deepcopy(dict(criterion))
    written = made.pop("applies_when", None)
    if said := _listed(written):
        made[said[0]] = said[1]
    elif isinstance(written, dict) and (first := _listed(written.get("all", [None])[0])):
        made[first[0]], rest = first[1], written["all"][1:]
        made["applies_when"] = rest[0] if len(rest) == 1 else {"all": rest}
    elif written is not None:
        made["applies_when"] = written
    return made


def reread(library: Library, edition: Edition, criteria: list[Json]) -> Edition:
    """An edition with its criteria written otherwise."""
    problems: list[Any] = []
    document = {**edition.document, "criteria": criteria}
    file = edition.criteria[0].at.file
    made = editions.edition(
        document, file, edition.digest, library.names, library.sources, problems
    )
    assert problems == []
    return made


def _all(library: Library) -> Iterator[tuple[str, Edition]]:
    for id, standard in library.standards.items():
        for edition in standard.editions:
            yield id, edition


def test_hosts_are_read_as_what_applies_when_says_of_them(library: Library) -> None:
    """`hosts` and `except_hosts` make the same criteria as the longer expressions."""
    count = 0
    for _, edition in _all(library):
        criteria = [shorter(criterion) for criterion in edition.document["criteria"]]
        count += sum("hosts" in one or "except_hosts" in one for one in criteria)
        told = reread(library, edition, criteria).criteria
        for one, due in zip(told, edition.criteria, strict=True):
            flat = due.applies and due.applies.op == "all" and len(due.applies.args) > 2
            assert flat or one == due
    assert count > 150


def test_hosts_are_said_as_what_applies_when_says_of_them(library: Library) -> None:
    """The pages say of `hosts` what they say of the longer expression."""
    for _, edition in _all(library):
        for criterion in edition.document["criteria"]:
            if _listed(criterion.get("applies_when")):
                said = applying.expression(shorter(criterion))
                assert said == criterion["applies_when"]
                assert applies.words(library, said) != applies.OTHERWISE


@pytest.mark.parametrize("id", ["gb-engc-us-ncees", "apec-engineer", "washington-accord"])
def test_the_oracle_decides_by_hosts_as_by_what_they_stand_for(id: str) -> None:
    """The oracle finds the same verdict and statuses for editions that say hosts shorter."""
    standard = world.standards().standards[id]
    agreement = standard.agreement.document
    for case in world.cases(id):
        day = dt.date.fromisoformat(case["as_of"])
        asked = (agreement, case["profile"], day, case["host"], world._oracle())
        for edition in standard.editions:
            criteria = [shorter(criterion) for criterion in edition.document["criteria"]]
            document = {**edition.document, "criteria": criteria}
            assert verdict(document, *asked) == verdict(edition.document, *asked)


def test_the_day_of_reading_is_that_of_the_sources(library: Library) -> None:
    """A criterion that does not say when its source was read takes the source's day."""
    for _, edition in _all(library):
        sources = [[library.sources[s] for s in one.sources] for one in edition.criteria]
        if all("read_on" in source for cited in sources for source in cited):
            criteria = [dict(criterion) for criterion in edition.document["criteria"]]
            for criterion in criteria:
                del criterion["read_on"]
            days = [min(source["read_on"] for source in cited) for cited in sources]
            told = reread(library, edition, criteria).criteria
            assert [one.read_on for one in told] == days


def tabled(written: Any) -> Any:
    """The same expression with calls of one rule, one after the other, as a table."""
    if isinstance(written, list):
        return [tabled(part) for part in written]
    if not isinstance(written, dict):
        return written
    made = {key: tabled(part) for key, part in written.items()}
    for form in ("any", "all"):
        if isinstance(made.get(form), list) and (table := _table(made[form])):
            made[form] = table
    return made


def _table(calls: list[Any]) -> Json | None:
    names = {(str(c.get("rule")), *c.get("with", {})) for c in calls if isinstance(c, dict)}
    if len(names) != 1 or len(calls) < 3 or not all("with" in call for call in calls):
        return None
    (first, *others) = [call["with"] for call in calls]
    columns = [key for key in first if any(other[key] != first[key] for other in others)]
    given = {key: {"parameter": key} if key in columns else first[key] for key in first}
    rows = [[call["with"][key] for key in columns] for call in calls]
    return {"for": columns, "in": rows, "is": {"rule": calls[0]["rule"], "with": given}}


def test_a_table_is_read_as_the_calls_that_it_stands_for(library: Library) -> None:
    """Calls of one rule after another and a table of what they are given are one expression."""
    count = 0
    for _, edition in _all(library):
        for criterion in edition.document["criteria"]:
            made = tabled(criterion["rule"])
            if "subject" not in criterion and made != criterion["rule"]:
                count += 1
                one, due = (parse(w, TRUTH, library.names) for w in (made, criterion["rule"]))
                assert one == due
    assert count >= 3
