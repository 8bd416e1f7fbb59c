"""Profiles, expressions and what may be learnt, made by chance; dates crowd at anniversaries.

Everything is made from a `random.Random`, so that one maker serves seeded runs over thousands
of pairs and Hypothesis (`st.randoms()`), which shrinks what it finds.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

CODES: dict[str, tuple[str, ...]] = {
    "places": ("AU", "CN", "US", "US-TX", "US-NC", "AU-QLD"),
    "bodies": ("EA", "EngC", "CEEAA", "ICE", "HKIE"),
    "disciplines": ("civil", "structural", "mechanical"),
    "degree-levels": ("bachelor", "master", "doctorate"),
    "further-learning": ("not-needed", "done", "not-done"),
    "accords": ("washington-accord", "sydney-accord"),
    "bases": ("completion", "intake"),
    "accreditation-statuses": ("full", "conditional", "provisional"),
    "scopes": ("tier-1", "tier-2", "eac"),
    "assessment-results": ("equivalent", "partial", "not-equivalent"),
    "titles": ("CEng", "CPEng", "IEng"),
    "registration-classes": ("full", "limited"),
    "registration-statuses": ("active", "lapsed", "suspended"),
    "routes": ("standard", "mutual-recognition"),
    "grades": ("corporate", "fellow"),
    "examinations": ("FE", "PE"),
    "results": ("passed", "failed", "waived"),
    "languages": ("en", "zh"),
    "cefr": ("B2", "C1", "C2"),
    "language-tests": ("IELTS", "TOEFL-iBT"),
    "language-parts": ("writing", "speaking"),
    "frameworks": ("gapc-2021", "gapc-2013"),
    "elements": ("EC1", "EC2"),
    "competence-levels": ("met", "not-met"),
    "finding-kinds": ("complaint", "disciplinary"),
}
NAMES = {"bodies": "Body nobody knows", "titles": "Title nobody knows"}
"""What is no entry of an open vocabulary."""
HOMES = {"EA": "AU", "EngC": "GB", "CEEAA": "CN", "ICE": "GB", "HKIE": "HK"}
"""Where some of the codes are at home; titles of one name are at home in several countries."""
COUNTRIES = ("AU", "CN", "US")
ATTESTATIONS = ("application-complete", "accepts-accountability")
AMOUNTS: dict[str, tuple[float, ...]] = {
    "eqf": (6, 7),
    "years": (3, 4, 5),
    "ects": (180, 240),
    "fte": (0.25, 0.5, 1.0, 1.0, 1.0),
    "hours": (0, 10, 25.5, 50),
    "ethics_hours": (0, 1, 2.5),
    "score": (6.5, 7.0, 90),
}
END, ON, YES, SUM = "end", "date", "truth", "number"

SHAPE: dict[str, dict[str, str]] = {
    "citizenships": {"code": "country"},
    "residences": {
        "country": "country",
        "region": "region",
        "from": ON,
        "until": END,
        "permanent": YES,
    },
    "degrees": {
        "level": "degree-levels",
        "eqf": SUM,
        "discipline": "disciplines",
        "country": "country",
        "delivered_in": "places",
        "started_on": ON,
        "notional_start": ON,
        "awarded_on": ON,
        "years": SUM,
        "ects": SUM,
        "further_learning": "further-learning",
        "completed_on": ON,
    },
    "degrees.accreditations": {
        "by": "bodies",
        "accord": "accords",
        "from": ON,
        "until": END,
        "basis": "bases",
        "status": "accreditation-statuses",
    },
    "degrees.accreditations.scope": {"code": "scopes"},
    "assessments": {
        "by": "bodies",
        "country": "country",
        "result": "assessment-results",
        "on": ON,
    },
    "registrations": {
        "title": "titles",
        "body": "bodies",
        "country": "country",
        "region": "region",
        "discipline": "disciplines",
        "class": "registration-classes",
        "status": "registration-statuses",
        "good_standing": YES,
        "granted_on": ON,
        "expires_on": END,
        "route": "routes",
        "independent_practice": YES,
    },
    "memberships": {
        "body": "bodies",
        "grade": "grades",
        "discipline": "disciplines",
        "since": ON,
        "status": "registration-statuses",
        "route": "routes",
    },
    "experience": {
        "from": ON,
        "until": END,
        "country": "country",
        "region": "region",
        "discipline": "disciplines",
        "responsible_charge": YES,
        "significant": YES,
        "supervised": YES,
        "fte": SUM,
    },
    "experience.codes": {"code": "places"},
    "cpd": {"from": ON, "until": END, "hours": SUM, "ethics_hours": SUM},
    "examinations": {
        "name": "examinations",
        "body": "bodies",
        "result": "results",
        "score": SUM,
        "on": ON,
    },
    "languages": {
        "language": "languages",
        "cefr": "cefr",
        "test": "language-tests",
        "score": SUM,
        "on": ON,
    },
    "languages.parts": {"part": "language-parts", "score": SUM},
    "competences": {"framework": "frameworks", "element": "elements", "level": "competence-levels"},
    "referees": {"title": "titles", "body": "bodies", "country": "country"},
    "conduct.findings": {"body": "bodies", "on": ON, "kind": "finding-kinds", "open": YES},
}
"""What each element holds: a kind, or the vocabulary of a code."""

PERIODS = ("residences", "experience", "cpd", "degrees.accreditations", "registrations")
STARTS = {"until": "from", "expires_on": "granted_on", "awarded_on": "started_on"}
PLAIN = ("citizenships", "experience.codes", "degrees.accreditations.scope")
_BASES = (dt.date(2016, 7, 1), dt.date(2016, 2, 29), dt.date(2015, 12, 31))
_YEARS = (-7, -4, -1, 0, 0, 0, 1, 4, 7)


# --- dates


def day(random: Random) -> dt.date:
    """An anniversary of one of three days, the day before it or the day after."""
    base = random.choice(_BASES)
    year = base.year + random.choice(_YEARS)
    moved = dt.date(year, 3, 1) if (base.month, base.day) == (2, 29) else base.replace(year=year)
    return moved + dt.timedelta(days=random.choice((0, 0, -1, 1)))


def coarse(random: Random) -> str:
    """A day, sometimes known to the month or the year only."""
    return day(random).isoformat()[: random.choice((10, 10, 10, 10, 7, 4))]


def surely_before(end: str, start: str) -> bool:
    """Whether a coarse date lies wholly before another."""
    shared = min(len(end), len(start))
    return end != ".." and end[:shared] < start[:shared]


def _end(random: Random, start: str | None, endless: float) -> str:
    end = ".." if random.random() < endless else coarse(random)
    return start if start is not None and surely_before(end, start) else end


# --- profiles


def profile(random: Random) -> Json:
    """A profile with short lists; any field may be null or absent."""
    whole = random.choice((0.02, 0.15, 0.4))
    made: Json = {"id": "x"}
    for name in SHAPE:
        if "." not in name:
            _put(random, made, name, _list(random, name, whole), whole)
    _put(random, made, "birth_date", coarse(random), whole)
    _put(random, made, "conduct", _conduct(random, whole), whole)
    said = {kind: random.choice((True, False, None)) for kind in ATTESTATIONS}
    _put(random, made, "attestations", said, whole)
    return made


def _put(random: Random, made: Json, name: str, value: Any, gaps: float) -> None:
    """Write a field, or null, or leave it out."""
    chance = random.random()
    if chance >= gaps:
        made[name] = value
    elif chance < gaps / 2:
        made[name] = None


def _conduct(random: Random, gaps: float) -> Json:
    made: Json = {}
    _put(random, made, "bound_by_code", random.random() < 0.5, gaps)
    _put(random, made, "findings", _list(random, "conduct.findings", gaps), gaps)
    return made


def _list(random: Random, collection: str, gaps: float) -> Any:
    count = random.choice((0, 1, 1, 2, 3))
    if collection == "languages.parts":
        return {part: random.choice((6.5, 7.0, None)) for part in CODES["language-parts"][:count]}
    return [element(random, collection, gaps) for _ in range(count)]


def element(random: Random, collection: str, gaps: float) -> Any:
    """One element of a collection; the end of a period is never surely before its start."""
    if collection in PLAIN:
        known = random.random() >= gaps / 2
        return random.choice(_codes(SHAPE[collection]["code"])) if known else None
    made: Json = {}
    for name in SHAPE[collection]:
        _put(random, made, name, fitting(random, collection, name, made), gaps)
    for inner in inside(collection):
        _put(random, made, inner.rpartition(".")[2], _list(random, inner, gaps), gaps)
    if collection == "cpd" and random.random() < 0.3:
        return {"year": random.randint(2015, 2024), "hours": random.choice(AMOUNTS["hours"])}
    return made


def inside(collection: str) -> list[str]:
    """Collections that an element of a collection holds."""
    return [name for name in SHAPE if name.rpartition(".")[0] == collection]


def fitting(random: Random, collection: str, name: str, around: Json) -> Any:
    """A value a field could have beside the other fields of its element."""
    kind = SHAPE[collection][name]
    if kind == YES:
        return random.random() < 0.6
    if kind == SUM:
        return random.choice(AMOUNTS[name])
    if name in STARTS:
        return _end(random, around.get(STARTS[name]), 0.2 if kind == END else 0)
    if kind == ON:
        return coarse(random)
    if kind == "region":
        country = around.get("country")
        return random.choice([p for p in CODES["places"] if p[:2] == country and p[2:]] or [None])
    if kind in NAMES and random.random() < 0.2:
        return NAMES[kind]
    return random.choice(_codes(kind))


def _codes(kind: str) -> tuple[str, ...]:
    return COUNTRIES if kind == "country" else CODES[kind]


# --- learning


def learn(random: Random, known: Json) -> Json:
    """The profile with one unknown replaced by something it could be; the same if none is left."""
    learnt = copy.deepcopy(known)
    choices = list(_gaps(learnt))
    if choices:
        _fill(random, *random.choice(choices))
    return learnt


def _gaps(made: Json) -> Iterator[tuple[str, Any, Any]]:
    """What is not known: the kind of its place, what holds it, and its key."""
    for name in (*(n for n in SHAPE if "." not in n), "birth_date", "conduct"):
        yield from _gaps_of_list(name, made, name)
    yield from _gaps_of_conduct(made)
    said = made.get("attestations") or {}
    yield from (("attestation", made, kind) for kind in ATTESTATIONS if said.get(kind) is None)


def _gaps_of_conduct(made: Json) -> Iterator[tuple[str, Any, Any]]:
    if made.get("conduct") is not None:
        yield from _gaps_of_list("conduct.findings", made["conduct"], "findings")
        if made["conduct"].get("bound_by_code") is None:
            yield ("bound_by_code", made["conduct"], "bound_by_code")


def _gaps_of_list(name: str, holder: Json, key: str) -> Iterator[tuple[str, Any, Any]]:
    held = holder.get(key)
    if held is None or (name == "birth_date" and len(held) < 10):
        yield (name, holder, key)
    elif name in PLAIN or name == "languages.parts":
        keys = held if isinstance(held, dict) else range(len(held))
        yield from ((name + "[]", held, at) for at in keys if held[at] is None)
    elif name in SHAPE:
        for item in held:
            yield from _gaps_of_element(name, item)


def _gaps_of_element(collection: str, item: Json) -> Iterator[tuple[str, Any, Any]]:
    for name, kind in SHAPE[collection].items():
        held = item.get(name)
        if "year" in item and name in ("from", "until"):
            continue
        if name == "delivered_in" and name not in item:
            continue
        if kind == "region" and held is None and item.get("country") is None:
            continue
        if held is None or held in NAMES.values() or _is_coarse(kind, held):
            yield (f"{collection}:{name}", item, name)
    for inner in inside(collection):
        yield from _gaps_of_list(inner, item, inner.rpartition(".")[2])


def _is_coarse(kind: str, held: Any) -> bool:
    return kind in (ON, END) and held != ".." and len(held) < 10


def _fill(random: Random, place: str, holder: Any, key: Any) -> None:
    collection, _, name = place.partition(":")
    if place == "attestation":
        holder["attestations"] = {**(holder.get("attestations") or {}), key: random.random() < 0.5}
    elif place == "bound_by_code":
        holder[key] = random.random() < 0.5
    elif place == "conduct":
        holder[key] = _conduct(random, 0.3)
    elif place == "birth_date":
        holder[key] = _finer(random, holder.get(key), {}, key)
    elif place.endswith("[]"):
        codes = SHAPE[place[:-2]].get("code")
        holder[key] = random.choice(_codes(codes)) if codes else 7.0
    elif name:
        holder[key] = _learnt(random, collection, name, holder)
    else:
        holder[key] = _list(random, place, 0.3)


def _learnt(random: Random, collection: str, name: str, item: Json) -> Any:
    kind = SHAPE[collection][name]
    if kind in (ON, END):
        return _finer(random, item.get(name), item, name)
    if item.get(name) in NAMES.values():
        return _entry(random, kind, item)
    if name == "country" and item.get("region"):
        return item["region"][:2]
    return fitting(random, collection, name, item)


def _entry(random: Random, kind: str, item: Json) -> str:
    """An entry that an unknown name could be, beside its country: none that is at home elsewhere.

    Of titles, whose homes are many, the name stays."""
    if kind != "bodies":
        return str(NAMES[kind])
    country = item.get("country")
    fitting = [code for code in CODES[kind] if country in (None, HOMES[code])]
    return random.choice(fitting or [NAMES[kind]])


def _finer(random: Random, held: str | None, item: Json, name: str) -> str:
    """A day that a coarse or unknown date could be, so that the end is not before the start."""
    start = item.get(STARTS.get(name, ""))
    end = next((item[e] for e, s in STARTS.items() if s == name and item.get(e)), None)
    if held is None and name in ("until", "expires_on") and random.random() < 0.2:
        return ".."
    days = _days_in(held) if held else [day(random).isoformat() for _ in range(3)]
    allowed = [
        d
        for d in days
        if not (start and surely_before(d, start)) and not (end and surely_before(end, d))
    ]
    return random.choice(allowed or [d for d in (end, start, held) if d and d != ".."] or days)


def _days_in(text: str) -> list[str]:
    """The days of a coarse date."""
    first = dt.date.fromisoformat((text + "-01-01")[:10])
    days = (first + dt.timedelta(days=n) for n in range(366))
    return [d.isoformat() for d in days if d.isoformat().startswith(text)]


profiles = st.randoms(use_true_random=False).map(profile)
randoms = st.randoms(use_true_random=False)


@st.composite
def days(draw: st.DrawFn) -> dt.date:
    """A day at a boundary, to decide on."""
    return day(draw(randoms))


# --- forgetting


def forget(random: Random, known: Json, count: int) -> Json:
    """The profile with some facts unknown: nulls for values and lists, months for days."""
    forgotten = copy.deepcopy(known)
    for _ in range(count):
        facts = list(_facts(forgotten))
        if facts:
            holder, key = random.choice(facts)
            holder[key] = _less(random, holder[key])
    return forgotten


def _facts(held: Any) -> Iterator[tuple[Json, str]]:
    """Every fact that may be unknown, by what holds it and its key."""
    for key, inner in held.items() if isinstance(held, dict) else ():
        if key not in ("id", "year") and inner is not None:
            yield held, key
        for item in inner if isinstance(inner, list) else [inner]:
            yield from _facts(item)


def _less(random: Random, held: Any) -> Any:
    dated = isinstance(held, str) and len(held) in (7, 10) and held[:4].isdigit()
    if dated and random.random() < 0.6:
        return held[:-3]
    return None
