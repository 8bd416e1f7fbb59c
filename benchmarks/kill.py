"""Batch runs killed at random moments and gone on with: nothing is lost, nothing told twice.

    python benchmarks/make_profiles.py 60000 /tmp/profiles.ndjson
    python benchmarks/kill.py /tmp/profiles.ndjson [--times 20] [--seed 1]

Some lines are spoiled first and some ids repeated, so that there are rejects and duplicates to
lose. Each time a run is killed (SIGKILL) once or oftener, at any moment or while its output is
assembled, the whole group of its processes or the parent alone, whose workers have to end by
themselves. Then it goes on with `--resume`, and what it wrote is compared byte for byte with what
an undisturbed run wrote.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

DONE = (0, 1)
"""How a finished run exits: nothing was rejected, or something was."""
GLANCE = 0.002
"""Seconds between two looks at a run."""
PATIENCE = 30.0
"""Seconds in which the workers of a killed parent have to end."""
ENDINGS = ("ndjson", "parquet")

Lengths = tuple[float, float]
"""Seconds of a whole run, and of its end, in which the output is assembled."""
Reached = Callable[[], bool]
"""Whether a run is where it is to be killed."""


@dataclass(frozen=True)
class Kill:
    """When a run is killed, whether its workers are left to themselves, and how that is called."""

    reached: Reached
    alone: bool
    called: str


@dataclass(frozen=True)
class Run:
    """A batch run with `--resume`, to be begun again and again."""

    command: tuple[str, ...]
    output: Path

    @property
    def aside(self) -> Path:
        """Where the output is assembled."""
        return self.output.with_name(self.output.name + ".new")

    @property
    def parts(self) -> Path:
        """Where finished parts wait."""
        return self.output.with_name(self.output.name + ".parts")

    def told(self) -> tuple[bytes | None, ...]:
        """What was written: decisions, rejects, duplicates; None for what is not there."""
        beside = (f"{self.output.stem}.{name}.ndjson" for name in ("rejects", "duplicates"))
        paths = (self.output, *map(self.output.with_name, beside))
        return tuple(path.read_bytes() if path.exists() else None for path in paths)

    def finished(self) -> Lengths:
        """Run to the end: the seconds it took, and those after its output was begun."""
        begun = assembling = time.monotonic()
        process = self._begun()
        while not _ended(process):
            if not (self.aside.exists() or self.output.exists()):
                assembling = time.monotonic()
        self._check(process)
        return time.monotonic() - begun, time.monotonic() - assembling

    def killed(self, kill: Kill) -> bool:
        """Run until it is killed and all its processes are gone; False if it finished before."""
        process = self._begun()
        while not kill.reached():
            if _ended(process):
                self._check(process)
                return False
        (os.kill if kill.alone else os.killpg)(process.pid, signal.SIGKILL)
        killed = process.wait() == -signal.SIGKILL
        _gone(process.pid)
        return killed

    def _begun(self) -> subprocess.Popen[bytes]:
        out = subprocess.DEVNULL
        return subprocess.Popen(self.command, stdout=out, stderr=out, start_new_session=True)

    def _check(self, process: subprocess.Popen[bytes]) -> None:
        """A run that finished by itself left no parts; RuntimeError if it failed."""
        if process.returncode not in DONE or self.parts.exists():
            raise RuntimeError(f"the run failed with exit code {process.returncode}")


def _ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(GLANCE)
    except subprocess.TimeoutExpired:
        return False
    return True


def _gone(group: int) -> None:
    """Wait for the last process of a group; TimeoutError if one lingers."""
    until = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < until:
            os.killpg(group, 0)
            time.sleep(GLANCE)
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
    raise TimeoutError("a worker lives on though its parent was killed")


def broken(run: Run, kills: Iterable[Kill]) -> list[str]:
    """Kill a run at each of some moments it reaches, then let it finish; what it was killed at."""
    met: list[str] = []
    for kill in kills:
        if not run.killed(kill):
            return met
        met.append(kill.called)
    run.finished()
    return met


# --- moments


def after(seconds: float, begun: Reached = lambda: True) -> Reached:
    """Some seconds after something has begun; from the first look on where nothing is named."""
    since: list[float] = []

    def reached() -> bool:
        if not since and begun():
            since.append(time.monotonic())
        return bool(since) and time.monotonic() - since[0] >= seconds

    return reached


def kills(run: Run, luck: random.Random, lengths: Lengths, late: bool) -> Iterator[Kill]:
    """One kill to three, the first of them late or at any moment."""
    whole, last = lengths
    for _ in range(luck.choice((1, 1, 2, 3))):
        alone = luck.random() < 0.4
        whom = "parent alone" if alone else "all"
        seconds = luck.uniform(0, last if late else whole * 0.95)
        reached = after(seconds, run.aside.exists) if late else after(seconds)
        yield Kill(reached, alone, f"{'output + ' * late}{seconds:.2f} s ({whom})")
        late = luck.random() < 0.5


# --- the whole


def spoilt(source: Path, path: Path) -> None:
    """A copy in which some lines are cut off and some are there twice."""
    with source.open("rb") as read, path.open("wb") as write:
        for number, line in enumerate(read):
            write.write(line if number % 97 else line[: len(line) // 2] + b"\n")
            if number % 1009 == 1:
                write.write(line)


def command(source: Path, output: Path) -> Run:
    """The run that is killed: two workers, two standards."""
    recognition = str(Path(sys.executable).with_name("recognition"))
    said = (recognition, "batch", str(source), "--output", str(output))
    asked = ("--standard", "ipea", "--standard", "washington-accord", "--host", "AU")
    how = ("--as-of", "2026-11-24", "--workers", "2", "--resume")
    return Run((*said, *asked, *how), output)


def trials(source: Path, folder: Path, times: int, luck: random.Random) -> Iterator[bool]:
    """Whether each time the files of a killed run are those of a whole one."""
    undisturbed = {}
    for ending in ENDINGS:
        run = command(source, folder / f"whole.{ending}")
        lengths = run.finished()
        undisturbed[ending] = run.told(), lengths
        print(f"undisturbed, {ending}: {lengths[0]:.1f} s, the last {lengths[1]:.2f} s assembling")
    for number in range(1, times + 1):
        ending = ENDINGS[number % len(ENDINGS)]
        whole, lengths = undisturbed[ending]
        run = command(source, folder / f"{number}.{ending}")
        met: list[str] = []
        while not met:
            met = broken(run, kills(run, luck, lengths, late=number % 3 == 0))
        same = run.told() == whole and not run.parts.exists()
        print(f"{number}, {ending}: {', '.join(met)}: {'identical' if same else 'DIFFERENT'}")
        yield same


def main() -> None:
    """Kills, compares and counts; exit 1 if anything differs."""
    told = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    told.add_argument("file", type=Path)
    told.add_argument("--times", type=int, default=20)
    told.add_argument("--seed", type=int, default=1)
    asked = told.parse_args()
    print(f"seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "profiles.ndjson"
        spoilt(asked.file, source)
        same = list(trials(source, Path(folder), asked.times, random.Random(asked.seed)))
    print(f"{sum(same)} identical of {len(same)}")
    sys.exit(0 if all(same) else 1)


if __name__ == "__main__":
    main()
