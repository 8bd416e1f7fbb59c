"""What is not published decides only where somebody asks for it, and every answer says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recognition.evaluate import evaluate
from recognition.problems import Refused
from recognition.server.app import create_app
from recognition.standard import lint
from recognition.standard.library import Library
from test_cli import Call

DAY = "2025-06-01"
NAMED = "yonder@2025-03"


@pytest.fixture
def drafted(copied: Path) -> Path:
    """A library of published editions, and one draft that would follow the last of them."""
    lint.publish(Library.load(copied))
    edition = json.loads((copied / "standards/yonder/2024-09.json").read_text("utf-8"))
    edition |= {"version": "2025-03"}
    edition["in_force"] = {**edition["in_force"], "from": "2025-03-01", "until": ".."}
    (copied / "standards/yonder/2025-03.json").write_text(json.dumps(edition), "utf-8")
    return copied


def told(library: Library, *standards: str, day: str = DAY) -> tuple[set[Any], list[str]]:
    """The versions that decide, and the codes of the warnings."""
    answer = evaluate(library, {"id": "x"}, standards, as_of=day)
    versions = {(one["standard"], one["version"]) for one in answer["decisions"]}
    return versions, [warning["code"] for warning in answer["warnings"]]


def test_a_draft_changes_no_answer(drafted: Path) -> None:
    """With a draft in the folder the published edition decides, as if it were not there."""
    library = Library.load(drafted)
    assert told(library, "yonder") == ({("yonder", "2024-09")}, [])
    assert ("yonder", "2024-09") in told(library)[0]
    assert library.known_on("2030-01-01").edition("yonder", "2024-09") is not None
    (drafted / "standards/yonder/2025-03.json").unlink()
    before = Library.load(drafted)
    assert evaluate(library, {"id": "x"}, as_of=DAY) == evaluate(before, {"id": "x"}, as_of=DAY)


def test_a_draft_decides_where_it_is_named(drafted: Path) -> None:
    """Who names the version is answered by it, and told that it is a draft."""
    assert told(Library.load(drafted), NAMED) == ({("yonder", "2025-03")}, ["draft"])
    (drafted / "standards/LOCK.json").unlink()
    assert told(Library.load(drafted), NAMED)[1] == []


def test_the_service_says_that_a_draft_decided(drafted: Path) -> None:
    """Over HTTP too: who names a draft is answered by it, and told."""
    client = TestClient(create_app(Library.load(drafted)))
    asked = {"profile": {"id": "x"}, "standards": [NAMED], "as_of": DAY}
    answer = client.post("/v1/evaluations", json=asked).json()
    assert [one["version"] for one in answer["decisions"]] == ["2025-03"] * len(answer["decisions"])
    assert [warning["code"] for warning in answer["warnings"]] == ["draft"]


def test_drafts_take_their_place_where_all_are_asked_for(drafted: Path) -> None:
    """With its drafts a library answers as it would once they are published, and says so."""
    library = Library.load(drafted, drafts=True)
    assert told(library, "yonder") == ({("yonder", "2025-03")}, ["draft"])
    assert told(library, "yonder", day="2025-01-01") == ({("yonder", "2024-09")}, [])
    lint.publish(library)
    assert told(Library.load(drafted), "yonder") == ({("yonder", "2025-03")}, [])


def test_a_published_edition_that_was_changed_is_a_draft(drafted: Path) -> None:
    """What is not as it was published is not what was published."""
    path = drafted / "standards/yonder/2024-09.json"
    edition = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(edition | {"published": "2024-01-01"}), "utf-8")
    library = Library.load(drafted)
    with pytest.raises(Refused) as refused:
        told(library, "yonder")
    (problem,) = refused.value.problems
    assert problem.code == "only-drafts"
    assert "`yonder@2024-09` or `yonder@2025-03`" in problem.hint
    assert {standard for standard, _ in told(library)[0]} == {"league"}
    assert told(library, "yonder@2024-09")[1] == ["draft"]


def test_whoever_writes_standards_sees_drafts(call: Call, drafted: Path) -> None:
    """Drafts are shown, and held to account before they are published."""
    library = Library.load(drafted, drafts=True)
    assert "yonder@2025-03" in call("standards", "show", "yonder", library=library).out
    valid = call("standards", "validate", str(drafted), "--no-remarks")
    assert (valid.code, "2025-03.json" in valid.err) == (1, True)


def test_every_answer_of_the_command_line_says_it(call: Call, drafted: Path) -> None:
    """`evaluate` and `batch` tell of the draft by which they decide, and of no other."""
    Path("in.ndjson").write_text('{"id": "x"}\n', "utf-8")
    library, asked = Library.load(drafted), ("--as-of", DAY, "--standard")
    batch = ("batch", "in.ndjson", "--output", "out.csv")
    assert "is a draft" in call("evaluate", "in.ndjson", *asked, NAMED, library=library).out
    assert "is a draft" not in call("evaluate", "in.ndjson", *asked, "yonder", library=library).out
    assert "is a draft" in call(*batch, *asked, NAMED, library=library).err
    assert "2025-03" in Path("out.csv").read_text("utf-8")
    assert "is a draft" not in call(*batch, *asked, "yonder", library=library).err
