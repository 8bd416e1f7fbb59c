"""What many tests stand on: the project's library, and a small one that stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from recognition.standard.library import Library

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def library() -> Library:
    """The project's own library, read once, with what is yet to be published."""
    return Library.load(drafts=True)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole library of two invented standards, with the project's vocabularies."""
    root = tmp_path_factory.mktemp("small") / "library"
    shutil.copytree(ROOT / "tests/small", root)
    shutil.copytree(ROOT / "rules/vocabularies", root / "rules/vocabularies")
    shutil.copy(ROOT / "rules/facts.json", root / "rules")
    shutil.copy(ROOT / "standards/bodies.json", root / "standards")
    return root


@pytest.fixture(scope="session")
def books(small: Path) -> Library:
    """The small library, read once."""
    return Library.load(small)


@pytest.fixture
def copied(small: Path, tmp_path: Path) -> Path:
    """A copy of the small library that a test may break."""
    return Path(shutil.copytree(small, tmp_path / "library"))
