"""How many modules one profile enters on its way, by door: counted while it runs.

    python benchmarks/modules_entered.py

Each door is used once before, so that reading the library and making the plan are not counted.
Prints a line a door; with `--names` the modules too.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from fastapi.testclient import TestClient

import recognition
from recognition.cli import app as command_line
from recognition.server.app import create_app

ROOT = Path(__file__).parent.parent
PACKAGE = str(Path(recognition.__file__).parent)
JSON = {"Content-Type": "application/json"}
ASKED = ("--standard", "ipea", "--host", "AU", "--as-of", "2026-11-23")


def entered(use: Callable[[], Any]) -> list[str]:
    """The modules of the package whose functions are called, by name, in the order of entry."""
    seen: dict[str, None] = {}

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(PACKAGE):
            seen[frame.f_code.co_filename[len(PACKAGE) + 1 :]] = None

    use()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        use()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return list(seen)


def run(*arguments: str) -> None:
    """The command line, silent."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        command_line([*arguments], standalone_mode=False)


def doors(folder: Path) -> dict[str, Callable[[], Any]]:
    """One use of each door."""
    person = ROOT / "examples/person.json"
    few, many = folder / "few.ndjson", folder / "many.ndjson"
    lines = (ROOT / "examples/applicants.ndjson").read_bytes()
    few.write_bytes(lines[:200_000].rpartition(b"\n")[0])
    many.write_bytes(lines * 5)
    client = TestClient(create_app())
    body = b'{"profile": ' + person.read_bytes() + b', "standards": ["ipea"], "hosts": ["AU"]}'
    form = {"id": "x", "standards": "ipea", "hosts": "AU"}
    return {
        "command line": lambda: run("evaluate", str(person), *ASKED),
        "exact batch": lambda: run(
            "batch", str(few), "--output", str(folder / "a.parquet"), *ASKED
        ),
        "scanned batch": lambda: run(
            "batch", str(many), "--output", str(folder / "b.parquet"), *ASKED
        ),
        "POST": lambda: client.post("/v1/evaluations", content=body, headers=JSON),
        "form": lambda: client.post("/en/", data=form),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", action="store_true")
    named = parser.parse_args().names
    with tempfile.TemporaryDirectory() as folder:
        for door, use in doors(Path(folder)).items():
            modules = entered(use)
            print(f"{door}: {len(modules)}")
            if named:
                print("  " + " ".join(modules))


if __name__ == "__main__":
    main()
