"""Vocabularies know their entries by codes and aliases."""

from __future__ import annotations

from recognition.profile.vocabulary import vocabulary


def test_an_alias_is_numbered_as_it_is_written() -> None:
    entries = [{"code": "A", "aliases": ["P.Eng.", "Same"]}, {"code": "B", "aliases": ["same"]}]
    names = vocabulary("titles", True, entries)
    assert (names.number("P.Eng."), names.number("Same"), names.number("same")) == (1, 1, 2)
    assert (names.number("A"), names.number("PEng"), names.number("..")) == (1, None, None)
