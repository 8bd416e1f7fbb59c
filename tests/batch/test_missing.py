"""What is missing is counted as single profiles tell it."""

from __future__ import annotations

from dataclasses import replace

from outputs import PEOPLE
from recognition.batch.job import Job
from recognition.batch.run import run
from recognition.evaluate import evaluate
from recognition.standard.library import Library


def test_missing_evidence_is_what_would_settle_single_profiles(job: Job, books: Library) -> None:
    summary = run(replace(job, report=job.output.with_suffix(".html")), books)
    counted: dict[tuple[str, str], int] = {}
    for one in PEOPLE:
        for decided in evaluate(books, one, as_of="2020-01-01")["decisions"]:
            paths = {_path(pointer) for pointer in decided["would_settle"]}
            for path in paths:
                key = (decided["standard"], path)
                counted[key] = counted.get(key, 0) + 1
    assert {k: v for k, v in summary.missing.items() if k[1] != "standard"} == counted


def _path(pointer: str) -> str:
    return ".".join(step for step in pointer.split("/")[1:] if not step.isdigit())
