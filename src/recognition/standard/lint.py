"""What a library as a whole must keep to, beyond what each document says by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from recognition import dates
from recognition.problems import Problem
from recognition.rule.binding import Host, bound
from recognition.rule.syntax import At, Node
from recognition.standard import languages, links, lock, succession, ties, together
from recognition.standard.library import Library
from recognition.standard.links import agreement_at
from recognition.standard.lock import publish
from recognition.standard.model import Criterion, Edition, Party, Period, Standard
from recognition.standard.together import ALWAYS, NEVER

STALE = 366
"""Days after which a source should be read again."""

__all__ = ["problems", "publish", "remarks"]


def problems(library: Library, today: dt.date | None = None) -> list[Problem]:
    """Everything that makes a library, read with its drafts, unfit to be published."""
    found: list[Problem] = []
    for standard in library.standards.values():
        found += _editions(standard)
        for i, party in enumerate(standard.agreement.parties):
            found += _overlaps(party, agreement_at(standard).down("parties", i))
        for edition in standard.editions:
            found += _criteria(library, standard, edition)
    found += links.problems(library)
    found += languages.problems(library)
    found += lock.problems(library)
    return found


def remarks(library: Library, today: dt.date | None = None) -> list[Problem]:
    """What an author should know, though it is no fault."""
    found: list[Problem] = []
    for standard in library.standards.values():
        found += _stale(standard, today or dt.date.today())
        found += _caseless(library, standard)
        found += _one_way(standard)
        for i, party in enumerate(standard.agreement.parties):
            found += _gaps(party, agreement_at(standard).down("parties", i))
    found += _stale_sources(library, today or dt.date.today())
    found += links.remarks(library)
    found += languages.remarks(library)
    return found


# --- days


def _editions(standard: Standard) -> Iterator[Problem]:
    """An agreement has an edition, and no two are in force on the same day for certain."""
    if not standard.editions:
        detail, hint = "the agreement has no edition", "add one beside agreement.json"
        yield Problem("missing", "", detail, hint, agreement_at(standard).file)
    live = [edition for edition in standard.editions if edition.in_force != succession.NEVER]
    for before, after in pairwise(live):
        at = At(f"standards/{standard.id}/{after.version}.json").down("in_force", "from")
        if _overlap(before.in_force, after.in_force):
            detail = (
                f"in force from {dates.iso(after.in_force.first[1])}, while `{before.version}` is "
                f"in force until {dates.iso(before.in_force.last[0])}"
            )
            yield Problem("overlap", at.pointer, detail, "", at.file)
        elif _gap(before.in_force, after.in_force):
            detail = f"no edition is in force between `{before.version}` and this one"
            yield Problem("gap", at.pointer, detail, "", at.file)


def _overlap(before: Period, after: Period) -> bool:
    """Some day surely belongs to both."""
    return after.first[1] <= before.last[0] and before.first[1] <= after.last[0]


def _gap(before: Period, after: Period) -> bool:
    """Some day between them surely belongs to neither."""
    return after.first[0] > before.last[1] + 1


def _overlaps(party: Party, at: At) -> Iterator[Problem]:
    """A party has one status at a time."""
    for i, later in enumerate(party.history):
        for earlier in party.history[:i]:
            if _overlap(earlier.period, later.period):
                here = at.down("status", i)
                detail = f"`{party.place}` is `{earlier.status}` and `{later.status}` on one day"
                yield Problem("overlap", here.pointer, detail, "end the earlier", here.file)


def _gaps(party: Party, at: At) -> Iterator[Problem]:
    """A party that was nothing for a while may have been; more often a date is wrong."""
    held = sorted(party.history, key=lambda status: status.period.first)
    for before, after in pairwise(held):
        if _gap(before.period, after.period):
            last, first = dates.iso(before.period.last[1]), dates.iso(after.period.first[0])
            detail = f"`{party.place}` has no status between {last} and {first}"
            yield Problem("gap", at.down("status").pointer, detail, "", at.file)


def _stale(standard: Standard, today: dt.date) -> Iterator[Problem]:
    for edition in standard.editions:
        for criterion, written in zip(edition.criteria, edition.document["criteria"], strict=True):
            if "read_on" not in written:  # its sources are told of by themselves
                continue
            if (age := _age(criterion.read_on, today)) > STALE:
                at = criterion.at.down("read_on")
                detail = f"the source of `{criterion.id}` was read {age} days ago"
                yield Problem("stale", at.pointer, detail, "read it again", at.file)


def _stale_sources(library: Library, today: dt.date) -> Iterator[Problem]:
    for i, source in enumerate(library.sources.values()):
        age = _age(source["read_on"], today) if "read_on" in source else 0
        if age > STALE:
            at = links.SOURCES.down("sources", i, "read_on")
            detail = f"the source `{source['id']}` was read {age} days ago"
            yield Problem("stale", at.pointer, detail, "read it again", at.file)


def _age(read_on: str, today: dt.date) -> int:
    return (today - dt.date.fromisoformat(read_on)).days


# --- criteria, cases, reciprocity


def _criteria(library: Library, standard: Standard, edition: Edition) -> Iterator[Problem]:
    """Each criterion can turn a decision; one alone may be settled, for then the edition is."""
    if len(edition.criteria) == 1:
        return
    hosts = together.hosts(standard.agreement, library.vocabularies)
    said: dict[tuple[Node, Node | None, str], str] = {}
    for criterion in edition.criteria:
        same = said.setdefault((criterion.rule, criterion.applies, criterion.subject), criterion.id)
        outcomes = {_outcome(criterion, host) for host in hosts}
        if outcomes in ({ALWAYS}, {NEVER}):
            detail = f"the criterion `{criterion.id}` can never decide"
        elif same != criterion.id:
            detail = f"the criterion `{criterion.id}` asks what `{same}` asks"
        else:
            continue
        at = criterion.at.down("rule")
        yield Problem("never-decides", at.pointer, detail, "", at.file)


def _outcome(criterion: Criterion, host: Host | None) -> Node:
    """What is left to ask for a host: what does not apply to it is met, as what always is."""
    applies = together.applies(criterion, host)
    if applies == NEVER:
        return ALWAYS
    rule = bound(criterion.rule, host)
    return rule if applies == ALWAYS or rule == ALWAYS else criterion.rule


def _caseless(library: Library, standard: Standard) -> Iterator[Problem]:
    if not (library.root / "standards" / standard.id / "cases.jsonl").is_file():
        detail = f"`{standard.id}` has no cases"
        yield Problem("no-cases", "", detail, "add cases.jsonl", agreement_at(standard).file)


def _one_way(standard: Standard) -> Iterator[Problem]:
    """One side takes the other's engineers, and not the other way round."""
    homes: dict[str, list[str]] = {}
    for tie in ties.one_way(standard):
        homes.setdefault(tie.home, []).append(tie.host)
    for home, hosts in homes.items():
        takes = "recognises" if len(hosts) == 1 else "recognise"
        detail = f"{', '.join(hosts)} {takes} people of {home}; {home} takes none of theirs by this"
        yield Problem("one-way", "/hosts", detail, "", agreement_at(standard).file)
