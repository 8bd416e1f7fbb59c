"""Vocabularies know their entries by codes and aliases."""

from __future__ import annotations

from recognition.profile.vocabulary import vocabulary


def test_aliases_that_fit_two_entries_fit_none() -> None:
    entries = [{"code": "A", "aliases": ["P.Eng.", "Same"]}, {"code": "B", "aliases": ["same"]}]
    names = vocabulary("titles", True, entries)
    assert (names.number("PEng"), names.number("Same"), names.number("SAME")) == (1, 1, None)
    assert (names.number("a"), names.number("..")) == (1, None)
