"""Ids that are met more than once in the inputs of a run, each with the places it stood in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from recognition.batch.checkpoint import Checkpoint
from recognition.batch.keys import Keys

MOST = 2**24
"""Numbers of ids that are held at once."""


def repeated(parts: Checkpoint, count: int, ids: int) -> list[dict[str, Any]]:
    """Ids with their files, sheets and lines, in the order they are first met.

    Their numbers are compared first; what looks the same by these is then compared in full.
    `count` parts have `ids` ids.
    """
    passes = np.uint64(1 + ids // MOST)
    again = np.concatenate([_again(parts, count, passes, one) for one in range(int(passes))])
    if not len(again):
        return []
    met: dict[str, list[dict[str, Any]]] = {}
    for number in range(count):
        at = np.flatnonzero(np.isin(parts.keys(number), again))
        place = parts.place(number)
        for id, line in zip(*parts.ids(number).take(at).to_pydict().values(), strict=True):
            met.setdefault(id, []).append({**place, "line": line})
    return [{"id": id, "places": places} for id, places in met.items() if len(places) > 1]


def _again(parts: Checkpoint, count: int, passes: np.uint64, one: int) -> Keys:
    """The numbers met more than once, of those that one pass looks at."""
    every = [parts.keys(number) for number in range(count)]
    held = np.concatenate([np.zeros(0, np.uint64), *(k[k % passes == one] for k in every)])
    held.sort()
    return np.unique(held[1:][held[1:] == held[:-1]])


def encoded(found: list[dict[str, Any]]) -> Iterator[bytes]:
    """One id a line, as JSON."""
    return (orjson.dumps(one) + b"\n" for one in found)
