"""Where a criterion applies: `hosts`, `except_hosts` and `applies_when`, which all must hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recognition.rule.place import Here
from recognition.rule.reading import RuleReading
from recognition.rule.syntax import TRUTH, Node

_AMONG = {"one_of": [{"host": True}, {"parameter": "hosts"}]}
_HOSTS: Mapping[str, Any] = {"hosts": _AMONG, "except_hosts": {"not": _AMONG}}
"""What a list of hosts stands for."""


def node(written: Mapping[str, Any], here: Here, reading: RuleReading) -> Node | None:
    """The truth that a criterion applies; None where it always does."""
    if all(key in written for key in _HOSTS):
        detail = "`hosts` and `except_hosts` exclude each other"
        reading.wrong(here.down("except_hosts"), "unknown-field", detail, "keep one of them")
    nodes = []
    for key, among in _HOSTS.items():
        if key in written:
            place = here.down(key)
            bound = place.binding({"hosts": (written[key], place)})
            nodes.append(reading.expression(among, TRUTH, bound))
    if "applies_when" in written:
        place = here.down("applies_when")
        nodes.append(reading.expression(written["applies_when"], TRUTH, place))
    return reading.node("all", TRUTH, nodes, here) if len(nodes) > 1 else next(iter(nodes), None)


def expression(written: Mapping[str, Any]) -> Any:
    """The same as it would be written under `applies_when`; None where it always applies."""
    host = {"host": True}
    said: list[Any] = []
    if "hosts" in written:
        said.append({"one_of": [host, written["hosts"]]})
    if "except_hosts" in written:
        said.append({"not": {"one_of": [host, written["except_hosts"]]}})
    if "applies_when" in written:
        said.append(written["applies_when"])
    return {"all": said} if len(said) > 1 else next(iter(said), None)
