"""The shapes that stand under the forms of the language: what a signature is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from recognition.rule.syntax import TRUTH

DUE = "due"
"""An expression of the kind that is asked of the form."""
LIKE = "like"
"""An expression of the kind of the one read before it, else of the kind asked for."""
MEASURE = "measure"
"""A number, or counted days."""


@dataclass(frozen=True)
class Expression:
    """An expression of a kind; `on` the element of the collection read before, or `around` it."""

    kind: str = TRUTH
    stands: str = ""


@dataclass(frozen=True)
class Expressions:
    """One expression or more, all of a kind; or one that is taken for each of a list (`EACH`)."""

    kind: str = TRUTH


@dataclass(frozen=True)
class Exactly:
    """A list of so many parts; `says` and `hint` are told where it is another."""

    parts: tuple[Part, ...]
    says: str = "two things are compared here"
    hint: str = "write [this, that]"


@dataclass(frozen=True)
class Alike:
    """Two codes of one vocabulary, one of which may be written as it is."""


@dataclass(frozen=True)
class Keys:
    """An object: keys it needs, may have, needs one of; and keys that may not stand together."""

    needed: Mapping[str, Part] = field(default_factory=dict)
    optional: Mapping[str, Part] = field(default_factory=dict)
    one_of: Mapping[str, Part] = field(default_factory=dict)
    apart: tuple[str, ...] = ()


@dataclass(frozen=True)
class Either:
    """One thing where an object is written, another where it is none."""

    keys: Keys
    other: Part


@dataclass(frozen=True)
class AskedShape:
    """What a measure is held against: a number; of counted days whole years, or months."""


@dataclass(frozen=True)
class CollectionShape:
    """The name of a collection; `periods`: of one whose elements have a first and a last day."""

    periods: bool = False


@dataclass(frozen=True)
class ColumnsShape:
    """The name of a parameter, or the names of several."""


@dataclass(frozen=True)
class RowsShape:
    """A list of one or more, of whatever is put in."""


@dataclass(frozen=True)
class TextShape:
    """A name that is written plainly."""


@dataclass(frozen=True)
class Codes:
    """Entries of a vocabulary; without one, of the vocabulary of the code read before.

    `single`: an expression may stand instead of the list.
    """

    vocabulary: str = ""
    single: bool = False


@dataclass(frozen=True)
class Whole:
    """A whole number, not below the least."""

    least: int | None = None


@dataclass(frozen=True)
class Choice:
    """One of a few words; `settable` if a parameter may stand for it."""

    words: tuple[str, ...]
    settable: bool = True


@dataclass(frozen=True)
class Yes:
    """Nothing is told but that the form stands here: `true`."""


@dataclass(frozen=True)
class Flag:
    """True or false."""


@dataclass(frozen=True)
class Ends:
    """Two numbers, the least and the most."""


@dataclass(frozen=True)
class DayShape:
    """A coarse date."""


Part = (
    Expression
    | Expressions
    | Exactly
    | Alike
    | Keys
    | Either
    | AskedShape
    | CollectionShape
    | ColumnsShape
    | RowsShape
    | TextShape
    | Codes
    | Whole
    | Choice
    | Yes
    | Flag
    | Ends
    | DayShape
)

EACH = Keys({"for": ColumnsShape(), "in": RowsShape(), "is": Expression(DUE)})
"""An expression taken for each of a list, or of the rows of a table, with parameters put in."""
