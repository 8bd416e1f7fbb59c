"""The forms of the language: from what was read of a form to its node."""

from __future__ import annotations

from typing import Any

from recognition.rule import gathered, measures, truths
from recognition.rule.composed import read
from recognition.rule.place import Here
from recognition.rule.reading import Form, Make, RuleReading
from recognition.rule.signatures import SIGNATURES
from recognition.rule.syntax import Node

MAKERS: dict[str, Make] = {**truths.MAKERS, **gathered.MAKERS, **measures.MAKERS}


def _form(reading: RuleReading, form: str, inner: Any, kind: str, here: Here) -> Node:
    signature = SIGNATURES[form]
    parts = read(signature.takes, inner, kind, here, reading)
    if parts is None:
        return reading.nothing(here, signature.makes)
    return MAKERS[form](reading, form, parts, here)


FORMS: dict[str, Form] = dict.fromkeys(SIGNATURES, _form)
