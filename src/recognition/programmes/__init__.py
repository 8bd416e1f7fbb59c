"""Lists of accredited programmes: what bodies publish, proposed where a profile does not know.

documents, proposals = with_proposals(profile, programmes(library))
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recognition.programmes.entering import line_with_proposals, with_proposals
from recognition.programmes.load import listings
from recognition.programmes.proposal import Proposal
from recognition.programmes.proposals import Programmes
from recognition.standard.library import Library


def programmes(library: Library, roots: Iterable[Path] = ()) -> Programmes:
    """The lists of a library and of other folders, read once; raises Refused as `listings` does."""
    folders = tuple(roots)
    return library.memo.once(
        ("programmes", folders),
        lambda: Programmes(listings(library, folders), library.vocabularies),
    )


__all__ = ["Programmes", "Proposal", "line_with_proposals", "programmes", "with_proposals"]
