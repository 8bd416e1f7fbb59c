"""From JSON to the tree."""

from __future__ import annotations

from typing import Any

from recognition.problems import Refused
from recognition.rule.forms import FORMS
from recognition.rule.names import Names
from recognition.rule.place import Here
from recognition.rule.reading import RuleReading
from recognition.rule.syntax import At, Node


def parse(written: Any, kind: str, names: Names, at: At = At(), level: str = "") -> Node:
    """The tree of an expression of a kind, on a level; raises Refused with all problems."""
    reading = RuleReading(names, FORMS)
    node = reading.expression(written, kind, Here(at, level))
    if reading.problems:
        raise Refused(reading.problems)
    return node
