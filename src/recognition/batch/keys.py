"""Numbers for ids, the same in every process: ids with different numbers differ."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Keys = NDArray[np.uint64]


def keys(ids: pa.ChunkedArray) -> Keys:
    """A number for each id, shape (ids,): the sum of its bytes, each times the number of its place.

    Whoever means to can find two ids with one number, so what looks the same is to be compared.
    """
    parts = [_keys(chunk) for chunk in ids.chunks if len(chunk)]
    return np.concatenate([np.zeros(0, np.uint64), *parts])


def _keys(ids: pa.StringArray) -> Keys:
    _, offsets, letters = ids.buffers()
    ends = np.frombuffer(offsets, np.int32)[ids.offset : ids.offset + len(ids) + 1].astype(np.int64)
    text = np.frombuffer(letters, np.uint8)[ends[0] : ends[-1]]
    lengths = np.diff(ends)
    place = np.arange(len(text)) - np.repeat(ends[:-1] - ends[0], lengths)
    mixed = (text + np.uint64(1)) * _numbers(int(lengths.max()))[place]
    sums: Keys = np.add.reduceat(mixed, ends[:-1] - ends[0])  # no id is empty
    return sums


@lru_cache(maxsize=16)
def _numbers(count: int) -> Keys:
    """Numbers without a pattern, one for each place (splitmix64)."""
    mixed = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed ^ (mixed >> np.uint64(31))) | np.uint64(1)
