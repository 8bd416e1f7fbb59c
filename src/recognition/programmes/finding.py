"""Rows of lists by words of their names, for somebody who looks for one."""

from __future__ import annotations

from collections.abc import Sequence

from recognition import dates
from recognition.programmes import spelling
from recognition.programmes.entries import Entry, names
from recognition.programmes.proposals import Programmes


def found(
    programmes: Programmes, texts: Sequence[str], by: str, country: str, year: int | None
) -> list[Entry]:
    """The rows in whose institution's and programme's names all words stand, in order of lists.

    `by` and `country` are codes, empty for all; `year` one in which the accreditation may hold.
    """
    wanted = [word for text in texts for word in spelling.key(text).split()]
    return [
        entry
        for entry in programmes.index.entries
        if by in ("", entry.listing.body)
        and country in ("", entry.institution.country)
        and (year is None or _may_hold(entry, year))
        and _names_all(entry, wanted)
    ]


def _may_hold(entry: Entry, year: int) -> bool:
    first, last = dates.parse(f"{year:04d}")
    return entry.days[0] <= last and first <= entry.days[1]


def _names_all(entry: Entry, wanted: Sequence[str]) -> bool:
    """Whether each word is one of the names', or a part of one where no space parts words."""
    texts = [name.text for name in names(entry.institution)] + entry.row.programme
    words = [word for text in texts for word in spelling.key(text).split()]
    joined = " ".join(word for word in words if word[0] >= "\u3000")
    return all(word in words or (word[0] >= "\u3000" and word in joined) for word in wanted)
