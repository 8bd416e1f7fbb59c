"""Finished chunks on disk, each written aside and renamed: what a killed run leaves is used."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from recognition.batch.job import Job
from recognition.batch.work import Outcome, encoded_rejects
from recognition.problems import Problem, Refused


@dataclass(frozen=True)
class Parts:
    """The folder of a run's parts."""

    folder: Path

    @classmethod
    def begin(cls, job: Job, fingerprint: str, resume: bool) -> Parts:
        """An empty folder for a new run; the one left behind for a resumed one.

        Raises Refused when there is something to resume and `resume` was not said, or when it
        belongs to other inputs, standards or questions.
        """
        parts, note = cls(job.parts), job.parts / "job.json"
        if note.is_file():
            before = json.loads(note.read_text("utf-8"))["fingerprint"]
            if not resume:
                raise Refused(
                    [
                        Problem(
                            "unfinished",
                            "",
                            "an unfinished run left parts of this output",
                            f"go on with it by `--resume`, or remove `{job.parts}`",
                            str(job.output),
                        )
                    ]
                )
            if before != fingerprint:
                raise Refused(
                    [
                        Problem(
                            "stale",
                            "",
                            "the unfinished run read other inputs, or asked other standards",
                            f"remove `{job.parts}` to begin anew",
                            str(job.output),
                        )
                    ]
                )
            return parts
        parts.folder.mkdir(exist_ok=True)
        parts._put("job.json", json.dumps({"fingerprint": fingerprint}).encode())
        return parts

    def has(self, number: int) -> bool:
        return (self.folder / f"{number:08}.json").is_file()

    def put(self, number: int, outcome: Outcome) -> None:
        """Keep a chunk's outcome; its counts come last and say that the part is whole."""
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, outcome.decisions.schema) as writer:
            writer.write_table(outcome.decisions.combine_chunks())
        self._put(f"{number:08}.arrow", sink.getvalue())
        self._put(f"{number:08}.rejects", encoded_rejects(outcome.rejects))
        counts = {
            "read": outcome.read,
            "decided": outcome.decided,
            "rejected": len(outcome.rejects),
        }
        self._put(f"{number:08}.json", json.dumps(counts).encode())

    def counts(self, number: int) -> dict[str, int]:
        counts: dict[str, int] = json.loads((self.folder / f"{number:08}.json").read_text("utf-8"))
        return counts

    def tables(self, count: int) -> Iterator[pa.Table]:
        """The decisions of all parts, in order."""
        for number in range(count):
            with pa.OSFile(str(self.folder / f"{number:08}.arrow")) as file:
                yield pa.ipc.open_file(file).read_all()

    def rejects(self, count: int) -> Iterator[bytes]:
        for number in range(count):
            yield (self.folder / f"{number:08}.rejects").read_bytes()

    def end(self) -> None:
        shutil.rmtree(self.folder)

    def _put(self, name: str, content: Any) -> None:
        aside = self.folder / f"{name}.new"
        aside.write_bytes(content)
        os.replace(aside, self.folder / name)
