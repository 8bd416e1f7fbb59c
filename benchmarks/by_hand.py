"""The `ipea` rule for Australia, written out in NumPy by hand: what the engine is measured against.

Only this one rule, on the same columns, with the same bounds and the same findings. What a
standard says and how columns are worked on stand in one place here, which is what the rule
language is there to avoid.
"""

from __future__ import annotations

from functools import partial, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recognition import dates
from recognition.facts.facts import Facts
from recognition.standard.library import Library

Array = NDArray[Any]
Pair = tuple[Array, Array]

SCOPES = (
    ("NBA", "tier-1"),
    ("PEC", "level-2"),
    ("ABET", "eac"),
    ("IEET", "eac"),
    ("BEM", "eac"),
)
"""Bodies whose accreditation counts only with a scope."""


def any_of(mask: Array, offsets: Array) -> Array:
    total = np.concatenate([[0], np.cumsum(mask)])
    return np.asarray((total[offsets[1:]] - total[offsets[:-1]]) > 0)


def is_code(column: Any, *codes: int) -> Pair:
    hit = reduce(np.logical_or, [column.lo == code for code in codes])
    if column.lo is column.hi:
        return hit, hit
    known = column.lo == column.hi
    return known & hit, ~known | hit


def both(*pairs: Pair) -> Pair:
    lo, hi = pairs[0]
    for other in pairs[1:]:
        lo, hi = lo & other[0], hi & other[1]
    return lo, hi


def either(a: Pair, b: Pair) -> Pair:
    return a[0] | b[0], a[1] | b[1]


def neither(pair: Pair) -> Pair:
    return ~pair[1], ~pair[0]


def only(where: Pair, pair: Pair) -> Pair:
    """Asked only where something holds."""
    return either(neither(where), pair)


def not_after(a: Any, b: Any) -> Pair:
    return a[1] <= b[0], a[0] <= b[1]


