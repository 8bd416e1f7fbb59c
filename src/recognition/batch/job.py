"""What one run is asked to do, and the fingerprint by which it is known again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from recognition import __version__
from recognition.batch.input.files import SIZE, files, unreadable
from recognition.batch.input.parquet import ROWS
from recognition.batch.output.layout import View
from recognition.batch.work import Telling
from recognition.facts.assumptions import NOTHING, Assumptions
from recognition.plan.question import Question
from recognition.problems import Problem, Refused
from recognition.standard.library import Library

OUTPUTS = (".parquet", ".ndjson", ".jsonl", ".csv", ".xlsx")


@dataclass(frozen=True)
class Job:
    """Inputs to one output: the question, the day (days since 1970-01-01), and where rejects go.

    `drafts`: whether the library was read with its drafts among the other editions.
    """

    inputs: tuple[Path, ...]
    output: Path
    rejects: Path
    question: Question
    as_of: int
    root: Path
    view: View = field(default_factory=View)
    report: Path | None = None
    lang: str = "en"
    assumptions: Assumptions = NOTHING
    drafts: bool = False

    @property
    def telling(self) -> Telling:
        """What the chunks have to tell beside verdicts."""
        return Telling(self.view, self.report is not None)

    @property
    def duplicates(self) -> Path:
        """Where ids go that are met more than once."""
        return self.output.with_name(self.output.stem + ".duplicates.ndjson")

    @property
    def warnings(self) -> Path:
        """Where warnings go on what was not understood."""
        return self.output.with_name(self.output.stem + ".warnings.ndjson")

    @property
    def parts(self) -> Path:
        """The folder in which finished parts wait until all are there."""
        return self.output.with_name(self.output.name + ".parts")

    def fingerprint(self, library: Library) -> str:
        """A digest of the inputs, the question and the standards: another one is another run."""
        said = [__version__, str(SIZE), str(ROWS), self.output.suffix]
        said += [str(self.question), str(self.as_of), str(self.telling), str(self.assumptions)]
        for path in (file for input in self.inputs for file in files(input)):
            stat = path.stat()
            said.append(f"{path.resolve()} {stat.st_size} {stat.st_mtime_ns}")
        said += held(library)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def processes(inputs: Sequence[Path]) -> int:
    """How many processes are worth their start: one for little, else one for each processor."""
    read = [file for path in inputs if path.exists() for file in files(path)]
    size = sum(file.stat().st_size * (PACKED if file.suffix in TIGHT else 1) for file in read)
    return (os.cpu_count() or 1) if size >= MUCH else 1


MUCH = 2**27
"""Bytes of text that one process reads in the time in which others start."""
TIGHT, PACKED = (".parquet", ".gz", ".zst"), 16
"""Endings of files that hold about so many times their size."""


def held(library: Library) -> Iterator[str]:
    """What a library holds, standard by standard and rule by rule."""
    yield from (f"{edition.standard} {edition.digest} draft" for edition in library.drafts)
    for standard in library.standards.values():
        yield str(standard.agreement.document)
        yield from (f"{standard.id} {edition.digest}" for edition in standard.editions)
    yield from (f"{rule.name} {rule.parameters} {rule.body}" for rule in library.rules.values())


def checked(job: Job) -> Job:
    """The job, if it can be begun; raises Refused with everything that stands against it."""
    problems = [problem for path in job.inputs if (problem := unreadable(path))]
    written = [(job.output, OUTPUTS), (job.rejects, (".ndjson", ".jsonl"))]
    if job.report is not None:
        written.append((job.report, (".html",)))
    for path, endings in written:
        problems += _unwritable(path, endings, job)
    if len({path.absolute() for path, _ in written}) < len(written):
        detail = "decisions, rejects and report would go into one file"
        problems.append(Problem("own-output", "", detail, file=str(job.output)))
    read = [file.absolute() for path in job.inputs if path.exists() for file in files(path)]
    for path, what in (
        (job.duplicates, "list of repeated ids"),
        (job.warnings, "list of warnings"),
    ):
        if path.absolute() in [*read, job.rejects.absolute()]:
            detail, hint = f"the {what} would replace another file", "give the output another name"
            problems.append(Problem("own-input", "", detail, hint, str(path)))
    if not job.inputs:
        problems.append(Problem("missing", "", "no input is named"))
    if problems:
        raise Refused(problems)
    return job


def _unwritable(path: Path, endings: Sequence[str], job: Job) -> Iterator[Problem]:
    if path.suffix not in endings:
        hint = "its ending is one of " + ", ".join(endings)
        yield Problem("no-such-format", "", f"`{path.name}` cannot be written", hint, str(path))
    if not path.absolute().parent.is_dir():
        detail = f"the folder of `{path.name}` does not exist"
        yield Problem("no-such-folder", "", detail, file=str(path))
    read = [file for other in job.inputs if other.exists() for file in files(other)]
    if path.exists() and any(path.samefile(other) for other in read):
        yield Problem("own-input", "", "the output would replace an input", file=str(path))
