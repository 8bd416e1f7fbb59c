"""Why a name was not understood: it is no entry here, or that of several, and what may be meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recognition.profile.canonical import read
from recognition.profile.model import Code
from recognition.profile.remarks import shown
from recognition.profile.vocabulary import Vocabularies

TEXTS: Mapping[str, Mapping[str, str]] = {
    "not-known": {"en": "{what}, `{value}`, is not known here", "zh": "{what}“{value}”无法识别"},
    "meant": {
        "en": "{what}, `{value}`, is not known here (did you mean {near}?)",
        "zh": "{what}“{value}”无法识别（是否为{near}？）",
    },
    "shared": {
        "en": "{what}, `{value}`, is the name of several ({near}: which is meant?)",
        "zh": "{what}“{value}”是多个条目的名称（{near}，请说明是哪一个）",
    },
    "or": {"en": " or ", "zh": "或"},
}
_MOST = 2
"""So many entries are asked about in a sentence."""


def unread(
    vocabularies: Vocabularies,
    what: str,
    text: str,
    mark: Code,
    around: Mapping[str, Any],
    lang: str,
) -> str:
    """`the title of your first registration, …, is not known here (did you mean …?)`.

    `what` names the field, `around` is the object that the name stands in.
    """
    reading, entries = read(text, mark, around, vocabularies), vocabularies[mark.vocabulary]
    near = TEXTS["or"][lang].join(entries.titled(code, lang) for code in reading.near[:_MOST])
    key = "shared" if reading.shared else "meant" if near else "not-known"
    return TEXTS[key][lang].format(what=what, value=shown(text)[1:-1], near=near)
