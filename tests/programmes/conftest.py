"""Lists that are made up, asked about degrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from recognition.programmes import Programmes, programmes
from recognition.standard.library import Library

LISTS = Path(__file__).parent / "lists"


@pytest.fixture(scope="session")
def isles(books: Library) -> Programmes:
    """The made-up lists, beside a library that has none."""
    return programmes(books, [LISTS])
