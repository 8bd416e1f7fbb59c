"""What one operation is asked, and where it stands: all that an operation may know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeVar

import numpy as np

from recognition.bounds import Array, Bounds, both
from recognition.counting import Segments
from recognition.decide.sheet import Columns, Sheet, World
from recognition.plan.batching import Stack

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """One operation on a sheet: what it is asked, and where it stands.

    It may be several like steps at once, on copies of the facts; an operation need not know.
    """

    sheet: Sheet
    stack: Stack

    @property
    def facts(self) -> Columns:
        return self.sheet.facts

    @property
    def world(self) -> World:
        return self.sheet.world

    @property
    def op(self) -> str:
        return self.stack.op

    @property
    def kind(self) -> str:
        return self.stack.kind

    @property
    def value(self) -> Any:
        """What is asked beside the arguments, where all steps ask the same."""
        return self.stack.value

    @property
    def values(self) -> tuple[Any, ...]:
        """What each of the steps asks."""
        return self.stack.values

    @property
    def vocabulary(self) -> str:
        """The vocabulary of the first argument, a code."""
        return self.stack.of.partition(":")[2]

    @property
    def collection(self) -> str:
        """The collection that is gathered."""
        return str(self.stack.value[0])

    @property
    def level(self) -> str:
        """Where the results stand."""
        return self.stack.level

    @property
    def size(self) -> int:
        """How many results there are."""
        return self.sheet.size(self.stack.level)

    @property
    def runs(self) -> Segments:
        """The elements of the gathered collection, run by run."""
        return self.sheet.runs(self.collection, self.stack.level)

    @property
    def owner(self) -> Array:
        """The owner of each element of the gathered collection."""
        return self.sheet.owner(self.collection, self.stack.level)

    def spread(self, part: Array) -> Array:
        """A value for each owner as one for each of its elements, on the level they stand on."""
        return part[self.sheet.owner(self.stack.level, self.stack.stand)] if np.ndim(part) else part

    def on_elements(self, value: Bounds, collection: str) -> Bounds:
        """A value for each profile as one for each element of a collection."""
        owner = self.sheet.owner(collection, "")
        return self.sheet.share(("to", collection), lambda: both(lambda part: part[owner], value))

    def argument(self, place: int) -> tuple[int, ...]:
        """What an argument is made of: the same for all who are asked about the same values."""
        return self.stack.args[place]

    def folded(self, ufunc: np.ufunc, args: Sequence[Bounds]) -> Bounds:
        """All arguments of a step brought together."""
        if not self.stack.starts:
            return both(lambda *parts: reduce(ufunc, parts), *args)
        count, starts = len(self.stack.args[0]), self.stack.starts
        return both(lambda part: ufunc.reduceat(part.reshape(count, -1), starts).ravel(), args[0])

    def each(self, values: Sequence[Any]) -> Any:
        """A value of each step where its elements stand."""
        if self.sheet.copies == 1:
            return values[0]
        size = self.sheet.size(self.stack.stand) // self.sheet.copies
        return np.repeat(np.array(values), size)

    def lookup(self, table: Array) -> Callable[[Array], Array]:
        """Looks codes up in a table (steps, entries): each code in that of its own step."""
        if len(table) == 1:
            return table[0].take  # type: ignore[no-any-return]  # NumPy says Any
        copy = self.sheet.copy(self.stack.stand)
        return lambda codes: table[copy, codes]

    def table(self, name: str, make: Callable[[], T]) -> T:
        """A table of this question, made when it is first asked for and kept with the plan."""
        return self.stack.once(name, make)
