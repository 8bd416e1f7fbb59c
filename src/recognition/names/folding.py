"""What does not count in a name: case, width, accents, punctuation, small words.

A name becomes a *key*: its words in their order, of which the small ones are left out. Two names
mean the same where their keys are equal. Nothing here joins words that punctuation parts, except
the letters of an abbreviation (`I.Mech.E.`), which have a key of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from recognition.names.characters import SIMPLIFIED

LONGEST = 300
"""Characters of a text that is read as a name; a longer one is no name."""

_LETTERS = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-"),
    **dict.fromkeys(map(ord, "’‘ʼ´`＇"), "'"),
    **{ord(letter): plain for letter, plain in zip("đøłıأإآىةیک", "doliااايهيك", strict=True)},
    **str.maketrans({"æ": "ae", "œ": "oe", "ß": "ss"}),
    **dict.fromkeys(map(ord, "ـ\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad"), ""),
    **dict.fromkeys(range(0x064B, 0x0653), ""),
}
_ACCENTS = re.compile("[\u0300-\u036f]")
_ELISIONS = re.compile(r"\b(?:d|l|dell|all|qu)'(?=\w)")
_SMALL = frozenset({"the", "of", "for", "and"})
_SMALL_ABROAD = frozenset(
    {"de", "des", "du", "del", "la", "las", "los", "le", "les", "el", "et", "y", "e"}
    | {"und", "der", "die", "das", "dos", "da", "do", "di", "van"}
)
_LONGEST_CODE_PART = 3
"""Letters of the parts of a code (`US-LA-PE`), in which no part is a small word."""
_SPACED_OUT = re.compile(r"(?<=[\u3040-\u9fff\uac00-\ud7a3])\s+(?=[\u3040-\u9fff\uac00-\ud7a3])")
_INNER_POINT = re.compile(r"(?<=[^\W\d_])[.·・](?=[^\W\d_])")
_PLAIN_WORDS = re.compile(r"[a-z0-9]+|[/+]")
_HARD = re.compile(r"[;|\n\t\r]+")


def fold(text: str) -> str:
    """The text without case, width and accents, in simplified characters; its points stand."""
    if text.isascii():
        return text.lower().replace("`", "'").strip()
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    return unicodedata.normalize("NFC", plain).translate(SIMPLIFIED).strip()


def words(folded: str) -> list[str]:
    """The words of a folded text, in their order; `/` and `+` are words, `&` is `and`.

    A point with letters on both sides is inside an abbreviation, and joins: `B.Eng.` is `beng`.
    """
    joined = _INNER_POINT.sub("", _ELISIONS.sub("", folded))
    spaced = joined.replace("'", "").replace("&", " and ")
    return _PLAIN_WORDS.findall(spaced) if spaced.isascii() else _words_with_marks(spaced)


def _words_with_marks(spaced: str) -> list[str]:
    """Words of any script: vowels may be marks of their own, and no space parts Chinese."""
    spaced = _SPACED_OUT.sub("", spaced)
    return "".join(map(_part, spaced)).split()


def key(folded: str) -> str:
    """What two writings of a name have in common; empty where the text has no word."""
    found = words(folded)
    return " ".join(_without_small(found) or found)


def letters(folded: str) -> str:
    """The letters of an abbreviation parted by points, spaces or hyphens; else empty."""
    parts = words(folded)
    if not 1 < len(parts) <= 8 or not all(part.isascii() and len(part) <= 6 for part in parts):
        return ""
    return "".join(parts) if _soft(folded) else ""


def segments(text: str) -> list[str]:
    """What stands between semicolons, bars and ends of lines: names of their own."""
    return [part.strip() for part in _HARD.split(text) if part.strip()]


def _part(letter: str) -> str:
    if letter.isalnum() or unicodedata.category(letter)[0] == "M":
        return letter
    return f" {letter} " if letter in "/+" else " "


def _soft(folded: str) -> bool:
    return not re.search(r"[^\w\s.\-·・]", folded)


def _without_small(found: Sequence[str]) -> list[str]:
    abroad = len(found) > 2 and max(map(len, found)) > _LONGEST_CODE_PART
    small = _SMALL | _SMALL_ABROAD if abroad else _SMALL
    return [word for word in found if word not in small]
