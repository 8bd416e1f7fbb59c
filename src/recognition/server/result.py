"""Decisions as cards of a page: hosts for which the same is said share one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from recognition import wording
from recognition.server.choices import named
from recognition.standard.library import Library

ORDER = ("eligible", "undetermined", "ineligible")


@dataclass(frozen=True)
class Card:
    """One decision, for all hosts for which it is the same.

    `open` findings are those not met, unmet first; `settle` are texts with places in the form.
    """

    decision: Mapping[str, Any]
    hosts: tuple[str, ...]
    open: tuple[Mapping[str, Any], ...]
    met: tuple[Mapping[str, Any], ...]
    settle: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Group:
    """The cards of one verdict, and how many decisions they hold."""

    verdict: str
    cards: tuple[Card, ...]

    @property
    def count(self) -> int:
        return sum(max(1, len(card.hosts)) for card in self.cards)


def groups(
    library: Library, decided: Mapping[str, Any], profile: Mapping[str, Any], lang: str,
    place: Callable[[str], str],
) -> tuple[Group, ...]:
    """The decisions by verdict, eligible ones first; `place` finds a pointer in the form."""
    alike: dict[bytes, list[Mapping[str, Any]]] = {}
    for decision in decided["decisions"]:
        alike.setdefault(orjson.dumps({**decision, "host": None}), []).append(decision)
    cards = [_card(library, same, profile, lang, place) for same in alike.values()]
    return tuple(
        Group(verdict, tuple(card for card in cards if card.decision["verdict"] == verdict))
        for verdict in ORDER
    )


def _card(
    library: Library, same: Sequence[Mapping[str, Any]], profile: Mapping[str, Any], lang: str,
    place: Callable[[str], str],
) -> Card:
    decision = same[0]
    hosts = (named(library, "places", one["host"], lang) for one in same if one["host"])
    settle = (
        (_capital(wording.reason(library, pointer, profile, lang)), place(pointer))
        for pointer in decision["would_settle"]
    )
    told = sorted(decision["findings"], key=lambda found: found["status"] != "unmet")
    return Card(
        decision, tuple(hosts),
        tuple(found for found in told if found["status"] != "met"),
        tuple(found for found in told if found["status"] == "met"),
        tuple(settle),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
