"""What a complete list says by silence: for its country and years, and for no others."""

from __future__ import annotations

from typing import Any

import pytest

from recognition.programmes import Programmes

UNLISTED: dict[str, Any] = {
    "institution": "Heron College",
    "programme": "Mining Engineering",
    "country": "NZ",
    "level": "bachelor",
    "awarded_on": "2015-12",
}
LISTED = {"institution": "University of the North Isle", "programme": "Civil & Coastal Engineering"}


def silent(isles: Programmes, **changed: Any) -> bool:
    """Whether the complete list is said not to name a degree like UNLISTED."""
    told = [one for one in isles.propose({**UNLISTED, **changed}) if one.kind == "not-listed"]
    assert all(one.accreditations == [] and one.listing and one.listing.body for one in told)
    return bool(told)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"awarded_on": "2012"},
        {"awarded_on": "2020-12-31"},
        {"programme": None, "title": "BEng Mining Engineering"},
        {"institution": "University of the North Isle"},
        {"institution": "北島大學", "programme": "Tunnelling"},
        {**LISTED, "level": "master"},
        {"institution": "Tidewater University", "programme": "Civil Engineering",
         "awarded_on": "2018"},
    ],
)  # fmt: skip
def test_a_complete_list_s_silence_is_told(isles: Programmes, changed: dict[str, Any]) -> None:
    """In its years a list that leaves out nothing says what it does not name."""
    assert silent(isles, **changed) == ("institution" not in changed or isascii(changed))


def isascii(changed: dict[str, Any]) -> bool:
    """Whether a degree is written in letters in which the list names all."""
    return str(changed["institution"]).isascii()


@pytest.mark.parametrize(
    "changed",
    [
        {"awarded_on": "2011-12-31"},
        {"awarded_on": "2021"},
        {"awarded_on": "2021-01-01"},
        {"awarded_on": None},
        {"awarded_on": "some day"},
        {"country": "AU"},
        {"country": None},
        {"delivered_in": "SG"},
        {"level": None},
        {"programme": None, "title": "Bachelor of Engineering"},
        LISTED,
        {**LISTED, "institution": "North Isle University of"},
        {**LISTED, "institution": "University of the North Ilse"},
        {**LISTED, "programme": "Civil & Costal Engineering"},
        {"institution": "鹭学院", "programme": "采矿工程"},
    ],
)
def test_nothing_is_said_of_other_years_places_and_names(
    isles: Programmes, changed: dict[str, Any]
) -> None:
    """What may be listed under another name, or lies outside, is unknown and not absent."""
    assert not silent(isles, **changed)


def test_a_list_that_is_not_complete_says_nothing_by_silence(isles: Programmes) -> None:
    """Only the complete list is named."""
    told = isles.propose(UNLISTED)
    assert [one.listing.id for one in told if one.listing] == ["isles"]
