"""Columns of tables are known by their names and labels, and told of where they are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inputs import (
    RELATED,
    codes,
    folder,
    job,
    profiles,
    table,
)
from recognition.batch.input.table.schema import Schemes
from recognition.batch.run import run
from recognition.problems import Refused
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.standard.library import Library


def test_every_field_of_a_profile_has_a_column(books: Library) -> None:
    flat = Schemes(books.facts, books.vocabularies).schemes[""]
    places = {tuple(step for step in field.place if step != "#") for field in flat.known.values()}
    for leaf in LEAVES.values():
        place: tuple[str, ...] = tuple(step for step in leaf.steps if isinstance(step, str))
        around = leaf.collection
        while around:
            place = (*COLLECTIONS[around].steps, *place)
            around = COLLECTIONS[around].parent
        assert any(place == found[: len(place)] for found in places), leaf.path


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("Degree 1 Award", ("degrees", ("1",), "awarded_on")),
        ("学位2授予日期", ("degrees", ("2",), "awarded_on")),
        ("degree_1_accreditation_2_by", ("degrees", ("1",), "accreditations", ("2",), "by")),
        ("language_1_part_writing", ("languages", ("1",), "parts", "writing")),
        ("conduct_finding_1_kind", ("conduct", "findings", ("1",), "kind")),
        ("国籍", ("citizenships",)),
        ("CPD_1_YEAR", ("cpd", ("1",), "year")),
        ("attestation_consents-to-listing", ("attestations", "consents-to-listing")),
    ],
)
def test_headings_may_be_names_or_labels_in_either_language(
    books: Library, heading: str, place: tuple[Any, ...]
) -> None:
    scheme = Schemes(books.facts, books.vocabularies).schemes[""]
    columns, problems = scheme.columns(["id", heading], "", "")
    assert (columns[1].place, problems) == (place, [])


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["id", "degre_1_level"], ["unknown-column"]),
        (["degree_1_level"], ["missing"]),
        (["id", "编号"], ["two-columns"]),
        (["id", "# remark"], []),
    ],
)
def test_columns_that_cannot_be_read_are_told_before_anything_is_decided(
    tmp_path: Path, books: Library, headings: list[str], found: list[str]
) -> None:
    path = table(tmp_path / "in.csv", [headings, ["x"] * len(headings)])
    if found:
        assert codes(path, books) == found
        with pytest.raises(Refused):
            run(job(tmp_path, path, books=books), books)
        assert not job(tmp_path, path, books=books).parts.exists()
    else:
        assert profiles(path, books) == [{"id": "x"}]


def test_a_list_in_columns_and_in_a_table_of_its_own_is_refused(
    tmp_path: Path, books: Library
) -> None:
    tables = {**RELATED, "applicants": [["id", "degree_1_level"], ["p-1", "master"]]}
    assert codes(folder(tmp_path / "in", tables), books) == ["two-forms"]


def test_a_table_nobody_knows_is_refused(tmp_path: Path, books: Library) -> None:
    tables = {**RELATED, "degres": RELATED["degrees"]}
    assert codes(folder(tmp_path / "in", tables), books) == ["unknown-table"]
