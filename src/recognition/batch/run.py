"""A whole run: chunks decided by one or several processes, parts kept, the output assembled."""

from __future__ import annotations

import multiprocessing
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from recognition.batch import write
from recognition.batch.job import Job, checked
from recognition.batch.parts import Parts
from recognition.batch.read import Chunk, chunks
from recognition.batch.work import Outcome, decide_lines
from recognition.decide import Plan, Question, compiled
from recognition.standard.library import Library


@dataclass
class Summary:
    """What a run came to: read = decided + rejected; decisions by standard, host and verdict."""

    read: int = 0
    decided: int = 0
    rejected: int = 0
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)


Progress = Callable[[Summary, int], None]
"""Called after each chunk with what there is so far, and the bytes read."""


def run(
    job: Job,
    library: Library,
    workers: int = 1,
    resume: bool = False,
    progress: Progress = lambda summary, upto: None,
) -> Summary:
    """Do a job; raises Refused for what cannot be begun, and keeps what was done when it breaks off."""
    checked(job)
    compiled(library, job.question)
    parts = Parts.begin(job, job.fingerprint(library), resume)
    summary, count = Summary(), 0
    for chunk, outcome in _outcomes(job, library, workers, parts):
        if outcome is not None:
            parts.put(chunk.number, outcome)
        for name, number in parts.counts(chunk.number).items():
            setattr(summary, name, getattr(summary, name) + number)
        count = chunk.number + 1
        progress(summary, chunk.upto)
    write.write(_counted(parts, count, summary), job.output)
    write.write_bytes(parts.rejects(count), job.rejects)
    parts.end()
    return summary


def _counted(parts: Parts, count: int, summary: Summary) -> Iterator[pa.Table]:
    """The parts' tables, their verdicts counted on the way to the file."""
    for table in parts.tables(count):
        grouped = table.group_by(["standard", "verdict"]).aggregate([([], "count_all")])
        for row in grouped.to_pylist():
            summary.verdicts[row["standard"], row["verdict"]] += row["count_all"]
        yield table


def _outcomes(
    job: Job, library: Library, workers: int, parts: Parts
) -> Iterator[tuple[Chunk, Outcome | None]]:
    """Each chunk with its outcome, in order; None where an earlier run has it already."""
    if workers == 1:
        plan = compiled(library, job.question)
        for chunk in chunks(job.inputs):
            done = parts.has(chunk.number)
            yield chunk, None if done else _decided(chunk, plan, library, job.as_of)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _begin, (job.root, job.question, job.as_of)) as pool:
        yield from _spread(job, pool, workers, parts)


def _spread(
    job: Job, pool: Executor, workers: int, parts: Parts
) -> Iterator[tuple[Chunk, Outcome | None]]:
    """Keep a few chunks under way for each worker, so that memory is bounded."""
    waiting: deque[tuple[Chunk, Future[Outcome] | None]] = deque()
    for chunk in chunks(job.inputs):
        waiting.append((chunk, None if parts.has(chunk.number) else pool.submit(_decide, chunk)))
        if len(waiting) > workers * 2:
            yield _next(waiting)
    while waiting:
        yield _next(waiting)


def _next(waiting: deque[tuple[Chunk, Future[Outcome] | None]]) -> tuple[Chunk, Outcome | None]:
    chunk, future = waiting.popleft()
    return chunk, future.result() if future else None


def _decided(chunk: Chunk, plan: Plan, library: Library, as_of: int) -> Outcome:
    return decide_lines(chunk.lines, chunk.file, chunk.line, plan, library, as_of)


# --- in a worker process: what every chunk needs is made once

_own: dict[str, tuple[Plan, Library, int]] = {}


def _begin(root: Path, question: Question, as_of: int) -> None:
    library = Library.load(root)
    _own["work"] = compiled(library, question), library, as_of


def _decide(chunk: Chunk) -> Outcome:
    plan, library, as_of = _own["work"]
    return _decided(chunk, plan, library, as_of)
