"""The names standards are written in: vocabularies, bodies, sources and facts."""

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.profile.written import fold

ROOT = Path(__file__).parents[1]
Entry = dict[str, Any]


def _read(path: str) -> Any:
    return json.loads((ROOT / path).read_text("utf-8"))


def _entries(path: Path) -> list[Entry]:
    return list(json.loads(path.read_text("utf-8"))["entries"])


FILES = sorted((ROOT / "rules/vocabularies").glob("*.json"))
LISTS: dict[str, list[Entry]] = {path.stem: _entries(path) for path in FILES}
LISTS["bodies"] = _read("standards/bodies.json")["bodies"]
SOURCES: list[Entry] = _read("standards/sources.json")["sources"]
FACTS = _read("rules/facts.json")

every_list = pytest.mark.parametrize("name", sorted(LISTS))


@every_list
def test_a_code_names_one_entry(name: str) -> None:
    """No two entries of a vocabulary have the same code."""
    counts = Counter(entry["code"] for entry in LISTS[name])
    assert [code for code, count in counts.items() if count > 1] == []


@every_list
def test_a_spelling_means_one_entry(name: str) -> None:
    """No code or alias, read without case, accents and points, belongs to two entries."""
    meant = defaultdict(set)
    for entry in LISTS[name]:
        for text in (entry["code"], *entry.get("aliases", ())):
            meant[fold(text)].add(entry["code"])
    assert {text: codes for text, codes in meant.items() if len(codes) > 1} == {}


@every_list
def test_an_entry_has_both_languages(name: str) -> None:
    """Every entry has an English and a Chinese label."""
    languages = ("en", "zh")
    bare = [e["code"] for e in LISTS[name] if not all(e.get("names", e).get(x) for x in languages)]
    assert bare == []


def test_a_vocabulary_bears_the_name_of_its_file() -> None:
    """Each vocabulary is found under its own name."""
    for path in FILES:
        assert json.loads(path.read_text("utf-8"))["vocabulary"] == path.stem


def test_a_region_lies_in_a_country() -> None:
    """Every region names a country of the same list, and a country names none."""
    places = {entry["code"]: entry for entry in LISTS["places"]}
    for entry in places.values():
        assert ("in" in entry) == (entry["kind"] == "region")
        assert entry["kind"] == "country" or places[entry["in"]]["kind"] == "country"


def test_hong_kong_macao_and_chinese_taipei_stand_alone() -> None:
    """The three jurisdictions are no regions of another place."""
    places = {entry["code"]: entry for entry in LISTS["places"]}
    for code in ("HK", "MO", "TW"):
        assert places[code]["kind"] == "country"
        assert f"CN-{code}" not in places


def test_a_body_stands_in_a_place_and_acts_for_a_body() -> None:
    """The place, the principal and the source of every body are known."""
    places = {entry["code"] for entry in LISTS["places"]}
    bodies = {entry["code"] for entry in LISTS["bodies"]}
    sources = {source["id"] for source in SOURCES}
    for body in LISTS["bodies"]:
        assert body["place"] is None or body["place"] in places
        assert body.get("acts_for") in bodies | {None}
        assert body.get("source") in sources | {None}


def test_a_source_has_its_own_id() -> None:
    """No two sources have the same id."""
    assert max(Counter(source["id"] for source in SOURCES).values()) == 1


def test_only_a_source_with_an_address_is_linked() -> None:
    """A mirror is never linked nor addressed, and what is linked has an address."""
    for source in SOURCES:
        assert not source["linkable"] or source["url"]
        assert source["kind"] != "mirror" or (not source["linkable"] and source["url"] is None)


def test_every_fact_of_the_profile_has_words() -> None:
    """Each field and each list of the profile has a label in both languages."""
    assert set(FACTS["facts"]) == set(LEAVES)
    assert set(FACTS["collections"]) == set(COLLECTIONS) | {"attestations"}


def test_a_fact_speaks_both_languages() -> None:
    """Labels, phrases and help are there in English and Chinese, and units are known."""
    for fact in FACTS["facts"].values():
        for words in (fact, fact["phrase"], fact["help"]):
            assert words["en"]
            assert words["zh"]
        assert fact.get("unit", "years") in FACTS["units"]
