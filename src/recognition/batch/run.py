"""A whole run: chunks decided by one or several processes, parts kept, the output assembled."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from recognition.batch import duplicates
from recognition.batch.checkpoint import Checkpoint
from recognition.batch.chunk import Chunk, Source
from recognition.batch.executor import Crew, Handed, Spread, kept
from recognition.batch.input.files import chunks, opened
from recognition.batch.job import Job, checked
from recognition.batch.output import report, write
from recognition.batch.output.summary import Summary
from recognition.batch.work import Outcome, Work
from recognition.plan.question import compiled
from recognition.problems import Problem, Refused
from recognition.standard.library import Library

Progress = Callable[[Summary, int], None]
"""Called after each chunk with what there is so far, and the bytes read."""


def run(
    job: Job,
    library: Library,
    workers: int = 1,
    resume: bool = False,
    progress: Progress = lambda summary, upto: None,
    crew: Crew | None = None,
) -> Summary:
    """Do a job; raises Refused for what cannot be begun; what was done is kept if it breaks off.

    Chunks are decided by the crew if there is one, else by `workers` processes of this machine.
    """
    checked(job)
    plan = compiled(library, job.question)
    sources = opened(job.inputs, library)
    parts = Checkpoint.begin(job, plan, job.fingerprint(library), resume)
    work = Work(plan, library, job.as_of, job.telling)
    done = _done(job, sources, work, parts, workers, crew)
    try:
        return _written(job, work, Run(parts, progress), done)
    except (OSError, BrokenProcessPool) as error:
        raise Refused([_broken_off(job, error)]) from None


def _written(job: Job, work: Work, going: Run, done: Iterator[Handed]) -> Summary:
    """Everything a run writes; then its parts are done with."""
    write.write(going.told(done), job.output, job.view.schema(work.plan))
    parts, summary = going.parts, going.summary
    write.write_bytes(parts.rejects(going.count), job.rejects)
    _only_some(job.warnings, parts.warnings(going.count), bool(summary.warned))
    _repeated(job, parts, going.count, summary)
    if job.report is not None:
        page = report.page(summary, work.library, job.as_of, job.lang)
        write.write_bytes([page], job.report)
    parts.end()
    return summary


def _broken_off(job: Job, error: Exception) -> Problem:
    """A full disk, a file that vanished, a process that was killed."""
    hint = "what was decided is kept: when that is mended, go on with `--resume`"
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return Problem("broken-off", "", f"the run broke off: {reason}", hint, str(job.output))


@dataclass
class Run:
    """A run under way: how many parts there are, and what they came to."""

    parts: Checkpoint
    progress: Progress
    summary: Summary = field(default_factory=Summary)
    count: int = 0

    def told(self, done: Iterable[Handed]) -> Iterator[Path]:
        """The files of the parts as they become whole, counted on the way to the output."""
        for chunk in done:
            self.summary.add(self.parts.summary(chunk.number))
            self.count = chunk.number + 1
            self.progress(self.summary, chunk.upto)
            yield self.parts.told(chunk.number)


def _repeated(job: Job, parts: Checkpoint, count: int, summary: Summary) -> None:
    """The file of ids that are met more than once; none where there are none."""
    found = duplicates.repeated(parts, count, summary.decided)
    summary.duplicates = len(found)
    _only_some(job.duplicates, duplicates.encoded(found), bool(found))


def _only_some(path: Path, content: Iterable[bytes], some: bool) -> None:
    """A file beside the output, if there is anything to write; none that was left behind stays."""
    path.unlink(missing_ok=True)
    if some:
        write.write_bytes(content, path)


def _done(
    job: Job, sources: list[Source], work: Work, parts: Checkpoint, workers: int, crew: Crew | None
) -> Iterator[Handed]:
    """Each chunk whose part is kept, in order."""
    if crew is not None:
        yield from Spread(parts, crew).done(chunks(sources))
        return
    context, others = multiprocessing.get_context("spawn"), workers - 1
    with ProcessPoolExecutor(max(1, others), context, _begin, (job,)) as pool:
        crew = Crew(lambda chunk: pool.submit(_decide, chunk), lambda: others)
        try:
            yield from Spread(parts, crew, work).done(chunks(sources))
        finally:
            pool.shutdown(cancel_futures=True)


# --- in a worker process: what every chunk needs is made once

_own: dict[str, tuple[Work, Checkpoint]] = {}


def _begin(job: Job) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    library = Library.load(job.root)
    plan = compiled(library, job.question)
    work = Work(plan, library, job.as_of, job.telling)
    _own["work"] = work, Checkpoint.of(job, plan)
    gc.freeze()


def _end_with_parent() -> None:
    """A killed parent closes no queue: without this its workers would wait for chunks for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _decide(chunk: Chunk) -> Sequence[Outcome]:
    kept(chunk, *_own["work"])
    return ()


__all__ = ["Crew", "Summary", "run"]
