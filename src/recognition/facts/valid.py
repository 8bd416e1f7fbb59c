"""Which profiles hold together, seen on whole columns: what the types of a record cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from recognition.bounds import NAMED
from recognition.facts import values
from recognition.facts.facts import Facts, Mask
from recognition.profile.model import Amount, Code, Day, Relation, relations
from recognition.profile.schema import LEAVES, Leaf


def valid(facts: Facts) -> Mask:
    """Which profiles hold together: everything `examine` asks beyond keys and types.

    Shape (profiles,). What is false here has a problem, and `examine` has its words.
    """
    good = ~facts.strays(frozenset(facts.vocabularies["attestations"].codes)) & ~in_words(facts)
    for leaf in LEAVES.values():
        for bad in _broken(facts, leaf):
            if bad is not None and bad.any():
                good[facts.row(leaf.collection)[bad]] = False
    return good


def in_words(facts: Facts) -> Mask:
    """Which profiles hold a name nobody knows, or a title that implies something else.

    Shape (profiles,). They are right, but there is something to say of them, or to add.
    """
    told = np.zeros(facts.rows, np.bool_)
    for leaf in LEAVES.values():
        if isinstance(leaf.mark, Code) and _has_names(facts, leaf.path, leaf.mark):
            known = facts.field(leaf.path)
            told[facts.row(leaf.collection)[known.hi >= NAMED]] = True
    return told


def _has_names(facts: Facts, path: str, mark: Code) -> bool:
    """Whether anything was read that is no code: only what was read is known to be a name."""
    facts.packed(path)
    return bool(values.codes(mark, facts.vocabularies).names)


def _broken(facts: Facts, leaf: Leaf) -> Iterator[Mask | None]:
    """Elements whose value cannot be read, or does not go with another; None: there are none."""
    match leaf.mark:
        case Amount() as mark if not facts.typed:
            yield _out_of_range(facts.amounts(leaf.path), mark)
        case Day():
            yield values.refused(facts.packed(leaf.path))
        case Code():
            yield values.refused(facts.packed(leaf.path))
    for relation, other in relations(leaf.mark):
        yield _APART[relation](facts, leaf.path, leaf.sibling(other))


def _out_of_range(amounts: NDArray[np.float64], mark: Amount) -> Mask:
    bad: Mask = (amounts < mark.lowest) | (amounts > mark.highest)
    return bad | (np.floor(amounts) < amounts) if mark.whole else bad


def _before(facts: Facts, end: str, begin: str) -> Mask:
    """Ends that are before their beginnings, whichever days of theirs are meant."""
    bad: Mask = facts.field(end).hi < facts.field(begin).lo
    return bad


def _twofold(facts: Facts, day: str, year: str) -> Mask:
    """Years given along with days."""
    given: Mask = ~np.isnan(facts.amounts(year))
    return given & values.known(facts.packed(day), values.UNKNOWN_DAY)


def _abroad(facts: Facts, inner: str, outer: str) -> Mask:
    """Regions that lie in another country than the one that is given."""
    country_of = facts.vocabularies.country_of
    region, country = facts.field(inner), facts.field(outer)
    told = np.flatnonzero((region.lo == region.hi) & (country.lo == country.hi))
    abroad = np.zeros(len(region.lo), np.bool_)
    abroad[told] = country_of[region.lo[told]] != country.lo[told]
    return abroad


_APART: Mapping[Relation, Callable[[Facts, str, str], Mask]] = {
    Relation.SINCE: _before,
    Relation.YEAR: _twofold,
    Relation.WITHIN: _abroad,
}
"""Where two fields do not go together, by how they should."""
