"""Every name that the registry has is read as the entry that has it."""

import pytest

from recognition.names.index import texts
from registry import entries, names, vocabularies, written

SHARED = {
    ("titles", "PE", "Professional Engineer"),
    ("titles", "RPE", "Registered Professional Engineer"),
    ("titles", "RPE", "註冊專業工程師"),
    ("titles", "RPE", "注册专业工程师"),
    ("titles", "Gijutsushi", "技術士"),
    ("titles", "Gijutsushi", "技术士"),
    ("titles", "Engineer", "工程师"),
    ("bodies", "MOHURD", "Ministry of Construction"),
}
"""Names of two entries: the country beside them decides, and without one they are asked."""
SWALLOWED = {"BZ-BZ", "DJ-DJ", "FJ-01", "GT-01", "MX-MEX", "PA-8"}
"""Regions whose name is first their country's, or another country's code."""

every_vocabulary = pytest.mark.parametrize("name", sorted(vocabularies().named))
every_other = pytest.mark.parametrize("name", sorted(set(vocabularies().named) - {"places"}))


@every_other
def test_an_entry_is_read_by_each_of_its_names(name: str) -> None:
    """Code, labels, aliases, originals and local names of an entry are read as that entry."""
    read = {
        (name, code, text): names().read(name, text, country or None).code
        for code, text, country in written(name)
        if (name, code, text) not in SHARED or country
    }
    assert {told: code for told, code in read.items() if code != told[1]} == {}


@pytest.mark.parametrize(("name", "code", "text"), sorted(SHARED))
def test_what_two_entries_share_is_asked(name: str, code: str, text: str) -> None:
    """A shared name has no code, and its entries are told."""
    reading = names().read(name, text)
    assert reading.code is None
    assert reading.shared
    assert code in reading.near


@every_other
def test_the_place_of_an_entry_tells_its_names_apart(name: str) -> None:
    """Beside its own country every name of an entry is that entry's."""
    register = names().registers[name]
    for code, entry in entries(name):
        for place in register.places(code):
            for text in texts(entry):
                assert names().read(name, text, place).code == code, (code, text, place)


def test_countries_are_read_by_each_of_their_names() -> None:
    """Names and ISO codes of countries are theirs where a country is asked for."""
    for code, text, _ in written("countries" if "countries" in vocabularies() else "places"):
        if "-" not in code:
            assert names().read("country", text).code == code, text


def test_regions_are_read_beside_their_country() -> None:
    """The code and the names of a region are its own, or are asked where another shares them."""
    for code, entry in entries("places"):
        for text in (code, *texts(entry)) if "in" in entry else ():
            reading = names().read("region", text, entry["in"])
            assert reading.code == code or (reading.shared and code in reading.near), (code, text)


def test_a_place_is_read_or_asked() -> None:
    """A name of a country or region is that place's, or asked among those that share it."""
    for code, text, _ in written("places"):
        reading = names().read("places", text)
        if code not in SWALLOWED:
            assert code in (reading.code, *reading.near), (code, text)


@every_vocabulary
def test_reading_twice_is_reading_once(name: str) -> None:
    """The same text is read alike each time."""
    texts_read = [text for _, text, _ in written(name)][:200]
    first = list(names().rows(name, texts_read))
    assert list(names().rows(name, texts_read)) == first


def test_a_row_tells_text_kind_code_and_near() -> None:
    """A row holds the text as it was given and what was read, in the order of the texts."""
    rows = list(names().rows("body", ["HKIE", "Engineers Austrlia"], "HK"))
    assert rows == [
        {"text": "HKIE", "kind": "body", "code": "HKIE", "near": []},
        {"text": "Engineers Austrlia", "kind": "body", "code": None, "near": ["EA"]},
    ]
