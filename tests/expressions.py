"""Well-typed expressions of every form, made by chance, and the small world they speak of."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from strategies import ATTESTATIONS, CODES, END, ON, PERIODS, SHAPE, SUM, YES, Json, coarse

_NUMBERS = ("at_least", "at_most", "more_than", "less_than")
_DATES = ("before", "on_or_before", "after", "on_or_after")
AGREEMENTS: dict[str, Json] = {
    "settled": {
        "parties": [
            {
                "place": "AU",
                "bodies": ["EA"],
                "status": [{"is": "full", "from": "2009-07-01", "until": ".."}],
            },
            {
                "place": "US-TX",
                "bodies": ["HKIE"],
                "status": [
                    {"is": "provisional", "from": "2012-03-01", "until": "2016-02-29"},
                    {"is": "full", "from": "2016-03-01", "until": "2020-02-29"},
                ],
            },
        ]
    },
    "disputed": {
        "parties": [
            {
                "place": "CN",
                "bodies": ["CEEAA"],
                "status": [
                    {"is": "provisional", "from": "2013", "until": "2016-06"},
                    {
                        "is": "full",
                        "from": {"earliest": "2016-06-02", "latest": "2016-07-01"},
                        "until": {"earliest": "2023-06-30", "latest": ".."},
                    },
                ],
            },
            {
                "place": "US",
                "bodies": ["EngC"],
                "status": [
                    {"is": "full", "from": None, "until": "2016-02-29"},
                    {"is": "conditional", "from": "2017-01", "until": None},
                ],
            },
        ]
    },
}
"""Two agreements: one whose parties' status is known to the day, one that sources dispute."""
RULES: dict[str, Json] = {
    "practice": {
        "parameters": {
            "years": "number",
            "after": "date",
            "in": {"kind": "collection", "default": "experience"},
        },
        "is": {
            "at_least": [
                {"years": {"in": {"parameter": "in"}, "after": {"parameter": "after"}}},
                {"parameter": "years"},
            ]
        },
    },
    "either": {
        "parameters": {"one": "truth", "other": {"kind": "truth", "default": {"truth": False}}},
        "is": {"any": [{"parameter": "one"}, {"parameter": "other"}]},
    },
    "graduation": {
        "is": {"earliest": {"in": "degrees", "of": {"field": "degrees.awarded_on"}}},
    },
}


def chain(level: str) -> tuple[str, ...]:
    """A collection and those around it, then the profile (`""`)."""
    head = level.rpartition(".")[0]
    return (level, *chain(head if head in SHAPE else "")) if level else ("",)


def expression(random: Random, kind: str, level: str = "", depth: int = 4) -> Any:
    """A well-typed expression of a kind, standing on an element of a collection."""
    return _KINDS[kind](random, level, depth)


def _fields(kind: str, level: str) -> list[str]:
    """Paths in view that hold a kind of value."""
    kinds = (ON, END) if kind == ON else (kind,)
    found = [
        f"{at}.{name}"
        for at in chain(level)
        if at
        for name, held in SHAPE[at].items()
        if held in kinds
    ]
    return found + {ON: ["birth_date"], YES: ["conduct.bound_by_code"]}.get(kind, [])


# --- truths


def truth(random: Random, level: str, depth: int) -> Json:
    """A truth: joined from others, or a comparison, or a statement."""
    if depth <= 0:
        return _plain_truth(random, level)
    make = random.choice(
        (
            _joined,
            _each,
            _compared,
            _compared_dates,
            _compared_codes,
            _exists,
            _exists,
            _reached,
            _reached,
            _plain_truth,
            _named,
            _party,
            _if_truth,
        )
    )
    return make(random, level, depth - 1)


def _plain_truth(random: Random, level: str, depth: int = 0) -> Json:
    return random.choice(
        (
            {"field": random.choice(_fields(YES, level))},
            {"field": random.choice(_fields(YES, level))},
            {"attested": random.choice(ATTESTATIONS)},
            {"truth": random.random() < 0.5},
            {"unpublished": "truth"},
        )
    )


def _joined(random: Random, level: str, depth: int) -> Json:
    parts = [truth(random, level, depth) for _ in range(random.randint(1, 3))]
    return random.choice(
        (
            {"all": parts},
            {"any": parts},
            {"not": parts[0]},
            {"at_least": {"n": random.randint(1, 3), "of": parts}},
            {"readings": parts},
        )
    )


