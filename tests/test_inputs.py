"""What an office drops in: people in any format are decided the same, and nothing is lost."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from recognition.batch.input import files
from recognition.batch.input.files import chunks, expanded, opened
from recognition.batch.input.table.schema import Schemes
from recognition.batch.job import Job
from recognition.batch.run import Summary, run
from recognition.evaluate import day
from recognition.plan.question import Question
from recognition.problems import Refused
from recognition.profile.records import arrow_schema
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.standard.library import Library

PEOPLE: list[dict[str, Any]] = [
    {
        "id": f"p-{i}",
        "citizenships": ["AU", "CN"] if i % 2 else [],
        "degrees": [{"level": "bachelor", "awarded_on": "2005", "years": 4,
                     "accreditations": [{"accord": "washington-accord", "from": "2001"}]}],
        "experience": [{"from": f"{2000 + i}", "until": "..", "fte": 1.0},
                       {"from": "1999", "until": "1999-12", "significant": bool(i % 3)}],
        "registrations": [{"body": "EA", "status": "active", "expires_on": ".."}] if i % 5 else [],
        "conduct": {"bound_by_code": True},
        "attestations": {"consents-to-listing": True},
    }
    for i in range(12)
]  # fmt: skip
FLAT = [
    "id", "citizenships", "degree_1_level", "degree_1_awarded_on", "degree_1_years",
    "degree_1_accreditation_1_accord", "degree_1_accreditation_1_from",
    "experience_1_from", "experience_1_until", "experience_1_fte",
    "experience_2_from", "experience_2_until", "experience_2_significant", "registrations",
    "registration_1_body", "registration_1_status", "registration_1_expires_on",
    "conduct_bound_by_code", "attestation_consents-to-listing",
]  # fmt: skip


def flat(i: int) -> list[Any]:
    """A person as a row of a flat table."""
    registered = ["", "EA", "active", ".."] if i % 5 else ["none", "", "", ""]
    return [
        f"p-{i}", "AU;CN" if i % 2 else "-", "bachelor", "2005", "4", "washington-accord", "2001",
        f"{2000 + i}", "ongoing", "1.0", "1999", "1999-12", "yes" if i % 3 else "no",
        *registered, "true", "是",
    ]  # fmt: skip


RELATED: dict[str, list[list[Any]]] = {
    "applicants": [
        ["id", "citizenships", "registrations", "conduct_bound_by_code"],
        *([f"p-{i}", "AU;CN" if i % 2 else "-", "" if i % 5 else "无", "是"] for i in range(12)),
    ],
    "degrees": [
        ["applicant", "number", "level", "awarded_on", "years"],
        *([f"p-{i}", "1", "bachelor", "2005", "4"] for i in range(12)),
    ],
    "accreditations": [
        ["applicant", "degree", "accord", "from"],
        *([f"p-{i}", "1", "washington-accord", "2001"] for i in range(12)),
    ],
    "experience": [
        ["applicant", "from", "until", "fte", "significant"],
        *([f"p-{i}", f"{2000 + i}", "..", "1", ""] for i in range(12)),
        *([f"p-{i}", "1999", "1999-12", "", "yes" if i % 3 else "no"] for i in range(12)),
    ],
    "registrations": [
        ["applicant", "body", "status", "expires_on"],
        *([f"p-{i}", "EA", "active", "至今"] for i in range(12) if i % 5),
    ],
    "attestations": [
        ["applicant", "kind", "holds"],
        *([f"p-{i}", "consents-to-listing", "yes"] for i in range(12)),
    ],
}


def job(folder: Path, *inputs: Path, books: Library, output: str = "out.ndjson") -> Job:
    """A job of the league in Australia and Pakistan."""
    question = Question(("league",), ("AU", "PK"))
    return Job(
        inputs, folder / output, folder / "rejects.ndjson", question, day("2020-01-01"), books.root
    )


def text(rows: Sequence[Sequence[Any]], between: str = ",") -> str:
    """Rows as a text table."""
    quoted = [[f'"{cell}"' if between in str(cell) else str(cell) for cell in row] for row in rows]
    return "".join(between.join(row) + "\r\n" for row in quoted)


def table(
    path: Path, rows: Sequence[Sequence[Any]], between: str = ",", encoding: str = "utf-8"
) -> Path:
    path.write_bytes(text(rows, between).encode(encoding))
    return path


def folder(path: Path, tables: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    path.mkdir()
    for name, rows in tables.items():
        table(path / f"{name}.csv", rows)
    return path


def workbook(path: Path, tables: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def parquet(path: Path, people: Sequence[Any] = PEOPLE) -> Path:
    pq.write_table(pa.Table.from_pylist(list(people), arrow_schema()), path, row_group_size=5)
    return path


def rejects(asked: Job) -> list[dict[str, Any]]:
    return [json.loads(line) for line in asked.rejects.read_bytes().splitlines()]


def profiles(path: Path, books: Library) -> list[Any]:
    """The profiles that an input states."""
    return [
        json.loads(line) for chunk in chunks(opened([path], books)) for line in chunk.lines if line
    ]


def codes(path: Path, books: Library) -> list[str]:
    with pytest.raises(Refused) as refused:
        opened([path], books)
    return [problem.code for problem in refused.value.problems]


@pytest.fixture
def whole(tmp_path: Path, books: Library) -> bytes:
    """The decisions on the people as lines of JSON."""
    path = tmp_path / "people.ndjson"
    path.write_bytes(b"\n".join(json.dumps(one).encode() for one in PEOPLE))
    asked = job(tmp_path, path, books=books, output="whole.ndjson")
    assert run(asked, books).decided == 12
    return asked.output.read_bytes()


def packed(path: Path) -> Path:
    lines = b"\n".join(json.dumps(one).encode() for one in PEOPLE)
    with pa.output_stream(str(path), compression="zstd") as file:
        file.write(lines)
    return path


MADE: dict[str, Callable[[Path], Path]] = {
    "flat": lambda at: table(at / "in.csv", [FLAT, *map(flat, range(12))]),
    "semicolons": lambda at: table(at / "in.csv", [FLAT, *map(flat, range(12))], ";"),
    "tabs": lambda at: table(at / "in.tsv", [FLAT, *map(flat, range(12))], "\t"),
    "marked": lambda at: table(at / "in.csv", [FLAT, *map(flat, range(12))], encoding="utf-8-sig"),
    "gbk": lambda at: table(at / "in.csv", [FLAT, *map(flat, range(12))], encoding="gb18030"),
    "utf-16": lambda at: table(at / "in.csv", [FLAT, *map(flat, range(12))], "\t", "utf-16"),
    "folder": lambda at: folder(at / "in", RELATED),
    "workbook": lambda at: workbook(at / "in.xlsx", RELATED),
    "flat-workbook": lambda at: workbook(at / "in.xlsx", {"Sheet1": [FLAT, *map(flat, range(12))]}),
    "parquet": lambda at: parquet(at / "in.parquet"),
    "zstd": lambda at: packed(at / "in.ndjson.zst"),
}  # fmt: skip


# --- the same people


@pytest.mark.parametrize("form", MADE)
def test_the_same_people_in_any_format_are_decided_the_same(
    tmp_path: Path, books: Library, whole: bytes, form: str
) -> None:
    asked = job(tmp_path, MADE[form](tmp_path), books=books)
    summary = run(asked, books)
    assert (summary.read, summary.decided, rejects(asked)) == (12, 12, [])
    assert asked.output.read_bytes() == whole


@pytest.mark.parametrize("form", ["flat", "folder", "workbook", "parquet"])
def test_a_run_broken_at_any_chunk_ends_the_same_when_resumed(
    tmp_path: Path, books: Library, whole: bytes, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SIZE", 3000 if form == "parquet" else 1000)
    asked = job(tmp_path, MADE[form](tmp_path), books=books)

    def broken(summary: Summary, upto: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(asked, books, progress=broken)
    assert run(asked, books, resume=True).read == 12
    assert asked.output.read_bytes() == whole


@pytest.mark.parametrize("form", ["folder", "parquet"])
def test_two_workers_write_what_one_writes(
    tmp_path: Path, books: Library, whole: bytes, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SIZE", 5000)
    asked = job(tmp_path, MADE[form](tmp_path), books=books)
    run(asked, books, workers=2)
    assert asked.output.read_bytes() == whole


def test_a_table_may_be_packed(tmp_path: Path, books: Library, whole: bytes) -> None:
    path = tmp_path / "in.csv.gz"
    path.write_bytes(gzip.compress(text([FLAT, *map(flat, range(12))]).encode()))
    asked = job(tmp_path, path, books=books)
    run(asked, books)
    assert asked.output.read_bytes() == whole


@pytest.mark.parametrize("kept", [0.5, 0.95])
def test_a_truncated_zstd_file_is_told(tmp_path: Path, books: Library, kept: float) -> None:
    path = packed(tmp_path / "in.ndjson.zst")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(Refused) as refused:
        run(job(tmp_path, path, books=books), books)
    assert [problem.code for problem in refused.value.problems] == ["broken-file"]


def test_patterns_stand_for_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).touch()
    found = expanded([tmp_path / "*.csv", tmp_path / "a.csv", tmp_path / "no*"])
    assert found == (tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "no*")


# --- columns


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


def test_parquet_with_other_columns_is_refused(tmp_path: Path, books: Library) -> None:
    pq.write_table(pa.table({"id": ["x"], "degree": ["y"], "cpd": [1]}), tmp_path / "in.parquet")
    assert codes(tmp_path / "in.parquet", books) == ["unknown-column", "wrong-type"]


# --- cells


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


# --- what is told


def test_a_reject_of_a_flat_table_tells_row_and_column(tmp_path: Path, books: Library) -> None:
    rows = [
        ["id", "Date of birth", "degree_2_level"],
        ["a", "1980", ""],
        ["b", "1980-02-30", "wizard"],
    ]
    asked = job(tmp_path, table(tmp_path / "in.csv", rows), books=books)
    summary = run(asked, books)
    assert (summary.read, summary.decided, summary.rejected) == (2, 1, 1)
    (told,) = rejects(asked)
    assert (told["file"], told["line"]) == (str(tmp_path / "in.csv"), 3)
    assert [(p["pointer"], p["code"], p["column"]) for p in told["problems"]] == [
        ("/birth_date", "not-a-date", "Date of birth"),
        ("/degrees/0/level", "no-such-code", "degree_2_level"),
    ]


def test_a_reject_of_a_workbook_tells_the_sheet_and_row_of_each_cell(
    tmp_path: Path, books: Library
) -> None:
    tables = {"applicants": [["id"], ["a"]], "jobs": [["applicant", "from"], [], ["a", "someday"]]}
    asked = job(tmp_path, workbook(tmp_path / "in.xlsx", tables), books=books)
    run(asked, books)
    (told,) = rejects(asked)
    assert (told["sheet"], told["line"]) == ("applicants", 2)
    assert [(p["sheet"], p["line"], p["column"]) for p in told["problems"]] == [("jobs", 3, "from")]


def test_rows_that_belong_to_nobody_are_rejected_and_counted(
    tmp_path: Path, books: Library
) -> None:
    tables = {
        "applicants": [["id"], ["a"], ["b"], ["a"]],
        "degrees": [
            ["applicant", "number", "level"],
            ["a", "1", "bachelor"],
            ["zz", "1", "master"],
        ],
        "accreditations": [["applicant", "degree", "accord"], ["b", "3", "washington-accord"]],
    }
    asked = job(tmp_path, folder(tmp_path / "in", tables), books=books)
    summary = run(asked, books)
    assert (summary.read, summary.decided, summary.rejected) == (4, 1, 3)
    told = [(one["sheet"], one["line"], one["problems"][0]["code"]) for one in rejects(asked)]
    assert told == [
        ("applicants.csv", 3, "no-such-degree"),
        ("applicants.csv", 4, "duplicate-id"),
        ("degrees.csv", 3, "no-such-applicant"),
    ]


def test_none_beside_rows_is_a_contradiction(tmp_path: Path, books: Library) -> None:
    rows = [["id", "degrees", "degree_1_level"], ["a", "-", "master"]]
    asked = job(tmp_path, table(tmp_path / "in.csv", rows), books=books)
    run(asked, books)
    assert [p["code"] for p in rejects(asked)[0]["problems"]] == ["two-forms"]


def test_a_quotation_mark_that_is_not_closed_loses_no_rows(tmp_path: Path, books: Library) -> None:
    path = tmp_path / "in.csv"
    path.write_text('id,birth_date\na,"1980\nb,1981\n', "utf-8")
    with pytest.raises(Refused) as refused:
        run(job(tmp_path, path, books=books), books)
    assert [problem.code for problem in refused.value.problems] == ["broken-file"]


def test_rows_of_parquet_that_do_not_hold_together_are_examined(
    tmp_path: Path, books: Library
) -> None:
    odd = [
        PEOPLE[0],
        {"id": "a", "birth_date": "1980-02-30"},
        {"id": "b", "degrees": [{"level": "BACHELOR"}]},
        {"id": "c", "degrees": [{"years": float("nan")}]},
        PEOPLE[1],
    ]
    asked = job(tmp_path, parquet(tmp_path / "in.parquet", odd), books=books)
    summary = run(asked, books)
    assert (summary.read, summary.decided, summary.rejected) == (5, 3, 2)
    assert [(r["line"], r["problems"][0]["code"]) for r in rejects(asked)] == [
        (2, "not-a-date"),
        (4, "not-finite"),
    ]
    told = [json.loads(line)["profile"] for line in asked.output.read_bytes().splitlines()]
    assert told == ["p-0"] * 2 + ["b"] * 2 + ["p-1"] * 2


def test_ids_met_again_are_told_with_their_places(tmp_path: Path, books: Library) -> None:
    first = table(tmp_path / "a.csv", [["id"], ["x"], ["y"]])
    second = parquet(tmp_path / "b.parquet", [{"id": "z"}, {"id": "x"}])
    asked = job(tmp_path, first, second, books=books)
    summary = run(asked, books)
    assert (summary.decided, summary.duplicates) == (4, 1)
    assert [json.loads(line) for line in asked.duplicates.read_bytes().splitlines()] == [
        {"id": "x", "places": [{"file": str(first), "line": 2}, {"file": str(second), "line": 2}]}
    ]
    run(job(tmp_path, second, books=books), books)
    assert not asked.duplicates.exists()


def test_columns_of_dates_and_whole_numbers_are_read_from_parquet(
    tmp_path: Path, books: Library, whole: bytes
) -> None:
    people = pa.table({"id": pa.array(["x"], pa.large_string()),
                       "birth_date": pa.array([0], pa.int32()).cast(pa.date32()),
                       "cpd": [[{"year": 2019, "hours": 50}]]})  # fmt: skip
    pq.write_table(people, tmp_path / "in.parquet")
    asked = job(tmp_path, tmp_path / "in.parquet", books=books)
    assert run(asked, books).decided == 1


def test_a_very_long_cell_does_not_end_a_run(tmp_path: Path, books: Library) -> None:
    """A remark may be long; a long text that is no date is refused with its row alone."""
    path, words = tmp_path / "in.csv", "word " * 40_000
    path.write_text(
        f"id,birth_date,experience_1_role\nA-1,1980-01-01,{words}\nA-2,{words},\nA-3,,\n", "utf-8"
    )
    summary = run(job(tmp_path, path, books=books), books)
    assert (summary.read, summary.decided, summary.rejected) == (3, 2, 1)
