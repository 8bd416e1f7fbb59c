"""What tests of batches stand on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from outputs import PEOPLE
from recognition.batch.job import Job
from recognition.evaluate import day
from recognition.plan.question import Question
from recognition.standard.library import Library


@pytest.fixture
def job(tmp_path: Path, books: Library) -> Job:
    """A job of all standards, to lines of JSON."""
    path = tmp_path / "people.ndjson"
    path.write_bytes(b"\n".join(json.dumps(one).encode() for one in PEOPLE))
    rejects = tmp_path / "rejects.ndjson"
    return Job((path,), tmp_path / "out.ndjson", rejects, Question(), day("2020-01-01"), books.root)
