"""Names one letter a word from one that is written: a hint at what was meant, never a match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice, product

_SHORTEST = 4
"""Letters of a word in which a mistyped one is told from another word."""
_SHORTEST_HAN = 3
_LONGEST = 40
_TRIED = 64
_SHOWN = 3


@dataclass(frozen=True)
class Near:
    """The words of known keys, by what is left of each without one of its letters."""

    keys: frozenset[str] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    shortened: Mapping[str, tuple[str, ...]] = field(repr=False)

    def to(self, key: str) -> tuple[str, ...]:
        """At most three known keys (words in any order) in which each word is the written one, or
        one letter from it; never the key itself."""
        meant = [self._meant(word) for word in key.split()]
        if not all(meant):
            return ()
        tried = (" ".join(sorted(words)) for words in islice(product(*meant), _TRIED))
        found = dict.fromkeys(other for other in tried if other in self.keys and other != key)
        return tuple(islice(found, _SHOWN))

    def _meant(self, word: str) -> list[str]:
        """The known words that a written one may be."""
        close = {other for short in _shortened(word) for other in self.shortened.get(short, ())}
        same = [word] if word in self.words else []
        return same + sorted(other for other in close if _one_off(word, other))


def near(keys: Iterable[str]) -> Near:
    """What is near to any of the keys, whose words stand in the order of the alphabet."""
    known = frozenset(keys)
    words = frozenset(word for key in known for word in key.split())
    shortened: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        for short in _shortened(word):
            shortened[short].append(word)
    return Near(known, words, {short: tuple(found) for short, found in shortened.items()})


def _shortened(word: str) -> set[str]:
    """A word, and what is left of it without each of its letters; nothing of a short one."""
    least = _SHORTEST_HAN if word[0] >= "\u3000" else _SHORTEST
    if not least <= len(word) <= _LONGEST:
        return set()
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _one_off(word: str, other: str) -> bool:
    """Whether a letter is missing, too many, another, or two neighbours are turned round."""
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), None)
    start = min(len(word), len(other)) if start is None else start
    rest, left = word[start:], other[start:]
    turned = rest[:2] == left[:2][::-1] and rest[2:] == left[2:]
    return word != other and (
        turned or left in (rest[1:],) or rest == left[1:] or rest[1:] == left[1:]
    )
