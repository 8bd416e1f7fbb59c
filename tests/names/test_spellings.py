"""Names as people write them, each with the entry it must be read as, or none."""

import pytest

from recognition.names import Reading
from recognition.names.register import NameRegister
from registry import SPELLINGS, names


def _told(spelling: dict[str, str]) -> str:
    return f"{spelling['kind']}-{spelling['text']}-{spelling['country']}"


@pytest.mark.parametrize("spelling", SPELLINGS, ids=_told)
def test_a_spelling_is_read_as_is_due(spelling: dict[str, str]) -> None:
    """A spelling has the code that is expected of it, or none."""
    reading = names().read(spelling["kind"], spelling["text"], spelling["country"])
    assert reading.code == spelling["expect"], spelling["why"]


HINTS = [
    ("body", "Engineers Austrlia", None, "EA"),
    ("body", "JABBE", None, "JABEE"),
    ("body", "Hong Kong Institute of Engineers", "HK", "HKIE"),
    ("body", "Instituton of Engineers Singapore", "SG", "IES"),
    ("body", "Institute of Civil Engineers", "GB", "ICE"),
    ("title", "Chartered Engineeer", "GB", "CEng"),
    ("title", "CEng MASCE", "GB", "CEng"),
    ("discipline", "Mechancal", None, "mechanical"),
    ("places", "Untied Kingdom", None, "GB"),
]


@pytest.mark.parametrize(("kind", "text", "country", "meant"), HINTS)
def test_a_mistyped_name_is_hinted_at(
    kind: str, text: str, country: str | None, meant: str
) -> None:
    """The name that was probably meant comes first among the hints, and is no answer."""
    reading = names().read(kind, text, country)
    assert reading.code is None
    assert reading.near[0] == meant


UNLIKE = [
    ("title", "Charge Nurse"),
    ("body", "University of Nowhere"),
    ("body", "Society of Engineers of the Moon"),
    ("body", "PRCX"),
    ("discipline", "Astrology"),
    ("places", "PRK1"),
    ("places", "Atlantis"),
    ("title", "Project Manager"),
    ("degree-level", "HND"),
]


@pytest.mark.parametrize(("kind", "text"), UNLIKE)
def test_what_is_like_nothing_has_no_hint(kind: str, text: str) -> None:
    """Words that all names share, or a few letters, make nothing near."""
    assert names().read(kind, text).near == ()


LINES = [
    ("CEng MICE", "GB", ("CEng", "MICE")),
    ("BEng (Hons) CEng MICE", "GB", ("CEng", "MICE")),
    ("MIEAust CPEng NER", "AU", ("MIEAust", "CPEng", "NER")),
    ("MHKIE, RPE (Civil)", "HK", ("MHKIE", "RPE")),
]


@pytest.mark.parametrize(("text", "country", "parts"), LINES)
def test_titles_on_one_line_are_parts(text: str, country: str, parts: tuple[str, ...]) -> None:
    """Several titles on a line are told apart, and are not one of them."""
    reading = names().read("title", text, country)
    assert reading.code is None
    assert reading.parts == parts


def test_a_line_of_titles_is_for_the_one_that_is_no_membership() -> None:
    """Of a title and memberships the title is the principal part; of two titles neither is."""
    principal = [names().principal(names().read("title", text, "GB")) for text, _, _ in LINES[:2]]
    assert principal == ["CEng", "CEng"]
    assert names().principal(names().read("title", "CPEng NER", "AU")) is None
    assert names().principal(names().read("title", "CEng", "GB")) == "CEng"


LONG = ["(a) " * 75, "CEng " * 60, "a, " * 99, "US " * 99, "(US) (CEng) " * 25, "Eng " * 75]


@pytest.mark.parametrize("text", LONG)
@pytest.mark.parametrize("kind", ["title", "body", "places"])
def test_a_long_text_costs_a_bounded_number_of_look_ups(
    kind: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often brackets and places stand in a text, it is looked up at most so often."""
    counted: list[str] = []
    look_up = NameRegister.read

    def counting(register: NameRegister, name: str, country: str = "") -> Reading:
        counted.append(name)
        return look_up(register, name, country)

    monkeypatch.setattr(NameRegister, "read", counting)
    names().read(kind, text)
    assert len(counted) < 2000


BESIDE = [
    ("Professional Engineer", "PEO", "PEng"),
    ("Professional Engineer", "ECSA", "PrEng"),
    ("Registered Professional Engineer", "Engineers Registration Board (Hong Kong)", "RPE"),
    ("Professional Engineer", "nobody knows", None),
]


@pytest.mark.parametrize(("text", "body", "code"), BESIDE)
def test_the_body_beside_a_title_decides(text: str, body: str, code: str | None) -> None:
    """The country of the body that gives a title tells which of the same name it is."""
    assert names().read("title", text, None, body).code == code


def test_an_unknown_kind_is_refused() -> None:
    """A kind that is no vocabulary raises."""
    with pytest.raises(KeyError):
        names().read("colour", "blue")
