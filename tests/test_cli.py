"""The command line: what each command prints, its exit codes, and what it says to a wrong call."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.cells import cell_len

from recognition import cli
from recognition.explain import decision
from recognition.standard import documents
from recognition.standard.library import Library

NOBODY = {"id": "nobody"}
SOMEONE: dict[str, Any] = {
    "id": "someone",
    "citizenships": ["AU"],
    "degrees": [{"level": "bachelor", "country": "AU", "awarded_on": "2005"}],
    "registrations": [{"body": "EA", "title": "CPEng", "status": "active", "expires_on": None}],
    "experience": [{"from": "2012-03", "until": None, "fte": 0.5}],
    "cpd": [{"year": 2019, "hours": 50}],
}


@dataclass(frozen=True)
class Called:
    """What a call left behind."""

    code: int
    out: str
    err: str


Call = Callable[..., Called]


@pytest.fixture
def call(
    books: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Call:
    """Calls the command line in a folder of its own, with the small library if no other."""
    monkeypatch.chdir(tmp_path)
    for console in (cli.out, cli.err):
        monkeypatch.setattr(console, "_width", 80)

    def called(*arguments: str, library: Library = books) -> Called:
        monkeypatch.setattr(cli, "library", lambda drafts=False: library)
        monkeypatch.setattr(sys, "argv", ["recognition", *arguments])
        try:
            cli.main()
            code: Any = 0
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return Called(int(code or 0), said.out, said.err)

    return called


@pytest.fixture
def person(tmp_path: Path) -> str:
    return saved(tmp_path / "person.json", SOMEONE)


def saved(path: Path, *documents: Any) -> str:
    path.write_text("\n".join(map(json.dumps, documents)), "utf-8")
    return str(path)


def flat(text: str) -> str:
    """A text without the breaks that the width of the screen made."""
    return " ".join(text.split())


# --- evaluate


def test_evaluate_prints_json_that_keeps_to_the_schema(call: Call, person: str) -> None:
    called = call("evaluate", person, "--format", "json", "--as-of", "2020-01-01")
    assert (called.code, called.err) == (0, "")
    decided = json.loads(called.out)
    jsonschema.validate(decided, decision.json_schema())
    assert [(one["standard"], one["host"]) for one in decided["decisions"]] == [
        ("league", "AU"),
        ("league", "GB"),
        ("league", "TW"),
        ("league", "PK"),
        ("yonder", "US-TX"),
    ]


def test_several_profiles_are_one_object_a_line(call: Call, person: str, tmp_path: Path) -> None:
    called = call("evaluate", person, saved(tmp_path / "n.json", NOBODY), "--format", "json")
    assert [json.loads(line)["profile"] for line in called.out.splitlines()] == [
        "someone",
        "nobody",
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("standard", ["yonder", "league@1997", ""])
def test_text_fits_eighty_columns(call: Call, person: str, lang: str, standard: str) -> None:
    named = ["--standard", standard] if standard else []
    called = call("evaluate", person, *named, "--lang", lang, "--as-of", "2020-01-01")
    assert called.code == 0
    assert called.out
    assert max(map(cell_len, called.out.splitlines())) <= 80


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", [["list"], ["show", "ipea"], ["show", "washington-accord"]])
def test_the_library_fits_eighty_columns(
    call: Call, library: Library, lang: str, command: list[str]
) -> None:
    called = call("standards", *command, "--lang", lang, library=library)
    assert called.code == 0
    assert max(map(cell_len, called.out.splitlines())) <= 80


def test_text_says_verdict_reasons_and_that_it_is_no_right_to_practise(
    call: Call, person: str
) -> None:
    said = flat(call("evaluate", person, "--standard", "yonder", "--as-of", "2020-01-01").out)
    for words in (
        "Yonder temporary licence → US-TX",
        "undetermined",
        "the end of your first job is missing",
        "journal · section 1",
        "Ask: Texas Board",
        "Still to be done: The board decides.",
        "never a right to practise",
    ):
        assert words in said


def test_text_in_chinese_has_no_english_sentence(call: Call, person: str) -> None:
    said = call("evaluate", person, "--standard", "yonder", "--lang", "zh").out
    assert "无法确定" in said
    assert not re.search(r"\b(is|the|of|missing|counted)\b", said)


def test_brackets_in_a_profile_are_text_and_no_markup(call: Call, tmp_path: Path) -> None:
    path = saved(tmp_path / "p.json", {"id": "[bold]x[/bold]"})
    assert "[bold]x[/bold]" in call("evaluate", path, "--standard", "yonder").out


def test_one_bad_profile_of_several_is_told_and_the_others_are_decided(
    call: Call, person: str, tmp_path: Path
) -> None:
    bad = saved(tmp_path / "bad.json", {"id": "bad", "birth_date": "1980-02-30", "height": 1})
    called = call("evaluate", bad, person, "--format", "json")
    assert called.code == 1
    assert json.loads(called.out)["profile"] == "someone"
    said = flat(called.err)
    assert "/birth_date" in said
    assert "/height" in said


# --- batch


def test_batch_decides_and_counts(call: Call, tmp_path: Path) -> None:
    people = saved(tmp_path / "in.ndjson", SOMEONE, NOBODY)
    called = call("batch", people, "--output", "out.ndjson", "--standard", "yonder")
    assert called.code == 0
    assert "2 profiles read, 2 decided, 0 rejected" in called.out
    assert len((tmp_path / "out.ndjson").read_text("utf-8").splitlines()) == 2


def test_batch_ends_with_one_where_something_was_rejected(call: Call, tmp_path: Path) -> None:
    people = saved(tmp_path / "in.ndjson", SOMEONE, {"id": ""})
    called = call("batch", people, "--output", "out.csv", "--rejects", "bad.ndjson", "--lang", "zh")
    assert called.code == 1
    assert "退回 1" in called.out
    assert len((tmp_path / "bad.ndjson").read_text("utf-8").splitlines()) == 1


# --- check


def test_check_tells_each_case_that_fails_and_the_count(call: Call, tmp_path: Path) -> None:
    case = {
        "id": "c-1",
        "standard": "yonder",
        "host": "US-TX",
        "as_of": "2020-01-01",
        "profile": NOBODY,
        "expect": {"verdict": "undetermined"},
    }
    wrong = {**case, "id": "c-2", "why": "nobody is eligible", "expect": {"verdict": "eligible"}}
    other = {**wrong, "id": "c-3", "standard": "league", "host": "AU"}
    path = saved(tmp_path / "cases.jsonl", case, wrong, other)
    called = call("check", path, "--standard", "yonder")
    assert called.code == 1
    assert called.out.splitlines()[-1] == "1 passed, 1 failed"
    assert "c-2" in called.out
    assert "nobody is eligible" in called.out
    assert "c-3" not in called.out
    assert call("check", saved(tmp_path / "good.jsonl", case)).code == 0


# --- the library and the schemas


@pytest.mark.parametrize("name", ["profile", *documents.NAMES, "decision"])
def test_every_schema_is_printed_and_is_one(call: Call, name: str) -> None:
    called = call("schema", name)
    assert called.code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(called.out))


def test_standards_are_listed_shown_and_compared(call: Call) -> None:
    assert "league" in call("standards", "list").out
    shown = flat(call("standards", "show", "league@2013").out)
    assert "At least 7 years of practice." in shown
    assert "league@1997" not in shown
    compared = flat(call("standards", "diff", "league@1997", "league@2013").out)
    assert "+ cpd:" in compared
    assert "~ experience: requirement" in compared


def test_validate_ends_with_one_where_a_library_is_broken(call: Call, copied: Path) -> None:
    (copied / "standards/yonder/2024-09.json").write_text("{", "utf-8")
    called = call("standards", "validate", str(copied))
    assert called.code == 1
    assert "2024-09.json" in called.err


def test_publish_then_validate_finds_nothing(call: Call, copied: Path) -> None:
    called = call("standards", "publish", library=Library.load(copied))
    assert called.out.count("published standards/") == 3
    valid = call("standards", "validate", str(copied), "--no-remarks")
    assert (valid.code, valid.err) == (0, "")
    assert "2 standards, 3 editions: 0 problems" in valid.out


# --- wrong calls


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["evaluate", "PERSON", "--standard", "leage"], "did you mean `league`?"),
        (["evaluate", "PERSON", "--standard", "league@1998"], "one of 1997, 2013"),
        (["evaluate", "PERSON", "--host", "QQ"], "`QQ` is no jurisdiction"),
        (["evaluate", "PERSON", "--as-of", "2026-02-30"], "does not exist in the calendar"),
        (["evaluate", "PERSON", "--as-of", "2026"], "`2026` is not one day"),
        (["evaluate", "PERSON", "--lang", "fr"], "en or zh"),
        (["evaluate", "PERSON", "--format", "xml"], "text or json"),
        (["evaluate", "nowhere.json"], "`nowhere.json` cannot be read"),
        (["evaluate"], "Missing argument"),
        (["evaluate", "PERSON", "--loud"], "No such option"),
        (["batch", "PERSON", "--output", "out.xml"], "its ending is one of"),
        (["batch", "PERSON", "--output", "nowhere/out.csv"], "does not exist"),
        (["batch", "PERSON", "--output", "out.csv", "--workers", "0"], "--workers"),
        (["batch", "nowhere.ndjson", "--output", "out.csv"], "is no file"),
        (["check", "nowhere.jsonl"], "`nowhere.jsonl` is no file"),
        (["schema", "people"], "profile, rule"),
        (["standards", "show", "leage"], "no standard `leage`"),
        (["standards", "diff", "league@1997", "league@2000"], "has no version `2000`"),
        (["standards", "list", "--lang", "fr"], "en or zh"),
        (["fly"], "No such command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_ends_with_two_and_says_what_would_be_right(
    call: Call, person: str, arguments: list[str], says: str
) -> None:
    called = call(*(person if one == "PERSON" else one for one in arguments))
    assert called.code == 2
    assert called.out == ""
    assert says in flat(re.sub(r"[│╭╮╰╯─]", " ", called.err))
    assert "Traceback" not in called.err


def test_a_broken_profile_alone_is_a_wrong_call(call: Call, tmp_path: Path) -> None:
    called = call("evaluate", saved(tmp_path / "bad.json", {"id": "x", "degree": []}))
    assert called.code == 2
    assert "did you mean `degrees`?" in flat(called.err)


def test_what_is_assumed_is_said_first(call: Call, tmp_path: Path, library: Library) -> None:
    """In both languages, before the criteria."""
    job = {"id": "x", "experience": [{"from": "2001-01-01", "until": ".."}]}
    asked = ("evaluate", saved(tmp_path / "x.json", job), "--standard", "ipea", "--host", "AU")
    for lang, word, first in (("en", "Assumed: ", "✗"), ("zh", "假定: ", "✗")):
        told = call(*asked, "--assume", "experience.fte=1", "--lang", lang, library=library)
        assert word in told.out.partition(first)[0]
    assert "Assumed" not in call(*asked, library=library).out
    wrong = call(*asked, "--assume", "experience.ftee=1", library=library)
    assert wrong.code == cli.WRONG_CALL
    assert "did you mean `experience.fte`?" in wrong.err
