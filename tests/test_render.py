"""What the command line shows of a decision: how far it reaches first, then why."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from recognition import render
from recognition.evaluate import answer
from recognition.standard.library import Library

SINGAPORE = {
    "id": "x",
    "registrations": [{"title": "PE", "body": "PEB", "country": "SG", "status": "active"}],
}
SHARES = {
    "id": "x",
    "degrees": [{"level": "bachelor", "awarded_on": "2000-06-01"}],
    "experience": [{"from": "2001-01-01", "until": "..", "country": "US"}],
}


def shown(
    library: Library, profile: Any, standard: str, host: str, lang: str, full: bool = True
) -> str:
    """A decision as it is printed, on lines as long as they come."""
    told = answer(library, profile, [standard], [host] if host else [], "2026-11-24")
    console = Console(file=io.StringIO(), width=2000)
    for part in render.decisions(told, lang, full):
        console.print(part)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "Register held at MY. This register is applied for where you are registered: "
            "Singapore.",
        ),
        ("zh", "名册设于 MY。此名册须在您的注册地申请：新加坡。"),
    ],
)
def test_a_register_of_another_place_says_where_it_is_applied_for(
    library: Library, lang: str, said: str
) -> None:
    """An engineer of Singapore who asks for Malaysia is told so."""
    assert said in shown(library, SINGAPORE, "asean-acpe", "MY", lang)


@pytest.mark.parametrize(("lang", "said"), [("en", "applied for in SG"), ("zh", "须在 SG 申请")])
def test_the_overview_says_where_a_register_is_applied_for(
    library: Library, lang: str, said: str
) -> None:
    """Before what stands against it; not where it is applied for at the host itself."""
    assert said in shown(library, SINGAPORE, "asean-acpe", "MY", lang, full=False)
    assert said not in shown(library, SINGAPORE, "asean-acpe", "SG", lang, full=False)


@pytest.mark.parametrize(
    ("registrations", "said"),
    [
        ([{"body": "PEB", "country": "SG"}], "held where you are registered."),
        ([{"body": "PEB"}], "held where you are registered."),
        (None, "where you are registered, which is not known."),
        ([{"country": None}], "where you are registered, which is not known."),
        ([], "you are registered nowhere yet."),
        ([{"country": "PK"}], "where you are registered; none is kept in Pakistan."),
        ([{"country": "PK"}, {"country": "TH"}], "where you are registered: Thailand."),
    ],
)
def test_where_a_register_is_applied_for_follows_from_the_registrations(
    library: Library, registrations: Any, said: str
) -> None:
    """The country of each, or else that of its body; what is not known is told as not known."""
    profile = {"id": "x", "registrations": registrations}
    assert said in shown(library, profile, "asean-acpe", "SG", "en")


@pytest.mark.parametrize(
    ("lang", "said", "gives"),
    [
        (
            "en",
            "You may apply by this route if what is open proves to be met. The board",
            "It gives: The way",
        ),
        ("zh", "未确定事项如均满足，您可按此途径申请。由该州委员会", "作用: 取得一个州"),
    ],
)
def test_reach_stands_before_the_findings(
    library: Library, lang: str, said: str, gives: str
) -> None:
    """What an undetermined decision would mean, and what it gives, before what is found."""
    text = shown(library, {"id": "x"}, "us-pe", "US-TX", lang)
    assert 0 < text.index(said) < text.index(gives) < text.index("?", text.index(gives))


@pytest.mark.parametrize(("lang", "said"), [("en", "You may apply"), ("zh", "您可按此途径申请")])
def test_what_is_ineligible_promises_nothing(library: Library, lang: str, said: str) -> None:
    """It says neither how far it reaches nor what it gives."""
    profile = {"id": "x", "examinations": [], "degrees": [], "experience": [], "languages": []}
    text = shown(library, {**profile, "citizenships": ["AU"]}, "ca-on-peo", "CA-ON", lang)
    assert "✗" in text.splitlines()[2]
    assert "✗" in text
    assert said not in text
    assert "Meets the published" not in text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "If all of it was full time: --assume 'experience.fte=1'"),
        ("zh", "如均为全时工作: --assume 'experience.fte=1'"),
    ],
)
def test_work_of_an_unknown_share_says_how_to_answer_for_all(
    library: Library, lang: str, said: str
) -> None:
    """Once, after what is to be supplied; not where no share is missing."""
    assert shown(library, SHARES, "us-pe", "US-TX", lang).count(said) == 1
    assert said not in shown(library, {"id": "x"}, "us-pe", "US-TX", lang)


@pytest.mark.parametrize(("lang", "said"), [("en", "Does not concern you: "), ("zh", "不涉及您：")])
def test_what_does_not_concern_the_person_comes_last(
    library: Library, lang: str, said: str
) -> None:
    """After all that does, marked with a dash."""
    degree = {"level": "bachelor", "country": "PK", "delivered_in": "PK", "accreditations": []}
    text = shown(library, {"id": "x", "degrees": [degree]}, "washington-accord", "AU", lang)
    lines = [line.strip() for line in text.splitlines()]
    signs = [line[0] for line in lines if line[:2] in ("✓ ", "✗ ", "? ", "– ")]
    assert "–" in signs
    assert signs == sorted(signs, key=lambda sign: sign == "–")
    assert all(line.startswith(f"– {said}") for line in lines if line.startswith("– "))
