"""A JSON document as a stream: one value, or the elements of a list, as they are written.

No more of it is held than a block and the element that is read; so a list may be larger than the
memory there is.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import IO

from recognition.batch.input import blocks
from recognition.problems import Problem, Refused

LONGEST = 2**26
"""Letters of an element: where there are more, a bracket or a quotation mark was not closed."""
BLOCK = 2**20

_SPACE = re.compile(r"[ \t\n\r]*")


class _Text:
    """What was read of a document and not yet taken, with the place at which it begins.

    Bytes that are no UTF-8 are kept as half letters: it is the element they stand in that is wrong.
    """

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self.file, self.path = file, path
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
        # Numbers are only passed over here, however long they are.
        self.json = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
        self.held, self.at, self.ended = "", 0, False
        self.line, self.column = 1, 1

    def more(self, size: int = BLOCK) -> None:
        """Read on; what was taken is let go."""
        self._pass(self.held[: self.at])
        read = blocks.block(self.file, self.path, size)
        self.ended = not read
        self.held = self.held[self.at :] + self.decoder.decode(read, final=self.ended)
        self.at = 0

    def _pass(self, taken: str) -> None:
        lines = taken.count("\n")
        self.line += lines
        self.column = len(taken) - taken.rfind("\n") if lines else self.column + len(taken)

    def next(self) -> str:
        """The next letter that is no space; empty at the end."""
        while True:
            space = _SPACE.match(self.held, self.at)
            self.at = space.end() if space else self.at
            if self.at < len(self.held):
                return self.held[self.at]
            if self.ended:
                return ""
            self.more()

    def value(self) -> str:
        """The value that begins here."""
        while True:
            try:
                end = self.json.raw_decode(self.held, self.at)[1]
            except JSONDecodeError as error:
                if self.ended or len(self.held) - self.at > LONGEST or not self._cut_off(error):
                    self.wrong(error.msg, error.pos)
            except RecursionError:
                self.wrong("lists too deep to be read", self.at)
            else:
                if end < len(self.held) or self.ended:
                    taken, self.at = self.held[self.at : end], end
                    return taken
            self.more(max(BLOCK, len(self.held) - self.at))

    def _cut_off(self, error: JSONDecodeError) -> bool:
        """Whether a value may be whole once more of it is read."""
        near_the_end = len(self.held) - error.pos <= len("-Infinity")
        return near_the_end or error.msg.startswith("Unterminated string")

    def wrong(self, message: str, at: int | None = None) -> None:
        """Refuse the document, at a place of what is held."""
        self.at = self.at if at is None else at
        self._pass(self.held[: self.at])
        detail = f"the text is not JSON at line {self.line}, column {self.column}: {message}"
        hint = "one profile a line is a file named `.ndjson`" if message in _SEVERAL else ""
        raise Refused([Problem("not-json", "", detail, hint, str(self.path), self.line)])


_SEVERAL = ("Extra data",)


def elements(file: IO[bytes], path: Path) -> Iterator[str]:
    """The elements of a list, or the one value there is; raises Refused where it is no JSON.

    An element is as it was written, its line feeds too; bytes that are no UTF-8 are half letters.
    """
    text = _Text(file, path)
    if text.next() == "[":
        text.at += 1
        yield from _listed(text)
    else:
        yield text.value()
    if text.next():
        text.wrong("Extra data")


def _listed(text: _Text) -> Iterator[str]:
    """The elements up to the bracket that closes the list."""
    if text.next() == "]":
        text.at += 1
        return
    while True:
        text.next()
        yield text.value()
        after = text.next()
        if after not in ("]", ","):
            text.wrong("Expecting ',' delimiter")
        text.at += 1
        if after == "]":
            return
