"""What decides is counted."""

from __future__ import annotations

from outputs import rows
from recognition.batch.job import Job
from recognition.batch.run import run
from recognition.standard.library import Library


def test_criteria_that_decide_are_counted(job: Job, books: Library) -> None:
    summary = run(job, books)
    plain = rows(job, books)
    for (standard, verdict, criterion), count in summary.deciding.items():
        named = {"ineligible": "unmet", "undetermined": "unknown"}[verdict]
        alike = [r for r in plain if (r["standard"], r["verdict"]) == (standard, verdict)]
        assert count == sum(criterion in row[named] for row in alike)
