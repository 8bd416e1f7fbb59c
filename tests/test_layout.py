"""Documents are laid out alike, and nothing that they say changes."""

from __future__ import annotations

import json
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition import cli
from recognition.problems import Refused
from recognition.standard import layout, load
from recognition.standard import library as libraries

ROOT = Path(__file__).parents[1]
DOCUMENTS = layout.files(ROOT)
YONDER = "standards/yonder/2024-09.json"
texts = st.text(st.characters(codec="utf-8")) | st.text('ab {}[],:"\\中', max_size=120)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=60,
)


def said(text: str) -> Any:
    """What a document says: keys in their order, numbers letter by letter."""
    return json.loads(text, object_pairs_hook=tuple, parse_int=_number, parse_float=_number)


@cache
def _made(path: Path) -> str:
    return layout.formatted(path.read_bytes())


def _number(text: str) -> tuple[str, str]:
    return "number", text


def test_no_document_of_the_library_says_anything_else_when_it_is_laid_out() -> None:
    """Laid out, every document says the same, and laid out again it is the same."""
    assert len(DOCUMENTS) > 200
    for path in DOCUMENTS:
        raw = path.read_bytes()
        made = _made(path)
        assert said(made) == said(raw.decode()), path
        assert layout.formatted(made.encode()) == made, path
        assert load.digest(json.loads(made)) == load.digest(json.loads(raw)), path


def test_a_line_is_too_long_only_where_one_value_is() -> None:
    """What is longer than a line is one value with its key and the brackets around it."""
    for path in DOCUMENTS:
        for line in _made(path).splitlines():
            if layout.columns(line) > layout.WIDTH:
                inside = line.strip().strip("{}[],").partition('": ')[2] or line
                assert ": " not in inside or inside.startswith('"'), (path, line)


@given(values)
def test_any_value_is_the_same_when_it_is_laid_out(value: Any) -> None:
    """Whatever a document holds, it says the same laid out, and again the same."""
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=3)):
        made = layout.formatted(text.encode())
        assert said(made) == said(text)
        assert layout.formatted(made.encode()) == made


@pytest.mark.parametrize(
    "text",
    ['{"a": 1.0, "b": 1e400, "c": -0, "d": 12345678901234567890.50}', '["\\u4e2d", "中", "\\/"]'],
)
def test_numbers_and_texts_stay_letter_by_letter(text: str) -> None:
    """No number is worked out and no text written otherwise."""
    assert layout.formatted(text.encode()) == text + "\n"


def test_what_belongs_together_stands_on_a_line() -> None:
    """Small parts share a line, parts of a list stand below one another, one key takes no line."""
    criterion = {
        "id": "title",
        "title": {"en": "A title that is held", "zh": "持有资格"},
        "rule": {
            "any": [{"rule": "held-title", "with": {"titles": ["CEng"]}}, {"attested": "x" * 60}]
        },
        "subject": "title",
        "clause": "2",
        "source": ["one", "two"],
    }
    assert layout.written({"standard": "s", "criteria": [criterion]}) == (
        "{\n"
        ' "standard": "s",\n'
        ' "criteria": [\n'
        '  {"id": "title", "title": {"en": "A title that is held", "zh": "持有资格"},\n'
        '   "rule": {"any": [\n'
        '    {"rule": "held-title", "with": {"titles": ["CEng"]}},\n'
        f'    {{"attested": "{"x" * 60}"}}]}},\n'
        '   "subject": "title", "clause": "2", "source": ["one", "two"]}]\n'
        "}\n"
    )


# --- the command


@pytest.fixture
def untidy(copied: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of which one document is on one line, and that commands are about."""
    monkeypatch.setattr(libraries, "home", lambda: copied)
    for path, due in list(layout.unkempt(copied)):
        path.write_text(due, "utf-8")
    document = json.loads((copied / YONDER).read_text("utf-8"))
    (copied / YONDER).write_text(json.dumps(document), "utf-8")
    return copied


def formatting(monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    """The exit code of `recognition standards format`."""
    monkeypatch.setattr(sys, "argv", ["recognition", "standards", "format", *options])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_the_check_tells_what_would_change_and_changes_nothing(
    untidy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` fails on a document that is laid out otherwise, and leaves it."""
    before = (untidy / YONDER).read_bytes()
    assert formatting(monkeypatch, "--check") == 1
    assert f"would lay out {YONDER}" in capsys.readouterr().out
    assert (untidy / YONDER).read_bytes() == before


def test_the_command_lays_out_what_is_not(
    untidy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`format` lays out one document, after which there is nothing to do."""
    assert formatting(monkeypatch) == 0
    assert capsys.readouterr().out.splitlines() == [f"laid out {YONDER}"]
    assert formatting(monkeypatch, "--check") == 0
    assert list(layout.unkempt(untidy)) == []


def test_a_document_that_is_no_json_is_named(untidy: Path) -> None:
    """What cannot be read is told with its file."""
    shutil.copy(untidy / YONDER, untidy / "rules/broken.json")
    (untidy / "rules/broken.json").write_text('{"rules": ', "utf-8")
    with pytest.raises(Refused) as refused:
        list(layout.unkempt(untidy))
    assert [problem.file for problem in refused.value.problems] == ["rules/broken.json"]
