"""Decisions as a table: one row a decision, a profile's decisions together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from recognition import dates
from recognition.bounds import Array
from recognition.decide.statuses import STATUSES, UNKNOWN, UNMET, VERDICTS, Decided, Findings
from recognition.plan.lines import Line, Version
from recognition.plan.plan import Plan

CODED = pa.dictionary(pa.int32(), pa.string())
DECISIONS = pa.schema(
    [
        ("profile", pa.string()),
        ("as_of", CODED),
        ("standard", CODED),
        ("version", CODED),
        ("host", CODED),
        ("verdict", CODED),
        ("reach", CODED),
        ("unmet", pa.list_(CODED)),
        ("unknown", pa.list_(CODED)),
    ]
)
"""One row a decision: how far it would reach if it were positive; criteria that are unmet, and
those that are open, by their ids in order."""
FINDING = pa.struct([("criterion", CODED), ("status", CODED)])
FINDINGS = DECISIONS.append(pa.field("findings", pa.list_(FINDING)))
"""With every criterion and its status."""

Ids = Sequence[str | None]


def decisions(
    plan: Plan, decided: Sequence[Decided], ids: Ids, as_of: int, findings: bool = False
) -> pa.Table:
    """One row a decision, a profile's decisions together, in the order of the plan's lines."""
    schema = FINDINGS if findings else DECISIONS
    if not len(ids) or not decided:
        return schema.empty_table()
    lines = [one.line for one in decided]
    versions = [version.edition.version for line in lines for version in line.versions]
    before = np.cumsum([0, *(len(line.versions) for line in lines[:-1])])
    chosen = [one.chosen + first for one, first in zip(decided, before, strict=True)]
    columns = [
        each(ids, len(lines)),
        same(dates.iso(as_of), len(ids) * len(lines)),
        _coded(np.tile(np.arange(len(lines)), len(ids)), [line.standard.id for line in lines]),
        _coded(_across(chosen), versions),
        _coded(np.tile(np.arange(len(lines)), len(ids)), [line.host for line in lines]),
        pa.DictionaryArray.from_arrays(_across([one.verdict for one in decided]), VERDICTS),
        _coded(_across(chosen), [reach for line in lines for reach in _reaches(line)]),
        _criteria(decided, UNMET),
        _criteria(decided, UNKNOWN),
        *([_all(decided)] if findings else []),
    ]
    return pa.table(columns, schema=schema)


def _reaches(line: Line) -> list[str | None]:
    """How far a positive decision of each version of a line reaches."""
    agreement = line.standard.agreement
    return [agreement.reach(version.edition.version, line.host) for version in line.versions]


def texts(ids: Ids) -> pa.Array:
    """Ids as Arrow has them."""
    return ids if isinstance(ids, pa.Array) else pa.array(ids, pa.string())


def each(ids: Ids, times: int) -> pa.Array:
    """Every id some times over."""
    told = texts(ids)
    return told if times == 1 else told.take(pa.array(np.repeat(np.arange(len(told)), times)))


def same(text: str, rows: int) -> pa.Array:
    """One text in all rows."""
    return pa.DictionaryArray.from_arrays(np.zeros(rows, np.int32), [text])


def _across(lines: Sequence[Array]) -> Array:
    """Values of lines, a profile's together, int32 (rows × lines,)."""
    return np.stack(lines, axis=1).astype(np.int32).ravel()


def _coded(codes: Array, texts: Sequence[str | None]) -> pa.Array:
    """Texts by their places, each different one said once; null where there is none."""
    known = {text: place for place, text in enumerate(dict.fromkeys(t for t in texts if t))}
    places = np.array([known.get(text or "", -1) for text in texts], np.int32)[codes]
    mask = places < 0 if None in texts else None
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=mask), pa.array(known, pa.string()))


# --- lists of criteria: rows with the same findings are many, so each pattern is spelt out once


