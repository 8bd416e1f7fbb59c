"""How proposals enter a profile: nothing stated is touched, nothing open becomes a no."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition.evaluate import evaluate
from recognition.profile.json_schema import json_schema
from recognition.programmes import (
    Programmes,
    line_with_proposals,
    programmes,
    with_proposals,
)
from recognition.standard.library import Library

LISTS = Path(__file__).parent / "lists"
DEGREE: dict[str, Any] = {
    "institution": "University of the North Isle",
    "title": "BEng Civil & Coastal Engineering",
    "country": "NZ",
    "level": "bachelor",
    "started_on": "2011-03-01",
    "awarded_on": "2015-12-01",
    "years": 4,
}


def profile(**changed: Any) -> dict[str, Any]:
    """One with a single degree."""
    return {"id": "p", "degrees": [{**DEGREE, **changed}]}


@pytest.mark.parametrize("absent", [{}, {"accreditations": None}])
def test_what_is_unknown_is_proposed(isles: Programmes, absent: dict[str, Any]) -> None:
    """The accreditations of all sure rows are entered, declared, with an open rest."""
    given = profile(**absent)
    document, told = with_proposals(given, isles)
    entered = document["degrees"][0]["accreditations"]
    assert [one.get("by") for one in entered] == ["EngNZ", "EngNZ", "ASIIN", None]
    assert {one.get("proof") for one in entered[:3]} == {"declared"}
    assert [(one.pointer, one.entered) for one in told] == [("/degrees/0", True)] * 3
    assert given == profile(**absent)


@pytest.mark.parametrize("stated", [[], [{"by": "EngNZ"}], [{"by": None}]])
def test_what_is_stated_is_not_touched(isles: Programmes, stated: list[Any]) -> None:
    """A degree whose accreditations are given, none among them, is left as it is."""
    given = profile(accreditations=stated)
    document, told = with_proposals(given, isles)
    assert document is given
    assert told == []


def test_what_is_doubtful_and_what_is_absent_is_told_alone(isles: Programmes) -> None:
    """A doubt, a near name and a complete list's silence enter nothing."""
    for changed in ({"level": None}, {"institution": "Heron College"}, {"title": "Civil & Costal"}):
        given = profile(**changed)
        document, told = with_proposals(given, isles)
        assert document is given
        assert not any(one.entered for one in told)


@pytest.mark.parametrize("degrees", [None, 7, "x", [], [None], [7], [{}], [{"institution": []}]])
def test_what_is_no_profile_is_passed_on(isles: Programmes, degrees: Any) -> None:
    """Documents that are refused later on are not looked into."""
    given = {"id": "p", "degrees": degrees}
    assert with_proposals(given, isles) == (given, [])


def test_an_answer_says_where_it_comes_from(isles: Programmes) -> None:
    """Each proposal has its list, row, source and day, and words in both languages."""
    told = with_proposals(profile(), isles)[1][0].document()
    origin = {"list": "isles", "row": 0, "source": ["Made up for tests"], "urls": []}
    assert told["derived_from"] == {**origin, "read_on": "2026-11-27", "made_up": True}
    assert told["accreditations"][0]["proof"] == "declared"
    assert "2000-01-01" in told["words"]["en"]
    assert "北島大學" in told["words"]["zh"]
    assert json.loads(json.dumps(told)) == told


def test_every_kind_of_proposal_has_words(isles: Programmes) -> None:
    """Near names, silence and doubts are sentences too, in both languages."""
    for changed in ({"level": None}, {"institution": "Heron College"}, {"title": "Civil & Costal"}):
        for one in with_proposals(profile(**changed), isles)[1]:
            assert all(one.document()["words"].values())


# --- what it does to decisions


@pytest.fixture(scope="module")
def lists(library: Library) -> Programmes:
    """The made-up lists beside the project's library."""
    return programmes(library, [LISTS])


