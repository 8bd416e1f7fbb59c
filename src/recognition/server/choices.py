"""What can be chosen: the entries of vocabularies with their names, in the order of a language."""

from __future__ import annotations

from recognition.evaluate import plan
from recognition.plan.question import Question, inside
from recognition.profile.model import Code
from recognition.profile.vocabulary import Vocabulary
from recognition.standard.library import Library

Choice = tuple[str, str]
"""A code and its name."""

_SORTED = ("places", "bodies", "languages")
"""Vocabularies too long to be read in their own order."""


def choices(library: Library, code: Code, lang: str) -> tuple[Choice, ...]:
    """The entries that a field can take."""
    return library.memo.once((choices, code, lang), lambda: _choices(library, code, lang))


def _choices(library: Library, code: Code, lang: str) -> tuple[Choice, ...]:
    known = library.vocabularies[code.vocabulary]
    only = "country" if code.vocabulary == "places" and not code.only else code.only
    listed = [
        (entry, _label(known, entry, number, lang))
        for number, entry in enumerate(known.codes, 1)
        if not only or known.details[entry].get("kind", "") == only
    ]
    if only == "region":
        return tuple(choice for choice in listed if choice[0][:2] in _federal(library))
    if code.vocabulary in _SORTED and lang == "en":
        listed.sort(key=lambda choice: choice[1].casefold())
    return tuple(listed)


def _label(known: Vocabulary, code: str, number: int, lang: str) -> str:
    """A name; with its code in Chinese, where lists cannot be found through by letters."""
    label = known.label(number, lang)
    if known.name == "places":
        return label if lang == "en" else f"{code} {label}"
    if known.name in ("bodies", "titles") and label != code:
        return f"{label} ({code})" if lang == "en" else f"{code} {label}"
    return label[:1].upper() + label[1:] if lang == "en" else label


def _federal(library: Library) -> frozenset[str]:
    """Countries with a body of one of their parts: their parts are offered."""
    bodies = library.vocabularies["bodies"].details.values()
    return frozenset(str(body["place"])[:2] for body in bodies if "-" in str(body.get("place", "")))


def named(library: Library, vocabulary: str, code: str, lang: str) -> str:
    """The name of one entry."""
    known = library.vocabularies[vocabulary]
    return known.label(known.number(code) or 0, lang) or code


def standards(library: Library, lang: str) -> list[Choice]:
    """All agreements by their titles."""
    listed = [(id, held.agreement.title[lang]) for id, held in library.standards.items()]
    return sorted(listed, key=lambda choice: choice[1].casefold())


def hosts(library: Library, lang: str) -> list[Choice]:
    """All places that some agreement can be asked for."""
    codes = {host for id in library.standards for host in library.hosts(id)}
    listed = [(code, named(library, "places", code, lang)) for code in sorted(codes)]
    return sorted(listed, key=lambda choice: choice[1].casefold()) if lang == "en" else listed


def question(library: Library, chosen: tuple[str, ...], places: tuple[str, ...]) -> Question:
    """What is asked: with places and no agreements, the agreements that can be asked for there.

    A country stands for its states and provinces too.
    """
    if chosen or not places:
        return Question(chosen, places, within=True)
    fitting = [id for id in library.standards if _asked_there(library, id, places)]
    return Question(tuple(fitting), places, within=True)


def _asked_there(library: Library, id: str, places: tuple[str, ...]) -> bool:
    """Whether an agreement can be asked for in some places, or names no hosts."""
    named = library.standards[id].agreement.hosts
    if named is None:
        return True
    return any(inside(host, places) for host in (*library.hosts(id), *named.perhaps))


def statements(
    library: Library, asked: Question, answered: tuple[str, ...], lang: str
) -> list[Choice]:
    """The statements that the criteria asked for rest on, and those answered already."""
    kinds = {str(step.value) for step in plan(library, asked).steps if step.op == "attested"}
    known = library.vocabularies["attestations"]
    return [
        (kind, _label(known, kind, number, lang))
        for number, kind in enumerate(known.codes, 1)
        if kind in kinds or kind in answered
    ]
