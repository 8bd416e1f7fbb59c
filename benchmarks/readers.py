"""Measures who reads NDJSON profiles fastest, and what each notices.

    python benchmarks/make_profiles.py 200000 /tmp/profiles.ndjson
    python benchmarks/readers.py /tmp/profiles.ndjson

Prints a table and writes it into benchmarks/README.md. Every reader is told the types
beforehand, from the one description `PROFILE`; each run is of the whole file, the best of three
counts.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import os
import platform
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from types import GenericAlias
from typing import Any, NamedTuple

import duckdb
import msgspec
import orjson
import polars as pl
import pyarrow as pa
from pyarrow import json as pa_json

README = Path(__file__).with_name("README.md")
BLOCK = 8192
"""Lines in the air at once, for the readers that go line by line."""

ITEM = {"discipline": str, "country": str, "proof": str}
PERIOD = {"from": str, "until": str}
PROFILE: dict[str, Any] = {
    "id": str,
    "citizenships": [str],
    "birth_date": str,
    "residences": [PERIOD | {"country": str, "region": str, "permanent": bool}],
    "degrees": [
        ITEM
        | {
            "title": str,
            "level": str,
            "eqf": int,
            "institution": str,
            "delivered_in": str,
            "started_on": str,
            "notional_start": str,
            "awarded_on": str,
            "years": float,
            "ects": float,
            "further_learning": str,
            "completed_on": str,
            "accreditations": [
                PERIOD | {"by": str, "accord": str, "basis": str, "status": str, "scope": [str]}
            ],
        }
    ],
    "registrations": [
        ITEM
        | {
            "title": str,
            "body": str,
            "region": str,
            "class": str,
            "status": str,
            "good_standing": bool,
            "granted_on": str,
            "expires_on": str,
            "route": str,
            "independent_practice": bool,
        }
    ],
    "memberships": [ITEM | {"body": str, "grade": str, "since": str, "status": str, "route": str}],
    "experience": [
        ITEM
        | PERIOD
        | {
            "region": str,
            "responsible_charge": bool,
            "significant": bool,
            "supervised": bool,
            "fte": float,
            "codes": [str],
            "employer": str,
            "role": str,
        }
    ],
    "cpd": [PERIOD | {"year": int, "hours": float, "ethics_hours": float}],
    "examinations": [{"name": str, "body": str, "result": str, "score": float, "on": str}],
    "languages": [
        {
            "language": str,
            "cefr": str,
            "test": str,
            "score": float,
            "parts": {"*": float},
            "on": str,
        }
    ],
    "competences": [{"framework": str, "element": str, "level": str}],
    "referees": [{"title": str, "body": str, "country": str}],
    "conduct": {
        "bound_by_code": bool,
        "findings": [{"body": str, "on": str, "kind": str, "open": bool}],
    },
    "attestations": {"*": bool},
}
KEYS = {
    float: ("reading", "writing", "listening", "speaking"),
    bool: (
        "consents-to-listing",
        "cpd-maintained",
        "licence-unrestricted",
        "home-standing-letter",
        "work-in-host-three-years-or-less",
        "former-temporary-licensee",
        "us-code-familiarity",
        "application-complete",
    ),
}
"""Keys of the open maps, for the readers that know structs only."""


def _listed(fields: dict[str, Any]) -> dict[str, Any]:
    """A map as the struct of its known keys."""
    return dict.fromkeys(KEYS[fields["*"]], fields["*"]) if "*" in fields else fields


# --- the same types for each reader --------------------------------------------------------------

_SQL = {str: "VARCHAR", bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE"}
_ARROW = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
_POLARS = {str: pl.String, bool: pl.Boolean, int: pl.Int64, float: pl.Float64}


def _sql(kind: Any) -> str:
    if isinstance(kind, list):
        return f"{_sql(kind[0])}[]"
    if not isinstance(kind, dict):
        return _SQL[kind]
    if "*" in kind:
        return f"MAP(VARCHAR, {_sql(kind['*'])})"
    fields = (f'"{name}" {_sql(each)}' for name, each in kind.items())
    return f"STRUCT({', '.join(fields)})"


def _arrow(kind: Any) -> pa.DataType:
    if isinstance(kind, list):
        return pa.list_(_arrow(kind[0]))
    if not isinstance(kind, dict):
        return _ARROW[kind]
    return pa.struct([(name, _arrow(each)) for name, each in _listed(kind).items()])


def _polars(kind: Any) -> Any:
    if isinstance(kind, list):
        return pl.List(_polars(kind[0]))
    if not isinstance(kind, dict):
        return _POLARS[kind]
    return pl.Struct({name: _polars(each) for name, each in _listed(kind).items()})


def _struct(kind: Any, name: str = "Profile") -> Any:
    """A msgspec type in which an absent key is `UNSET` and `null` is None."""
    if isinstance(kind, list):
        return GenericAlias(list, (_struct(kind[0], name),))
    if not isinstance(kind, dict):
        return kind
    if "*" in kind:
        return GenericAlias(dict, (str, kind["*"] | None))
    fields = [
        (f"{key}_", _struct(each, key) | None | msgspec.UnsetType, msgspec.UNSET)
        for key, each in kind.items()
    ]
    return msgspec.defstruct(
        name, fields, rename={f"{key}_": key for key in kind}, forbid_unknown_fields=True, gc=False
    )


# --- readers: a file to what was read ------------------------------------------------------------


def by_duckdb(path: Path, threads: int, maps: bool = True) -> pa.Table:
    """An Arrow table; a row that does not fit its types is an error."""
    kinds = PROFILE if maps else PROFILE | {"attestations": _listed(PROFILE["attestations"])}
    columns = ", ".join(f"'{name}': '{_sql(kind)}'" for name, kind in kinds.items())
    with duckdb.connect(config={"threads": threads}) as connection:
        return connection.sql(
            f"FROM read_json('{path}', format='newline_delimited', columns={{{columns}}})"
        ).to_arrow_table()


def by_pyarrow(path: Path, threads: int) -> pa.Table:
    """An Arrow table; fields outside the schema are an error, as we ask."""
    pa.set_cpu_count(threads)
    schema = pa.schema([(name, _arrow(kind)) for name, kind in PROFILE.items()])
    return pa_json.read_json(
        path,
        read_options=pa_json.ReadOptions(use_threads=threads > 1, block_size=1 << 23),
        parse_options=pa_json.ParseOptions(
            explicit_schema=schema, unexpected_field_behavior="error"
        ),
    )


def by_polars(path: Path) -> pl.DataFrame:
    """A data frame, on all threads."""
    return pl.read_ndjson(path, schema={name: _polars(kind) for name, kind in PROFILE.items()})


def by_orjson(path: Path) -> list[Any]:
    """Plain dicts, the last block of them."""
    return _last_block(path, orjson.loads)


def by_msgspec(path: Path) -> list[Any]:
    """Structs, the last block of them."""
    return _last_block(path, _decoder().decode)


def by_msgspec_in_two(path: Path) -> None:
    """Structs in two processes, each on half of the bytes; what is read stays there."""
    middle = path.stat().st_size // 2
    halves = ((0, middle), (middle, path.stat().st_size))
    list(_processes().map(partial(_read_half, path), halves))


def _read_half(path: Path, half: tuple[int, int]) -> None:
    """Lines that begin within the bytes."""
    decode = _decoder().decode
    with path.open("rb") as file:
        file.seek(max(0, half[0] - 1))
        position = file.tell() + len(file.readline()) if half[0] else 0
        while position < half[1]:
            lines = file.readlines(min(1 << 23, half[1] - position))
            position += sum(map(len, lines))
            block = [decode(line) for line in lines]
            del block


@cache
def _decoder() -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(_struct(PROFILE))


@cache
def _processes() -> ProcessPoolExecutor:
    # not forked: the other readers' threads do not live on in a copy
    return ProcessPoolExecutor(2, get_context("spawn"), initializer=gc.disable)


def _last_block(path: Path, decode: Callable[[bytes], Any]) -> list[Any]:
    block: list[Any] = []
    with path.open("rb") as file:
        for lines in _blocks(file):
            block = [decode(line) for line in lines]
    return block


def _blocks(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    while block := list(itertools.islice(lines, BLOCK)):
        yield block


READERS: dict[str, Callable[[Path], Any]] = {
    "DuckDB, 1 thread": partial(by_duckdb, threads=1),
    "DuckDB, 2 threads": partial(by_duckdb, threads=2),
    "DuckDB, 2 threads, attestations as a struct": partial(by_duckdb, threads=2, maps=False),
    "PyArrow, 1 thread": partial(by_pyarrow, threads=1),
    "PyArrow, 2 threads": partial(by_pyarrow, threads=2),
    "Polars": by_polars,
    "orjson, to dicts": by_orjson,
    "msgspec, to Structs": by_msgspec,
    "msgspec, 2 processes": by_msgspec_in_two,
}

# --- what a reader notices -----------------------------------------------------------------------

UNKNOWN_FIELDS = ('{"id":"x","nonsense":1}', '{"id":"x","experience":[{"nonsense":1}]}')
WRONG_TYPES = (
    '{"id":"x","experience":[{"fte":"1.0"}]}',
    '{"id":"x","experience":[{"fte":true}]}',
    '{"id":"x","conduct":{"bound_by_code":1}}',
    '{"id":1}',
)
DUPLICATES = ('{"id":"x","birth_date":"1980","birth_date":"1990"}',)
ABSENT_AND_NULL = ('{"id":"x"}', '{"id":"x","citizenships":null}')


class Noticed(NamedTuple):
    """How many of the probes of each kind were refused, as `1 of 2`."""

    unknown_fields: str
    wrong_types: str
    duplicates: str
    absent_from_null: str


def noticed(read: Callable[[Path], Any]) -> Noticed:
    """What a reader says to lines that are wrong one way each."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "probe.ndjson"
        absent, null = (_result(read, file, line) for line in ABSENT_AND_NULL)
        return Noticed(
            _refused(read, file, UNKNOWN_FIELDS),
            _refused(read, file, WRONG_TYPES),
            _refused(read, file, DUPLICATES),
            "no" if _same(absent, null) else "yes",
        )


