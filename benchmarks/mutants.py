"""Mutation tests: one small mistake after another is planted, and the tests must find it.

    python benchmarks/mutants.py explain/trace.py decide/findings.py    # or all of both folders
    python benchmarks/mutants.py --sample 300 --seed 1                  # so many, drawn at random

Tests are collected once. Each mistake is tried in a process forked from there, in which the modules
that may be wrong are imported again. Prints those that lived, and the share killed.
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
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from itertools import islice
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src/recognition"
TESTS = {
    "explain": ("tests/explain",),
    "decide": (
        "tests/test_conformance.py",
        "tests/decide",
        "tests/explain",
        "tests/test_oracle.py::test_ten_thousand",
    ),
}
QUICK = "not oracle_keeps and not every_edition"
BELOW = ("problems", "dates", "bounds", "counting", "profile", "facts", "rule", "standard")
"""What imports nothing of the two folders, and stays as it is."""
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
    """All nodes but annotations, decorators, keywords of classes, words for readers, imports."""
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
    said = said or (isinstance(node, ast.keyword) and node.arg == "description")
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


def again() -> None:
    """The modules above `BELOW` imported anew, and put where the tests have the old ones."""
    parts = {name: name.split(".") for name in sys.modules if name.startswith("recognition.")}
    old = {name: sys.modules.pop(name) for name, part in parts.items() if part[1] not in BELOW}
    new: dict[int, Any] = {}
    for name, before in old.items():
        after = import_module(name)
        new[id(before)] = after
        for key, held in vars(before).items():
            if not isinstance(held, int | str | None) and hasattr(after, key):
                new[id(held)] = getattr(after, key)
    for module in list(sys.modules.values()):
        if str(getattr(module, "__file__", "")).startswith(str(ROOT / "tests")):
            _replaced(module, new)


def _replaced(module: ModuleType, new: dict[int, Any]) -> None:
    for key, held in list(vars(module).items()):
        if id(held) in new and not key.startswith("__"):
            setattr(module, key, new[id(held)])


class Trials:
    """Runs the tests once for each mistake, instead of once."""

    def __init__(self, chosen: Sequence[Mutant], known: int) -> None:
        self._chosen, self._known = chosen, known

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for folder in {mutant.folder for mutant in self._chosen}:
            if not lives(session, None, folder):
                pytest.exit(f"the tests of {folder} fail without any mistake", 1)
        self._report(session)
        return True

    def _report(self, session: pytest.Session) -> None:
        killed, began = Counter[bool](), time.monotonic()
        for mutant in self._chosen:
            alive = lives(session, mutant, mutant.folder)
            killed[not alive] += 1
            if alive:
                mistake = mutant.planted()
                where = f"{mutant.file.relative_to(SOURCE)}:{mistake.line}"
                print(f"{where}\n  - {mistake.before}\n  + {mistake.after}", flush=True)
            tried, dead, took = killed.total(), killed[True], time.monotonic() - began
            told = f"{tried} of {self._known} tried, {dead} killed: {100 * dead / tried:.1f} %"
            print(f"{told} in {took:.0f} s", file=sys.stderr, flush=True)


def lives(session: pytest.Session, mutant: Mutant | None, folder: str) -> bool:
    """Whether the tests pass all the same, in a process of their own."""
    child = os.fork()
    if not child:
        try:
            os._exit(_tried(session, mutant, folder))
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def _tried(session: pytest.Session, mutant: Mutant | None, folder: str) -> int:
    """How many tests fail: one, or none."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    signal.alarm(20 * SECONDS)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    if mutant:
        sys.meta_path.insert(0, Finder(mutant.file, mutant.planted().tree))
    again()
    items = [item for item in session.items if item.nodeid.startswith(TESTS[folder])]
    items.sort(key=lambda item: _order(item, mutant))
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            break
    return session.testsfailed


def _order(item: pytest.Item, mutant: Mutant | None) -> tuple[bool, bool]:
    """The tests of the module that is wrong come first, those that read the whole library last."""
    mirrored = mutant is not None and item.path.stem == f"test_{mutant.file.stem}"
    return "library" in getattr(item, "fixturenames", ()), not mirrored


def _named(tests: Sequence[str]) -> list[str]:
    """The files and folders of tests; single ones are chosen when all are collected."""
    return [test.partition("::")[0] for test in tests]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", help="modules below src/recognition")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    os.chdir(ROOT)
    folders = (path for name in TESTS for path in (SOURCE / name).rglob("*.py"))
    files = [SOURCE / name for name in asked.files] or sorted(folders)
    found = [mutant for file in files for mutant in mutants(file)]
    chosen = random.Random(asked.seed).sample(found, min(asked.sample or len(found), len(found)))
    return pytest.main(
        ["-s", "-q", "-k", QUICK, *_named(TESTS["decide"])], [Trials(chosen, len(found))]
    )


if __name__ == "__main__":
    sys.exit(main())
