"""Lines that are plain go straight into columns, where there is enough of them to be worth it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognition.batch.chunk import Lines
from recognition.facts.facts import Facts
from recognition.facts.scan.source import ScannedSource
from recognition.facts.valid import in_words
from recognition.profile.vocabulary import Vocabularies

ENOUGH = 4 * 2**20
"""Bytes of a chunk from which on scanning pays, for it takes a moment to begin with."""


def plain(
    lines: Sequence[bytes], vocabularies: Vocabularies
) -> tuple[ScannedSource | None, NDArray[np.bool_]]:
    """Profiles of lines that could be scanned, if any; which lines these are, shape (lines,).

    Lines of which something has to be said go the longer way too: the others are scanned again.
    """
    several = Lines.of(lines)
    scan = _scanner(vocabularies) if several.size >= ENOUGH else None
    if scan is None:
        return None, np.zeros(len(lines), np.bool_)
    source, taken = scan(several.text)
    told = in_words(Facts(source, 0, vocabularies)) if source.rows else np.zeros(0, np.bool_)
    if told.any():
        places = np.flatnonzero(taken)
        taken[places[told]] = False
        source, _ = scan(Lines.of([several[place] for place in places[~told]]).text)
    return source if source.rows else None, taken


def _scanner(vocabularies: Vocabularies) -> Any:
    """What scans lines; None where there is no numba, and all lines go the longer way.

    It is imported when it is first needed: deciding a few profiles should not wait for it.
    """
    return vocabularies.memo.once(_scanner, lambda: _compiled(vocabularies))


def _compiled(vocabularies: Vocabularies) -> Any:
    try:
        return import_module("recognition.facts.scan.reading").Scanner(vocabularies)
    except ImportError:
        return None
