"""How far a decision reaches is said in both languages, and where a register is applied for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from recognition.admit import admitted
from recognition.decide.statuses import Verdict
from recognition.evaluate import answer
from recognition.explain import reaching
from recognition.explain.decision import Decision
from recognition.facts.facts import Facts
from recognition.standard.library import Library
from recognition.standard.model import Reach

THEN = {"en": "An interview follows.", "zh": "随后面谈。"}


@pytest.fixture(scope="module")
def decided(books: Library) -> Decision:
    """Any decision, of which verdict and reach are put otherwise."""
    return answer(books, {"id": "x"}, ["yonder"], as_of="2024-01-01").decisions[0]


@pytest.mark.parametrize(
    ("verdict", "reach", "en", "zh"),
    [
        (
            "eligible",
            "recognised",
            "Recognised: nothing more is asked for this.",
            "予以承认：就此不再另有要求。",
        ),
        ("eligible", "criteria", "Meets the published criteria.", "已满足公布的准则。"),
        ("eligible", "may-apply", "You may apply by this route.", "您可按此途径申请。"),
        (
            "eligible",
            "unpublished",
            "What is published is met; not all that is asked is published.",
            "已满足公布的部分；全部要求并未公布。",
        ),
        (
            "undetermined",
            "recognised",
            "Recognised, and nothing more is asked for this, if what is open proves to be met.",
            "未确定事项如均满足，即予以承认，就此不再另有要求。",
        ),
        (
            "undetermined",
            "criteria",
            "Meets the published criteria if what is open proves to be met.",
            "未确定事项如均满足，即满足公布的准则。",
        ),
        (
            "undetermined",
            "may-apply",
            "You may apply by this route if what is open proves to be met.",
            "未确定事项如均满足，您可按此途径申请。",
        ),
        (
            "undetermined",
            "unpublished",
            "Not all that is asked is published; the body decides.",
            "全部要求并未公布，由有关机构决定。",
        ),
    ],
)
def test_a_decision_says_first_how_far_it_reaches(
    decided: Decision, verdict: Verdict, reach: Reach, en: str, zh: str
) -> None:
    """For each verdict and reach, with what the body does after it where that is known."""
    alone = msgspec.structs.replace(decided, verdict=verdict, reach=reach, then=None)
    assert (reaching.sentence(alone, "en"), reaching.sentence(alone, "zh")) == (en, zh)
    then = msgspec.structs.replace(alone, then=THEN)
    assert reaching.sentence(then, "en") == f"{en} An interview follows."
    assert reaching.sentence(then, "zh") == f"{zh}随后面谈。"


@pytest.mark.parametrize("reach", ["recognised", "criteria", "may-apply", "unpublished"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_decision_that_is_ineligible_says_nothing_of_it(
    decided: Decision, reach: Reach, lang: str
) -> None:
    """Not even what would follow."""
    none = msgspec.structs.replace(decided, verdict="ineligible", reach=reach, then=THEN)
    assert reaching.sentence(none, lang) == ""


@pytest.mark.parametrize(
    ("told", "en", "zh"),
    [
        ({}, "unpublished", "未公布"),
        ({"reach": {"is": "unpublished"}}, "unpublished", "未公布"),
        ({"reach": {"is": "recognised"}}, "recognised", "承认"),
        ({"reach": {"is": "criteria"}}, "criteria", "公布的准则"),
        ({"reach": {"is": "may-apply"}}, "may apply", "可申请"),
        (
            {
                "reach": {
                    "is": "criteria",
                    "except": [
                        {"is": "may-apply", "hosts": ["CA", "IE"]},
                        {"is": "recognised", "versions": ["2024-09"]},
                    ],
                }
            },
            "criteria; may apply (CA IE); recognised (2024-09)",
            "公布的准则；可申请 (CA IE)；承认 (2024-09)",
        ),
    ],
)
def test_an_agreement_says_how_far_it_reaches(
    books: Library, told: dict[str, Any], en: str, zh: str
) -> None:
    """In a word or two, and where else otherwise; where nothing is said it is unpublished."""
    agreement = replace(books.standards["yonder"].agreement, document=told)
    assert [reaching.of_agreement(agreement, lang) for lang in ("en", "zh")] == [en, zh]


# --- where a register is applied for

Told = tuple[list[str], dict[str, str]]
"""Where one applies, and words on it."""
THERE = "This register is applied for where you are registered"
HELD: Told = (
    ["AU"],
    {"en": "A register, held where you are registered.", "zh": "本名册设于您的注册地。"},
)
KEPT: Told = (
    ["NZ"],
    {"en": f"{THERE}: New Zealand.", "zh": "此名册须在您的注册地申请：新西兰。"},
)
TWICE: Told = (
    ["NZ", "GB"],
    {
        "en": f"{THERE}: New Zealand, United Kingdom.",
        "zh": "此名册须在您的注册地申请：新西兰、英国。",
    },
)
NOWHERE: Told = (
    [],
    {
        "en": f"{THERE}; none is kept in France, Germany.",
        "zh": "此名册须在您的注册地申请；法国、德国未设此名册。",
    },
)
UNKNOWN: Told = (
    [],
    {
        "en": f"{THERE}, which is not known.",
        "zh": "此名册须在您的注册地申请，而您的注册地未知。",
    },
)
NONE: Told = (
    [],
    {
        "en": f"{THERE}; you are registered nowhere yet.",
        "zh": "此名册须在您的注册地申请；您尚未注册。",
    },
)
HOSTS = ("AU", "NZ", "GB")
FR, DE, NZ, AU = ({"country": code} for code in ("FR", "DE", "NZ", "AU"))
NOBODY: dict[str, Any] = {"country": None, "body": None}


def registered(books: Library, *held: list[Any] | None) -> Facts:
    """People with registrations, in columns."""
    people = [{"id": str(i), "registrations": some} for i, some in enumerate(held)]
    return admitted(people, 19_000, books.vocabularies).facts


@pytest.mark.parametrize(
    ("held", "due"),
    [
        ([AU], HELD),
        ([FR, AU], HELD),
        ([{"body": "EA"}], HELD),
        ([{"body": "BPEQ"}], HELD),
        ([NZ], KEPT),
        ([NZ, FR, NOBODY, NZ], KEPT),
        ([NZ, {"body": "ICE"}], TWICE),
        ([FR, DE, FR], NOWHERE),
        ([FR, NOBODY], UNKNOWN),
        ([NOBODY], UNKNOWN),
        (None, UNKNOWN),
        ([], NONE),
    ],
)
def test_a_register_is_applied_for_where_one_is_registered(
    books: Library, held: list[Any] | None, due: Told
) -> None:
    """By the country of each registration, or that of its body, whoever else is in the batch."""
    facts = registered(books, [NZ, AU], held, [FR])
    found = reaching.register(books, facts, 1, "AU", HOSTS)
    assert (found.apply_in, found.text) == due


def test_a_register_of_a_part_of_a_country_is_held_in_that_country(books: Library) -> None:
    """Where the host is a state, its country is where one is registered."""
    facts = registered(books, [{"country": "US"}])
    found = reaching.register(books, facts, 0, "US-TX", ("US-TX",))
    assert (found.apply_in, found.text) == (["US-TX"], HELD[1])
