"""Rows of lists as what is compared and proposed: codes, keys and days worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from msgspec import UNSET

from recognition import dates
from recognition.programmes import spelling
from recognition.programmes.model import Institution, Listing, ListSource, Name, Row

ALWAYS = (dates.BEFORE_ALL, dates.AFTER_ALL)
Span = tuple[int, int]
"""Earliest first day and latest last day."""


@dataclass(frozen=True, eq=False)
class Entry:
    """One row. `number` is its place in its list, `days` when its accreditation may have run.

    `accreditation` is the profile's object; `campus` a key, empty where the row names none.
    """

    listing: Listing
    number: int
    row: Row
    institution: Institution
    days: Span
    level: str
    campus: str
    accreditation: dict[str, Any] = field(repr=False)


def entries(listing: Listing) -> Iterator[Entry]:
    """The rows of a list."""
    for number, row in enumerate(listing.rows):
        yield Entry(
            listing,
            number,
            row,
            listing.institutions[row.institution],
            span(row.from_, row.until),
            listing.value(row, "level"),
            spelling.unordered(spelling.key(row.campus or "")),
            _accreditation(listing, row),
        )


def _accreditation(listing: Listing, row: Row) -> dict[str, Any]:
    told = {name: listing.value(row, name) for name in ("accord", "basis", "status", "scope")}
    return {"by": listing.body, "from": row.from_, "until": row.until, "proof": "declared", **told}


def span(first: str | None, last: str | None) -> Span:
    """From the earliest day the first may be to the latest the last may be."""
    begin = dates.parse(first)[0] if first else ALWAYS[0]
    return begin, dates.parse(last)[1] if last else ALWAYS[1]


def names(institution: Institution) -> Iterator[Name]:
    """The names of an institution, those without days borne always."""
    for name in institution.names:
        yield Name(name) if isinstance(name, str) else name


def sources(listing: Listing, row: Row | None) -> list[str | ListSource]:
    """Where a row, or a list as a whole, was read."""
    said = listing.source if row is None or row.source is UNSET else row.source
    return said if isinstance(said, list) else [said]
