"""What a run came to, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc


@dataclass
class Summary:
    """What a run came to: read = decided + rejected; decisions by standard and verdict.

    `deciding` counts, by standard, verdict and criterion, what stands against being eligible;
    `missing`, by standard and path, facts that would settle what is undetermined; `duplicates`
    are ids met more than once.
    """

    read: int = 0
    decided: int = 0
    rejected: int = 0
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    deciding: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    missing: Counter[tuple[str, str]] = field(default_factory=Counter)
    duplicates: int = 0

    def add(self, counts: Mapping[str, Any]) -> None:
        """Add what a part counted."""
        self.read += counts["read"]
        self.decided += counts["decided"]
        self.rejected += counts["rejected"]
        for standard, path, number in counts["missing"]:
            self.missing[standard, path] += number

    def count(self, table: pa.Table) -> None:
        """Count a table of decisions."""
        for standard, verdict, number in _grouped(table.select(["standard", "verdict"])):
            self.verdicts[standard, verdict] += number
        for verdict, column in (("ineligible", "unmet"), ("undetermined", "unknown")):
            against = table.filter(pc.equal(table["verdict"].cast(pa.string()), verdict))
            names = against[column].combine_chunks()
            of = against["standard"].take(pc.list_parent_indices(names))
            told = pa.table([of, names.flatten()], names=["standard", "criterion"])
            for standard, criterion, number in _grouped(told):
                self.deciding[standard, verdict, criterion] += number


def _grouped(table: pa.Table) -> list[tuple[Any, ...]]:
    """Each different row of two columns, and how many there are of it."""
    counted = table.group_by(table.column_names).aggregate([([], "count_all")])
    return [tuple(row.values()) for row in counted.to_pylist()]
