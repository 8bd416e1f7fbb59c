"""What is supposed wherever profiles are silent, because the caller said so: read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from recognition.problems import Problem, Refused
from recognition.profile import remarks, written
from recognition.profile.model import Day, Text, Truth
from recognition.profile.remarks import Place
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.profile.validate import NAMES, examine, normalised
from recognition.profile.vocabulary import Vocabularies

MOST = 64
"""So many assumptions at most go with a question."""
STATEMENTS = "attestations"

Given = Mapping[str, Any] | Sequence[str]
"""Values by path, `{"experience.fte": 1}`, or as they are typed, `["experience.fte=1"]`."""
Value = bool | float | str

_INSTEAD = {
    leaf.sibling(leaf.mark.year)
    for leaf in LEAVES.values()
    if isinstance(leaf.mark, Day) and leaf.mark.year
}
"""Fields that are only another way to write others."""
FIELDS = tuple(
    path
    for path, leaf in LEAVES.items()
    if leaf.steps
    and all(isinstance(step, str) for step in leaf.steps)
    and not isinstance(leaf.mark, Text)
    and path not in _INSTEAD
)
"""The paths of what may be assumed, beside statements: all by which something is decided."""


@dataclass(frozen=True)
class Assumptions:
    """Values by path (`experience.fte`, `attestations.KIND`), in the spelling of the profile."""

    held: tuple[tuple[str, Value], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.held)

    def __iter__(self) -> Iterator[tuple[str, Value]]:
        return iter(self.held)


NOTHING = Assumptions()


class _Typed(NamedTuple):
    """One assumption as it was given: where in the request, its path, its value."""

    pointer: str
    path: str
    value: Any


def read(given: Any, vocabularies: Vocabularies) -> Assumptions:
    """The assumptions of a request (see `Given`), none for None.

    Raises Refused with all that is wrong, by pointers from `/assume`.
    """
    problems: list[Problem] = []
    fitting: dict[str, _Typed] = {}
    for typed in _typed(given, vocabularies, problems):
        wrong = _wrong(typed, fitting)
        if wrong is None:
            fitting[typed.path] = typed
        else:
            problems.append(wrong)
    document: dict[str, Any] = {"id": "assumed"}
    places = {_put(document, typed): typed for typed in fitting.values()}
    problems += _unfit(document, places, vocabularies)
    if problems:
        raise Refused(problems)
    spelt = normalised(examine(document, vocabularies).profile)
    return Assumptions(tuple((typed.path, _at(spelt, place)) for place, typed in places.items()))


# --- as it was given


def _typed(given: Any, vocabularies: Vocabularies, problems: list[Problem]) -> Iterator[_Typed]:
    """Each assumption that is given; what is none is told."""
    if given is not None and not isinstance(given, Mapping | list | tuple):
        detail = f"{remarks.shown(given)} stands where an object is due"
        problems.append(Problem("wrong-type", "/assume", detail, 'write {"experience.fte": 1}'))
    elif given is not None and len(given) > MOST:
        detail = f"{len(given)} things are to be assumed"
        problems.append(Problem("too-many", "/assume", detail, f"at most {MOST}"))
    elif isinstance(given, Mapping):
        for path, value in given.items():
            yield _Typed(remarks.pointer(("assume", path)), path, value)
    else:
        for index, text in enumerate(given or ()):
            yield from _parted(index, text, vocabularies, problems)


def _parted(
    index: int, text: Any, vocabularies: Vocabularies, problems: list[Problem]
) -> Iterator[_Typed]:
    """`experience.fte=1`, its value read as cells are."""
    pointer = f"/assume/{index}"
    path, equals, said = text.partition("=") if isinstance(text, str) else ("", "", "")
    if equals:
        yield _Typed(pointer, path.strip(), _value(path.strip(), said.strip(), vocabularies))
    else:
        detail = f"{remarks.shown(text)} is no assumption"
        problems.append(Problem("wrong-type", pointer, detail, "write `experience.fte=1`"))


def _value(path: str, said: str, vocabularies: Vocabularies) -> Any:
    if path.startswith(f"{STATEMENTS}."):
        return written.value(said, Truth(), vocabularies)
    return written.value(said, LEAVES[path].mark, vocabularies) if path in FIELDS else said


# --- what is wrong with it


def _wrong(typed: _Typed, before: Mapping[str, Any]) -> Problem | None:
    """Why something cannot be assumed, whatever else is."""
    if typed.path not in FIELDS and not typed.path.startswith(f"{STATEMENTS}."):
        detail = f"{remarks.shown(typed.path)} is no field that can be assumed"
        return Problem("unknown-field", typed.pointer, detail, remarks.near(typed.path, FIELDS))
    if typed.path in before:
        detail = f"`{typed.path}` is assumed twice"
        return Problem("two-forms", typed.pointer, detail, "give it once")
    if typed.value is None:
        detail = "`null` stands where a value is due"
        return Problem("wrong-type", typed.pointer, detail, "what is unknown is not assumed")
    return None


# --- all of it as one profile, with one element a list: what fits there may be assumed


def _put(document: dict[str, Any], typed: _Typed) -> Place:
    """Put a value in its place, and say where that is."""
    stated = typed.path.startswith(f"{STATEMENTS}.")
    *heads, last = typed.path.split(".", 1 if stated else -1)
    at, walked, place = document, "", list[str | int]()
    for step in heads:
        walked = f"{walked}.{step}".removeprefix(".")
        listed = walked in COLLECTIONS
        held = at.setdefault(step, [{}] if listed else {})
        at = held[0] if listed else held
        place += [step, 0] if listed else [step]
    at[last] = typed.value
    return (*place, last)


def _unfit(
    document: Mapping[str, Any], places: Mapping[Place, _Typed], vocabularies: Vocabularies
) -> Iterator[Problem]:
    """What is wrong with the values, by themselves and together; a name must be an entry's."""
    given = {remarks.pointer(place): typed for place, typed in places.items()}
    for problem in _problems(document, vocabularies):
        typed = given.get(problem.pointer, _Typed("/assume", "", None))
        hint = "" if problem.code == "wrong-type" else problem.hint
        detail = f"{remarks.shown(typed.value)} does not mean one entry"
        detail = detail if problem.code in NAMES else problem.detail
        yield Problem(problem.code, typed.pointer, detail, hint)


def _problems(document: Mapping[str, Any], vocabularies: Vocabularies) -> Sequence[Problem]:
    try:
        told = examine(document, vocabularies)
    except Refused as refused:
        return refused.problems
    return told.warnings or [*_implying(normalised(told.profile), vocabularies)]


def _implying(profile: Mapping[str, Any], vocabularies: Vocabularies) -> Iterator[Problem]:
    """A title that says more than itself: lists are not added to by assumptions."""
    for one in profile.get("registrations", ()):
        title = one.get("title", "")
        if "implies" in vocabularies["titles"].details.get(title, {}):
            detail = f"`{title}` is a membership too, which is not assumed with it"
            hint = "state both in the profiles"
            yield Problem("implies-more", "/registrations/0/title", detail, hint)


def _at(document: Any, place: Place) -> Value:
    for step in place:
        document = document[step]
    value: Value = document
    return value
