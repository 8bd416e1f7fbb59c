"""Memberships that titles imply stand beside those that are stated."""

from __future__ import annotations

from typing import Any

import pytest

from recognition.admit import admitted
from recognition.evaluate import evaluate
from recognition.facts.facts import Facts
from recognition.facts.implying import with_memberships
from recognition.standard.library import Library

DAY = 20_000
MHKIE = {"title": "MHKIE", "body": "HKIE", "discipline": "civil", "status": "active"}


def facts(library: Library, *profiles: dict[str, Any]) -> Facts:
    people = [{"id": str(i), **one} for i, one in enumerate(profiles)]
    return with_memberships(admitted(people, DAY, library.vocabularies).facts)


def held(library: Library, told: Facts) -> list[list[tuple[str, str, str]]]:
    """Body, grade and status of each profile's memberships; `?` where it is open."""
    columns = []
    for name in ("body", "grade", "status"):
        known = told.field(f"memberships.{name}")
        kinds = {"body": "bodies", "grade": "grades", "status": "registration-statuses"}
        entries = library.vocabularies[kinds[name]]
        pairs = zip(known.lo.tolist(), known.hi.tolist(), strict=True)
        columns.append([entries.entry(lo) if lo == hi else "?" for lo, hi in pairs])
    rows, elements = told.row("memberships").tolist(), list(zip(*columns, strict=True))
    return [
        [one for row, one in zip(rows, elements, strict=True) if row == at]
        for at in range(told.rows)
    ]


def test_a_title_implies_a_membership_behind_those_that_are_stated(library: Library) -> None:
    """Of the same status where it does not expire; profiles beside it keep theirs."""
    told = facts(
        library,
        {"registrations": [], "memberships": [{"body": "ICE", "grade": "member"}]},
        {
            "registrations": [{**MHKIE, "expires_on": ".."}],
            "memberships": [{"body": "ICE", "grade": "member"}],
        },
        {"registrations": [{**MHKIE, "expires_on": "2030-01-01"}], "memberships": []},
    )
    assert held(library, told) == [
        [("ICE", "member", "?")],
        [("ICE", "member", "?"), ("HKIE", "corporate", "active")],
        [("HKIE", "corporate", "?")],
    ]


@pytest.mark.parametrize("stated", [{"body": "HKIE", "grade": "graduate"}, {"body": "HKIE"}])
def test_what_is_stated_of_the_body_stands(library: Library, stated: dict[str, Any]) -> None:
    """A membership of the same body is not added to."""
    told = facts(library, {"registrations": [MHKIE], "memberships": [stated]})
    assert [len(one) for one in held(library, told)] == [1]


def test_a_list_that_was_unknown_stays_unknown(library: Library) -> None:
    """Whatever else it holds is open; the phantom is first."""
    told = facts(library, {"registrations": [MHKIE, MHKIE]})
    assert told.offsets("memberships").tolist() == [0, 2]
    many = told.many("memberships")
    assert many is not None
    assert many.tolist() == [True, False]


def test_who_has_mhkie_is_asked_for_no_membership(library: Library) -> None:
    """The same credential told once: as a title, as a line of titles, as a membership."""

    def found(profile: dict[str, Any]) -> str:
        asked = ["hk-hkie-cn-nabers"]
        decided = evaluate(library, {"id": "x", **profile}, asked, ["CN"], "2020-01-01")
        (one,) = decided["decisions"]
        return str({f["criterion"]: f["status"] for f in one["findings"]}["membership"])

    lasting = {**MHKIE, "expires_on": ".."}
    assert found({"registrations": [lasting], "memberships": []}) == "met"
    assert found({"registrations": [{**lasting, "title": "RPE MHKIE"}], "memberships": []}) == "met"
    stated = {"body": "HKIE", "grade": "corporate", "status": "active"}
    assert found({"registrations": [], "memberships": [stated]}) == "met"
    assert found({"registrations": [], "memberships": []}) == "unmet"
