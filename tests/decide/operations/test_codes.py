"""What is looked up by a code that is not known, but at home somewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import world

DAY = dt.date(2023, 6, 30)
BODY = {"field": "registrations.body"}
PARTY = {"party": {"of": "settled", "body": BODY, "is": ["full"], "on": {"date": "2018-01-01"}}}


@pytest.mark.parametrize("where", [PARTY, {"one_of": [BODY, ["EA"]]}])
@pytest.mark.parametrize(
    ("held", "due"),
    [
        ({"body": "EA"}, (True, True)),
        ({"body": None}, (False, True)),
        ({"body": None, "country": "NZ"}, (False, True)),
        ({"body": "A Body Nobody Knows"}, (False, True)),
        ({"body": "A Body Nobody Knows", "country": "AU"}, (False, True)),
        ({"body": "A Body Nobody Knows", "country": "NZ"}, (False, False)),
    ],
)
def test_a_name_that_is_no_entry_is_none_of_another_country(
    where: Any, held: Any, due: tuple[bool, bool]
) -> None:
    """It may be any body of its country, under another name."""
    batch = world.facts([{"id": "x", "registrations": [held]}], [DAY])
    expression = {"exists": {"in": "registrations", "where": where}}
    assert world.columns(expression, "truth", batch, None) == [due]


@pytest.mark.parametrize("where", [PARTY, {"one_of": [BODY, ["EA"]]}])
def test_each_name_is_judged_by_itself(where: Any) -> None:
    """Beside bodies that are known, and such as may be any."""
    held = [{"body": None}, {"body": "A Body Nobody Knows", "country": "NZ"}, {"body": "EA"}]
    people = [{"id": str(i), "registrations": [one]} for i, one in enumerate(held)]
    batch = world.facts(people, [DAY] * 3)
    expression = {"exists": {"in": "registrations", "where": where}}
    due = [(False, True), (False, False), (True, True)]
    assert world.columns(expression, "truth", batch, None) == due
