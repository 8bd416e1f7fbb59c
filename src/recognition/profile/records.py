"""The fast reader: typed records, derived from the profile's model, checked while they are read.

Absent keys stay `UNSET`, so that what was left out can be told from what is null. What a record
cannot tell (does the date exist?) is checked on whole columns, in `facts/valid`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from operator import attrgetter, itemgetter
from types import GenericAlias
from typing import Annotated, Any, Literal, Union

import msgspec
import pyarrow as pa
from pydantic import BaseModel

from recognition.memo import Memo
from recognition.profile.model import Amount, Code, Mark, Parts, Profile, Statements, Truth
from recognition.profile.schema import Collection, Leaf, Slot, slots
from recognition.profile.vocabulary import Vocabularies

Record = Any
"""One profile as a struct; its type is made from the model, so it has no name to write here."""


class RecordReader:
    """Reads profiles whose codes are spelt as the vocabularies spell them.

    A closed vocabulary is part of the types: its codes and aliases are checked as they are read,
    and one text stands for all its uses. Looser spellings are left to `examine`.
    """

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._type = struct(Profile, vocabularies)
        self._decode = msgspec.json.Decoder(self._type).decode
        self._encode = msgspec.json.Encoder().encode

    def decode(self, line: bytes) -> Record | None:
        """The record of one profile in JSON; None where `examine` has to find the words."""
        return self.decode_all([line])[0]

    def decode_all(self, lines: Sequence[bytes]) -> list[Record | None]:
        """The records of profiles in JSON, one a line; None as in `decode`.

        A key that is written twice is lost when a record is read, and its colon with it: lines
        with more colons than their records are left to `examine`, and so are escaped colons.
        """
        records = [self._typed(line) for line in lines]
        read = [(line, record) for line, record in zip(lines, records, strict=True) if record]
        if self._whole([line for line, _ in read], [record for _, record in read]):
            return records
        return [
            record if record and self._whole([line], [record]) else None
            for line, record in zip(lines, records, strict=True)
        ]

    def _typed(self, line: bytes) -> Record | None:
        try:
            return self._decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    def _whole(self, lines: Sequence[bytes], records: list[Record]) -> bool:
        written = sum(line.count(b":") for line in lines)
        escaped = any(b"\\" in line and b"\\u003" in line for line in lines)
        return not escaped and written == self._encode(records).count(b":")

    def convert(self, document: dict[str, Any]) -> Record:
        """The record of a profile that `examine` has accepted (its `normalised` form)."""
        return msgspec.convert(document, self._type)


def reader(vocabularies: Vocabularies) -> RecordReader:
    """The reader of a set of vocabularies; made once, for making it takes a moment."""
    return vocabularies.memo.once(RecordReader, lambda: RecordReader(vocabularies))


def struct(
    model: type[BaseModel], vocabularies: Vocabularies | None = None
) -> type[msgspec.Struct]:
    """The record of a model: the same names and types, every field optional but what is not."""
    memo = _OF_NO_VOCABULARY if vocabularies is None else vocabularies.memo
    return memo.once((struct, model), lambda: _struct(model, vocabularies))


_OF_NO_VOCABULARY = Memo()


def _struct(model: type[BaseModel], vocabularies: Vocabularies | None) -> type[msgspec.Struct]:
    fields = [_field(slot, vocabularies) for slot in slots(model).values()]
    rename = {slot.attribute: slot.name for slot in slots(model).values()}
    return msgspec.defstruct(
        model.__name__, fields, rename=rename, forbid_unknown_fields=True, gc=False, kw_only=True
    )


def _field(slot: Slot, vocabularies: Vocabularies | None) -> Any:
    kind = _type(slot, vocabularies)
    if slot.required:
        return slot.attribute, Annotated[kind, msgspec.Meta(min_length=1)]
    return slot.attribute, Union[kind, None, msgspec.UnsetType], msgspec.UNSET  # noqa: UP007 - made at run time


def _type(slot: Slot, vocabularies: Vocabularies | None) -> Any:
    one = struct(slot.model, vocabularies) if slot.model else _value(slot.mark, vocabularies)
    match slot.form, slot.mark:
        case "list", None:
            return GenericAlias(list, (one,))
        case "list", _:
            return GenericAlias(list, (_or_null(one),))
        case "map", Parts(code=code, amount=amount):
            held = _or_null(_value(amount, vocabularies))
            return GenericAlias(dict, (_value(code, vocabularies), held))
        case "map", Statements(vocabulary=name):
            kinds = Literal[vocabularies[name].codes] if vocabularies else str
            return GenericAlias(dict, (kinds, bool | None))
    return one


def _or_null(kind: Any) -> Any:
    return Union[kind, None]  # noqa: UP007 - a type made at run time


def _value(mark: Mark | None, vocabularies: Vocabularies | None) -> Any:
    match mark:
        case Truth():
            return bool
        case Amount() as amount:
            return Annotated[float, _range(amount)]
        case Code(vocabulary=name, only=only) if vocabularies and vocabularies[name].closed:
            return Literal[vocabularies[name].accepted(only)]
    return str


def _range(mark: Amount) -> msgspec.Meta:
    most = None if mark.most == inf else mark.highest
    return msgspec.Meta(ge=mark.lowest, le=most, multiple_of=1 if mark.whole else None)


def getter(part: Leaf | Collection) -> Any:
    """A function from an element to the field, for all but what lies in an object of its own."""
    if not part.steps:
        return lambda element: element
    return _step(part.steps[0])


def _step(step: str | int) -> Any:
    return itemgetter(step) if isinstance(step, int) else attrgetter(attribute(step))


def attribute(name: str) -> str:
    """The name a field has in Python."""
    return f"{name}_" if name in ("from", "class", "for") else name


def blank(collection: Collection) -> Any:
    """The element that stands for an unknown list: nothing about it is known."""
    if collection.slot.model is not None:
        return struct(collection.slot.model)()
    return (None, None) if isinstance(collection.slot.mark, Parts) else None


def arrow_schema() -> pa.Schema:
    """The profile as Arrow columns: dates and codes as strings, lists of structs, maps."""
    return pa.schema(_arrow(slots(Profile).values()))


def _arrow(parts: Any) -> list[pa.Field]:
    return [pa.field(slot.name, _arrow_type(slot), nullable=not slot.required) for slot in parts]


def _arrow_type(slot: Slot) -> pa.DataType:
    kinds: dict[type, pa.DataType] = {Truth: pa.bool_(), Amount: pa.float64()}
    if slot.model is not None:
        inner = pa.struct(_arrow(slots(slot.model).values()))
        return pa.list_(inner) if slot.form == "list" else inner
    if slot.form == "map":
        return pa.map_(pa.string(), pa.float64() if isinstance(slot.mark, Parts) else pa.bool_())
    if slot.form == "list" and isinstance(slot.mark, Code):
        return pa.list_(pa.string())
    return kinds.get(type(slot.mark), pa.string())
