"""Profiles become columns whose two ends hold whatever could be true, from any source alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from recognition import dates
from recognition.bounds import ANY_CODE, NAMED, Bounds
from recognition.dates import AFTER_ALL, BEFORE_ALL
from recognition.facts.facts import Facts
from recognition.facts.valid import valid
from recognition.profile.records import arrow_schema, reader
from recognition.profile.schema import COLLECTIONS, KINDS, LEAVES
from recognition.profile.validate import examine, normalised
from recognition.profile.vocabulary import Vocabularies

ROOT = Path(__file__).parents[2]

NAMES = Vocabularies.load(ROOT)

TODAY = 20_000


def facts(*profiles: dict[str, Any]) -> Facts:
    held = [
        normalised(examine({"id": str(i), **one}, NAMES).profile) for i, one in enumerate(profiles)
    ]
    return Facts.from_records([reader(NAMES).convert(one) for one in held], TODAY, NAMES)


def from_arrow(*profiles: dict[str, Any]) -> Facts:
    rows = [{"id": str(i), **one} for i, one in enumerate(profiles)]
    return Facts.from_arrow(pa.Table.from_pylist(rows, schema=arrow_schema()), TODAY, NAMES)


def ends(bounds: Bounds) -> list[tuple[Any, Any]]:
    return list(zip(bounds.lo.tolist(), bounds.hi.tolist(), strict=True))


def day(text: str) -> int:
    return dates.parse(text)[0]


def test_an_empty_profile_has_one_phantom_of_everything() -> None:
    nothing = facts({})
    for path in COLLECTIONS:
        assert nothing.size(path) == 1
        assert ends(nothing.present(path)) == [(False, True)]
        many = nothing.many(path)
        assert many is not None
        assert many.tolist() == [True]
    for path, kind in KINDS.items():
        if kind != "text":
            lo, hi = ends(nothing.field(path))[0]
            assert lo < hi
    assert ends(nothing.attested("fit-and-proper")) == [(False, True)]


def test_a_list_that_is_given_is_complete() -> None:
    held = facts({"degrees": []}, {"degrees": [{}, {"accreditations": []}]}, {"degrees": None})
    assert held.offsets("degrees").tolist() == [0, 0, 2, 3]
    assert held.owner("degrees").tolist() == [1, 1, 2]
    assert ends(held.present("degrees")) == [(True, True), (True, True), (False, True)]
    assert held.offsets("degrees.accreditations").tolist() == [0, 1, 1, 2]
    assert held.row("degrees.accreditations").tolist() == [1, 2]


def test_what_is_known_has_both_ends_in_one_array() -> None:
    held = facts({"birth_date": "1988-05-13", "cpd": [{"hours": 50}]})
    assert held.field("birth_date").exact
    assert held.field("cpd.hours").exact
    assert held.as_of.exact
    assert held.present("cpd").exact
    assert held.many("cpd") is None
    assert held.field("birth_date") is held.field("birth_date")


def test_dates_are_as_wide_as_they_are_coarse() -> None:
    held = facts({"birth_date": "1988"}, {"birth_date": "1988-02"}, {"birth_date": None})
    assert ends(held.field("birth_date")) == [
        (day("1988-01-01"), day("1988-12-31")),
        (day("1988-02-01"), day("1988-02-29")),
        (BEFORE_ALL, AFTER_ALL),
    ]
    assert held.field("birth_date").lo.dtype == np.int32


def test_an_unknown_end_is_not_before_the_first_possible_day() -> None:
    jobs = [{"from": "2018-07"}, {"from": "2018", "until": ".."}, {}, {"until": "2020-01-01"}]
    assert ends(facts({"experience": jobs}).field("experience.until")) == [
        (day("2018-07-01"), AFTER_ALL),
        (AFTER_ALL, AFTER_ALL),
        (BEFORE_ALL, AFTER_ALL),
        (day("2020-01-01"), day("2020-01-01")),
    ]


def test_an_unknown_expiry_is_not_before_the_grant() -> None:
    held = facts({"registrations": [{"granted_on": "2022-03-01"}]})
    assert ends(held.field("registrations.expires_on")) == [(day("2022-03-01"), AFTER_ALL)]


def test_a_year_of_cpd_is_its_days() -> None:
    record = reader(NAMES).decode(b'{"id":"x","cpd":[{"year":2024,"hours":5},{"from":"2025"}]}')
    held = Facts.from_records([record], TODAY, NAMES)
    assert ends(held.field("cpd.from"))[0] == (day("2024-01-01"), day("2024-01-01"))
    assert ends(held.field("cpd.until"))[0] == (day("2024-12-31"), day("2024-12-31"))
    assert ends(held.field("cpd.until"))[1] == (day("2025-01-01"), AFTER_ALL)


def test_amounts_keep_to_what_they_can_be() -> None:
    held = facts({"experience": [{"fte": 0.5}, {}], "degrees": [{"years": None}]})
    assert ends(held.field("experience.fte")) == [(0.5, 0.5), (0.0, 1.0)]
    assert ends(held.field("degrees.years")) == [(0.0, np.inf)]


def test_codes_are_numbers_of_their_vocabulary() -> None:
    titles = [{"title": "CPEng"}, {"title": "Grand Master"}, {"title": None}]
    held = facts({"registrations": titles, "citizenships": ["CN", None]})
    cpeng = NAMES["titles"].number("CPEng")
    assert ends(held.field("registrations.title")) == [
        (cpeng, cpeng),
        (0, NAMED),
        (0, ANY_CODE),
    ]
    assert ends(held.field("citizenships.code"))[1] == (0, ANY_CODE)


def test_a_place_of_delivery_left_out_is_the_country() -> None:
    degrees = [{"country": "CN"}, {"country": "CN", "delivered_in": None}, {"country": None}]
    degrees.append({"country": "CN", "delivered_in": "HK"})
    places = NAMES["places"]
    assert ends(facts({"degrees": degrees}).field("degrees.delivered_in")) == [
        (places.number("CN"), places.number("CN")),
        (0, ANY_CODE),
        (0, ANY_CODE),
        (places.number("HK"), places.number("HK")),
    ]


def test_conduct_that_is_unknown_leaves_its_parts_unknown() -> None:
    held = facts({"conduct": None}, {"conduct": {"bound_by_code": True, "findings": []}})
    assert ends(held.field("conduct.bound_by_code")) == [(False, True), (True, True)]
    assert held.offsets("conduct.findings").tolist() == [0, 1, 1]


def test_parts_of_a_language_test_are_a_collection() -> None:
    held = facts({"languages": [{"parts": {"writing": 7, "reading": None}}, {"parts": {}}]})
    writing, reading = (NAMES["language-parts"].number(part) for part in ("writing", "reading"))
    assert ends(held.field("languages.parts.part")) == [(writing, writing), (reading, reading)]
    assert ends(held.field("languages.parts.score")) == [(7, 7), (0, np.inf)]
    assert held.offsets("languages.parts").tolist() == [0, 2, 2]


def test_attestations_are_true_false_or_unknown() -> None:
    kind = "fit-and-proper"
    said: list[dict[str, Any]] = [{kind: True}, {kind: False}, {kind: None}, {}]
    held = facts(*({"attestations": one} for one in said))
    unknown = (False, True)
    assert ends(held.attested(kind)) == [(True, True), (False, False), unknown, unknown]


def test_as_of_may_differ_by_profile() -> None:
    record = reader(NAMES).decode(b'{"id":"x"}')
    days = np.array([1, 2], np.int32)
    assert ends(Facts.from_records([record, record], days, NAMES).as_of) == [(1, 1), (2, 2)]


def test_no_profiles_make_empty_columns() -> None:
    for held in (facts(), from_arrow()):
        assert all(held.size(path) == 0 for path in COLLECTIONS)
        assert all(len(held.field(p).lo) == 0 for p, kind in KINDS.items() if kind != "text")
        assert valid(held).shape == (0,)


def applicants() -> list[dict[str, Any]]:
    """Examples, and the emptiest profiles; delivery is written out, as a table has it."""
    lines = (ROOT / "examples/applicants.ndjson").read_text("utf-8").splitlines()[:300]
    bare: list[dict[str, Any]] = [{}, {"degrees": [{}]}, {"languages": []}, {"conduct": {}}]
    rows = [json.loads(line) for line in lines] + [{"id": "", **one} for one in bare]
    for row in rows:
        row["id"] = row["id"] or "bare"
        for degree in row.get("degrees") or []:
            degree.setdefault("delivered_in", degree.get("country"))
    return rows


@pytest.fixture(scope="module")
def pair() -> tuple[Facts, Facts]:
    rows = applicants()
    return facts(*rows), from_arrow(*rows)


@pytest.mark.parametrize("path", list(COLLECTIONS))
def test_arrow_and_records_have_the_same_elements(pair: tuple[Facts, Facts], path: str) -> None:
    one, other = pair
    assert one.offsets(path).tolist() == other.offsets(path).tolist()
    assert ends(one.present(path)) == ends(other.present(path))


# a year of CPD is written out as days when a profile is examined
COLUMNS = [path for path in LEAVES if KINDS[path] != "text" and path != "cpd.year"]


@pytest.mark.parametrize("path", COLUMNS)
def test_arrow_and_records_have_the_same_columns(pair: tuple[Facts, Facts], path: str) -> None:
    one, other = (held.field(path) for held in pair)
    assert one.lo.dtype == other.lo.dtype
    assert ends(one) == ends(other)
    assert one.exact == other.exact


def test_arrow_and_records_have_the_same_attestations(pair: tuple[Facts, Facts]) -> None:
    one, other = pair
    for kind in NAMES["attestations"].codes:
        assert ends(one.attested(kind)) == ends(other.attested(kind))


def test_a_sliced_table_has_the_columns_of_its_rows() -> None:
    rows = applicants()
    table = pa.Table.from_pylist(rows, schema=arrow_schema()).slice(100, 50)
    one, other = Facts.from_arrow(table, TODAY, NAMES), from_arrow(*rows[100:150])
    for path in ("experience.codes.code", "experience.until", "degrees.accreditations.by"):
        assert ends(one.field(path)) == ends(other.field(path))
    kind = "cpd-maintained"
    assert ends(one.attested(kind)) == ends(other.attested(kind))


def test_columns_a_table_lacks_are_unknown_and_delivery_is_the_country() -> None:
    degrees = [[{"country": "CN"}], None]
    table = pa.table({"id": ["a", "b"], "degrees": degrees})
    held = Facts.from_arrow(table, TODAY, NAMES)
    cn = NAMES["places"].number("CN")
    assert ends(held.field("degrees.delivered_in")) == [(cn, cn), (0, ANY_CODE)]
    assert ends(held.field("experience.until")) == [(BEFORE_ALL, AFTER_ALL)] * 2
    assert ends(held.present("experience")) == [(False, True)] * 2
    assert valid(held).all()
