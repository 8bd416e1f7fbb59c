"""Lists of programmes read from `programmes/*.json` and `*.ndjson`; every problem told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from msgspec import UNSET

from recognition import dates
from recognition.problems import Problem, Refused
from recognition.profile.json import flaws, parsed
from recognition.profile.remarks import near
from recognition.profile.vocabulary import Vocabularies
from recognition.programmes import spelling
from recognition.programmes.entries import sources
from recognition.programmes.model import Listing, Name, Row
from recognition.rule.syntax import At
from recognition.standard import documents
from recognition.standard.library import Library

FOLDER = "programmes"
CODES = {
    "level": "degree-levels",
    "basis": "bases",
    "status": "accreditation-statuses",
    "scope": "scopes",
    "accord": "accords",
}
"""The vocabulary of each field of a row that holds codes."""


def listings(library: Library, roots: Iterable[Path] = ()) -> list[Listing]:
    """The lists of a library, and of the folders of others, in the order of their ids.

    Raises Refused with every problem of every file.
    """
    problems: list[Problem] = []
    found: dict[str, Listing] = {}
    for path in chain.from_iterable(map(files, (library.root, *roots))):
        file = f"{FOLDER}/{path.name}"
        listing = read(path, file, problems)
        if listing is not None:
            problems += _wrong(listing, file, path.name.split(".")[0], library)
            if listing.id in found:
                detail = f"a list `{listing.id}` stands in another folder too"
                problems.append(Problem("duplicate", "/list", detail, "rename one of them", file))
            found[listing.id] = listing
    if problems:
        raise Refused(problems)
    return list(found.values())


def files(root: Path) -> list[Path]:
    """The files of lists below a folder."""
    here = root / FOLDER
    found = [path for path in here.glob("*") if path.suffix in (".json", ".ndjson")]
    return sorted(found, key=lambda path: path.stem)


def read(path: Path, file: str, problems: list[Problem]) -> Listing | None:
    """One list as a value; None, and what is wrong with it, where its shape is not a list's.

    The first line of an `.ndjson` file is the list without its rows, each other line a row.
    """
    try:
        raw = path.read_bytes()
        written = _lines(raw) if path.suffix == ".ndjson" else parsed(raw)
    except Refused as refused:
        problems += [replace(problem, file=file) for problem in refused.problems]
        return None
    faults = [replace(problem, file=file) for _, problem in flaws(written)]
    problems += faults
    return _shaped(written, file, problems)


def _shaped(written: Any, file: str, problems: list[Problem]) -> Listing | None:
    try:
        return msgspec.convert(written, Listing)
    except msgspec.ValidationError as error:
        shape = documents.problems(written, "programmes", file)
        problems += shape or [Problem("wrong-type", "", str(error), "", file)]
        return None


def checked(document: Any, name: str, library: Library) -> Listing:
    """A list that is about to be written to a file of this name; raises Refused as `listings`."""
    problems: list[Problem] = []
    file = f"{FOLDER}/{name}"
    listing = _shaped(document, file, problems)
    if listing is not None:
        problems += _wrong(listing, file, name.split(".")[0], library)
    if problems or listing is None:
        raise Refused(problems)
    return listing


def _lines(raw: bytes) -> Any:
    lines = [(i, line) for i, line in enumerate(raw.splitlines(), 1) if line.strip()]
    problems: list[Problem] = []
    documents = [document for i, line in lines for document in _line(i, line, problems)]
    if problems or not documents or not isinstance(documents[0], dict):
        hint = "the first line is the list without its rows"
        raise Refused(problems or [Problem("wrong-type", "", "the file holds no list", hint)])
    return {**documents[0], "rows": documents[1:]}


def _line(number: int, line: bytes, problems: list[Problem]) -> Iterator[Any]:
    try:
        yield parsed(line)
    except Refused as refused:
        problems += [replace(problem, line=number) for problem in refused.problems]


# --- what a list says


def _wrong(listing: Listing, file: str, due: str, library: Library) -> Iterator[Problem]:
    at, known = At(file), library.vocabularies
    if listing.id != due:
        yield _problem(
            at.down("list"),
            "misplaced",
            f"`{listing.id}` stands in the file `{due}`",
            "let them agree",
        )
    yield from _code(listing.body, "bodies", at.down("body"), known)
    yield from _sources(listing, None, at, library)
    yield from _day(listing.read_on, at.down("read_on"))
    for i, part in enumerate(listing.complete):
        here = at.down("complete", i)
        yield from _code(part.country, "places", here.down("country"), known)
        yield from _period(part.from_, part.until, here)
    for key, institution in listing.institutions.items():
        here = at.down("institutions", key)
        yield from _code(institution.country, "places", here.down("country"), known)
        for i, name in enumerate(institution.names):
            yield from _name(name, here.down("names", i))
    yield from _codes_of(listing.defaults, at.down("defaults"), known)
    for i, row in enumerate(listing.rows):
        yield from _row(listing, row, at.down("rows", i), library)


def _row(listing: Listing, row: Row, at: At, library: Library) -> Iterator[Problem]:
    if row.institution not in listing.institutions:
        detail = f"no institution `{row.institution}` in this list"
        hint = near(row.institution, listing.institutions)
        yield _problem(at.down("institution"), "no-such-institution", detail, hint)
    if listing.value(row, "level") is None:
        hint = "a code of degree-levels, here or under `defaults`"
        yield _problem(at, "missing", "`level` is missing", hint)
    for i, text in enumerate(row.programme):
        yield from _name(text, at.down("programme", i))
    if row.source is not UNSET:
        yield from _sources(listing, row, at, library)
    yield from _codes_of(row, at, library.vocabularies)
    yield from _period(row.from_, row.until, at)


def _name(name: Name | str, at: At) -> Iterator[Problem]:
    text = name if isinstance(name, str) else name.text
    if not spelling.key(text):
        yield _problem(at, "no-name", f"`{text}` has no letters", "write the name")
    if isinstance(name, Name):
        yield from _period(name.from_, name.until, at)


def _sources(listing: Listing, row: Row | None, at: At, library: Library) -> Iterator[Problem]:
    for id in sources(listing, row):
        if isinstance(id, str) and id not in library.sources:
            hint = near(id, library.sources) or "add it to standards/sources.json"
            yield _problem(at.down("source"), "no-such-source", f"no source `{id}`", hint)


def _codes_of(part: Any, at: At, known: Vocabularies) -> Iterator[Problem]:
    for name, vocabulary in CODES.items():
        said = getattr(part, name)
        for code in said if isinstance(said, list) else [said]:
            if isinstance(code, str):
                yield from _code(code, vocabulary, at.down(name), known)


def _code(code: str, vocabulary: str, at: At, known: Vocabularies) -> Iterator[Problem]:
    if code not in known[vocabulary].details:
        hint = near(code, known[vocabulary].codes)
        yield _problem(at, "no-such-code", f"`{code}` is no code of {vocabulary}", hint)


def _period(first: str | None, last: str | None, at: At) -> Iterator[Problem]:
    wrong = [*_day(first, at.down("from"), False), *_day(last, at.down("until"))]
    yield from wrong
    if first and last and not wrong and dates.parse(last)[1] < dates.parse(first)[0]:
        detail = "the period ends before it begins"
        yield _problem(at.down("until"), "end-before-start", detail, "exchange the two")


def _day(written: str | None, at: At, end: bool = True) -> Iterator[Problem]:
    hint = "write 2016, 2016-06 or 2016-06-02"
    try:
        if written is not None and dates.parse(written)[0] == dates.AFTER_ALL and not end:
            yield _problem(at, "not-a-date", "`..` is no first day", hint)
    except ValueError as error:
        yield _problem(at, "not-a-date", str(error), hint)


def _problem(at: At, code: str, detail: str, hint: str) -> Problem:
    return Problem(code, at.pointer, detail, hint, at.file)
