"""What lists say of a degree: what counts as the same name, what is doubtful, what is not told."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognition.programmes import Programmes, Proposal
from recognition.programmes.index import AWARD, CAMPUS, COUNTRY, LEVEL, NAME, ORDER, SEVERAL
from recognition.programmes.model import Institution, Listing, ListSource, Row, Words
from recognition.standard.library import Library

NORTH: dict[str, Any] = {
    "institution": "University of the North Isle",
    "programme": "Civil & Coastal Engineering",
    "country": "NZ",
    "level": "bachelor",
    "awarded_on": "2015-12-01",
}


def rows(proposals: list[Proposal]) -> list[tuple[str, int | None]]:
    """Where the rows that are listed stand."""
    return [(one.listing.id, one.entry.number) for one in proposals if one.listing and one.entry]


def doubts(proposals: list[Proposal]) -> set[str]:
    """All doubts."""
    return {doubt for one in proposals for doubt in one.doubts}


def said(isles: Programmes, **changed: Any) -> list[Proposal]:
    """What is said of a degree like NORTH."""
    return isles.propose({**NORTH, **changed})


ALIKE = [("isles", 0), ("isles", 1), ("isles-labels", 0)]
"""The rows of NORTH: two periods of one body, and another body's label."""


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"institution": "UNIVERSITY OF NORTH ISLE"},
        {"institution": "ｕｎｉｖｅｒｓｉｔｙ of the  Ｎｏｒｔｈ-Isle."},
        {"institution": "The Únivérsity of the North Isle"},
        {"programme": "civil and coastal engineering"},
        {"programme": "Coastal and Civil Engineering"},
        {"programme": "BEng (Hons) Civil & Coastal Engineering"},
        {"programme": "Bachelor of Engineering (Honours) in Civil and Coastal Engineering"},
        {"programme": "Bachelor of Applied Science, Civil and Coastal Engineering"},
        {"programme": "Bachelor of Civil and Coastal Engineering"},
        {"programme": None, "title": "B.Eng. in Civil and Coastal Engineering"},
        {"level": "Bachelor"},
        {"delivered_in": "NZ", "country": "GB"},
    ],
)
def test_what_does_not_count_in_a_name_does_not_count(
    isles: Programmes, written: dict[str, Any]
) -> None:
    """Case, width, accents, punctuation, articles, `&` and an award named first are nothing."""
    proposed = said(isles, **written)
    assert rows(proposed) == ALIKE
    assert not doubts(proposed)


@pytest.mark.parametrize("name", ["北岛大学", "北島大學", "北 島 大 學"])
@pytest.mark.parametrize("programme", ["土木与海岸工程", "土木與海岸工程专业"])
def test_traditional_and_simplified_are_one(isles: Programmes, name: str, programme: str) -> None:
    """Chinese is the same in either script, spaced or not, with or without the word programme."""
    proposed = said(isles, institution=name, programme=programme)
    assert rows(proposed) == ALIKE[:2]
    assert not doubts(proposed)


VARIANTS = st.tuples(
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.sampled_from(["", "The ", "the "]),
    st.sampled_from([" ", "  ", " - ", ", ", "\u3000"]),
    st.booleans(),
)


@given(VARIANTS, VARIANTS)
def test_variants_of_writing_match_alike(isles: Programmes, first: Any, second: Any) -> None:
    """However case, spaces, punctuation, width and articles are mixed, the rows are the same."""

    def vary(text: str, how: Any) -> str:
        case, article, space, wide = how
        varied = article + space.join(case(text).split(" "))
        return "".join(map(_wide, varied)) if wide else varied

    institution = vary(NORTH["institution"], first)
    proposed = said(isles, institution=institution, programme=vary(NORTH["programme"], second))
    assert rows(proposed) == ALIKE
    assert not doubts(proposed)


def _wide(letter: str) -> str:
    wide = chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter
    return wide if unicodedata.normalize("NFKC", wide) == letter else letter


LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


@st.composite
def typos(draw: st.DrawFn, text: str) -> str:
    """A text in which one letter of one word is another, missing or doubled."""
    at = draw(st.sampled_from([i for i, letter in enumerate(text) if letter.isalpha()]))
    other = draw(LETTERS.filter(lambda letter: letter != text[at].lower()))
    return text[:at] + draw(st.sampled_from([other, "", text[at] + other])) + text[at + 1 :]


@settings(max_examples=300)
@given(typos("Tidewater University"))
def test_a_misspelt_institution_never_matches(isles: Programmes, name: str) -> None:
    """One wrong letter proposes nothing, and says what is near."""
    [told] = said(isles, institution=name, programme="Civil Engineering")
    assert (told.kind, told.accreditations) == ("near", None)
    assert told.near == ("Tidewater University",)


@settings(max_examples=300)
@given(typos("Mechanical Coastal"))
def test_a_misspelt_programme_never_matches(isles: Programmes, name: str) -> None:
    """One wrong letter in a programme's name proposes nothing either."""
    assert not rows(said(isles, programme=name.replace("Mechanical", "Civil and") + " Engineerin"))


def test_a_misspelt_programme_is_near(isles: Programmes) -> None:
    """A programme with a wrong letter is told beside the one that was meant."""
    [told] = said(isles, institution="Tidewater University", programme="Civill Engineering")
    assert told.near == ("Civil Engineering",)