def verdict(library: Library, document: Any) -> str:
    """What the Washington Accord says of a profile."""
    [decided] = evaluate(library, document, ["washington-accord"], ["AU"], "2026-11-01")[
        "decisions"
    ]
    return str(decided["verdict"])


def test_a_proposal_settles_what_was_open(library: Library, lists: Programmes) -> None:
    """A degree inside the listed days is decided, which was open before."""
    document, _ = with_proposals(profile(), lists)
    assert verdict(library, profile()) == "undetermined"
    assert verdict(library, document) == "eligible"


@given(
    st.sampled_from(["1999", "2005", "2012-12", "2015-12-01", "2019-12-31", "2020", "2024"]),
    st.sampled_from(["Civil & Coastal Engineering", "Mechanical Engineering", "Tunnelling"]),
    st.sampled_from(["bachelor", "master", None]),
)
def test_a_proposal_never_makes_a_no(
    library: Library, lists: Programmes, awarded: str, title: str, level: str | None
) -> None:
    """Whatever lists name, or leave out, what was open does not become ineligible by it."""
    given = profile(awarded_on=awarded, started_on=None, title=title, level=level)
    before, after = verdict(library, given), verdict(library, with_proposals(given, lists)[0])
    assert after == before or (before, after) == ("undetermined", "eligible")


def test_what_is_entered_is_a_profile(library: Library, lists: Programmes) -> None:
    """The document with its proposals fits the profile's schema."""
    jsonschema.validate(with_proposals(profile(), lists)[0], json_schema(library.vocabularies))


# --- lines of big files


@pytest.mark.parametrize("separators", [(",", ":"), (" , ", ": ")])
@given(
    degrees=st.lists(
        st.fixed_dictionaries(
            {
                "institution": st.sampled_from([DEGREE["institution"], "Heron College", None, 7]),
                "title": st.sampled_from([DEGREE["title"], "Naval Engineering", ""]),
                "level": st.sampled_from(["bachelor", None]),
                "country": st.sampled_from(["NZ", "AU", None]),
                "awarded_on": st.sampled_from(["2015-12-01", "2003", "x", None]),
            },
            optional={
                "accreditations": st.sampled_from([None, [], [{"by": "EngNZ"}]]),
                "delivered_in": st.sampled_from(["NZ", None]),
                "programme": st.sampled_from([None, "Civil & Coastal Engineering"]),
            },
        ),
        max_size=3,
    )
)
def test_a_line_is_filled_as_its_profile(
    isles: Programmes, degrees: list[Any], separators: tuple[str, str]
) -> None:
    """What enters a line of JSON is what enters its document; the rest of it stays."""
    given = {"id": "p", "degrees": degrees, "cpd": []}
    line = json.dumps(given, ensure_ascii=False, separators=separators).encode()
    document, told = with_proposals(json.loads(line), isles, hints=False)
    filled, proposed = line_with_proposals(line, isles)
    if any(degree["institution"] == 7 for degree in degrees):
        assert (filled, proposed) == (line, [])
    else:
        assert json.loads(filled) == document
        assert [one.document() for one in proposed] == [one.document() for one in told]


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"{", b"[]", b'{"degrees": 7}', b'{"degrees": [7]}', b'{"degrees": null}'),
        b'{"degrees": [{"institution": "\xff"}]}',
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_profile_is_left(isles: Programmes, line: bytes) -> None:
    """Lines that are refused later on are passed on as they are."""
    assert line_with_proposals(line, isles) == (line, [])


def test_a_key_written_twice_is_not_hidden(isles: Programmes) -> None:
    """A degree that speaks of accreditations twice stays as it is, for others to refuse."""
    degree = json.dumps(DEGREE)[:-1] + ', "accreditations": [], "accreditations": null}'
    line = f'{{"id": "p", "degrees": [{degree}]}}'.encode()
    assert line_with_proposals(line, isles)[0] == line
