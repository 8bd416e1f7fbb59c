"""What counts in a name and what does not."""

import pytest

from recognition.names.folding import LONGEST, fold, key, letters, segments

ALIKE = [
    ("Institution of Civil Engineers", "INSTITUTION  OF CIVIL ENGINEERS"),
    ("Engineering & Technology", "Engineering and Technology"),
    ("Ordre des ingénieurs du Québec", "ordre des ingenieurs du quebec"),
    ("Ｈｏｎｇ　Ｋｏｎｇ", "Hong Kong"),
    ("香港工程師學會", "香港工程师学会"),
    ("香港 工程師 學會", "香港工程师学会"),
    ("日本技術士会", "日本技术士会"),
    ("The HKIE", "HKIE"),
    ("B.Eng.", "BEng"),
    ("Côte d’Ivoire", "cote d'ivoire"),
    ("Bachelor’s degree", "bachelors degree"),
    ("Bộ Xây dựng", "bo xay dung"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_does_not_count_leaves_the_key(one: str, other: str) -> None:
    """Case, width, accents, punctuation and small words do not count."""
    assert key(fold(one)) == key(fold(other)) != ""


APART = [
    ("Institution of Engineers", "Institute of Engineers"),
    ("US;CA", "US-CA"),
    ("中国、香港", "中国香港"),
    ("中国,香港", "中国香港"),
    ("US-LA-PE", "US-DE-PE"),
    ("Engineer", "Engineers"),
    ("CONFEA/CREA", "CONFEA CREA"),
    ("कि", "कु"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_counts_stays_in_the_key(one: str, other: str) -> None:
    """Words, their number, marks that are vowels and the small parts of codes count."""
    whole = fold(one), fold(other)
    assert (key(whole[0]), whole[0]) != (key(whole[1]), whole[1])
    assert letters(whole[0]) == "" or letters(whole[0]) != key(whole[1])


def test_letters_join_over_points_and_spaces_alone() -> None:
    """Letters of an abbreviation join over points and spaces, over other punctuation never."""
    assert letters(fold("I. Mech. E.")) == "imeche"
    assert letters(fold("I;Mech;E")) == ""
    assert letters(fold("I/Mech/E")) == ""


def test_a_text_is_parted_at_semicolons_and_bars() -> None:
    """Semicolons, bars and ends of lines part names."""
    assert segments("ICE; IET | RAeS\nEI") == ["ICE", "IET", "RAeS", "EI"]
    assert LONGEST >= 200
