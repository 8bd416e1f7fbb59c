"""The office's desk: a run that is interrupted, files that cannot be written, other terminals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from inputs import FLAT, PEOPLE, flat, job, text
from recognition.batch.run import run
from recognition.standard.library import Library
from test_cli import Call

INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from recognition import cli
from recognition.batch import run
from recognition.batch.input import files
from recognition.standard.library import Library

def interrupted(sources):
    for chunk in chunks(sources):
        yield chunk
        if chunk.number == at:
            os.killpg(0, signal.SIGINT)

at = int(sys.argv.pop(1))
root = Path(sys.argv.pop(1))
cli.library = lambda drafts=False: Library.load(root, drafts)
files.SIZE = 1000
chunks, run.chunks = run.chunks, interrupted
cli.main()
"""


def interrupted(at: int, library: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run of two processes, in which Ctrl-C is pressed after a chunk was handed over."""
    return subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(at), str(library), "batch", *arguments],
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


@pytest.mark.parametrize("at", [0, 2])
def test_who_interrupts_a_run_is_told_how_to_go_on(tmp_path: Path, small: Path, at: int) -> None:
    """Ctrl-C while processes start ends the run with 130, and `--resume` gives the same bytes."""
    people, out, whole = (tmp_path / name for name in ("in.ndjson", "out.ndjson", "whole.ndjson"))
    people.write_text("\n".join(map(json.dumps, PEOPLE)), "utf-8")
    asked = [str(people), "--as-of", "2020-01-01", "--workers", "2", "--output"]
    broken = interrupted(at, small, *asked, str(out))
    assert (broken.returncode, out.exists()) == (130, False)
    assert "`--resume`" in broken.stderr
    assert "Traceback" not in broken.stderr
    assert interrupted(-1, small, *asked, str(out), "--resume").returncode == 0
    assert interrupted(-1, small, *asked, str(whole)).returncode == 0
    assert out.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize(("ending", "between"), [(".csv.zst", ","), (".tsv.zst", "\t")])
def test_tables_are_unpacked(tmp_path: Path, books: Library, ending: str, between: str) -> None:
    """A text table packed by Zstandard is read as any other."""
    path = tmp_path / f"in{ending}"
    with pa.output_stream(str(path), compression="zstd") as file:
        file.write(text([FLAT, *map(flat, range(12))], between).encode())
    summary = run(job(tmp_path, path, books=books), books)
    assert (summary.decided, summary.rejected) == (12, 0)


@pytest.mark.parametrize("raw", ['{"id":"x"\n', "\n", '{"id":\n\n\n', '{"id":"x"\r\n'])
def test_a_document_cut_off_is_told_with_its_place(
    call: Call,
    tmp_path: Path,
    raw: str,
) -> None:
    """A text that ends in the middle, behind a line feed, is no failure of the program."""
    (tmp_path / "in.json").write_text(raw, "utf-8")
    called = call("evaluate", "in.json")
    assert called.code == 2
    assert f"line {raw.count(chr(10)) + 1}, column 1" in " ".join(called.err.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["batch", "in.ndjson", "--output", "/dev/null/out.csv"],
        ["batch", "in.ndjson", "--output", "/proc/out.csv"],
        ["batch", "in.ndjson", "--output", "/proc/out.xlsx"],
        ["batch", "in.ndjson", "--output", "out.csv", "--rejects", "/proc/rejects.ndjson"],
        ["batch", "in.ndjson", "--output", "out.csv", "--report", "/proc/report.html"],
        ["template", "--to", "/proc/template.xlsx"],
        ["standards", "reference", "/proc/reference"],
    ],
)
def test_where_nobody_may_write_is_told(call: Call, arguments: list[str]) -> None:
    """A folder in which nothing can be made ends a command with 2, and no stack."""
    Path("in.ndjson").write_text('{"id": "x"}\n', "utf-8")
    called = call(*arguments)
    assert called.code == 2
    assert "/" in called.err


def test_a_filled_template_is_not_written_over(call: Call) -> None:
    """Only who says `--force` replaces a workbook that is there."""
    Path("to.xlsx").write_bytes(b"filled")
    called = call("template", "--to", "to.xlsx")
    assert (called.code, Path("to.xlsx").read_bytes()) == (2, b"filled")
    assert "`--force`" in called.err
    assert call("template", "--to", "to.xlsx", "--force").code == 0
    assert Path("to.xlsx").read_bytes() != b"filled"


def test_validate_says_which_folder_it_read(
    call: Call,
    copied: Path,
    tmp_path: Path,
) -> None:
    """Whoever stands in another folder sees that it is not the one that was held to account."""
    told = [call("standards", "validate", *root).out for root in ([str(copied)], [])]
    first, second = ("".join(one.split("\n")[0]) for one in told)
    assert first == f"reading {copied.resolve()}"
    assert second.startswith("reading ")
    assert second != first
    assert call("standards", "validate", str(tmp_path / "nowhere")).code == 2


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "ascii", "latin-1"])
def test_other_terminals_are_spoken_to(tmp_path: Path, small: Path, encoding: str) -> None:
    """A sign that an encoding lacks is never `?`, which says that a verdict is open."""
    told = spoken(tmp_path, small, encoding, "--lang", "zh")
    assert told.count("?") == spoken(tmp_path, small, "utf-8", "--lang", "zh").count("?")


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_json_is_utf_8_on_every_terminal(tmp_path: Path, small: Path, encoding: str) -> None:
    """JSON is for programs, which know of no terminal."""
    whole = spoken(tmp_path, small, "utf-8", "--format", "json")
    assert spoken(tmp_path, small, encoding, "--format", "json") == whole


def spoken(folder: Path, library: Path, encoding: str, *options: str) -> str:
    """What `evaluate` writes to a terminal; its bytes, read as UTF-8 where they are JSON."""
    path = folder / "in.json"
    path.write_text(json.dumps(PEOPLE[1] | {"id": "é 张"}), "utf-8")
    script = INTERRUPTED.replace("files.SIZE = 1000", "")
    done = subprocess.run(
        [sys.executable, "-c", script, "-1", str(library), "evaluate", str(path),
         "--as-of", "2020-01-01", *options],
        capture_output=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode("utf-8" if "json" in options else encoding)
