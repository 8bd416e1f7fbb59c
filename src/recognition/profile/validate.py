"""Examining one profile with words: all that is wrong with it, each with what would be right.

The fast way (`records`, `facts/valid`) gives the same answer without the words; what it refuses
comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from recognition import dates
from recognition.names import NOTHING, Reading
from recognition.problems import Problem, Refused
from recognition.profile.canonical import canonical, read
from recognition.profile.implied import with_implied
from recognition.profile.json import flaws, parsed, whole_letters
from recognition.profile.model import (
    Amount,
    Code,
    Day,
    Mark,
    Parts,
    Profile,
    Relation,
    Statements,
    relations,
)
from recognition.profile.remarks import SHOWN, Found, Place, found, in_order, near, shown
from recognition.profile.schema import Slot, slots
from recognition.profile.vocabulary import NO_ENTRY, Vocabularies, Vocabulary

Object = Mapping[str, Any]

_DATE_HINT = "write `2016-06-02`, or `2016-06` or `2016` when no more is known"
_END_HINT = _DATE_HINT + "; `..` when it is open, `null` when unknown"
_DUE = {
    "string_type": "a text",
    "float_type": "a number",
    "bool_type": "`true` or `false`",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
}


class Examined(NamedTuple):
    """A profile that holds together, and what of it was not understood."""

    profile: Profile
    warnings: Sequence[Problem]


def examine(raw: bytes | str | Object, vocabularies: Vocabularies) -> Examined:
    """The profile that a document states, its codes spelt as the vocabularies spell them.

    Names that are no entries of an open vocabulary stay as they are, with a warning. What titles
    imply is added. Raises Refused with all that is wrong, in the order of the pointers.
    """
    document = raw if isinstance(raw, Mapping) else parsed(raw)
    remarks = [*flaws(document), *_mistyped(document)]
    if isinstance(document, Mapping):
        remarks += _object(Profile, document, (), vocabularies)
    wrong = [(place, problem) for place, problem in remarks if problem.code not in NAMES]
    if wrong:
        raise Refused(in_order(wrong))
    spelt = canonical(Profile, document, vocabularies)
    whole = with_implied(spelt, document, vocabularies)
    return Examined(Profile.model_validate(whole), in_order(remarks))


NAMES = ("unknown-name", "shared-name")
"""Codes of warnings: a name of an open vocabulary is no entry, or that of several."""


def normalised(profile: Profile) -> dict[str, Any]:
    """A profile as the fast reader would have seen it: what was given, and nothing else."""
    return profile.model_dump(by_alias=True, exclude_unset=True)


# --- keys and types, by the model


def _mistyped(document: Any) -> Iterator[Found]:
    try:
        Profile.model_validate(document)
    except ValidationError as errors:
        for error in errors.errors(include_url=False, include_context=False):
            if not _told_elsewhere(error["type"], error["input"]):
                yield _worded(error["type"], error["loc"], error["input"])


def _told_elsewhere(kind: str, value: Any) -> bool:
    """Flaws of the text, and whole numbers too large for a float."""
    return kind == "string_unicode" or (kind == "float_type" and type(value) is int)


def _worded(kind: str, place: Place, value: Any) -> Found:
    match kind:
        case "extra_forbidden":
            detail = f"{shown(str(place[-1]))} is not a field of a profile here"
            return found(place, "unknown-field", detail, near(str(place[-1]), _fields_at(place)))
        case "missing":
            detail, hint = f"`{place[-1]}` is missing", "give each profile an id of its own"
            return found(place, "missing", detail, hint)
        case "string_too_short":
            return found(place, "empty", f"`{place[-1]}` is empty", "give each profile an id")
        case "finite_number":
            return found(place, "not-finite", f"{shown(value)} is not a finite number")
    due = _DUE.get(kind, "something else")
    detail = f"{shown(value)} stands where {due} is due"
    return found(place, "wrong-type", detail, "write `null` when it is unknown" if place else "")


def _fields_at(place: Place) -> list[str]:
    """The fields there are where an unknown one was found."""
    model: type[BaseModel] = Profile
    for step in place[:-1]:
        slot = slots(model).get(str(step)) if isinstance(step, str) else None
        model = slot.model if slot and slot.model else model
    return list(slots(model))


# --- what the fields mean


def _object(
    model: type[BaseModel], held: Object, place: Place, vocabularies: Vocabularies
) -> Iterator[Found]:
    for name, slot in slots(model).items():
        if held.get(name) is not None:
            yield from _slot(slot, held[name], held, (*place, name), vocabularies)
            yield from _beside(slot, held, (*place, name), vocabularies)


def _slot(
    slot: Slot, value: Any, around: Object, place: Place, vocabularies: Vocabularies
) -> Iterator[Found]:
    if slot.form == "list" and isinstance(value, list):
        for index, element in enumerate(value):
            yield from _element(slot, element, around, (*place, index), vocabularies)
    elif slot.form == "map" and isinstance(value, Mapping):
        yield from _map(slot, value, place, vocabularies)
    elif slot.form in ("object", "value"):
        yield from _element(slot, value, around, place, vocabularies)


def _element(
    slot: Slot, value: Any, around: Object, place: Place, vocabularies: Vocabularies
) -> Iterator[Found]:
    match slot.mark, value:
        case None, Mapping() if slot.model is not None:
            yield from _object(slot.model, value, place, vocabularies)
        case Day() as day, str():
            yield from _day(day, value, place)
        case Code() as code, str():
            yield from _code(code, value, around, place, vocabularies)
        case Amount() as amount, int() | float() if not isinstance(value, bool):
            yield from _amount(amount, value, place)


def _map(slot: Slot, held: Object, place: Place, vocabularies: Vocabularies) -> Iterator[Found]:
    for name, value in held.items():
        here = (*place, name)
        if isinstance(slot.mark, Statements):
            yield from _kind(slot.mark, name, held, here, vocabularies)
        elif isinstance(slot.mark, Parts):
            yield from _code(slot.mark.code, name, {}, here, vocabularies)
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield from _amount(slot.mark.amount, value, here)


def _kind(
    mark: Statements, name: str, held: Object, place: Place, vocabularies: Vocabularies
) -> Iterator[Found]:
    kinds = vocabularies[mark.vocabulary]
    reading = vocabularies.read(Code(kinds.name), name)
    if not reading.code:
        yield _no_code(name, place, kinds.name, kinds.codes, reading)
    elif reading.code != name and reading.code in held:
        detail = f"{shown(name)} is `{reading.code}`, which stands here too"
        yield found(place, "duplicate-key", detail, "keep one of them")


def _day(mark: Day, text: str, place: Place) -> Iterator[Found]:
    hint = _END_HINT if mark.end else _DATE_HINT
    if text == ".." and not mark.end:
        yield found(place, "not-a-date", "`..` (open) stands where a day is due", hint)
        return
    try:
        dates.parse(text)
    except ValueError as error:
        brief = len(text) <= SHOWN and whole_letters(text)
        reason = str(error) if brief else f"{shown(text)} is not a date"
        yield found(place, "not-a-date", reason, hint)


def _code(
    mark: Code, text: str, around: Object, place: Place, vocabularies: Vocabularies
) -> Iterator[Found]:
    reading = read(text, mark, around, vocabularies)
    known = vocabularies[mark.vocabulary]
    if reading.code:
        return
    if known.closed:
        yield _no_code(text, place, mark.only or known.name, known.accepted(mark.only), reading)
        return
    meant = _labelled(reading.near, known)
    if reading.shared:
        detail = f"{shown(text)} is the name of several entries of the vocabulary `{known.name}`"
        yield found(place, "shared-name", detail, f"one of {meant}: write which")
    else:
        detail = f"{shown(text)} is no entry of the vocabulary `{known.name}`, and kept as it is"
        yield found(place, "unknown-name", detail, f"did you mean {meant}?" if meant else "")


def _labelled(codes: Sequence[str], known: Vocabulary) -> str:
    """Entries by code and English name, the nearest first."""
    labels = {code: known.label(known.numbers[code], "en") for code in codes[:3]}
    named = (f"`{code}` ({name})" if name != code else f"`{code}`" for code, name in labels.items())
    return " or ".join(named)


def _no_code(
    text: str, place: Place, name: str, known: Iterable[str], reading: Reading = NOTHING
) -> Found:
    detail = f"{shown(text)} is no entry of the vocabulary `{name}`"
    if name in ("country", "region"):
        detail = f"{shown(text)} is not the code of a {name}"
    meant = " or ".join(f"`{code}`" for code in reading.near[:3])
    hint = f"did you mean {meant}?" if meant else near(text, known)
    return found(place, "no-such-code", detail, hint)


def _amount(mark: Amount, value: float, place: Place) -> Iterator[Found]:
    number = _real(value)
    if not isfinite(number):
        if isinstance(value, int):
            yield found(place, "too-large", f"{shown(value)} is too large a number")
    elif number < 0:
        yield found(place, "negative", f"{shown(value)} is negative", "0 is the least")
    elif number < mark.lowest:
        bound = "more than" if mark.above else "at least"
        yield found(place, "too-small", f"{shown(value)} is too small", f"{bound} {mark.least:g}")
    elif number > mark.highest:
        yield found(place, "too-large", f"{shown(value)} is too large", f"at most {mark.most:g}")
    elif mark.whole and value % 1:
        yield found(place, "not-whole", f"{shown(value)} is not a whole number")


def _real(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


# --- what two fields say together


def _beside(slot: Slot, held: Object, place: Place, vocabularies: Vocabularies) -> Iterator[Found]:
    """Problems of a field with another of the same object."""
    for relation, other in relations(slot.mark):
        value, beside = held[slot.name], held.get(other)
        match relation:
            case Relation.YEAR if beside is not None:
                detail = f"`{slot.name}` stands beside `{other}`, which is the whole year already"
                yield found(place, "two-forms", detail, f"give `{other}`, or the days")
            case Relation.SINCE:
                yield from _order(slot.mark, value, beside, other, place)
            case Relation.WITHIN:
                yield from _outside(value, beside, place, vocabularies)


def _order(mark: Mark | None, end: Any, begin: Any, since: str, place: Place) -> Iterator[Found]:
    ends, begins = _days(end, isinstance(mark, Day) and mark.end), _days(begin, False)
    if ends is not None and begins is not None and ends[1] < begins[0]:
        detail = f"`{end}` is before `{begin}` in `{since}`"
        yield found(place, "end-before-start", detail, "an end is on or after its beginning")


def _days(text: Any, end: bool) -> tuple[int, int] | None:
    if not isinstance(text, str) or (text == ".." and not end):
        return None
    try:
        return dates.parse(text)
    except ValueError:
        return None


def _outside(
    region: Any, country: Any, place: Place, vocabularies: Vocabularies
) -> Iterator[Found]:
    stated = _place(country, _COUNTRY, "", vocabularies)
    at = _place(region, _REGION, vocabularies["places"].entry(stated), vocabularies)
    if at == NO_ENTRY or stated == NO_ENTRY or vocabularies.country_of[at] == stated:
        return
    home = vocabularies["places"].entry(int(vocabularies.country_of[at]))
    detail = f"{shown(region)} is a region of `{home}`, and the country is {shown(country)}"
    yield found(place, "region-elsewhere", detail, "give the region's own country")


_COUNTRY, _REGION = Code("places", only="country"), Code("places", only="region")


def _place(text: Any, mark: Code, country: str, vocabularies: Vocabularies) -> int:
    code = vocabularies.read(mark, text, country).code if isinstance(text, str) else None
    number = vocabularies["places"].numbers.get(code or "")
    return NO_ENTRY if number is None else number
