"""Every standard's own cases come out as the standard's authors expect."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recognition.cases import check as cases
from recognition.problems import Refused
from recognition.standard.library import Library

ROOT = Path(__file__).parents[1]
FILES = sorted(ROOT.glob("standards/*/cases.jsonl"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_standard_decides_its_cases_as_expected(library: Library, file: Path) -> None:
    checked = [cases.check(library, case) for case in cases.read(file)]
    assert checked
    failed = [(one.id, one.why, one.differs, one.found) for one in checked if not one.passed]
    assert failed == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_cases_stand_beside_their_own_standard_and_have_names_of_their_own(file: Path) -> None:
    read = list(cases.read(file))
    assert {case["standard"] for case in read} == {file.parent.name}
    assert len({case["id"] for case in read}) == len(read)


def case(**changes: object) -> dict[str, object]:
    """A case of the small library: someone of whom nothing is stated."""
    return {
        "id": "c-1",
        "standard": "league",
        "host": "AU",
        "as_of": "2024-01-01",
        "profile": {"id": "x"},
        "expect": {"verdict": "undetermined"},
        **changes,
    }


def test_a_case_passes_when_its_verdict_is_found(books: Library) -> None:
    assert cases.check(books, case()).passed


def test_a_case_fails_by_its_verdict(books: Library) -> None:
    assert cases.check(books, case(expect={"verdict": "eligible"})).differs == ("verdict",)


def test_a_case_fails_by_a_criterion_that_is_not_among_those_found(books: Library) -> None:
    expected = {"verdict": "undetermined", "unknown": ["academic", "height"], "unmet": ["cpd"]}
    checked = cases.check(books, case(expect=expected))
    assert checked.differs == ("unmet: cpd", "unknown: height")


def test_a_case_whose_profile_is_refused_fails_and_says_why(books: Library) -> None:
    checked = cases.check(books, case(profile={"id": "x", "birth_date": "1980-02-30"}))
    assert checked.differs == ("refused",)
    assert "/birth_date" in checked.found["problems"][0]


def test_a_case_that_leaves_the_host_open_fails_where_there_are_several(books: Library) -> None:
    assert cases.check(books, case(host=None)).differs == ("host is not named",)


def test_a_case_may_pin_a_version(books: Library) -> None:
    checked = cases.check(books, case(version="1997", expect={"verdict": "ineligible"}))
    assert checked.passed
    assert checked.found["version"] == "1997"


def test_every_broken_line_of_a_file_of_cases_is_told_with_its_number(tmp_path: Path) -> None:
    lines = [json.dumps(case()), "", "{", json.dumps({**case(), "expect": {"verdict": "maybe"}})]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(Refused) as refused:
        cases.read(path)
    assert [(p.line, p.code) for p in refused.value.problems] == [
        (3, "not-json"),
        (4, "no-such-code"),
    ]
