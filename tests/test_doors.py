"""One case decided through every door: library, command line, batch and HTTP say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from recognition import cli
from recognition.batch.job import Job
from recognition.batch.run import run
from recognition.cases import check as cases
from recognition.evaluate import day, evaluate
from recognition.plan.question import Question
from recognition.server.app import create_app
from recognition.standard.library import Library

ROOT = Path(__file__).parents[1]
MOST = 120
EVERY = [case for file in sorted(ROOT.glob("standards/*/cases.jsonl")) for case in cases.read(file)]
SAMPLE = EVERY[:: max(1, -(-len(EVERY) // MOST))]

pytestmark = pytest.mark.parametrize("case", SAMPLE, ids=lambda case: case["id"])


@pytest.fixture(scope="module")
def client(library: Library) -> TestClient:
    return TestClient(create_app(library))


def asked(case: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The standard, pinned if the case pins it, and the host."""
    version = f"@{case['version']}" if case.get("version") else ""
    return [case["standard"] + version], [case["host"]] if case.get("host") else []


def through_library(library: Library, case: dict[str, Any]) -> dict[str, Any]:
    return evaluate(library, case["profile"], *asked(case), case["as_of"])


def listed(decision: dict[str, Any], status: str) -> list[str]:
    return [found["criterion"] for found in decision["findings"] if found["status"] == status]


def test_the_command_line_says_what_the_library_says(
    library: Library, case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "library", lambda drafts=False: library)
    standards, hosts = asked(case)
    options = [f"--standard={name}" for name in standards] + [f"--host={code}" for code in hosts]
    called = CliRunner().invoke(
        cli.app,
        ["evaluate", "-", "--format=json", f"--as-of={case['as_of']}", *options],
        input=json.dumps(case["profile"]),
    )
    assert called.exit_code == 0
    assert json.loads(called.stdout) == through_library(library, case)


def test_a_batch_says_what_the_library_says(
    library: Library, case: dict[str, Any], tmp_path: Path
) -> None:
    people = tmp_path / "in.ndjson"
    people.write_text(json.dumps(case["profile"]) + "\n", "utf-8")
    standards, hosts = asked(case)
    job = Job(
        (people,),
        tmp_path / "out.ndjson",
        tmp_path / "rejects.ndjson",
        Question(tuple(standards), tuple(hosts)),
        day(case["as_of"]),
        library.root,
    )
    run(job, library)
    assert job.rejects.read_bytes() == b""
    assert [json.loads(line) for line in job.output.read_bytes().splitlines()] == [
        {
            "profile": case["profile"]["id"],
            "as_of": case["as_of"],
            **{key: one[key] for key in ("standard", "version", "host", "verdict", "reach")},
            **{status: listed(one, status) for status in ("unmet", "unknown")},
        }
        for one in through_library(library, case)["decisions"]
    ]


def test_the_service_says_what_the_library_says(
    library: Library, case: dict[str, Any], client: TestClient
) -> None:
    standards, hosts = asked(case)
    question = {"standards": standards, "as_of": case["as_of"]} | (
        {"hosts": hosts} if hosts else {}
    )
    answer = client.post("/v1/evaluations", json={"profile": case["profile"], **question})
    assert answer.status_code == 200
    assert answer.json() == through_library(library, case)
