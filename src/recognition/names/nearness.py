"""Names near a text that was not resolved: hints, never an answer.

Names are compared by their words, a word weighing the more the fewer names have it, so that
`Engineers` alone makes nothing near. A word may be off by a letter. Whole abbreviations are
compared by letters, after all that share words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import TypeVar

from recognition.names.folding import key
from recognition.names.index import Spelling

Held = TypeVar("Held")

NEAR = 0.62
"""The share of the weight of both names' words that two near names have in common."""
_SHOWN = 3
_WORDS = 16
_CANDIDATES = 64
_MISTYPED = 0.8
_SHORTEST_MISTYPED = 5
_SHORTEST_ABBREVIATION = 4
_COMMON = 400


@dataclass(frozen=True)
class Nearness:
    """Spellings by their words; unchanged once it is built."""

    codes: tuple[str, ...] = field(repr=False)
    parts: tuple[tuple[str, ...], ...] = field(repr=False)
    holding: Mapping[str, tuple[int, ...]] = field(repr=False)
    shortened: Mapping[str, tuple[str, ...]] = field(repr=False)

    def near(self, folded: str) -> tuple[str, ...]:
        """Codes of the nearest names, best first; at most three, empty where none is near."""
        wanted = _parts(key(folded))[:_WORDS]
        meant = {word: self._meant(word) for word in wanted}
        ranked = sorted(self._ranked(wanted, meant), key=lambda pair: (-pair[0], pair[1]))
        return _first(self.codes[spelling] for _, spelling in ranked)

    def _ranked(
        self, wanted: Sequence[str], meant: Mapping[str, Mapping[str, float]]
    ) -> Iterator[tuple[float, int]]:
        for spelling in self._candidates(meant):
            nearness = self._likeness(wanted, meant, self.parts[spelling])
            if nearness >= NEAR:
                yield nearness, spelling

    def _candidates(self, meant: Mapping[str, Mapping[str, float]]) -> list[int]:
        shared: dict[int, float] = defaultdict(float)
        for words in meant.values():
            for word, likeness in words.items():
                holding = self.holding[word]
                for spelling in holding if len(holding) <= _COMMON else ():
                    shared[spelling] += likeness * self._weight(word)
        best = sorted(shared, key=lambda spelling: (-shared[spelling], spelling))
        return best[:_CANDIDATES]

    def _likeness(
        self, wanted: Sequence[str], meant: Mapping[str, Mapping[str, float]], held: Sequence[str]
    ) -> float:
        """Twice the shared weight over the weight of both; a whole word alone may be mistyped."""
        shared = 0.0
        for word in held:
            likeness = max((meant[other].get(word, 0.0) for other in wanted), default=0.0)
            shared += likeness * self._weight(word)
        both = sum(map(self._weight, held)) + sum(self._weight_of(meant[w]) for w in wanted)
        return 2 * shared / both if both else 0.0

    def _weight(self, word: str) -> float:
        return log(1 + len(self.codes) / (len(self.holding.get(word, ())) + 0.5))

    def _weight_of(self, words: Mapping[str, float]) -> float:
        return min((self._weight(word) for word in words), default=self._weight(""))

    def _meant(self, word: str) -> dict[str, float]:
        """The words of the registry that a written one may be, with their likeness."""
        if word in self.holding:
            return {word: 1.0}
        found = {other for short in _shortened(word) for other in self.shortened.get(short, ())}
        return {other: _MISTYPED for other in sorted(found) if _one_off(word, other)}


def nearness(spellings: Iterable[Spelling]) -> Nearness:
    """The words of all spellings, and where each stands."""
    held = list(spellings)
    parts = tuple(tuple(_parts(spelling.key)) for spelling in held)
    holding: dict[str, list[int]] = defaultdict(list)
    for number, found in enumerate(parts):
        for word in dict.fromkeys(found):
            holding[word].append(number)
    shortened: dict[str, list[str]] = defaultdict(list)
    for word in holding:
        for short in _shortened(word):
            shortened[short].append(word)
    return Nearness(
        tuple(spelling.claim.code for spelling in held), parts, _frozen(holding), _frozen(shortened)
    )


def _frozen(lists: Mapping[str, list[Held]]) -> dict[str, tuple[Held, ...]]:
    return {text: tuple(found) for text, found in lists.items()}


def _parts(text: str) -> list[str]:
    """Words; of a run of Chinese, Japanese or Korean, each pair of neighbours."""
    parts: list[str] = []
    for word in text.split():
        run = len(word) > 2 and word[0] >= "\u3000"
        parts += [word[i : i + 2] for i in range(len(word) - 1)] if run else [word]
    return parts


def _shortened(word: str) -> set[str]:
    """The word, and the word without each of its letters; nothing of a short one."""
    short = len(word) < _SHORTEST_ABBREVIATION or len(word) > 40 or word[0] >= "\u3000"
    return set() if short else {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _one_off(word: str, other: str) -> bool:
    """Whether a letter is missing, too many, another, or two are turned round."""
    if min(len(word), len(other)) < _SHORTEST_MISTYPED and word[0] != other[0]:
        return False
    start = _common(word, other)
    rest, left = word[start:], other[start:]
    turned = rest[:2] == left[:2][::-1] and rest[2:] == left[2:]
    return turned or rest[1:] == left or rest == left[1:] or rest[1:] == left[1:]


def _common(word: str, other: str) -> int:
    pairs = enumerate(zip(word, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(word), len(other)))


def _first(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))[:_SHOWN]
