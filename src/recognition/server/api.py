"""The HTTP service (contract, section 7): evaluations, the library of standards, the schemas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from recognition.evaluate import day, evaluate, plan
from recognition.explain import decision
from recognition.plan.question import Question
from recognition.problems import Problem, Refused
from recognition.profile import remarks
from recognition.profile.json import flaws, parsed
from recognition.profile.json_schema import json_schema
from recognition.profile.validate import examine
from recognition.server import answers
from recognition.standard import documents
from recognition.standard.library import Library
from recognition.standard.model import Edition, Standard

router = APIRouter()

_KEYS = ("profile", "standards", "hosts", "as_of", "known_on")
_DAYS = ("as_of", "known_on")


# --- evaluations


@router.post("/v1/evaluations")
async def evaluations(request: Request) -> Response:
    """Decide one profile: against all standards and hosts unless some are named."""
    library, settings = request.app.state.library, request.app.state.settings
    raw = await answers.body(request, settings.body_limit, "application/json")
    return await run_in_threadpool(_evaluated, library, raw)


def _evaluated(library: Library, raw: bytes) -> Response:
    """The decisions; what the quick reading does not take is read again with words."""
    try:
        return answers.as_json(evaluate(library, **_quickly(raw)))
    except (Refused, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _with_words(library, raw)


def _with_words(library: Library, raw: bytes) -> Response:
    try:
        asked = parsed(raw)
    except Refused as refused:
        return answers.refused(refused.problems, 400)
    problems = list(_envelope(asked))
    problems += _inside(library, asked, problems)
    if problems:
        return answers.refused(problems)
    named = _named(asked)
    named["profile"] = json.dumps(named["profile"]).encode()
    return answers.as_json(evaluate(library, **named))


class _Envelope(msgspec.Struct, forbid_unknown_fields=True):
    """A request with its profile as it was written, so that nothing of it is lost."""

    profile: msgspec.Raw
    standards: list[str] | msgspec.UnsetType | None = msgspec.UNSET
    hosts: list[str] | msgspec.UnsetType | None = msgspec.UNSET
    as_of: Annotated[str, msgspec.Meta(min_length=1)] | msgspec.UnsetType | None = msgspec.UNSET
    known_on: Annotated[str, msgspec.Meta(min_length=1)] | msgspec.UnsetType | None = msgspec.UNSET


_decode = msgspec.json.Decoder(_Envelope).decode


def _quickly(raw: bytes) -> dict[str, Any]:
    """A request's arguments; a key written twice is lost in reading, and its colon with it."""
    envelope = _decode(raw)
    if msgspec.json.encode(envelope).count(b":") != raw.count(b":"):
        raise msgspec.ValidationError("a key is written twice")
    return {
        "profile": bytes(envelope.profile),
        "standards": envelope.standards or (),
        "hosts": envelope.hosts or (),
        "as_of": envelope.as_of or None,
        "known_on": envelope.known_on or None,
    }


def _named(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The envelope as arguments; what is null or absent is not asked."""
    return {"standards": (), "hosts": (), **{k: v for k, v in asked.items() if v is not None}}


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


def _inside(library: Library, asked: Any, told: list[Problem]) -> Iterator[Problem]:
    """What is wrong in the parts that are of the right type, each at its place in the request."""
    if not isinstance(asked, dict):
        return
    question = Question(
        _known(asked.get("standards"), next(iter(library.standards))),
        _known(asked.get("hosts"), library.vocabularies["places"].codes[0]),
    )
    yield from _problems("", lambda: plan(library, question))
    for key in _DAYS:
        if all(problem.pointer != f"/{key}" for problem in told):
            yield from _problems("", partial(day, asked.get(key), f"/{key}"))
    if isinstance(asked.get("profile"), dict):
        yield from _problems("/profile", lambda: examine(asked["profile"], library.vocabularies))


def _known(listed: Any, known: str) -> tuple[str, ...]:
    """The codes of a list; a known one stands for what is no code and was told already."""
    held = listed if isinstance(listed, list) else ()
    return tuple(code if isinstance(code, str) else known for code in held)


def _problems(prefix: str, read: Callable[[], object]) -> Iterator[Problem]:
    try:
        read()
    except Refused as refused:
        for problem in refused.problems:
            yield Problem(problem.code, prefix + problem.pointer, problem.detail, problem.hint)


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
