"""The types of an answer: what is told of one profile, and how that is written as JSON.

Fields are the keys of the JSON, in this order; the published schema is derived from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta, Struct

from recognition.decide.statuses import Status, Verdict
from recognition.standard.model import Reach

LANGUAGES = ("en", "zh")

Confidence = Literal["unverified", "reported", "confirmed"]
CONFIDENCE: tuple[Confidence, ...] = ("unverified", "reported", "confirmed")
"""From the weakest to the strongest: a decision tells its weakest link."""
Weakest = Literal["assumed"] | Confidence
"""That link; weaker than any source is what was only assumed."""


def _in_both(of: Mapping[str, Any]) -> dict[str, Any]:
    asked = {"properties": dict.fromkeys(LANGUAGES, of), "required": [*LANGUAGES]}
    return {**asked, "propertyNames": {"enum": [*LANGUAGES]}}


Amount = float | str
"""A number, or a day as it is written."""

Pointer = Annotated[str, Meta(description="a JSON Pointer into the profile")]
Pointers = Sequence[Pointer]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="as 2026-11-24")]
Words = Annotated[
    Mapping[str, str],
    Meta(
        description="the text in English and Chinese",
        extra_json_schema=_in_both({"type": "string", "minLength": 1}),
    ),
]
Lists = Annotated[
    Mapping[str, Sequence[str]],
    Meta(
        description="in English and Chinese, in the order of would_settle",
        extra_json_schema=_in_both({"type": "array", "items": {"type": "string"}}),
    ),
]
Missing = Annotated[
    Sequence[str],
    Meta(description="JSON Pointers; `standard` for what the standard itself leaves open"),
]


class Measure(Struct, frozen=True):
    """The bounds of an amount, or of a day, and their unit; null is an end that is open."""

    at_least: Amount | None
    at_most: Amount | None
    unit: Annotated[str, Meta(description="`date`, `count`, or that of the fact; may be empty")]


class Cited(Struct, frozen=True):
    """Where a criterion stands: the document, its clause, and others that say the same.

    `clause_zh` is the clause in Chinese; null where it is a mere reference.
    """

    id: str | None
    clause: str
    clause_zh: str | None
    also: Sequence[str]
    title: str
    url: str | None

    def named(self, lang: str) -> str:
        return self.clause_zh or self.clause if lang == "zh" else self.clause


class Finding(Struct, frozen=True):
    """What one criterion came to, what that rests on, and what is missing where it is open.

    A criterion that surely does not concern the person is `not-applicable` and counts as met.
    """

    criterion: str
    title: Words
    status: Status
    measured: Measure | None
    required: Measure | None
    evidence: Pointers
    missing: Missing
    source: Cited
    confidence: Confidence
    text: Words


class Body(Struct, frozen=True):
    """Whom to ask where a decision is undetermined: a body and its name."""

    body: str
    en: str
    zh: str

    def named(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


class Settling(NamedTuple):
    """A fact that would settle a decision: where it belongs, and what is missing in words."""

    pointer: str
    text: Mapping[str, str]


class Assumed(Struct, frozen=True):
    """What was supposed because the caller said so, where a decision rests on it.

    `criteria` are those that would be open, or more open, without it.
    """

    pointer: Pointer
    value: Annotated[bool | float | str, Meta(description="as it was supposed")]
    criteria: Annotated[Sequence[str], Meta(description="ids of the criteria that rest on it")]
    text: Words


class Warned(Struct, frozen=True):
    """What of a profile was not understood, or is not plausible; no verdict rests on it."""

    pointer: Pointer
    code: str
    detail: str
    hint: str
    text: Words


class AppliedIn(Struct, frozen=True):
    """Where a register is applied for: places where the person is registered, and words on it."""

    apply_in: Annotated[Sequence[str], Meta(description="ISO 3166 codes; none where none is known")]
    text: Words


class Decision(Struct, frozen=True):
    """One standard's decision for one host; the confidence is that of its weakest link.

    `reach` says how far a positive decision reaches, `gives` what it gives and does not give,
    `then` what the body does after it, `opens` what it opens elsewhere, `host_is` whether the host
    is where one is registered or where one wants to go; if the former, `register` says where this
    person applies.
    """

    standard: str
    title: Words
    effect: str
    reach: Reach
    gives: Words | None
    then: Words | None
    opens: Words | None
    host_is: Literal["register", "goal"] | None
    register: AppliedIn | None
    version: str
    host: str | None
    verdict: Verdict
    confidence: Weakest
    findings: Sequence[Finding]
    would_settle: Pointers
    would_settle_text: Lists
    assumed: Sequence[Assumed]
    ask: Body | None
    remaining: Annotated[Sequence[Words], Meta(description="what is still to be done")]

    @property
    def settling(self) -> Iterator[Settling]:
        """What would settle it, each pointer with its words."""
        told = (self.would_settle_text[lang] for lang in LANGUAGES)
        for pointer, *texts in zip(self.would_settle, *told, strict=True):
            yield Settling(pointer, dict(zip(LANGUAGES, texts, strict=True)))


class Answer(Struct, frozen=True):
    """All decisions on one profile."""

    profile: Annotated[str, Meta(description="the profile's `id`")]
    as_of: Day
    notice: Words
    warnings: Sequence[Warned]
    proposals: Annotated[
        Sequence[Mapping[str, Any]],
        Meta(description="what lists of accredited programmes say of degrees, to be confirmed"),
    ]
    decisions: Sequence[Decision]


def written(answer: Answer) -> dict[str, Any]:
    """An answer as JSON has it: the one place where it leaves its types."""
    made: dict[str, Any] = msgspec.to_builtins(answer)
    return made


def components(template: str) -> dict[str, Any]:
    """The JSON Schema of each type by its name; `template` is how one refers to another."""
    _, made = msgspec.json.schema_components([Answer], ref_template=template)
    return made


def json_schema() -> dict[str, Any]:
    """The published schema of an answer (JSON Schema 2020-12)."""
    named = components("#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://recognition.example/schemas/decision",
        **named.pop("Answer"),
        "title": "Decisions on one profile",
        "$defs": named,
    }
