"""A rule's requirement as a sentence: its words with parameters put in, codes by their labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from recognition.rule.names import Names

VOCABULARIES = {
    "titles": "titles",
    "bodies": "bodies",
    "places": "places",
    "kind": "attestations",
    "scopes": "scopes",
    "routes": "routes",
    "levels": "degree-levels",
    "disciplines": "disciplines",
    "accord": "accords",
    "names": "examinations",
    "grades": "grades",
    "statuses": "accreditation-statuses",
}
"""Where a parameter of a name takes its codes from; the same letters stand in several."""
OTHERS = ("bodies", "titles", "attestations", "places", "examinations", "disciplines")
"""Where a code is looked for when its parameter has another name."""

_CHINESE_GAP = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef0-9])"
    r"|(?<=[0-9]) (?=[\u3000-\u9fff])"
)
_ONE = re.compile(r"\b1 (year|month|hour|day)s\b")
_BETWEEN = {"en": "{} to {}", "zh": "{}至{}"}
_UNKNOWN = {"en": "an unpublished number of", "zh": "未公布数量的"}
_COMMA = {"en": ", ", "zh": "、"}


def filled(text: str, given: Mapping[str, Any], lang: str, names: Names) -> str:
    """A text with `{parameter}` put in, as a sentence of its language."""
    for key, value in given.items():
        if "{" + key + "}" in text:
            text = text.replace("{" + key + "}", _said(key, value, lang, names))
    return _CHINESE_GAP.sub("", _ONE.sub(r"1 \1", text))


def _said(key: str, value: Any, lang: str, names: Names) -> str:
    """A parameter's value as it is read in a sentence."""
    if isinstance(value, list):
        return _COMMA[lang].join(_said(key, item, lang, names) for item in value)
    if isinstance(value, Mapping):
        return _described(value, lang)
    return _label(key, value, lang, names) if isinstance(value, str) else str(value)


def _described(value: Mapping[str, Any], lang: str) -> str:
    """A value that is an expression; what is too long to say is left out."""
    if "range" in value:
        return _BETWEEN[lang].format(*value["range"])
    if "unpublished" in value:
        return _UNKNOWN[lang]
    return str(value.get("date") or value.get("months") or "…")


def _label(key: str, code: str, lang: str, names: Names) -> str:
    first = VOCABULARIES.get(key)
    for name in (first, *OTHERS) if first else OTHERS:
        entries: Any = names.vocabularies[name]
        if code in entries.details:
            return str(entries.label(entries.number(code), lang))
    return code
