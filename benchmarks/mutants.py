"""Mutation tests: one small mistake after another is planted, and the tests must find it.

    python benchmarks/mutants.py explain/trace.py decide/findings.py    # or all of both folders
    python benchmarks/mutants.py --sample 300 --seed 1                  # so many, drawn at random

Each mistake is tried in a process forked from one that has imported the libraries already, for a
fresh interpreter takes longer than the tests. Prints those that lived, and the share killed.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from itertools import islice
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src/recognition"
TESTS = {
    "explain": ("tests/explain",),
    "decide": ("tests/test_conformance.py", "tests/decide", "tests/explain"),
}
QUICK = ("-k", "not oracle and not every_edition")
LIBRARIES = (
    "jsonschema",
    "msgspec",
    "numpy",
    "orjson",
    "pyarrow",
    "pydantic",
    "recognition.standard.load",
)
SECONDS = 30
"""Of a processor's time; whoever needs more runs for ever."""

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_NAMED = {
    "lo": "hi",
    "hi": "lo",
    "any": "all",
    "all": "any",
    "min": "max",
    "max": "min",
    "minimum": "maximum",
    "maximum": "minimum",
    "logical_and": "logical_or",
    "logical_or": "logical_and",
    "first": "last",
    "last": "first",
}


class Mistake(NamedTuple):
    """A module with one mistake in it, and how it was written otherwise."""

    tree: ast.Module
    line: int
    before: str
    after: str


class Mutant(NamedTuple):
    """The place of a mistake in a module; it is planted when its turn comes."""

    file: Path
    number: int

    @property
    def folder(self) -> str:
        return self.file.relative_to(SOURCE).parts[0]

    def planted(self) -> Mistake:
        tree = _parsed(self.file)
        node, plant = next(islice(_places(tree), self.number, None))
        before = ast.unparse(node)
        plant()
        tree = ast.fix_missing_locations(tree)
        return Mistake(tree, getattr(node, "lineno", 0), before, ast.unparse(node))


def mutants(file: Path) -> Iterator[Mutant]:
    """Every mistake that may be planted in a module, one at a time."""
    return (Mutant(file, number) for number, _ in enumerate(_places(_parsed(file))))


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


Place = tuple[ast.AST, Callable[[], None]]
"""What is shown of a mistake, and what plants it."""


def _places(tree: ast.AST) -> Iterator[Place]:
    for node in _code(tree):
        for plant in _mistakes(node):
            yield node, plant


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but annotations, decorators, keywords of classes, docstrings and imports."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in _UNTOUCHED or (name == "keywords" and isinstance(node, ast.ClassDef)):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _said_only(child):
                yield from _code(child)


_UNTOUCHED = ("annotation", "returns", "decorator_list")


def _said_only(node: ast.AST) -> bool:
    said = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return said or isinstance(node, ast.Import | ast.ImportFrom)


def _mistakes(node: ast.AST) -> Iterator[Callable[[], None]]:
    match node:
        case ast.Compare(ops=[op, *_]) if type(op) in _SWAPPED:
            yield lambda: node.__dict__.update(ops=[_SWAPPED[type(op)](), *node.ops[1:]])
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _SWAPPED:
            yield lambda: setattr(node, "op", _SWAPPED[type(op)]())
        case ast.Constant(value=bool() | int() | float() | str() as value):
            yield lambda: setattr(node, "value", _other(value))
        case ast.IfExp():
            yield lambda: node.__dict__.update(body=node.orelse, orelse=node.body)
        case ast.If():
            yield lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
        case ast.UnaryOp(op=ast.Not()):
            yield lambda: setattr(node, "op", ast.UAdd())
        case ast.Attribute(attr=name) if name in _NAMED:
            yield lambda: setattr(node, "attr", _NAMED[name])
        case ast.Name(id=name) if name in ("any", "all", "min", "max"):
            yield lambda: setattr(node, "id", _NAMED[name])
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield lambda: setattr(node, "value", ast.Constant(None))


def _other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return f"{value}XX" if isinstance(value, str) else value + 1


class Planted(SourceFileLoader):
    """Loads a module with its mistake."""

    tree: ast.Module

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.tree, self.path, "exec")


class Finder:
    """Finds one module with its mistake, and leaves all others to those who come after."""

    def __init__(self, file: Path, tree: ast.Module) -> None:
        self._file, self._tree = file, tree
        dotted = file.relative_to(SOURCE.parent).with_suffix("").parts
        self._name = ".".join(dotted).removesuffix(".__init__")

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        loader = Planted(name, str(self._file))
        loader.tree = self._tree
        within = [str(self._file.parent)] if self._file.stem == "__init__" else None
        return spec_from_file_location(
            name, self._file, loader=loader, submodule_search_locations=within
        )


def lives(mutant: Mutant | None, folder: str) -> bool:
    """Whether the tests pass all the same, in a process of their own."""
    child = os.fork()
    if not child:
        os._exit(_tried(mutant, TESTS[folder]))
    return os.waitpid(child, 0)[1] == 0


def _tried(mutant: Mutant | None, tests: Iterable[str]) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    signal.alarm(10 * SECONDS)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    if mutant:
        sys.meta_path.insert(0, Finder(mutant.file, mutant.planted().tree))
    return int(pytest.main(["-x", "-q", *QUICK, *tests]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", help="modules below src/recognition")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    os.chdir(ROOT)
    for library in LIBRARIES:
        __import__(library)
    folders = (path for name in TESTS for path in (SOURCE / name).rglob("*.py"))
    files = [SOURCE / name for name in asked.files] or sorted(folders)
    found = [mutant for file in files for mutant in mutants(file)]
    chosen = random.Random(asked.seed).sample(found, min(asked.sample or len(found), len(found)))
    if not all(lives(None, folder) for folder in {mutant.folder for mutant in chosen}):
        sys.exit("the tests fail without any mistake")
    return _report(chosen, len(found))


def _report(chosen: list[Mutant], known: int) -> int:
    killed: Counter[bool] = Counter()
    began = time.monotonic()
    for mutant in chosen:
        alive = lives(mutant, mutant.folder)
        killed[not alive] += 1
        print(end="" if alive else ".", file=sys.stderr, flush=True)
        if alive:
            mistake = mutant.planted()
            where = f"{mutant.file.relative_to(SOURCE)}:{mistake.line}"
            print(f"{where}\n  - {mistake.before}\n  + {mistake.after}", flush=True)
    share = 100 * killed[True] / max(len(chosen), 1)
    took = time.monotonic() - began
    print(f"{len(chosen)} of {known} tried, {killed[True]} killed: {share:.1f} % in {took:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
