"""What a source is worth: who speaks in it, and what follows for a fact that rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

AUTHORITIES = ("body", "law", "professional-body", "press", "other", "mirror")
"""Who speaks, the best first: the body itself, the law, a professional body, the press, others; a
mirror holds what somebody else said, perhaps no longer as it was said."""


def best_first(ids: Sequence[str], sources: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """The sources that are cited, those of the best authority first; else in their order."""
    return tuple(sorted(ids, key=lambda id: AUTHORITIES.index(_authority(id, sources))))


def supported(confidence: str, ids: Sequence[str], sources: Mapping[str, Mapping[str, Any]]) -> str:
    """How sure a fact is: `unverified` where only mirrors support it, whatever was written."""
    mirrored = bool(ids) and all(_authority(id, sources) == "mirror" for id in ids)
    return "unverified" if mirrored else confidence


def _authority(id: str, sources: Mapping[str, Mapping[str, Any]]) -> str:
    return str(sources.get(id, {}).get("authority", "other"))
