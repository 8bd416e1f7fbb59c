"""A profile is read with everything that is wrong with it told at once, fast or in words alike."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition.facts.facts import Facts
from recognition.facts.valid import valid
from recognition.problems import Problem, Refused
from recognition.profile.json_schema import json_schema
from recognition.profile.records import reader
from recognition.profile.validate import examine, normalised
from recognition.profile.vocabulary import Vocabularies

ROOT = Path(__file__).parents[2]

NAMES = Vocabularies.load(ROOT)

READER = reader(NAMES)

DEFECTS = json.loads((ROOT / "tests/defects/profiles.json").read_text("utf-8"))["defects"]

WHOLE: dict[str, Any] = {
    "id": "A-0001",
    "citizenships": ["CN", None],
    "residences": [
        {"country": "CN", "region": "CN-GD", "from": "2015", "until": "..", "permanent": True}
    ],
    "birth_date": "1988-05-13",
    "degrees": [
        {
            "title": "Bachelor of Engineering",
            "level": "bachelor",
            "eqf": 6,
            "country": "CN",
            "delivered_in": None,
            "started_on": "2014-09-01",
            "awarded_on": "2018-07",
            "years": 4,
            "accreditations": [
                {"by": "CEEAA", "from": "2016-01-01", "until": "2021-12-31", "scope": ["tier-1"]}
            ],
            "proof": "documented",
        }
    ],
    "registrations": [
        {"title": "CPEng", "body": "EA", "class": "full", "granted_on": "2022", "expires_on": None}
    ],
    "memberships": None,
    "experience": [{"from": "2018-07-15", "until": "..", "fte": 0.5, "codes": ["US"]}],
    "cpd": [{"year": 2024, "hours": 50}, {"from": "2025-01-01", "until": "2025-06", "hours": 1.5}],
    "languages": [{"language": "en", "score": 7.5, "parts": {"writing": 7.0}}],
    "conduct": {"bound_by_code": True, "findings": [{"body": "EA", "on": "2019", "open": False}]},
    "attestations": {"fit-and-proper": True, "cpd-maintained": None},
}


def problems(document: Any) -> tuple[Problem, ...]:
    try:
        examine(document, NAMES)
    except Refused as refused:
        return refused.problems
    return ()


def fast(line: bytes) -> bool:
    record = READER.decode(line)
    return record is not None and bool(valid(Facts.from_records([record], 20_000, NAMES))[0])


def written(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect["name"])
def test_a_broken_profile_is_told_all_that_is_wrong(defect: dict[str, Any]) -> None:
    raw = defect["text"].encode() if "text" in defect else written(defect["profile"])
    told = problems(raw)
    assert [(one.code, one.pointer) for one in told] == [
        (code, pointer) for code, pointer, _ in defect["problems"]
    ]
    for one, (_, _, says) in zip(told, defect["problems"], strict=True):
        assert says in f"{one.detail} {one.hint}"
    assert not fast(raw)


def test_a_whole_profile_is_accepted_both_ways() -> None:
    assert problems(WHOLE) == ()
    assert fast(written(WHOLE))


def test_every_example_applicant_is_accepted_both_ways() -> None:
    lines = (ROOT / "examples/applicants.ndjson").read_bytes().splitlines()
    records = READER.decode_all(lines)
    assert None not in records
    assert valid(Facts.from_records(records, 20_000, NAMES)).all()
    assert not any(problems(line) for line in lines[:100])


def test_problems_come_in_the_same_order_however_keys_are_ordered() -> None:
    defect = DEFECTS[-1]["profile"]
    shuffled = {key: defect[key] for key in reversed(defect)}
    assert problems(defect) == problems(shuffled)


def test_a_bad_line_does_not_spoil_its_neighbours() -> None:
    twice = b'{"id": "y", "birth_date": "1980", "birth_date": "1980"}'
    records = READER.decode_all([written(WHOLE), twice, b"{", b'{"id": "a:b"}'])
    assert [record and record.id for record in records] == ["A-0001", None, None, "a:b"]


def test_loose_spellings_become_the_codes_of_the_vocabulary() -> None:
    loose = {"id": "x", "registrations": [{"body": "engineers australia", "class": "Full"}]}
    assert normalised(examine(loose, NAMES).profile) == {
        "id": "x",
        "registrations": [{"body": "EA", "class": "full"}],
    }


def test_a_year_of_cpd_becomes_its_first_and_last_day() -> None:
    held = normalised(examine({"id": "x", "cpd": [{"year": 2024, "hours": 50}]}, NAMES).profile)
    assert held["cpd"] == [{"from": "2024-01-01", "until": "2024-12-31", "hours": 50}]


def test_an_absent_place_of_delivery_stays_apart_from_an_unknown_one() -> None:
    held = normalised(examine({"id": "x", "degrees": [{}, {"delivered_in": None}]}, NAMES).profile)
    assert held["degrees"] == [{}, {"delivered_in": None}]


def test_a_byte_order_mark_is_no_defect_and_bad_bytes_are_told() -> None:
    assert problems(b'\xef\xbb\xbf{"id": "x"}') == ()
    assert [one.code for one in problems(b'{"id": "\xff"}')] == ["not-json"]
    assert [one.code for one in problems(b"[" * 100_000)] == ["not-json"]


def test_the_published_schema_accepts_what_is_accepted() -> None:
    schema = json_schema(NAMES, {"birth_date": "date of birth"})
    jsonschema.Draft202012Validator.check_schema(schema)
    checked = jsonschema.Draft202012Validator(schema)
    assert not list(checked.iter_errors(WHOLE))
    assert schema["properties"]["birth_date"]["description"] == "date of birth"
    assert list(checked.iter_errors({"id": "x", "degrees": [{"level": "batchelor"}]}))


# --- the fast way and the words say the same

VALUES = st.one_of(
    st.sampled_from([None, True, False, 0, -1, 1, 0.5, 7, 9, 2024, 1e300]),
    st.sampled_from(["", "..", [], {}, [None], [{}]]),
    st.sampled_from(["2016", "2016-06", "2014-02-29", "2014-02-28", "2099-01-01", "1800"]),
    st.sampled_from(["CN", "US", "US-TX", "CN-GD", "CN-HK", "HK", "XX", "EA", "full", "bachelor"]),
    st.sampled_from([{"writing": 3}, {"listen": 1}, {"fit-and-proper": True}, "a:b", "\x00"]),
    st.text(max_size=4),
)

KEYS = st.sampled_from(["from", "until", "region", "country", "years", "year", "x"])


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [here, *(place for key, held in inner for place in places(held, (*here, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    document = copy.deepcopy(WHOLE)
    for _ in range(draw(st.integers(1, 3))):
        *around, last = draw(st.sampled_from(places(document)[1:]))
        target: Any = document
        for step in around:
            target = target[step]
        change = draw(st.sampled_from(["set", "set", "set", "drop", "add"]))
        if change == "drop":
            del target[last]
        elif change == "set" or not isinstance(target, dict):
            target[last] = copy.deepcopy(draw(VALUES))
        else:
            target[draw(KEYS)] = copy.deepcopy(draw(VALUES))
    return document


@given(mutated())
def test_fast_and_worded_checks_give_the_same_answer(document: Any) -> None:
    line = written(document)
    told = problems(line)
    if told:
        assert not fast(line)
        assert all(one.detail and one.pointer.startswith("/") for one in told)
    else:
        profile, warnings = examine(line, NAMES)
        record = READER.convert(normalised(profile))
        assert warnings or np.all(valid(Facts.from_records([record], 20_000, NAMES)))


@given(mutated())
def test_what_is_refused_fast_without_being_wrong_is_only_spelt_loosely(document: Any) -> None:
    line = written(document)
    if not problems(line) and not fast(line):
        profile, warnings = examine(line, NAMES)
        assert warnings or fast(written(normalised(profile)))
