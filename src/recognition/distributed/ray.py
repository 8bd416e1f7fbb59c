"""Chunks decided by a cluster of Ray: this machine reads and writes, the cluster decides."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import ray

from recognition.batch.chunk import Chunk, loaded
from recognition.batch.job import Job, checked
from recognition.batch.origin import outcomes
from recognition.batch.run import Crew
from recognition.batch.work import Outcome, Telling
from recognition.distributed.packed import Packed, work
from recognition.facts.assumptions import Assumptions
from recognition.plan.question import Question, compiled
from recognition.problems import Problem, Refused
from recognition.standard.library import Library

Sent = tuple[Packed, Question, int, Telling, Assumptions]
RETRIES = 10
"""How often a chunk is handed over again when the machine that had it is gone: more machines than
one chunk meets, and an end to it where the chunk itself is what kills them."""
PATIENCE = 10.0
"""Seconds in which an address has to answer."""


@contextmanager
def crew(job: Job, library: Library, address: str = "") -> Iterator[Crew]:
    """The cluster at an address, or one on this machine; raises Refused where it fails."""
    checked(job)
    size = job.view.profiles(compiled(library, job.question))
    begun = _joined(address)
    try:
        asked = job.question, job.as_of, job.telling, job.assumptions
        sent = ray.put((Packed.of(library), *asked))
        decide = ray.remote(max_retries=RETRIES)(_decide)
        yield Crew(lambda chunk: decide.remote(sent, loaded(chunk, size)).future(), _processors)
    except ray.exceptions.RayError as error:
        if isinstance(error, Refused):
            raise
        raise _failed("the cluster failed", str(error), address) from None
    finally:
        if begun:
            ray.shutdown()


def _decide(sent: Sent, chunk: Chunk) -> list[Outcome]:
    """What is done on the cluster."""
    return list(outcomes(chunk, work(*sent)))


def _processors() -> int:
    """Those that the cluster has now: machines come and go."""
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def _joined(address: str) -> bool:
    """Join a cluster; False where the program is in one already."""
    if ray.is_initialized():
        return False
    _check(address)
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told abroad unasked
    try:
        ray.init(address=address or None, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, RuntimeError, ValueError) as error:
        raise _failed("no cluster can be joined", str(error), address) from None
    return True


def _check(address: str) -> None:
    """Ray itself would knock for minutes where nobody answers."""
    if address.startswith("ray://"):
        detail = "inputs are read on a machine of the cluster, not on a client of it"
        hint = "run this on a machine of the cluster, with `--address auto`"
        raise Refused([Problem("no-cluster", "--address", detail, hint)])
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit():
        try:
            socket.create_connection((host, int(port)), PATIENCE).close()
        except OSError as error:
            raise _failed(f"`{address}` does not answer", str(error), address) from None


def _failed(detail: str, reason: str, address: str) -> Refused:
    brief = reason.strip().splitlines()[0] if reason.strip() else "no reason is told"
    hint = "`ray status` tells how the cluster is" if address else ""
    return Refused([Problem("no-cluster", "--address", f"{detail}: {brief}", hint)])
