"""Where a reading stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from recognition.rule.syntax import At


@dataclass(frozen=True)
class Here:
    """Where the reading stands: in the document, on which element, with which parameters bound."""

    at: At
    level: str = ""
    bound: Mapping[str, tuple[Any, Here]] = field(default_factory=dict)
    within: tuple[str, ...] = ()

    def down(self, *keys: str | int) -> Here:
        return Here(self.at.down(*keys), self.level, self.bound, self.within)

    def on(self, collection: str) -> Here:
        return replace(self, level=collection)

    def binding(self, more: Mapping[str, tuple[Any, Here]]) -> Here:
        """The same place with more parameters bound."""
        return replace(self, bound={**self.bound, **more})
