"""A broken document is refused with its file, its pointer, and what would be right; all at once."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from recognition.problems import Problem, Refused
from recognition.standard import documents, editions, lint, load
from recognition.standard.library import Library

HERE = Path(__file__).parent
RULES = json.loads((HERE / "defects/rules.json").read_text("utf-8"))["defects"]
LIBRARIES = json.loads((HERE / "defects/standards.json").read_text("utf-8"))["defects"]
YONDER = "standards/yonder/2024-09.json"
RULE = "/criteria/7/rule"
"""Where broken rules are put: a criterion with words of its own and no subject."""


# --- breaking things


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


def broken(root: Path, steps: Sequence[Sequence[Any]]) -> Path:
    """A library after the steps of its defect."""
    for what, *rest in steps:
        path = root / rest[0] if rest else root
        match what, rest[1:]:
            case (("put" | "drop"), [str(pointer), *value]):
                document = changed(json.loads(path.read_text("utf-8")), pointer, *value)
                path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
            case "write", [str(text)]:
                path.write_text(text, "utf-8", "surrogateescape")
            case "deep", []:
                path.write_text("[" * 100_000, "utf-8")
            case "swap", [str(old), str(new)]:
                path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
            case "repeat", [str(pointer), int(times)]:
                path.write_text(json.dumps(_repeated(path, pointer, times)), "utf-8")
            case "copy", [str(to)]:
                shutil.copy(path, root / to)
            case "remove", []:
                path.unlink()
            case "publish", []:
                lint.publish(Library.load(root))
            case _:
                raise ValueError(f"no step {what}")
    return root


def _repeated(path: Path, pointer: str, times: int) -> Any:
    """A document in which a criterion is repeated under other ids."""
    document = json.loads(path.read_text("utf-8"))
    one = document["criteria"][int(pointer.rpartition("/")[2])]
    document["criteria"] += [{**one, "id": f"{one['id']}-{n}"} for n in range(times)]
    return document


def problems(root: Path) -> list[Problem]:
    """What is wrong with the library of a folder, when it is read or when it is held as a whole."""
    try:
        library = Library.load(root, drafts=True)
    except Refused as refused:
        return list(refused.problems)
    found = lint.problems(library)
    return found if library.locked else [p for p in found if p.code != "unpublished"]


def rule_problems(library: Library, defect: dict[str, Any]) -> list[Problem]:
    """What is wrong with an edition whose one criterion has the defect's rule."""
    document = copy.deepcopy(library.standards["yonder"].editions[0].document)
    written = changed(document, RULE, defect["rule"])
    found = documents.problems(written, "standard", YONDER)
    more = load.named_rules({"rules/more.json": {"rules": defect.get("rules", {})}}, found)
    names = replace(library.names, rules={**library.names.rules, **more})
    editions.edition(written, YONDER, "", names, library.sources, found)
    return found


# --- the museum


@pytest.mark.parametrize("defect", RULES, ids=lambda defect: defect["name"])
def test_a_broken_rule_is_told_where_it_is_wrong(books: Library, defect: dict[str, Any]) -> None:
    told = rule_problems(books, defect)
    assert [(one.code, one.file, one.pointer) for one in told] == [
        (code, *_place(pointer)) for code, pointer, _ in defect["problems"]
    ]
    for one, (_, _, says) in zip(told, defect["problems"], strict=True):
        assert says in f"{one.detail} {one.hint}"


def _place(pointer: str) -> tuple[str, str]:
    if pointer.startswith("/rules/"):
        return "rules/more.json", pointer
    return YONDER, RULE + pointer


@pytest.mark.parametrize("defect", LIBRARIES, ids=lambda defect: defect["name"])
def test_a_broken_library_is_told_where_it_is_wrong(copied: Path, defect: dict[str, Any]) -> None:
    told = [p for p in problems(broken(copied, defect["steps"])) if p.code not in _also(defect)]
    assert [(one.code, one.file, one.pointer) for one in told] == [
        (code, file, pointer) for code, file, pointer, _ in defect["problems"]
    ]
    for one, (_, _, _, says) in zip(told, defect["problems"], strict=True):
        assert says in f"{one.detail} {one.hint}"


def _also(defect: dict[str, Any]) -> list[str]:
    """Codes of what follows from a defect and is another museum piece's matter."""
    also: list[str] = defect.get("also", [])
    return also


def test_the_museum_names_each_defect_once() -> None:
    profiles = json.loads((HERE / "defects/profiles.json").read_text("utf-8"))["defects"]
    for hall in (RULES, LIBRARIES, profiles):
        names = [defect["name"] for defect in hall]
        assert len(set(names)) == len(names)


def test_the_small_library_is_whole_before_it_is_broken(small: Path) -> None:
    assert problems(small) == []


def test_all_problems_of_all_documents_come_at_once(copied: Path) -> None:
    every = (
        ["put", YONDER, "/criteria/0/rule", {"al": []}],
        ["put", YONDER, "/criteria/7/rule", {"attested": "nothing"}],
        ["put", YONDER, "/criteria/1/id", "citizenship"],
        ["put", "standards/league/2013.json", "/criteria/0/confidence", "certain"],
        ["write", "standards/league/1997.json", "{"],
        ["put", "standards/league/agreement.json", "/parties/0/status/0/from", "2020-13"],
    )
    told = [(one.file, one.pointer, one.code) for one in problems(broken(copied, every))]
    for place in (
        (YONDER, "/criteria/0/rule", "no-such-form"),
        (YONDER, "/criteria/7/rule/attested", "no-such-code"),
        (YONDER, "/criteria/1/id", "duplicate"),
        ("standards/league/2013.json", "/criteria/0/confidence", "no-such-code"),
        ("standards/league/1997.json", "", "not-json"),
        ("standards/league/agreement.json", "/parties/0/status/0/from", "not-a-date"),
    ):
        assert place in told


def _turned(value: Any) -> Any:
    """The same document with the keys of every object in the other order."""
    if isinstance(value, dict):
        return {key: _turned(value[key]) for key in reversed(value)}
    return [_turned(item) for item in value] if isinstance(value, list) else value


def test_the_order_of_problems_does_not_depend_on_the_order_of_keys(copied: Path) -> None:
    broken(
        copied,
        (
            ["drop", YONDER, "/criteria/0/clause"],
            ["drop", YONDER, "/criteria/0/source"],
            ["put", YONDER, "/criteria/1/mood", "good"],
            ["put", YONDER, "/criteria/1/aside", "no"],
            [
                "put",
                "standards/league/2013.json",
                "/criteria/0/rule",
                {"exists": {"en": 1, "hwere": 2}},
            ],
            [
                "put",
                "standards/league/2013.json",
                "/criteria/1/rule",
                {"if": {"iss": 1, "when": 2}},
            ],
            [
                "put",
                "standards/league/2013.json",
                "/in_force",
                {"from": "x", "until": "y", "source": "z"},
            ],
        ),
    )
    before = problems(copied)
    for name in (YONDER, "standards/league/2013.json"):
        document = json.loads((copied / name).read_text("utf-8"))
        (copied / name).write_text(json.dumps(_turned(document)), "utf-8")
    assert len(before) >= 10
    assert problems(copied) == before


def test_a_message_speaks_of_the_document_and_not_of_the_code(books: Library) -> None:
    for defect in RULES:
        for one in rule_problems(books, defect):
            text = f"{one.detail} {one.hint}"
            assert not any(
                word in text for word in ("Node", "NoneType", "dict", "Traceback", "object at")
            )
