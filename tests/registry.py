"""The shipped vocabularies and a reader of them, built once for all tests of names."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from recognition.names import Reader, reader
from recognition.names.index import texts
from recognition.profile.vocabulary import Vocabularies

ROOT = Path(__file__).parents[1]
SPELLINGS = [
    json.loads(line)
    for line in (ROOT / "tests/names/spellings.jsonl").read_text("utf-8").splitlines()
]


@cache
def vocabularies() -> Vocabularies:
    """All vocabularies of the project."""
    return Vocabularies.load(ROOT)


@cache
def names() -> Reader:
    """A reader of the project's names."""
    return reader(vocabularies().named)


def entries(name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Codes and entries of a vocabulary."""
    yield from vocabularies()[name].details.items()


def written(name: str) -> Iterator[tuple[str, str, str]]:
    """Each entry's code, a way to write it, and the country beside it, empty for none."""
    for code, entry in entries(name):
        yield from ((code, text, "") for text in (code, *texts(entry)))
        for country, listed in entry.get("local", {}).items():
            yield from ((code, text, country) for text in listed)
