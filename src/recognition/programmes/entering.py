"""How proposals enter a profile: where nothing was stated, and never as all there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recognition.programmes.proposals import Programmes, Proposal, at

OPEN_REST: dict[str, Any] = {"by": None}
"""An accreditation of which nothing is known: other bodies may have accredited the programme too.

A list in a profile is complete. Without this, what one body's list proposes would say that no other
body accredited the programme, and turn what is open into a definite no.
"""


def with_proposals(
    profile: Mapping[str, Any], programmes: Programmes, hints: bool = True
) -> tuple[Mapping[str, Any], list[Proposal]]:
    """A profile with the accreditations that lists propose, and all proposals with their degrees.

    Only degrees whose `accreditations` are absent or null are touched, and only by proposals
    without doubts; the profile itself is returned where nothing is entered. What a list is known
    not to name is told and not entered. `hints` as in `Programmes.propose`.
    """
    degrees = profile.get("degrees")
    told: list[Proposal] = []
    entered: dict[int, list[dict[str, Any]]] = {}
    for i, degree in enumerate(degrees if isinstance(degrees, list) else ()):
        if isinstance(degree, Mapping) and degree.get("accreditations") is None:
            proposed = at(programmes.propose(degree, hints), f"/degrees/{i}", True)
            told += proposed
            if sure := _sure(proposed):
                entered[i] = [*sure, dict(OPEN_REST)]
    return (_filled(profile, entered) if entered else profile), told


def _sure(proposed: list[Proposal]) -> list[dict[str, Any]]:
    """The accreditations to enter; two lists that say the same say it once."""
    sure: list[dict[str, Any]] = []
    for one in proposed:
        if one.entered and one.entry and one.entry.accreditation not in sure:
            sure.append(dict(one.entry.accreditation))
    return sure


def _filled(
    profile: Mapping[str, Any], entered: Mapping[int, list[dict[str, Any]]]
) -> dict[str, Any]:
    degrees = [
        {**degree, "accreditations": entered[i]} if i in entered else degree
        for i, degree in enumerate(profile["degrees"])
    ]
    return {**profile, "degrees": degrees}
