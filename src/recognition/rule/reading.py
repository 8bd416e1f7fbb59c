"""RuleReading a rule: names, kinds and places checked, every problem noted, nothing thrown."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from recognition.problems import Problem
from recognition.rule.names import NamedRule, Names
from recognition.rule.place import Here
from recognition.rule.syntax import CODE, DATE, NUMBER, SPAN, TRUTH, At, Node, literal

_WRONG = "wrong"
UNBOUND = object()
"""What stands for a parameter that is not there: it was told, and nothing more is said of it."""


Form = Callable[["RuleReading", str, Any, str, Here], Node]
"""Reads what is written under a key: (reading, key, inner, kind due, place) → node."""
Make = Callable[["RuleReading", str, Any, Here], Node]
"""Makes a node of what was read under a key: (reading, key, parts, place) → node."""


@dataclass
class RuleReading:
    """One reading of a document; `problems` grows, nothing is thrown."""

    names: Names
    forms: Mapping[str, Form]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, here: Here, code: str, detail: str, hint: str = "", kind: str = TRUTH) -> Node:
        problem = Problem(code, here.at.pointer, detail, hint, here.at.file)
        if problem not in self.problems:  # what is read for each row of a table is told once
            self.problems.append(problem)
        return self.nothing(here, kind)

    def nothing(self, here: Here, kind: str = TRUTH) -> Node:
        """What stands for a form whose problems were noted already."""
        return Node(_WRONG, kind, at=here.at)

    def expression(self, written: Any, kind: str, here: Here) -> Node:
        """A node of the kind asked for (`any` takes what comes)."""
        if written is UNBOUND:
            return self.nothing(here, kind)
        if isinstance(written, dict) and "rule" in written and set(written) <= {"rule", "with"}:
            return self.fits(self._rule(written, kind, here), kind, here)
        if isinstance(written, str):
            return self._code(written, kind, here)
        if isinstance(written, int | float) and not isinstance(written, bool):
            return self.fits(literal(NUMBER, written, written, here.at), kind, here)
        if not isinstance(written, dict) or len(written) != 1:
            return self.wrong(
                here,
                "not-an-expression",
                f"`{short(written)}` is not an expression",
                'write an object with one key, as {"all": […]}',
                kind,
            )
        ((form, inner),) = written.items()
        if form == "parameter":
            return self._parameter(inner, kind, here)
        if form not in self.forms:
            hint = near(form, self.forms)
            return self.wrong(
                here, "no-such-form", f"`{form}` is no form of the language", hint, kind
            )
        return self.fits(self.forms[form](self, form, inner, kind, here.down(form)), kind, here)

    # --- names

    def _rule(self, written: Mapping[str, Any], kind: str, here: Here) -> Node:
        name, given = written["rule"], written.get("with", {})
        rule = self.names.rules.get(name) if isinstance(name, str) else None
        if rule is None:
            hint = near(str(name), self.names.rules)
            return self.wrong(here.down("rule"), "no-such-rule", f"no rule `{name}`", hint, kind)
        if name in here.within:
            return self.wrong(here, "rule-in-itself", f"rule `{name}` uses itself", kind=kind)
        if not isinstance(given, Mapping):
            at = here.down("with")
            return self.wrong(at, "wrong-type", f"`{short(given)}` is not an object", kind=kind)
        key = (name, kind, here.level, written_out(given, here))
        if key in self.names.expanded:
            return replace(self.names.expanded[key], at=here.at)
        before = len(self.problems)
        node = self._expanded(rule, given, kind, here)
        if len(self.problems) == before:
            self.names.expanded[key] = node
        return node

    def _expanded(self, rule: NamedRule, given: Mapping[str, Any], kind: str, here: Here) -> Node:
        """A rule's body with what it is given put in."""
        name = rule.name
        for key in sorted(set(given) - set(rule.parameters)):
            self.wrong(
                here.down("with", key),
                "no-such-parameter",
                f"rule `{name}` has no parameter `{key}`",
                near(key, rule.parameters),
            )
        bound: dict[str, tuple[Any, Here]] = {}
        inside = Here(At(rule.file, "").down("rules", name, "is"), here.level)
        for key, declared in rule.parameters.items():
            if key in given:
                bound[key] = given[key], here.down("with", key)
            elif isinstance(declared, Mapping) and "default" in declared:
                default = At(rule.file).down("rules", name, "parameters", key, "default")
                bound[key] = declared["default"], Here(default, here.level)
            else:
                self.wrong(here, "missing", f"rule `{name}` needs `{key}`", "give it under `with`")
                return Node(_WRONG, kind, at=here.at)
        body = replace(inside, bound=bound, within=(*here.within, name))
        return replace(self.expression(rule.body, kind, body), at=here.at)

    def _parameter(self, name: Any, kind: str, here: Here) -> Node:
        if not isinstance(name, str) or name not in here.bound:
            return self.wrong(
                here,
                "no-such-parameter",
                f"no parameter `{short(name)}` here",
                near(str(name), here.bound),
                kind,
            )
        written, origin = here.bound[name]
        return self.expression(written, kind, replace(origin, level=here.level))

    def plain(self, written: Any, here: Here) -> tuple[Any, Here]:
        """What a parameter stands for, where a form needs a plain value rather than a node."""
        while isinstance(written, dict) and set(written) == {"parameter"}:
            name = written["parameter"]
            if not isinstance(name, str) or name not in here.bound:
                self.wrong(here, "no-such-parameter", f"no parameter `{short(name)}` here")
                return UNBOUND, here
            written, origin = here.bound[name]
            here = replace(origin, level=here.level)
        return written, here

    def entry(self, text: Any, vocabulary: str, here: Here) -> int:
        """The number of an entry of a vocabulary."""
        entries = self.names.vocabularies[vocabulary]
        number = entries.number(text) if isinstance(text, str) else None
        if number is None and text is not UNBOUND:
            self.wrong(
                here,
                "no-such-code",
                f"`{short(text)}` is not in the {vocabulary}",
                near(str(text), entries.spellings()),
            )
        return number or 0

    def _code(self, text: str, kind: str, here: Here) -> Node:
        vocabulary = kind.partition(":")[2]
        if not kind.startswith(CODE) or not vocabulary:
            return self.wrong(
                here,
                "wrong-kind",
                f"`{text}` stands where a {kind} is due",
                _ADVICE.get(kind, ""),
                kind,
            )
        number = self.entry(text, vocabulary, here)
        return literal(kind, number, number, here.at)

    # --- kinds and places

    def fits(self, node: Node, kind: str, here: Here) -> Node:
        if kind in ("any", node.kind) or node.kind.startswith(kind + ":"):
            return node
        if node.op == _WRONG:
            return self.nothing(here, kind)
        advice = _ADVICE[SPAN] if node.kind == SPAN else _ADVICE.get(kind, "")
        detail = f"a {kind} is due here, this is a {node.kind}"
        return self.wrong(here, "wrong-kind", detail, advice, kind)

    def node(self, op: str, kind: str, args: Iterable[Node], here: Here, value: Any = None) -> Node:
        """A node that stands on the innermost element its parts stand on."""
        args = tuple(args)
        level = ""
        for arg in args:
            if level in self.names.chain(arg.level):
                level = arg.level
            elif arg.level not in self.names.chain(level):
                return self.wrong(
                    here,
                    "apart",
                    f"`{level}` and `{arg.level}` do not meet",
                    "bring one of them to the profile with exists, earliest, sum …",
                    kind,
                )
        return Node(op, kind, args, value, level, here.at)

    def collection(self, written: Any, here: Here) -> str:
        """The name of a collection, checked."""
        name, here = self.plain(written, here)
        if name is UNBOUND:
            return ""
        if not isinstance(name, str) or name not in self.names.collections:
            self.wrong(
                here,
                "no-such-collection",
                f"no collection `{short(name)}`",
                near(str(name), self.names.collections),
            )
            return ""
        return str(name)

    def listed(self, written: Any, here: Here) -> list[Any]:
        """A list that is not empty."""
        written, here = self.plain(written, here)
        if isinstance(written, list) and written:
            return written
        if written is UNBOUND:
            return []
        self.wrong(here, "wrong-type", f"`{short(written)}` is not a list of one or more")
        return []


def near(text: str, names: Iterable[str]) -> str:
    """Advice: the name that was probably meant."""
    found = difflib.get_close_matches(text, list(names), n=1)
    return f"did you mean `{found[0]}`?" if found else ""


def short(written: Any) -> str:
    text = written if isinstance(written, str) else json.dumps(written, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"


_ADVICE = {
    NUMBER: 'write a number, or {"field": …}',
    DATE: 'write {"date": "2016-06-02"}, {"field": …} or {"as_of": true}',
    SPAN: 'counted days stand first in `at_least` or `less_than`: {"at_least": [{"years": …}, 7]}',
}


def written_out(written: Any, here: Here) -> str:
    """What is given to a rule, with parameters put in, as one text: the same means the same."""
    return json.dumps(_put_in(written, here), sort_keys=True, default=repr)


def _put_in(written: Any, here: Here) -> Any:
    if isinstance(written, Mapping):
        if set(written) == {"parameter"} and isinstance(written["parameter"], str):
            bound = here.bound.get(written["parameter"])
            return _put_in(*bound) if bound else written
        return {key: _put_in(value, here) for key, value in written.items()}
    return [_put_in(one, here) for one in written] if isinstance(written, list) else written
