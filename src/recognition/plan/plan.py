"""A plan: steps in order, and the lines that read their results."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from recognition.plan.arrangement import Arrangement, arranged
from recognition.plan.batching import Stack, singly, stacked
from recognition.plan.graph import Step, last_uses
from recognition.plan.layout import StatusLayout
from recognition.plan.lines import Line


@dataclass(frozen=True)
class Plan:
    """Steps in order, and the lines that read their results."""

    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    written: int

    @property
    def drafts(self) -> list[str]:
        """The drafts by which lines may be decided, as `id@version`, each once."""
        asked = (
            (line.standard.id, version.edition) for line in self.lines for version in line.versions
        )
        return list(
            dict.fromkeys(f"{id}@{edition.version}" for id, edition in asked if edition.draft)
        )

    @cached_property
    def done(self) -> list[list[int]]:
        """For each step the earlier ones that no later step and no line needs."""
        return last_uses(self.steps, [place for line in self.lines for place in line.places])

    @cached_property
    def done_when_told(self) -> list[list[int]]:
        """The same where findings are told, which need to know what concerns the person."""
        kept = (place for line in self.lines for place in (*line.places, *line.asides))
        return last_uses(self.steps, list(kept))

    @cached_property
    def singly(self) -> tuple[Stack, ...]:
        """The steps one by one, for many profiles."""
        return singly(self.steps)

    @cached_property
    def arrangement(self) -> Arrangement:
        """The steps in stacks, and where their values stand, for few profiles."""
        return arranged(self.steps, stacked(self.steps))

    @cached_property
    def stacks_well(self) -> bool:
        """Whether stacks are few enough: one of them costs as much as two or three steps."""
        return 2 * len(self.steps) > 5 * len(self.arrangement.stacks)

    @cached_property
    def layout(self) -> StatusLayout:
        """Where the lines find their findings."""
        return StatusLayout.of(self.lines)
