"""Python's collector of cycles, and when it only costs time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Nothing is looked through for cycles: for what makes many things that have none.

    Looking for some takes half the time of reading records, or of loading a library. The collector
    is the whole process's, so this is for programs and workers, not for threads of a service.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
