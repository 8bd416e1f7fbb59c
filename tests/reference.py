"""The oracle: the rule language read from its page alone, slowly and plainly.

It shares nothing with the project's code. A truth, number or date is a pair (lo, hi); days are
ordinals, infinite at the ends of time. A code is a text, `ANY` (unknown) or `NOWHERE` (no entry);
`?AU` is unknown too, but no entry that is at home elsewhere than in Australia alone.
A span is a pair of (first day, number of days). Sets of days are the bits of an int.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

ANY, NOWHERE = "?", "-"
Truth = tuple[bool, bool]
NEVER, ALWAYS, OPEN = (False, False), (True, True), (False, True)
COLLECTIONS = (
    "citizenships",
    "residences",
    "degrees",
    "degrees.accreditations",
    "degrees.accreditations.scope",
    "assessments",
    "registrations",
    "memberships",
    "experience",
    "experience.codes",
    "cpd",
    "examinations",
    "languages",
    "languages.parts",
    "competences",
    "referees",
    "conduct.findings",
)
TRUTHS = {
    "permanent",
    "good_standing",
    "independent_practice",
    "responsible_charge",
    "significant",
    "supervised",
    "bound_by_code",
    "open",
}
NUMBERS = {"eqf", "years", "ects", "fte", "hours", "ethics_hours", "score"}
DATES = {
    "birth_date",
    "from",
    "until",
    "started_on",
    "notional_start",
    "awarded_on",
    "completed_on",
    "granted_on",
    "expires_on",
    "since",
    "on",
}
LIMITS = {"fte": (0, 1), "eqf": (1, 8)}
NAMED = {"title", "body", "by", "discipline", "name", "test", "language"}
AT_HOME = {"title", "body", "by"}
"""Codes of open vocabularies, and those whose entries are at home where `country` says."""
STARTS = {"until": "from", "expires_on": "granted_on"}

_EARLIEST, _LATEST = dt.date(1900, 1, 1).toordinal(), dt.date(2100, 1, 1).toordinal()


@dataclass(frozen=True)
class World:
    """What holds whatever the profile: named rules, agreements and their parties, places, bodies.

    `country` tells the country of a region, `acts_for` the body a body acts for. `homes` has the
    entries of open vocabularies, each with its countries; none where it is at home nowhere.
    """

    rules: Mapping[str, Any] = field(default_factory=dict)
    agreements: Mapping[str, Any] = field(default_factory=dict)
    country: Mapping[str, str] = field(default_factory=dict)
    acts_for: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Element:
    """One element of a list, or the profile (path `""`). `many`: it stands for an unknown list."""

    path: str
    value: Any
    many: bool = False
    around: Element | None = None

    @property
    def present(self) -> Truth:
        sure = not self.many and (self.around is None or self.around.present[0])
        return (sure, True)

    def upwards(self) -> Iterator[Element]:
        yield self
        if self.around is not None:
            yield from self.around.upwards()

    def owner(self, path: str) -> Element | None:
        return next((e for e in self.upwards() if e.path == path), None)

    @property
    def profile(self) -> Element:
        return list(self.upwards())[-1]


class OutOfView(Exception):
    """A field was asked for where no single element of its list is in view."""


@dataclass(frozen=True)
class Place:
    """Where an expression stands: an element, a day, a host, a world."""

    element: Element
    as_of: int
    host: str | None
    world: World

    def on(self, element: Element) -> Place:
        return Place(element, self.as_of, self.host, self.world)


def interpret(
    expression: Any, profile: Mapping[str, Any], as_of: dt.date, host: str | None, world: World
) -> Any:
    """The bounds of an expression that stands on a profile."""
    return value(expression, Place(Element("", profile), as_of.toordinal(), host, world))


def value(written: Any, place: Place) -> Any:
    """Bounds of an expression at a place; a text is a code, a number a number."""
    if isinstance(written, str):
        return written
    if isinstance(written, int | float):
        return (written, written)
    if "rule" in written:
        return value(unfolded(written, place.world), place)
    ((form, inner),) = written.items()
    return FORMS[form](inner, place)


def unfolded(written: Mapping[str, Any], world: World) -> Any:
    """The body of a named rule with what it is given put in."""
    rule = world.rules[written["rule"]]
    given = {
        name: declared["default"]
        for name, declared in rule.get("parameters", {}).items()
        if isinstance(declared, Mapping) and "default" in declared
    }
    return _filled(rule["is"], {**given, **written.get("with", {})})


def _filled(written: Any, given: Mapping[str, Any]) -> Any:
    if isinstance(written, Mapping):
        if set(written) == {"parameter"}:
            return given.get(written["parameter"], written)
        return {key: _filled(part, given) for key, part in written.items()}
    return [_filled(part, given) for part in written] if isinstance(written, list) else written


def spread(written: Any) -> list[Any]:
    """The expressions of a list, or the one that is taken for each item, or row, of another."""
    if isinstance(written, list):
        return written
    names, rows = written["for"], written["in"]
    if isinstance(names, str):
        names, rows = [names], [[item] for item in rows]
    return [_filled(written["is"], dict(zip(names, row, strict=True))) for row in rows]


# --- the profile


def parent(collection: str) -> str:
    head = collection.rpartition(".")[0]
    return head if head in COLLECTIONS else ""


def elements(collection: str, standing: Element) -> list[Element]:
    """Elements in view: of the owner one stands on, else of every owner there is."""
    owner = standing.owner(parent(collection))
    owners = [owner] if owner else elements(parent(collection), standing)
    return [element for around in owners for element in _listed(collection, around)]


def above(collection: str, standing: Element) -> Element:
    """The innermost element in view that lies around a whole list."""
    around = [e for e in standing.upwards() if collection.startswith(f"{e.path}.")]
    return around[0] if around else standing.profile


def _listed(collection: str, around: Element) -> list[Element]:
    held = around.value
    for key in collection.removeprefix(around.path + ".").split("."):
        held = held.get(key) if isinstance(held, Mapping) else None
    if held is None:
        return [Element(collection, {}, True, around)]
    if isinstance(held, Mapping):
        held = [{"part": part, "score": score} for part, score in held.items()]
    return [Element(collection, item, False, around) for item in held]


def _field(path: str, place: Place) -> Any:
    collection, _, name = path.rpartition(".")
    if collection not in COLLECTIONS:
        return _of_profile(path, place.element.profile.value)
    owner = place.element.owner(collection)
    if owner is None:
        raise OutOfView(path)
    if name == "code":
        return owner.value if isinstance(owner.value, str) else ANY
    item = _spelt_out(collection, owner.value)
    if name in NAMED and item.get(name) is not None and item[name] not in place.world.homes:
        return ANY + ((item.get("country") or "") if name in AT_HOME else "")
    return stated(item, name)


def _of_profile(path: str, profile: Mapping[str, Any]) -> Any:
    if path == "birth_date":
        return stated(profile, path)
    return stated(profile.get("conduct") or {}, "bound_by_code")


def _spelt_out(collection: str, item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The short form of a year's learning, and a campus that is where the school is."""
    if collection == "cpd" and "year" in item:
        return {**item, "from": f"{item['year']}-01-01", "until": f"{item['year']}-12-31"}
    if collection == "degrees" and "delivered_in" not in item:
        return {**item, "delivered_in": item.get("country")}
    return item


