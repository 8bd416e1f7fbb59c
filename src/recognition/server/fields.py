"""What the form asks for: sections of fields, each asked for in the way the model calls for."""

from __future__ import annotations

from dataclasses import dataclass

from recognition.profile.model import Amount, Code, Day, Truth
from recognition.profile.schema import LEAVES


@dataclass(frozen=True)
class FormField:
    """A fact that is asked for, by its path in the profile.

    `tail` names it within its row. `way` is how it is asked: `day`, `end` (a day or open),
    `truth`, `number`, `text`, `choice` (one of a list), `near` (a text with suggestions),
    `marks` (several of a short list) or `codes` (several, written with commas).
    """

    path: str
    tail: str
    way: str
    code: Code | None = None

    def name(self, row: str) -> str:
        """The field's name in a row: `degrees.0.accreditations.0.by`."""
        return f"{row}.{self.tail}" if self.tail else row


@dataclass(frozen=True)
class Section:
    """A list of the profile, asked for row by row: at first `rows`, at most `most` of them.

    `inner` are the fields of the one element asked for of a list inside (`within`).
    """

    collection: str
    fields: tuple[FormField, ...]
    inner: tuple[FormField, ...] = ()
    within: str = ""
    rows: int = 1
    most: int = 4
    further: bool = False

    def row(self, index: int) -> str:
        return f"{self.collection}.{index}"


_WAYS = {Truth: "truth", Amount: "number"}


def _field(path: str, collection: str) -> FormField:
    leaf = LEAVES[path]
    tail = path.removeprefix(collection).removeprefix(".")
    if path.startswith("degrees.accreditations."):
        tail = tail.replace("accreditations.", "accreditations.0.", 1)
    if not leaf.steps:
        tail = tail.removesuffix("code").removesuffix(".")
    return FormField(path, tail, _way(path), leaf.mark if isinstance(leaf.mark, Code) else None)


def _way(path: str) -> str:
    match LEAVES[path].mark:
        case Day(end=end):
            return "end" if end else "day"
        case Code(vocabulary="scopes"):
            return "marks"
        case Code() if path == "experience.codes.code":
            return "codes"
        case Code(vocabulary=name, only=only):
            return "near" if only == "region" or name in _OPEN else "choice"
        case mark:
            return _WAYS.get(type(mark), "text")


_OPEN = ("titles", "grades", "examinations", "language-tests", "frameworks")
"""Vocabularies that are not complete: other texts are taken too."""


def _fields(collection: str, names: str) -> tuple[FormField, ...]:
    return tuple(_field(f"{collection}.{name}", collection) for name in names.split())


def _section(
    collection: str,
    names: str,
    inner: str = "",
    *,
    rows: int = 1,
    most: int = 4,
    further: bool = False,
) -> Section:
    within = f"{collection}.accreditations" if inner else ""
    asked = " ".join(f"accreditations.{name}" for name in inner.split())
    return Section(
        collection,
        _fields(collection, names),
        _fields(collection, asked),
        within,
        rows,
        most,
        further,
    )


SECTIONS = (
    _section("citizenships", "code"),
    _section(
        "degrees",
        "title programme level discipline country delivered_in mode years started_on "
        "notional_start awarded_on further_learning",
        "by accord from until basis status scope.code",
    ),
    _section(
        "registrations",
        "title body country region discipline status good_standing granted_on expires_on route "
        "independent_practice",
    ),
    _section(
        "experience",
        "from until country discipline responsible_charge significant fte codes.code",
        rows=2,
        most=12,
    ),
    _section("cpd", "year hours ethics_hours", rows=3, most=10),
    _section("residences", "country region from until permanent", further=True),
    _section("assessments", "by result on", further=True),
    _section("memberships", "body grade discipline since status", further=True),
    _section("examinations", "name body result on", further=True, most=6),
    _section("languages", "language cefr test score on", further=True),
    _section("referees", "title body country", further=True),
)
"""The lists of the profile that the form asks for; `further` ones stand folded at the end."""
