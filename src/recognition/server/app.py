"""The web application, put together: routes, answers to what goes wrong, headers."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recognition.server import answers, api, openapi, pages
from recognition.server.settings import Settings
from recognition.standard.library import Library

_HERE = Path(__file__).parent

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Guarded:
    """Every answer with the headers that keep a page to itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, sent)


def create_app(library: Library | None = None, settings: Settings | None = None) -> FastAPI:
    """The service of a library: the project's own, with the environment's settings by default.

    What is sent is neither stored nor logged.
    """
    app = FastAPI(
        title="Recognition of engineers",
        summary="Decides engineers' profiles against cited standards of mutual recognition",
        version=version("recognition"),
        docs_url=None,
        redoc_url=None,
    )
    app.state.library = library or Library.load()
    app.state.settings = settings or Settings.read()
    app.openapi = lambda: openapi.describe(app, app.state.library)  # type: ignore[method-assign]  # FastAPI asks for it so
    app.include_router(api.router)
    app.include_router(pages.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app.add_exception_handler(answers.Turned, answers.on_turned)
    app.add_exception_handler(HTTPException, answers.on_missing)
    app.add_exception_handler(Exception, answers.on_failure)
    app.add_middleware(Guarded)
    return app
