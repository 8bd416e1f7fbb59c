"""The form at `/en/` and `/zh/`: asked for, filled in, decided. Works without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool

from recognition.evaluate import answer
from recognition.explain.decision import LANGUAGES
from recognition.problems import Problem, Refused
from recognition.profile import written
from recognition.server import answers as bodies
from recognition.server import choices, form
from recognition.server.fields import SECTIONS
from recognition.server.page import Page
from recognition.server.result import groups
from recognition.standard.library import Library

router = APIRouter()

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@router.get("/")
async def front(request: Request) -> Response:
    """To the form in the language that the browser likes best."""
    lang = preferred(request.headers.get("accept-language", ""))
    return RedirectResponse(f"/{lang}/", 302, {"Vary": "Accept-Language"})


def preferred(accepted: str) -> str:
    """The best language of an Accept-Language header that the pages have; English if none."""
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        name, _, quality = part.partition(";")
        lang = name.strip().lower().partition("-")[0]
        weights[lang] = max(weights.get(lang, 0), _weight(quality))
    return max(LANGUAGES, key=lambda lang: weights.get(lang, 0))


def _weight(quality: str) -> float:
    written = quality.strip().lower().removeprefix("q=")
    return float(written) if written.replace(".", "", 1).isdecimal() else float(not written)


@router.get("/en/")
@router.get("/zh/")
async def empty(request: Request) -> Response:
    """The form with nothing in it."""
    page = Page(request.app.state.library, _language(request), form.Answers())
    return await run_in_threadpool(_rendered, page)


@router.post("/en/")
@router.post("/zh/")
async def filled(request: Request) -> Response:
    """What was typed, decided; or the form again, with another row, or in another language."""
    library, settings = request.app.state.library, request.app.state.settings
    raw = await bodies.body(request, settings.body_limit, "application/x-www-form-urlencoded")
    return await run_in_threadpool(_answered, library, _language(request), raw)


def _language(request: Request) -> str:
    return request.url.path.strip("/")


def _answered(library: Library, lang: str, raw: bytes) -> Response:
    try:
        typed = form.read(raw)
    except ValueError:
        return _rendered(
            _refused(Page(library, lang, form.Answers()), [Problem("too-much", "", "")])
        )
    wish, _, collection = typed.one("do").partition(":")
    page = Page(library, lang, typed)
    if wish == "add":
        return _rendered(replace(page, added=collection))
    return _rendered(page if wish == "show" else _decided(page))


def _decided(page: Page) -> Page:
    """The page with the decisions on it, or with all that is wrong."""
    reading = form.FormReader(page.answers, page.library.vocabularies)
    profile = reading.profile()
    asked = choices.question(page.library, *page.chosen)
    as_of = written.day(page.answers.one("as_of").strip()) or None
    try:
        assume = page.answers.several("assume")
        told = answer(
            page.library,
            profile,
            asked.standards,
            asked.hosts,
            as_of,
            assume=assume,
            within=True,
        )
    except Refused as refused:
        return _refused(page, [*reading.problems, *refused.problems])
    if reading.problems:
        return _refused(page, reading.problems)
    cards = groups(page.library, told, page.lang, page.place)
    return replace(page, decided=told, groups=cards)


def _refused(page: Page, problems: Sequence[Problem]) -> Page:
    return replace(page, problems=tuple(problems))


def _rendered(page: Page) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if page.problems else HTTPStatus.OK
    held: dict[str, Any] = {"page": page, "t": page.text, "answers": page.answers}
    body = _TEMPLATES.get_template("page.html").render(**held, sections=SECTIONS, form=form)
    return HTMLResponse(body, int(status), {"Cache-Control": "no-store"})
