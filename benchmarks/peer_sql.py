"""The draft rule as SQL written by hand, on the nested profiles themselves.

Days are counted in it as the rule asks: jobs may overlap, what is unknown is open both ways. Only
what the rule asks is said, and no more: nothing of part-time work, of coarse dates or of terms that
nobody knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa
from peer_columns import NEVER, Run, three_valued
from peer_profiles import AS_OF

TODAY = f"DATE '{AS_OF}'"
LONG_AGO = "DATE '1000-01-01'"

LISTS = {
    "accreditations": """
        SELECT person, awarded_on, held.accord, held."by" AS body FROM (
          SELECT person, degree.awarded_on::DATE AS awarded_on,
                 unnest(degree.accreditations) AS held
          FROM (SELECT person, unnest(degrees) AS degree FROM numbered))""",
    "jobs": f"""
        SELECT person, job.significant, job.responsible_charge, job."from"::DATE AS first,
               CASE WHEN job.until = '..' THEN {TODAY}
                    WHEN job.until IS NOT NULL THEN least(job.until::DATE, {TODAY}) END AS last
        FROM (SELECT person, unnest(experience) AS job FROM numbered)""",
    "learning": """
        SELECT person, entry."from"::DATE AS first, entry.until::DATE AS last, entry.hours
        FROM (SELECT person, unnest(cpd) AS entry FROM numbered)""",
    "held": """
        SELECT person, title.status
        FROM (SELECT person, unnest(registrations) AS title FROM numbered)""",
    "findings": """
        SELECT person, finding.open
        FROM (SELECT person, unnest(conduct.findings) AS finding FROM numbered)""",
    "everybody": """
        SELECT person, degrees IS NULL AS no_degrees, experience IS NULL AS no_jobs,
               cpd IS NULL AS no_learning, registrations IS NULL AS no_titles,
               conduct.findings IS NULL AS no_findings
        FROM numbered""",
}
"""Each list of the profiles as rows with typed columns."""

MACROS = """
CREATE MACRO any_met(met) AS CASE WHEN bool_or(met) THEN true
  WHEN bool_or(met IS NULL) THEN NULL ELSE false END;
CREATE MACRO bounded(surely, possibly) AS CASE WHEN surely THEN true
  WHEN possibly THEN NULL ELSE false END;
CREATE MACRO anniversary(first, years) AS CASE WHEN month(first) = 2 AND day(first) = 29
  THEN make_date(year(first) + years, 3, 1) ELSE (first + to_years(years))::DATE END;
CREATE MACRO reached(first, days, years) AS
  coalesce(days > 0 AND first + days::INTEGER >= anniversary(first, years), false);
CREATE MACRO told(unknown, there, met, none) AS CASE WHEN unknown THEN NULL
  WHEN there IS NULL THEN none ELSE met END;
"""
"""Three-valued "some", bounds as a truth, years to the day (an odd or small number of years after
29 February is no leap year), and a list that is unknown or empty."""

WHERE = {"practice": ("significant", 7), "charge": ("responsible_charge", 2)}
"""Which jobs count, and how many years are asked."""


def _span(name: str, end: str) -> str:
    """The first counted day and the number of days, of what surely or possibly counts."""
    first = "first" if end == "surely" else f"coalesce(first, {LONG_AGO})"
    last = f"{name}_{end}"
    return f"""
        min({first}) FILTER (WHERE {last} >= {first}) AS {last}_first,
        sum(greatest(0, {last} - greatest({first}, {last}_before + 1) + 1)) AS {last}_days"""


SPANS = [(name, end) for name in WHERE for end in ("surely", "possibly")]
RULE = f"""
degree AS (
  SELECT person, any_met(accord = 'washington-accord' AND awarded_on >= CASE WHEN body IS NULL
    THEN NULL ELSE coalesce(since, DATE '{NEVER}') END) AS met
  FROM accreditations LEFT JOIN joined USING (body) GROUP BY person),