def _each(random: Random, level: str, depth: int) -> Json:
    """A truth taken for each of a list of places, or for each row of a table."""
    place = code(random, "places", level, 0)
    one: Json = {
        "for": "place",
        "in": random.sample(CODES["places"], 2),
        "is": {random.choice(("inside", "one_of")): [place, [{"parameter": "place"}]]},
    }
    rows = [[random.choice((2, 4, 7)), truth(random, level, depth)] for _ in range(2)]
    years, also = f"years-{depth}", f"also-{depth}"
    counted = {"parameter": years}
    many: Json = {
        "for": [years, also],
        "in": rows,
        "is": {"all": [{"at_least": [span(random, level, depth), counted]}, {"parameter": also}]},
    }
    parts = random.choice((one, many))
    return random.choice(
        (
            {"all": parts},
            {"any": parts},
            {"at_least": {"n": random.randint(1, 2), "of": parts}},
            {"readings": parts},
        )
    )


def _compared(random: Random, level: str, depth: int) -> Json:
    return {random.choice(_NUMBERS): [number(random, level, depth), number(random, level, depth)]}


def _compared_dates(random: Random, level: str, depth: int) -> Json:
    days = [date(random, level, depth) for _ in range(3)]
    return {"between": days} if random.random() < 0.3 else {random.choice(_DATES): days[:2]}


def _compared_codes(random: Random, level: str, depth: int) -> Json:
    vocabulary = random.choice(("places", "places", "bodies", "disciplines"))
    if not _stated(vocabulary, level):
        vocabulary = "places"
    measure = code(random, vocabulary, level, depth)
    some = random.sample(CODES[vocabulary], 2)
    ways: list[Json] = [
        {"one_of": [measure, some]},
        {"equals": [measure, code(random, vocabulary, level, depth, True)]},
    ]
    if vocabulary == "places":
        around = code(random, "places", level, 0)
        ways += [{"inside": [measure, some]}, {"inside": [measure, around]}]
    return random.choice(ways)


def _exists(random: Random, level: str, depth: int) -> Json:
    return {"exists": _among(random, depth)}


def _among(random: Random, depth: int, collection: str = "") -> Json:
    collection = collection or random.choice(list(SHAPE))
    made: Json = {"in": collection}
    if random.random() < 0.8:
        made["where"] = truth(random, collection, depth)
    return made


def _reached(random: Random, level: str, depth: int) -> Json:
    asked: Any = random.choice(
        (
            1,
            4,
            7,
            7,
            {"range": [4, 7]},
            {"months": 84},
            {"months": 18},
            {"unpublished": "number"},
            0,
        )
    )
    return {random.choice(("at_least", "less_than")): [span(random, level, depth), asked]}


def _named(random: Random, level: str, depth: int) -> Json:
    if random.random() < 0.5:
        return {"rule": "either", "with": {"one": truth(random, level, depth)}}
    after = random.choice(({"rule": "graduation"}, date(random, "", depth)))
    given: Json = {"years": random.choice((4, 7)), "after": after}
    return {"rule": "practice", "with": given | random.choice(({}, {"in": "residences"}))}


def _of_party(random: Random, level: str, depth: int, keys: tuple[str, ...]) -> Json:
    key = random.choice(keys)
    vocabulary = {"body": "bodies", "place": "places"}[key]
    asked = code(random, vocabulary, level, depth, True)
    return {"of": random.choice(list(AGREEMENTS)), key: asked}


def _party(random: Random, level: str, depth: int) -> Json:
    made = _of_party(random, level, depth, ("body", "place"))
    made["is"] = random.sample(("full", "provisional", "conditional"), random.randint(1, 2))
    if random.random() < 0.7:
        made["on"] = date(random, level, depth)
    return {"party": made}


def _if_truth(random: Random, level: str, depth: int) -> Json:
    return _choice(random, level, depth, lambda: truth(random, level, depth))


def _choice(random: Random, level: str, depth: int, make: Callable[[], Any]) -> Json:
    return {"if": {"is": truth(random, level, depth), "then": make(), "else": make()}}


# --- measures


def span(random: Random, level: str, depth: int) -> Json:
    """Counted days: of the periods of a collection, or since a day."""
    if random.random() < 0.2:
        return {"elapsed": {"since": date(random, level, depth)}}
    inner = _among(random, depth, random.choice((*PERIODS, "experience", "experience")))
    shared = next(at for at in chain(level) if at in chain(inner["in"])[1:])
    if random.random() < 0.5:
        inner[random.choice(("since", "after"))] = date(random, shared, depth)
    if random.random() < 0.3:
        inner["until"] = date(random, shared, depth)
    if random.random() < 0.6:
        inner["part_time"] = random.choice(("open", "calendar", "weighted"))
    return {"years": inner}


