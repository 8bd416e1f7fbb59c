"""A JSON document is read as a stream: the same elements at any size of blocks, errors in place."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest

from inputs import job, rejects
from recognition.batch.input import elements as reading
from recognition.batch.input import files
from recognition.batch.input.elements import elements
from recognition.batch.input.files import chunks, opened
from recognition.batch.run import run
from recognition.problems import Refused
from recognition.standard.library import Library

SOME = [
    '{"id": "a", "x": [1, {"y": "]},[\\" \\\\"}]}',
    "[[], {}]",
    '"é 张"',
    "-12.5e7",
    "true",
    "null",
]


@pytest.fixture(params=[1, 2, 3, 7, 64])
def small_blocks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BLOCK", request.param)


def read(raw: bytes) -> list[str]:
    return list(elements(BytesIO(raw), Path("in.json")))


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("between", [",", " ,\r\n ", "\n,"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_elements_of_a_list_are_read_as_they_are_written(between: str, mark: bytes) -> None:
    """Wherever a block ends, each element comes whole."""
    raw = mark + f" [\n{between.join(SOME)} ]\n".encode()
    assert read(raw) == SOME


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("one", SOME[:1] + SOME[2:])
def test_one_value_is_the_one_element(one: str) -> None:
    """A document of one value is that value."""
    assert read(f"\n{one}\n".encode()) == [one]


@pytest.mark.usefixtures("small_blocks")
def test_an_empty_list_has_no_element() -> None:
    """A list without anything in it holds no profile."""
    assert read(b"[ \n ]") == []


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"", (1, 1)),
        (b"[", (1, 2)),
        (b'[{"id": "a"}', (1, 13)),
        (b'[{"id": "a"}\n {"id": "b"}]', (2, 2)),
        (b'[{"id": "a"},\n ,{"id": "b"}]', (2, 2)),
        (b'[{"id": "a"},]', (1, 14)),
        (b'[{"id": "a"},\n\n {"id": oops, "and": "much more of it"}]', (3, 9)),
        (b'[{"id": "a"}] 7', (1, 15)),
        (b'{"id": "a"}\n{"id": "b"}', (2, 1)),
        (b'["a', (1, 2)),
        (b'{"id": "x"\n', (2, 1)),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(raw: bytes, place: tuple[int, int]) -> None:
    """The place is the one in the whole file, whatever was let go before."""
    with pytest.raises(Refused) as refused:
        read(raw)
    (problem,) = refused.value.problems
    line, column = place
    assert f"line {line}, column {column}:" in problem.detail
    assert (problem.code, problem.line) == ("not-json", line)


def test_no_more_than_some_elements_are_held(
    tmp_path: Path, books: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list is cut into chunks, which come while the rest is not read yet."""
    monkeypatch.setattr(reading, "BLOCK", 64)
    path = tmp_path / "in.json"
    path.write_text(json.dumps([{"id": f"p{i}"} for i in range(100)]) + "oops", "utf-8")
    several = chunks(opened([path], books), 200)
    first, second = next(several), next(several)
    assert (first.line, second.line) == (1, 1 + len(first.lines))
    assert 0 < len(first.lines) < 100
    with pytest.raises(Refused):
        list(several)


def test_a_byte_that_is_no_letter_rejects_the_profile_it_stands_in(
    tmp_path: Path, books: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others of the list are decided."""
    monkeypatch.setattr(files, "SIZE", 16)
    path = tmp_path / "in.json"
    path.write_bytes(b'[{"id": "a"},\n{"id": "b\xff"},\r\n{\n"id":\n"c"}]')
    asked = job(tmp_path, path, books=books)
    summary = run(asked, books)
    assert (summary.decided, summary.rejected) == (2, 1)
    assert [(told["line"], told["problems"][0]["code"]) for told in rejects(asked)] == [
        (2, "not-json")
    ]
