"""What can be wrong with a document, as a value: told all at once, never as a stack of frames."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


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
