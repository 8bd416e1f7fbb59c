"""A name that was not understood is said to be, with what may be meant, on every surface."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from recognition import cli
from recognition.evaluate import answer
from recognition.problems import Refused
from recognition.server.app import create_app
from recognition.standard.library import Library

PERSON: dict[str, Any] = {
    "id": "x",
    "registrations": [{"title": "Chartered Engineeer", "body": "EngC", "country": "GB"}],
}
SAID = {
    "en": "the title of your first registration, `Chartered Engineeer`, is not known here "
    "(did you mean Chartered Engineer (CEng)",
    "zh": "头衔“Chartered Engineeer”无法识别（是否为特许工程师 (CEng)",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_finding_names_what_was_not_understood(library: Library, lang: str) -> None:
    """What is open for a name says so, in the finding and in what would settle it."""
    (told,) = answer(library, PERSON, ["us-tx-133-26"], [], "2026-11-23").decisions
    assert told.verdict == "undetermined"
    found = next(one for one in told.findings if "/registrations/0/title" in one.missing)
    assert SAID[lang] in found.text[lang]
    assert any(SAID[lang] in text for text in told.would_settle_text[lang])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_line_tells_warnings_first(
    library: Library, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Warnings stand before the decisions, in the language that is asked for."""
    monkeypatch.setattr(cli, "library", lambda drafts=False: library)
    asked = ["evaluate", "-", "--standard=us-tx-133-26", f"--lang={lang}"]
    shown = CliRunner().invoke(cli.app, asked, input=json.dumps(PERSON)).stdout
    lines = shown.splitlines()
    assert lines[1].startswith("! ")
    assert "Engineeer" in "".join(lines[1:4])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_tells_warnings_above_the_decisions(library: Library, lang: str) -> None:
    """The form's answer lists what was not understood, each with its place in the form."""
    typed = {"registrations.0.title": "Chartered Engineeer", "registrations.0.country": "GB",
             "standards": "us-tx-133-26", "do": "decide"}  # fmt: skip
    page = TestClient(create_app(library)).post(f"/{lang}/", data=typed).text
    begin = page.index('id="warnings"')
    assert 'href="#registrations.0.title"' in page[begin : page.index('class="group"')]


HOSTS = [("United Kingdom", "GB"), ("香港", "HK"), ("Texas", "US-TX"), ("AU", "AU")]


@pytest.mark.parametrize(("name", "code"), HOSTS)
def test_a_host_goes_by_its_name(library: Library, name: str, code: str) -> None:
    """A host is named by its code or in words."""
    (told,) = answer(library, {"id": "x"}, ["ipea"], [name], "2026-11-23").decisions
    assert told.host == code


@pytest.mark.parametrize("name", ["US;CA", "Georgia", "Atlantis", ""])
def test_a_host_that_is_not_one_jurisdiction_is_refused(library: Library, name: str) -> None:
    """Two jurisdictions, or none, are refused with their place."""
    with pytest.raises(Refused) as refused:
        answer(library, {"id": "x"}, ["ipea"], [name], "2026-11-23")
    assert [one.pointer for one in refused.value.problems] == ["/hosts/0"]
