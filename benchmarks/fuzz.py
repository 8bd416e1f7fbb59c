"""Spoilt rows, to see that each is decided or rejected with reasons, and none is lost.

    python benchmarks/make_profiles.py 6000 /tmp/profiles.ndjson
    python benchmarks/fuzz.py /tmp/profiles.ndjson [--rows 105000] [--seed 1]

Rows of real profiles are spoilt in one way or several: as lines of JSON, and fewer of them as
tables of CSV and Parquet; small files of those have bytes changed too. Of the lines, some are read
in both ways: what the fast way decides, the exact way accepts and decides the same; what is
rejected, it refuses with the same words. Prints how often each problem was told, and rows/s.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from recognition import dates
from recognition.batch.input.files import chunks, opened
from recognition.batch.origin import decide_chunk
from recognition.batch.rejects import encoded_rejects
from recognition.batch.work import Outcome, Telling, Work
from recognition.plan.plan import Plan
from recognition.plan.question import Question, compiled
from recognition.problems import Refused
from recognition.profile.records import arrow_schema
from recognition.profile.validate import examine, normalised
from recognition.standard.library import Library

BLOCK = 6000
"""Rows decided at once: so many that lines are scanned (see `scanning.ENOUGH`)."""
DAY = dates.parse("2026-11-24")[0]

Luck = random.Random
Spoil = Callable[[bytes, Luck], bytes]
"""Makes a line another one, usually a wrong one."""

# --- lines spoilt

_VALUE = re.compile(rb'(?<=:)(?:"[^"]*"|[-+\w.]+|\[\]|\{\})')
_KEY = re.compile(rb'"[\w-]+"(?=:)')
_PAIR = re.compile(rb'"[\w-]+":(?:"[^"]*"|[-+\w.]+)')

_SAID = r"""
null true false 0 -0.0 1 -1 -0.5 7 0.3 1e308 1e400 -1e400 1e-400 NaN Infinity -Infinity nan 00 +1
1. 0x10 1_000 9007199254740993 18446744073709551616 "" "1" "1.0" "true" "null" ".." "NaN" "2016"
"2016-06" "2016-02-30" "2016-13" "0000" "9999-12-31" "10000-01-01" "-2016" "2016-6-2" "20160602"
"US" "us" "US-TX" "USA" "bachelor" "Bachelor" "\ud800" "\udc00x" "\u0000" "\u003a" "a:b" "学士"
[] {} [null] [[]] [{}] {"":null} {"a":1} ["US"] [1] [true] {"from":"2016"} {"id":"x"} 'x' undefined
"""
VALUES = (*_SAID.encode().split(), b"9" * 400, b"-" + b"9" * 5000, b"0." + b"3" * 400, b'" "')
BYTES = (
    *(b"\0", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8"),
    *(b"\\", b"\\ud800", b"\\u0000", b"\\u003a", b'"', b",", b":", b"{", b"}", b"[", b"]"),
    *(b"\t", b"\r", b"\n", b"\x1b", b"\xf4\x90\x80", b"//", b"/**/", b" "),
)
BLANKS = (b"", b" ", b"\t", b"\r", b" \t\r", b"\x0b\x0c")


def flipped(line: bytes, luck: Luck) -> bytes:
    told = bytearray(line)
    for _ in range(luck.randint(1, 4)):
        if told:
            told[luck.randrange(len(told))] = luck.randrange(256)
    return bytes(told)


def inserted(line: bytes, luck: Luck) -> bytes:
    at = luck.randint(0, len(line))
    return line[:at] + luck.choice(BYTES) + line[at:]


def cut(line: bytes, luck: Luck) -> bytes:
    at = luck.randint(0, len(line))
    return luck.choice((line[:at], line[at:]))


def replaced(line: bytes, luck: Luck) -> bytes:
    return _put(line, _VALUE, luck, lambda _: luck.choice(VALUES))


def swapped(line: bytes, luck: Luck) -> bytes:
    """Two keys, or two values, stand in each other's place."""
    pattern = luck.choice((_KEY, _VALUE))
    places = [found.span() for found in pattern.finditer(line)]
    if len(places) < 2:
        return line
    (a, b), (c, d) = sorted(luck.sample(places, 2))
    return line[:a] + line[c:d] + line[b:c] + line[a:b] + line[d:]


