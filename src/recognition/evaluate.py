"""One or a few profiles decided, with everything said: the door that API, form and CLI share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, TypeVar

import orjson

from recognition import dates
from recognition.decide.decide import work_out
from recognition.explain.decision import Answer, written
from recognition.explain.explain import Explanation
from recognition.facts.facts import Facts, valid
from recognition.plan.question import Plan, Question, compiled, in_force
from recognition.problems import Problem, Refused
from recognition.profile.records import reader
from recognition.profile.validate import examine, normalised
from recognition.standard.library import Library

T = TypeVar("T")


def today() -> str:
    """The day of a decision when none is named."""
    return dt.datetime.now(dt.UTC).date().isoformat()


def day(written: str | None, pointer: str = "/as_of") -> int:
    """A day as it is written, today if none is; raises Refused for what is no whole date."""
    text = today() if written is None else written
    try:
        first, last = dates.parse(text)
    except ValueError as error:
        raise _no_day(pointer, str(error)) from None
    if first != last or first == dates.AFTER_ALL:
        raise _no_day(pointer, f"`{text}` is not one day")
    return first


def _no_day(pointer: str, detail: str) -> Refused:
    return Refused([Problem("not-a-date", pointer, detail, "write 2026-11-24")])


@lru_cache(maxsize=8)
def known(library: Library, known_on: str | None) -> Library:
    """The library as it was on a day; as it is if none is named."""
    return library if known_on is None else library.known_on(dates.iso(day(known_on, "/known_on")))


@lru_cache(maxsize=256)
def plan(library: Library, question: Question) -> Plan:
    """The plan of a question, kept, for the same questions come again."""
    return compiled(library, question)


def read(
    library: Library, profiles: Sequence[bytes | Mapping[str, Any]], on: int
) -> tuple[Facts, list[Mapping[str, Any]], list[Problem]]:
    """Profiles as columns and as the documents they were, and all that is wrong with them.

    What the fast reader takes, and whose columns hold together, need not be examined.
    """
    fast = reader(library.vocabularies)
    raw = [profile for profile in profiles if isinstance(profile, bytes)]
    records = fast.decode_all(raw)
    if len(raw) == len(profiles) and None not in records:
        facts = Facts.from_records(records, on, library.vocabularies)
        if valid(facts).all():
            read: list[Mapping[str, Any]] = [orjson.loads(document) for document in raw]
            return facts, read, []
    problems: list[Problem] = []
    examined = [_told(problems, partial(_examined, library, profile)) for profile in profiles]
    documents: list[Mapping[str, Any]] = [one for one in examined if one is not None]
    records = [fast.convert(dict(document)) for document in documents]
    return Facts.from_records(records, on, library.vocabularies), documents, problems


def _examined(library: Library, profile: bytes | Mapping[str, Any]) -> dict[str, Any]:
    return normalised(examine(profile, library.vocabularies))


def evaluate(
    library: Library,
    profile: bytes | Mapping[str, Any],
    standards: Sequence[str] = (),
    hosts: Sequence[str] = (),
    as_of: str | None = None,
    known_on: str | None = None,
) -> dict[str, Any]:
    """The decisions on one profile as in the contract, section 6.

    `profile` is JSON or a mapping; all standards and hosts if none is named; today if no day is.
    `known_on` asks what would have been answered on an earlier day, by the editions published then.
    Raises Refused with every problem of the profile, the standards, the hosts and the day.
    """
    return written(answer(library, profile, standards, hosts, as_of, known_on))


def answer(
    library: Library,
    profile: bytes | Mapping[str, Any],
    standards: Sequence[str] = (),
    hosts: Sequence[str] = (),
    as_of: str | None = None,
    known_on: str | None = None,
) -> Answer:
    """The same, before it is written as JSON."""
    return answers(library, [profile], standards, hosts, as_of, known_on)[0]


def answers(
    library: Library,
    profiles: Sequence[bytes | Mapping[str, Any]],
    standards: Sequence[str] = (),
    hosts: Sequence[str] = (),
    as_of: str | None = None,
    known_on: str | None = None,
) -> list[Answer]:
    """Several profiles at once; one plan, one batch, the same answers as one by one."""
    problems: list[Problem] = []
    on = _told(problems, lambda: day(as_of))
    books = _told(problems, lambda: known(library, known_on)) or library
    question = Question(tuple(standards), tuple(hosts))
    asked = _told(problems, lambda: plan(books, in_force(books, question, on or 0)))
    facts, documents, wrong = read(library, profiles, on or 0)
    if asked is None or on is None or problems or wrong:
        raise Refused([*problems, *wrong])
    explanation = Explanation(library, asked, work_out(asked, facts, library), facts)
    return [explanation.answer(row, document) for row, document in enumerate(documents)]


def _told(problems: list[Problem], make: Callable[[], T]) -> T | None:
    """What `make` makes; its problems are noted and nothing is made."""
    try:
        return make()
    except Refused as refused:
        problems.extend(refused.problems)
        return None
