"""Other writings of a text that mean the same: short words in full, and words that say the kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

from recognition.names.folding import fold, words

_SHORT: dict[str, tuple[str, ...]] = {
    "inst": ("institution", "institute"),
    "instn": ("institution",),
    "assoc": ("association",),
    "assn": ("association",),
    "engg": ("engineering",),
    "engng": ("engineering",),
    "engrg": ("engineering",),
    "engrs": ("engineers",),
    "engr": ("engineer",),
    "eng": ("engineering", "engineer", "engineers"),
    "engs": ("engineers",),
    "prof": ("professional",),
    "nat": ("national",),
    "natl": ("national",),
    "int": ("international",),
    "intl": ("international",),
    "soc": ("society",),
    "tech": ("technology", "technical"),
    "mech": ("mechanical",),
    "elec": ("electrical",),
    "elect": ("electrical",),
    "chem": ("chemical",),
    "struct": ("structural",),
    "env": ("environmental",),
    "aero": ("aeronautical",),
    "comp": ("computer",),
    "dept": ("department",),
    "min": ("ministry",),
    "reg": ("registered", "registration"),
    "regd": ("registered",),
    "grad": ("graduate",),
    "hon": ("honorary",),
    "mem": ("member",),
    "exam": ("examination",),
    "exams": ("examination", "examinations"),
    "univ": ("university",),
    "st": ("saint",),
}
_SAID_BY_KIND: dict[str, tuple[str, ...]] = {
    "disciplines": (
        "engineering", "engineer", "engineers", "engg", "工程专业", "工程", "专业", "学",
        "工学", "공학", "工程学",
    ),
    "examinations": ("exam", "examination", "test", "考试"),
    "grades": ("grade", "membership", "级"),
    "degree-levels": ("degree", "degrees", "学位", "学历"),
    "registration-statuses": ("status",),
}  # fmt: skip
"""Endings that a name of the kind may bear or not: they say the kind and tell no two apart."""
_LEGAL = (["inc"], ["incorporated"], ["ltd"], ["limited"], ["e", "v"], ["ev"])
_LEGAL_IN_FRONT = re.compile(
    "(?:(?:公益|一般)?(?:社团|财团)法人|中华人民共和国|사단법인|재단법인)(?=.)"
)
"""Legal forms of bodies, and the state that a ministry's name may begin with."""
_MOST = 24


def variants(kind: str, text: str) -> Iterator[str]:
    """Texts that mean the same as a text, the text itself left out; at most a few dozen."""
    found = words(fold(text))
    yield from islice(_in_full(found), _MOST)
    for shorter in _shorter(kind, found):
        yield " ".join(shorter)
        yield from islice(_in_full(shorter), _MOST)


def _in_full(found: list[str]) -> Iterator[str]:
    if any(word in _SHORT for word in found):
        choices = [(word, *_SHORT.get(word, ())) for word in found]
        for chosen in product(*choices):
            if list(chosen) != found:
                yield " ".join(chosen)


def _shorter(kind: str, found: list[str]) -> Iterator[list[str]]:
    if kind == "bodies":
        yield from _without_legal_form(found)
    for ending in _SAID_BY_KIND.get(kind, ()):
        if found and found[-1] == ending and len(found) > 1:
            yield found[:-1]
        elif found and not ending.isascii() and found[-1].endswith(ending) and found[-1] != ending:
            yield [*found[:-1], found[-1][: -len(ending)]]


def _without_legal_form(found: list[str]) -> Iterator[list[str]]:
    for form in _LEGAL:
        if len(found) > len(form) and found[-len(form) :] == form:
            yield found[: -len(form)]
    front = _LEGAL_IN_FRONT.match(found[0]) if found else None
    if front:
        yield [found[0][front.end() :], *found[1:]]
