"""Who recognises whom: a tie for each host, each home whose people it takes, and each standard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from recognition import dates
from recognition.standard.library import Library
from recognition.standard.model import Party, Standard


@dataclass(frozen=True, order=True)
class Tie:
    """A host recognises people of a home by a standard; `perhaps` where the host may take part."""

    host: str
    home: str
    standard: str
    effect: str
    perhaps: bool = False


def ties(library: Library) -> list[Tie]:
    """Every tie that is not known to have ended, in the order of hosts, homes and standards."""
    return sorted({tie for held in library.standards.values() for tie in of(held)})


def of(standard: Standard) -> Iterator[Tie]:
    """The ties of one standard: each of its hosts with each of its other parties.

    A memorandum gives nobody anything and ties nobody; a party is not tied to its own country.
    """
    agreement = standard.agreement
    if agreement.hosts is None or agreement.effect == "none":
        return
    for host, perhaps in _hosts(standard):
        for home in _homes(standard):
            if country(host) != country(home):
                yield Tie(host, home, standard.id, agreement.effect, perhaps)


def one_way(standard: Standard) -> list[Tie]:
    """Ties of a standard whose home takes nobody of the host's by it, in whole or in a region."""
    told = list(of(standard))
    pairs = {(country(tie.host), country(tie.home)) for tie in told}
    return [tie for tie in told if (country(tie.home), country(tie.host)) not in pairs]


def country(place: str) -> str:
    """The country of a place's code: `US` of `US-TX`."""
    return place.partition("-")[0]


def _hosts(standard: Standard) -> list[tuple[str, bool]]:
    hosts = standard.agreement.hosts
    if hosts is None:
        return []
    members = _present(standard, hosts.statuses) if hosts.statuses else []
    surely = [*hosts.places, *(party.place for party in members)]
    places = dict.fromkeys(surely, False)
    return list((dict.fromkeys(hosts.perhaps, True) | places).items())


def _homes(standard: Standard) -> list[str]:
    """Whose people may come: the parties; where the hosts are parties of a status, those."""
    hosts = standard.agreement.hosts
    statuses = hosts.statuses if hosts else ()
    if statuses:
        return [party.place for party in _present(standard, statuses)]
    return [party.place for party in standard.agreement.parties if lasts(party)]


def _present(standard: Standard, statuses: tuple[str, ...]) -> list[Party]:
    return [party for party in standard.agreement.parties if lasts(party, statuses)]


def lasts(party: Party, statuses: tuple[str, ...] = ()) -> bool:
    """Whether a party has one of the statuses (any if none is named), with no end that is known."""
    return any(
        held.period.last[1] >= dates.AFTER_ALL and (not statuses or held.status in statuses)
        for held in party.history
    )