counting AS (
  SELECT person, first,
    {
    ", ".join(
        f"CASE WHEN {where} AND first IS NOT NULL THEN coalesce(last, first) END AS {name}_surely, "
        f"CASE WHEN coalesce({where}, true) THEN coalesce(last, {TODAY}) END AS {name}_possibly"
        for name, (where, _) in WHERE.items()
    )
}
  FROM jobs),
reaching AS (
  SELECT *, {", ".join(f"max({n}_{e}) OVER before AS {n}_{e}_before" for n, e in SPANS)}
  FROM counting WINDOW before AS (PARTITION BY person ORDER BY first NULLS FIRST
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
counted AS (
  SELECT person, {", ".join(_span(name, end) for name, end in SPANS)}
  FROM reaching GROUP BY person),
work AS (
  SELECT person, {
    ", ".join(
        f"bounded(reached({name}_surely_first, {name}_surely_days, {years}), "
        f"reached({name}_possibly_first, {name}_possibly_days, {years})) AS {name}"
        for name, (_, years) in WHERE.items()
    )
}
  FROM counted),
development AS (
  SELECT person, bounded(
    coalesce(sum(hours) FILTER (WHERE counts), 0) >= 150,
    sum(coalesce(hours, 'infinity'::DOUBLE)) FILTER (WHERE coalesce(counts, true)) >= 150) AS met
  FROM (SELECT *, first >= DATE '2023-11-25' AND last <= {TODAY} AS counts FROM learning)
  GROUP BY person),
registered AS (SELECT person, any_met(status = 'active') AS met FROM held GROUP BY person),
conduct AS (SELECT person, any_met(open) AS met FROM findings GROUP BY person),
criteria AS (
  SELECT e.person,
    told(no_degrees, d.person, d.met, false) AS degree,
    told(no_jobs, w.person, w.practice, false) AS practice,
    told(no_jobs, w.person, w.charge, false) AS charge,
    told(no_learning, l.person, l.met, false) AS development,
    told(no_titles, r.person, r.met, false) AS registration,
    told(no_findings, c.person, NOT c.met, true) AS conduct
  FROM everybody e
  LEFT JOIN degree d ON d.person = e.person LEFT JOIN work w ON w.person = e.person
  LEFT JOIN development l ON l.person = e.person
  LEFT JOIN registered r ON r.person = e.person LEFT JOIN conduct c ON c.person = e.person)
SELECT *, degree AND practice AND charge AND development AND registration AND conduct AS verdict
FROM criteria
"""

GIVEN = {"typed rows": "rows", "its table": "owned", "Arrow": "profiles"}
"""Lists laid out as tables beforehand; profiles in its own table; profiles in an Arrow table."""


def by_duckdb(profiles: pa.Table, bodies: Mapping[str, str], given: str, threads: int) -> Run:
    """SQL on profiles; `given` is one of GIVEN's values."""
    connection = duckdb.connect(config={"threads": threads})
    connection.execute(MACROS)
    connection.register("profiles", profiles)
    connection.register("parties", pa.table({"body": [*bodies], "since": [*bodies.values()]}))
    connection.execute("CREATE TABLE joined AS SELECT body, since::DATE AS since FROM parties")
    parts = _parts("profiles" if given == "rows" else given)
    if given == "owned":
        connection.execute("CREATE TABLE owned AS FROM profiles")
    if given == "rows":
        for name in LISTS:
            connection.execute(f"CREATE TABLE {name} AS WITH {', '.join(parts)} FROM {name}")
        parts = []
    query = f"WITH {', '.join([*parts, RULE.strip()])}"
    return Run(lambda: connection.sql(query).to_arrow_table(), _in_order)


def _parts(people: str) -> list[str]:
    numbered = f"numbered AS (SELECT row_number() OVER () AS person, * FROM {people})"
    return [numbered, *(f"{name} AS ({query})" for name, query in LISTS.items())]


def _in_order(told: pa.Table) -> Any:
    return three_valued(told.sort_by("person"))
