"""Everything the program says, written down as files: two versions compared byte by byte.

    python benchmarks/same_answers.py before/      # in the one checkout
    python benchmarks/same_answers.py after/       # in the other
    diff -rq before after

Batch output in every format and layout on `examples/`, answers of the API and the text of every
case of the library in both languages, schemas, the description of the API, the reference's pages.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from fastapi.testclient import TestClient
from rich.console import Console

from recognition import render
from recognition.cases import check as cases
from recognition.cli import app as command_line
from recognition.explain.decision import Answer
from recognition.server.app import create_app
from recognition.standard.library import Library

ROOT = Path(__file__).parent.parent
DAY = ("--as-of", "2026-11-23")
FEW = ("--standard", "washington-accord", "--standard", "ipea", "--standard", "us-tx-133-27-au")
LAYOUTS: tuple[tuple[str, ...], ...] = (
    (),
    ("--wide",),
    ("--findings", "columns"),
    ("--findings", "nested"),
    ("--only", "eligible"),
)
SCHEMAS = ("profile", "standard", "rule", "agreement", "case", "decision")


def run(*arguments: str) -> str:
    """What the command line prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        command_line([*arguments], standalone_mode=False)
    return out.getvalue()


def batches(folder: Path) -> None:
    """Every format and layout; a workbook without the day it was written on."""
    inputs = str(ROOT / "examples/applicants.ndjson")
    for number, layout in enumerate(LAYOUTS):
        for ending in ("parquet", "ndjson", "csv", "xlsx"):
            if ending in ("csv", "xlsx") and "nested" in layout:
                continue
            output = folder / f"batch-{number}.{ending}"
            run("batch", inputs, "--output", str(output), *FEW, *DAY, *layout)
            if ending == "xlsx":
                _unpacked(output)
    everything = folder / "batch-all.parquet"
    report = str(folder / "report.html")
    run("batch", inputs, "--output", str(everything), *DAY, "--wide", "--report", report)


def _unpacked(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as packed:
        for name in packed.namelist():
            if not name.endswith("core.xml"):
                to = workbook.with_suffix("") / name
                to.parent.mkdir(parents=True, exist_ok=True)
                to.write_bytes(packed.read(name))
    workbook.unlink()


def answers(folder: Path, library: Library) -> None:
    """Each case through the API, and as text in both languages."""
    client = TestClient(create_app())
    for standard, case in _cases():
        asked = {
            "profile": case["profile"],
            "standards": [case["standard"] + (f"@{case['version']}" if "version" in case else "")],
            "hosts": [case["host"]] if case.get("host") else [],
            "as_of": case["as_of"],
        }
        answer = client.post("/v1/evaluations", json=asked)
        told = [answer.text]
        if answer.status_code == 200:
            decided = msgspec.convert(answer.json(), Answer)
            told += [_printed(render.decisions(decided, lang, True)) for lang in ("en", "zh")]
        with (folder / f"{standard}.txt").open("a", encoding="utf-8") as file:
            file.write("\n".join([case["id"], *told, ""]))


def _printed(lines: Iterable[Any]) -> str:
    out = io.StringIO()
    console = Console(file=out, width=80, highlight=False)
    for line in lines:
        console.print(line)
    return out.getvalue()


def _cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((ROOT / "standards").glob("*/cases.jsonl")):
        yield from ((path.parent.name, case) for case in cases.read(path))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    for part in ("batch", "answers", "schemas", "reference"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    library = Library.load()
    for name in SCHEMAS:
        (folder / "schemas" / f"{name}.json").write_text(run("schema", name), "utf-8")
    described = json.dumps(create_app().openapi(), indent=1, ensure_ascii=False)
    (folder / "schemas" / "openapi.json").write_text(described, "utf-8")
    run("standards", "reference", str(folder / "reference"))
    answers(folder / "answers", library)
    batches(folder / "batch")


if __name__ == "__main__":
    main()
