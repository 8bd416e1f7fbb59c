"""What a rule may name: fields, collections, vocabularies, other rules, agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from recognition.rule.syntax import Node


class KnownEntries(Protocol):
    """A vocabulary, as far as rules need it."""

    @property
    def closed(self) -> bool: ...

    def number(self, text: str) -> int | None: ...

    def spellings(self) -> Iterator[str]: ...


@dataclass(frozen=True)
class NamedRule:
    """A rule of `rules/*.json`: its body as written, its parameters, its words."""

    name: str
    body: Any
    parameters: Mapping[str, Any]
    words: Mapping[str, Any]
    file: str


@dataclass(frozen=True)
class Names:
    """Everything an expression may refer to.

    `fields` maps a path to its kind (`degrees.awarded_on` → `date`), `collections` each to the one
    around it (`""` the profile), `periods` those that have a `from` and an `until`; `agreements`
    are the ids whose parties can be asked for.
    """

    fields: Mapping[str, str]
    collections: Mapping[str, str]
    periods: Mapping[str, tuple[str, str]]
    vocabularies: Mapping[str, KnownEntries]
    rules: Mapping[str, NamedRule] = field(default_factory=dict)
    agreements: Iterable[str] = ()
    expanded: dict[tuple[str, ...], Node] = field(default_factory=dict, repr=False)
    """Rules with what they were given put in, by name, kind, level and that: read once."""

    def chain(self, level: str) -> tuple[str, ...]:
        """A collection and all around it, innermost first, ending with the profile."""
        return (level, *self.chain(self.collections.get(level, ""))) if level else ("",)

    def shared(self, level: str, collection: str) -> str:
        """The innermost level around a collection that is in view on a level."""
        around = self.chain(self.collections.get(collection, ""))
        return next(one for one in self.chain(level) if one in around)
