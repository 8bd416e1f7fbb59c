"""Beyond one machine: the library is sent along, and decides there what it decides here."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module

from recognition.batch.job import Job
from recognition.batch.run import Crew
from recognition.distributed.decide import Decide
from recognition.problems import Problem, Refused
from recognition.standard.library import Library


def crew(on: str, job: Job, library: Library, address: str = "") -> AbstractContextManager[Crew]:
    """Who decides a job on a cluster of some kind; raises Refused where that cannot be.

    What the kind needs is loaded only here, for not everybody has it and it takes a second.
    """
    try:
        kind = import_module(f"recognition.distributed.{on}")
    except ModuleNotFoundError as error:
        if error.name != on:
            raise
        told = f"`{on}` is not installed", f"pip install recognition[{on}]"
        raise Refused([Problem("not-installed", "--on", *told)]) from None
    who: AbstractContextManager[Crew] = kind.crew(job, library, address)
    return who


__all__ = ["Decide", "crew"]
