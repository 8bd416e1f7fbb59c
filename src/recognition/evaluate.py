"""One or a few profiles decided, with everything said: the door that API, form and CLI share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, TypeVar

import orjson

from recognition import dates
from recognition.decide import Plan, Question, compiled, in_force, work_out
from recognition.examine import examine, normalised
from recognition.explain import Explanation
from recognition.facts import Facts, valid
from recognition.problems import Problem, Refused
from recognition.records import reader
from recognition.standard.library import Library

T = TypeVar("T")


def today() -> str:
    """The day of a decision when none is named."""
    return dt.datetime.now(dt.UTC).date().isoformat()


def day(as_of: str | None) -> int:
    """`as_of` as a day; raises Refused for what is no whole date."""
    try:
        first, last = dates.parse(as_of or today())
    except ValueError as error:
        raise Refused([Problem("not-a-date", "/as_of", str(error), "write 2026-11-24")]) from None
    if first != last or first == dates.AFTER_ALL:
        raise Refused(
            [Problem("not-a-date", "/as_of", f"`{as_of}` is not one day", "write 2026-11-24")]
        )
    return first


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
    raw = [profile if isinstance(profile, bytes) else orjson.dumps(profile) for profile in profiles]
    records = fast.decode_all(raw)
    if None not in records:
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
) -> dict[str, Any]:
    """The decisions on one profile as in the contract, section 6.

    `profile` is JSON or a mapping; all standards and hosts if none is named; today if no day is.
    Raises Refused with every problem of the profile, the standards, the hosts and the day.
    """
    return evaluate_all(library, [profile], standards, hosts, as_of)[0]


def evaluate_all(
    library: Library,
    profiles: Sequence[bytes | Mapping[str, Any]],
    standards: Sequence[str] = (),
    hosts: Sequence[str] = (),
    as_of: str | None = None,
) -> list[dict[str, Any]]:
    """Several profiles at once; one plan, one batch, the same answers as one by one."""
    problems: list[Problem] = []
    on = _told(problems, lambda: day(as_of))
    question = Question(tuple(standards), tuple(hosts))
    asked = _told(problems, lambda: plan(library, in_force(library, question, on or 0)))
    facts, documents, wrong = read(library, profiles, on or 0)
    if asked is None or on is None or problems or wrong:
        raise Refused([*problems, *wrong])
    explanation = Explanation(library, asked, work_out(asked.steps, facts, library), facts)
    return [explanation.decisions(row, document) for row, document in enumerate(documents)]


def _told(problems: list[Problem], make: Callable[[], T]) -> T | None:
    """What `make` makes; its problems are noted and nothing is made."""
    try:
        return make()
    except Refused as refused:
        problems.extend(refused.problems)
        return None


def encoded(decisions: Any) -> bytes:
    """Decisions as JSON bytes."""
    return orjson.dumps(decisions)
