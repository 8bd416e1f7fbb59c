"""Finished chunks on disk, each written aside and renamed: what a killed run leaves is used."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from recognition.batch.job import Job
from recognition.batch.keys import keys
from recognition.batch.output import write
from recognition.batch.output.layout import View
from recognition.batch.output.summary import Summary
from recognition.batch.output.write import Kept
from recognition.batch.rejects import encoded_rejects, encoded_warnings
from recognition.batch.work import IDS, Outcome
from recognition.bounds import Array
from recognition.plan.plan import Plan
from recognition.problems import Problem, Refused


@dataclass(frozen=True)
class Checkpoint:
    """The folder of a run's parts; how decisions are kept in it follows from the job."""

    folder: Path
    view: View
    plan: Plan
    kept: Kept

    @classmethod
    def of(cls, job: Job, plan: Plan) -> Checkpoint:
        """The parts of a job that has begun."""
        return cls(job.parts, job.view, plan, write.FORMS[job.output.suffix].kept)

    @classmethod
    def begin(cls, job: Job, plan: Plan, fingerprint: str, resume: bool) -> Checkpoint:
        """An empty folder for a new run; the one left behind for a resumed one.

        Raises Refused when there is something to resume and `resume` was not said, or when it
        belongs to other inputs, standards or questions.
        """
        parts, note = cls.of(job, plan), job.parts / "job.json"
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
        parts._write("job.json", json.dumps({"fingerprint": fingerprint}).encode())
        return parts

    def has(self, number: int) -> bool:
        return (self.folder / f"{number:08}.json").is_file()

    def put(self, number: int, outcomes: Iterable[Outcome], place: Mapping[str, str]) -> None:
        """Keep a chunk's outcomes as they come; its counts come last and say that it is whole.

        `place` says where its profiles were read: the file, and the sheet if there are several.
        """
        summary, ids = Summary(), [IDS.empty_table()]
        rejects: list[bytes] = []
        warnings: list[bytes] = []

        def told() -> Iterator[pa.Table]:
            for outcome in outcomes:
                summary.add(outcome.summary)
                ids.append(outcome.ids)
                rejects.append(encoded_rejects(outcome.rejects))
                warnings.append(encoded_warnings(outcome.warnings))
                yield self.view.kept(outcome.decisions)

        schema = self.view.schema(self.plan)
        self._put(f"{number:08}.told", lambda path: self.kept(told(), path, schema))
        held = pa.concat_tables(ids)
        self._put(f"{number:08}.ids", lambda path: write.kept([held], path, IDS))
        self._write(f"{number:08}.keys", keys(held["id"]).tobytes())
        self._write(f"{number:08}.rejects", b"".join(rejects))
        self._write(f"{number:08}.warnings", b"".join(warnings))
        counts = {**summary.written(), "place": dict(place)}
        self._write(f"{number:08}.json", json.dumps(counts).encode())

    def summary(self, number: int) -> Summary:
        """What a part came to."""
        return Summary.of(self._counts(number))

    def place(self, number: int) -> dict[str, str]:
        """Where a part's profiles were read."""
        place: dict[str, str] = self._counts(number)["place"]
        return place

    def _counts(self, number: int) -> dict[str, Any]:
        counts: dict[str, Any] = json.loads((self.folder / f"{number:08}.json").read_text("utf-8"))
        return counts

    def told(self, number: int) -> Path:
        """The file of a part's decisions."""
        return self.folder / f"{number:08}.told"

    def ids(self, number: int) -> pa.Table:
        """The ids that a part decided, and the lines they stood in."""
        return pa.concat_tables(write.tables(self.folder / f"{number:08}.ids"))

    def keys(self, number: int) -> Array:
        """A number for each id of a part: the same for the same id."""
        return np.fromfile(self.folder / f"{number:08}.keys", np.uint64)

    def rejects(self, count: int) -> Iterator[bytes]:
        return self._each("rejects", count)

    def warnings(self, count: int) -> Iterator[bytes]:
        return self._each("warnings", count)

    def _each(self, what: str, count: int) -> Iterator[bytes]:
        """What the first parts say of profiles, in order."""
        for number in range(count):
            yield (self.folder / f"{number:08}.{what}").read_bytes()

    def end(self) -> None:
        """Remove the parts; first the note, so that none is taken up again."""
        (self.folder / "job.json").unlink()
        shutil.rmtree(self.folder)

    def _put(self, name: str, fill: Callable[[Path], object]) -> None:
        """A file written aside and renamed; a process that was orphaned writes another one."""
        aside = self.folder / f"{name}.{os.getpid()}.new"
        fill(aside)
        os.replace(aside, self.folder / name)

    def _write(self, name: str, content: bytes) -> None:
        self._put(name, lambda path: path.write_bytes(content))
