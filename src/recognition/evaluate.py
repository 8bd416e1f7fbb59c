"""One or a few profiles decided, with everything said: the door that API, form and CLI share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import orjson

from recognition import dates
from recognition.decide import Plan, Question, compiled, work_out
from recognition.examine import examine, normalised
from recognition.explain import Explanation
from recognition.facts import Facts
from recognition.problems import Problem, Refused
from recognition.records import Record, reader
from recognition.standard.library import Library


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


def record(
    library: Library, profile: bytes | Mapping[str, Any]
) -> tuple[Record, Mapping[str, Any]]:
    """A profile as a record, and as the document it was; raises Refused with all problems."""
    examined = normalised(examine(profile, library.vocabularies))
    return reader(library.vocabularies).convert(examined), examined


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
    asked = _told(problems, lambda: plan(library, Question(tuple(standards), tuple(hosts))))
    read = [
        _told(problems, lambda profile=profile: record(library, profile)) for profile in profiles
    ]
    if problems or asked is None or on is None:
        raise Refused(problems)
    facts = Facts.from_records([one[0] for one in read if one], on, library.vocabularies)
    explanation = Explanation(library, asked, work_out(asked.steps, facts, library), facts)
    return [explanation.decisions(row, one[1]) for row, one in enumerate(read) if one]


def _told(problems: list[Problem], make: Any) -> Any:
    """What `make` makes; its problems are noted and nothing is made."""
    try:
        return make()
    except Refused as refused:
        problems.extend(refused.problems)
        return None


def encoded(decisions: Any) -> bytes:
    """Decisions as JSON bytes."""
    return orjson.dumps(decisions)


__all__ = ["day", "encoded", "evaluate", "evaluate_all", "msgspec", "plan", "record", "today"]
