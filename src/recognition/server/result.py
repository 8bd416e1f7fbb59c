"""Decisions as cards of a page: hosts for which the same is said share one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from recognition.decide.statuses import Status, Verdict
from recognition.explain import reaching
from recognition.explain.decision import Answer, Decision, Finding
from recognition.server.choices import named
from recognition.standard.library import Library

ORDER: tuple[Verdict, ...] = ("eligible", "undetermined", "ineligible")
_CARRIES: Mapping[Verdict, Status] = {"undetermined": "unknown", "ineligible": "unmet"}
"""The status of the findings that a verdict rests on; none stands out where it is eligible."""


@dataclass(frozen=True)
class Card:
    """One decision, for all hosts for which it is the same.

    `reach` is what it says first; `first` are the findings that carry it (unmet or open), `rest`
    the others, `aside` those that do not concern the person; `settle` are texts with places in
    the form.
    """

    decision: Decision
    hosts: tuple[str, ...]
    reach: str
    first: tuple[Finding, ...]
    rest: tuple[Finding, ...]
    aside: tuple[Finding, ...]
    settle: tuple[tuple[str, str], ...]

    @property
    def elsewhere(self) -> bool:
        """Whether it is about a register that this person applies for at another host."""
        places = self.decision.register.apply_in if self.decision.register else ()
        return bool(places) and self.decision.host not in places


@dataclass(frozen=True)
class Group:
    """The cards of one verdict, and how many decisions they hold."""

    verdict: Verdict
    cards: tuple[Card, ...]

    @property
    def count(self) -> int:
        return sum(max(1, len(card.hosts)) for card in self.cards)


def groups(
    library: Library, answer: Answer, lang: str, place: Callable[[str], str]
) -> tuple[Group, ...]:
    """The decisions by verdict, eligible ones first; `place` finds a pointer in the form."""
    alike: dict[bytes, list[Decision]] = {}
    for decision in answer.decisions:
        anywhere = msgspec.structs.replace(decision, host=None)
        alike.setdefault(msgspec.json.encode(anywhere), []).append(decision)
    cards = [_card(library, same, lang, place) for same in alike.values()]
    return tuple(
        Group(verdict, tuple(card for card in cards if card.decision.verdict == verdict))
        for verdict in ORDER
    )


def _card(
    library: Library, same: Sequence[Decision], lang: str, place: Callable[[str], str]
) -> Card:
    decision = same[0]
    hosts = (named(library, "places", one.host, lang) for one in same if one.host)
    settle = ((_capital(fact.text[lang]), place(fact.pointer)) for fact in decision.settling)
    carries = _CARRIES.get(decision.verdict)
    concern = [found for found in decision.findings if found.status != "not-applicable"]
    return Card(
        decision,
        tuple(hosts),
        reaching.sentence(decision, lang),
        tuple(found for found in concern if found.status == carries),
        tuple(found for found in concern if found.status != carries),
        tuple(found for found in decision.findings if found.status == "not-applicable"),
        tuple(settle),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
