"""A broken list is refused with its file, its pointer and advice; all that is wrong at once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from recognition.cli import app
from recognition.problems import Problem, Refused
from recognition.programmes import programmes
from recognition.programmes.load import listings
from recognition.standard import documents
from recognition.standard.library import Library

HERE = Path(__file__).parent
ISLES = HERE / "lists/programmes/isles.json"
DEFECTS = json.loads((HERE / "broken.json").read_text("utf-8"))["defects"]


def changed(document: Any, pointer: str, *value: Any) -> Any:
    """A document with a value put at a pointer, or without it when no value is given."""
    *path, last = pointer.split("/")[1:]
    inside = document
    for step in path:
        inside = inside[int(step) if isinstance(inside, list) else step]
    key: Any = int(last) if isinstance(inside, list) else last
    if value:
        inside[key] = value[0]
    else:
        del inside[key]
    return document


def refused(books: Library, root: Path) -> tuple[Problem, ...]:
    """What is wrong with the lists of a folder."""
    with pytest.raises(Refused) as told:
        listings(books, [root])
    return told.value.problems


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A copy of a list that a test may break."""
    (tmp_path / "programmes").mkdir()
    return Path(shutil.copy(ISLES, tmp_path / "programmes"))


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: str(defect["name"]))
def test_a_broken_list_is_refused(books: Library, file: Path, defect: dict[str, Any]) -> None:
    """Each defect is told with its code, its place and what would be right."""
    text = file.read_text("utf-8")
    if "write" in defect:
        text = defect["write"]
    else:
        steps = defect["put"] if "put" in defect else [defect["drop"]]
        text = json.dumps(changed(json.loads(text), *steps))
    file.write_text(text, "utf-8")
    problems = refused(books, file.parents[1])
    for code, pointer, words in defect["problems"]:
        assert any(
            (one.code, one.pointer) == (code, pointer) and words in f"{one.detail} {one.hint}"
            for one in problems
        ), [str(one) for one in problems]
    assert {one.file for one in problems} == {"programmes/isles.json"}


def test_all_that_is_wrong_is_told_at_once(books: Library, file: Path) -> None:
    """Two lists, each with two mistakes, are four problems."""
    document = json.loads(file.read_text("utf-8"))
    document["rows"][0]["until"], document["body"] = "1900", "nobody"
    file.write_text(json.dumps(document), "utf-8")
    document["list"] = "more"
    (file.parent / "more.json").write_text(json.dumps(document), "utf-8")
    told = [(one.file, one.pointer) for one in refused(books, file.parents[1])]
    assert told == [
        (f"programmes/{name}.json", pointer)
        for name in ("isles", "more")
        for pointer in ("/body", "/rows/0/until")
    ]


def test_a_bad_line_is_told_by_its_number(books: Library, file: Path) -> None:
    """In a file of lines each line that is no JSON is told, and a file without a list too."""
    lines = file.with_name("lines.ndjson")
    lines.write_text('{"list": "lines"}\n{"a": \n{"b": \n', "utf-8")
    assert [one.line for one in refused(books, file.parents[1])] == [2, 3]
    lines.write_text("\n", "utf-8")
    [told] = refused(books, file.parents[1])
    assert (told.file, told.detail) == ("programmes/lines.ndjson", "the file holds no list")


def test_one_list_stands_in_one_folder(books: Library, file: Path) -> None:
    """A list of the same id in another folder is refused."""
    with pytest.raises(Refused, match="another folder"):
        listings(books, [file.parents[1], HERE / "lists"])


def test_validate_tells_of_broken_lists(copied: Path) -> None:
    """A library whose list is broken is not content."""
    (copied / "programmes").mkdir()
    (copied / "programmes/isles.json").write_text("{}", "utf-8")
    done = CliRunner().invoke(app, ["standards", "validate", str(copied)])
    assert done.exit_code == 1
    assert "programmes/isles.json" in done.output


def test_the_schema_takes_what_is_loaded() -> None:
    """The published schema and the reading agree on the made-up lists."""
    assert documents.problems(json.loads(ISLES.read_text("utf-8")), "programmes") == []


def test_the_project_s_lists_are_whole_and_real(library: Library) -> None:
    """What is shipped is read, says its source, day, terms and note, and is not made up."""
    shipped = listings(library)
    assert sum(len(listing.rows) for listing in shipped) >= 20
    assert len({listing.body for listing in shipped}) >= 3
    for listing in shipped:
        assert not listing.made_up
        assert listing.complete == ()
        assert listing.terms
        assert listing.note
        path = library.root / "programmes" / f"{listing.id}.json"
        assert documents.problems(json.loads(path.read_text("utf-8")), "programmes") == []


def test_each_row_that_is_shipped_is_found_by_its_own_names(library: Library) -> None:
    """Whoever writes a shipped row's names has it proposed without a doubt, with its addresses."""
    lists = programmes(library)
    for entry in lists.index.entries:
        school = entry.institution
        for name in school.names:
            for programme in entry.row.programme:
                told = lists.propose(
                    {
                        "institution": getattr(name, "text", name),
                        "programme": programme,
                        "country": school.country,
                        "level": entry.level,
                    }
                )
                [mine] = [one for one in told if one.entry is entry]
                assert mine.doubts == ()
                assert mine.document()["derived_from"]["urls"]
