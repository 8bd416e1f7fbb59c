"""The forms of the language, one function a family: what each takes and makes."""

from __future__ import annotations

import math
from typing import Any

from recognition import dates
from recognition.rule.reading import Form, Here, Reading, near
from recognition.rule.syntax import (
    CODE,
    COMPARISONS,
    DATE,
    DATE_COMPARISONS,
    NUMBER,
    SPAN,
    TRUTH,
    Node,
    chain,
    literal,
    parent,
)

UNKNOWN = {
    TRUTH: (False, True),
    NUMBER: (-math.inf, math.inf),
    DATE: (dates.BEFORE_ALL, dates.AFTER_ALL),
}


# --- truths


def _several(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    parts = reading.listed(inner, here)
    nodes = [reading.expression(part, TRUTH, here.down(i)) for i, part in enumerate(parts)]
    return reading.node(form, TRUTH, nodes, here)


def _not(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    return reading.node("not", TRUTH, [reading.expression(inner, TRUTH, here)], here)


def _compare(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    if form == "at_least" and isinstance(inner, dict):
        return _enough(reading, inner, here)
    if not (pair := _pair(reading, inner, here)):
        return reading.nothing(here)
    left, right = pair
    measure = reading.expression(left, "any", here.down(0))
    if measure.kind == SPAN:
        return _reached(reading, form, measure, right, here)
    args = [
        reading._fits(measure, NUMBER, here.down(0)),
        reading.expression(right, NUMBER, here.down(1)),
    ]
    return reading.node(form, TRUTH, args, here)


def _enough(reading: Reading, inner: Any, here: Here) -> Node:
    if not reading.keys(inner, {"n", "of"}, set(), here):
        return literal(TRUTH, False, True)
    n, _ = reading.plain(inner["n"], here.down("n"))
    if not isinstance(n, int) or isinstance(n, bool) or n < 1:
        reading.wrong(here.down("n"), "wrong-type", f"`{n}` is not a whole number from 1")
    parts = reading.listed(inner["of"], here.down("of"))
    nodes = [reading.expression(p, TRUTH, here.down("of", i)) for i, p in enumerate(parts)]
    return reading.node("enough", TRUTH, nodes, here, n)


def _reached(reading: Reading, form: str, span: Node, right: Any, here: Here) -> Node:
    """A span against whole years, or {"months": n}; the bounds of the years may lie apart."""
    if form not in ("at_least", "less_than"):
        return reading.wrong(
            here,
            "wrong-kind",
            f"a span cannot stand with `{form}`",
            "use `at_least` or `less_than`",
        )
    written, place = reading.plain(right, here.down(1))
    unit = "years"
    if isinstance(written, dict) and set(written) == {"months"}:
        unit, (written, place) = "months", reading.plain(written["months"], place.down("months"))
    asked = reading.expression(written, NUMBER, place)
    if asked.op == "literal" and any(b % 1 for b in asked.value if math.isfinite(b)):
        reading.wrong(place, "wrong-kind", "a span is counted in whole years", 'or {"months": 30}')
    node = reading.node("reached", TRUTH, [span, asked], here, unit)
    return node if form == "at_least" else reading.node("not", TRUTH, [node], here)


def _compare_dates(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    if not (pair := _pair(reading, inner, here)):
        return reading.nothing(here)
    left, right = pair
    args = [
        reading.expression(left, DATE, here.down(0)),
        reading.expression(right, DATE, here.down(1)),
    ]
    return reading.node(form, TRUTH, args, here)


def _between(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    if not isinstance(inner, list) or len(inner) != 3:
        return reading.wrong(here, "wrong-type", "`between` takes a day, a first and a last day")
    on, first, last = (reading.expression(d, DATE, here.down(i)) for i, d in enumerate(inner))
    return reading.node(
        "all",
        TRUTH,
        [
            reading.node("on_or_after", TRUTH, [on, first], here),
            reading.node("on_or_before", TRUTH, [on, last], here),
        ],
        here,
    )


def _pair(reading: Reading, inner: Any, here: Here) -> tuple[Any, Any] | None:
    if isinstance(inner, list) and len(inner) == 2:
        return inner[0], inner[1]
    reading.wrong(here, "wrong-type", "two things are compared here", "write [this, that]")
    return None


def _equals(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    if not isinstance(inner, list) or len(inner) != 2:
        return reading.wrong(
            here, "wrong-type", "two codes are compared here", "write [this, that]"
        )
    nodes: dict[int, Node] = {}
    due = "code"
    for i in sorted((0, 1), key=lambda i: isinstance(reading.plain(inner[i], here)[0], str)):
        nodes[i] = reading.expression(inner[i], due, here.down(i))
        due = nodes[i].kind
    return reading.node("equals", TRUTH, [nodes[0], nodes[1]], here)


def _one_of(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    if not (pair := _pair(reading, inner, here)):
        return reading.nothing(here)
    left, right = pair
    code = reading.expression(left, CODE if form == "one_of" else "code:places", here.down(0))
    listed, place = reading.plain(right, here.down(1))
    if form == "inside" and not isinstance(listed, list):
        return reading.node(
            "inside", TRUTH, [code, reading.expression(listed, "code:places", place)], here
        )
    vocabulary = code.kind.partition(":")[2]
    if not vocabulary:
        return literal(TRUTH, False, True)
    entries = [
        reading.entry(text, vocabulary, place.down(i))
        for i, text in enumerate(reading.listed(listed, place))
    ]
    return reading.node(form, TRUTH, [code], here, tuple(sorted(set(entries))))


def _truth(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    if not isinstance(inner, bool):
        return reading.wrong(here, "wrong-type", "`truth` is true or false")
    return literal(TRUTH, inner, inner, here.at)


def _attested(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    text, place = reading.plain(inner, here)
    reading.entry(text, "attestations", place)
    return Node("attested", TRUTH, value=text if isinstance(text, str) else "", at=here.at)


# --- fields, and what is counted over a collection


def _field(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    path, _ = reading.plain(inner, here)
    found = reading.names.fields.get(path) if isinstance(path, str) else None
    if found is None:
        return reading.wrong(
            here,
            "no-such-field",
            f"no field `{path}` in the profile",
            _near_field(reading, path),
            kind,
        )
    level = _level(path, reading)
    if level not in chain(here.level):
        return reading.wrong(
            here,
            "apart",
            f"no single element of `{level}` is in view here",
            f'wrap it in exists, earliest … with "in": "{level}"',
            kind,
        )
    return Node("field", found, value=path, level=level, at=here.at)


def _level(path: str, reading: Reading) -> str:
    collection = path.rpartition(".")[0]
    return collection if collection in reading.names.collections else ""


def _near_field(reading: Reading, path: Any) -> str:
    fields, last = reading.names.fields, str(path).rpartition(".")[2]
    same = [field for field in fields if field.rpartition(".")[2] == last]
    return f"did you mean `{same[0]}`?" if same else near(str(path), fields)


_OF = {"sum": NUMBER, "least": NUMBER, "greatest": NUMBER, "earliest": DATE, "latest": DATE}


def _over(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    """exists, count, sum, least, greatest, earliest, latest over a collection."""
    of = {"of"} if form in _OF else set()
    if not reading.keys(inner, {"in"} | of, {"where"}, here):
        return reading.nothing(here, kind)
    collection = reading.collection(inner["in"], here.down("in"))
    on = here.on(collection)
    where = reading.part(inner, "where", TRUTH, on) or literal(TRUTH, True, True)
    args = [where, *(reading.expression(inner[key], _OF[form], on.down(key)) for key in of)]
    result = TRUTH if form == "exists" else _OF.get(form, NUMBER)
    return _gathered(reading, form, result, collection, args, here, (collection,))


def _gathered(
    reading: Reading,
    op: str,
    kind: str,
    collection: str,
    args: list[Node],
    here: Here,
    value: tuple[Any, ...],
) -> Node:
    """A node on the innermost element that both this place and the collection share."""
    for arg in args:
        if arg.level not in chain(collection):
            return reading.wrong(
                here, "apart", f"`{arg.level}` and `{collection}` do not meet", kind=kind
            )
    return Node(op, kind, tuple(args), value, _shared(here, collection), here.at)


def _shared(here: Here, collection: str) -> str:
    """The innermost element around a collection in view here: what is gathered stands on it."""
    return next(level for level in chain(here.level) if level in chain(parent(collection)))


def _years(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    if not reading.keys(inner, {"in"}, {"where", "since", "after", "until", "part_time"}, here):
        return reading.nothing(here, SPAN)
    collection = reading.collection(inner["in"], here.down("in"))
    if collection and collection not in reading.names.periods:
        reading.wrong(
            here.down("in"),
            "no-periods",
            f"`{collection}` has no periods to count",
            "one of " + ", ".join(f"`{p}`" for p in sorted(reading.names.periods)),
        )
    part_time, _ = reading.plain(inner.get("part_time", "open"), here.down("part_time"))
    if part_time not in ("open", "calendar", "weighted"):
        reading.wrong(
            here.down("part_time"),
            "no-such-code",
            f"`{part_time}` is no way to count part-time",
            "open, calendar or weighted",
        )
    where = reading.part(inner, "where", TRUTH, here.on(collection)) or literal(TRUTH, True, True)
    around = here.on(_shared(here, collection))
    args = [where, _day(reading, inner, "since", around), _day(reading, inner, "until", around)]
    if "since" in inner and "after" in inner:
        reading.wrong(here, "unknown-field", "`since` and `after` exclude each other")
    return _gathered(reading, "years", SPAN, collection, args, here, (collection, part_time))


def _day(reading: Reading, inner: Any, key: str, here: Here) -> Node:
    """The first (or last) day that counts; `after` is the day before the first."""
    if key == "since" and "after" in inner:
        after = reading.expression(inner["after"], DATE, here.down("after"))
        return Node("plus", DATE, (after,), (0, 0, 1), after.level, here.at)
    end = dates.BEFORE_ALL if key == "since" else dates.AFTER_ALL
    return reading.part(inner, key, DATE, here) or literal(DATE, end, end)


def _elapsed(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    if not reading.keys(inner, {"since"}, set(), here):
        return reading.nothing(here, SPAN)
    since = reading.expression(inner["since"], DATE, here.down("since"))
    return reading.node("elapsed", SPAN, [since], here)


# --- numbers, dates, codes


def _range(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    numbers = (
        isinstance(inner, list)
        and len(inner) == 2
        and all(isinstance(n, int | float) and not isinstance(n, bool) for n in inner)
    )
    if not numbers or inner[0] > inner[1]:
        return reading.wrong(here, "wrong-type", "a range is [least, most]", kind=NUMBER)
    return literal(NUMBER, inner[0], inner[1], here.at)


def _unpublished(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    if not isinstance(inner, str) or inner not in UNKNOWN:
        return reading.wrong(
            here, "wrong-type", f"`{inner}` cannot be unpublished", "truth, number or date", kind
        )
    return Node("literal", inner, value=UNKNOWN[inner], at=here.at)


def _date(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    try:
        lo, hi = dates.parse(str(inner))
    except ValueError as error:
        return reading.wrong(
            here, "not-a-date", str(error), "write 2016, 2016-06 or 2016-06-02", DATE
        )
    return literal(DATE, lo, hi, here.at)


def _as_of(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    return Node("as_of", DATE, at=here.at)


def _host(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    return Node("host", "code:places", at=here.at)


def _plus(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    if (
        not isinstance(inner, list)
        or len(inner) != 2
        or not reading.keys(inner[1], set(), {"years", "months", "days"}, here.down(1))
    ):
        return reading.wrong(
            here,
            "wrong-type",
            "`plus` takes a day and what is added",
            '{"plus": [{"as_of": true}, {"years": -1}]}',
            DATE,
        )
    added = [
        reading.plain(inner[1].get(unit, 0), here.down(1, unit))[0]
        for unit in ("years", "months", "days")
    ]
    if not all(isinstance(n, int) and not isinstance(n, bool) for n in added):
        return reading.wrong(here.down(1), "wrong-type", "whole numbers are added", kind=DATE)
    base = reading.expression(inner[0], DATE, here.down(0))
    return reading.node("plus", DATE, [base], here, tuple(added))


def _start_of_year(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    return reading.node("start_of_year", DATE, [reading.expression(inner, DATE, here)], here)


def _of_dates(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    parts = reading.listed(inner, here)
    nodes = [reading.expression(part, DATE, here.down(i)) for i, part in enumerate(parts)]
    return reading.node(form, DATE, nodes, here)


def _readings(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    nodes: list[Node] = []
    for i, part in enumerate(reading.listed(inner, here)):
        node = reading.expression(part, nodes[0].kind if nodes else kind, here.down(i))
        if node.kind == SPAN:
            return _no_span(reading, here.down(i))
        nodes.append(node)
    return reading.node("readings", nodes[0].kind if nodes else kind, nodes, here)


def _if(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    if not isinstance(inner, dict):
        return reading.wrong(here, "wrong-type", "`if` needs a truth, `then` and `else`", kind=kind)
    if not reading.keys(inner, {"is", "then", "else"}, set(), here):
        return reading.nothing(here, kind)
    condition = reading.expression(inner["is"], TRUTH, here.down("is"))
    then = reading.expression(inner["then"], kind, here.down("then"))
    if then.kind == SPAN:
        return _no_span(reading, here.down("then"))
    other = reading.expression(inner["else"], then.kind, here.down("else"))
    return reading.node("if", then.kind, [condition, then, other], here)


def _no_span(reading: Reading, here: Here) -> Node:
    """A choice between counted days has no first day of its own."""
    return reading.wrong(
        here, "wrong-kind", "a span cannot be chosen", "choose between the comparisons it stands in"
    )


def _country_of(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    place = reading.expression(inner, "code:places", here)
    return reading.node("country_of", "code:places", [place], here)


# --- parties


def _party(reading: Reading, form: str, inner: Any, kind: str, here: Here) -> Node:
    result = {"party": TRUTH, "party_since": DATE, "party_place": "code:places"}[form]
    key = "place" if isinstance(inner, dict) and "place" in inner else "body"
    statuses = set() if form == "party_place" else {"is"}
    optional = {"on"} if form == "party" else set()
    if not reading.keys(inner, {"of", key} | statuses, optional, here):
        return reading.nothing(here, result)
    agreement, place = reading.plain(inner["of"], here.down("of"))
    if agreement not in reading.names.agreements:
        reading.wrong(place, "no-such-agreement", f"no agreement `{agreement}`")
    asked = (
        [
            reading.entry(s, "party-statuses", here.down("is", i))
            for i, s in enumerate(reading.listed(inner["is"], here.down("is")))
        ]
        if statuses
        else []
    )
    vocabulary = "places" if key == "place" else "bodies"
    args = [reading.expression(inner[key], f"code:{vocabulary}", here.down(key))]
    if form == "party":
        args.append(reading.part(inner, "on", DATE, here) or Node("as_of", DATE, at=here.at))
    return reading.node(form, result, args, here, (agreement, key, tuple(sorted(set(asked)))))


FORMS: dict[str, Form] = {
    **dict.fromkeys(("all", "any"), _several),
    "not": _not,
    **dict.fromkeys(COMPARISONS, _compare),
    **dict.fromkeys(DATE_COMPARISONS, _compare_dates),
    "between": _between,
    "equals": _equals,
    "one_of": _one_of,
    "inside": _one_of,
    "truth": _truth,
    "attested": _attested,
    "field": _field,
    **dict.fromkeys(("exists", "count", *_OF), _over),
    "years": _years,
    "elapsed": _elapsed,
    "range": _range,
    "unpublished": _unpublished,
    "date": _date,
    "as_of": _as_of,
    "host": _host,
    "plus": _plus,
    "start_of_year": _start_of_year,
    "earlier_of": _of_dates,
    "later_of": _of_dates,
    "readings": _readings,
    "if": _if,
    "country_of": _country_of,
    **dict.fromkeys(("party", "party_since", "party_place"), _party),
}
