"""How proposals enter a profile: where nothing was stated, and never as all there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET

from recognition.programmes.degree import Wanted, text, wanted
from recognition.programmes.proposal import Proposal
from recognition.programmes.proposals import Matched, Programmes, at

_NOTHING = Matched()


def with_proposals(
    profile: Mapping[str, Any], programmes: Programmes, hints: bool = True
) -> tuple[Mapping[str, Any], list[Proposal]]:
    """A profile with the accreditations that lists propose, and all proposals with their degrees.

    Only degrees whose `accreditations` are absent or null are touched, and only by proposals
    without doubts; the profile itself is returned where nothing is entered. What a list is known
    not to name is told and not entered. `hints` as in `Programmes.propose`.
    """
    degrees = profile.get("degrees")
    told: list[Proposal] = []
    entered: dict[int, Matched] = {}
    for i, degree in enumerate(degrees if isinstance(degrees, list) else ()):
        if isinstance(degree, Mapping) and degree.get("accreditations") is None:
            answer = _asked(degree, i, programmes, hints, told)
            if answer.accreditations:
                entered[i] = answer
    return (_filled(profile, entered) if entered else profile), told


def _asked(
    degree: Mapping[str, Any],
    number: int,
    programmes: Programmes,
    hints: bool,
    told: list[Proposal],
) -> Matched:
    asked = wanted(degree)
    if asked is None:
        return _NOTHING
    answer = programmes.answer(asked, text(degree, "awarded_on"))
    told += answer.of(number)
    told += at(programmes.beside(answer, asked, degree, hints), number)
    return answer


def _filled(profile: Mapping[str, Any], entered: Mapping[int, Matched]) -> dict[str, Any]:
    degrees = [
        {**degree, "accreditations": [dict(one) for one in entered[i].accreditations]}
        if i in entered
        else degree
        for i, degree in enumerate(profile["degrees"])
    ]
    return {**profile, "degrees": degrees}


# --- the same for lines of big files


class _Degree(msgspec.Struct, gc=False):
    """What is asked of a degree of a line; whatever else is in it is passed over."""

    institution: str | None = None
    programme: str | None = None
    title: str | None = None
    country: str | None = None
    delivered_in: str | msgspec.UnsetType | None = UNSET
    campus: str | None = None
    level: str | None = None
    started_on: str | None = None
    notional_start: str | None = None
    awarded_on: str | None = None
    accreditations: Any = UNSET


class _Degrees(msgspec.Struct, gc=False):
    degrees: list[_Degree] | None = None


class _Unread(msgspec.Struct, gc=False):
    degrees: list[msgspec.Raw]


_read = msgspec.json.Decoder(_Degrees).decode
_unread = msgspec.json.Decoder(_Unread).decode
_STATED, _ONLY = b'"accreditations"', b'"degrees":[{'


def line_with_proposals(line: bytes, programmes: Programmes) -> tuple[bytes, list[Proposal]]:
    """A profile's line of JSON as `with_proposals` without hints leaves it, and the proposals.

    Nothing else of a line is changed, and a line that is no profile is left for others to refuse.
    """
    told: list[Proposal] = []
    entered: dict[int, Matched] = {}
    try:
        degrees = _read(line).degrees or ()
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return line, told
    for i, degree in enumerate(degrees):
        if degree.accreditations in (None, UNSET) and (asked := _wanted(degree)):
            answer = programmes.answer(asked, degree.awarded_on or None)
            told += answer.of(i)
            if programmes.complete:
                facts = msgspec.structs.asdict(degree)
                told += at(programmes.beside(answer, asked, facts, False), i)
            if answer.accreditations:
                entered[i] = answer
    return (_spliced(line, degrees, entered) if entered else line), told


def _wanted(degree: _Degree) -> Wanted | None:
    """As `degree.wanted`, of what was read of a line."""
    programme = degree.programme or degree.title
    if not (degree.institution and programme):
        return None
    there = degree.delivered_in
    place = degree.country if there is UNSET else there
    campus, level = degree.campus or None, degree.level or None
    return Wanted(degree.institution, programme, place or None, campus, level)


def _spliced(line: bytes, degrees: Sequence[_Degree], entered: Mapping[int, Matched]) -> bytes:
    """A line in which accreditations stand, first or last in their degrees, or where null was.

    Most people have one degree, and most programs write no spaces: nothing is read again then.
    """
    place = line.find(_ONLY) + len(_ONLY)
    if len(degrees) == 1 and degrees[0].accreditations is UNSET and place >= len(_ONLY):
        return b"".join((line[:place], _STATED, b":", entered[0].json, b",", line[place:]))
    parts: list[bytes] = []
    start = 0
    for i, raw in enumerate(_unread(line).degrees):
        written = bytes(raw)
        place = line.index(written, start)
        if i in entered:
            parts += [line[start:place], _filled_in(written, entered[i])]
            start = place + len(written)
    return b"".join([*parts, line[start:]])


def _filled_in(written: bytes, answer: Matched) -> bytes:
    """A degree's JSON with its accreditations; as it is where it speaks of them more than once."""
    match written.count(_STATED):
        case 0:
            return written[:-1] + b"," + _STATED + b":" + answer.json + b"}"
        case 1:
            degree = msgspec.json.decode(written)
            return msgspec.json.encode({**degree, "accreditations": answer.accreditations})
    return written
