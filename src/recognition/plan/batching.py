"""Like steps stacked: worked out at once, each on a copy of the facts of its own.

On a few profiles the time of a step is the call, not its numbers. So steps of one kind are taken
together as soon as what they need is there: what goes into them is laid end to end, as if it were
the columns of as many copies of the batch. On many profiles each step is alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import Any, TypeVar

from recognition.plan.graph import GATHERED, Step

T = TypeVar("T")

OWN = frozenset({"attested", "one_of", "inside", "party", "party_since", "party_place", "plus"})
"""Operations with a value for each step of a stack; all others share one."""
RAGGED = frozenset({"all", "any"})
"""Operations of which a stack may have steps with few and with many arguments."""
ALONE = frozenset({"literal", "field", "as_of"})
"""What is only fetched."""
LAID_OUT = GATHERED | {"spread", "elapsed"}
"""Operations that ask how elements lie, which is worked out for few numbers of copies only."""


@dataclass(frozen=True, eq=False, slots=True)
class Stack:
    """Steps of one operation: the `places` they have in the plan, `args` by position.

    Where steps have more or fewer arguments, all stand at one position, one step's after another's
    from `starts` on. There may be more copies than steps, the last step filling them. `values` has
    each step's own value, `value` is the one they share; the arguments have the elements of the
    collection `stand` each, the results those of `level`. Tables made for it go with it.
    """

    places: tuple[int, ...]
    args: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]
    copies: int
    op: str
    kind: str
    of: str
    value: Any
    values: tuple[Any, ...]
    stand: str
    level: str
    tables: dict[str, Any] = field(default_factory=dict, repr=False)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """A table of this stack, made when it is first asked for."""
        if name not in self.tables:
            self.tables[name] = make()
        table: T = self.tables[name]
        return table


def singly(steps: Sequence[Step]) -> tuple[Stack, ...]:
    """Each step alone, in order."""
    return tuple(_stack(steps, [place]) for place in range(len(steps)))


def stacked(steps: Sequence[Step]) -> tuple[Stack, ...]:
    """Like steps together, each stack after all that it needs."""
    return tuple(_stack(steps, sorted(places)) for places in _waves(steps))


def _waves(steps: Sequence[Step]) -> Iterator[list[int]]:
    """Steps that are alike and ready, one kind after another.

    The kind of which the greatest part is ready comes next: that leaves the others time to gather.
    """
    like = [_likeness(steps, place) for place in range(len(steps))]
    left = Counter(like)
    waiting = [len(set(step.args)) for step in steps]
    users: dict[int, list[int]] = {}
    for place, step in enumerate(steps):
        for arg in set(step.args):
            users.setdefault(arg, []).append(place)
    ready: dict[Hashable, list[int]] = {}
    freed = [place for place, count in enumerate(waiting) if not count]
    while freed or ready:
        for place in freed:
            ready.setdefault(like[place], []).append(place)
        kind = max(ready, key=lambda kind: (len(ready[kind]) / left[kind], len(ready[kind])))
        places = ready.pop(kind)
        left[kind] -= len(places)
        yield places
        freed = []
        for user in (user for place in places for user in users.get(place, ())):
            waiting[user] -= 1
            if not waiting[user]:
                freed.append(user)


def _likeness(steps: Sequence[Step], place: int) -> Hashable:
    """What two steps must have in common to be worked out at once."""
    step = steps[place]
    if step.op in ALONE:
        return place
    parts = 0 if step.op in RAGGED else len(step.args)
    shared = step.value is None if step.op in OWN else step.value
    of = steps[step.args[0]].kind if step.args else ""
    return step.op, step.kind, of, step.level, parts, shared


def _stack(steps: Sequence[Step], places: Sequence[int]) -> Stack:
    first = steps[places[0]]
    copies = _rounded(len(places)) if first.op in LAID_OUT else len(places)
    filled = [*places, *[places[-1]] * (copies - len(places))]
    args = [steps[place].args for place in filled]
    ragged = first.op in RAGGED and copies > 1
    stand = first.value[0] if first.op in GATHERED else first.level
    return Stack(
        tuple(places),
        (tuple(chain(*args)),) if ragged else tuple(zip(*args, strict=True)),
        tuple(accumulate(map(len, args[:-1]), initial=0)) if ragged else (),
        copies,
        first.op,
        first.kind,
        steps[first.args[0]].kind if first.args else "",
        first.value,
        tuple(steps[place].value for place in filled),
        str(first.value) if first.op == "spread" else stand,
        first.level,
    )


def _rounded(count: int) -> int:
    """A power of four, so that few numbers of copies occur."""
    size = 1
    while size < count:
        size *= 4
    return size