class ByHand:
    """Compiled once for a library; called with the facts of a batch."""

    def __init__(self, library: Library) -> None:
        self.names = names = library.vocabularies
        statuses = (self.number("party-statuses", "full"),)
        self.seats = library.tables.parties("washington-accord", "body", statuses)
        self.register = tuple(
            self.number("titles", t)
            for t in (
                "IntPE",
                "APEC Engineer",
                "IntET",
                "IntETn",
                "ACPE",
                "RFPE",
                "EUR ING",
                "IRPE",
            )
        )
        self.country = names.country_of

    def number(self, vocabulary: str, code: str) -> int:
        return self.names[vocabulary].number(code) or 0

    def __call__(self, facts: Facts) -> list[Pair]:
        """Truths of the criteria in the order of the edition; a subject's as one."""
        return [self.registered(facts), *self.academic_and_years(facts), *self.person(facts)]

    def person(self, facts: Facts) -> list[Pair]:
        open_case = facts.field("conduct.findings.open")
        present = facts.present("conduct.findings")
        offsets = facts.offsets("conduct.findings")
        possibly = any_of(present.hi & open_case.hi, offsets)
        return [
            tuple(facts.attested("cpd-maintained")),
            tuple(facts.field("conduct.bound_by_code")),
            tuple(facts.attested("consents-to-listing")),
            (~possibly, np.ones(facts.rows, bool)),
        ]

    def registered(self, facts: Facts) -> Pair:
        field, offsets = facts.field, facts.offsets("registrations")
        as_of = facts.as_of.lo[facts.owner("registrations")]
        title = field("registrations.title")
        entry = is_code(title, *self.register)
        here = is_code(field("registrations.country"), self.number("places", "AU"))
        active = is_code(
            field("registrations.status"), self.number("registration-statuses", "active")
        )
        granted, expires = field("registrations.granted_on"), field("registrations.expires_on")
        lo, hi = both(
            here,
            tuple(field("registrations.independent_practice")),
            (~entry[1], ~entry[0]),
            active,
            not_after(granted, (as_of, as_of)),
            not_after((as_of, as_of), expires),
            tuple(field("registrations.good_standing")),
            tuple(facts.present("registrations")),
        )
        return any_of(lo, offsets), any_of(hi, offsets)

    def accredited(self, facts: Facts) -> Pair:
        """For each degree: an accreditation under the accord that counts."""
        path = "degrees.accreditations"
        owner = facts.owner(path)
        by = facts.field(f"{path}.by")
        known = by.lo == by.hi
        at = np.where(known, by.lo, -1)
        awarded = [end[owner] for end in facts.field("degrees.awarded_on")]
        row = facts.owner("degrees")[owner]
        first = (self.seats.first.lo[0][at], self.seats.first.hi[0][at])
        last = (self.seats.last.lo[0][at], self.seats.last.hi[0][at])
        today = (facts.as_of.lo[row],) * 2
        full_lo, full_hi = np.zeros(len(at), bool), ~known
        for day in (today, awarded):
            held = both(not_after(first, day), not_after(day, last))
            full_lo, full_hi = full_lo | (held[0] & known), full_hi | held[1]
        seat = self.seats.place[at]
        taught = [end[owner] for end in facts.field("degrees.delivered_in")]
        exact = (taught[0] == taught[1]) & known
        inside = (taught[0] == seat) | (self.country[np.where(exact, taught[0], -1)] == seat)
        place = (exact & inside, ~exact | inside)
        kind = is_code(facts.field(f"{path}.accord"), self.number("accords", "washington-accord"))
        status = is_code(
            facts.field(f"{path}.status"),
            self.number("accreditation-statuses", "full"),
            self.number("accreditation-statuses", "conditional"),
        )
        since = self.since(at, known)
        lo, hi = both(
            kind,
            (full_lo, full_hi),
            place,
            status,
            *self.scopes(facts, by, owner, awarded),
            self.in_force(facts, owner, awarded),
            not_after(since, awarded),
            tuple(facts.present(path)),
        )
        offsets = facts.offsets(path)
        return any_of(lo, offsets), any_of(hi, offsets)

    def since(self, at: Array, known: Array) -> Pair:
        lo, hi = self.seats.since.lo[at], self.seats.since.hi[at]
        lo, hi = dates.plus(lo, years=-1), dates.plus(hi, more=1)
        return np.where(known, lo, dates.BEFORE_ALL), np.where(known, hi, dates.AFTER_ALL)

    def scopes(self, facts: Facts, by: Any, owner: Array, awarded: Any) -> list[Pair]:
        """What some bodies' accreditations must, or must not, say of their scope."""

        def of(*bodies: str) -> Pair:
            return is_code(by, *(self.number("bodies", body) for body in bodies))

        scope = partial(self.scope, facts)
        learnt = self.degree_is(facts, owner, "further_learning", "further-learning", "done")
        bachelor = self.degree_is(facts, owner, "level", "degree-levels", "bachelor")
        june = dates.parse("2019-06")
        later = both(scope("bachelor-2019"), (awarded[0] >= june[1], awarded[1] >= june[0]))
        return [
            *(only(of(body), scope(code)) for body, code in SCOPES),
            only(of("EngC"), neither(scope("ieng", "engtech"))),
            only(both(of("EngC"), scope("further-learning")), learnt),
            only(of("AEER"), either(scope("specialist"), later)),
            only(of("MUDEK", "CEEAA", "CAST"), bachelor),
        ]

    def scope(self, facts: Facts, *codes: str) -> Pair:
        """For each accreditation: one of these scopes is told."""
        path = "degrees.accreditations.scope"
        numbers = (self.number("scopes", code) for code in codes)
        it = both(is_code(facts.field(f"{path}.code"), *numbers), tuple(facts.present(path)))
        offsets = facts.offsets(path)
        return any_of(it[0], offsets), any_of(it[1], offsets)

    def degree_is(self, facts: Facts, owner: Array, field: str, names: str, code: str) -> Pair:
        it = is_code(facts.field(f"degrees.{field}"), self.number(names, code))
        return it[0][owner], it[1][owner]

    def in_force(self, facts: Facts, owner: Array, awarded: Any) -> Pair:
        path = "degrees.accreditations"
        basis = facts.field(f"{path}.basis")
        begin, end = facts.field(f"{path}.from"), facts.field(f"{path}.until")
        lo = np.zeros(len(owner), bool)
        hi = lo.copy()
        for name, days in (
            ("completion", [awarded]),
            (
                "intake",
                [
                    [e[owner] for e in facts.field(f"degrees.{d}")]
                    for d in ("started_on", "notional_start")
                ],
            ),
        ):
            of = is_code(basis, self.number("bases", name))
            inside_lo, inside_hi = np.zeros(len(owner), bool), np.zeros(len(owner), bool)
            for day in days:
                held = both(not_after(begin, day), not_after(day, end))
                inside_lo, inside_hi = inside_lo | held[0], inside_hi | held[1]
            lo, hi = lo | (of[0] & inside_lo), hi | (of[1] & inside_hi)
        return lo, hi

    def academic_and_years(self, facts: Facts) -> list[Pair]:
        accredited = self.accredited(facts)
        offsets, present = facts.offsets("degrees"), facts.present("degrees")
        owner = facts.owner("degrees")
        equivalent = facts.attested("degree-assessed-equivalent")
        carries = (
            present.lo & (accredited[0] | equivalent.lo[owner]),
            present.hi & (accredited[1] | equivalent.hi[owner]),
        )
        degree = (
            any_of(present.lo & accredited[0], offsets),
            any_of(present.hi & accredited[1], offsets),
        )
        academic = degree[0] | equivalent.lo, degree[1] | equivalent.hi
        has = any_of(carries[0], offsets), any_of(carries[1], offsets)
        awarded = facts.field("degrees.awarded_on")
        first = self.earliest(carries, awarded, offsets)
        ever = self.earliest(tuple(present), awarded, offsets)
        unsure = has[0] != has[1]
        graduated = (
            np.where(unsure, np.minimum(first[0], ever[0]), np.where(has[1], first[0], ever[0])),
            np.where(unsure, np.maximum(first[1], ever[1]), np.where(has[1], first[1], ever[1])),
        )
        charge = both(
            tuple(facts.field("experience.responsible_charge")),
            tuple(facts.field("experience.significant")),
        )
        always = np.ones(facts.size("experience"), bool)
        return [
            academic,
            self.years(facts, graduated, (always, always), 7),
            self.years(facts, graduated, charge, 2),
        ]

    def earliest(self, counts: Pair, days: Any, offsets: Array) -> Pair:
        ends = []
        for mask, values in ((counts[1], days.lo), (counts[0], days.hi)):
            chosen = np.where(mask, values, dates.AFTER_ALL)
            filled = offsets[1:] > offsets[:-1]
            out = np.full(len(offsets) - 1, dates.AFTER_ALL, np.int32)
            out[filled] = np.minimum.reduceat(chosen, offsets[:-1][filled])
            ends.append(out)
        return ends[0], ends[1]

    def years(self, facts: Facts, graduated: Pair, where: Pair, years: int) -> Pair:
        owner, present = facts.owner("experience"), facts.present("experience")
        begin, end = facts.field("experience.from"), facts.field("experience.until")
        share = facts.field("experience.fte")
        as_of = facts.as_of.lo[owner]
        surely = self.counted(
            facts,
            np.maximum(begin.hi, graduated[1][owner] + 1),
            np.where(where[0] & present.lo, np.minimum(end.lo, as_of), dates.BEFORE_ALL),
            begin.hi,
            share.lo,
        )
        possibly = self.counted(
            facts,
            np.maximum(begin.lo, graduated[0][owner] + 1),
            np.where(where[1] & present.hi, np.minimum(end.hi, as_of), dates.BEFORE_ALL),
            begin.lo,
            None,
        )
        return self.reaches(surely, years), self.reaches(possibly, years)

    def counted(self, facts: Facts, begin: Array, end: Array, key: Array, share: Any) -> Pair:
        owner, offsets = facts.owner("experience"), facts.offsets("experience")
        b, e, o = begin.astype(np.int64), end.astype(np.int64), owner
        place = (owner << 32) + key
        if (place[1:] < place[:-1]).any():
            order = np.argsort(place, kind="stable")
            b, e, o = b[order], e[order], o[order]
        counts = e >= b
        lift = o << 32
        reach = np.maximum.accumulate(np.where(counts, e, dates.BEFORE_ALL) + lift)
        before = np.concatenate([[dates.BEFORE_ALL], reach[:-1]]) - lift
        days = np.where(counts, np.maximum(e - np.maximum(b, before + 1) + 1, 0), 0)
        filled = offsets[1:] > offsets[:-1]
        total, first = (
            np.zeros(facts.rows, np.int64),
            np.full(facts.rows, dates.AFTER_ALL, np.int64),
        )
        total[filled] = np.add.reduceat(days, offsets[:-1][filled])
        first[filled] = np.minimum.reduceat(
            np.where(counts, b, dates.AFTER_ALL), offsets[:-1][filled]
        )
        if share is not None:
            partly = np.flatnonzero(any_of((share < 1) & (end >= begin), offsets))
            total[partly] = self.weighted(begin, end, share, offsets, partly)
        return first, total

    def weighted(
        self, begin: Array, end: Array, share: Array, offsets: Array, rows: Array
    ) -> Array:
        """Days of some profiles, each day at the greatest share that covers it, rounded down.

        The jobs of a profile lie side by side in a table; between two neighbouring first or last
        days the same jobs cover every day.
        """
        lengths = offsets[rows + 1] - offsets[rows]
        jobs = np.arange(lengths.max(initial=0))
        at = np.minimum(offsets[rows][:, None] + jobs, len(share) - 1)
        first, after = begin[at].astype(np.int64), end[at].astype(np.int64) + 1
        after = np.where((jobs < lengths[:, None]) & (after > first), after, first)
        edges = np.sort(np.concatenate([first, after], axis=1), axis=1)
        left, right = edges[:, :-1, None], edges[:, 1:, None]
        covers = (first[:, None] <= left) & (right <= after[:, None])
        greatest = np.where(covers, share[at][:, None], 0.0).max(axis=2, initial=0.0)
        days = ((right - left)[:, :, 0] * greatest).sum(axis=1)
        return np.asarray(np.floor(days + 1e-9))

    def reaches(self, span: Pair, years: int) -> Array:
        """Most are far from the anniversary; only what is near it is held against the calendar."""
        first, days = span
        met = days >= years * 366
        near = np.flatnonzero((days >= years * 365) & ~met)
        begun = first[near].astype(np.int32)
        met[near] = begun + days[near] >= dates.plus(begun, years=years)
        return np.asarray(met)
