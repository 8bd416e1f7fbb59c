"""Markdown: text that stays text, links, tables, and the anchors of headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def plain(text: str) -> str:
    """A text in which nothing is taken for a mark, on one line."""
    return re.sub(r"([\\`*<|\[\]])", r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """A code, set apart."""
    return f"`{text}`"


def link(text: str, address: str) -> str:
    """A link; what would end its address early is encoded."""
    for mark, encoded in ((" ", "%20"), ("(", "%28"), (")", "%29")):
        address = address.replace(mark, encoded)
    return f"[{text}]({address})"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with its heads; cells are Markdown already."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def anchor(heading: str) -> str:
    """The address of a heading within its page."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def page(*parts: str) -> str:
    """Parts of a page, a blank line between them; empty ones are left out."""
    return "\n\n".join(part for part in parts if part) + "\n"
