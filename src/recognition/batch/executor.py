"""Who decides chunks, and chunks spread over them: parts are kept, and told of in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import NamedTuple

from recognition.batch import origin
from recognition.batch.checkpoint import Checkpoint
from recognition.batch.chunk import Chunk
from recognition.batch.work import Outcome, Work


class Crew(NamedTuple):
    """Who decides chunks: how one is handed over, and how many are worked on at once.

    What comes back are its outcomes in order, none from those who have kept the part themselves.
    """

    submit: Callable[[Chunk], Future[Sequence[Outcome]]]
    size: Callable[[], int]


class Handed(NamedTuple):
    """A chunk that somebody decides, or has decided: its number, the bytes read to its end."""

    number: int
    upto: int
    place: Mapping[str, str]
    future: Future[Sequence[Outcome]]


@dataclass
class Spread:
    """Chunks spread over a crew, two under way for each of it, so that memory is bounded.

    With `work` this process decides too: what the crew has no hands for, or is yet to come for.
    """

    parts: Checkpoint
    crew: Crew
    work: Work | None = None
    waiting: deque[Handed] = field(default_factory=deque)

    def done(self, several: Iterable[Chunk]) -> Iterator[Handed]:
        for chunk in several:
            while self.work is None and (self.busy() or self.held_up()):
                yield self.next()
            future = self.handed(chunk)
            self.waiting.append(Handed(chunk.number, chunk.upto, origin.place(chunk), future))
            while self.waiting and self.waiting[0].future.done():
                yield self.next()
        while self.waiting:
            yield self.next()

    def busy(self) -> bool:
        """Whether each of the crew has enough to do."""
        return sum(not one.future.done() for one in self.waiting) >= 2 * self.crew.size()

    def held_up(self) -> bool:
        """Whether outcomes gather behind one that is slow, as on a machine that is gone."""
        return len(self.waiting) >= 8 * self.crew.size()

    def handed(self, chunk: Chunk) -> Future[Sequence[Outcome]]:
        if not self.parts.has(chunk.number):
            if self.work is None or not self.busy():
                return self.crew.submit(chunk)
            kept(chunk, self.work, self.parts)
        done: Future[Sequence[Outcome]] = Future()
        done.set_result(())
        return done

    def next(self) -> Handed:
        """The first chunk, its part kept."""
        first = self.waiting.popleft()
        if outcomes := first.future.result():
            self.parts.put(first.number, outcomes, first.place)
        return first


def kept(chunk: Chunk, work: Work, parts: Checkpoint) -> None:
    """A chunk decided, and kept at once: decisions need not go from process to process."""
    parts.put(chunk.number, origin.outcomes(chunk, work), origin.place(chunk))
