"""Tables decided wherever they are sent: what comes out is what the files of this machine hold."""

from __future__ import annotations

import json
import pickle
import random
import shutil
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import fuzz
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from recognition import cli, distributed
from recognition.batch.job import Job
from recognition.batch.output.layout import View
from recognition.batch.run import run
from recognition.distributed import Decide, packed, spark
from recognition.evaluate import day
from recognition.plan.question import Question
from recognition.problems import Refused
from recognition.profile.records import arrow_schema
from recognition.standard.library import Library

ROOT = Path(__file__).parents[1]
EXAMPLES = (ROOT / "examples/applicants.ndjson").read_bytes().splitlines()
AS_OF = "2020-01-01"
ASKED = Question(("league",), ("AU", "PK"))
VIEWS = [
    View(),
    View(wide=True),
    View(findings="columns"),
    View(findings="nested"),
    View(only="undetermined"),
]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Applicants whose lines are spoilt in many ways, and lines that are empty."""
    spoilt = [*islice(fuzz.spoilt(EXAMPLES, random.Random(11)), 300), b"", b"  "]
    lines = (line.replace(b"\n", b" ") for line in (*EXAMPLES[:100], *spoilt, *EXAMPLES[100:200]))
    path = tmp_path / "people.ndjson"
    path.write_bytes(b"\n".join(lines))
    return path


@pytest.fixture
def here(tmp_path: Path, people: Path, books: Library) -> Job:
    """The job of this machine: the league in Australia and Pakistan."""
    rejects = tmp_path / "rejects.ndjson"
    return Job((people,), tmp_path / "out.parquet", rejects, ASKED, day(AS_OF), books.root)


def rows(path: Path) -> pa.Table:
    """A file's lines as a table, with the place of each."""
    lines = path.read_bytes().split(b"\n")
    return pa.table(
        {"row": lines, "file": [str(path)] * len(lines), "line": range(1, len(lines) + 1)}
    )


def parted(told: pa.Table) -> tuple[list[Any], list[str]]:
    """The decisions and the rejects of what came out."""
    several = told.to_pylist()
    rejects = [row["reject"] for row in several if row["reject"] is not None]
    kept = [row for row in several if row.pop("reject") is None]
    return kept, rejects


# --- what comes out


@pytest.mark.parametrize("view", VIEWS)
def test_rows_come_to_what_the_files_hold(here: Job, books: Library, view: View) -> None:
    """Decisions in every layout, and rejects word for word."""
    summary = run(replace(here, view=view), books)
    told, rejects = parted(Decide.of(books, ASKED, AS_OF, view)(rows(here.inputs[0])))
    assert told == pq.read_table(here.output).to_pylist()
    assert rejects == here.rejects.read_text("utf-8").split("\n")[:-1]
    assert min(summary.decided, summary.rejected) > 100


def test_columns_come_to_what_rows_come_to(books: Library) -> None:
    """A table of the profile's own columns, in types that say the same."""
    decide = Decide.of(books, ASKED, AS_OF)
    profiles = [json.loads(line) for line in EXAMPLES[:50]]
    table = pa.Table.from_pylist(profiles, arrow_schema())
    large = table.set_column(0, "id", table["id"].cast(pa.large_string()))
    assert decide(large) == decide(pa.table({"row": EXAMPLES[:50]}))


def test_a_profile_that_does_not_hold_together_is_told_with_its_place(books: Library) -> None:
    table = pa.table(
        {"id": ["a", "b"], "birth_date": ["2000", "2000-02-30"], "file": ["x", "y"], "line": [7, 3]}
    )
    told, (reject,) = parted(Decide.of(books, ASKED, AS_OF)(table))
    assert {row["profile"] for row in told} == {"a"}
    assert [json.loads(reject)[key] for key in ("file", "line")] == ["y", 3]
    assert json.loads(reject)["problems"][0]["pointer"] == "/birth_date"


def test_a_row_without_a_place_is_told_without_one(books: Library) -> None:
    """Text as well as bytes, over several lines; null is no row."""
    table = pa.table({"row": ['{"id":\r\n"a"}', None, "{"]})
    told, (reject,) = parted(Decide.of(books, ASKED, AS_OF)(table))
    assert {row["profile"] for row in told} == {"a"}
    assert list(json.loads(reject)) == ["problems", "row"]


