"""Lines are scanned into columns: what is taken is what the exact way takes, cell by cell."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import fuzz
import make_profiles
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recognition import dates
from recognition.batch.chunk import Lines
from recognition.batch.output.decisions import texts
from recognition.facts.facts import Facts
from recognition.facts.scan import reading
from recognition.facts.scan.reading import Scanner
from recognition.facts.valid import in_words, valid
from recognition.problems import Refused
from recognition.profile.model import Text
from recognition.profile.records import reader
from recognition.profile.schema import COLLECTIONS, LEAVES
from recognition.profile.validate import examine, normalised
from recognition.profile.vocabulary import Vocabularies
from strategies import profile

ROOT = Path(__file__).parents[3]

NAMES = Vocabularies.load(ROOT)

SCANNER = Scanner(NAMES)

TODAY = 20_000

EXAMPLES = (ROOT / "examples/applicants.ndjson").read_bytes().splitlines()

MADE = [line.rstrip("\n").encode() for line in make_profiles.profiles(1500)]


def scanned(lines: Sequence[bytes], scanner: Scanner = SCANNER) -> tuple[Facts, list[int]]:
    """The plain lines as columns, and which of the lines these are."""
    source, taken = scanner(Lines.of(lines).text)
    assert len(taken) == len(lines)
    return Facts(source, TODAY, NAMES), np.flatnonzero(taken).tolist()


def plain(line: bytes) -> bool:
    return scanned([line])[1] == [0]


def exact(line: bytes) -> Any:
    """The record of a line that the exact way accepts; None where it refuses."""
    try:
        profile = examine(line, NAMES).profile
    except Refused:
        return None
    return reader(NAMES).decode(line) or reader(NAMES).convert(normalised(profile))


def same(one: Facts, other: Facts, but: str = "") -> None:
    """All columns of two batches are equal, to the last bit; perhaps all but one."""
    assert one.rows == other.rows
    assert texts(one.ids()).equals(texts(other.ids()))
    for path in COLLECTIONS:
        np.testing.assert_array_equal(one.offsets(path), other.offsets(path), path)
        many = one.many(path), other.many(path)
        assert (many[0] is None) == (many[1] is None), path
        np.testing.assert_array_equal(*many, path)
    pairs = [
        (path, one.field(path), other.field(path))
        for path, leaf in LEAVES.items()
        if not isinstance(leaf.mark, Text) and path != but
    ]
    pairs += [(k, one.attested(k), other.attested(k)) for k in NAMES["attestations"].codes]
    for path, a, b in pairs:
        for mine, theirs in zip(a, b, strict=True):
            assert mine.dtype == theirs.dtype, path
            assert mine.tobytes() == theirs.tobytes(), path


def agree(lines: Sequence[bytes]) -> list[int]:
    """What is scanned is valid, and the columns are those of the records; which lines it is."""
    facts, taken = scanned(lines)
    records = [exact(lines[i]) for i in taken]
    assert None not in records, [lines[i] for i in taken if exact(lines[i]) is None]
    normal = None not in reader(NAMES).decode_all([lines[i] for i in taken])
    but = "" if normal else "cpd.year"  # `examine` puts days in its place
    same(facts, Facts.from_records(records, TODAY, NAMES), but)
    assert (valid(facts) | in_words(facts)).all()  # a name nobody knows is right, and told
    return taken


# --- profiles as they are


@pytest.mark.parametrize("lines", [EXAMPLES, MADE], ids=["examples", "made"])
def test_profiles_without_a_flaw_are_all_scanned(lines: list[bytes]) -> None:
    assert agree(lines) == list(range(len(lines)))


def test_cases_are_scanned_as_they_are_read() -> None:
    files = sorted(ROOT.glob("standards/*/cases.jsonl"))
    told = [json.loads(line) for file in files for line in file.read_bytes().splitlines()]
    lines = [json.dumps({"id": "x", **one["profile"]}).encode() for one in told]
    assert len(agree(lines)) > 0.9 * len(lines)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.randoms(use_true_random=False).map(profile), min_size=1, max_size=4))
def test_profiles_by_chance_are_scanned_as_they_are_read(several: list[dict[str, Any]]) -> None:
    lines = [json.dumps({"id": str(i), **one}).encode() for i, one in enumerate(several)]
    assert agree(lines) == list(range(len(lines)))


@given(st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_spoilt_lines_are_scanned_only_where_the_exact_way_accepts_them(
    luck: random.Random,
) -> None:
    agree(list(islice(fuzz.spoilt(MADE[:500], luck), 60)))


# --- what is plain and what is not

PLAIN = {
    "as-it-is-written": '{"id":"x","degrees":[{"level":"bachelor"}]}',
    "white-space-between": ' \t{ "id" : "x" ,\r"degrees" : [ { } , { "years" : 4 } ] } \r',
    "lists-of-nothing": '{"id":"x","degrees":[],"citizenships":[],"attestations":{}}',
    "objects-of-nothing": '{"id":"x","degrees":[{},{"accreditations":[{}]}],"conduct":{}}',
    "nulls": '{"id":"x","degrees":null,"conduct":null,"birth_date":null,"attestations":null}',
    "nulls-in-lists": '{"id":"x","citizenships":[null,"AU",null]}',
    "nulls-in-maps": '{"id":"x","attestations":{"fit-and-proper":null},"languages":[{"parts":{}}]}',
    "escapes-in-words": r'{"id":"x","degrees":[{"title":"\"a\\b\/\b\f\n\r\t\u00e9\u4e2d\ud7ff"}]}',
    "letters-of-several-bytes": '{"id":"学","degrees":[{"title":"é学\U0001f600"}]}',
    "aliases": '{"id":"x","registrations":[{"title":"P.E."}]}',
    "aliases-in-other-letters": '{"id":"x","experience":[{"discipline":"土木工程"}]}',
    "words-no-vocabulary-has": '{"id":"x","registrations":[{"title":"Grand Master"}]}',
    "words-in-other-letters": '{"id":"x","registrations":[{"title":"大师傅"}]}',
    "loosely-spelt": '{"id":"x","degrees":[{"level":"Bachelor"}]}',
    "several-objects": '{"id":"x","conduct":{"findings":[{"open":true},{"open":false}]}}',
    "keys-in-another-order": '{"conduct":{"findings":[],"bound_by_code":false},"id":"x"}',
    "open-end": '{"id":"x","experience":[{"until":"..","from":"2016-02-29"}]}',
    "long-name": '{"id":"' + "x" * 10_000 + '"}',
}  # fmt: skip

OTHERWISE = {
    "nothing": "",
    "blank": " \t ",
    "no-object": "[]",
    "a-mark-at-the-beginning": '\ufeff{"id":"x"}',
    "no-id": '{"citizenships":[]}',
    "no-name": '{"id":""}',
    "name-unknown": '{"id":null}',
    "name-a-number": '{"id":1}',
    "escapes-in-a-name": r'{"id":"a\u0062"}',
    "escapes-in-a-key": r'{"id":"x","\u0069d":"y"}',
    "escapes-in-a-code": r'{"id":"x","citizenships":["A\u0055"]}',
    "key-unknown": '{"id":"x","height":1}',
    "key-unknown-within": '{"id":"x","degrees":[{"id":"y"}]}',
    "key-twice": '{"id":"x","birth_date":null,"birth_date":null}',
    "key-twice-within": '{"id":"x","conduct":{"findings":[],"findings":[]}}',
    "key-twice-in-a-map": '{"id":"x","attestations":{"fit-and-proper":true,"fit-and-proper":true}}',
    "statement-unknown": '{"id":"x","attestations":{"is-nice":true}}',
    "statement-a-text": '{"id":"x","attestations":{"fit-and-proper":"true"}}',
    "part-unknown": '{"id":"x","languages":[{"parts":{"singing":1}}]}',
    "text-for-a-list": '{"id":"x","degrees":"none"}',
    "object-for-a-list": '{"id":"x","degrees":{}}',
    "list-for-an-object": '{"id":"x","conduct":[]}',
    "list-for-a-map": '{"id":"x","attestations":[]}',
    "null-for-an-element": '{"id":"x","degrees":[null]}',
    "text-for-an-element": '{"id":"x","degrees":[{},"x"]}',
    "object-for-a-code": '{"id":"x","citizenships":[{}]}',
    "number-for-words": '{"id":"x","degrees":[{"title":1}]}',
    "number-for-a-truth": '{"id":"x","residences":[{"permanent":1}]}',
    "text-for-a-number": '{"id":"x","degrees":[{"years":"4"}]}',
    "truth-for-a-number": '{"id":"x","degrees":[{"years":true}]}',
    "truth-for-a-code": '{"id":"x","citizenships":[true]}',
    "number-for-a-day": '{"id":"x","birth_date":1980}',
    "no-such-code": '{"id":"x","citizenships":["XX"]}',
    "code-of-another-kind": '{"id":"x","citizenships":["US-TX"]}',
    "open-where-it-cannot-be": '{"id":"x","birth_date":".."}',
    "end-before-its-beginning": '{"id":"x","experience":[{"from":"2016","until":"2015-12"}]}',
    "year-beside-days": '{"id":"x","cpd":[{"year":2016,"until":"2016"}]}',
    "region-elsewhere": '{"id":"x","residences":[{"country":"AU","region":"US-TX"}]}',
    "too-little": '{"id":"x","experience":[{"fte":0}]}',
    "too-much": '{"id":"x","experience":[{"fte":1.5}]}',
    "no-whole-number": '{"id":"x","degrees":[{"eqf":6.5}]}',
    "half-a-letter": r'{"id":"x","degrees":[{"title":"\ud800"}]}',
    "escape-unknown": r'{"id":"x","degrees":[{"title":"\x41"}]}',
    "escape-cut-short": r'{"id":"x","degrees":[{"title":"\u00e"}]}',
    "control-character": '{"id":"x","degrees":[{"title":"\t"}]}',
    "text-not-ended": '{"id":"x","degrees":[{"title":"a}]}',
    "object-not-ended": '{"id":"x"',
    "list-not-ended": '{"id":"x","degrees":[{}',
    "list-ended-as-an-object": '{"id":"x","degrees":[{}}}',
    "comma-too-many": '{"id":"x",}',
    "comma-too-many-in-a-list": '{"id":"x","citizenships":["AU",]}',
    "comma-too-many-between-objects": '{"id":"x","degrees":[{},]}',
    "comma-too-few": '{"id":"x" "birth_date":null}',
    "colon-too-few": '{"id" "x"}',
    "quote-too-few": '{id:"x"}',
    "something-behind": '{"id":"x"}x',
    "another-behind": '{"id":"x"}{"id":"y"}',
    "too-deep": '{"id":"x","degrees":' + "[" * 5000 + "1" + "]" * 5000 + "}",
    "nul": '{"id":"x\0"}',
    "nul-behind": '{"id":"x"}\0',
    "single-quotes": "{'id':'x'}",
    "other-white-space": '\x0b{"id":"x"}',
}  # fmt: skip


@pytest.mark.parametrize("line", PLAIN.values(), ids=PLAIN)
def test_a_plain_line_is_scanned(line: str) -> None:
    assert agree([line.encode()]) == [0]


@pytest.mark.parametrize("line", OTHERWISE.values(), ids=OTHERWISE)
def test_a_line_that_is_not_plain_is_left_out_whole(line: str) -> None:
    beside = b'{"id":"beside","degrees":[{"years":4}]}'
    assert agree([beside, line.encode(), beside]) == [0, 2]


def test_absent_is_told_from_null() -> None:
    degrees = '[{"country":"AU"},{"country":"AU","delivered_in":null}]'
    facts, _ = scanned([f'{{"id":"x","degrees":{degrees}}}'.encode()])
    where = facts.field("degrees.delivered_in")
    assert [lo == hi for lo, hi in zip(*where, strict=True)] == [True, False]


@pytest.mark.parametrize("place", ["name", "words"])
def test_letters_are_those_of_utf_8(place: str) -> None:
    luck = random.Random(1)
    some = (*range(0x7F, 0x83), *range(0x8E, 0x92), *range(0x9E, 0xA2), 0xBF, *range(0xC0, 0x100))
    bits = [bytes(luck.choices(some, k=luck.randint(1, 5))) for _ in range(20_000)]
    bits += ["".join(map(chr, luck.choices(range(0x80, 0x800), k=3))).encode() for _ in range(100)]
    whole = {"name": b'{"id":"%s"}', "words": b'{"id":"x","degrees":[{"title":"a%s"}]}'}[place]
    _, taken = scanned([whole % bit for bit in bits])
    assert taken == [i for i, bit in enumerate(bits) if _is_text(bit)]
    assert 100 <= len(taken) < len(bits)


def _is_text(some: bytes) -> bool:
    try:
        return bool(some.decode())
    except UnicodeDecodeError:
        return False


def test_letters_stand_anywhere_in_eight_bytes() -> None:
    words = [
        "x" * i + mark + "y" * j for i in range(9) for j in range(9) for mark in ("é", r"\"", "")
    ]
    lines = [b'{"id":"x","degrees":[{"title":"%s"}]}' % word.encode() for word in words]
    assert scanned(lines)[1] == list(range(len(lines)))
    spoilt = [line.replace(b'"}]', b"\x01" + b'"}]') for line in lines]
    assert scanned(spoilt)[1] == []


def test_dates_are_those_of_the_calendar() -> None:
    luck = random.Random(1)
    years = (
        0,
        1,
        4,
        99,
        100,
        400,
        1582,
        1900,
        1999,
        2000,
        2023,
        2024,
        9999,
        *luck.sample(range(10_000), 20),
    )
    texts = [f"{y:04}-{m:02}-{d:02}" for y in years for m in range(14) for d in range(33)]
    texts += [f"{y:04}-{m:02}" for y in years for m in range(100)] + [
        f"{y:04}" for y in range(10_000)
    ]
    texts += [_other(text, luck) for text in luck.choices(texts, k=20_000)]
    lines = [b'{"id":"x","birth_date":"%s"}' % text.encode() for text in texts]
    facts, taken = scanned(lines)
    told = {i: bounds for i, text in enumerate(texts) if (bounds := _bounds(text))}
    assert taken == list(told)
    assert list(zip(*map(np.ndarray.tolist, facts.field("birth_date")), strict=True)) == [
        *told.values()
    ]


def _other(text: str, luck: random.Random) -> str:
    at = luck.randrange(len(text))
    return luck.choice(
        (text[:at], text[at:], text[:at] + luck.choice("0123456789-./:x ") + text[at + 1 :])
    )


def _bounds(text: str) -> tuple[int, int] | None:
    try:
        return dates.parse(text) if text != ".." else None
    except ValueError:
        return None


_FEW = """
0 1 4.0 0.1 0.3 52.5 2.675 0.000001 100000000000000 1.00000000000000 999999999999999
0.10000000000000 123456789.123456 1234567890.12345
"""

_OTHERS = """
-0 -0.0 -1 00 01 1. .5 +1 1e2 1E2 1e400 1e-400 NaN Infinity 0x10 1_0 1.5.2 1.5x --1 1- ٣
0.1000000000000001 0.30000000000000004 1000000000000000 9007199254740993 18446744073709551616
"""

NUMBERS, OTHER_NUMBERS = _FEW.split(), _OTHERS.split()


def test_few_digits_are_read_as_the_nearest_number() -> None:
    luck = random.Random(1)
    more = [
        str(round(luck.uniform(0, 10 ** luck.randint(0, 9)), luck.randint(1, 6)))
        for _ in range(5000)
    ]
    texts = [text for text in (*NUMBERS, *more) if "e" not in text]
    lines = [b'{"id":"x","degrees":[{"ects":%s}]}' % text.encode() for text in texts]
    facts, taken = scanned(lines)
    assert taken == list(range(len(texts)))
    assert facts.amounts("degrees.ects").tolist() == list(map(float, texts))


@pytest.mark.parametrize("text", ["", "1 2", "9" * 400, *OTHER_NUMBERS])
def test_other_numbers_are_left_to_others(text: str) -> None:
    assert not plain(b'{"id":"x","degrees":[{"ects":%s}]}' % text.encode())


# --- room, and what is learnt


def test_lines_of_more_elements_than_there_seemed_to_be_find_room() -> None:
    jobs = [{"codes": ["AU"] * 40} for _ in range(400)]
    lines = [json.dumps({"id": str(i), "experience": jobs}).encode() for i in range(3)]
    facts, taken = scanned([*lines, b'{"id":"few"}'], Scanner(NAMES))
    assert taken == [0, 1, 2, 3]
    assert (facts.size("experience"), facts.size("experience.codes")) == (1201, 48_001)


def test_no_more_texts_are_learnt_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LEARNT", 10)
    forgetful = Scanner(NAMES)
    line = b'{"id":"x","registrations":[{"title":"Master %d"}]}'
    assert scanned([line % i for i in range(8)], forgetful)[1] == list(range(8))
    assert scanned([line % i for i in range(4, 12)], forgetful)[1] == [0, 1, 2, 3]
    assert scanned([line % i for i in range(8, 12)], forgetful)[1] == []


def test_what_is_no_text_is_not_learnt() -> None:
    line = b'{"id":"x","registrations":[{"title":"%s"}]}'
    assert scanned([line % b"\xff", line % b"\xc3\xa9", line % b"\xed\xa0\x80"])[1] == [1]


def test_a_part_of_the_profiles_has_their_columns() -> None:
    source, _ = SCANNER(Lines.of(EXAMPLES).text)
    for start, stop in ((0, 1), (3, 40), (1190, 5000), (7, 7)):
        records = reader(NAMES).decode_all(EXAMPLES[start:stop])
        part = Facts(source.part(start, stop), TODAY, NAMES)
        same(part, Facts.from_records(records, TODAY, NAMES))
