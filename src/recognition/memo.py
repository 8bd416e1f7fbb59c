"""Things made once: whoever asks first makes them, everybody else waits, all share them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock, RLock
from typing import Any, TypeVar

T = TypeVar("T")

_NONE = object()


class Memo:
    """What was made of something, kept with it and gone with it; at most `most` things.

    Nothing is made by two threads at once, and all who ask for a key get the same thing. Where
    there are too many, the one that was made first goes.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._made: dict[Hashable, Any] = {}
        self._turns: dict[Hashable, RLock] = {}
        self._lock = Lock()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made for a key, or is made now; raises what `make` raises, keeping nothing."""
        made: Any = self._made.get(key, _NONE)
        if made is not _NONE:
            return made  # type: ignore[no-any-return]  # a key is always made by one `make`
        with self._turn(key):
            made = self._made.get(key, _NONE)
            if made is _NONE:
                made = make()
                self._keep(key, made)
        return made  # type: ignore[no-any-return]  # as above

    def _turn(self, key: Hashable) -> RLock:
        with self._lock:
            return self._turns.setdefault(key, RLock())

    def _keep(self, key: Hashable, made: Any) -> None:
        with self._lock:
            self._made[key] = made
            del self._turns[key]
            if self._most is not None and len(self._made) > self._most:
                del self._made[next(iter(self._made))]
