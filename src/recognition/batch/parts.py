"""Finished chunks on disk, each written aside and renamed: what a killed run leaves is used."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from recognition.batch.admit import encoded_rejects
from recognition.batch.job import Job
from recognition.batch.work import Outcome
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
        for left in parts.folder.glob("[0-9]*"):  # of a run that was killed while it ended
            left.unlink()
        parts._put("job.json", json.dumps({"fingerprint": fingerprint}).encode())
        return parts

    def has(self, number: int) -> bool:
        return (self.folder / f"{number:08}.json").is_file()

    def put(self, number: int, outcome: Outcome, place: Mapping[str, str]) -> None:
        """Keep a chunk's outcome; its counts come last and say that the part is whole.

        `place` says where its profiles were read: the file, and the sheet if there are several.
        """
        self._put(f"{number:08}.arrow", _encoded(outcome.decisions))
        self._put(f"{number:08}.ids", _encoded(outcome.ids))
        self._put(f"{number:08}.rejects", encoded_rejects(outcome.rejects))
        counts = {
            "read": outcome.read,
            "decided": outcome.decided,
            "rejected": len(outcome.rejects),
            "missing": [[*names, count] for names, count in sorted(outcome.missing.items())],
            "place": dict(place),
        }
        self._put(f"{number:08}.json", json.dumps(counts).encode())

    def counts(self, number: int) -> dict[str, Any]:
        counts: dict[str, Any] = json.loads((self.folder / f"{number:08}.json").read_text("utf-8"))
        return counts

    def tables(self, count: int) -> Iterator[pa.Table]:
        """The decisions of all parts, in order."""
        for number in range(count):
            yield self._read(f"{number:08}.arrow")

    def ids(self, number: int) -> pa.Table:
        """The ids that a part decided, and the lines they stood in."""
        return self._read(f"{number:08}.ids")

    def _read(self, name: str) -> pa.Table:
        with pa.OSFile(str(self.folder / name)) as file:
            return pa.ipc.open_file(file).read_all()

    def rejects(self, count: int) -> Iterator[bytes]:
        for number in range(count):
            yield (self.folder / f"{number:08}.rejects").read_bytes()

    def end(self) -> None:
        """Remove the parts; first the note, so that none is taken up again."""
        (self.folder / "job.json").unlink()
        shutil.rmtree(self.folder)

    def _put(self, name: str, content: Any) -> None:
        aside = self.folder / f"{name}.new"
        aside.write_bytes(content)
        os.replace(aside, self.folder / name)


def _encoded(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return sink.getvalue()
