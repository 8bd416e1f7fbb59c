"""Answers in JSON, problems among them (RFC 9457), and bodies read no further than allowed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from recognition.problems import Problem

PROBLEM_TYPE = "application/problem+json"

_TITLES = {
    400: "The request is not JSON",
    404: "There is nothing here",
    405: "This cannot be done here",
    413: "The request is too large",
    415: "The request is of another kind",
    422: "The request was refused",
    500: "The service failed",
}


class Turned(Exception):
    """A request that is answered with a status and no more: too large, of another kind."""

    def __init__(self, status: int, detail: str) -> None:
        self.status, self.detail = status, detail
        super().__init__(detail)


def as_json(body: Any, media_type: str = "application/json") -> Response:
    """An answer of JSON, encoded once, not to be kept by anyone."""
    return Response(
        orjson.dumps(body), media_type=media_type, headers={"Cache-Control": "no-store"}
    )


def kept(request: Request, body: Any, media_type: str = "application/json") -> Response:
    """An answer that may be kept and asked for again by its strong tag."""
    encoded = orjson.dumps(body)
    tag = f'"{hashlib.sha256(encoded).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if _held(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(encoded, media_type=media_type, headers=headers)


def _held(request: Request, tag: str) -> bool:
    """Whether the caller has it already; tags compare weakly here (RFC 9110, 13.1.2)."""
    written = ",".join(request.headers.getlist("if-none-match"))
    held = {part.strip().removeprefix("W/") for part in written.split(",")}
    return tag in held or "*" in held


def refusal(
    status: int, detail: str, problems: Iterable[Problem] = (), allow: str = ""
) -> Response:
    """A problem document (RFC 9457)."""
    title = _TITLES.get(status) or HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    told = {**body, "errors": [_told(problem) for problem in problems]}
    headers = {"Cache-Control": "no-store", **({"Allow": allow} if allow else {})}
    return Response(orjson.dumps(told), status, headers, PROBLEM_TYPE)


def _told(problem: Problem) -> dict[str, str]:
    return {
        "pointer": problem.pointer,
        "code": problem.code,
        "detail": problem.detail,
        "hint": problem.hint,
    }


def refused(problems: Iterable[Problem], status: int = 422) -> Response:
    """A problem document that holds everything that is wrong with a request."""
    told = tuple(problems)
    few = "one thing is wrong" if len(told) == 1 else f"{len(told)} things are wrong"
    return refusal(status, f"{few}; each is told in `errors`", told)


async def body(request: Request, limit: int, kind: str) -> bytes:
    """A request's body of at most `limit` bytes; raises Turned for a longer one or another kind."""
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != kind:
        raise Turned(415, f"`{sent or 'nothing'}` is the kind of the request; `{kind}` is due")
    too_large = Turned(413, f"a request has at most {limit} bytes")
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > limit:
        raise too_large
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > limit:
            raise too_large
    return bytes(read)


async def on_turned(request: Request, error: Exception) -> Response:
    """Too large, or of another kind."""
    assert isinstance(error, Turned)
    return refusal(error.status, error.detail)


async def on_missing(request: Request, error: Exception) -> Response:
    """No such address, or no such method there."""
    assert isinstance(error, HTTPException)
    allow = (error.headers or {}).get("Allow", "")
    path = request.url.path
    if error.status_code == 405:
        detail = f"`{request.method}` has no meaning at `{path}`"
        return refusal(405, detail, allow=allow)
    stated = error.detail if error.detail != HTTPStatus(error.status_code).phrase else ""
    return refusal(error.status_code, stated or f"nothing is at `{path}`")


async def on_failure(request: Request, error: Exception) -> Response:
    """A failure of our own; what was sent is not repeated."""
    return refusal(500, "the fault is the service's, not the request's")