def stated(item: Mapping[str, Any], name: str) -> Any:
    """A field's bounds by the kind its name has."""
    written = item.get(name)
    if name in TRUTHS:
        return OPEN if written is None else (written, written)
    if name in NUMBERS:
        return LIMITS.get(name, (0, math.inf)) if written is None else (written, written)
    if name not in DATES:
        return ANY if written is None else written
    if written is None:
        return (stated(item, STARTS[name])[0] if name in STARTS else -math.inf, math.inf)
    return days_of(written)


def days_of(text: str) -> tuple[float, float]:
    """First and last day of a coarse date; `..` is after every day."""
    if text == "..":
        return (math.inf, math.inf)
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if day:
        return (dt.date(year, month, day).toordinal(),) * 2
    first = dt.date(year, month or 1, 1)
    following = dt.date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    return first.toordinal(), following.toordinal() - 1


# --- truths


def truths(written: Iterable[Any], place: Place) -> list[Truth]:
    return [value(part, place) for part in spread(written)]


def both(parts: Iterable[Truth], join: Callable[[list[bool]], bool]) -> Truth:
    parts = list(parts)
    return (join([lo for lo, _ in parts]), join([hi for _, hi in parts]))


def negated(truth: Truth) -> Truth:
    return (not truth[1], not truth[0])


def not_less(a: Any, b: Any) -> Truth:
    return (a[0] >= b[1], a[1] >= b[0])