@dataclass
class Spelt:
    """Patterns, each some criteria by their numbers, and with what is said of them; `names`."""

    patterns: list[list[tuple[int, int]]] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)

    def add(self, criteria: Sequence[str], said: Iterable[Iterable[tuple[int, int]]]) -> int:
        """Take in patterns of a version; the place of the first of them."""
        first = len(self.patterns)
        numbers = [self.names.setdefault(name, len(self.names)) for name in criteria]
        self.patterns += [[(numbers[place], status) for place, status in one] for one in said]
        return first

    def lists(self, codes: Array, statuses: bool) -> pa.Array:
        """The pattern of each row as a list of criteria, with their statuses if these are told."""
        lengths = np.array([len(pattern) for pattern in self.patterns], np.int64)
        ends = np.cumsum(lengths[codes])
        shift = (np.cumsum(lengths) - lengths)[codes] - (ends - lengths[codes])
        at = np.repeat(shift, lengths[codes]) + np.arange(ends[-1])
        flat = np.array([pair for one in self.patterns for pair in one], np.int32).reshape(-1, 2)
        told = pa.DictionaryArray.from_arrays(flat[at, 0], pa.array(self.names, pa.string()))
        if statuses:
            status = pa.DictionaryArray.from_arrays(flat[at, 1], STATUSES)
            told = pa.StructArray.from_arrays([told, status], fields=list(FINDING))
        return pa.ListArray.from_arrays(np.append(0, ends).astype(np.int32), told)


def _criteria(decided: Sequence[Decided], status: int) -> pa.Array:
    """For each row the ids of the criteria with a status, of the version that decides it."""
    spelt = Spelt()

    def told(version: Version, found: Findings) -> Array:
        patterns, of = _patterns(_flags(found, status))
        said = (((int(place), status) for place in np.flatnonzero(one)) for one in patterns)
        return of + spelt.add(names(version), said)

    return spelt.lists(_across([chosen(one, told) for one in decided]), statuses=False)


def _all(decided: Sequence[Decided]) -> pa.Array:
    """For each row every criterion of the version that decides it, with its status."""
    spelt = Spelt()

    def told(version: Version, found: Findings) -> Array:
        patterns, of = np.unique(told_of(found).T, axis=0, return_inverse=True)
        said = (((i, int(s)) for i, s in enumerate(one) if s != NOT_TOLD) for one in patterns)
        return of.ravel() + spelt.add(names(version), said)

    return spelt.lists(_across([chosen(one, told) for one in decided]), statuses=True)


def chosen(decided: Decided, told: Callable[[Version, Findings], Array]) -> Array:
    """Values of a line's rows, each from the version that decides it."""
    versions = list(zip(decided.line.versions, decided.findings, strict=True))
    first, *others = (told(*one) for one in versions)
    for place, other in enumerate(others, 1):
        first = np.where(decided.chosen == place, other, first)
    return first


def otherwise(decided: Decided, without: Decided) -> Array:
    """Which rows of a line are told otherwise than without assumptions, bool (rows,)."""
    pairs = zip(decided.findings, without.findings, strict=True)
    changed = np.stack([(told_of(one) != told_of(other)).any(axis=0) for one, other in pairs])
    rows = np.arange(changed.shape[1])
    differ: Array = changed[decided.chosen, rows] | (decided.chosen != without.chosen)
    return differ


def names(version: Version) -> list[str]:
    """The ids of a version's criteria, in force first."""
    return [asked.criterion for asked in (version.in_force, *version.criteria)]


NOT_TOLD = len(STATUSES)
"""The status of a criterion of which nothing is said, for the version is not in force."""


def told_of(found: Findings) -> Array:
    """Statuses of a version's findings, uint8 (criteria, rows), in force first."""
    held = found.in_force != UNMET
    return np.vstack([found.in_force, *(np.where(held, s, NOT_TOLD) for s in found.statuses)])


def _flags(found: Findings, status: int) -> Array:
    """Which criteria have a status, in force first; where it is not, that alone is told."""
    held = found.in_force != UNMET
    told = [(one == status) & held for one in found.statuses]
    return np.vstack([found.in_force == status, *told])


def _patterns(flags: Array) -> tuple[Array, Array]:
    """The different columns of a table of flags (criteria, rows), and which one each row has."""
    if len(flags) > 62:
        patterns, of = np.unique(flags.T, axis=0, return_inverse=True)
        return patterns, of.ravel()
    keys = np.zeros(flags.shape[1], np.int64)
    for place, flag in enumerate(flags):
        keys |= flag.astype(np.int64) << place
    coded = pa.array(keys).dictionary_encode()
    weights = np.left_shift(np.int64(1), np.arange(len(flags), dtype=np.int64))
    patterns = (coded.dictionary.to_numpy()[:, None] & weights) != 0
    return patterns, coded.indices.to_numpy()
