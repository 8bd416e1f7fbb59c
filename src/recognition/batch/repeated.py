"""Ids that are met more than once in the inputs of a run, each with the places it stood in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from recognition.batch.parts import Parts


def repeated(parts: Parts, count: int) -> list[dict[str, Any]]:
    """Ids with their files, sheets and lines, in the order they are first met.

    Eight bytes an id are kept; what looks the same by these is then compared in full.
    """
    if not count:
        return []
    keys = [np.fromiter(map(hash, _ids(parts, number)), np.int64) for number in range(count)]
    every, counts = np.unique(np.concatenate(keys), return_counts=True)
    again = every[counts > 1]
    if not len(again):
        return []
    met: dict[str, list[dict[str, Any]]] = {}
    for number in range(count):
        held, place = parts.ids(number), parts.counts(number)["place"]
        for i in np.flatnonzero(np.isin(keys[number], again)).tolist():
            said = {**place, "line": held["line"][i].as_py()}
            met.setdefault(held["id"][i].as_py(), []).append(said)
    return [{"id": id, "places": places} for id, places in met.items() if len(places) > 1]


def _ids(parts: Parts, number: int) -> list[str]:
    ids: list[str] = parts.ids(number)["id"].to_pylist()
    return ids


def encoded(found: list[dict[str, Any]]) -> Iterator[bytes]:
    """One id a line, as JSON."""
    return (orjson.dumps(one) + b"\n" for one in found)