def _at_least(inner: Any, place: Place) -> Truth:
    if isinstance(inner, Mapping):
        return both(truths(inner["of"], place), lambda met: sum(met) >= inner["n"])
    if set(inner[0]) & {"years", "elapsed"} if isinstance(inner[0], Mapping) else False:
        return _reached(value(inner[0], place), inner[1], place)
    return not_less(value(inner[0], place), value(inner[1], place))


def _compared(truth: Callable[[Any, Any], Any]) -> Callable[[Any, Place], Any]:
    return lambda inner, place: truth(value(inner[0], place), value(inner[1], place))


def _between(inner: Any, place: Place) -> Truth:
    day, first, last = (value(part, place) for part in inner)
    return both([not_less(day, first), not_less(last, day)], all)


def same(a: str, b: str) -> Truth:
    if NOWHERE in (a, b):
        return NEVER
    return OPEN if ANY in (a[0], b[0]) else (a == b, a == b)


def is_entry(code: str, text: str, world: World) -> Truth:
    """Whether a code is an entry that a rule names: none that is at home elsewhere."""
    homes = world.homes.get(text)
    elsewhere = code[1:] and homes and code[1:] not in homes
    return NEVER if code[0] == ANY and elsewhere else same(code, text)


def _one_of(inner: Any, place: Place) -> Truth:
    code = value(inner[0], place)
    return both([is_entry(code, text, place.world) for text in inner[1]], any)


def _equals(inner: Any, place: Place) -> Truth:
    if isinstance(inner[1], str):
        return _one_of([inner[0], [inner[1]]], place)
    return same(value(inner[0], place), value(inner[1], place))


def _inside(inner: Any, place: Place) -> Truth:
    code = value(inner[0], place)
    around = country_of(code, place.world)
    listed = inner[1] if isinstance(inner[1], list) else [value(inner[1], place)]
    return both([same(part, text) for text in listed for part in (code, around)], any)


def country_of(code: str, world: World) -> str:
    return world.country.get(code, code)


def _attested(kind: str, place: Place) -> Truth:
    said = (place.element.profile.value.get("attestations") or {}).get(kind)
    return OPEN if said is None else (said, said)


# --- over collections


def counted(inner: Mapping[str, Any], place: Place) -> list[tuple[Place, Truth]]:
    """Elements of a collection, each with whether it surely and possibly counts."""
    out = []
    for element in elements(inner["in"], place.element):
        there = place.on(element)
        met = value(inner.get("where", {"truth": True}), there)
        out.append((there, both([element.present, met], all)))
    return out


def _exists(inner: Any, place: Place) -> Truth:
    return both([hit for _, hit in counted(inner, place)], any)


def _count(inner: Any, place: Place) -> tuple[float, float]:
    hits = counted(inner, place)
    most = sum(math.inf if there.element.many else 1 for there, hit in hits if hit[1])
    return (sum(hit[0] for _, hit in hits), most)


def _sum(inner: Any, place: Place) -> tuple[float, float]:
    least = most = Fraction(0)
    endless = False
    for there, hit in counted(inner, place):
        lo, hi = value(inner["of"], there)
        least += Fraction(str(max(lo, 0))) if hit[0] else 0
        endless |= hit[1] and hi > 0 and (there.element.many or math.isinf(hi))
        most += Fraction(str(hi)) if hit[1] and not math.isinf(hi) else 0
    return (float(least), math.inf if endless else float(most))


def _lowest(inner: Any, place: Place) -> tuple[float, float]:
    found = [(value(inner["of"], there), hit) for there, hit in counted(inner, place)]
    return (
        min([of[0] for of, hit in found if hit[1]], default=math.inf),
        min([of[1] for of, hit in found if hit[0]], default=math.inf),
    )


def _highest(inner: Any, place: Place) -> tuple[float, float]:
    found = [(value(inner["of"], there), hit) for there, hit in counted(inner, place)]
    return (
        max([of[0] for of, hit in found if hit[0]], default=-math.inf),
        max([of[1] for of, hit in found if hit[1]], default=-math.inf),
    )


# --- dates and choices


def shifted(day: float, years: int = 0, months: int = 0, days: int = 0) -> float:
    """Years first, then months, then days; what a month lacks goes to the first of the next."""
    if math.isinf(day):
        return day
    for step in (years * 12, months):
        date = dt.date.fromordinal(int(day))
        year, month = divmod(date.year * 12 + date.month - 1 + step, 12)
        try:
            day = date.replace(year, month + 1).toordinal()
        except ValueError:
            day = dt.date(year, month + 2, 1).toordinal()
    return day + days


