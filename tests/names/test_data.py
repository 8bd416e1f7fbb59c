"""What entries say beside their names holds together."""

import json
from urllib.parse import urlsplit

import pytest

from registry import ROOT, entries, names, vocabularies

SOURCES = json.loads((ROOT / "standards/sources.json").read_text("utf-8"))["sources"]
AUTHORITIES = {"body", "law", "professional-body", "press", "mirror", "other"}
COUNTRIES = {code for code, entry in entries("places") if entry["kind"] == "country"}
every_vocabulary = pytest.mark.parametrize("name", sorted(vocabularies().named))


def test_every_source_tells_its_authority() -> None:
    """A source is of the body itself, law, a professional body, press, a mirror or another."""
    assert {source["authority"] for source in SOURCES} == AUTHORITIES


def test_a_copy_is_a_mirror() -> None:
    """What is no publisher's own page has not the publisher's authority."""
    for source in SOURCES:
        if source["kind"] in ("mirror", "unofficial-copy"):
            assert source["authority"] == "mirror", source["id"]


@every_vocabulary
def test_a_local_name_is_of_a_country(name: str) -> None:
    """Local names, and names that mean something else elsewhere, stand under a country."""
    for code, entry in entries(name):
        countries = {*entry.get("local", {}), *entry.get("elsewhere", {})}
        countries |= set(entry.get("countries", ()))
        assert countries <= COUNTRIES, code


@every_vocabulary
def test_a_name_that_means_something_else_elsewhere_is_open_there(name: str) -> None:
    """Beside such a country the name is no entry's."""
    for code, entry in entries(name):
        for country, listed in entry.get("elsewhere", {}).items():
            for text in listed:
                assert names().read(name, text, country).code != code


def test_what_a_title_implies_is_known_and_has_a_source() -> None:
    """The body, the grade and the source of an implied membership are known."""
    sources = {source["id"] for source in SOURCES}
    for code, entry in entries("titles"):
        for key in ("implies", "implied_by"):
            told = entry.get(key)
            if told:
                assert told["source"] in sources, code
                assert told["membership"]["body"] in vocabularies()["bodies"].codes, code
                assert told["membership"]["grade"] in vocabularies()["grades"].codes, code


def test_the_address_of_a_body_stands_in_a_source() -> None:
    """Each body's address is the site of a source that was read."""
    hosts = {urlsplit(source["url"]).netloc for source in SOURCES if source["url"]}
    for code, entry in entries("bodies"):
        site = urlsplit(entry.get("address", "")).netloc.removeprefix("www.")
        assert any(host.endswith(site) for host in hosts), code
