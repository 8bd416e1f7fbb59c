"""Files of profiles: nothing is lost, nothing decided twice; a broken run goes on where it was."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from recognition import cli
from recognition.batch.input import files
from recognition.batch.job import Job
from recognition.batch.run import Summary, run
from recognition.evaluate import day, evaluate
from recognition.plan.question import Question
from recognition.problems import Refused
from recognition.standard.library import Library

AS_OF = "2020-01-01"
PEOPLE: list[dict[str, Any]] = [
    {
        "id": f"p-{i}",
        "citizenships": ["AU"] if i % 2 else [],
        "degrees": [{"level": "bachelor", "awarded_on": "2005"}] if i % 3 else None,
        "experience": [{"from": f"{2000 + i}", "until": "..", "fte": 1.0}],
        "registrations": [{"body": "EA", "status": "active", "expires_on": ".."}] if i % 5 else [],
    }
    for i in range(12)
]
LINES = [json.dumps(one).encode() for one in PEOPLE]


def job(folder: Path, *inputs: Path, output: str = "out.ndjson", books: Library) -> Job:
    """A job of the league in Australia and Pakistan, with what it writes in a folder."""
    question = Question(("league",), ("AU", "PK"))
    rejects = folder / "rejects.ndjson"
    return Job(inputs, folder / output, rejects, question, day(AS_OF), books.root)


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return saved(tmp_path / "people.ndjson", b"\n".join(LINES) + b"\n")


@pytest.fixture
def whole(tmp_path: Path, people: Path, books: Library) -> bytes:
    """What an unbroken run writes."""
    whole = job(tmp_path, people, output="whole.ndjson", books=books)
    run(whole, books)
    return whole.output.read_bytes()


# --- what is read


def test_counts_add_up(tmp_path: Path, books: Library) -> None:
    content = b"\n".join([*LINES, b"{", b'{"id": ""}'])
    asked = job(tmp_path, saved(tmp_path / "in.ndjson", content), books=books)
    summary = run(asked, books)
    assert (summary.read, summary.decided, summary.rejected) == (14, 12, 2)
    assert sum(summary.verdicts.values()) == len(lines(asked.output)) == 12 * 2
    assert len(lines(asked.rejects)) == 2


def test_decisions_are_those_of_one_profile_at_a_time(whole: bytes, books: Library) -> None:
    told = [json.loads(line) for line in whole.splitlines()]
    alone = [
        (one["id"], decided["host"], decided["version"], decided["verdict"])
        for one in PEOPLE
        for decided in evaluate(books, one, ["league"], ["AU", "PK"], AS_OF)["decisions"]
    ]
    assert [(t["profile"], t["host"], t["version"], t["verdict"]) for t in told] == alone


def test_a_reject_holds_where_it_stood_what_is_wrong_and_the_row(
    tmp_path: Path, books: Library
) -> None:
    bad = b'{"id": "b", "birth_date": "1980-02-30", "height": 1}'
    path = saved(tmp_path / "in.ndjson", b"\n".join([LINES[0], b"", bad, LINES[1]]))
    asked = job(tmp_path, path, books=books)
    run(asked, books)
    (reject,) = lines(asked.rejects)
    assert (reject["file"], reject["line"], reject["row"]) == (str(path), 3, bad.decode())
    assert [(p["pointer"], p["code"]) for p in reject["problems"]] == [
        ("/birth_date", "not-a-date"),
        ("/height", "unknown-field"),
    ]
    assert all(p["detail"] for p in reject["problems"])


def test_where_nothing_is_in_force_the_row_says_so_and_no_more(
    tmp_path: Path, people: Path, books: Library
) -> None:
    asked = job(tmp_path, people, books=books)
    early = Job(
        asked.inputs, asked.output, asked.rejects, asked.question, day("1990-01-01"), asked.root
    )
    run(early, books)
    assert {(row["verdict"], *row["unmet"], *row["unknown"]) for row in lines(early.output)} == {
        ("ineligible", "in-force")
    }


@pytest.mark.parametrize(
    "content",
    [
        b"\n".join(LINES),
        b"\r\n".join(LINES) + b"\r\n",
        b"\xef\xbb\xbf" + b"\n".join(LINES) + b"\n",
        b"\n\n" + b"\n \n".join(LINES) + b"\n\n",
    ],
    ids=["no-last-newline", "crlf", "byte-order-mark", "blank-lines"],
)
def test_the_same_profiles_in_other_bytes_are_decided_the_same(
    tmp_path: Path, books: Library, whole: bytes, content: bytes
) -> None:
    asked = job(tmp_path, saved(tmp_path / "in.ndjson", content), books=books)
    summary = run(asked, books)
    assert (summary.read, summary.rejected) == (12, 0)
    assert asked.output.read_bytes() == whole


@pytest.mark.parametrize("name", ["in.ndjson.gz", "in.json", "in.json.gz", "in.jsonl"])
def test_the_same_profiles_in_another_format_are_decided_the_same(
    tmp_path: Path, books: Library, whole: bytes, name: str
) -> None:
    listed = (
        json.dumps(PEOPLE, indent=1).encode() if ".json" in name and "jsonl" not in name else None
    )
    content = listed if listed and "ndjson" not in name else b"\n".join(LINES)
    asked = job(tmp_path, saved(tmp_path / name, content), books=books)
    run(asked, books)
    assert asked.output.read_bytes() == whole


def test_a_json_file_may_hold_one_profile(tmp_path: Path, books: Library) -> None:
    path = saved(tmp_path / "in.json", json.dumps(PEOPLE[0], indent=1).encode())
    assert run(job(tmp_path, path, books=books), books).decided == 1


@pytest.mark.parametrize("content", [b"[]", b"[ ]", b""])
def test_a_file_without_profiles_gives_no_decisions(
    tmp_path: Path, books: Library, content: bytes
) -> None:
    path = saved(tmp_path / ("in.json" if content else "in.ndjson"), content)
    asked = job(tmp_path, path, books=books)
    assert run(asked, books) == Summary()
    assert asked.output.read_bytes() == b""


def test_a_key_written_twice_in_a_list_is_refused_as_on_a_line(
    tmp_path: Path, books: Library
) -> None:
    twice = b'{"id": "x", "birth_date": "1980", "birth_date": "1981"}'
    for name, content in (("a.ndjson", twice), ("b.json", b"[" + LINES[0] + b", " + twice + b"]")):
        asked = job(tmp_path, saved(tmp_path / name, content), books=books)
        run(asked, books)
        (reject,) = lines(asked.rejects)
        assert reject["problems"][0]["code"] == "duplicate-key"


def test_two_short_lines_are_two_profiles(tmp_path: Path, books: Library) -> None:
    asked = job(tmp_path, saved(tmp_path / "in.ndjson", b'{}\n{"id": "x"}'), books=books)
    summary = run(asked, books)
    assert (summary.read, summary.decided) == (2, 1)
    assert [reject["line"] for reject in lines(asked.rejects)] == [1]


def test_several_inputs_are_read_in_order_each_with_its_own_lines(
    tmp_path: Path, books: Library, whole: bytes
) -> None:
    first = saved(tmp_path / "a.ndjson", b"\n".join(LINES[:5]))
    second = saved(tmp_path / "b.json", json.dumps([*PEOPLE[5:], {}]).encode())
    asked = job(tmp_path, first, second, books=books)
    run(asked, books)
    assert asked.output.read_bytes() == whole
    (reject,) = lines(asked.rejects)
    assert (reject["file"], reject["line"]) == (str(second), 8)


def test_a_small_chunk_gives_what_one_chunk_gives(
    tmp_path: Path, people: Path, books: Library, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for size in (1, 7, 200, 1000):
        monkeypatch.setattr(files, "SIZE", size)
        asked = job(tmp_path, people, books=books)
        run(asked, books)
        assert asked.output.read_bytes() == whole


# --- what is written


def test_parquet_csv_and_ndjson_say_the_same(tmp_path: Path, people: Path, books: Library) -> None:
    outputs = {}
    for name in ("out.ndjson", "out.csv", "out.parquet"):
        asked = job(tmp_path, people, output=name, books=books)
        run(asked, books)
        outputs[name] = asked.output
    told = lines(outputs["out.ndjson"])
    assert pq.read_table(outputs["out.parquet"]).to_pylist() == told
    with outputs["out.csv"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, one in zip(rows, told, strict=True):
        assert row == {
            key: " ".join(value) if isinstance(value, list) else value for key, value in one.items()
        }


def test_two_workers_write_what_one_writes(
    tmp_path: Path, people: Path, books: Library, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SIZE", 500)
    asked = job(tmp_path, people, books=books)
    run(asked, books, workers=2)
    assert asked.output.read_bytes() == whole


# --- runs that break off


class Broken(Exception):
    """What a test throws into a run."""


def broken_after(count: int) -> Any:
    """A progress that breaks the run off after some chunks."""
    left = [count]

    def told(summary: Summary, upto: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Broken

    return told


@pytest.mark.parametrize("after", [1, 2, 3, 5])
def test_a_run_broken_at_any_chunk_ends_the_same_when_resumed(
    tmp_path: Path,
    people: Path,
    books: Library,
    whole: bytes,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    monkeypatch.setattr(files, "SIZE", 400)
    asked = job(tmp_path, people, books=books)
    with pytest.raises(Broken):
        run(asked, books, progress=broken_after(after))
    assert not asked.output.exists()
    summary = run(asked, books, resume=True)
    assert asked.output.read_bytes() == whole
    assert (summary.read, summary.decided) == (12, 12)
    assert not asked.parts.exists()


def test_a_run_broken_twice_still_ends_the_same(
    tmp_path: Path, people: Path, books: Library, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SIZE", 400)
    asked = job(tmp_path, people, books=books)
    for resume, after in ((False, 1), (True, 3)):
        with pytest.raises(Broken):
            run(asked, books, resume=resume, progress=broken_after(after))
    run(asked, books, resume=True)
    assert asked.output.read_bytes() == whole


def test_a_half_written_part_is_done_again(
    tmp_path: Path, people: Path, books: Library, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SIZE", 400)
    asked = job(tmp_path, people, books=books)
    with pytest.raises(Broken):
        run(asked, books, progress=broken_after(2))
    (asked.parts / "00000001.json").unlink()
    (asked.parts / "00000001.told").write_bytes(b"half")
    run(asked, books, resume=True)
    assert asked.output.read_bytes() == whole


def test_resuming_where_nothing_broke_off_is_a_new_run(
    tmp_path: Path, people: Path, books: Library, whole: bytes
) -> None:
    asked = job(tmp_path, people, books=books)
    run(asked, books, resume=True)
    assert asked.output.read_bytes() == whole


def codes(asked: Job, books: Library, **how: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        run(asked, books, **how)
    return [problem.code for problem in refused.value.problems]


def test_an_unfinished_run_is_not_begun_anew_unasked(
    tmp_path: Path, people: Path, books: Library
) -> None:
    asked = job(tmp_path, people, books=books)
    with pytest.raises(Broken):
        run(asked, books, progress=broken_after(1))
    assert codes(asked, books) == ["unfinished"]


def test_parts_of_other_inputs_are_stale(tmp_path: Path, people: Path, books: Library) -> None:
    asked = job(tmp_path, people, books=books)
    with pytest.raises(Broken):
        run(asked, books, progress=broken_after(1))
    saved(people, b"\n".join(LINES[:3]))
    assert codes(asked, books, resume=True) == ["stale"]


def test_parts_under_other_rules_are_stale(
    tmp_path: Path, people: Path, books: Library, copied: Path
) -> None:
    asked = job(tmp_path, people, books=books)
    with pytest.raises(Broken):
        run(asked, books, progress=broken_after(1))
    rules = copied / "rules/small.json"
    rules.write_text(
        rules.read_text("utf-8").replace('"default": [', '"default": ["diploma",'), "utf-8"
    )
    assert codes(asked, Library.load(copied), resume=True) == ["stale"]


@pytest.mark.parametrize("name", ["in.ndjson.gz", "in.json.gz"])
@pytest.mark.parametrize("kept", [0.2, 0.9, "not gzip"])
def test_a_truncated_file_ends_in_a_clear_error(
    tmp_path: Path, books: Library, name: str, kept: float | str
) -> None:
    content = gzip.compress(b"\n".join(LINES * 50))
    cut = content[: int(len(content) * kept)] if isinstance(kept, float) else b"not gzip at all"
    path = tmp_path / name
    path.write_bytes(cut)
    asked = job(tmp_path, path, books=books)
    assert codes(asked, books) == ["broken-file"]
    assert not asked.output.exists()


def test_what_was_decided_before_a_file_broke_off_is_kept(
    tmp_path: Path, books: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SIZE", 1000)
    varied = b"\n".join(line.replace(b"p-", b"q%d-" % i) for i in range(200) for line in LINES)
    content = gzip.compress(varied, 1)
    path = tmp_path / "in.ndjson.gz"
    path.write_bytes(content[: len(content) // 2])
    asked = job(tmp_path, path, books=books)
    assert codes(asked, books) == ["broken-file"]
    assert len(list(asked.parts.glob("*.told"))) > 1


# --- what cannot be begun


def test_everything_that_stands_against_a_job_is_told_at_once(
    tmp_path: Path, people: Path, books: Library
) -> None:
    path = tmp_path / "people.txt"
    path.write_text("", "utf-8")
    asked = Job(
        (path, tmp_path / "none.ndjson"),
        tmp_path / "nowhere/out.ndjson",
        tmp_path / "rejects.xml",
        Question(),
        day(AS_OF),
        books.root,
    )
    assert codes(asked, books) == [
        "no-such-format",
        "no-such-file",
        "no-such-folder",
        "no-such-format",
    ]


def test_an_output_never_replaces_an_input(tmp_path: Path, people: Path, books: Library) -> None:
    before = people.read_bytes()
    assert codes(job(tmp_path, people, output=people.name, books=books), books) == ["own-input"]
    assert people.read_bytes() == before


def test_no_input_is_refused(tmp_path: Path, books: Library) -> None:
    assert codes(job(tmp_path, books=books), books) == ["missing"]


def test_output_and_rejects_are_two_files(tmp_path: Path, people: Path, books: Library) -> None:
    assert codes(job(tmp_path, people, output="rejects.ndjson", books=books), books) == [
        "own-output"
    ]


def test_a_standard_that_does_not_exist_leaves_no_parts(
    tmp_path: Path, people: Path, books: Library
) -> None:
    asked = job(tmp_path, people, books=books)
    wrong = Job(
        asked.inputs, asked.output, asked.rejects, Question(("leage",)), asked.as_of, asked.root
    )
    assert codes(wrong, books) == ["no-such-standard"]
    assert not wrong.parts.exists()


def test_parts_left_without_their_note_are_not_taken_up(tmp_path: Path, library: Library) -> None:
    """A run killed while it removed its parts leaves some; another question is asked anew."""
    source = tmp_path / "a.ndjson"
    source.write_bytes(b'{"id": "A-1"}\n')
    output = tmp_path / "o.ndjson"
    left = tmp_path / "o.ndjson.parts"
    left.mkdir()
    (left / "00000000.json").write_text('{"read": 7, "decided": 7, "rejected": 0}', "utf-8")
    told = CliRunner().invoke(
        cli.app,
        ["batch", str(source), "--output", str(output), "--standard", "ipea", "--host", "AU"],
    )
    assert told.exit_code == 0, told.output
    assert [json.loads(line)["standard"] for line in output.read_text("utf-8").splitlines()] == [
        "ipea"
    ]
    assert not left.exists()
