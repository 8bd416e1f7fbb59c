"""What two writings of an institution's or a programme's name have in common.

Case, width, accents, punctuation, articles, `and` and simplified or traditional characters do not
count. A name has three keys: its words in order, its words in any order, and what stands outside
brackets, in which a campus may stand.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from recognition.names import folding

_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_BETWEEN_HAN = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_DEGREES = frozenset({"bachelor", "master", "bachelors", "masters"})
_FIELDS = (("applied", "science"), ("engineering",), ("science",), ("technology",), ("arts",))
_ABBREVIATED = frozenset(
    {"beng", "be", "bsc", "bs", "ba", "basc", "bengsc", "meng", "me", "msc", "ms", "masc"}
)
_TECHNOLOGY = frozenset({"btech", "mtech"})
_HONOURS = frozenset({"honours", "honors", "hons", "hon", "in"})
_PROGRAMME = "专业"
"""What Chinese papers put after the name of a programme."""


def key(text: str) -> str:
    """The words of a name in their order, without the small ones; empty where it has none.

    Between Chinese words nothing stands, so that it does not matter what parted them.
    """
    if len(text) > folding.LONGEST:  # no name is as long, and a part of it would be another
        return ""
    return _BETWEEN_HAN.sub("", folding.key(folding.fold(text)))


def unordered(words: str) -> str:
    """A key in which the order of words does not count: `University of X` is `X University`."""
    return " ".join(sorted(words.split()))


def outside(text: str) -> tuple[str, str]:
    """A name without what stands in brackets, and that: `X (Y)` is `X` and `Y`."""
    inside = " ".join(_BRACKETS.findall(text))
    return (_BRACKETS.sub(" ", text), inside) if inside else (text, "")


class Programme(NamedTuple):
    """The keys of a programme's name, in any order of words: in full, and without the award.

    `BEng (Hons) in Civil Engineering` is `civil engineering` by its `subject`, which is empty
    where an award is all that is named. `technology`: the award is one of technology, which is an
    engineer's in some countries and not in others.
    """

    full: str
    subject: str
    technology: bool = False

    @property
    def awarded(self) -> bool:
        """Whether the name says what is awarded."""
        return self.full != self.subject


def programme(text: str) -> Programme:
    """The keys of a programme's name."""
    words = key(text).split()
    if len(words) == 1:
        words = [words[0].removesuffix(_PROGRAMME) or words[0]]
    at = _after_award(words)
    technology = bool({*_TECHNOLOGY, "technology"} & set(words[:at]))
    return Programme(" ".join(sorted(words)), " ".join(sorted(words[at:])), technology)


def _after_award(words: list[str]) -> int:
    """Where the words begin that follow the degree named first: its level, one field, honours."""
    if not words or words[0] not in _DEGREES | _ABBREVIATED | _TECHNOLOGY:
        return 0
    at = 1
    if words[0] in _DEGREES:
        fields = (field for field in _FIELDS if tuple(words[1 : 1 + len(field)]) == field)
        at += len(next(fields, ()))
    while at < len(words) and words[at] in _HONOURS:
        at += 1
    return at


def script(text: str) -> str:
    """`han` where a text has Chinese characters, else `other`."""
    return "han" if any("\u4e00" <= letter <= "\u9fff" for letter in text) else "other"
