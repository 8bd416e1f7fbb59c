"""A cell of a table as a value of a profile: blank is unknown, words may be Chinese or English.

What a cell holds that fits no form is passed on as it is, for `examine` to say what is wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

from recognition.facts import values
from recognition.profile.model import Amount, Code, Day, Mark, Truth
from recognition.profile.vocabulary import Vocabularies, Vocabulary, fold

LANGUAGES = ("en", "zh")
NONE = frozenset({"-", "–", "—", "none", "无", "無"})
"""What says in a list's cell that there is none."""
OPEN = frozenset({"..", "ongoing", "present", "至今", "长期"})
"""What says in an end's cell that it is open."""
TRUTHS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}

_BETWEEN = re.compile(r"[;；\n]")
_COMMAS = re.compile(r"[,，、]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_DAY = re.compile(r"(\d{4})[-/.年](?:(\d{1,2})(?:[-/.月](\d{1,2})日?|月?))?(?:[ T]00:00(?::00)?)?")


def text(cell: Any) -> str:
    """What a cell says; empty when it is blank."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case dt.datetime():
            return cell.date().isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell).strip()


def listed(cell: Any, mark: Code, vocabularies: Vocabularies) -> list[str]:
    """The codes of a cell that holds several, between `;` or commas; none where it says so.

    A label may hold a comma of its own: between `;`, or alone, it stays whole.
    """
    said = text(cell)
    if said.lower() in NONE:
        return []
    whole = code(said, mark, vocabularies)
    if vocabularies[mark.vocabulary].number(whole) is not None:
        return [whole]
    between = _BETWEEN if _BETWEEN.search(said) else _COMMAS
    parts = (part.strip() for part in between.split(said))
    return [code(part, mark, vocabularies) for part in parts if part]


def value(cell: Any, mark: Mark | None, vocabularies: Vocabularies) -> Any:
    """The value of a cell that is not blank, by the field's mark."""
    match mark:
        case Truth():
            return TRUTHS.get(text(cell).lower(), _plain(cell))
        case Amount():
            return _amount(cell)
        case Day(end=end):
            return ".." if end and text(cell).lower() in OPEN else _day(text(cell))
        case Code():
            return code(text(cell), mark, vocabularies)
    return text(cell)


def _plain(cell: Any) -> Any:
    return cell if isinstance(cell, int | float) else text(cell)


def _amount(cell: Any) -> Any:
    said = text(cell)
    if isinstance(cell, str) and _NUMBER.fullmatch(said):
        return _number(said)
    return _plain(cell)


def _number(said: str) -> Any:
    """A number as JSON can hold it; the text itself where it is beyond all numbers."""
    amount = float(said)
    if not isfinite(amount):
        return said
    return int(said) if "." not in said and abs(amount) < 2**53 else amount


def _day(said: str) -> str:
    """`2016/6/2`, `2016.6.2` and `2016年6月2日` as `2016-06-02`, and coarse days likewise."""
    found = _DAY.fullmatch(said)
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else said


def code(said: str, mark: Code, vocabularies: Vocabularies) -> str:
    """The code of a text that is an entry's label; the text itself where it is not."""
    known = vocabularies[mark.vocabulary]
    table = values.codes(known, mark.only)
    if known.number(said) is not None and table.read(said) != values.BAD:
        return said
    return _labels(known, mark.only).get(fold(said), said)


def _labels(known: Vocabulary, only: str) -> Mapping[str, str]:
    """Codes by label, in both languages, of labels that stand for one entry alone."""
    return known.memo.once((_labels, only), lambda: _labelled(known, only))


def _labelled(known: Vocabulary, only: str) -> Mapping[str, str]:
    table = values.codes(known, only)
    meant: dict[str, set[str]] = {}
    for number, entry in enumerate(known.codes, 1):
        if table.read(entry) != values.BAD:
            for lang in LANGUAGES:
                meant.setdefault(fold(known.label(number, lang)), set()).add(entry)
    return {label: codes.pop() for label, codes in meant.items() if label and len(codes) == 1}
