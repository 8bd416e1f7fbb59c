"""The people of the cases, in words: each code of theirs is read back from its labels."""

import json
from collections.abc import Iterator
from typing import Any

from registry import ROOT, names, vocabularies

FIELDS = {
    "body": "bodies",
    "by": "bodies",
    "discipline": "disciplines",
    "level": "degree-levels",
    "grade": "grades",
    "name": "examinations",
    "class": "registration-classes",
    "route": "routes",
}
Written = tuple[str, str, str | None, str | None]


def _codes(held: Any, where: str = "") -> Iterator[Written]:
    """Vocabulary, code, country and body of each code below a part of a profile."""
    if isinstance(held, list):
        for element in held:
            yield from _codes(element, where)
    elif isinstance(held, dict):
        country, body = held.get("country"), held.get("body")
        for key, value in held.items():
            yield from _codes(value, key)
            name = FIELDS.get(key) or ("titles" if key == "title" and where != "degrees" else "")
            if name and isinstance(value, str):
                yield name, value, country, body if name == "titles" else None


def _written() -> set[Written]:
    files = sorted((ROOT / "standards").glob("*/cases.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line]
    return {code for line in lines for code in _codes(json.loads(line)["profile"])}


def test_the_people_of_the_cases_are_read_from_words() -> None:
    """English and Chinese labels, beside the person's country and body, are read as the codes."""
    wrong = []
    for name, text, country, body in _written():
        vocabulary = vocabularies()[name]
        number = vocabulary.number(text) or 0
        for lang in ("en", "zh") if number else ():
            label = vocabulary.label(number, lang)
            if names().read(name, label, country, body).code != vocabulary.entry(number):
                wrong.append((name, label, country, body))
    assert wrong == []
