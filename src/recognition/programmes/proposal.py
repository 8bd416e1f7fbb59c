"""One proposal: what a row, or a list by its silence, says of a degree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recognition.programmes import spelling
from recognition.programmes.entries import Entry, names, sources
from recognition.programmes.model import Listing, ListSource
from recognition.programmes.words import said

LISTED, NOT_LISTED, NEAR = "listed", "not-listed", "near"


@dataclass(frozen=True)
class Proposal:
    """What one row, or one list, says of a degree.

    `kind`: `listed` (`accreditations` holds the one of the row), `not-listed` (`[]`: the list is
    complete for the body, the country and the year), `near` (None: nearly the names in `near`).
    `doubts`: why it is not entered into a profile by itself; `entered`: whether it was.
    """

    kind: str
    listing: Listing | None = None
    entry: Entry | None = None
    doubts: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    pointer: str = ""
    entered: bool = False

    @property
    def accreditations(self) -> list[dict[str, Any]] | None:
        """The accreditations as a profile has them."""
        if self.kind == NEAR:
            return None
        return [dict(self.entry.accreditation)] if self.entry else []

    def document(self) -> dict[str, Any]:
        """It as it stands in an answer, with `words` in both languages."""
        told: dict[str, Any] = {"pointer": self.pointer, "kind": self.kind}
        told["accreditations"] = self.accreditations
        if self.listing:
            told |= {"body": self.listing.body, "derived_from": _origin(self.listing, self.entry)}
        if self.entry:
            borne = [name.text for name in names(self.entry.institution)]
            told["institution"] = _in_both(borne)
            told["programme"] = _in_both(self.entry.row.programme)
            told |= {"level": self.entry.level, "campus": self.entry.row.campus}
        told |= {"doubts": list(self.doubts), "near": list(self.near), "entered": self.entered}
        told["words"] = {lang: said(told, lang) for lang in ("en", "zh")}
        return told


def _origin(listing: Listing, entry: Entry | None) -> dict[str, Any]:
    """Where a proposal comes from; the row is counted from 0, sources are ids or titles."""
    read = sources(listing, entry.row if entry else None)
    titled = [one for one in read if isinstance(one, ListSource)]
    told: dict[str, Any] = {"list": listing.id, "row": entry.number if entry else None}
    told["source"] = [one.title if isinstance(one, ListSource) else one for one in read]
    told["urls"] = [one.url for one in titled if one.url]
    told["read_on"] = listing.read_on
    return told | ({"made_up": True} if listing.made_up else {})


def _in_both(texts: Sequence[str]) -> dict[str, str]:
    """The first name that is written in a language's script, or the first there is."""
    scripts = {"en": "other", "zh": "han"}
    return {
        lang: next((text for text in texts if spelling.script(text) == script), texts[0])
        for lang, script in scripts.items()
    }
