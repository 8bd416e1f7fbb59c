"""The people of the cases in words: what is decided of them does not change."""

import json
from random import Random
from typing import Any

import pytest
from in_words import Words, found

from recognition.cases import check as cases
from recognition.standard.library import Library
from registry import ROOT, vocabularies

MOST = 60
EVERY = [case for file in sorted(ROOT.glob("standards/*/cases.jsonl")) for case in cases.read(file)]
SAMPLE = EVERY[:: max(1, -(-len(EVERY) // MOST))]


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: case["id"])
def test_a_case_in_words_is_decided_as_in_codes(library: Library, case: dict[str, Any]) -> None:
    """Labels, aliases and originals in place of codes change neither verdict nor findings."""
    profile = Words(library.vocabularies, Random(str(case["id"]))).written(case["profile"])
    assert found(library, case, profile) == found(library, case, case["profile"]), profile


def test_words_are_hardly_ever_codes() -> None:
    """Most codes of the cases have names of their own, and these are written."""
    words = Words(vocabularies(), Random(1))
    before = [json.dumps(case["profile"]) for case in EVERY]
    after = [json.dumps(words.written(case["profile"])) for case in EVERY]
    changed = sum(one != other for one, other in zip(before, after, strict=True))
    assert changed > 0.95 * len(EVERY)