def test_columns_that_are_none_of_profiles_are_refused(books: Library) -> None:
    with pytest.raises(Refused, match=r"`birthdate` is no column.*\n.*`id` is missing"):
        Decide.of(books, ASKED, AS_OF)(pa.table({"birthdate": ["2000"]}))


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_in_is_nothing_out(books: Library, view: View) -> None:
    """An empty table has the schema of every other."""
    decide = Decide.of(books, ASKED, AS_OF, view)
    assert decide(pa.table({"row": pa.array([], pa.string())})) == decide.schema().empty_table()


# --- the library goes along


def test_what_is_sent_needs_no_folder(copied: Path) -> None:
    """The library is in what is sent, and decides the same where its folder is not."""
    decide = Decide.of(Library.load(copied), ASKED, AS_OF)
    table = pa.table({"row": EXAMPLES[:20]})
    told, sent = decide(table), pickle.dumps(decide)
    shutil.rmtree(copied)
    packed.work.cache_clear()
    assert pickle.loads(sent)(table) == told


def test_another_program_does_not_decide(books: Library) -> None:
    decide = Decide.of(books, ASKED, AS_OF)
    other = replace(decide, packed=replace(decide.packed, program="another"))
    with pytest.raises(Refused, match="install one version"):
        other(pa.table({"row": EXAMPLES[:1]}))


def test_another_library_does_not_decide(copied: Path) -> None:
    """One that was changed after it was read."""
    packed.work.cache_clear()
    library, edition = Library.load(copied), copied / "standards/league/2013.json"
    edition.write_text(edition.read_text("utf-8").replace("section 1", "section 2"), "utf-8")
    with pytest.raises(Refused, match="the library was changed"):
        Decide.of(library, ASKED, AS_OF)(pa.table({"row": EXAMPLES[:1]}))


def test_a_question_that_cannot_be_answered_is_not_sent(books: Library) -> None:
    with pytest.raises(Refused, match="no standard `leage`"):
        Decide.of(books, Question(("leage",)), AS_OF)


# --- Spark


def test_spark_gets_texts_for_dictionaries(books: Library) -> None:
    decide = Decide.of(books, ASKED, AS_OF, View(findings="nested"))
    table = pa.table({"row": EXAMPLES[:9]})
    told = pa.Table.from_batches(spark.batches(decide)(iter(table.to_batches(4))))
    assert told.to_pylist() == decide(table).to_pylist()
    assert not any(pa.types.is_dictionary(field.type) for field in told.schema)


def test_the_columns_are_written_as_spark_writes_them(books: Library) -> None:
    columns = "`profile` STRING, `as_of` STRING, `league:AU` STRING, `league:PK` STRING"
    wide = Decide.of(books, ASKED, AS_OF, View(wide=True))
    assert spark.ddl(wide) == f"{columns}, `reject` STRING"
    nested = Decide.of(books, ASKED, AS_OF, View(findings="nested"))
    findings = "`findings` ARRAY<STRUCT<criterion: STRING, status: STRING>>"
    assert spark.ddl(nested).endswith(f"`unknown` ARRAY<STRING>, {findings}, `reject` STRING")


# --- wrong calls


def test_a_cluster_that_is_not_installed_is_told(
    here: Job, books: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.delitem(sys.modules, "recognition.distributed.ray", raising=False)
    with pytest.raises(Refused, match=r"`ray` is not installed \(pip install recognition\[ray\]\)"):
        distributed.crew("ray", here, books)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--on", "spark"], "`spark` is no choice here"),
        (["--address", "auto"], "an address is one of a cluster"),
        (["--on", "ray", "--workers", "2"], "leave out `--workers` or `--on`"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(
    people: Path, books: Library, monkeypatch: pytest.MonkeyPatch, options: list[str], says: str
) -> None:
    monkeypatch.setattr(cli, "library", lambda drafts=False: books)
    arguments = ["batch", str(people), "--output", str(people.with_name("out.csv")), *options]
    assert says in str(CliRunner().invoke(cli.app, arguments).exception)