def _plus(inner: Any, place: Place) -> tuple[float, float]:
    lo, hi = value(inner[0], place)
    return (shifted(lo, **inner[1]), shifted(hi, **inner[1]))


def _start_of_year(inner: Any, place: Place) -> Any:
    return tuple(
        day if math.isinf(day) else dt.date(dt.date.fromordinal(int(day)).year, 1, 1).toordinal()
        for day in value(inner, place)
    )


def hull(parts: list[Any]) -> Any:
    """All that any reading allows; a code that is not the same in all may be any."""
    if isinstance(parts[0], str):
        return parts[0] if len(set(parts)) == 1 and parts[0][0] != ANY else ANY
    return (min(lo for lo, _ in parts), max(hi for _, hi in parts))


def _if(written: Mapping[str, Any], place: Place) -> Any:
    lo, hi = value(written["is"], place)
    branches = [value(written["then"], place)] * hi + [value(written["else"], place)] * (not lo)
    return hull(branches)


def _of_several(join: Callable[[list[float]], float]) -> Callable[[Any, Place], Any]:
    def joined(inner: Any, place: Place) -> Any:
        parts = [value(part, place) for part in spread(inner)]
        return (join([lo for lo, _ in parts]), join([hi for _, hi in parts]))

    return joined


# --- counted days


def _years(inner: Any, place: Place) -> Any:
    since, until = _window(inner, place.on(above(inner["in"], place.element)))
    surely, possibly = [], []
    for there, hit in counted(inner, place):
        (from_lo, from_hi), (until_lo, until_hi) = _period(there.element)
        least, most = stated(there.element.value, "fte") if inner["in"] == "experience" else (1, 1)
        if hit[0]:
            surely.append((max(from_hi, since[1]), min(until_lo, until[0]), least))
        if hit[1]:
            possibly.append((max(from_lo, since[0]), min(until_hi, until[1]), most))
    part_time = inner.get("part_time", "open")
    return (_laid(surely, part_time != "calendar"), _laid(possibly, part_time == "weighted"))


def _window(inner: Any, place: Place) -> tuple[Any, Any]:
    since = value(inner["since"], place) if "since" in inner else (-math.inf, -math.inf)
    if "after" in inner:
        since = tuple(day + 1 for day in value(inner["after"], place))
    until = value(inner["until"], place) if "until" in inner else (math.inf, math.inf)
    return since, (min(until[0], place.as_of), min(until[1], place.as_of))


def _period(element: Element) -> tuple[Any, Any]:
    item = _spelt_out(element.path, element.value)
    end = "expires_on" if element.path == "registrations" else "until"
    return stated(item, STARTS[end]), stated(item, end)


def _laid(periods: list[tuple[float, float, float]], weighted: bool) -> tuple[int | None, int, int]:
    """The first day of the union of periods, how many days it has, or weighs, and how loose it is.

    Loose is 2 where some day weighs less than one, else 1.
    """
    seen, weight = 0, Fraction(0)
    for first, last, share in sorted(periods, key=lambda period: -period[2]):
        new = _days(first, last) & ~seen
        weight += new.bit_count() * (Fraction(str(share)) if weighted else 1)
        seen |= new
    loose = 2 if weighted and any(s < 1 and _days(f, d) for f, d, s in periods) else 1
    if not seen:
        return (None, 0, loose)
    return (_EARLIEST + (seen & -seen).bit_length() - 1, math.floor(weight), loose)


def _days(first: float, last: float) -> int:
    """The closed days first–last as bits, within two centuries."""
    begin, end = max(first, _EARLIEST), min(last, _LATEST)
    return 0 if end < begin else ((1 << int(end - begin) + 1) - 1) << int(begin - _EARLIEST)


def _elapsed(inner: Any, place: Place) -> Any:
    lo, hi = value(inner["since"], place)
    return tuple((*_laid([(day, place.as_of, 1)], False)[:2], 0) for day in (hi, lo))


def _reached(span: Any, asked: Any, place: Place) -> Truth:
    months = isinstance(asked, Mapping) and "months" in asked
    lo, hi = value(asked["months"] if months else asked, place)
    unit = "months" if months else "years"
    sure, possible = _reaches(span[0], hi, unit), _reaches(span[1], lo, unit)
    if span[0][0] == span[1][0] or max(span[0][2], span[1][2]) <= (0 if months else 1):
        return sure, possible
    return (
        sure and (hi <= 0 or span[0][1] >= lengths(hi, unit)[1]),
        possible or (span[1][1] > 0 and span[1][1] >= lengths(lo, unit)[0]),
    )


