"""What a library as a whole must keep to, beyond what each document says by itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from recognition import dates
from recognition.problems import Problem
from recognition.rule.syntax import TRUTH, At, literal
from recognition.standard.library import Library
from recognition.standard.model import Edition, Standard

STALE = 366
"""Days after which a source should be read again."""


def problems(library: Library, today: dt.date | None = None) -> list[Problem]:
    """Everything that makes a library unfit to be published."""
    found: list[Problem] = []
    for standard in library.standards.values():
        found += _sources(library, standard)
        found += _places(library, standard)
        found += _editions(standard)
        for edition in standard.editions:
            found += _criteria(edition)
    found += _unused_rules(library)
    found += _changed(library)
    return found


def remarks(library: Library, today: dt.date | None = None) -> list[Problem]:
    """What an author should know, though it is no fault: old readings, one-way recognition, cases that lack."""
    found: list[Problem] = []
    for standard in library.standards.values():
        found += _stale(standard, today or dt.date.today())
        found += _caseless(library, standard)
    return found


def _file(standard: str, name: str) -> str:
    return f"standards/{standard}/{name}.json"


def _said_sources(document: Any, at: At) -> Iterator[tuple[str, At]]:
    if isinstance(document, Mapping):
        for key, inner in document.items():
            if key == "source":
                for source in [inner] if isinstance(inner, str) else inner:
                    yield source, at.down(key)
            else:
                yield from _said_sources(inner, at.down(key))
    elif isinstance(document, list):
        for i, inner in enumerate(document):
            yield from _said_sources(inner, at.down(i))


def _sources(library: Library, standard: Standard) -> Iterator[Problem]:
    documents = [("agreement", standard.agreement.document)]
    documents += [(edition.version, edition.document) for edition in standard.editions]
    for name, document in documents:
        for source, at in _said_sources(document, At(_file(standard.id, name))):
            if source not in library.sources:
                yield Problem(
                    "no-such-source",
                    at.pointer,
                    f"no source `{source}`",
                    "add it to standards/sources.json",
                    at.file,
                )


def _places(library: Library, standard: Standard) -> Iterator[Problem]:
    """Parties, hosts and bodies are in the registries."""
    at = At(_file(standard.id, "agreement"))
    places, bodies = library.vocabularies["places"], library.vocabularies["bodies"]
    statuses = library.vocabularies["party-statuses"]
    agreement = standard.agreement
    for i, party in enumerate(agreement.parties):
        if party.place not in places:
            yield Problem(
                "no-such-code",
                at.down("parties", i, "place").pointer,
                f"no place `{party.place}`",
                "",
                at.file,
            )
        for j, body in enumerate(party.bodies):
            if body not in bodies:
                yield Problem(
                    "no-such-code",
                    at.down("parties", i, "bodies", j).pointer,
                    f"no body `{body}`",
                    "",
                    at.file,
                )
        for j, held in enumerate(party.history):
            if held.status not in statuses:
                yield Problem(
                    "no-such-code",
                    at.down("parties", i, "status", j, "is").pointer,
                    f"no party status `{held.status}`",
                    ", ".join(statuses.codes),
                    at.file,
                )
    hosts = agreement.hosts
    for j, status in enumerate(hosts.statuses if hosts else ()):
        if status not in statuses:
            pointer, detail = at.down("hosts", "parties", j).pointer, f"no party status `{status}`"
            yield Problem("no-such-code", pointer, detail, ", ".join(statuses.codes), at.file)
    for place in (*hosts.places, *hosts.perhaps) if hosts else ():
        if place not in places:
            yield Problem(
                "no-such-code", at.down("hosts").pointer, f"no place `{place}`", "", at.file
            )
    if agreement.ask and agreement.ask not in bodies:
        yield Problem(
            "no-such-code", at.down("ask").pointer, f"no body `{agreement.ask}`", "", at.file
        )


def _editions(standard: Standard) -> Iterator[Problem]:
    """An agreement has an edition, and no two are in force on the same day for certain."""
    if not standard.editions:
        yield Problem(
            "missing",
            "",
            "the agreement has no edition",
            "add one beside agreement.json",
            _file(standard.id, "agreement"),
        )
    for before, after in zip(standard.editions, standard.editions[1:], strict=False):
        at = At(_file(standard.id, after.version))
        if after.in_force.first[1] <= before.in_force.last[0]:
            yield Problem(
                "overlap",
                at.down("in_force", "from").pointer,
                f"in force from {dates.iso(after.in_force.first[1])}, while `{before.version}` is in "
                f"force until {dates.iso(before.in_force.last[0])}",
                "",
                at.file,
            )
        elif after.in_force.first[0] > before.in_force.last[1] + 1:
            yield Problem(
                "gap",
                at.down("in_force", "from").pointer,
                f"no edition is in force between `{before.version}` and this one",
                "",
                at.file,
            )


def _criteria(edition: Edition) -> Iterator[Problem]:
    """A criterion may be settled before any profile is seen only where the whole edition is."""
    if len(edition.criteria) == 1:
        return
    for criterion in edition.criteria:
        settled = criterion.rule in (literal(TRUTH, True, True), literal(TRUTH, False, False))
        if settled and criterion.applies is None:
            detail = f"the criterion `{criterion.id}` can never decide"
            pointer = criterion.at.down("rule").pointer
            yield Problem("never-decides", pointer, detail, "", criterion.at.file)


def _unused_rules(library: Library) -> Iterator[Problem]:
    """A rule nobody uses is not read, so nobody would see that it is wrong."""
    texts = [
        json.dumps(edition.document)
        for standard in library.standards.values()
        for edition in standard.editions
    ]
    texts += [json.dumps(rule.body) for rule in library.rules.values()]
    everything = "\n".join(texts)
    for rule in library.rules.values():
        if f'"rule": "{rule.name}"' not in everything:
            yield Problem(
                "unused",
                At().down("rules", rule.name).pointer,
                f"no standard uses the rule `{rule.name}`",
                "remove it, or use it",
                rule.file,
            )


def _stale(standard: Standard, today: dt.date) -> Iterator[Problem]:
    for edition in standard.editions:
        for criterion in edition.criteria:
            age = (today - dt.date.fromisoformat(criterion.read_on)).days
            if age > STALE:
                yield Problem(
                    "stale",
                    criterion.at.down("read_on").pointer,
                    f"the source of `{criterion.id}` was read {age} days ago",
                    "read it again",
                    criterion.at.file,
                )


def _caseless(library: Library, standard: Standard) -> Iterator[Problem]:
    if not (library.root / "standards" / standard.id / "cases.jsonl").is_file():
        yield Problem(
            "no-cases",
            "",
            f"`{standard.id}` has no cases",
            "add cases.jsonl",
            _file(standard.id, "agreement"),
        )


# --- published files


def digests(root: Path) -> dict[str, str]:
    """The digest of every agreement's editions, by file."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / "standards").glob("*/*.json"))
        if path.name != "agreement.json"
    }


def _changed(library: Library) -> Iterator[Problem]:
    now = digests(library.root)
    for file, digest in library.locked.items():
        if now.get(file) != digest:
            what = "was changed" if file in now else "is gone"
            yield Problem(
                "changed",
                "",
                f"this published edition {what}",
                "put it back; a correction is a new version that says what it corrects",
                file,
            )
    for file in now:
        if file not in library.locked:
            yield Problem(
                "unpublished",
                "",
                "this edition is not in standards/LOCK.json",
                "`recognition standards publish` adds it",
                file,
            )


def publish(library: Library) -> list[str]:
    """Lock the editions that are new; those published before stay as they are. Returns what was added."""
    new = {
        file: digest for file, digest in digests(library.root).items() if file not in library.locked
    }
    locked = dict(sorted({**library.locked, **new}.items()))
    path = library.root / "standards" / "LOCK.json"
    path.write_text(json.dumps({"editions": locked}, indent=1) + "\n", "utf-8")
    return sorted(new)
