"""Hostile names: nothing raises, nothing becomes definite, nothing grows without end."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from recognition import dates
from recognition.admit import admitted
from recognition.facts import values
from recognition.profile.model import Code
from recognition.profile.vocabulary import Vocabularies
from registry import ROOT, vocabularies

DAY = dates.parse("2026-11-23")[0]
TEXTS = ["🏗️" * 50, "\u202eCneg\u202c", "CE\u0000ng", "a" * 100_000, "(" * 500, "\u200b", " ", ";",
         "bachelor", "active", "US-CA;US", "CEng\nPE", "Engineering Council / ECSA"]  # fmt: skip


def registered(title: str, body: str = "EA", country: str | None = None) -> bytes:
    one = {"title": title, "body": body, "country": country}
    return json.dumps({"id": "x", "registrations": [one]}).encode()


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_no_name_is_open_and_told(text: str) -> None:
    """Odd letters, very long texts and codes of other vocabularies are unknown, with a warning."""
    let_in = admitted([registered(text, text)], DAY, vocabularies())
    assert not let_in.refused
    assert {one.pointer for one in let_in.warnings[0]} >= {"/registrations/0/title"}
    title = let_in.facts.field("registrations.title")
    assert (title.lo[0], title.hi[0] > 0) == (0, True)


ELSEWHERE = [
    ("title", "ing", "DE", None),
    ("body", "Engineering Council", "ZA", None),
    ("body", "ERB", "UG", "ERB-UG"),
    ("body", "IEI", "IE", "EI"),
    ("body", "IET", "TZ", None),
    ("body", "IET", None, "IET"),
]


@pytest.mark.parametrize(("field", "text", "country", "due"), ELSEWHERE)
def test_a_name_is_read_where_it_stands(
    field: str, text: str, country: str | None, due: str | None
) -> None:
    """A code or a name that means something else in a country is not what it is elsewhere."""
    given: dict[str, Any] = {field: text, "country": country}
    person = json.dumps({"id": "x", "registrations": [given]}).encode()
    let_in = admitted([person], DAY, vocabularies())
    known = let_in.facts.field(f"registrations.{field}")
    entry = vocabularies()["titles" if field == "title" else "bodies"].entry(int(known.lo[0]))
    assert entry == (due or "")
    assert bool(let_in.warnings.get(0)) == (due is None)


def test_statements_by_name_are_not_lost() -> None:
    """A statement by its label is read in JSON as by its code."""
    label = vocabularies()["attestations"].details["consents-to-listing"]["en"]
    person = json.dumps({"id": "x", "attestations": {label: True}}).encode()
    said = admitted([person], DAY, vocabularies()).facts.attested("consents-to-listing")
    assert said.lo[0]


def test_a_flood_of_names_changes_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more names are met than are kept, names are still read by what stands beside them."""
    monkeypatch.setattr(values, "_LIMIT", 8)
    fresh = Vocabularies.load(ROOT)
    flood = [registered(f"Title no {i}", f"Body no {i}") for i in range(40)]
    before = admitted(flood, DAY, fresh)
    assert len(before.warnings) == 40
    one = admitted([registered("PE", "Engineering Council", "GB")], DAY, fresh)
    assert fresh["bodies"].entry(int(one.facts.field("registrations.body").lo[0])) == "EngC"
    assert len(values.codes(Code("bodies", home="country"), fresh).names) <= 8


def test_threads_give_each_name_its_own_place() -> None:
    """Names read by many threads at once are told apart."""
    meanings = values.CodeMeanings(Code("bodies", home="country"), vocabularies())
    names = [f"Body no {i}" for i in range(2000)]
    with ThreadPoolExecutor(8) as pool:
        packed = list(pool.map(meanings.read, names * 2))
    assert len(set(packed)) == len(names)
    places = [(one & 0xFFFFFFFF) - values.NAMED_HERE for one in packed[: len(names)]]
    assert [meanings.names[place] for place in places] == names
