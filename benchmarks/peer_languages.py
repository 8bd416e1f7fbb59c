"""The draft rule in languages of rules, one record at a time: GoRules ZEN and CEL.

Each got the way of writing the rule that was fastest here: CEL looks up tables slowly, so it has
the bodies written out by the day they became parties.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import cel
import zen
from cel_expr_python import cel as google_cel
from peer_columns import CRITERIA, Bodies, Run, as_it_is, number
from peer_profiles import FIELDS, Flat, Statuses

# --- GoRules ZEN

PERSON = {
    "practice": ("practice", "practice >= 7"),
    "charge": ("charge", "charge >= 2"),
    "development": ("hours", "hours >= 150"),
    "registration": ("status", "status == 'active'"),
    "conduct": ("finding", "finding == false"),
}
"""The criteria on one field each, as ZEN says them; CEL differs in that 150 must be 150.0."""


ZEN: Mapping[str, Callable[[Any, Any, Any], Callable[[Any], Any]]] = {
    "by key": lambda engine, graph, asked: _each(partial(engine.evaluate, "draft"), asked),
    "in batches": lambda engine, graph, asked: _batch(engine, asked),
    "by decision": lambda engine, graph, asked: _each(
        engine.create_decision(json.dumps(graph)).evaluate, asked
    ),
}
"""Ways of asking; `asked` says whether a trace is wanted."""


def by_zen(records: Sequence[Flat], bodies: Bodies, way: str, trace: bool) -> Run:
    """An expression node; dates as numbers, for texts cannot be compared there."""
    numbered = [r | {"awarded_on": r["awarded_on"] and number(r["awarded_on"])} for r in records]
    graph = _graph(bodies)
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"draft": graph}}})
    ask = ZEN[way](engine, graph, {"trace": trace})
    return Run(lambda: ask(numbered), lambda told: [_zen_statuses(one, trace) for one in told])


def _each(ask: Callable[[Any, Any], Any], asked: Any) -> Callable[[Any], Any]:
    return lambda records: [ask(record, asked) for record in records]


def _batch(engine: Any, asked: Any) -> Callable[[Any], Any]:
    def all_at_once(records: Any) -> Any:
        requests = [{"key": "draft", "context": record} for record in records]
        return [told["data"] for told in engine.evaluate_batch(requests, asked)]

    return all_at_once


def _zen_statuses(told: Any, trace: bool) -> Statuses:
    if trace != ("trace" in told):
        raise ValueError("a trace was asked for and not given, or the other way round")
    return tuple(told["result"][name] for name in (*CRITERIA, "verdict"))


def _graph(bodies: Bodies) -> dict[str, Any]:
    parts = [("i", "inputNode", {}), ("e", "expressionNode", _expressions(bodies))]
    nodes = [
        {"id": id, "type": kind, "name": id, "position": {"x": 0, "y": 0}, "content": content}
        for id, kind, content in (*parts, ("o", "outputNode", {}))
    ]
    edges = [
        {"id": f"{a}{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in ("ie", "eo")
    ]
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": nodes,
        "edges": edges,
    }


def _expressions(bodies: Bodies) -> dict[str, Any]:
    since = json.dumps({body: number(day) for body, day in bodies.items()})
    told = {
        "accredited": "accord == null ? 1 : (accord == 'washington-accord' ? 2 : 0)",
        "joined": "body == null or awarded_on == null ? 1 : "
        f"(awarded_on >= (({since})[body] ?? 99991231) ? 2 : 0)",
        "degree": "min([$.accredited, $.joined])",
        **{name: f"{field} == null ? 1 : ({met} ? 2 : 0)" for name, (field, met) in PERSON.items()},
        "verdict": f"min([{', '.join(f'$.{name}' for name in CRITERIA)}])",
    }
    return {"expressions": [{"id": k, "key": k, "value": text} for k, text in told.items()]}


# --- Common Expression Language


def by_rust_cel(records: Sequence[Flat], bodies: Bodies) -> Run:
    """The binding to cel-rust."""
    program = cel.compile(_in_cel(bodies))
    return Run(lambda: [_folded(program.execute(record)) for record in records], as_it_is)


def by_google_cel(records: Sequence[Flat], bodies: Bodies) -> Run:
    """The binding to Google's C++."""
    kinds = dict.fromkeys(FIELDS, google_cel.Type.DYN)
    program = google_cel.NewEnv(variables=kinds).compile(_in_cel(bodies))

    def one(record: Flat) -> Statuses:
        return _folded([each.value() for each in program.eval(data=record).value()])

    return Run(lambda: [one(record) for record in records], as_it_is)


def _in_cel(bodies: Bodies) -> str:
    """A list of statuses: an unknown field is an error in CEL, so each is asked for."""
    met = {"accord": "accord == 'washington-accord'", **dict(PERSON.values())}
    met["hours"] += ".0"
    since = " || ".join(
        f"(awarded_on >= '{day}' && body in {several})" for day, several in _days(bodies)
    )
    told = [f"({field} == null ? 1 : ({text} ? 2 : 0))" for field, text in met.items()]
    told.insert(1, f"(body == null || awarded_on == null ? 1 : ({since} ? 2 : 0))")
    return f"[{', '.join(told)}]"


def _folded(told: Sequence[int]) -> Statuses:
    accredited, joined, *others = told
    degree = min(accredited, joined)
    return (degree, *others, min(degree, *others))


def _days(bodies: Bodies) -> list[tuple[str, list[str]]]:
    """Each day with the bodies that became parties on it."""
    by_day = groupby(sorted(bodies, key=bodies.__getitem__), bodies.__getitem__)
    return [(day, list(several)) for day, several in by_day]
