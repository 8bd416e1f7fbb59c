"""A finding points to what carries it and to what is missing, as the tables say."""

from __future__ import annotations

from typing import Any

import pytest

import explained
from recognition.standard.library import Library


@pytest.mark.parametrize("entry", explained.entries("evidence"))
def test_a_finding_points_to_what_carries_it(books: Library, entry: dict[str, Any]) -> None:
    """Evidence is what the table says."""
    assert explained.found(books, entry) == entry["is"]


@pytest.mark.parametrize("entry", explained.entries("missing"))
def test_a_finding_points_to_what_is_missing(books: Library, entry: dict[str, Any]) -> None:
    """What would settle it is what the table says."""
    assert explained.found(books, entry) == entry["is"]