def number(random: Random, level: str, depth: int) -> Any:
    """A number: written, disputed, stated, or gathered."""
    plain = (random.choice((0, 1, 2, 3, 7, 25.5)), {"range": [2, 4]}, {"unpublished": "number"})
    stated = [{"field": path} for path in _fields(SUM, level)]
    if depth <= 0 or random.random() < 0.3:
        return random.choice([*plain, *stated])
    make = random.choice((_count, _gathered, _gathered, _disputed))
    return make(random, level, depth - 1)


def _count(random: Random, level: str, depth: int) -> Json:
    return {"count": _among(random, depth)}


def _disputed(random: Random, level: str, depth: int) -> Json:
    if random.random() < 0.5:
        return {"readings": [number(random, level, depth) for _ in range(2)]}
    return _choice(random, level, depth, lambda: number(random, level, depth))


def _gathered(random: Random, level: str, depth: int) -> Json:
    """A sum, the least or the greatest of an amount that is never negative."""
    holder = random.choice(("degrees", "cpd", "languages.parts", "experience", "examinations"))
    of: Any = {"field": random.choice(_fields(SUM, holder))}
    if random.random() < 0.3:
        of = {"if": {"is": truth(random, holder, depth - 1), "then": of, "else": 2}}
    form = random.choice(("sum", "sum", "least", "greatest"))
    return {form: {**_among(random, depth, holder), "of": of}}


def date(random: Random, level: str, depth: int) -> Json:
    """A date: written, stated, moved, gathered, or the day one decides on."""
    if depth <= 0 or random.random() < 0.4:
        fields = _fields(ON, level)
        return random.choice(
            (
                {"date": coarse(random)},
                {"as_of": True},
                *({"field": random.choice(fields)},) * 3,
                {"unpublished": "date"},
                {"date": ".."},
            )
        )
    make = random.choice((_moved, _first_or_last, _first_or_last, _of_dates, _since))
    return make(random, level, depth - 1)


def _moved(random: Random, level: str, depth: int) -> Json:
    if random.random() < 0.2:
        return {"start_of_year": date(random, level, depth)}
    units = (("years", (-7, -1, 1, 4)), ("months", (-1, 1, 6, 13)), ("days", (-1, 1, 30)))
    by = {unit: random.choice(steps) for unit, steps in units if random.random() < 0.5}
    return {"plus": [date(random, level, depth), by]}


def _first_or_last(random: Random, level: str, depth: int) -> Json:
    collection = random.choice([name for name in SHAPE if _fields(ON, name)[:-1]])
    form = random.choice(("earliest", "latest"))
    return {form: {**_among(random, depth, collection), "of": date(random, collection, depth)}}


def _of_dates(random: Random, level: str, depth: int) -> Json:
    form = random.choice(("earlier_of", "later_of", "readings", "if"))
    if form == "if":
        return _choice(random, level, depth, lambda: date(random, level, depth))
    if random.random() < 0.2:
        years = f"years-of-{depth}"
        moved = {"plus": [date(random, level, depth), {"years": {"parameter": years}}]}
        return {form: {"for": years, "in": random.sample((-7, -1, 1, 4), 2), "is": moved}}
    return {form: [date(random, level, depth) for _ in range(2)]}


def _since(random: Random, level: str, depth: int) -> Json:
    made = _of_party(random, level, depth, ("body",))
    return {"party_since": {**made, "is": [random.choice(("full", "provisional", "conditional"))]}}


def _stated(vocabulary: str, level: str) -> list[Any]:
    kinds = ("places", "country", "region") if vocabulary == "places" else (vocabulary,)
    return [{"field": path} for kind in kinds for path in _fields(kind, level)] + (
        [{"host": True}] if vocabulary == "places" else []
    )


def code(random: Random, vocabulary: str, level: str, depth: int, written: bool = False) -> Any:
    """A code of a vocabulary; `written`: it may stand as it is."""
    choices = _stated(vocabulary, level)
    if vocabulary == "places":
        choices += [{"country_of": made} for made in choices]
        choices += [{"party_place": _of_party(random, level, 0, ("body",))}] * (depth > 0)
    if depth > 0 and random.random() < 0.2 and choices:
        return _choice(random, level, depth - 1, lambda: random.choice(choices))
    return random.choice([*choices, random.choice(CODES[vocabulary])] if written else choices)


_KINDS: dict[str, Callable[[Random, str, int], Any]] = {
    "truth": truth,
    "number": number,
    "date": date,
    "span": span,
    "code": lambda random, level, depth: code(random, "places", level, depth),
}
