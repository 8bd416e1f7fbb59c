"""One batch being worked out: its facts, how their elements lie, and the world around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import numpy as np

from recognition.bounds import Array, Bounds, both
from recognition.counting import Segments
from recognition.profile.schema import parent

T = TypeVar("T")


class Columns(Protocol):
    """Facts of a batch: fields with bounds, and how elements belong to their owners."""

    @property
    def rows(self) -> int: ...
    @property
    def as_of(self) -> Bounds: ...
    def offsets(self, collection: str) -> Array: ...
    def owner(self, collection: str) -> Array: ...
    def present(self, collection: str) -> Bounds: ...
    def many(self, collection: str) -> Array | None: ...
    def field(self, path: str) -> Bounds: ...
    def statements(self, kinds: Sequence[str]) -> Bounds: ...
    def size(self, collection: str) -> int: ...


class Parties(Protocol):
    """Dated status of parties: for each step of a stack a table by code, the last entry no code.

    `first`, `last`, `held` have the shape (steps, periods, entries + 2), the others no periods.
    """

    @property
    def first(self) -> Bounds: ...
    @property
    def last(self) -> Bounds: ...
    @property
    def held(self) -> Array: ...
    @property
    def since(self) -> Bounds: ...
    @property
    def place(self) -> Array: ...


class World(Protocol):
    """What holds whatever the profile: the country of each place, the parties of agreements.

    Parties are asked for by agreement, `body` or `place`, and perhaps statuses: for each step.
    """

    @property
    def country(self) -> Array: ...
    def entries(self, vocabulary: str) -> int: ...
    def homes(self, vocabulary: str) -> Array: ...
    def parties_of(self, asked: tuple[Any, ...]) -> Parties: ...


@dataclass
class Layout:
    """How the elements of a batch lie: runs and owners, worked out once for all who ask."""

    facts: Columns
    _shared: dict[Any, Any] = field(default_factory=dict, kw_only=True)

    def share(self, key: Any, make: Callable[[], T]) -> T:
        if key not in self._shared:
            self._shared[key] = make()
        shared: T = self._shared[key]
        return shared

    def size(self, level: str) -> int:
        """How many elements a collection has; of `""`, how many profiles."""
        return self.facts.size(level)

    def offsets(self, collection: str, level: str) -> Array:
        """Where each owner's elements begin, for an owner on any level around the collection."""

        def make() -> Array:
            ends, around = self.facts.offsets(collection), parent(collection)
            while around != level:
                ends, around = ends[self.facts.offsets(around)], parent(around)
            return ends

        return self.share(("offsets", collection, level), make)

    def runs(self, collection: str, level: str) -> Segments:
        return self.share(
            ("runs", collection, level), lambda: Segments.of(self.offsets(collection, level))
        )

    def owner(self, collection: str, level: str) -> Array:
        """The owner of each element on a level around the collection."""

        def make() -> Array:
            owner, around = self.facts.owner(collection), parent(collection)
            while around != level:
                owner, around = self.facts.owner(around)[owner], parent(around)
            return owner

        return self.share(("owner", collection, level), make)


@dataclass
class Sheet(Layout):
    """A layout with the world around it, and which fields make periods; `copies` of the facts."""

    world: World
    periods: Mapping[str, tuple[str, str]]
    copies: int = 1

    def several(self, copies: int) -> Sheet:
        """A sheet of several copies of these facts, made once."""
        if copies == 1:
            return self
        return self.share(
            ("copies", copies),
            lambda: Sheet(Copies(self.facts, copies), self.world, self.periods, copies),
        )

    def copy(self, level: str) -> Array:
        """The copy to which each element belongs, shape (elements,)."""
        each = self.size(level) // self.copies
        return self.share(("copy", level), lambda: np.arange(self.copies).repeat(each))


class Copies:
    """The same facts several times, one copy after another; each column made once."""

    def __init__(self, facts: Columns, count: int) -> None:
        self.rows = facts.rows * count
        self._facts, self._count = facts, count
        self._made: dict[tuple[str, str], Any] = {}

    @property
    def as_of(self) -> Bounds:
        return self._once("as_of", "", lambda _: both(self._tiled, self._facts.as_of))

    def offsets(self, collection: str) -> Array:
        return self._once("offsets", collection, self._offsets)

    def owner(self, collection: str) -> Array:
        return self._once("owner", collection, self._owner)

    def present(self, collection: str) -> Bounds:
        return self._once(
            "present", collection, lambda name: both(self._tiled, self._facts.present(name))
        )

    def many(self, collection: str) -> Array | None:
        return self._once("many", collection, self._many)

    def field(self, path: str) -> Bounds:
        return self._once("field", path, lambda name: both(self._tiled, self._facts.field(name)))

    def statements(self, kinds: Sequence[str]) -> Bounds:
        """A kind for each copy."""
        return self._facts.statements(kinds)

    def size(self, collection: str) -> int:
        return self._facts.size(collection) * self._count

    def _once(self, what: str, name: str, make: Callable[[str], T]) -> T:
        if (what, name) not in self._made:
            self._made[what, name] = make(name)
        made: T = self._made[what, name]
        return made

    def _tiled(self, part: Array) -> Array:
        return np.concatenate([part] * self._count)

    def _offsets(self, collection: str) -> Array:
        ends = self._facts.offsets(collection)
        return np.append(self._raised(ends[:-1], ends[-1]), ends[-1] * self._count)

    def _owner(self, collection: str) -> Array:
        return self._raised(self._facts.owner(collection), len(self._facts.offsets(collection)) - 1)

    def _raised(self, part: Array, by: int) -> Array:
        return (part + by * np.arange(self._count)[:, None]).ravel()

    def _many(self, collection: str) -> Array | None:
        many = self._facts.many(collection)
        return None if many is None else self._tiled(many)
