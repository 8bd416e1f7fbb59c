"""What can be wrong with a document, as a value: told all at once, never as a stack of frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `pointer` is an RFC 6901 JSON Pointer into the document, `detail` says what is wrong in the
    words of the field, `hint` what would be right; `file` and `line` are given when known.
    """

    code: str
    pointer: str
    detail: str
    hint: str = ""
    file: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part)
        where = " ".join(part for part in (place, self.pointer or "/") if part)
        return f"{where}: {self.detail}" + (f" ({self.hint})" if self.hint else "")


class Refused(Exception):
    """A document was refused; `problems` holds everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[Any, ...]:
        """How it comes over from another process."""
        return Refused, (self.problems,)


def tried(problems: list[Problem], make: Callable[[], T]) -> T | None:
    """What `make` makes; where it is refused, its problems are noted and nothing is made."""
    try:
        return make()
    except Refused as refused:
        problems.extend(refused.problems)
        return None


def within(pointer: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems of a part of a document, by their places in the whole."""
    for problem in problems:
        yield Problem(problem.code, pointer + problem.pointer, problem.detail, problem.hint)
