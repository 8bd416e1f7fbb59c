"""The draft rule by hand on flat records (see `peer_profiles.py`): Python, NumPy, DuckDB's SQL.

Each is made for some records and gives back a run, which is what is timed, and a reading of what
the run returned.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from peer_profiles import FIELDS, OUTSIDERS, Flat, statuses

NEVER = "9999-12-31"
CRITERIA = ("degree", "practice", "charge", "development", "registration", "conduct")

Bodies = Mapping[str, str]
"""The day each body became a party."""


class Run(NamedTuple):
    """What is timed, and how its result is read: a row of statuses for each record."""

    run: Callable[[], Any]
    read: Callable[[Any], Any]


def as_it_is(result: Any) -> Any:
    return result


# --- plain Python, and NumPy by hand


def by_function(records: Sequence[Flat], bodies: Bodies) -> Run:
    """One function call a record, the reference itself."""
    return Run(lambda: [statuses(bodies, record) for record in records], as_it_is)


def by_numpy(records: Sequence[Flat], bodies: Bodies) -> Run:
    """Columns of numbers: codes from 1, 0 or NaN where unknown."""
    codes = {body: code for code, body in enumerate((*bodies, *OUTSIDERS), 1)}
    since = np.array([0, *(number(bodies.get(body, NEVER)) for body in codes)])
    held = {field: [record[field] for record in records] for field in FIELDS}
    washington = {None: 0, "washington-accord": 1}
    columns = {
        "accord": np.array([washington.get(code, 2) for code in held["accord"]], np.int8),
        "body": np.array([codes.get(code, 0) for code in held["body"]], np.int8),
        "awarded_on": np.array([number(day) if day else 0 for day in held["awarded_on"]]),
        "status": np.array([{None: 0, "active": 1}.get(c, 2) for c in held["status"]], np.int8),
        "finding": np.array([{None: 0, False: 1}.get(c, 2) for c in held["finding"]], np.int8),
    }
    amounts = {name: np.array(held[name], np.float64) for name in ("practice", "charge", "hours")}
    return Run(lambda: _in_numpy(columns | amounts, since), np.transpose)


def _in_numpy(columns: Mapping[str, Any], since: Any) -> Any:
    body, awarded = columns["body"], columns["awarded_on"]
    out = np.empty((7, len(body)), np.int8)

    def told(row: int, met: Any, unknown: Any) -> None:
        np.left_shift(met.view(np.int8), 1, out=out[row])
        out[row][unknown] = 1

    told(0, columns["accord"] == 1, columns["accord"] == 0)
    told(1, awarded >= since[body], (body == 0) | (awarded == 0))
    np.minimum(out[0], out[1], out=out[0])
    for row, (name, least) in enumerate((("practice", 7), ("charge", 2), ("hours", 150)), 1):
        told(row, columns[name] >= least, np.isnan(columns[name]))
    for row, name in enumerate(("status", "finding"), 4):
        told(row, columns[name] == 1, columns[name] == 0)
    np.minimum.reduce(out[:6], axis=0, out=out[6])
    return out


def number(day: str) -> int:
    """20160602 for 2016-06-02."""
    return int(day.replace("-", ""))


# --- SQL by hand

SQL = f"""
SELECT *, {" AND ".join(CRITERIA)} AS verdict FROM (SELECT
  accord = 'washington-accord' AND awarded_on >= CASE WHEN people.body IS NULL THEN NULL
    ELSE coalesce(since, DATE '{NEVER}') END AS degree,
  practice >= 7 AS practice, charge >= 2 AS charge, hours >= 150 AS development,
  status = 'active' AS registration, NOT finding AS conduct
FROM {{people}} people LEFT JOIN joined USING (body))
"""
TYPES = pa.schema(
    {
        "accord": pa.string(),
        "body": pa.string(),
        "awarded_on": pa.string(),
        "practice": pa.int32(),
        "charge": pa.int32(),
        "hours": pa.float64(),
        "status": pa.string(),
        "finding": pa.bool_(),
    }
)


TABLES = {"coded": "its table of ENUMs", "owned": "its table", "people": "Arrow"}


def by_duckdb(records: Sequence[Flat], bodies: Bodies, threads: int, table: str) -> Run:
    """SQL on one of TABLES."""
    flat = pa.Table.from_pylist(records, TYPES)
    flat = flat.set_column(2, "awarded_on", flat["awarded_on"].cast(pa.date32()))
    joined = pa.table({"body": [*bodies], "since": [*bodies.values()]})
    connection = duckdb.connect(config={"threads": threads})
    connection.register("people", flat)
    connection.register("parties", joined)
    connection.execute("CREATE TABLE joined AS SELECT body, since::DATE AS since FROM parties")
    if table == "owned":
        connection.execute("CREATE TABLE owned AS FROM people")
    elif table == "coded":
        _coded(connection)
    query = SQL.format(people=table)
    return Run(lambda: connection.sql(query).to_arrow_table(), three_valued)


def _coded(connection: Any) -> None:
    """Texts as ENUMs, which DuckDB compares and joins as numbers."""
    for name in ("accord", "body", "status"):
        connection.execute(
            f"CREATE TYPE {name}_code AS ENUM (SELECT {name} FROM (SELECT {name} FROM people "
            f"{'UNION SELECT body FROM joined' if name == 'body' else ''}) "
            f"WHERE {name} IS NOT NULL GROUP BY ALL)"
        )
    connection.execute(
        "CREATE TABLE coded AS SELECT * REPLACE (accord::accord_code AS accord, "
        "body::body_code AS body, status::status_code AS status) FROM people"
    )
    connection.execute("ALTER TABLE joined ALTER body TYPE body_code")


def three_valued(table: pa.Table) -> Any:
    """Nullable truths as statuses, shape (records, 7)."""
    columns = (table[name].cast(pa.int8()) for name in (*CRITERIA, "verdict"))
    doubled = [np.where(c.is_null(), 1, 2 * c.fill_null(0).to_numpy()) for c in columns]
    return np.transpose(doubled)
