"""The HTTP service (contract, section 7): evaluations, the library of standards, the schemas."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from recognition.admit import admitted
from recognition.evaluate import day, explained, known, plan
from recognition.explain import decision
from recognition.facts import assumptions
from recognition.plan.question import Question, in_force
from recognition.problems import Problem, Refused, tried, within
from recognition.profile import remarks
from recognition.profile.json import flaws, parsed
from recognition.profile.json_schema import json_schema
from recognition.server import answers
from recognition.standard import documents
from recognition.standard.library import Library
from recognition.standard.model import Edition, Standard

router = APIRouter()

_KEYS = ("profile", "standards", "hosts", "as_of", "known_on", "assume")
_DAYS = ("as_of", "known_on")


# --- evaluations


@router.post("/v1/evaluations")
async def evaluations(request: Request) -> Response:
    """Decide one profile: against all standards and hosts unless some are named."""
    library, settings = request.app.state.library, request.app.state.settings
    raw = await answers.body(request, settings.body_limit, "application/json")
    return await run_in_threadpool(_evaluated, library, raw)


def _evaluated(library: Library, raw: bytes) -> Response:
    """The decisions; an envelope that the quick reading does not take is read with words."""
    try:
        return answers.as_json(_decisions(library, _quickly(raw), []))
    except Refused as refused:
        if all(problem.code != "not-json" for problem in refused.problems):
            return answers.refused(refused.problems)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    return _with_words(library, raw)


def _with_words(library: Library, raw: bytes) -> Response:
    try:
        asked = parsed(raw)
    except Refused as refused:
        return answers.refused(refused.problems, 400)
    try:
        return answers.as_json(_decisions(library, asked, list(_envelope(asked))))
    except Refused as refused:
        return answers.refused(refused.problems)


def _decisions(library: Library, asked: Any, around: list[Problem]) -> dict[str, Any]:
    """The decisions that are asked for; raises Refused with all that is wrong.

    `around` is what is wrong with the envelope, and told already.
    """
    if not isinstance(asked, dict):
        raise Refused(around)
    days: list[Problem] = []
    on, books = _days(library, asked, around, days)
    problems = [*around]
    question = Question(
        _known(asked.get("standards"), next(iter(library.standards))),
        _known(asked.get("hosts"), library.vocabularies["places"].codes[0]),
    )
    made = tried(problems, lambda: plan(books, in_force(books, question, on)))
    assumed = tried(problems, lambda: assumptions.read(asked.get("assume"), library.vocabularies))
    profiles = [one for one in (asked.get("profile"),) if isinstance(one, bytes | dict)]
    let_in = admitted(profiles, on, library.vocabularies)
    problems += [*days, *within("/profile", let_in.problems)]
    if made is None or assumed is None or problems:
        raise Refused(problems)
    return decision.written(explained(library, made, let_in, profiles, assumed)[0])


def _days(
    library: Library, asked: Mapping[str, Any], around: Sequence[Problem], wrong: list[Problem]
) -> tuple[int, Library]:
    """The day of the decision, and the library that was known on the other day."""
    told = {problem.pointer for problem in around}
    as_of, known_on = (None if f"/{key}" in told else asked.get(key) for key in _DAYS)
    on = tried(wrong, lambda: day(as_of)) or 0
    return on, tried(wrong, lambda: known(library, known_on)) or library


class _Envelope(msgspec.Struct, forbid_unknown_fields=True):
    """A request with its profile as it was written, so that nothing of it is lost."""

    profile: msgspec.Raw
    standards: list[str] | msgspec.UnsetType | None = msgspec.UNSET
    hosts: list[str] | msgspec.UnsetType | None = msgspec.UNSET
    as_of: Annotated[str, msgspec.Meta(min_length=1)] | msgspec.UnsetType | None = msgspec.UNSET
    known_on: Annotated[str, msgspec.Meta(min_length=1)] | msgspec.UnsetType | None = msgspec.UNSET
    assume: dict[str, bool | float | str] | list[str] | msgspec.UnsetType | None = msgspec.UNSET


_decode = msgspec.json.Decoder(_Envelope).decode


def _quickly(raw: bytes) -> dict[str, Any]:
    """The request; a key written twice is lost in reading, and its colon with it."""
    read = _decode(raw.removeprefix(codecs.BOM_UTF8))
    if msgspec.json.encode(read).count(b":") != raw.count(b":"):
        raise msgspec.ValidationError("a key is written twice")
    profile = bytes(read.profile)
    if not profile.startswith(b"{"):
        raise msgspec.ValidationError("the profile is no object")
    days = {"as_of": read.as_of or None, "known_on": read.known_on or None}
    asked = {"standards": read.standards, "hosts": read.hosts, "assume": read.assume or None}
    return {"profile": profile, **asked, **days}


def _envelope(asked: Any) -> Iterator[Problem]:
    """What is wrong around the profile."""
    if not isinstance(asked, dict):
        yield Problem(
            "wrong-type",
            "",
            f"{remarks.shown(asked)} stands where an object is due",
            'write {"profile": {…}}',
        )
        return
    for _, problem in flaws(asked):
        if not problem.pointer.startswith("/profile/"):
            yield problem
    for key in asked:
        if key not in _KEYS:
            detail = f"{remarks.shown(key)} has no meaning in a request"
            yield remarks.found((key,), "unknown-field", detail, remarks.near(key, _KEYS))[1]
    if asked.get("profile") is None:
        yield Problem("missing", "/profile", "`profile` is missing", "give the profile to decide")
    elif not isinstance(asked["profile"], dict):
        yield _wrong_type("/profile", asked["profile"], "an object")
    for key in ("standards", "hosts"):
        yield from _texts(key, asked.get(key))
    for key in _DAYS:
        if asked.get(key) == "" or not isinstance(asked.get(key), str | None):
            yield _wrong_type(f"/{key}", asked[key], "a day", "write 2026-11-24")


def _texts(key: str, listed: Any) -> Iterator[Problem]:
    """A list of texts, or nothing."""
    if listed is None:
        return
    if not isinstance(listed, list):
        yield _wrong_type(
            f"/{key}", listed, "a list of codes", f"leave it out to ask for all {key}"
        )
        return
    for index, held in enumerate(listed):
        if not isinstance(held, str):
            yield _wrong_type(f"/{key}/{index}", held, "a code")


def _wrong_type(pointer: str, value: Any, due: str, hint: str = "") -> Problem:
    detail = f"{remarks.shown(value)} stands where {due} is due"
    return Problem("wrong-type", pointer, detail, hint)


def _known(listed: Any, known: str) -> tuple[str, ...]:
    """The codes of a list; a known one stands for what is no code and was told already."""
    held = listed if isinstance(listed, list) else ()
    return tuple(code if isinstance(code, str) else known for code in held)


# --- the library


@router.get("/v1/standards")
async def standards(request: Request) -> Response:
    """All standards: what each gives, its versions, the hosts it can be asked for."""
    library: Library = request.app.state.library
    listed = [_summary(library, standard) for standard in library.standards.values()]
    return answers.kept(request, {"standards": listed})


@router.get("/v1/standards/{standard}")
async def standard(request: Request, standard: str) -> Response:
    """One standard: its agreement with the parties and their dated status, and its versions."""
    library: Library = request.app.state.library
    held = _standard(library, standard)
    editions = [_edition(edition) for edition in held.editions]
    told = {**_summary(library, held), "versions": editions, "agreement": held.agreement.document}
    return answers.kept(request, told)


@router.get("/v1/standards/{standard}/{version}")
async def version(request: Request, standard: str, version: str) -> Response:
    """One version of a standard, as it was published."""
    library: Library = request.app.state.library
    edition = library.edition(_standard(library, standard).id, version)
    if edition is None:
        raise HTTPException(404, f"`{standard}` has no version `{version}`")
    return answers.kept(request, edition.document)


def _standard(library: Library, id: str) -> Standard:
    if id not in library.standards:
        raise HTTPException(404, f"no standard `{id}`")
    return library.standards[id]


def _summary(library: Library, held: Standard) -> dict[str, Any]:
    agreement = held.agreement
    return {
        "id": agreement.id,
        "title": agreement.title,
        "effect": agreement.effect,
        "reach": agreement.document.get("reach", {"is": "unpublished"}),
        "host_is": agreement.document.get("host_is"),
        "versions": [edition.version for edition in held.editions],
        "hosts": list(library.hosts(agreement.id)),
    }


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "version": edition.version,
        "published": edition.published,
        "in_force": edition.document["in_force"],
        "sha256": edition.digest,
    }


# --- schemas and operation


@router.get("/v1/schemas/{name}")
async def schemas(request: Request, name: str) -> Response:
    """A JSON Schema (2020-12): `profile`, `standard`, `rule`, `agreement`, `case` or `decision`."""
    if name == "profile":
        written = profile_schema(request.app.state.library)
    elif name == "decision":
        written = decision.json_schema()
    elif name in documents.NAMES:
        written = documents.schema(name)
    else:
        known = ", ".join(f"`{known}`" for known in ("profile", *documents.NAMES, "decision"))
        raise HTTPException(404, f"no schema `{name}`; there are {known}")
    return answers.kept(request, written, "application/schema+json")


def profile_schema(library: Library) -> dict[str, Any]:
    """The profile's schema with the fields' help as their descriptions."""
    facts = library.facts["facts"]
    return json_schema(
        library.vocabularies, {path: fact["help"]["en"] for path, fact in facts.items()}
    )


@router.get("/healthz")
async def healthz() -> Response:
    """Whether the service runs."""
    return answers.as_json({"status": "ok"})
