"""A library packed up, to be read on other machines: by the same program, and found the same."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from recognition.batch.job import held
from recognition.batch.work import Telling, Work
from recognition.facts.assumptions import NOTHING, Assumptions
from recognition.plan.question import Question, compiled
from recognition.problems import Problem, Refused
from recognition.standard.library import Library

FOLDERS = ("standards", "rules")


@dataclass(frozen=True)
class Packed:
    """The documents of a library, zipped; digests of what they say and of the program."""

    library: str
    program: str
    documents: bytes = field(repr=False, compare=False)
    drafts: bool = False

    @classmethod
    def of(cls, library: Library) -> Packed:
        """A library that was read, with the documents it was read from."""
        return cls(_digest(held(library)), program(), _zipped(library.root), library.with_drafts)

    def unpacked(self) -> Library:
        """The library; raises Refused where another program or other documents would decide."""
        if self.program != program():
            hint = "install one version of `recognition` on all machines"
            raise Refused([Problem("other-program", "", "a machine has another program", hint)])
        with tempfile.TemporaryDirectory() as folder:
            zipfile.ZipFile(io.BytesIO(self.documents)).extractall(folder)
            library = Library.load(Path(folder), self.drafts)
        if self.library != _digest(held(library)):
            hint = "begin again, and leave the library alone while it is sent"
            raise Refused([Problem("other-library", "", "the library was changed", hint)])
        return library


@lru_cache(maxsize=4)
def work(
    packed: Packed,
    question: Question,
    as_of: int,
    telling: Telling,
    assumptions: Assumptions = NOTHING,
) -> Work:
    """What chunks are decided by, made once in a process and kept."""
    library = packed.unpacked()
    return Work(compiled(library, question), library, as_of, telling, assumptions)


@cache
def program() -> str:
    """A digest of the program's modules: machines that have the same decide the same."""
    modules = sorted(Path(__file__).resolve().parents[1].rglob("*.py"))
    return _digest(path.read_text("utf-8") for path in modules)


def _zipped(root: Path) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in (path for name in FOLDERS for path in sorted((root / name).rglob("*.json"))):
            archive.write(path, path.relative_to(root))
    return sink.getvalue()


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
