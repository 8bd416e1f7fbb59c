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

from recognition.batch.job import Job
from recognition.batch.run import run as decided
from recognition.plan.question import Question
from recognition.problems import Refused
from recognition.standard.library import Library

ROOT = Path(__file__).parents[2]
EXAMPLES = (ROOT / "examples/applicants.ndjson").read_bytes().splitlines()
LEAGUE = Question(("league",), ("AU", "PK"))

RUN = """
import signal, sys
from pathlib import Path
from recognition.batch.input import files
from recognition.batch import run
from recognition.batch.job import Job
from recognition.batch.checkpoint import Checkpoint
from recognition.plan.question import Question
from recognition.standard.library import Library

told, rejects = Checkpoint.told, Checkpoint.rejects
moments = sys.argv[4:]

def met(moment):
    mark = Path(sys.argv[2] + "." + moment)
    if moment in moments and not mark.exists():
        mark.touch()
        signal.alarm(60)
        signal.pause()

def read_on(parts, number):
    met(f"part-{number}")
    return told(parts, number)

def rejected(parts, count):
    met("rejects")
    return rejects(parts, count)

def main():
    source, output, root = map(Path, sys.argv[1:4])
    files.SIZE = 50_000
    Checkpoint.told, Checkpoint.rejects = read_on, rejected
    question = Question(("league",), ("AU", "PK"))
    aside = output.with_name(output.stem + ".rejects.ndjson")
    job = Job((source,), output, aside, question, 18_262, root)
    def decided(summary, upto):
        met(f"chunk-{upto // files.SIZE}")
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


@pytest.mark.parametrize("moments", [("chunk-2", "part-4"), ("part-3", "rejects")])
def test_a_run_killed_at_any_moment_ends_the_same_when_resumed(
    tmp_path: Path, source: Path, books: Library, moments: tuple[str, ...]
) -> None:
    """Killed while it decides, while its output is assembled, or behind that, then let go on."""
    whole = run(source, tmp_path / "whole.ndjson", books)
    whole.finished()
    asked = run(source, tmp_path / "out.ndjson", books, *moments)
    kills = [
        kill.Kill(tmp_path.joinpath(f"out.ndjson.{moment}").exists, alone, moment)
        for moment, alone in zip(moments, (True, False), strict=True)
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
    tally = trial.lines(rows, 200, luck)
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


def test_a_full_disk_ends_a_run_in_words_and_what_was_decided_is_kept(
    tmp_path: Path, source: Path, books: Library
) -> None:
    """The error says that there is no space and how to go on, and going on ends the run."""
    rejects = tmp_path / "out.rejects.ndjson"
    asked = Job((source,), tmp_path / "out.ndjson", rejects, LEAGUE, 18_262, books.root)
    (tmp_path / "out.ndjson.new").symlink_to("/dev/full")
    with pytest.raises(Refused) as refused:
        decided(asked, books)
    (problem,) = refused.value.problems
    assert "No space left" in problem.detail
    assert "--resume" in problem.hint
    assert list(asked.parts.glob("*.told"))
    summary = decided(asked, books, resume=True)
    assert summary.read == summary.decided + summary.rejected
    assert asked.output.stat().st_size