def renamed(line: bytes, luck: Luck) -> bytes:
    names = (b'"height"', b'""', b'"a/b~c"', b'"\\ud800"', b"1", b"null", b"id", b'"\\u0069d"')
    return _put(line, _KEY, luck, lambda key: luck.choice((*names, key.upper())))


def doubled(line: bytes, luck: Luck) -> bytes:
    return _put(line, _PAIR, luck, lambda pair: pair + b"," + pair)


def dropped(line: bytes, luck: Luck) -> bytes:
    return _put(line, _PAIR, luck, lambda _: b"").replace(b",,", b",").replace(b"{,", b"{")


def nested(line: bytes, luck: Luck) -> bytes:
    depth = luck.choice((3, 100, 900, 1100, 20_000))
    begin, end = luck.choice(
        ((b"[", b"]"), (b'{"a":', b"}"), (b"[", b""), (b'[{"degrees":', b"}]"))
    )
    return _put(line, _VALUE, luck, lambda value: begin * depth + value + end * depth)


def longer(line: bytes, luck: Luck) -> bytes:
    letter = luck.choice((b"x", b"9", b"\\u00e9", "长".encode(), b"\\"))
    text = letter * luck.choice((70, 5000, 200_000))
    pattern = luck.choice((_KEY, _VALUE))
    return _put(line, pattern, luck, lambda _: luck.choice((b'"' + text + b'"', text)))


def blank(line: bytes, luck: Luck) -> bytes:
    return luck.choice(BLANKS)


def ended(line: bytes, luck: Luck) -> bytes:
    return line + luck.choice((b"\r", b"\r\r", b" ", b"\t", b",", b"\0", line))


def rewritten(line: bytes, luck: Luck) -> bytes:
    """In another encoding, or spaced out."""
    way = luck.choice(("utf-16", "utf-32", "gb18030", "latin-1", ""))
    if way:
        return line.decode("utf-8", "replace").encode(way, "replace")
    return line.replace(b":", b" : ").replace(b",", b"\r\t, ")


def _put(
    line: bytes, pattern: re.Pattern[bytes], luck: Luck, new: Callable[[bytes], bytes]
) -> bytes:
    places = [found.span() for found in pattern.finditer(line)]
    if not places:
        return line
    begin, end = luck.choice(places)
    return line[:begin] + new(line[begin:end]) + line[end:]


OFTEN: tuple[Spoil, ...] = (flipped, inserted, cut, replaced, swapped, renamed, doubled, dropped)
SELDOM: tuple[Spoil, ...] = (nested, longer, blank, ended, rewritten)
SPOILS = OFTEN * 5 + (replaced,) * 20 + SELDOM


def spoilt(lines: Sequence[bytes], luck: Luck) -> Iterator[bytes]:
    """Lines without end, each spoilt once to three times."""
    while True:
        line = luck.choice(lines)
        for _ in range(luck.choice((1, 1, 1, 2, 3))):
            line = luck.choice(SPOILS)(line, luck)
        yield line


# --- what was told of them


@dataclass
class Tally:
    """What was told, and what went wrong."""

    read: int = 0
    decided: int = 0
    compared: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.read, self.decided = self.read + outcome.read, self.decided + outcome.decided
        self.codes.update(p["code"] for one in outcome.rejects for p in one["problems"])


