"""Ids that lead somewhere: every source, place, body, status and version that a document names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from recognition.problems import Problem
from recognition.rule.syntax import At
from recognition.standard.library import Library
from recognition.standard.load import sources_of
from recognition.standard.model import Standard

SOURCES, BODIES = At("standards/sources.json"), At("standards/bodies.json")
PLACES = At("rules/vocabularies/places.json")
COPIES = ("mirror", "former-address", "unverified")
"""Kinds of sources that nobody is sent to: a copy is not what its issuer says today."""


def problems(library: Library) -> Iterator[Problem]:
    """Ids that lead nowhere, rules that nobody uses, and sources that must not be linked."""
    for standard in library.standards.values():
        yield from _sources(library, standard)
        yield from _codes(library, standard)
        yield from _corrections(standard)
        yield from _undated(library, standard)
    yield from _registries(library)
    yield from _linkable(library)
    yield from _unused_rules(library)


def remarks(library: Library) -> Iterator[Problem]:
    """Sources that nobody cites, and registries that name what is not in this library."""
    everything = _everything(library)
    uncited = [id for id in library.sources if f'"{id}"' not in everything]
    if uncited:
        yield _listed("uncited", SOURCES, "sources that nobody cites", uncited)
    cited = {str(body.get("source") or "") for body in _bodies(library).values()} - {""}
    if missing := sorted(cited - set(library.sources)):
        yield _listed("no-such-source", BODIES, "sources of bodies that are not here", missing)
    accords = [code for code in _accords(library) if code not in library.standards]
    if accords:
        at = At("rules/vocabularies/accords.json")
        yield _listed("no-such-standard", at, "accords that are no standard here", accords)


def _listed(code: str, at: At, what: str, ids: list[str]) -> Problem:
    more = f" and {len(ids) - 8} more" if len(ids) > 8 else ""
    return Problem(code, "", f"{len(ids)} {what}: {', '.join(ids[:8])}{more}", file=at.file)


def _bodies(library: Library) -> Mapping[str, Mapping[str, Any]]:
    return library.vocabularies["bodies"].details


def _accords(library: Library) -> tuple[str, ...]:
    return library.vocabularies["accords"].codes


def agreement_at(standard: Standard) -> At:
    """Where an agreement's own document stands."""
    return At(f"standards/{standard.id}/agreement.json")


def _documents(standard: Standard) -> Iterator[tuple[At, Any]]:
    yield agreement_at(standard), standard.agreement.document
    for edition in standard.editions:
        yield At(f"standards/{standard.id}/{edition.version}.json"), edition.document


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
    for file, document in _documents(standard):
        for source, at in _said_sources(document, file):
            if source not in library.sources:
                hint = "add it to standards/sources.json"
                yield Problem("no-such-source", at.pointer, f"no source `{source}`", hint, at.file)


def _undated(library: Library, standard: Standard) -> Iterator[Problem]:
    """An agreement tells when it was read, or its sources do."""
    document = standard.agreement.document
    cited = [library.sources.get(id, {}) for id in sources_of(document)]
    if "read_on" not in document and not all("read_on" in source for source in cited):
        hint = "a source that is cited does not say its own"
        yield Problem("missing", "", "`read_on` is missing", hint, agreement_at(standard).file)


def _codes(library: Library, standard: Standard) -> Iterator[Problem]:
    """Places, bodies and statuses of parties and hosts are in the registries."""
    for name, code, at in _named(standard):
        known = library.vocabularies[name]
        if code not in known:
            what = {"places": "place", "bodies": "body"}.get(name, "party status")
            hint = ", ".join(known.codes) if name == "party-statuses" else ""
            yield Problem("no-such-code", at.pointer, f"no {what} `{code}`", hint, at.file)


def _named(standard: Standard) -> Iterator[tuple[str, str, At]]:
    at, agreement, hosts = agreement_at(standard), standard.agreement, standard.agreement.hosts
    for i, party in enumerate(agreement.parties):
        yield "places", party.place, at.down("parties", i, "place")
        for j, body in enumerate(party.bodies):
            yield "bodies", body, at.down("parties", i, "bodies", j)
        for j, held in enumerate(party.history):
            yield "party-statuses", held.status, at.down("parties", i, "status", j, "is")
    for j, status in enumerate(hosts.statuses if hosts else ()):
        yield "party-statuses", status, at.down("hosts", "parties", j)
    for place in (*hosts.places, *hosts.perhaps) if hosts else ():
        yield "places", place, at.down("hosts")
    if agreement.ask:
        yield "bodies", agreement.ask, at.down("ask")


def _corrections(standard: Standard) -> Iterator[Problem]:
    """A correction names an edition of its own standard, and not itself."""
    versions = {edition.version for edition in standard.editions}
    for edition in standard.editions:
        corrected = edition.document.get("corrects")
        if corrected and corrected not in versions - {edition.version}:
            detail = f"`{standard.id}` has no other version `{corrected}`"
            at = At(f"standards/{standard.id}/{edition.version}.json").down("corrects")
            hint = "one of " + ", ".join(sorted(versions - {edition.version}))
            yield Problem("no-such-version", at.pointer, detail, hint, at.file)


def _registries(library: Library) -> Iterator[Problem]:
    """Bodies stand for bodies and sit in places; regions lie in places."""
    bodies, places = library.vocabularies["bodies"], library.vocabularies["places"]
    for i, body in enumerate(bodies.details.values()):
        for key, known, what in (("acts_for", bodies, "body"), ("place", places, "place")):
            code = body.get(key)
            if code and code not in known.details:
                at = BODIES.down("bodies", i, key)
                yield Problem("no-such-code", at.pointer, f"no {what} `{code}`", "", at.file)
    for i, place in enumerate(places.details.values()):
        if place.get("in", place["code"]) not in places.details:
            at = PLACES.down("entries", i, "in")
            detail = f"no place `{place['in']}`"
            yield Problem("no-such-code", at.pointer, detail, "", at.file)


def _linkable(library: Library) -> Iterator[Problem]:
    """Nobody is sent to a copy, nor to an address that is not there."""
    for i, source in enumerate(library.sources.values()):
        at = SOURCES.down("sources", i, "linkable")
        if source.get("linkable") and source.get("kind") in COPIES:
            detail = f"`{source['id']}` is of kind `{source['kind']}` and is linked to"
            yield Problem("linked-copy", at.pointer, detail, "write `false`", at.file)
        elif source.get("linkable") and not source.get("url"):
            detail = f"`{source['id']}` is linked to and has no address"
            yield Problem("missing", at.pointer, detail, "add `url`, or write `false`", at.file)


def _everything(library: Library) -> str:
    """All that a library says, as one text."""
    documents = [d for held in library.standards.values() for _, d in _documents(held)]
    bodies = [dict(body) for body in _bodies(library).values()]
    rules = [rule.body for rule in library.rules.values()]
    return "\n".join(_written([*documents, *bodies, *rules]))


def _written(documents: Iterable[Any]) -> Iterator[str]:
    return (json.dumps(document, ensure_ascii=False) for document in documents)


def _unused_rules(library: Library) -> Iterator[Problem]:
    """A rule nobody uses is not read, so nobody would see that it is wrong."""
    everything = _everything(library)
    for rule in library.rules.values():
        if f'"rule": "{rule.name}"' not in everything:
            at = At(rule.file).down("rules", rule.name)
            detail = f"no standard uses the rule `{rule.name}`"
            yield Problem("unused", at.pointer, detail, "remove it, or use it", at.file)