def _refused(read: Callable[[Path], Any], file: Path, lines: tuple[str, ...]) -> str:
    count = sum(isinstance(_result(read, file, line), Exception) for line in lines)
    return f"{count} of {len(lines)}"


def _result(read: Callable[[Path], Any], file: Path, line: str) -> Any:
    file.write_text(line + "\n", encoding="utf-8")
    try:
        return read(file)
    except (duckdb.Error, pa.ArrowException, pl.exceptions.PolarsError, ValueError) as refusal:
        return refusal


def _same(one: Any, other: Any) -> bool:
    return bool(one.equals(other) if hasattr(one, "equals") else one == other)


# --- the table -----------------------------------------------------------------------------------


def seconds(read: Callable[[Path], Any], path: Path) -> float:
    """The best of three runs; of one, if it is a long one."""
    best = float("inf")
    for _ in range(3):
        gc.collect()
        begun = time.perf_counter()
        read(path)
        best = min(best, time.perf_counter() - begun)
        if best > 10:
            break
    return best


def table(path: Path) -> Iterator[str]:
    """The lines of a Markdown table, each as soon as it is known."""
    with path.open("rb") as file:
        profiles = sum(1 for _ in file)
    yield (
        "| reader | profiles/s | MB/s | unknown fields refused | wrong types refused "
        "| duplicate keys refused | absent told from `null` |"
    )
    yield "| --- | ---: | ---: | --- | --- | --- | --- |"
    for name, read in READERS.items():
        rate = profiles / seconds(read, path)
        megabytes = rate * path.stat().st_size / profiles / 1e6
        probe = by_msgspec if read is by_msgspec_in_two else read
        yield f"| {name} | {rate:,.0f} | {megabytes:,.0f} | {' | '.join(noticed(probe))} |"


def _setting(path: Path) -> str:
    tools = ", ".join(
        f"{name} {version(name)}" for name in ("duckdb", "pyarrow", "polars", "orjson", "msgspec")
    )
    return (
        f"{path.stat().st_size / 1e6:,.0f} MB; {os.cpu_count()} cores shared with others; "
        f"CPython {platform.python_version()}; {tools}."
    )


def _write(lines: list[str]) -> None:
    """Between its two marks in the README; the rest of that page is others'."""
    text = README.read_text(encoding="utf-8")
    body = "<!-- readers -->\n" + "\n".join(lines) + "\n<!-- /readers -->"
    README.write_text(
        re.sub(r"(?s)<!-- readers -->.*<!-- /readers -->", lambda _: body, text), encoding="utf-8"
    )


def main() -> None:
    """Measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("profiles", type=Path)
    path = parser.parse_args().profiles
    gc.disable()
    lines = [_setting(path), ""]
    for line in table(path):
        print(line, flush=True)
        lines.append(line)
    _write(lines)


if __name__ == "__main__":
    main()