def flawed(outcome: Outcome, read: int, plan: Plan) -> Iterator[str]:
    """What is wrong with an outcome of so many rows."""
    encoded_rejects(outcome.rejects)
    if not read == outcome.read == outcome.decided + len(outcome.rejects):
        yield f"{read} rows, {outcome.read} read, {outcome.decided} decided, {outcome.rejects}"
    if len(outcome.decisions) != outcome.decided * len(plan.lines):
        yield f"{len(outcome.decisions)} decisions of {outcome.decided} profiles"
    places = [*outcome.ids["line"].to_pylist(), *(one["line"] for one in outcome.rejects)]
    if len(set(places)) < len(places):
        yield "a row is told twice"
    yield from (f"no reason: {one}" for one in outcome.rejects if not _reasoned(one))


def _reasoned(told: dict[str, Any]) -> bool:
    reasons = told["problems"]
    whole = all(p["code"] and p["detail"] and p["pointer"][:1] in ("", "/") for p in reasons)
    return bool(reasons) and whole


def _brief(fault: object) -> str:
    text = repr(fault)
    return text if len(text) < 400 else f"{text[:300]} … {text[-80:]}"


# --- lines, decided and compared


@dataclass(frozen=True)
class Trial:
    """A question asked of spoilt rows."""

    library: Library
    plan: Plan

    @classmethod
    def of(cls, library: Library, question: Question) -> Trial:
        return cls(library, compiled(library, question))

    @property
    def work(self) -> Work:
        return Work(self.plan, self.library, DAY)

    def lines(self, rows: Iterable[bytes], sample: int, luck: Luck) -> Tally:
        """Decide lines block by block; some of each block are read in both ways."""
        tally, rest = Tally(), iter(rows)
        while block := list(islice(rest, BLOCK)):
            self._block(block, tally, sample, luck)
        return tally

    def _block(self, rows: Sequence[bytes], tally: Tally, sample: int, luck: Luck) -> None:
        try:
            outcome = self.work.lines(rows, "rows", 0)
            tally.faults += flawed(outcome, sum(not _blank(row) for row in rows), self.plan)
        except Exception as error:
            if len(rows) == 1:
                tally.faults.append(f"{error!r} of {_brief(rows[0])}")
                return
            for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
                self._block(half, tally, sample // 2, luck)
            return
        tally.add(outcome)
        self._compare(rows, outcome, tally, sample, luck)

    def _compare(
        self, rows: Sequence[bytes], outcome: Outcome, tally: Tally, sample: int, luck: Luck
    ) -> None:
        """Read some rows in the exact way: it accepts what was decided and decides it the same."""
        places = outcome.ids["line"].to_pylist()
        decided = luck.sample(range(len(places)), min(sample // 2, len(places)))
        exact = [self._exact(rows[places[i]]) for i in decided]
        known = [one if isinstance(one, bytes) else b"{}" for one in exact]
        told = self.work.lines(known, "rows", 0)
        lines = len(self.plan.lines)
        wanted = [i * lines + j for i in decided for j in range(lines)]
        same = outcome.decisions.take(pa.array(wanted, pa.int64()))
        if told.decisions.to_pylist() != same.to_pylist():
            tally.faults += [f"decided otherwise: {_brief(rows[places[i]])}" for i in decided]
        rejected = luck.sample(outcome.rejects, min(sample // 2, len(outcome.rejects)))
        for one in rejected:
            if self._exact(rows[one["line"]]) != _words(one["problems"]):
                tally.faults.append(f"rejected otherwise: {_brief(rows[one['line']])}")
        tally.compared += len(decided) + len(rejected)

    def _exact(self, row: bytes) -> bytes | list[tuple[str, ...]]:
        """The profile as the exact way understands it, or the words of its refusal."""
        try:
            return orjson.dumps(normalised(examine(row, self.library.vocabularies).profile))
        except Refused as refused:
            return [(p.pointer, p.code, p.detail, p.hint) for p in refused.problems]

    def file(self, path: Path, rows: int | None) -> Tally:
        """Decide a file, whose rows are so many; with None it may be refused as a whole."""
        tally = Tally()
        several = []
        try:
            for chunk in chunks(opened([path], self.library), 2**20):
                one = decide_chunk(chunk, self.plan, self.library, DAY, Telling())
                several.append(one)
        except Refused as refused:
            tally.codes.update(problem.code for problem in refused.problems)
            if rows is not None:
                tally.faults.append(f"refused as a whole: {refused.problems}")
            return tally
        except Exception as error:
            tally.faults.append(f"{path.name}: {error!r}")
            return tally
        outcome = self.work.joined(several)
        tally.faults += flawed(outcome, outcome.read if rows is None else rows, self.plan)
        tally.add(outcome)
        return tally


def _blank(row: bytes) -> bool:
    return not row or row.isspace()


def _words(problems: Sequence[dict[str, str]]) -> list[tuple[str, ...]]:
    return [(p["pointer"], p["code"], p["detail"], p["hint"]) for p in problems]


# --- tables

_CELLS = """
- 无 none .. true 是 0 -1 1e5 NaN inf 2016 2016/6/2 2016年6月2日 02.06.2016 2016-02-30 bachelor 学士
US;CA US,CA [] {} " "" \0 \ufeff =1+1 null None
"""
_NINES = ("9" * 30, "9" * 400, "9" * 5000, "9" * 400 + ".5")
CELLS = (*_CELLS.split(), *_NINES, "", " ", "a\nb", "a\r\nb", "\u2028", "x" * 10_000)
_COLUMNS = """
id birth_date citizenships degree_1_level degree_1_awarded_on degree_1_country degree_1_years
degree_1_accreditation_1_by degree_1_accreditation_1_accord degree_2_level experience_1_from
experience_1_until experience_1_fte experience_2_from registration_1_body registration_1_status
registration_1_expires_on cpd_1_year cpd_1_hours language_1_part_writing conduct_bound_by_code
attestation_consents-to-listing examinations
"""
COLUMNS = _COLUMNS.split()


def cells(line: bytes) -> list[str]:
    """A row of COLUMNS that a profile fills in part."""
    held = orjson.loads(line)
    job = (held.get("experience") or [{}])[0]
    degree = (held.get("degrees") or [{}])[0]
    known = {
        "id": held["id"],
        "birth_date": held.get("birth_date"),
        "citizenships": ";".join(held.get("citizenships") or []),
        **{f"degree_1_{name}": degree.get(name) for name in ("level", "awarded_on", "country")},
        **{f"experience_1_{name}": job.get(name) for name in ("from", "until", "fte")},
    }
    return ["" if known.get(name) is None else str(known[name]) for name in COLUMNS]


def spoilt_cells(row: list[str], luck: Luck) -> list[str]:
    row = row.copy()
    for _ in range(luck.randint(0, 3)):
        row[luck.randrange(len(row))] = luck.choice(CELLS)
    if luck.random() < 0.05:
        return row + [luck.choice(CELLS)] * luck.randint(1, 3)
    return row[: luck.randint(0, len(row))] if luck.random() < 0.05 else row


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    told = io.StringIO(newline="")
    csv.writer(told).writerows([COLUMNS, *rows])
    return told.getvalue().encode()


TEXTS = (
    "",
    "..",
    "2016",
    "2016-02-30",
    "2016-06",
    "US",
    "us",
    "学士",
    "\0",
    "x" * 5000,
    "true",
    "a:b",
)
NUMBERS = (0.0, -0.0, -1.0, 1e308, float("nan"), float("inf"), -float("inf"), 0.5, 5e-324, 2016.0)


def spoilt_values(held: Any, luck: Luck) -> Any:
    """A value of the same type, or null; some of what is in it is another."""
    seldom = luck.random() < 0.02
    match held:
        case dict():
            return {key: spoilt_values(value, luck) for key, value in held.items()}
        case list():
            longer = [*held, *held[:1], None] if seldom else held
            return [spoilt_values(value, luck) for value in longer]
        case str() if seldom:
            return luck.choice(TEXTS)
        case bool() if seldom:
            return not held
        case int() | float() if seldom and not isinstance(held, bool):
            return luck.choice(NUMBERS)
    return None if seldom else held


def as_parquet(profiles: Iterable[Any]) -> bytes:
    schema = pa.schema([column.with_nullable(True) for column in arrow_schema()])
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([_mapped(one) for one in profiles], schema=schema), sink)
    return sink.getvalue()


def _mapped(profile: Any) -> Any:
    """Statements as pairs, one of them doubled now and then."""
    said = list((profile.get("attestations") or {}).items())
    return {**profile, "attestations": said + said[: len(said) % 3 == 2]}


def tables(trial: Trial, lines: Sequence[bytes], folder: Path, luck: Luck, count: int) -> Tally:
    """So many rows through a table of CSV and one of Parquet."""
    rows = [spoilt_cells(cells(luck.choice(lines)), luck) for _ in range(count)]
    profiles = [spoilt_values(json.loads(luck.choice(lines)), luck) for _ in range(count)]
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    return _joined(
        [
            trial.file(_saved(folder / "rows.csv", as_csv(rows)), filled),
            trial.file(_saved(folder / "rows.parquet", as_parquet(profiles)), count),
        ]
    )


def torn(trial: Trial, lines: Sequence[bytes], folder: Path, luck: Luck, count: int) -> Tally:
    """So many small files of each kind, with bytes changed, or cut off."""
    whole = {
        "csv": as_csv(map(cells, lines[:20])),
        "parquet": as_parquet(map(json.loads, lines[:20])),
    }
    tallies = []
    for _ in range(count):
        for ending, content in whole.items():
            made = luck.choice((flipped, flipped, cut, inserted))(content, luck)
            tallies.append(trial.file(_saved(folder / f"torn.{ending}", made), None))
    return _joined(tallies)


def _saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _joined(tallies: Sequence[Tally]) -> Tally:
    joined = Tally()
    for one in tallies:
        joined.read, joined.decided = joined.read + one.read, joined.decided + one.decided
        joined.codes.update(one.codes)
        joined.faults += one.faults
    return joined


# --- the whole


def tell(called: str, make: Callable[[], Tally]) -> bool:
    """Print what a trial came to; whether it was without a fault."""
    begun = time.perf_counter()
    tally = make()
    seconds = time.perf_counter() - begun
    rejected = tally.read - tally.decided
    print(f"{called}: {tally.read:,} read, {tally.decided:,} decided, {rejected:,} rejected")
    print(f"  {tally.compared:,} read in both ways; {tally.read / seconds:,.0f} rows/s")
    for code, count in tally.codes.most_common():
        print(f"  {code:20}{count:>9,}")
    print(f"  {len(tally.faults)} faults", *tally.faults[:20], sep="\n    ", flush=True)
    return not tally.faults


def main() -> None:
    """Spoils, decides and counts; exit 1 if there is a fault."""
    told = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    told.add_argument("file", type=Path)
    told.add_argument("--rows", type=int, default=105_000)
    told.add_argument("--seed", type=int, default=1)
    asked = told.parse_args()
    luck, lines = random.Random(asked.seed), asked.file.read_bytes().splitlines()[:6000]
    trial = Trial.of(Library.load(), Question(("ipea", "washington-accord"), ("AU",)))
    print(f"seed {asked.seed}", flush=True)
    rows, sample = islice(spoilt(lines, luck), asked.rows), 5000 * BLOCK // asked.rows + 2
    with tempfile.TemporaryDirectory() as name:
        few, folder = asked.rows // 20, Path(name)
        good = [
            tell("lines", lambda: trial.lines(rows, sample, luck)),
            tell("tables", lambda: tables(trial, lines, folder, luck, few)),
            tell("torn files", lambda: torn(trial, lines, folder, luck, few // 10)),
        ]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
