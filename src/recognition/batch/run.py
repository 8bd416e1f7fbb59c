"""A whole run: chunks decided by one or several processes, parts kept, the output assembled."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
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
    work = Work(plan, library, job.as_of, job.telling, job.assumptions)
    try:
        parts = Checkpoint.begin(job, plan, job.fingerprint(library), resume)
        with closing(_done(job, sources, work, parts, workers, crew)) as done:
            return _written(job, work, Run(parts, progress), done)
    except (OSError, BrokenProcessPool) as error:
        raise Refused([_broken_off(job, error)]) from None


def _written(job: Job, work: Work, going: Run, done: Iterable[Handed]) -> Summary:
    """Everything a run writes; then its parts are done with."""
    write.write(going.told(done), job.output, job.view.schema(work.plan))
    parts, summary = going.parts, going.summary
    write.write_bytes(parts.rejects(going.count), job.rejects)
    _only_some(job.warnings, parts.warnings(going.count), bool(summary.warned))
    _repeated(job, parts, going.count, summary)
    if job.report is not None:
        page = report.page(summary, work.library, job.as_of, job.lang, job.assumptions)
        write.write_bytes([page], job.report)
    parts.end()
    return summary


def _broken_off(job: Job, error: Exception) -> Problem:
    """A full disk, a file that vanished, a folder that is not ours, a process that was killed."""
    hint = "what was decided is kept: when that is mended, go on with `--resume`"
    if not job.parts.exists():
        hint = "nothing was decided yet: when that is mended, begin again"
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
) -> Generator[Handed]:
    """Each chunk whose part is kept, in order."""
    if crew is not None:
        yield from Spread(parts, crew).done(chunks(sources))
        return
    others = workers - 1
    with _pool(job, max(1, others)) as pool:
        crew = Crew(lambda chunk: _submitted(pool, chunk), lambda: others)
        yield from Spread(parts, crew, work).done(chunks(sources))


@contextmanager
def _pool(job: Job, workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that end with the run; whoever interrupts it does not wait for them."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, _begin, (job,))
    try:
        yield pool
    except Exception:
        pool.shutdown(cancel_futures=True)
        raise
    except BaseException:
        for process in list((pool._processes or {}).values()):  # 3.14 has `kill_workers`
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _submitted(pool: ProcessPoolExecutor, chunk: Chunk) -> Future[Sequence[Outcome]]:
    """A chunk handed over, by which a process may be begun.

    What is masked here stays so there: Ctrl-C is for this process, which then ends the others. One
    that broke off while it begins would leave a pipe that nobody reads.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_decide, chunk)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in a worker process: what every chunk needs is made once

_own: dict[str, tuple[Work, Checkpoint]] = {}


def _begin(job: Job) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    library = Library.load(job.root, job.drafts)
    plan = compiled(library, job.question)
    work = Work(plan, library, job.as_of, job.telling, job.assumptions)
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
