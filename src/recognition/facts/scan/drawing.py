"""The profile's shape drawn as tables: which field goes to which cell, from the model downwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from pydantic import BaseModel

from recognition.bounds import ANY_CODE
from recognition.dates import AFTER_ALL
from recognition.facts.scan import layout as of
from recognition.facts.values import UNKNOWN_DAY, UNKNOWN_TRUTH, pack
from recognition.profile.model import (
    Amount,
    Code,
    Day,
    Mark,
    Parts,
    Profile,
    Relation,
    Statements,
    Truth,
    relations,
)
from recognition.profile.schema import Slot, slots


class Ref(NamedTuple):
    """The address of a row of another table."""

    table: str
    row: int


Row = dict[int, int | Ref]
"""A row of a table: what is at which place; 0 where nothing is said."""


@dataclass
class Cells:
    """The cells of a collection's rows: at which byte each field is, and what a blank row holds."""

    of: dict[str, int] = field(default_factory=dict)
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where it says whether the key of a field was there, and by which bit."""
    blank: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        return 8 * len(self.blank)

    def rows(self) -> Iterator[Row]:
        """The blank row as a table with a cell a row."""
        for number in self.blank:
            yield {0: number}

    def new(self, path: str, blank: int) -> int:
        self.of[path] = self.width
        self.blank.append(blank)
        return self.of[path]


class Drawing:
    """The tables, and what must be known to read the rows that are written by them."""

    def __init__(self) -> None:
        self.cells: dict[str, Cells] = {}
        """By the paths of collections, in the order of their table."""
        self.codes: list[Code | Statements] = []
        """The contexts in which codes are read: the first is −1, the next −2."""
        self.keys: list[tuple[int, str, int]] = []
        """Each key: the kind of object it is in, its text, its slot."""
        self.letters = bytearray()
        names = ("slots", "objects", "checks", "collections", "lists", "blanks")
        self.tables: dict[str, list[Row]] = {name: [] for name in names}
        self._collection("", Profile, None)

    def _put(self, table: str, *rows: Row) -> int:
        """Put rows into a table, one after another; where the first of them is."""
        self.tables[table] += rows
        return len(self.tables[table]) - len(rows)

    def _collection(self, path: str, model: type[BaseModel] | None, mark: Mark | None) -> int:
        cells = self.cells[path] = Cells()
        place = self._put("collections", {})
        lists: list[Row] = []
        element = self._element(cells, path, model, mark, lists)
        first = self._put("lists", *lists, {})
        blank = self._put("blanks", *cells.rows())
        self.tables["collections"][place] = {
            of.WIDTH: cells.width,
            of.BLANK: Ref("blanks", blank),
            of.ELEMENT: element,
            of.LISTS: Ref("lists", first),
            of.LISTS_END: Ref("lists", first + len(lists)),
            of.BELOW_END: len(self.cells) * of.COLLECTION,
        }
        return place

    def _element(
        self,
        cells: Cells,
        path: str,
        model: type[BaseModel] | None,
        mark: Mark | None,
        lists: list[Row],
    ) -> Ref:
        if model is not None:
            return Ref("objects", self._object(cells, path, model, lists))
        pair: dict[str, Mark | None]
        match mark:
            case Parts(key=key, code=code, value=value, amount=amount):
                pair = {key: code, value: amount}
            case Statements() as kinds:
                pair = {"kind": kinds, "holds": Truth()}
            case _:
                pair = {"code": mark}
        rows = [self._value(cells, f"{path}.{name}", held) for name, held in pair.items()]
        return Ref("slots", self._put("slots", *rows))

    def _object(self, cells: Cells, path: str, model: type[BaseModel], lists: list[Row]) -> int:
        place, seen = self._put("objects", {}), cells.new(f"{path} keys", 0)
        held: dict[str, Row] = {}
        for bit, (name, slot) in enumerate(slots(model).items()):
            here = f"{path}.{name}" if path else name
            held[name] = {**self._field(cells, here, slot, lists), of.BIT: 1 << bit}
            cells.keys[here] = seen, 1 << bit
            self._key(place, name, held[name])
        required = [1 << bit for bit, slot in enumerate(slots(model).values()) if slot.required]
        checks = list(_together(model, held))
        first = self._put("checks", *checks, {})
        self.tables["objects"][place] = {
            of.SEEN: seen,
            of.REQUIRED: sum(required),
            of.CHECKS: Ref("checks", first),
            of.CHECKS_END: Ref("checks", first + len(checks)),
            of.FIRST_SLOT: held[next(iter(held))][of.NEXT_SLOT],
        }
        return place

    def _key(self, place: int, name: str, slot: Row) -> None:
        """Put a slot, with the text of its key; as yet it is expected to come again."""
        begin = len(self.letters)
        self.letters += f'{name}"'.encode()
        slot |= {of.KEY: Ref("letters", begin), of.KEY_END: Ref("letters", len(self.letters))}
        number = self._put("slots", slot)
        slot[of.NEXT_SLOT] = Ref("slots", number)
        self.keys.append((place, name, number))

    def _field(self, cells: Cells, path: str, slot: Slot, lists: list[Row]) -> Row:
        if slot.form == "value":
            return self._value(cells, path, slot.mark, slot.required)
        if slot.form == "object":
            assert slot.model is not None
            inside = self._object(cells, path, slot.model, lists)
            return {of.KIND: of.OBJECT, of.INSIDE: Ref("objects", inside)}
        kind = of.LIST if slot.model else of.CODES if slot.form == "list" else of.MAP
        cell = cells.new(path, of.UNKNOWN_LIST)
        inside = self._collection(path, slot.model, slot.mark) * of.COLLECTION
        lists.append({of.LISTED_CELL: cell, of.LISTED: inside})
        return {of.KIND: kind, of.CELL: cell, of.INSIDE: inside}

    def _value(self, cells: Cells, path: str, mark: Mark | None, kept: bool = False) -> Row:
        match mark:
            case Day(end=end):
                open_end = pack(AFTER_ALL, AFTER_ALL) if end else 0
                day = cells.new(path, UNKNOWN_DAY)
                return {of.KIND: of.DAY, of.CELL: day, of.OPEN_END: open_end}
            case Truth():
                return {of.KIND: of.TRUTH, of.CELL: cells.new(path, UNKNOWN_TRUTH)}
            case Amount() as amount:
                cell = cells.new(path, _bits(np.nan))
                limits = {of.LOWEST: _bits(amount.lowest), of.HIGHEST: _bits(amount.highest)}
                return {of.KIND: of.AMOUNT, of.CELL: cell, **limits, of.WHOLE: amount.whole}
            case Code(vocabulary, only):
                return self._code(cells, path, Code(vocabulary, only))
            case Statements() as kinds:
                return self._code(cells, path, kinds)
        if not kept:
            return {of.KIND: of.WORDS}
        begin, _ = cells.new(path, 0), cells.new(f"{path} end", 0)
        return {of.KIND: of.NAME, of.CELL: begin}

    def _code(self, cells: Cells, path: str, mark: Code | Statements) -> Row:
        if mark not in self.codes:
            self.codes.append(mark)
        cell, context = cells.new(path, pack(0, ANY_CODE)), -1 - self.codes.index(mark)
        return {of.KIND: of.CODE, of.CELL: cell, of.CONTEXT: context}


def _together(model: type[BaseModel], held: Mapping[str, Row]) -> Iterator[Row]:
    """The checks of an object: how its fields must go together."""
    for name, slot in slots(model).items():
        for relation, other in relations(slot.mark):
            cells = {of.ONE: held[name][of.CELL], of.OTHER: held[other][of.CELL]}
            yield {of.CHECK_KIND: _CHECKS[relation], of.NOTHING: UNKNOWN_DAY, **cells}


_CHECKS = {Relation.SINCE: of.SINCE, Relation.YEAR: of.YEAR, Relation.WITHIN: of.WITHIN}


def _bits(number: float) -> int:
    return int(np.array(number, np.float64).view(np.int64))
