"""What one run is asked to do, and the fingerprint by which it is known again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from recognition.decide import Question
from recognition.problems import Problem, Refused
from recognition.standard.library import Library

INPUTS = (".ndjson", ".jsonl", ".json")
OUTPUTS = (".parquet", ".ndjson", ".jsonl", ".csv")


@dataclass(frozen=True)
class Job:
    """Inputs to one output: the question, the day (days since 1970-01-01), and where rejects go."""

    inputs: tuple[Path, ...]
    output: Path
    rejects: Path
    question: Question
    as_of: int
    root: Path

    @property
    def parts(self) -> Path:
        """The folder in which finished parts wait until all are there."""
        return self.output.with_name(self.output.name + ".parts")

    def fingerprint(self, library: Library) -> str:
        """A digest of the inputs, the question and the standards: another one is another run."""
        said = [str(self.question), str(self.as_of)]
        for path in self.inputs:
            stat = path.stat()
            said.append(f"{path.resolve()} {stat.st_size} {stat.st_mtime_ns}")
        for standard in library.standards.values():
            said.append(str(standard.agreement.document))
            said += [f"{standard.id} {edition.digest}" for edition in standard.editions]
        said += [f"{rule.name} {rule.parameters} {rule.body}" for rule in library.rules.values()]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def checked(job: Job) -> Job:
    """The job, if it can be begun; raises Refused with everything that stands against it."""
    problems = [problem for path in job.inputs for problem in _input(path)]
    for path, endings in ((job.output, OUTPUTS), (job.rejects, (".ndjson", ".jsonl"))):
        if path.suffix not in endings:
            problems.append(
                Problem(
                    "no-such-format",
                    "",
                    f"`{path.name}` cannot be written",
                    "its ending is one of " + ", ".join(endings),
                    str(path),
                )
            )
        if not path.absolute().parent.is_dir():
            problems.append(
                Problem(
                    "no-such-folder",
                    "",
                    f"the folder of `{path.name}` does not exist",
                    file=str(path),
                )
            )
        if any(path.exists() and path.samefile(other) for other in job.inputs if other.exists()):
            problems.append(
                Problem("own-input", "", "the output would replace an input", file=str(path))
            )
    if job.output.absolute() == job.rejects.absolute():
        detail = "decisions and rejects would go into one file"
        problems.append(Problem("own-output", "", detail, file=str(job.output)))
    if not job.inputs:
        problems.append(Problem("missing", "", "no input is named"))
    if problems:
        raise Refused(problems)
    return job


def _input(path: Path) -> list[Problem]:
    if not path.is_file():
        return [Problem("no-such-file", "", f"`{path}` is no file", file=str(path))]
    name = path.name.removesuffix(".gz")
    if not name.endswith(INPUTS):
        return [
            Problem(
                "no-such-format",
                "",
                f"`{path.name}` cannot be read",
                "its ending is one of " + ", ".join(INPUTS) + ", with .gz or without",
                str(path),
            )
        ]
    return []
