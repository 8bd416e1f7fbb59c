"""Which criteria meet in one decision: those of an edition that apply to a host."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from recognition.problems import Problem
from recognition.profile.vocabulary import Vocabularies
from recognition.rule.binding import Host, bound
from recognition.rule.syntax import TRUTH, Node, literal
from recognition.standard.model import MOST, Agreement, Criterion, Edition, Standard

ALWAYS, NEVER = literal(TRUTH, True, True), literal(TRUTH, False, False)


def hosts(agreement: Agreement, names: Vocabularies) -> list[Host | None]:
    """The hosts an agreement may be asked for, as a plan knows them; no host if it names none."""
    places, country_of = names["places"], names.country_of
    perhaps = agreement.hosts.perhaps if agreement.hosts else ()
    asked = dict.fromkeys((*agreement.asked, *perhaps))
    numbers = [places.number(place) or 0 for place in asked]
    return [Host(number, int(country_of[number])) for number in numbers] or [None]


def applies(criterion: Criterion, host: Host | None) -> Node:
    """The truth that a criterion applies to a host."""
    return ALWAYS if criterion.applies is None else bound(criterion.applies, host)


def problems(standards: Iterable[Standard], names: Vocabularies) -> Iterator[Problem]:
    """Subjects with more criteria than can be told of one element."""
    for standard in standards:
        for edition in standard.editions:
            count = Counter(criterion.subject for criterion in edition.criteria)
            for subject in edition.subjects:
                if count[subject] > MOST:
                    yield from _crowded(edition, subject, hosts(standard.agreement, names))


def _crowded(edition: Edition, subject: str, asked: Iterable[Host | None]) -> Iterator[Problem]:
    about = [criterion for criterion in edition.criteria if criterion.subject == subject]
    for host in asked:
        applying = [criterion for criterion in about if applies(criterion, host) != NEVER]
        if len(applying) > MOST:
            at = applying[MOST].at.down("subject")
            detail = f"more than {MOST} criteria are about one `{subject}`"
            hint = "join some of them with `all`, or give them another subject"
            yield Problem("too-many", at.pointer, detail, hint, at.file)
            return
