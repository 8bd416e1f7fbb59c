"""What is measured and what is required are told as bounds with their unit."""

from __future__ import annotations

from typing import Any

import pytest

from explained import finding
from recognition.standard.library import Library

YEARS = {"years": {"in": "experience"}}
EQF = {"field": "degrees.eqf"}
HIGHEST = {"greatest": {"in": "degrees", "of": EQF}}
SHARE = {"greatest": {"in": "experience", "of": {"field": "experience.fte"}}}
HOURS = {"sum": {"in": "cpd", "of": {"field": "cpd.hours"}}}
JOBS = {"count": {"in": "experience"}}
BORN = {"field": "birth_date"}
JOB = {"from": "2014-01-01", "until": "2014-12-31", "fte": 1}


def told(amounts: Any) -> Any:
    """A measure by its ends and unit."""
    return amounts and (amounts["at_least"], amounts["at_most"], amounts["unit"])


@pytest.mark.parametrize(
    ("rule", "profile", "measured", "required"),
    [
        (
            {"at_least": [YEARS, 7]},
            {"experience": [{**JOB, "until": "2014-04-30"}]},
            (0.3288, 0.3288, "years"),
            (7, 7, "years"),
        ),
        (
            {"at_least": [YEARS, {"months": 18}]},
            {"experience": [{**JOB, "until": "2015-12-31"}]},
            (24, 24, "months"),
            (18, 18, "months"),
        ),
        (
            {"at_least": [HOURS, 50]},
            {"cpd": [{"hours": 20}, {"hours": 10.33333}]},
            (30.3333, 30.3333, "hours"),
            (50, 50, "hours"),
        ),
        ({"at_least": [HOURS, 50]}, {"cpd": None}, (0, None, "hours"), (50, 50, "hours")),
        ({"at_least": [JOBS, 2]}, {"experience": [JOB]}, (1, 1, "count"), (2, 2, "count")),
        ({"at_least": [HIGHEST, 6]}, {"degrees": [{"eqf": 5}]}, (5, 5, "level"), (6, 6, "level")),
        ({"at_least": [HIGHEST, 6]}, {"degrees": []}, (None, None, "level"), (6, 6, "level")),
        (
            {"before": [BORN, {"date": "1990-01-02"}]},
            {"birth_date": "1994"},
            ("1994-01-01", "1994-12-31", "date"),
            ("1990-01-02", "1990-01-02", "date"),
        ),
        (
            {"before": [BORN, {"date": "1990-01-02"}]},
            {},
            (None, None, "date"),
            ("1990-01-02", "1990-01-02", "date"),
        ),
        ({"at_least": [SHARE, 0.75]}, {"experience": [JOB]}, (1, 1, ""), (0.75, 0.75, "")),
        ({"attested": "us-code-familiarity"}, {}, None, None),
    ],
)
def test_a_comparison_is_told_by_its_bounds(
    books: Library, rule: Any, profile: Any, measured: Any, required: Any
) -> None:
    """To four places, in the unit of the field if it has one; null is an end without bound."""
    found = finding(books, rule, profile)
    assert (told(found["measured"]), told(found["required"])) == (measured, required)


@pytest.mark.parametrize(
    ("degrees", "measured"),
    [
        ([{"eqf": 5}], (5, 5, "level")),
        ([{"eqf": None}], (1, 8, "level")),
        ([{"eqf": 3}, {"eqf": 7}], (7, 7, "level")),
        ([], None),
    ],
)
def test_what_is_said_of_an_element_is_measured_there(
    books: Library, degrees: list[Any], measured: Any
) -> None:
    """At the element that comes furthest; without one there is nothing to measure."""
    found = finding(books, {"at_least": [EQF, 6]}, {"degrees": degrees}, "degrees")
    assert told(found["measured"]) == measured