def test_hints_can_be_left_out(isles: Programmes) -> None:
    """Who decides a million profiles does not ask for hints."""
    degree = {**NORTH, "institution": "Tidewatre University", "programme": "Civil Engineering"}
    assert isles.propose(degree, hints=False) == []


# --- what is doubtful is shown, and not entered


@pytest.mark.parametrize(
    ("written", "doubt", "found"),
    [
        ({"country": None}, COUNTRY, [("isles", 12), *ALIKE]),
        ({"level": None}, LEVEL, ALIKE),
        ({"institution": "North Isle Polytechnic"}, NAME, ALIKE[:2]),
        ({"institution": "Tidewater University", "programme": "Civil Engineering",
          "awarded_on": "2008-06"}, NAME, [("isles", 5)]),
        ({"institution": "University of Tidewater", "programme": "Civil Engineering"}, ORDER,
         [("isles", 5)]),
        ({"institution": "Clay University", "programme": "Mining Engineering"}, CAMPUS,
         [("isles", 8)]),
        ({"institution": "Clay University", "programme": "BEng Geology"}, AWARD, [("isles", 9)]),
        ({"institution": "Clay University", "programme": "Geology"}, AWARD, [("isles", 9)]),
        ({"programme": "B.Tech. Civil & Coastal Engineering"}, AWARD, ALIKE),
        ({"programme": "Bachelor of Technology in Civil & Coastal Engineering"}, AWARD, ALIKE),
        ({"institution": "Harbour University", "programme": "Naval Engineering"}, CAMPUS,
         [("isles", 6), ("isles", 7)]),
        ({"institution": "Clay University (Online)", "programme": "BSc Geology"}, CAMPUS,
         [("isles", 9)]),
    ],
)  # fmt: skip
def test_what_was_not_compared_is_a_doubt(
    isles: Programmes, written: dict[str, Any], doubt: str, found: list[Any]
) -> None:
    """A match by less than the whole of what is known is shown with its doubt."""
    proposed = said(isles, **written)
    assert sorted(rows(proposed)) == sorted(found)
    assert all(doubt in one.doubts for one in proposed)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"institution": "North Isle Polytechnic", "awarded_on": "2003"}, ALIKE[:2]),
        ({"institution": "Tide College of Engineering", "programme": "Civil Engineering",
          "awarded_on": "2005"}, [("isles", 3)]),
        ({"institution": "Clay University", "programme": "Mining Engineering", "campus": "HILL"},
         [("isles", 8)]),
        ({"institution": "Clay University (Hill)", "programme": "Mining Engineering"},
         [("isles", 8)]),
        ({"institution": "Harbour University - Eastport", "programme": "Naval Engineering"},
         [("isles", 6)]),
        ({"institution": "University of Ferndale", "programme": "Chemical Engineering"},
         [("isles", 10)]),
        ({"institution": "Ferndale University", "programme": "Chemical Engineering"},
         [("isles", 11)]),
        ({"country": "AU"}, [("isles", 12)]),
        ({"delivered_in": "AU"}, [("isles", 12)]),
        ({"programme": "Mechanical Engineering", "level": "master"}, [("isles", 2)]),
    ],
)  # fmt: skip
def test_renamed_merged_and_like_institutions_are_told_apart(
    isles: Programmes, written: dict[str, Any], found: list[Any]
) -> None:
    """Former names count in their time; campuses, countries, levels and orders are kept apart."""
    proposed = said(isles, **written)
    assert rows(proposed) == found
    assert not doubts(proposed)


@pytest.mark.parametrize(
    "written",
    [
        {"country": "GB"},
        {"delivered_in": "SG"},
        {"level": "doctorate"},
        {"institution": None},
        {"programme": None},
        {"institution": 7},
        {"institution": "", "programme": ""},
        {"institution": "…", "programme": "…"},
        {"institution": NORTH["institution"] + " x" * 200},
        {"programme": NORTH["programme"] + " x" * 200},
        {"programme": "Bachelor of Engineering Technology in Civil and Coastal Engineering"},
        {"programme": "Civil and Coastal Engineering Technology"},
        {"programme": "BET Civil and Coastal Engineering"},
        {"institution": "Clay University", "programme": "Mining Engineering", "campus": "Dale"},
        {"institution": "Clay University (Dale)", "programme": "Mining Engineering"},
    ],
)
def test_another_place_level_or_campus_is_no_match(
    isles: Programmes, written: dict[str, Any]
) -> None:
    """What surely is another programme, or is not known at all, matches nothing."""
    assert not rows(said(isles, awarded_on="2025", **written))


def test_several_programmes_of_a_list_are_all_shown_and_none_is_sure(books: Library) -> None:
    """Where two programmes bear one name in one list, both are proposed, with that doubt."""
    school = Institution(["School of Two"], "NZ")
    twice = [Row(key, ["Civil Engineering"], level="bachelor") for key in "ab"]
    schools = {"a": school, "b": school}
    words = Words("", "")
    listing = Listing("two", "EngNZ", words, ListSource("x"), "2026-11-27", schools, twice)
    lists = Programmes([listing], books.vocabularies)
    degree = {**NORTH, "institution": "School of Two", "programme": "Civil Engineering"}
    proposed = lists.propose(degree)
    assert [one.doubts for one in proposed] == [(SEVERAL,)] * 2
