"""What people write in cells and fields, read as values of a profile: one way for every door.

Dates have the year first, whatever stands between; words may be English or Chinese; full-width
signs are plain ones. What fits no form is passed on as it is, for `examine` to say what is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from math import isfinite
from typing import Any

from recognition.profile.model import Amount, Code, Day, Mark, Truth
from recognition.profile.vocabulary import Vocabularies

NONE = frozenset({"-", "–", "—", "none", "无", "無"})
"""What says of a list that there is nothing in it."""
OPEN = frozenset({"..", "ongoing", "present", "至今", "长期"})
"""What says of an end that it is open."""
TRUTHS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}

_WIDE = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*"
    r"(?:(\d{1,2})\s*(?:[-/.月]\s*(?:(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?)?)?)?",
    re.ASCII,
)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_BETWEEN = re.compile(r"[;；\n]")
_COMMAS = re.compile(r"[,，、]")


def fold(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def plain(text: str) -> str:
    """A text with plain letters and signs for full-width ones, and no blanks around."""
    return (text if text.isascii() else text.translate(_WIDE)).strip()


def value(text: str, mark: Mark | None, vocabularies: Vocabularies) -> Any:
    """The value of a text that is not blank, by the field's mark; words stay as they are."""
    match mark:
        case Truth():
            return TRUTHS.get(plain(text).lower(), text)
        case Amount():
            return number(text, mark)
        case Day(end=end):
            return ".." if end and plain(text).lower() in OPEN else day(text)
        case Code():
            return code(text, mark, vocabularies)
    return text


def day(text: str) -> str:
    """`2016/6/2`, `2016.6.2` and `2016年6月2日` as `2016-06-02`, and coarse days likewise.

    A day may have its midnight behind it, as other programs write it.
    """
    found = _DAY.fullmatch(plain(text))
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else text


def number(text: str, mark: Amount) -> Any:
    """A number of digits, `80%` where a share of one is due; the text itself where it is endless.

    Of another amount nobody knows what a hundredth part would be.
    """
    said = plain(text)
    if said.endswith("%") and mark.most == 1:
        share = _amount(said[:-1].rstrip())
        return text if share is None else share / 100
    amount = _amount(said)
    return text if amount is None else amount


def _amount(said: str) -> int | float | None:
    """As JSON can hold it."""
    if not _NUMBER.fullmatch(said) or not isfinite(amount := float(said)):
        return None
    return int(said) if said.lstrip("+-").isdecimal() and abs(amount) < 2**53 else amount


def codes(text: str, mark: Code, vocabularies: Vocabularies) -> list[str]:
    """The codes of a list, between `;` or commas; none where it says so.

    A name may hold a comma of its own: alone, or between `;`, it stays whole.
    """
    if plain(text).lower() in NONE:
        return []
    several = (_parts(between, mark, vocabularies) for between in _BETWEEN.split(text))
    parts = (part.strip() for part in chain.from_iterable(several))
    return [code(part, mark, vocabularies) for part in parts if part]


def _parts(text: str, mark: Code, vocabularies: Vocabularies) -> list[str]:
    """A text split at its commas, but where it is the name of one entry."""
    whole = vocabularies.read(mark, text.strip()).code
    return [text] if whole else _COMMAS.split(text)


def code(text: str, mark: Code, vocabularies: Vocabularies) -> str:
    """The code that a text names by itself; the text where what stands beside it may decide."""
    if (mark.home or mark.beside) and not vocabularies[mark.vocabulary].closed:
        return plain(text)
    return vocabularies.read(mark, plain(text)).code or plain(text)
