"""What a source is worth: the best is cited first, and a mirror alone supports nothing surely."""

from __future__ import annotations

import pytest

from recognition.standard.authority import AUTHORITIES, best_first, supported
from recognition.standard.library import Library

SOURCES = {
    "copy": {"authority": "mirror"},
    "paper": {"authority": "press"},
    "act": {"authority": "law"},
    "board": {"authority": "body"},
    "nobody": {},
}


def test_the_best_authority_is_cited_first() -> None:
    """The body before the law, the law before the press; the order is kept among equals."""
    assert best_first(["copy", "paper", "act", "board"], SOURCES) == (
        "board",
        "act",
        "paper",
        "copy",
    )
    assert best_first(["nobody", "copy", "unheard-of"], SOURCES) == ("nobody", "unheard-of", "copy")


@pytest.mark.parametrize("ids", [["copy"], ["copy", "copy"]])
def test_a_mirror_alone_supports_nothing_surely(ids: list[str]) -> None:
    """Whatever was written, a fact with no other source is unverified."""
    assert supported("confirmed", ids, SOURCES) == "unverified"
    assert supported("confirmed", [*ids, "paper"], SOURCES) == "confirmed"


def test_every_source_says_who_speaks_in_it(library: Library) -> None:
    """One of the authorities there are; and no criterion that only mirrors support is surer."""
    assert {source.get("authority") for source in library.sources.values()} <= set(AUTHORITIES)
    for standard in library.standards.values():
        for edition in standard.editions:
            for criterion in edition.criteria:
                of = [library.sources[id]["authority"] for id in criterion.sources]
                assert of == sorted(of, key=AUTHORITIES.index)
                assert criterion.confidence == "unverified" or set(of) != {"mirror"}