@lru_cache
def lengths(count: float, unit: str) -> tuple[float, float]:
    """The least and the most days of so many years or months, over 400 years of first days."""
    if math.isinf(count):
        return count, count
    days = [shifted(first, **{unit: int(count)}) - first for first in range(1, 146_098)]
    return min(days), max(days)


def _reaches(counted_days: tuple[int | None, int, int], asked: float, unit: str) -> bool:
    first, days, _ = counted_days
    if asked <= 0 or first is None or not days or math.isinf(asked):
        return asked <= 0
    return first + days >= shifted(first, **{unit: int(asked)})


# --- parties


def seats(inner: Any, place: Place) -> list[Mapping[str, Any]] | None:
    """The parties that a body holds or acts for, or that a place lies in; None: of nobody known."""
    key = "body" if "body" in inner else "place"
    asked, world = value(inner[key], place), place.world
    if asked[0] == ANY:
        return None
    names = {asked, world.acts_for.get(asked) if key == "body" else country_of(asked, world)}
    return [
        party
        for party in world.agreements[inner["of"]]["parties"]
        if names & set(party["bodies"] if key == "body" else [party["place"]])
    ]


def statuses(inner: Any, party: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """First and last days of the periods in which a party has one of the statuses asked for."""
    return [between_days(held) for held in party["status"] if held["is"] in inner["is"]]


def between_days(held: Mapping[str, Any]) -> tuple[Any, Any]:
    """The bounds of a dated fact's first and of its last day."""
    first = _unsettled(held.get("from"), -math.inf)
    return first, _unsettled(held.get("until"), first[0])


def _unsettled(written: Any, least: float) -> tuple[float, float]:
    if written is None:
        return (least, math.inf)
    if isinstance(written, Mapping):
        return (_unsettled(written["earliest"], least)[0], _unsettled(written["latest"], least)[1])
    return days_of(written)


def _party(inner: Any, place: Place) -> Truth:
    found = seats(inner, place)
    on = value(inner.get("on", {"as_of": True}), place)
    if found is None:
        return OPEN if _ever(inner, place) and _may_be(inner, place) else NEVER
    return both([during(on, days) for party in found for days in statuses(inner, party)], any)


def _may_be(inner: Any, place: Place) -> bool:
    """Whether some body that ever held such a seat, or acts for one, is not at home elsewhere."""
    asked, world = value(inner.get("body", ANY), place), place.world
    parties = world.agreements[inner["of"]]["parties"]
    held = {body for one in parties if statuses(inner, one) for body in one["bodies"]}
    held |= {body for body, other in world.acts_for.items() if other in held}
    return any(is_entry(asked, body, world)[1] for body in held)


def _ever(inner: Any, place: Place) -> bool:
    """Whether any party ever had one of the statuses asked for."""
    return any(statuses(inner, party) for party in place.world.agreements[inner["of"]]["parties"])


def during(on: Any, days: tuple[Any, Any]) -> Truth:
    return both([not_less(on, days[0]), not_less(days[1], on)], all)


def _party_since(inner: Any, place: Place) -> tuple[float, float]:
    found = seats(inner, place)
    if found is None:
        return (-math.inf, math.inf)
    firsts = [days[0] for party in found for days in statuses(inner, party)]
    return (
        min([lo for lo, _ in firsts], default=math.inf),
        min([hi for _, hi in firsts], default=math.inf),
    )


def _party_place(inner: Any, place: Place) -> str:
    found = seats(inner, place)
    return ANY if found is None else found[0]["place"] if found else NOWHERE


FORMS: dict[str, Callable[[Any, Place], Any]] = {
    "all": lambda inner, place: both(truths(inner, place), all),
    "any": lambda inner, place: both(truths(inner, place), any),
    "not": lambda inner, place: negated(value(inner, place)),
    "truth": lambda inner, place: (inner, inner),
    "at_least": _at_least,
    "less_than": lambda inner, place: negated(_at_least(inner, place)),
    "at_most": _compared(lambda a, b: not_less(b, a)),
    "more_than": _compared(lambda a, b: negated(not_less(b, a))),
    "on_or_after": _compared(not_less),
    "on_or_before": _compared(lambda a, b: not_less(b, a)),
    "before": _compared(lambda a, b: negated(not_less(a, b))),
    "after": _compared(lambda a, b: negated(not_less(b, a))),
    "between": _between,
    "equals": _equals,
    "one_of": _one_of,
    "inside": _inside,
    "exists": _exists,
    "count": _count,
    "sum": _sum,
    "least": _lowest,
    "earliest": _lowest,
    "greatest": _highest,
    "latest": _highest,
    "field": _field,
    "attested": _attested,
    "unpublished": lambda kind, place: OPEN if kind == "truth" else (-math.inf, math.inf),
    "range": lambda inner, place: tuple(inner),
    "date": lambda text, place: days_of(text),
    "as_of": lambda inner, place: (place.as_of, place.as_of),
    "host": lambda inner, place: ANY if place.host is None else place.host,
    "plus": _plus,
    "start_of_year": _start_of_year,
    "earlier_of": _of_several(min),
    "later_of": _of_several(max),
    "if": _if,
    "readings": lambda inner, place: hull([value(part, place) for part in spread(inner)]),
    "country_of": lambda inner, place: country_of(value(inner, place), place.world),
    "years": _years,
    "elapsed": _elapsed,
    "party": _party,
    "party_since": _party_since,
    "party_place": _party_place,
}


# --- a standard


def verdict(
    edition: Mapping[str, Any],
    agreement: Mapping[str, Any],
    profile: Mapping[str, Any],
    as_of: dt.date,
    host: str | None,
    world: World,
) -> tuple[str, dict[str, str]]:
    """The verdict of one edition, and the status of each criterion that is not left out."""
    place = Place(Element("", profile), as_of.toordinal(), host, world)
    found = {"in-force": during((place.as_of,) * 2, between_days(edition["in_force"]))}
    if host is not None and agreement.get("hosts") is not None:
        found["host"] = _takes_part(agreement, place)
    applying = [c for c in edition["criteria"] if _conditions(c, place) != NEVER]
    found |= {c["id"]: _criterion(c, place) for c in applying if "subject" not in c}
    for name, subject in edition.get("subjects", {}).items():
        found |= _about_one([c for c in applying if c.get("subject") == name], subject["in"], place)
    least = min(sum(truth) for truth in found.values())
    told = {name: ("unmet", "unknown", "met")[sum(truth)] for name, truth in found.items()}
    return ("ineligible", "undetermined", "eligible")[least], told


def _where(criterion: Mapping[str, Any], place: Place) -> list[Truth]:
    """Whether the host is one that a criterion applies to."""
    host = ANY if place.host is None else place.host
    found = []
    if "hosts" in criterion:
        found.append(both([same(host, one) for one in criterion["hosts"]], any))
    if "except_hosts" in criterion:
        found.append(negated(both([same(host, one) for one in criterion["except_hosts"]], any)))
    return found


def _conditions(criterion: Mapping[str, Any], place: Place) -> Truth:
    """Whether a criterion applies, as far as it can be told without an element of its subject."""
    try:
        truth: Truth = value(criterion.get("applies_when", {"truth": True}), place)
    except OutOfView:
        truth = ALWAYS
    return both([*_where(criterion, place), truth], all)


def _criterion(criterion: Mapping[str, Any], place: Place) -> Truth:
    applies = value(criterion.get("applies_when", {"truth": True}), place)
    applies = both([*_where(criterion, place), applies], all)
    return both([negated(applies), value(criterion["rule"], place)], any)


def _about_one(criteria: list[Any], collection: str, place: Place) -> dict[str, Truth]:
    """Criteria about one element: those of the element that comes furthest; unmet without any."""
    told = []
    for element in elements(collection, place.element):
        truths_of = [_criterion(c, place.on(element)) for c in criteria]
        told.append([both([element.present, truth], all) for truth in truths_of])
    best = max(told, key=_furthest, default=[NEVER] * len(criteria))
    return {c["id"]: truth for c, truth in zip(criteria, best, strict=True)}


def _furthest(truths_of: list[Truth]) -> list[int]:
    met = [sum(truth) for truth in truths_of]
    return [min(met, default=2), *met]


def _takes_part(agreement: Mapping[str, Any], place: Place) -> Truth:
    """Whether the host is named, perhaps named, or a party on the day."""
    hosts, host = agreement["hosts"], str(place.host)
    names = {host, country_of(host, place.world)}
    perhaps = names & set(hosts.get("perhaps", ()))
    if host in hosts.get("places", ()) or (names & set(hosts.get("places", ())) and not perhaps):
        return ALWAYS
    if perhaps:
        return OPEN
    asked = {"of": agreement["id"], "place": host, "is": hosts.get("parties", [])}
    return _party(asked, place)
