"""A finding is said in words, English and Chinese, as the table says."""

from __future__ import annotations

from typing import Any

import pytest

import explained
from recognition.standard.library import Library


@pytest.mark.parametrize("entry", explained.entries("sentences"))
def test_a_finding_is_said_in_both_languages(books: Library, entry: dict[str, Any]) -> None:
    """The sentences are those of the table."""
    assert explained.found(books, entry) == entry["is"]
