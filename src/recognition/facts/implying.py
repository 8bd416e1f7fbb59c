"""Memberships that titles imply, beside those that are stated: as the vocabulary of titles says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from recognition import dates
from recognition.facts.facts import Facts
from recognition.facts.source import Counts, Mask
from recognition.facts.values import Coded, Meanings, Packed, pack
from recognition.profile.schema import LEAVES, Collection, Leaf

MEMBERSHIPS = "memberships"
_AS_MEMBER = {"discipline": "discipline", "status": "status", "since": "granted_on"}
"""What a registration says of the membership that goes with it: a field, and where it stands."""
_OPEN = pack(dates.AFTER_ALL, dates.AFTER_ALL)


def with_memberships(stated: Facts) -> Facts:
    """Facts with the memberships that titles imply, of bodies that none is stated of.

    A list that was unknown stays unknown, and holds them beside whatever else it may hold.
    """
    implied = _implied(stated)
    if not len(implied.rows):
        return stated
    return Facts(Implying(stated, implied), stated.as_of.lo, stated.vocabularies)


class Implied(NamedTuple):
    """Memberships to be added: the registration each comes from, its profile, body and grade."""

    registrations: NDArray[np.int64]
    rows: NDArray[np.int64]
    bodies: NDArray[np.int32]
    grades: NDArray[np.int32]


def _implied(stated: Facts) -> Implied:
    titles, table = stated.field("registrations.title"), stated.vocabularies.implied
    sure = np.where(titles.lo == titles.hi, np.maximum(titles.lo, 0), 0)
    at = np.flatnonzero(table[sure, 0])
    bodies, grades = table[sure[at]].T
    rows = stated.row("registrations")[at]
    new = ~_stated(stated, rows, bodies)
    _, first = np.unique(rows * len(table) * 1024 + bodies, return_index=True)
    once = np.zeros(len(at), np.bool_)
    once[first] = True
    kept = new & once
    return Implied(at[kept], rows[kept], bodies[kept], grades[kept])


def _stated(stated: Facts, rows: NDArray[np.int64], bodies: NDArray[np.int32]) -> Mask:
    """Which of some profiles state a membership of a body."""
    if not len(rows):
        return np.zeros(0, np.bool_)
    held = stated.field("memberships.body")
    wide = len(stated.vocabularies["bodies"]) + 1
    told = stated.row(MEMBERSHIPS)[held.lo == held.hi] * wide + held.lo[held.lo == held.hi]
    return np.isin(rows * wide + bodies, told)


class Implying:
    """A source of facts with further memberships, each behind those of its profile."""

    def __init__(self, stated: Facts, implied: Implied) -> None:
        self.rows, self.typed = stated.rows, stated.typed
        self._stated, self._implied = stated, implied

    def ids(self) -> Sequence[str | None]:
        return self._stated.ids()

    def strays(self, kinds: frozenset[str]) -> Mask:
        return self._stated.strays(kinds)

    def stated(self, kind: str) -> Packed:
        return self._stated.source.stated(kind)

    def amounts(self, leaf: Leaf) -> NDArray[np.float64]:
        return self._stated.amounts(leaf.path)

    def absent(self, leaf: Leaf) -> Mask | None:
        if leaf.collection == MEMBERSHIPS:
            return None
        return self._stated.source.absent(leaf)

    def extent(self, collection: Collection) -> tuple[Counts, Mask | None]:
        counts, unknown = self._stated.source.extent(collection)
        if collection.path != MEMBERSHIPS:
            return counts, unknown
        return counts + np.bincount(self._implied.rows, minlength=self.rows), unknown

    def packed(self, leaf: Leaf, table: Meanings) -> Packed | Coded:
        told = self._stated.packed(leaf.path)
        if leaf.collection != MEMBERSHIPS:
            return told
        each = told.spread(told.meanings) if isinstance(told, Coded) else told
        return np.concatenate([each, self._of(leaf, table)])[self._order]

    @cached_property
    def _order(self) -> NDArray[np.intp]:
        """Elements by their profiles, those that were stated first."""
        owners = np.concatenate([self._stated.row(MEMBERSHIPS), self._implied.rows])
        return np.argsort(owners, kind="stable")

    def _of(self, leaf: Leaf, table: Meanings) -> Packed:
        """A field of the memberships that are added."""
        name = leaf.path.rpartition(".")[2]
        if name in ("body", "grade"):
            numbers = self._implied.bodies if name == "body" else self._implied.grades
            return numbers.astype(np.int64) << 32
        if name not in _AS_MEMBER:
            return np.full(len(self._implied.rows), table.unknown, np.int64)
        said = self._of_registration(_AS_MEMBER[name])
        if name != "status":
            return said
        lasting = self._of_registration("expires_on") == _OPEN
        return np.where(lasting, said, table.unknown)

    def _of_registration(self, name: str) -> Packed:
        told = self._stated.packed(LEAVES[f"registrations.{name}"].path)
        each = told.spread(told.meanings) if isinstance(told, Coded) else told
        found: Packed = each[self._implied.registrations]
        return found
