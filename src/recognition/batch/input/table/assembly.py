"""A profile as it grows out of rows, each value with the cell it stood in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from recognition.batch.chunk import Cell
from recognition.batch.input.table.cells import Unread
from recognition.batch.input.table.columns import Step
from recognition.problems import Problem


@dataclass(frozen=True)
class Filled:
    """A value and the cell it stood in."""

    value: Any
    cell: Cell


@dataclass
class Growth:
    """What the rows of one applicant say: objects by key, lists by what tells elements apart."""

    tree: dict[Step, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, place: tuple[Step, ...], leaf: Filled) -> None:
        """Set a value; one that stands there already, or a list said to be empty, is a problem."""
        at = self.tree
        for step in place[:-1]:
            within = at.setdefault(step, {})
            if isinstance(within, Filled):
                return self._twice(within, leaf)
            at = within
        if place[-1] in at:
            return self._twice(at[place[-1]], leaf)
        at[place[-1]] = leaf

    def open(self, place: tuple[Step, ...]) -> None:
        """Make an object stand at a place, with nothing in it yet."""
        at: Any = self.tree
        for step in place:
            at = at.setdefault(step, {}) if isinstance(at, dict) else at

    def at(self, place: tuple[Step, ...]) -> Any:
        """What stands at a place; None where there is nothing."""
        at: Any = self.tree
        for step in place:
            at = at.get(step) if isinstance(at, dict) else None
        return at

    def has(self, place: tuple[Step, ...]) -> bool:
        return self.at(place) is not None

    def _twice(self, before: Any, leaf: Filled) -> None:
        first = before.cell if isinstance(before, Filled) else None
        beside = f" beside `{first.column}` of row {first.row}" if first else ""
        detail = f"`{leaf.cell.column}` of row {leaf.cell.row} says another thing{beside}"
        self.problems.append(
            Problem("two-forms", "", detail, "say it once; a list with rows is not `none`")
        )

    def document(self, found: dict[str, Cell]) -> Any:
        """The profile; cells are noted by the pointers of their values, and what is wrong with
        those that cannot be read."""
        return self._written(self.tree, "", found)

    def _written(self, held: Any, at: str, found: dict[str, Cell]) -> Any:
        if isinstance(held, Filled):
            found[at] = held.cell
            return self._read(held.value, at)
        if isinstance(next(iter(held), None), tuple):
            parts = enumerate(held.values())
            return [self._written(part, f"{at}/{i}", found) for i, part in parts]
        return {
            step: self._written(part, f"{at}/{_escaped(step)}", found)
            for step, part in held.items()
        }

    def _read(self, value: Any, at: str) -> Any:
        if not isinstance(value, Unread):
            return value
        self.problems.append(Problem(value.code, at, value.detail, value.hint))
        return value.shown


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
