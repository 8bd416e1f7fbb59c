"""Nothing is lost: killed runs go on to the same end, spoilt rows are all told of."""

from __future__ import annotations

import json
import random
import sys
from itertools import islice
from pathlib import Path

import fuzz
import kill
import pytest

from recognition.question import Question
from recognition.standard.library import Library

ROOT = Path(__file__).parents[1]
EXAMPLES = (ROOT / "examples/applicants.ndjson").read_bytes().splitlines()
LEAGUE = Question(("league",), ("AU", "PK"))

RUN = """
import signal, sys
from pathlib import Path
from recognition.batch import read, run
from recognition.batch.job import Job
from recognition.batch.parts import Parts
from recognition.question import Question
from recognition.standard.library import Library

tables = Parts.tables
moments = sys.argv[4:]

def met(moment):
    mark = Path(sys.argv[2] + "." + moment)
    if moment in moments and not mark.exists():
        mark.touch()
        signal.alarm(60)
        signal.pause()

def told(parts, count):
    for number, table in enumerate(tables(parts, count)):
        met(f"table-{number}")
        yield table

def main():
    source, output, root = map(Path, sys.argv[1:4])
    read.SIZE = 50_000
    Parts.tables = told
    question = Question(("league",), ("AU", "PK"))
    rejects = output.with_name(output.stem + ".rejects.ndjson")
    job = Job((source,), output, rejects, question, 18_262, root)
    def decided(summary, upto):
        met(f"chunk-{upto // read.SIZE}")
    run.run(job, Library.load(root), workers=2, resume=True, progress=decided)

if __name__ == "__main__":
    main()
"""
"""A run in small chunks, of the league on 2020-01-01, that waits at some moments to be killed."""


def run(source: Path, output: Path, books: Library, *moments: str) -> kill.Run:
    said = (sys.executable, "-c", RUN, str(source), str(output), str(books.root), *moments)
    return kill.Run(said, output)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """5,000 applicants, some of them cut off and some there twice."""
    folder = tmp_path_factory.mktemp("profiles")
    people = folder / "people.ndjson"
    rows = (
        {"id": f"p-{i}", "citizenships": ["AU"] if i % 2 else [], "degrees": None}
        for i in range(5000)
    )
    people.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    kill.spoilt(people, folder / "spoilt.ndjson")
    return folder / "spoilt.ndjson"


def test_a_run_killed_at_any_moment_ends_the_same_when_resumed(
    tmp_path: Path, source: Path, books: Library
) -> None:
    """Killed while it decides, again while it decides on, and while its output is assembled."""
    whole = run(source, tmp_path / "whole.ndjson", books)
    whole.finished()
    moments = ("chunk-2", "chunk-4", "table-3")
    asked = run(source, tmp_path / "out.ndjson", books, *moments)
    kills = [
        kill.Kill(tmp_path.joinpath(f"out.ndjson.{moment}").exists, alone, moment)
        for moment, alone in zip(moments, (False, True, False), strict=True)
    ]
    assert kill.broken(asked, kills) == list(moments)
    assert asked.told() == whole.told()
    assert all(whole.told())


# --- spoilt rows


@pytest.fixture(scope="module")
def trial(books: Library) -> fuzz.Trial:
    return fuzz.Trial.of(books, LEAGUE)


def test_each_spoilt_line_is_decided_or_rejected_with_reasons(trial: fuzz.Trial) -> None:
    """The exact way says of each of a sample what the fast way said."""
    luck = random.Random(7)
    rows = islice(fuzz.spoilt(EXAMPLES, luck), 3000)
    tally = trial.lines(rows, 100, luck)
    assert tally.faults == []
    assert 0 < tally.decided < tally.read
    assert tally.compared > 150


def test_each_spoilt_row_of_a_table_is_decided_or_rejected_with_reasons(
    trial: fuzz.Trial, tmp_path: Path
) -> None:
    """Cells of CSV and values of Parquet are spoilt, and no row is lost."""
    tally = fuzz.tables(trial, EXAMPLES, tmp_path, random.Random(7), 300)
    assert tally.faults == []
    assert 0 < tally.decided < tally.read


def test_a_torn_table_is_refused_or_told_in_full(trial: fuzz.Trial, tmp_path: Path) -> None:
    """Bytes of small files of CSV and Parquet are changed, or cut off."""
    tally = fuzz.torn(trial, EXAMPLES, tmp_path, random.Random(7), 20)
    assert tally.faults == []
    assert tally.codes["broken-file"] > 0


@pytest.mark.parametrize("said", ["9" * 400, "9" * 5000, "9" * 400 + ".5"])
def test_a_number_beyond_all_numbers_is_rejected_and_not_unknown(
    trial: fuzz.Trial, tmp_path: Path, said: str
) -> None:
    """A cell of very many digits is told as what it is."""
    path = tmp_path / "people.csv"
    path.write_text(f"id,cpd_1_hours\na,{said}\n", "utf-8")
    tally = trial.file(path, 1)
    assert (tally.faults, dict(tally.codes)) == ([], {"wrong-type": 1})
