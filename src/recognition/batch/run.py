"""A whole run: chunks decided by one or several processes, parts kept, the output assembled."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path

import pyarrow as pa

from recognition.batch import origin, repeated, report, write
from recognition.batch.chunk import Chunk, Source
from recognition.batch.job import Job, checked
from recognition.batch.parts import Parts
from recognition.batch.read import chunks, opened
from recognition.batch.summary import Summary
from recognition.batch.work import Outcome, Telling
from recognition.question import Plan, Question, compiled
from recognition.standard.library import Library

Progress = Callable[[Summary, int], None]
"""Called after each chunk with what there is so far, and the bytes read."""


def run(
    job: Job,
    library: Library,
    workers: int = 1,
    resume: bool = False,
    progress: Progress = lambda summary, upto: None,
) -> Summary:
    """Do a job; raises Refused for what cannot be begun; what was done is kept if it breaks off."""
    checked(job)
    plan = compiled(library, job.question)
    sources = opened(job.inputs, library)
    parts = Parts.begin(job, job.fingerprint(library), resume)
    summary, count = Summary(), 0
    for chunk, outcome in _outcomes(job, sources, library, plan, workers, parts):
        if outcome is not None:
            parts.put(chunk.number, outcome, origin.place(chunk))
        summary.add(parts.counts(chunk.number))
        count = chunk.number + 1
        progress(summary, chunk.upto)
    told = (job.view.of(table, plan) for table in _counted(parts, count, summary))
    write.write(told, job.output, job.view.schema(plan))
    write.write_bytes(parts.rejects(count), job.rejects)
    _repeated(job, parts, count, summary)
    if job.report is not None:
        write.write_bytes([report.page(summary, library, job.as_of, job.lang)], job.report)
    parts.end()
    return summary


def _counted(parts: Parts, count: int, summary: Summary) -> Iterator[pa.Table]:
    """The parts' tables, counted on the way to the file."""
    for table in parts.tables(count):
        summary.count(table)
        yield table


def _repeated(job: Job, parts: Parts, count: int, summary: Summary) -> None:
    """The file of ids that are met more than once; none where there are none."""
    found = repeated.repeated(parts, count)
    summary.duplicates = len(found)
    job.duplicates.unlink(missing_ok=True)
    if found:
        write.write_bytes(repeated.encoded(found), job.duplicates)


def _outcomes(
    job: Job, sources: list[Source], library: Library, plan: Plan, workers: int, parts: Parts
) -> Iterator[tuple[Chunk, Outcome | None]]:
    """Each chunk with its outcome, in order; None where an earlier run has it already."""
    if workers == 1:
        for chunk in chunks(sources):
            done = parts.has(chunk.number)
            work = (plan, library, job.as_of, job.telling)
            yield chunk, None if done else origin.decide_chunk(chunk, *work)
        return
    context = multiprocessing.get_context("spawn")
    own = (job.root, job.question, job.as_of, job.telling)
    with ProcessPoolExecutor(workers, context, _begin, own) as pool:
        yield from _spread(sources, pool, workers, parts)


def _spread(
    sources: list[Source], pool: Executor, workers: int, parts: Parts
) -> Iterator[tuple[Chunk, Outcome | None]]:
    """Keep a few chunks under way for each worker, so that memory is bounded."""
    waiting: deque[tuple[Chunk, Future[Outcome] | None]] = deque()
    for chunk in chunks(sources):
        waiting.append((chunk, None if parts.has(chunk.number) else pool.submit(_decide, chunk)))
        if len(waiting) > workers * 2:
            yield _next(waiting)
    while waiting:
        yield _next(waiting)


def _next(waiting: deque[tuple[Chunk, Future[Outcome] | None]]) -> tuple[Chunk, Outcome | None]:
    chunk, future = waiting.popleft()
    return chunk, future.result() if future else None


# --- in a worker process: what every chunk needs is made once

_own: dict[str, tuple[Plan, Library, int, Telling]] = {}


def _begin(root: Path, question: Question, as_of: int, telling: Telling) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    library = Library.load(root)
    _own["work"] = compiled(library, question), library, as_of, telling


def _end_with_parent() -> None:
    """A killed parent closes no queue: without this its workers would wait for chunks for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _decide(chunk: Chunk) -> Outcome:
    return origin.decide_chunk(chunk, *_own["work"])


__all__ = ["Summary", "run"]
