"""The one way in: profiles are read fast where they are plainly right, else with words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from recognition.facts.facts import Facts
from recognition.facts.valid import valid
from recognition.problems import Problem, Refused
from recognition.profile.records import Record, reader
from recognition.profile.validate import examine, normalised
from recognition.profile.vocabulary import Vocabularies

Raw = bytes | Mapping[str, Any]
"""A profile as it comes: JSON, or the document read from it."""


@dataclass(frozen=True)
class Admitted:
    """The profiles that were let in, as columns, and all that is wrong with the others.

    `places[row]` says which of the given profiles a row is; `refused` has the problems of others by
    their places. `examined` has, by place, the documents that the exact way took, in one spelling,
    and `warnings` what of them was not understood.
    """

    facts: Facts
    places: Sequence[int]
    refused: Mapping[int, tuple[Problem, ...]] = field(default_factory=dict)
    examined: Mapping[int, dict[str, Any]] = field(default_factory=dict)
    warnings: Mapping[int, Sequence[Problem]] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong, profile by profile."""
        return [problem for problems in self.refused.values() for problem in problems]

    def documents(self, profiles: Sequence[Raw]) -> list[Mapping[str, Any]]:
        """The document of each row: as it was written, or in one spelling where it was examined."""
        return [self.examined.get(place) or _loaded(profiles[place]) for place in self.places]


def admitted(
    profiles: Sequence[Raw], as_of: int | NDArray[np.int32], vocabularies: Vocabularies
) -> Admitted:
    """Profiles let in on one day, or on a day each.

    The fast reader takes JSON that is plainly right, and mostly that is all; the exact one takes
    what is only spelt loosely, and says what is wrong with the rest.
    """
    fast = reader(vocabularies)
    records = fast.decode_all([raw if isinstance(raw, bytes) else b"" for raw in profiles])
    let_in = _columns(records, as_of, vocabularies)
    fits = valid(let_in.facts)
    if len(let_in.places) == len(profiles) and fits.all():
        return let_in
    for place in np.array(let_in.places, int)[~fits]:
        records[place] = None
    refused: dict[int, tuple[Problem, ...]] = {}
    examined: dict[int, dict[str, Any]] = {}
    warnings: dict[int, Sequence[Problem]] = {}
    for place in [place for place, record in enumerate(records) if record is None]:
        try:
            profile, warnings[place] = examine(profiles[place], vocabularies)
            examined[place] = normalised(profile)
            records[place] = fast.convert(examined[place])
        except Refused as wrong:
            refused[place] = wrong.problems
    let_in = _columns(records, as_of, vocabularies)
    return Admitted(let_in.facts, let_in.places, refused, examined, warnings)


def _columns(
    records: Sequence[Record | None], as_of: int | NDArray[np.int32], vocabularies: Vocabularies
) -> Admitted:
    """The records that there are."""
    places = [place for place, record in enumerate(records) if record is not None]
    days = as_of[places] if isinstance(as_of, np.ndarray) else as_of
    facts = Facts.from_records([records[place] for place in places], days, vocabularies)
    return Admitted(facts, places)


def _loaded(raw: Raw) -> Mapping[str, Any]:
    document: Mapping[str, Any] = orjson.loads(raw) if isinstance(raw, bytes) else raw
    return document
