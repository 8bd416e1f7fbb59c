"""Progress as lines of JSON, for whoever watches a run from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

import orjson

from recognition.batch.output.summary import NUMBERED, Summary


def lines(file: IO[str], size: int) -> Callable[[Summary, int], None]:
    """A progress that writes a line for each chunk: counts so far, bytes read and in all."""

    def told(summary: Summary, upto: int) -> None:
        write(file, "progress", summary, bytes_read=upto, bytes_in_all=size)

    return told


def write(file: IO[str], event: str, summary: Summary, **more: int) -> None:
    """One line of JSON."""
    counts = {name: getattr(summary, name) for name in NUMBERED}
    file.write(orjson.dumps({"event": event, **counts, **more}).decode() + "\n")
    file.flush()
